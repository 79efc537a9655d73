/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-data-file.h"

#include <string.h>

static const char *const names = "\"features\": [\"a\", \"b\"], \"classes\": [\"no\", \"yes\"], ";

static Re3Dataset *
read_with (const char *content,
           const char *model_names,
           const Re3DataOptions *options,
           Re3DataReport **report,
           GError **error)
{
  g_autoptr (Re3Model) model = make_model (2, 2, model_names);
  GFile *file = write_file ("a.csv", content, -1);
  Re3Dataset *dataset = re3_data_file_read (file, model, options, NULL, report, error);

  remove_file (file);

  return dataset;
}

/* "1.5 2 yes; ...": the rows with their lines in front, a star on test samples. */
static char *
list_rows (const Re3Dataset *dataset)
{
  GString *text = g_string_new (NULL);

  for (gsize row = 0; row < re3_dataset_get_n_rows (dataset); row++) {
    g_string_append_printf (text, "%s%u:", row == 0 ? "" : " ",
                            re3_dataset_get_line (dataset, row));
    for (gsize j = 0; j < re3_dataset_get_n_features (dataset); j++)
      g_string_append_printf (text, "%g,", re3_dataset_get_value (dataset, row, j));
    g_string_append_printf (text, "%d%s", re3_dataset_get_label (dataset, row),
                            re3_dataset_is_test (dataset, row) ? "*" : "");
  }

  return g_string_free (text, FALSE);
}

static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *description = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  options.test_fraction = 0;
  dataset = read_with ("\xef\xbb\xbf"
                       "B;note;A;kind\r\n"
                       ".2;first;7.70E-05;yes\r\n"
                       "\r\n"
                       "-3;\"with \"\"quotes\"\";\r\nand lines\";1e2;No\r\n"
                       "4;last;5;yes",
                       names, &options, &report, &error);
  g_assert_no_error (error);

  rows = list_rows (dataset);
  g_assert_cmpstr (rows, ==, "2:7.7e-05,0.2,1 4:100,-3,0 6:5,4,1");
  g_assert_cmpuint (re3_dataset_get_n_classes (dataset), ==, 2);

  g_assert_cmpstr (report->label_column, ==, "kind");
  g_assert_true (report->label_guessed);
  g_assert_null (report->label_mapping);
  g_assert_true (report->matched_by_name);
  g_assert_cmpstr (report->feature_columns[0], ==, "A");
  g_assert_cmpstr (report->feature_columns[1], ==, "B");
  g_assert_cmpuint (g_strv_length (report->left_out), ==, 1);
  g_assert_cmpstr (report->left_out[0], ==, "note");
  g_assert_cmpuint (report->n_skipped, ==, 0);

  description = re3_data_report_describe (report);
  g_assert_nonnull (strstr (description, "semicolon"));
  g_assert_nonnull (strstr (description, "“kind”"));
  g_assert_nonnull (strstr (description, "Left out: note."));
}

