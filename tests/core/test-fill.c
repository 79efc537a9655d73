/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-fill.h"

#include <math.h>

#define N_FEATURES 3
#define N_ROWS     6

/* The means were taken by numpy.nanmean() over rows 0, 1, 3 and 4; the other two are for testing.
 */
static void
test_means (void)
{
  double values[N_FEATURES * N_ROWS] = {
    1.5, NAN, 1000, 4.25, NAN, NAN, /* of 1.5 and 4.25 */
    1,   2,   3,    4,    5,   6,   /* none is missing */
    0.1, 0.2, NAN,  0.3,  NAN, 7,   /* of 0.1, 0.2 and 0.3 */
  };
  static const guint8 is_test[N_ROWS] = { 0, 0, 1, 0, 0, 1 };
  static const Re3Cell expected[] = { { 1, 0 }, { 2, 2 }, { 4, 0 }, { 4, 2 }, { 5, 0 } };
  static const double first = 2.875;
  static const double third = 0.20000000000000004;
  gssize failed;
  g_autoptr (Re3Fill) fill = re3_fill_with_means (values, N_FEATURES, N_ROWS, is_test, &failed);

  g_assert_cmpint (failed, ==, RE3_FILL_COMPLETE);
  g_assert_cmpfloat (fill->means[0], ==, first);
  g_assert_true (isnan (fill->means[1]));
  g_assert_cmpfloat (fill->means[2], ==, third);
  g_assert_cmpuint (fill->counts[0], ==, 3);
  g_assert_cmpuint (fill->counts[1], ==, 0);
  g_assert_cmpuint (fill->counts[2], ==, 2);

  /* By rows, then features. */
  g_assert_cmpmem (fill->cells->data, fill->cells->len * sizeof (Re3Cell), expected,
                   sizeof expected);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat (values[expected[i].feature * N_ROWS + expected[i].row], ==,
                       expected[i].feature == 0 ? first : third);
  g_assert_cmpfloat (values[0], ==, 1.5);
  g_assert_cmpfloat (values[2], ==, 1000);
  g_assert_cmpfloat (values[2 * N_ROWS + 5], ==, 7);
}

/* Without a training row that has a value there is no mean, and none that is finite where the sum
 * is too large. */
static void
test_no_mean (void)
{
  double values[] = { 1, 2, 3, NAN, NAN, 5 };
  double large[] = { G_MAXDOUBLE, G_MAXDOUBLE, NAN };
  static const guint8 is_test[] = { 0, 0, 1 };
  gssize failed;

  g_assert_null (re3_fill_with_means (values, 2, 3, is_test, &failed));
  g_assert_cmpint (failed, ==, 1);
  g_assert_null (re3_fill_with_means (large, 1, 3, is_test, &failed));
  g_assert_cmpint (failed, ==, 0);
}

/* What the data set remembers. */
static void
test_dataset (void)
{
  double *values = g_new0 (double, N_FEATURES *N_ROWS);
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3Dataset) whole = NULL;
  g_autoptr (Re3Fill) fill = NULL;
  const Re3Cell *cells;
  gssize failed;
  gsize n_filled;

  values[0 * N_ROWS + 1] = NAN;
  values[2 * N_ROWS + 1] = NAN;
  values[2 * N_ROWS + 4] = NAN;
  fill = re3_fill_with_means (values, N_FEATURES, N_ROWS, (guint8[N_ROWS]){ 0 }, &failed);
  dataset = re3_dataset_new (N_FEATURES, N_ROWS, 2, values, NULL, NULL, g_new0 (guint8, N_ROWS));
  re3_dataset_set_filled (dataset, fill->cells);

  g_assert_cmpuint (re3_dataset_get_n_filled (dataset), ==, 3);
  g_assert_cmpuint (re3_dataset_get_n_filled_rows (dataset), ==, 2);
  for (gsize row = 0; row < N_ROWS; row++) {
    gsize n_expected = row == 1 ? 2 : row == 4 ? 1 : 0;

    cells = re3_dataset_get_filled (dataset, row, &n_filled);
    g_assert_cmpuint (n_filled, ==, n_expected);
    g_assert_true ((cells != NULL) == (n_expected > 0));
    for (gsize feature = 0; feature < N_FEATURES; feature++)
      g_assert_cmpint (re3_dataset_is_filled (dataset, row, feature), ==,
                       (row == 1 && feature != 1) || (row == 4 && feature == 2));
  }

  whole = re3_dataset_new (1, 1, 2, g_new0 (double, 1), NULL, NULL, g_new0 (guint8, 1));
  g_assert_cmpuint (re3_dataset_get_n_filled (whole), ==, 0);
  g_assert_false (re3_dataset_is_filled (whole, 0, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fill/means", test_means);
  g_test_add_func ("/fill/no-mean", test_no_mean);
  g_test_add_func ("/fill/dataset", test_dataset);

  return g_test_run ();
}
