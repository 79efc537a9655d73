/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-column-head.h"
#include "re3-data-columns.h"

#include <string.h>

#define SPECIES "\"classes\": [\"setosa\", \"virginica\"], "

/* Three features, all or none of them named. */
static const char *const named = "\"features\": [\"sepal length\", \"petal length\", "
                                 "{\"name\": \"petal width\", \"unit\": \"cm\"}], " SPECIES;
static const char *const unnamed = SPECIES;
static const char *const elsewhere =
    "\"features\": [{\"name\": \"sepal length\", \"column\": \"x1\"}, \"petal length\", "
    "{\"name\": \"petal width\", \"column\": \"sepal length\"}], " SPECIES;

/* Two features that differ in what is in brackets alone. */
static const char *const inside =
    "\"features\": [\"temp (in)\", \"temp (out)\", \"wind\"], " SPECIES;

/* What is found, as "2 0 1 label 3 split 4": "label?" where it was guessed, and "by position". */
static char *
resolve (const char *model_names,
         const char *text,
         const char *label,
         const char *split,
         gboolean keep_doubts,
         GError **error)
{
  g_autoptr (Re3Model) model = make_model (3, 2, model_names);
  g_autoptr (Re3CsvFormat) format = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (Re3DataColumns) columns = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  format = re3_csv_format_detect (text, strlen (text), TRUE, RE3_CSV_GUESS_DELIMITER,
                                  RE3_CSV_HEADER_GUESS, "a.csv", error);
  g_assert_nonnull (format);
  heads = re3_column_heads_read (format, text, strlen (text), TRUE, "a.csv", error);
  g_assert_nonnull (heads);

  columns = re3_data_columns_resolve (format, heads, model, label, split, NULL, keep_doubts,
                                      "a.csv", error);
  if (columns == NULL)
    return NULL;

  g_string_append_printf (found, "%zu %zu %zu", columns->features[0], columns->features[1],
                          columns->features[2]);
  if (columns->label != RE3_NO_COLUMN)
    g_string_append_printf (found, " label%s %zd", columns->label_guessed ? "?" : "",
                            columns->label);
  if (columns->split != RE3_NO_COLUMN)
    g_string_append_printf (found, " split %zd", columns->split);
  if (!columns->matched_by_name)
    g_string_append (found, " by position");
  if (columns->label_doubt != NULL)
    g_string_append_printf (found, ": %s", columns->label_doubt);

  return g_string_free (g_steal_pointer (&found), FALSE);
}