static void
test_skip (void)
{
  static const struct {
    guint line;
    const char *text;
  } expected[] = {
    { 3, "a.csv:3: column “a”: the cell is empty" },
    { 4, "a.csv:4: column “b”: “?” says that the value is missing" },
    { 5, "a.csv:5: column “b”: “x2” is not a number" },
    { 6, "a.csv:6: column “a”: “-inf” is not a finite number" },
    { 7, "a.csv:7: column “kind”: the label “maybe” is no class of the model" },
    { 8, "a.csv:8: the row has 2 cells, not 3" },
    { 9, "a.csv:9: the row has 4 cells, not 3" },
    { 10, "a.csv:10: column “kind”: the cell is empty" },
    { 11, "a.csv:11: column “b”: “1,5” has a comma; write numbers with a decimal point" },
    { 12,
      "a.csv:12: column “kind”: the label “n\xef\xbf\xbd” is not UTF-8; save the file as UTF-8" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autofree char *description = NULL;
  g_autofree char *rows = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  options.test_fraction = 0;
  options.label = "kind";
  dataset = read_with ("a,b,kind\n1,2,no\n,2,no\n1,?,no\n1,x2,no\n-inf,2,no\n1,2,maybe\n1,2\n"
                       "1,2,no,no\n1,2,\n1,\"1,5\",no\n1,2,n\xf6\n5,6,yes\n7,8,no\n9,9,no\n1,1,no\n"
                       "1,1,no\n1,1,no\n1,1,yes\n1,1,yes\n1,1,yes\n",
                       names, &options, &report, &error);
  g_assert_no_error (error);

  rows = list_rows (dataset);
  g_assert_true (g_str_has_prefix (rows, "2:1,2,0 13:5,6,1 14:7,8,0 15:9,9,0"));
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 10);
  g_assert_cmpuint (report->n_skipped, ==, G_N_ELEMENTS (expected));
  /* Of lines 3, 4 and 10: two values and a label. */
  g_assert_cmpuint (report->n_missing, ==, 3);
  description = re3_data_report_describe (report);
  g_assert_nonnull (strstr (description, "a missing value: 3, otherwise unreadable: 7\n"));
  g_assert_cmpuint (report->skipped->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < report->skipped->len; i++) {
    const Re3SkippedRow *skipped = g_ptr_array_index (report->skipped, i);
    g_autofree char *text = re3_skipped_row_describe (skipped);

    g_assert_cmpuint (skipped->line, ==, expected[i].line);
    g_assert_cmpstr (text, ==, expected[i].text);
  }
}

/* All are counted, so many are kept, in the order of their lines. */
static void
test_skip_many (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,kind\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  for (gsize i = 0; i < 1000; i++)
    g_string_append (text, "1,2,no\n1,2,maybe\n1,x,no\n1,2,yes\n");
  dataset = read_with (text->str, names, &options, &report, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 2000);
  g_assert_cmpuint (report->n_skipped, ==, 2000);
  g_assert_cmpuint (report->skipped->len, ==, RE3_MAX_SKIPPED_KEPT);
  for (guint i = 0; i < report->skipped->len; i++) {
    const Re3SkippedRow *skipped = g_ptr_array_index (report->skipped, i);

    g_assert_cmpuint (skipped->line, ==, 4 * (i / 2) + 3 + i % 2);
  }
}

/* A file need not end its last line, so the last number reads as it stands; a row that ends before
 * its last cell was cut, and is told like any other that is too short. */
static void
test_cut_off (void)
{
  static const struct {
    const char *content;
    const char *rows;
    const char *skipped;
  } cases[] = {
    { "kind,a,b\nno,1,2\nyes,3,4.25", "2:1,2,0 3:3,4.25,1", NULL },
    { "kind,a,b\nno,1,2\nyes,3,4.", "2:1,2,0 3:3,4,1", NULL },
    { "kind,a,b\nno,1,2\nyes,3", "2:1,2,0", "a.csv:3: the row has 2 cells, not 3" },
    { "kind,a,b\nno,1,2\nyes", "2:1,2,0", "a.csv:3: the row has 1 cell, not 3" },
    { "kind,a,b\nno,1,2\nyes,3,", "2:1,2,0", "a.csv:3: column “b”: the cell is empty" },
    { "kind,a,b\nno,1,2\nno,1,2\nyes,3,-", "2:1,2,0 3:1,2,0",
      "a.csv:4: column “b”: “-” is not a number" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Re3DataReport) report = NULL;
    g_autoptr (Re3Dataset) dataset = NULL;
    g_autofree char *rows = NULL;
    Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

    options.test_fraction = 0;
    dataset = read_with (cases[i].content, names, &options, &report, &error);
    g_assert_no_error (error);
    rows = list_rows (dataset);
    g_assert_cmpstr (rows, ==, cases[i].rows);
    g_assert_cmpuint (report->n_skipped, ==, cases[i].skipped != NULL);
    if (cases[i].skipped != NULL) {
      g_autofree char *text = re3_skipped_row_describe (report->skipped->pdata[0]);

      g_assert_cmpstr (text, ==, cases[i].skipped);
    }
  }
}

/* Labels that were found by looking, and that are no classes, keep no data from being read where
 * doubts are kept; those that were asked for do. */
static void
test_doubts (void)
{
  static const char *const content = "a,b,kind\n1,2,north\n3,4,south\n";
  static const char *const unnamed = "\"features\": [\"a\", \"b\"], ";
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *description = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  options.test_fraction = 0;
  assert_refused (read_with (content, unnamed, &options, NULL, &error), &error,
                  "a.csv: &“kind”&north, south&does not name its classes&without labels");

  options.keep_doubts = TRUE;
  dataset = read_with (content, unnamed, &options, &report, &error);
  g_assert_no_error (error);
  rows = list_rows (dataset);
  g_assert_cmpstr (rows, ==, "2:1,2,-1 3:3,4,-1");
  g_assert_false (re3_dataset_has_labels (dataset));
  g_assert_null (report->label_column);
  g_assert_cmpstr (report->left_out[0], ==, "kind");
  g_assert_nonnull (strstr (report->label_doubt, "“kind”"));
  description = re3_data_report_describe (report);
  g_assert_nonnull (strstr (description, "In doubt: a.csv: the labels in the column “kind”"));

  options.label = "kind";
  assert_refused (read_with (content, unnamed, &options, NULL, &error), &error,
                  "does not name its classes");
}

static void
test_no_row_left (void)
{
  g_autoptr (GError) error = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  options.label = "kind";
  assert_refused (read_with ("a,b,kind\n1,2,\n3,4,?\n", names, &options, NULL, &error), &error,
                  "a.csv:2: column “kind”&empty&none of the 2 rows");
}

static void
test_split (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3Dataset) whole = NULL;
  g_autoptr (Re3Dataset) unlabelled = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *whole_rows = NULL;
  g_autofree char *unlabelled_rows = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  options.split_column = "part";
  dataset = read_with ("a,b,part,kind\n1,1,train,no\n2,2,Test,yes\n3,3,0,no\n4,4,1,yes\n"
                       "5,5,valid,no\n6,6,FALSE,no\n7,7,true,yes\n8,8, testing ,yes\n",
                       names, &options, &report, &error);
  g_assert_no_error (error);
  rows = list_rows (dataset);
  g_assert_cmpstr (rows, ==, "2:1,1,0 3:2,2,1* 4:3,3,0 5:4,4,1* 7:6,6,0 8:7,7,1* 9:8,8,1*");
  g_assert_cmpuint (re3_dataset_get_n_test (dataset), ==, 4);
  g_assert_cmpuint (report->n_skipped, ==, 1);
  g_assert_cmpstr (report->left_out[0], ==, NULL);

  options.split_column = NULL;
  options.test_fraction = 1;
  whole = read_with ("a,b,kind\n1,1,no\n2,2,yes\n", names, &options, NULL, &error);
  g_assert_no_error (error);
  whole_rows = list_rows (whole);
  g_assert_cmpstr (whole_rows, ==, "2:1,1,0* 3:2,2,1*");

  unlabelled = read_with ("a,b\n1,1\n2,2\n", names, &options, NULL, &error);
  g_assert_no_error (error);
  unlabelled_rows = list_rows (unlabelled);
  g_assert_cmpstr (unlabelled_rows, ==, "2:1,1,-1* 3:2,2,-1*");
  g_assert_false (re3_dataset_has_labels (unlabelled));
}

