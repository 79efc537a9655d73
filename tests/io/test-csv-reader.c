/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-csv-format.h"
#include "re3-csv-reader.h"

#include <csv.h>
#include <string.h>

/* Writes a row as "LINE:[a][b]". */
static gboolean
take_row_cb (const char *const *cells,
             gsize n_cells,
             guint line,
             gpointer user_data,
             GError **error)
{
  GString *rows = user_data;

  g_string_append_printf (rows, "%u:", line);
  for (gsize i = 0; i < n_cells; i++)
    g_string_append_printf (rows, "[%s]", cells[i]);
  g_string_append_c (rows, ' ');

  return TRUE;
}

/* Reads @text in blocks of @block bytes. */
static char *
read_rows (const char *text, gsize length, char delimiter, gsize block, GError **error)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (Re3CsvReader) reader = re3_csv_reader_new (delimiter, "a.csv", take_row_cb, rows);

  for (gsize i = 0; i < length; i += block) {
    if (!re3_csv_reader_feed (reader, text + i, MIN (block, length - i), error))
      return NULL;
  }
  if (!re3_csv_reader_finish (reader, error))
    return NULL;

  return g_string_free (g_steal_pointer (&rows), FALSE);
}

static void
test_rows (void)
{
  static const struct {
    char delimiter;
    const char *text;
    const char *rows;
  } cases[] = {
    { ',', "a,b\n1,2\n", "1:[a][b] 2:[1][2] " },
    { ',', "a,b\n1,2", "1:[a][b] 2:[1][2] " },
    { ',', "a,b\r\n1,2\r\n\r\n3,4\r\n", "1:[a][b] 2:[1][2] 4:[3][4] " },
    { ',', "a,b\r1,2\r", "1:[a][b] 2:[1][2] " },
    { ',',
      "\xef\xbb\xbf"
      "a,b\n",
      "1:[a][b] " },
    { ',', "\n \n a , b \n", "3:[a][b] " },
    { ',', "1,,3,\n", "1:[1][][3][] " },
    { ',', "\"x, y\",\"say \"\"hi\"\"\"\n", "1:[x, y][say \"hi\"] " },
    { ',', "\"two\nlines\",1\n\"3\n\n4\",2\n5,6\n", "1:[two\nlines][1] 3:[3\n\n4][2] 6:[5][6] " },
    { ',', "\"crlf\r\ninside\",1\r\n2,3\r\n", "1:[crlf\ninside][1] 3:[2][3] " },
    { ',', "5\" pipe,1\n", "1:[5\" pipe][1] " },
    { ';', "1,5;2\n", "1:[1,5][2] " },
    { '\t', "1\t\t3\n\t\t\n", "1:[1][][3] 2:[][][] " },
    { '|', "1|2\n", "1:[1][2] " },
    { ' ', "1 2\t\t3\n", "1:[1][2][3] " },
    { ' ', "  1   2  \n\n\t\n3 4\n", "1:[1][2] 4:[3][4] " },
    { ' ', "\"a  b\"  c\n", "1:[a  b][c] " },
    { ' ', "\"a  \"\"  b\"\t2\n", "1:[a  \"  b][2] " },
    { ' ', "\"a\n  b\"   2\n3  4\n", "1:[a\n  b][2] 3:[3][4] " },
    { ' ', "don\"t  1\nx \"  y\" z\n", "1:[don\"t][1] 2:[x][  y][z] " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gsize length = strlen (cases[i].text);

    /* Wherever the blocks are cut. */
    for (gsize block = 1; block <= length; block++) {
      g_autoptr (GError) error = NULL;
      g_autofree char *rows = read_rows (cases[i].text, length, cases[i].delimiter, block, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
  }
}

/* The cells that libcsv makes of a text, as take_row_cb() writes them. */
typedef struct {
  GString *rows;
  GString *row;
  guint line;
} Cutting;

static void
cut_cell_cb (void *field, size_t length, void *data)
{
  g_string_append_printf (((Cutting *) data)->row, "[%.*s]", (int) length, (const char *) field);
}

static void
cut_row_cb (int terminator, void *data)
{
  Cutting *cutting = data;

  g_string_append_printf (cutting->rows, "%u:%s ", cutting->line, cutting->row->str);
  g_string_truncate (cutting->row, 0);
}

static char *
cut_by_libcsv (const char *text, char delimiter)
{
  g_autoptr (GString) row = g_string_new (NULL);
  Cutting cutting = { g_string_new (NULL), row, 0 };
  struct csv_parser parser;

  csv_init (&parser, 0);
  csv_set_delim (&parser, (unsigned char) delimiter);
  for (const char *p = text; *p != '\0'; p++) {
    if (p == text || p[-1] == '\n')
      cutting.line++;
    csv_parse (&parser, p, 1, cut_cell_cb, cut_row_cb, &cutting);
  }
  csv_fini (&parser, cut_cell_cb, cut_row_cb, &cutting);
  csv_free (&parser);

  return g_string_free (cutting.rows, FALSE);
}

/* Lines with and without quotes, blanks and empty cells are cut as libcsv cuts them. Each line has
 * an even number of quotes, so that no row goes on in the next one. */
static void
test_random (void)
{
  static const char letters[] = "  \t\t,,;;||aab1.";
  static const char delimiters[] = ",;\t|";

  for (gsize i = 0; i < 5000; i++) {
    char delimiter = delimiters[i % 4];
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *expected = NULL;
    g_autofree char *rows = NULL;
    g_autoptr (GError) error = NULL;

    for (int line = g_test_rand_int_range (1, 5); line > 0; line--) {
      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_string_append_c (text, letters[g_test_rand_int_range (0, sizeof letters - 1)]);
      if (g_test_rand_int_range (0, 4) == 0)
        g_string_append_printf (text, "%c\"x%c \"\"y \" ", delimiter, delimiter);
      g_string_append_c (text, '\n');
    }

    expected = cut_by_libcsv (text->str, delimiter);
    rows = read_rows (text->str, text->len, delimiter, 7, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (rows, ==, expected);
  }
}

static void
test_faults (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *long_line = g_strnfill (RE3_CSV_MAX_RECORD_SIZE + 1, '1');
  g_autofree char *long_row = NULL;
  g_autoptr (GString) lines = g_string_new ("1,2\n\"");

  assert_refused (read_rows ("1,2\n\"3,4\n5,6\n", 13, ',', 4, &error), &error, "a.csv:2: &quote");
  assert_refused (read_rows ("1,2\n3,\0004\n", 9, ',', 9, &error), &error, "a.csv:2: &NUL");
  assert_refused (read_rows (long_line, strlen (long_line), ',', 65536, &error), &error,
                  "a.csv:1: &MiB");
  long_row = g_strconcat ("1\n", long_line, "\n", NULL);
  assert_refused (read_rows (long_row, strlen (long_row), ',', G_MAXSIZE, &error), &error,
                  "a.csv:2: &MiB");

  /* A row of short lines that never ends. */
  while (lines->len <= RE3_CSV_MAX_RECORD_SIZE + 10000)
    g_string_append (lines, "5.1,3.5,1.4,0.2,setosa\n");
  assert_refused (read_rows (lines->str, lines->len, ',', 65536, &error), &error,
                  "a.csv:2: &MiB&quote");
}

static gboolean
refuse_row_cb (const char *const *cells,
               gsize n_cells,
               guint line,
               gpointer user_data,
               GError **error)
{
  gsize *n_rows = user_data;

  if (++*n_rows < 2)
    return TRUE;
  g_set_error_literal (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT, "Enough.");
  return FALSE;
}

static void
test_stop (void)
{
  gsize n_rows = 0;
  g_autoptr (Re3CsvReader) reader = re3_csv_reader_new (',', "a.csv", refuse_row_cb, &n_rows);
  g_autoptr (GError) error = NULL;

  g_assert_false (re3_csv_reader_feed (reader, "1\n2\n3\n4\n", 8, &error));
  g_assert_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT);
  g_assert_cmpuint (n_rows, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-reader/rows", test_rows);
  g_test_add_func ("/csv-reader/random", test_random);
  g_test_add_func ("/csv-reader/faults", test_faults);
  g_test_add_func ("/csv-reader/stop", test_stop);

  return g_test_run ();
}
