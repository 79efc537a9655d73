/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-data-file.h"

#include <string.h>

static const char *const names =
    "\"features\": [\"age\", \"colour_red\", \"colour_blue\", \"colour_dark green\"], "
    "\"groups\": [{\"name\": \"colour\", \"features\": [\"colour_red\", \"colour_blue\", "
    "\"colour_dark green\"]}], \"classes\": [\"no\", \"yes\"], ";

static const char *const all_choices =
    "\"features\": [\"colour_red\", \"colour_blue\", \"size_big\", \"size_small\"], "
    "\"groups\": [{\"name\": \"colour\", \"features\": [\"colour_red\", \"colour_blue\"]}, "
    "{\"name\": \"size\", \"features\": [\"size_big\", \"size_small\"]}], "
    "\"classes\": [\"no\", \"yes\"], ";

static Re3Dataset *
read_text (const char *content, Re3DataFill fill, Re3DataReport **report, GError **error)
{
  g_autoptr (Re3Model) model = make_model (4, 2, names);
  GFile *file = write_file ("a.csv", content, -1);
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  Re3Dataset *dataset;

  options.test_fraction = 0;
  options.fill = fill;
  dataset = re3_data_file_read (file, model, &options, NULL, report, error);
  remove_file (file);

  return dataset;
}

static void
assert_row (const Re3Dataset *dataset, gsize row, guint line, const double *values)
{
  double found[4];

  re3_dataset_get_row (dataset, row, found);
  g_assert_cmpuint (re3_dataset_get_line (dataset, row), ==, line);
  g_assert_cmpmem (found, sizeof found, values, sizeof found);
}

/* By what a member stands for or by its own name, spelt in other ways too. */
static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset =
      read_text ("Colour,kind,age,note\nred,no,1,a\nBLUE,yes,2,b\n dark green ,no,3,c\n"
                 "colour_red,yes,4,d\nDark-Green,yes,5,e\n",
                 RE3_DATA_FILL_NONE, &report, &error);
  g_autofree char *description = NULL;
  const Re3ChoiceColumn *choice;

  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 5);
  assert_row (dataset, 0, 2, (double[]){ 1, 1, 0, 0 });
  assert_row (dataset, 1, 3, (double[]){ 2, 0, 1, 0 });
  assert_row (dataset, 2, 4, (double[]){ 3, 0, 0, 1 });
  assert_row (dataset, 3, 5, (double[]){ 4, 1, 0, 0 });
  assert_row (dataset, 4, 6, (double[]){ 5, 0, 0, 1 });

  g_assert_true (report->matched_by_name);
  g_assert_cmpstr (report->label_column, ==, "kind");
  g_assert_cmpstr (report->feature_columns[2], ==, "Colour");
  g_assert_cmpuint (g_strv_length (report->left_out), ==, 1);
  g_assert_cmpuint (report->choice_columns->len, ==, 1);
  choice = g_ptr_array_index (report->choice_columns, 0);
  g_assert_cmpstr (choice->column, ==, "Colour");
  g_assert_cmpstr (choice->group, ==, "colour");
  g_assert_cmpstr (choice->choices[2], ==, "dark green");
  description = re3_data_report_describe (report);
  g_assert_nonnull (
      strstr (description, "the column “Colour” holds one of red, blue, dark green."));
}

/* A text that is no choice, and a choice that is missing, which no mean can fill. */
static void
test_skip (void)
{
  static const char *const expected[] = {
    "a.csv:3: column “colour”: “purple” is none of its choices: red, blue, dark green",
    "a.csv:4: column “colour”: the cell is empty",
    "a.csv:6: column “colour”: “r\xef\xbf\xbd\x64” is none of its choices: red, blue, dark green",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset =
      read_text ("age,colour,kind\n1,red,no\n2,purple,yes\n3,,no\n,blue,yes\n5,r\xe9\x64,no\n",
                 RE3_DATA_FILL_MEAN, &report, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 2);
  assert_row (dataset, 1, 5, (double[]){ 1, 0, 1, 0 });
  g_assert_true (re3_dataset_is_filled (dataset, 1, 0));
  g_assert_false (re3_dataset_is_filled (dataset, 1, 2));

  g_assert_cmpuint (report->n_skipped, ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (report->n_missing, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *text = re3_skipped_row_describe (g_ptr_array_index (report->skipped, i));

    g_assert_cmpstr (text, ==, expected[i]);
  }
}

/* A file without any number. */
static void
test_texts_alone (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = make_model (4, 2, all_choices);
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  GFile *file =
      write_file ("a.csv", "size;colour;kind\nbig;red;no\nsmall;blue;yes\nbig;blue;no\n", -1);
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  options.test_fraction = 0;
  dataset = re3_data_file_read (file, model, &options, NULL, &report, &error);
  remove_file (file);

  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 3);
  assert_row (dataset, 0, 2, (double[]){ 1, 0, 1, 0 });
  assert_row (dataset, 1, 3, (double[]){ 0, 1, 0, 1 });
  assert_row (dataset, 2, 4, (double[]){ 0, 1, 1, 0 });
  g_assert_cmpint (re3_dataset_get_label (dataset, 1), ==, 1);
  g_assert_cmpstr (report->label_column, ==, "kind");
  g_assert_cmpuint (report->choice_columns->len, ==, 2);
}

/* Members with columns of their own go before a column of the group. */
static void
test_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset =
      read_text ("age,colour,colour_red,colour_blue,colour_dark green,kind\n1,red,0,1,0,no\n"
                 "2,red,0,0,1,yes\n",
                 RE3_DATA_FILL_NONE, &report, &error);

  g_assert_no_error (error);
  assert_row (dataset, 0, 2, (double[]){ 1, 0, 1, 0 });
  g_assert_cmpuint (report->choice_columns->len, ==, 0);
  g_assert_cmpstr (report->left_out[0], ==, "colour");

  g_clear_pointer (&dataset, re3_dataset_unref);
  assert_refused (read_text ("age,colour,colour_red,kind\n1,red,1,no\n2,red,1,yes\n",
                             RE3_DATA_FILL_NONE, NULL, &error),
                  &error, "“colour_blue”&age, colour, colour_red, kind");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/data-choices/read", test_read);
  g_test_add_func ("/data-choices/skip", test_skip);
  g_test_add_func ("/data-choices/texts-alone", test_texts_alone);
  g_test_add_func ("/data-choices/members", test_members);

  return g_test_run ();
}
