/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-data-file.h"

#include <string.h>

static const char *const names = "\"features\": [\"a\", \"b\"], \"classes\": [\"no\", \"yes\"], ";

/* Of a: 1, 4 and 7 in the training file, mean 4; of b: 10, 30, 50 and 100, mean 47.5. */
static const char *const training = "a,b,kind\n1,10,no\nNA,30,yes\n4,?,no\n7,50,no\n,,yes\n"
                                    "x,1,no\n,20,\nnan,100,yes\n";
static const char *const testing = "b,a,kind\n,1000,no\n9,null,yes\n";

static void
assert_row (const Re3Dataset *dataset,
            gsize row,
            guint line,
            double a,
            double b,
            const char *filled)
{
  g_autofree char *found =
      g_strdup_printf ("%s%s", re3_dataset_is_filled (dataset, row, 0) ? "a" : "",
                       re3_dataset_is_filled (dataset, row, 1) ? "b" : "");

  g_assert_cmpuint (re3_dataset_get_line (dataset, row), ==, line);
  g_assert_cmpfloat (re3_dataset_get_value (dataset, row, 0), ==, a);
  g_assert_cmpfloat (re3_dataset_get_value (dataset, row, 1), ==, b);
  g_assert_cmpstr (found, ==, filled);
}

/* Neither the rows of the test file count, nor those that are skipped: a row without label, one
 * that cannot be read, and one without any value. */
static void
test_fill (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = make_model (2, 2, names);
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autofree char *description = NULL;
  GFile *train = write_file ("train.csv", training, -1);
  GFile *test = write_file ("test.csv", testing, -1);
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  options.test_file = test;
  options.fill = RE3_DATA_FILL_MEAN;
  dataset = re3_data_file_read (train, model, &options, NULL, &report, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 7);
  assert_row (dataset, 0, 2, 1, 10, "");
  assert_row (dataset, 1, 3, 4, 30, "a");
  assert_row (dataset, 2, 4, 4, 47.5, "b");
  assert_row (dataset, 3, 5, 7, 50, "");
  assert_row (dataset, 4, 9, 4, 100, "a");
  assert_row (dataset, 5, 2, 1000, 47.5, "b");
  assert_row (dataset, 6, 3, 4, 9, "a");

  g_assert_cmpuint (report->n_skipped, ==, 3);
  g_assert_cmpuint (report->n_missing, ==, 2);
  g_assert_cmpuint (report->n_filled, ==, 5);
  g_assert_cmpuint (report->n_filled_rows, ==, 5);
  g_assert_cmpuint (report->filled->len, ==, 2);
  g_assert_cmpstr (((Re3FilledColumn *) report->filled->pdata[0])->column, ==, "a");
  g_assert_cmpuint (((Re3FilledColumn *) report->filled->pdata[0])->n_cells, ==, 3);
  g_assert_cmpfloat (((Re3FilledColumn *) report->filled->pdata[1])->mean, ==, 47.5);

  description = re3_data_report_describe (report);
  g_assert_nonnull (strstr (description, "train.csv:6: no feature has a value\n"));
  g_assert_nonnull (strstr (description, "5 missing values filled with the training mean:\n"
                                         "  the column “a”: 3, with 4\n"
                                         "  the column “b”: 2, with 47.5\n"));

  remove_file (train);
  remove_file (test);
}

/* Only on request; and where a column has no mean that is said. */
static void
test_not_filled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = make_model (2, 2, names);
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  GFile *file = write_file ("a.csv", training, -1);
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;

  dataset = re3_data_file_read (file, model, &options, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 2);
  g_assert_cmpuint (re3_dataset_get_n_filled (dataset), ==, 0);
  g_assert_cmpuint (report->n_missing, ==, 5);
  g_assert_cmpuint (report->n_filled, ==, 0);
  g_assert_cmpuint (report->filled->len, ==, 0);

  options.fill = RE3_DATA_FILL_MEAN;
  options.test_fraction = 1;
  assert_refused (re3_data_file_read (file, model, &options, NULL, NULL, &error), &error,
                  "a.csv: &“a”&no mean&another split");
  remove_file (file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/data-fill/fill", test_fill);
  g_test_add_func ("/data-fill/not-filled", test_not_filled);

  return g_test_run ();
}
