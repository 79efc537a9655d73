/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-csv-format.h"

#include <string.h>

static Re3CsvFormat *
detect (const char *text, Re3CsvHeader header, GError **error)
{
  return re3_csv_format_detect (text, strlen (text), TRUE, RE3_CSV_GUESS_DELIMITER, header, "a.csv",
                                error);
}

/* "a|b#" for columns a and b of which b is numeric. */
static char *
list_columns (const Re3CsvFormat *format)
{
  GString *list = g_string_new (NULL);

  for (gsize i = 0; i < format->n_columns; i++)
    g_string_append_printf (list, "%s%s%s", i == 0 ? "" : "|", format->columns[i],
                            format->is_numeric[i] ? "#" : "");
  g_assert_null (format->columns[format->n_columns]);

  return g_string_free (list, FALSE);
}

static void
test_detect (void)
{
  static const struct {
    const char *text;
    char delimiter;
    gboolean has_header;
    const char *columns;
  } cases[] = {
    { "a,b\n1,2\n3,4\n", ',', TRUE, "a#|b#" },
    { "1,2\n3,4\n", ',', FALSE, "column 1#|column 2#" },
    { "a;b;c\n1;2;x\n3;4;y\n", ';', TRUE, "a#|b#|c" },
    { "1\t2\n3\t4\n", '\t', FALSE, "column 1#|column 2#" },
    { "1|2|x\n3|4|y\n", '|', FALSE, "column 1#|column 2#|column 3" },
    { "1 2\n3  4\n", ' ', FALSE, "column 1#|column 2#" },
    /* Tabs and spaces are mixed, or tabs are doubled here and there: runs of white space. */
    { "1\t2\t3\n4\t\t5\t6\n7\t8\t9\n", ' ', FALSE, "column 1#|column 2#|column 3#" },
    /* A missing cell between single tabs: a tab each. */
    { "1\t2\t3\n4\t\t6\n7\t\t9\n1\t2\t3\n", '\t', FALSE, "column 1#|column 2#|column 3#" },
    /* Decimal commas: the semicolon parts cells, though the comma parts as evenly. */
    { "x;y;z\n1,5;2,5;3\n4,5;5,5;6\n", ';', TRUE, "x|y|z#" },
    { "1,5 2,5\n4,5 5,5\n", ' ', FALSE, "column 1|column 2" },
    /* Delimiters in quotes are none. */
    { "name,v\n\"a;b;c\",1\n\"d;e;f\",2\n", ',', TRUE, "name|v#" },
    { "\"a, b\";1\n\"c, d\";2\n\"e, f\";3\n", ';', FALSE, "column 1|column 2#" },
    /* A space in the texts, and one row too short: still the comma. */
    { "5.1,3.5,iris setosa\n4.9,3.0,iris setosa\n4.7,3.2\n4.6,3.1,iris setosa\n", ',', FALSE,
      "column 1#|column 2#|column 3" },
    { "1,2\n3,4\n5\n6,7\n", ',', FALSE, "column 1#|column 2#" },
    /* Names with spaces, numbers among the names, a name left out. */
    { "sepal length,sepal width,species\n5.1,3.5,setosa\n4.9,3.0,setosa\n", ',', TRUE,
      "sepal length#|sepal width#|species" },
    { "a,2020,b\n1,2,3\n4,5,6\n", ',', TRUE, "a#|2020#|b#" },
    { ",a,b\n0,1,2\n1,3,4\n", ',', TRUE, "column 1#|a#|b#" },
    { "a,b,\n1,2,\n3,4,\n", ',', TRUE, "a#|b#|column 3" },
    /* A first row with a missing value is a row. */
    { "NA,2,3\n1,2,3\n4,5,6\n", ',', FALSE, "column 1#|column 2#|column 3#" },
    { "?,?,x\n1,2,x\n4,5,y\n", ',', FALSE, "column 1#|column 2#|column 3" },
    { "1,2,x\n", ',', FALSE, "column 1#|column 2#|column 3" },
    { "v\n1\n2\n", ',', TRUE, "v#" },
    /* Texts alone: the first line names them, and what parts them is a delimiter. */
    { "colour,size\nred,big\nred,small\n", ',', TRUE, "colour|size" },
    { "colour;size\nred;big\ndark red;small\n", ';', TRUE, "colour|size" },
    { "colour|size\nred|big\nred|small\n", '|', TRUE, "colour|size" },
    { "\xef\xbb\xbf"
      "a;b\r\n1;2\r\n",
      ';', TRUE, "a#|b#" },
    /* Latin-1 */
    { "gr\xf6\xdf"
      "e,b\n1,2\n3,4\n",
      ',', TRUE,
      "gr\xef\xbf\xbd\xef\xbf\xbd"
      "e#|b#" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Re3CsvFormat) format = detect (cases[i].text, RE3_CSV_HEADER_GUESS, &error);
    g_autofree char *columns = NULL;

    g_assert_no_error (error);
    columns = list_columns (format);
    g_assert_cmpint (format->delimiter, ==, cases[i].delimiter);
    g_assert_cmpstr (columns, ==, cases[i].columns);
    g_assert_cmpint (format->has_header, ==, cases[i].has_header);
    g_assert_cmpint (format->is_utf8, ==, strchr (cases[i].text, '\xf6') == NULL);
  }
}