/* The test file has its own form, and its columns their own order. */
static void
test_test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = make_model (2, 2, "\"features\": [\"a\", \"b\"], ");
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autofree char *rows = NULL;
  GFile *train = write_file ("train.csv", "a,b,z\n1,2,0\n3,4,1\nx,4,1\n", -1);
  GFile *test = write_file ("test.csv", "z;b;a;y\n1;6;5;0\n1;8;7;1\n1;x;7;1\n", -1);
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  /* Of itself neither would the test file have one label column, z or y, nor would the only label
   * 1 tell its class: the training file says both. */
  options.test_file = test;
  dataset = re3_data_file_read (train, model, &options, NULL, &report, &error);
  g_assert_no_error (error);
  rows = list_rows (dataset);
  g_assert_cmpstr (rows, ==, "2:1,2,0 3:3,4,1 2:5,6,1* 3:7,8,1*");
  g_assert_cmpuint (report->n_skipped, ==, 2);
  g_assert_cmpstr (((Re3SkippedRow *) report->skipped->pdata[0])->file, ==, "train.csv");
  g_assert_cmpstr (((Re3SkippedRow *) report->skipped->pdata[1])->file, ==, "test.csv");

  options.test_file = NULL;
  g_clear_pointer (&dataset, re3_dataset_unref);
  dataset = re3_data_file_read (test, model, &options, NULL, NULL, &error);
  assert_refused (dataset, &error, "test.csv: &z, y&choose one");

  remove_file (train);
  remove_file (test);
}