static void
test_resolve (void)
{
  const struct {
    const char *model;
    const char *text;
    const char *label;
    const char *split;
    const char *found;
  } cases[] = {
    /* By name, in any order, spelt in other ways. */
    { named, "Petal.Width;species;sepal_length;petal length (cm)\n1;setosa;2;3\n4;virginica;5;6\n",
      NULL, NULL, "2 3 0 label? 1" },
    { named, "sepal length,petal length,petal width\n1,2,3\n4,5,6\n", NULL, NULL, "0 1 2" },
    /* By the names that the columns have of their own. */
    { elsewhere, "species,sepal length,petal length,x1\nsetosa,1,2,3\nvirginica,4,5,6\n", NULL,
      NULL, "3 2 1 label? 0" },
    /* By what is in brackets too; a column that could be either goes to neither. */
    { inside, "Wind [m],temp(out),Temp_(in)\n1,2,3\n4,5,6\n", NULL, NULL, "2 1 0" },
    { inside, "temp,wind,temp(out),temp(in)\n1,2,3,4\n", "", NULL, "3 2 1" },
    /* What is left over is looked at for the label; a text goes before a number. */
    { named,
      "id,sepal length,petal length,petal "
      "width,time,y\n7,1,2,3,1:02,0\n8,4,5,6,1:03,1\n9,4,5,6,1:04,1\n",
      NULL, NULL, "1 2 3 label? 5" },
    { named, "on,sepal length,petal length,petal width,kind\n0,1,2,3,setosa\n1,4,5,6,virginica\n",
      NULL, NULL, "1 2 3 label? 4" },
    { named, "a,sepal length,petal length,petal width,b\n0,1,2,3,0\n1,4,5,6,1\n", "a", NULL,
      "1 2 3 label 0" },
    { named, "a,sepal length,petal length,petal width,b\n0,1,2,3,0\n1,4,5,6,1\n", "5", NULL,
      "1 2 3 label 4" },
    { named, "a,sepal length,petal length,petal width,b\n0,1,2,3,0\n1,4,5,6,1\n", "", NULL,
      "1 2 3" },
    { named, "a,sepal length,petal length,petal width,b\n0,1,2,3,0\n1,4,5,6,1\n", NULL, "a",
      "1 2 3 label? 4 split 0" },
    /* A name goes before a number, and a name that is exact before one that is not. */
    { named, "2,sepal length,petal length,petal width\n0,1,2,3\n1,4,5,6\n", "2", NULL,
      "1 2 3 label 0" },
    { named, "A B,sepal length,petal length,petal width,ab\n0,1,2,3,0\n1,4,5,6,1\n", "ab", NULL,
      "1 2 3 label 4" },
    /* A column without values is not asked about. */
    { named, "sepal length,petal length,petal width,\n1,2,3,\n4,5,6,\n", NULL, NULL, "0 1 2" },
    /* By position: without names in the file, in the model, or in common. */
    { named, "1,2,3,setosa\n4,5,6,virginica\n", NULL, NULL, "0 1 2 label? 3 by position" },
    { unnamed, "a,b,c,d\n1,2,3,setosa\n4,5,6,virginica\n", NULL, NULL,
      "0 1 2 label? 3 by position" },
    { named, "a,b,c,d\n1,2,3,setosa\n4,5,6,virginica\n", NULL, NULL, "0 1 2 label? 3 by position" },
    { named, "1,2,3\n4,5,6\n", NULL, NULL, "0 1 2 by position" },
    { unnamed, "0,1.5,2.5,3.5\n1,4.5,5.5,6.5\n", NULL, NULL, "1 2 3 label? 0 by position" },
    { unnamed, "1.5,2.5,3.5,2\n4.5,5.5,6.5,1\n", NULL, NULL, "0 1 2 label? 3 by position" },
    { unnamed, "1.5,2.5,3.5,1:07,2\n4.5,5.5,6.5,1:08,1\n", NULL, NULL,
      "0 1 2 label? 4 by position" },
    { unnamed, "0,1,1,0\n1,0,1,1\n", "2", NULL, "0 2 3 label 1 by position" },
    { unnamed, "0,1,1,0,1\n1,0,1,1,1\n", "2", "5", "0 2 3 label 1 split 4 by position" },
    { unnamed, "1,2,3,x\n4,5,6,y\n", "", NULL, "0 1 2 by position" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *found =
        resolve (cases[i].model, cases[i].text, cases[i].label, cases[i].split, FALSE, &error);

    g_test_message ("%s", cases[i].text);
    g_assert_no_error (error);
    g_assert_cmpstr (found, ==, cases[i].found);
  }
}

static void
test_refuse (void)
{
  const struct {
    const char *model;
    const char *text;
    const char *label;
    const char *split;
    const char *saying;
  } cases[] = {
    { named, "sepal length,petal length,kind\n1,2,setosa\n3,4,setosa\n", NULL, NULL,
      "a.csv: &“petal width”&sepal length, petal length, kind" },
    { inside, "temp,temp [out],wind\n1,2,3\n4,5,6\n", "", NULL,
      "a.csv: &“temp”&several features: temp (in)" },
    { inside, "temp [a],temp [b],humidity\n1,2,3\n4,5,6\n", "", NULL,
      "“temp [a]”&several features: temp (in), temp (out)" },
    { named, "sepal length,petal length,petal width,Petal-Width\n1,2,3,3\n4,5,6,6\n", NULL, NULL,
      "3 and 4&“petal width”" },
    { named, "sepal length,petal length,petal width\n1,2,3\n4,5,6\n", "kind", NULL,
      "“kind” to be the label&sepal length, petal length, petal width" },
    { named, "sepal length,petal length,petal width\n1,2,3\n4,5,6\n", NULL, "9",
      "“9” to say train or test" },
    { named, "sepal length,petal length,petal width\n1,2,3\n4,5,6\n", "petal width", NULL,
      "“petal width”&feature&label" },
    { named, "sepal length,petal length,petal width,y\n1,2,3,0\n4,5,6,1\n", "y", "y", "“y”&both" },
    { named, "sepal length,petal length,petal width,a,b\n1,2,3,0,1\n4,5,6,1,0\n", NULL, NULL,
      "several columns could be the label: a, b; choose one." },
    { named, "sepal length,petal length,petal width,id\n1,2,3,107\n4,5,6,108\n7,8,9,109\n", NULL,
      NULL, "no column&choose one, or none&id" },
    { named, "sepal length;petal length;petal width\n1,5;2;3\n4,5;5;6\n", NULL, NULL,
      "a.csv:2: &“sepal length”&“1,5”&decimal point" },
    { named, "sepal length,petal length,petal width\n1,2,big\n4,5,small\n", NULL, NULL,
      "a.csv:2: &“petal width”&“big”" },
    { named, "sepal length,petal length,petal width\n1,2,\n4,5,?\n", NULL, NULL,
      "“petal width”&empty" },
    { unnamed, "1.5,2.5,setosa\n3.5,4.5,setosa\n", NULL, NULL,
      "takes 3 features&2 columns of numbers" },
    { unnamed, "1,2,3,4,5\n3,4,5,6,7\n", "1", NULL, "besides the label&4 columns" },
    { unnamed, "1,5;2,5;3,5;1\n3,5;2,5;1,5;0\n", NULL, NULL, "a.csv:1: &“1,5”&decimal point" },
    { unnamed, "0,1,2,0\n1,3,4,1\n", NULL, NULL, "several&column 4, column 1&choose one." },
    { unnamed, "7,1,2,8\n8,3,4,9\n9,5,6,10\n", NULL, NULL, "no column&column 1 to column 4" },
    { named, "a,b\nc,d\ne,f\n", NULL, NULL, "a.csv: &no column&numbers" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    assert_refused (resolve (cases[i].model, cases[i].text, cases[i].label, cases[i].split, FALSE,
                             &error),
                    &error, cases[i].saying);
  }
}

/* What is in doubt keeps nothing from being read where that is asked for: without a label that may
 * be the wrong one, or with the last column where one too many has to be the label. */
static void
test_doubts (void)
{
  const struct {
    const char *model;
    const char *text;
    const char *label;
    const char *found;
  } cases[] = {
    { named, "sepal length,petal length,petal width,a,b\n1,2,3,0,1\n4,5,6,1,0\n", NULL,
      "0 1 2: a.csv: several columns could be the label: a, b; choose one." },
    { named, "sepal length,petal length,petal width,id\n1,2,3,107\n4,5,6,108\n7,8,9,109\n", NULL,
      "0 1 2: a.csv: no column that is left reads as the label, the classes of the model; choose "
      "one, or none. The columns are: sepal length, petal length, petal width, id." },
    { unnamed, "0,1,2,0\n1,3,4,1\n", NULL,
      "0 1 2 label? 3 by position: a.csv: several columns could be the label: column 4, column 1; "
      "choose one." },
    /* Whoever has chosen is in no doubt. */
    { named, "sepal length,petal length,petal width,a,b\n1,2,3,0,1\n4,5,6,1,0\n", "a",
      "0 1 2 label 3" },
    { unnamed, "0,1,2,0\n1,3,4,1\n", "1", "1 2 3 label 0 by position" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *found =
        resolve (cases[i].model, cases[i].text, cases[i].label, NULL, TRUE, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (found, ==, cases[i].found);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/data-columns/resolve", test_resolve);
  g_test_add_func ("/data-columns/refuse", test_refuse);
  g_test_add_func ("/data-columns/doubts", test_doubts);

  return g_test_run ();
}