/* What else the head may be. */
static void
test_doubts (void)
{
  static const struct {
    const char *text;
    char delimiter;
    char rival;
    gboolean has_header;
    gboolean header_in_doubt;
  } cases[] = {
    { "a,b\n1,2\n3,4\n", ',', '\0', TRUE, FALSE },
    { "1,2,3\n3,4,5\n", ',', '\0', FALSE, TRUE },
    { "0,1,2\n3.5,4,5\n", ',', '\0', FALSE, TRUE },
    { "0,2,1\n3,4,5\n", ',', '\0', FALSE, FALSE },
    { "0,1\n3,4\n", ',', '\0', FALSE, FALSE },
    { "a,2020,b\n1,2,3\n4,5,6\n", ',', '\0', TRUE, TRUE },
    { "5,x,7\n1,2,3\n4,5,6\n", ',', '\0', FALSE, TRUE },
    { "NA,2,3\n1,2,3\n4,5,6\n", ',', '\0', FALSE, FALSE },
    /* Spaces and tabs part the same cells. */
    { "1\t2\n3\t4\n", '\t', '\0', FALSE, FALSE },
    /* Texts with spaces are parted at them as evenly. */
    { "a b;c\nx y;z\nx z;z\n", ';', ' ', TRUE, FALSE },
    { "a b;c\nx y;1\nx z;2\n", ';', '\0', TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Re3CsvFormat) format = detect (cases[i].text, RE3_CSV_HEADER_GUESS, &error);
    g_autoptr (Re3CsvFormat) told = detect (
        cases[i].text, cases[i].has_header ? RE3_CSV_HEADER_FIRST_LINE : RE3_CSV_HEADER_NONE, NULL);

    g_test_message ("%s", cases[i].text);
    g_assert_no_error (error);
    g_assert_cmpint (format->delimiter, ==, cases[i].delimiter);
    g_assert_cmpint (format->rival, ==, cases[i].rival);
    g_assert_cmpint (format->has_header, ==, cases[i].has_header);
    g_assert_cmpint (format->header_in_doubt, ==, cases[i].header_in_doubt);
    g_assert_false (told->header_in_doubt);
  }
}

static void
test_header_told (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3CsvFormat) none = detect ("a,b\n1,2\n3,4\n", RE3_CSV_HEADER_NONE, &error);
  g_autoptr (Re3CsvFormat) first = detect ("1,2\n3,4\n", RE3_CSV_HEADER_FIRST_LINE, &error);
  g_autofree char *columns_none = list_columns (none);
  g_autofree char *columns_first = list_columns (first);

  g_assert_false (none->has_header);
  g_assert_cmpstr (columns_none, ==, "column 1#|column 2#");
  g_assert_true (first->has_header);
  g_assert_cmpstr (columns_first, ==, "1#|2#");
}

static void
test_cut_head (void)
{
  g_autoptr (GError) error = NULL;
  const char *head = "1,2\n3,4\n5,6\n7";
  g_autoptr (Re3CsvFormat) format = re3_csv_format_detect (
      head, strlen (head), FALSE, RE3_CSV_GUESS_DELIMITER, RE3_CSV_HEADER_GUESS, "a.csv", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (format->n_columns, ==, 2);
}

static void
test_refuse (void)
{
  static const struct {
    const char *text;
    const char *saying;
  } cases[] = {
    { "", "a.csv: &empty" },
    { "\n\n  \n", "a.csv: &no row" },
    { "a,b,c\n", "a.csv:1: &no row follows" },
    { "a,b\n1,2,3\n4,5,6\n", "a.csv:1: &2 cells&3" },
    { "1,2,3\n3,4,5,6\n6,7\n7,8,9,0,1\n1,2,3,4,5,6\n", "a.csv: &different numbers of cells" },
    { "\xff\xfe"
      "1,2",
      "a.csv: &UTF-16" },
    { " \n{\"format\": 1}", "a.csv: &JSON&model first" },
    { "PK\x03\x04zip", "a.csv: &spreadsheet" },
    { "BZh91AY", "a.csv: &compressed" },
    { "\xfd\x37zXZ", "a.csv: &compressed" },
    { "\x28\xb5\x2f\xfd", "a.csv: &compressed" },
    { "a\n1,2\n3,4\n5,6\n", "a.csv:1: &1 cell, but most rows have 2" },
    { "1,2\n3,\"4\n5,6\n", "a.csv:2: &quote" },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (detect (cases[i].text, RE3_CSV_HEADER_GUESS, &error), &error, cases[i].saying);

  assert_refused (re3_csv_format_detect ("1\0002", 3, TRUE, RE3_CSV_GUESS_DELIMITER,
                                         RE3_CSV_HEADER_GUESS, "a.csv", &error),
                  &error, "a.csv:1: &NUL");
  for (gsize first = 0; first < 2; first++)
    assert_refused (re3_csv_format_detect (&"\0a\0,\0b\0\n\0001\0,\0002\0\n"[first], 17 - first,
                                           TRUE, RE3_CSV_GUESS_DELIMITER, RE3_CSV_HEADER_GUESS,
                                           "a.csv", &error),
                    &error, "a.csv: &UTF-16&save it as UTF-8");
  assert_refused (re3_csv_format_detect ("a,b,c", 5, FALSE, RE3_CSV_GUESS_DELIMITER,
                                         RE3_CSV_HEADER_GUESS, "a.csv", &error),
                  &error, "a.csv:1: &does not end&one sample a line");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-format/detect", test_detect);
  g_test_add_func ("/csv-format/doubts", test_doubts);
  g_test_add_func ("/csv-format/header-told", test_header_told);
  g_test_add_func ("/csv-format/cut-head", test_cut_head);
  g_test_add_func ("/csv-format/refuse", test_refuse);

  return g_test_run ();
}