/* No column of a test file is taken for the label that is not the one of the training file. */
static void
test_test_label (void)
{
  static const char *const targets = "\"features\": [\"a\", \"b\"], \"task\": \"regression\", ";
  static const struct {
    const char *train;
    const char *test;
    const char *names;
    const char *saying; /* %NULL where it is read */
    const char *doubt;
    const char *label;
  } cases[] = {
    { "a,b,kind\n1,2,yes\n", "a,b,kind,was\n1,2,no,yes\n", names, NULL, NULL, "kind" },
    { "a,b,kind\n1,2,yes\n", "a,b,was\n1,2,yes\n", names,
      "test.csv: &“kind”&train.csv&by another name: was", NULL, NULL },
    { "a,b,kind\n1,2,yes\n", "a,b\n1,2\n", names, NULL, "in train.csv is “kind”", NULL },
    { "a,b\n1,2\n", "a,b,was\n1,2,yes\n", names, NULL, NULL, NULL },
    { "a,b,was,year\n1,2,5,2001\n", "a,b,was\n1,2,5\n", targets, NULL, NULL, NULL },
    { "yes,1,2\nno,1,3\n", "yes,1,2\nno,1,3\n", names, NULL, NULL, "column 1" },
    { "yes,1,2\nno,1,3\n", "1,2\n1,3\n", names, NULL, "in train.csv is “column 1”", NULL },
  };
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Re3Model) model = make_model (2, 2, cases[i].names);
    GFile *train = write_file ("train.csv", cases[i].train, -1);
    GFile *test = write_file ("test.csv", cases[i].test, -1);
    g_autoptr (GError) error = NULL;
    g_autoptr (Re3DataReport) report = NULL;
    g_autoptr (Re3Dataset) dataset = NULL;
    g_autofree char *description = NULL;

    options.test_file = test;
    dataset = re3_data_file_read (train, model, &options, NULL, &report, &error);
    if (cases[i].saying != NULL) {
      g_assert_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL);
      assert_refused (dataset, &error, cases[i].saying);
      options.keep_doubts = TRUE;
      dataset = re3_data_file_read (train, model, &options, NULL, &report, &error);
      options.keep_doubts = FALSE;
      g_assert_nonnull (report->test->label_doubt);
    }
    g_assert_no_error (error);
    g_assert_cmpstr (report->test->file, ==, "test.csv");
    g_assert_cmpstr (report->test->label_column, ==, cases[i].label);
    if (cases[i].saying == NULL)
      g_assert_true (cases[i].doubt == NULL
                         ? report->test->label_doubt == NULL
                         : strstr (report->test->label_doubt, cases[i].doubt) != NULL);
    description = re3_data_report_describe (report);
    g_assert_nonnull (strstr (description, "Test file: test.csv\n  Delimiter: comma.\n"));
    remove_file (train);
    remove_file (test);
  }
}

/* Larger than what is looked at first, with the features the other way round. */
static void
test_large (void)
{
  const gsize n_rows = 60000;
  g_autoptr (GString) text = g_string_new ("b\ta\tkind\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  for (gsize i = 0; i < n_rows; i++)
    g_string_append_printf (text, "%zu.25\t-%zu\t%s\n", 1000000 + i, i, i % 3 == 0 ? "yes" : "no");
  g_assert_cmpuint (text->len, >, 1024 * 1024);

  dataset = read_with (text->str, names, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, n_rows);
  g_assert_cmpuint (re3_dataset_get_n_test (dataset), ==, n_rows / 5);
  for (gsize i = 0; i < n_rows; i++) {
    g_assert_cmpfloat (re3_dataset_get_value (dataset, i, 0), ==, -(double) i);
    g_assert_cmpfloat (re3_dataset_get_value (dataset, i, 1), ==, 1000000.25 + (double) i);
    g_assert_cmpint (re3_dataset_get_label (dataset, i), ==, i % 3 == 0);
    g_assert_cmpuint (re3_dataset_get_line (dataset, i), ==, i + 2);
  }
}

/* What is found by looking can be overruled: here a table of one column reads as one of two, and
 * of three columns of numbers it is said which are the features. */
static void
test_overruled (void)
{
  static const char *const left_out[] = { "id", "no such column", NULL };
  static const char *const features_left_out[] = { "a", NULL };
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autofree char *rows = NULL;

  options.test_fraction = 0;
  options.label = "";
  options.delimiter = '|';
  dataset = read_with ("1,5|2\n3,5|4\n", "", &options, NULL, &error);
  g_assert_null (dataset);
  g_assert_nonnull (strstr (error->message, "decimal point"));
  g_clear_error (&error);

  options.delimiter = RE3_CSV_GUESS_DELIMITER;
  dataset = read_with ("id;x;y\n7;1;2\n8;3;4\n", "", &options, NULL, &error);
  g_assert_null (dataset);
  g_clear_error (&error);
  options.left_out = left_out;
  dataset = read_with ("id;x;y\n7;1;2\n8;3;4\n", "", &options, &report, &error);
  g_assert_no_error (error);
  rows = list_rows (dataset);
  g_assert_cmpstr (rows, ==, "2:1,2,-1 3:3,4,-1");
  g_assert_cmpstr (report->left_out[0], ==, "id");
  g_assert_null (report->left_out[1]);

  options.left_out = features_left_out;
  g_assert_null (read_with ("a,b,yes\n1,2,no\n", names, &options, NULL, &error));
  g_assert_nonnull (strstr (error->message, "“a”"));
}

/* Only the first megabyte is read, and no row of it is cut. */
static void
test_head_only (void)
{
  g_autoptr (GString) content = g_string_new ("a,b,kind\n");
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  gsize n_rows = 0;

  while (content->len < 3 << 20) {
    g_string_append (content, "1.25,123456789,yes\n");
    n_rows += content->len <= 1 << 20;
  }
  options.head_only = TRUE;
  dataset = read_with (content->str, names, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, n_rows);
  for (gsize row = 0; row < n_rows; row++)
    g_assert_cmpfloat (re3_dataset_get_value (dataset, row, 1), ==, 123456789.0);
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = make_model (2, 2, names);
  g_autoptr (GFile) missing = g_file_new_for_path ("/nowhere/a.csv");
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GFile *file = write_file ("a.csv", "a,b\n1,2\n", -1);
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  assert_refused (re3_data_file_read (missing, model, &options, NULL, NULL, &error), &error,
                  "/nowhere/a.csv: &no such file");
  assert_refused (re3_data_file_read (folder, model, &options, NULL, NULL, &error), &error,
                  "folder");

  g_cancellable_cancel (cancellable);
  g_assert_null (re3_data_file_read (file, model, &options, cancellable, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  remove_file (file);
}

/* The target of a regression network: the column that is called like its output, or the one that
 * is left; a cell that is no number is a fault of its row. */
static void
test_targets (void)
{
  static const char *const named = "\"features\": [\"a\", \"b\"], \"output\": \"price\", ";
  static const char *const several = "\"features\": [\"a\", \"b\"], \"task\": \"regression\", ";
  static const char *const content = "a,year,b,price\n1,2001,2,0.5\n3,2002,4,cheap\n5,2003,6,\n"
                                     "7,2004,8,-1e3\n";
  g_autoptr (Re3Model) model = make_model (2, 1, named);
  g_autoptr (Re3Model) pair = make_model (2, 2, several);
  GFile *file = write_file ("a.csv", content, -1);
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3Dataset) unlabelled = NULL;
  g_autoptr (Re3DataReport) report = NULL;

  dataset = re3_data_file_read (file, model, &options, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 2);
  g_assert_true (re3_dataset_has_targets (dataset));
  g_assert_false (re3_dataset_has_labels (dataset));
  g_assert_cmpfloat (re3_dataset_get_target (dataset, 0), ==, 0.5);
  g_assert_cmpfloat (re3_dataset_get_target (dataset, 1), ==, -1000);
  g_assert_cmpstr (report->label_column, ==, "price");
  g_assert_cmpuint (report->n_skipped, ==, 2);

  options.label = "year";
  g_clear_pointer (&dataset, re3_dataset_unref);
  dataset = re3_data_file_read (file, model, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 4);
  g_assert_cmpfloat (re3_dataset_get_target (dataset, 3), ==, 2004);

  /* One column cannot be the target of two outputs. */
  options.label = NULL;
  unlabelled = re3_data_file_read (file, pair, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (unlabelled), ==, 4);
  g_assert_false (re3_dataset_has_targets (unlabelled));
  remove_file (file);

  file = write_file ("a.csv", "a,b,price\n1,2,low\n3,4,high\n", -1);
  assert_refused (re3_data_file_read (file, model, &options, NULL, NULL, &error), &error,
                  "“price” holds low, high&a number");
  remove_file (file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/data-file/read", test_read);
  g_test_add_func ("/data-file/skip", test_skip);
  g_test_add_func ("/data-file/skip-many", test_skip_many);
  g_test_add_func ("/data-file/cut-off", test_cut_off);
  g_test_add_func ("/data-file/doubts", test_doubts);
  g_test_add_func ("/data-file/no-row-left", test_no_row_left);
  g_test_add_func ("/data-file/split", test_split);
  g_test_add_func ("/data-file/test-file", test_test_file);
  g_test_add_func ("/data-file/test-label", test_test_label);
  g_test_add_func ("/data-file/large", test_large);
  g_test_add_func ("/data-file/overruled", test_overruled);
  g_test_add_func ("/data-file/head-only", test_head_only);
  g_test_add_func ("/data-file/no-file", test_no_file);

  g_test_add_func ("/data-file/targets", test_targets);

  return g_test_run ();
}
