/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-dataset.h"

#include <math.h>
#include <string.h>

/* Three rows of two features. */
static Re3Dataset *
small_dataset (gboolean labels, gboolean lines)
{
  static const double values[] = { 1, -2, 3, 10, 30, 20 };
  static const int label_of_row[] = { 1, RE3_NO_LABEL, 0 };
  static const guint32 line_of_row[] = { 2, 4, 5 };
  static const guint8 is_test[] = { 0, 1, 1 };

  return re3_dataset_new (2, 3, 2, g_memdup2 (values, sizeof values),
                          labels ? g_memdup2 (label_of_row, sizeof label_of_row) : NULL,
                          lines ? g_memdup2 (line_of_row, sizeof line_of_row) : NULL,
                          g_memdup2 (is_test, sizeof is_test));
}

static void
test_access (void)
{
  g_autoptr (Re3Dataset) dataset = small_dataset (TRUE, TRUE);
  double row[2];
  double low;
  double high;

  g_assert_cmpuint (re3_dataset_get_n_features (dataset), ==, 2);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 3);
  g_assert_cmpuint (re3_dataset_get_n_classes (dataset), ==, 2);
  g_assert_cmpuint (re3_dataset_get_n_test (dataset), ==, 2);
  g_assert_true (re3_dataset_has_labels (dataset));

  g_assert_cmpfloat (re3_dataset_get_column (dataset, 1)[2], ==, 20);
  g_assert_cmpfloat (re3_dataset_get_value (dataset, 1, 0), ==, -2);
  re3_dataset_get_row (dataset, 1, row);
  g_assert_cmpfloat (row[0], ==, -2);
  g_assert_cmpfloat (row[1], ==, 30);

  g_assert_cmpint (re3_dataset_get_label (dataset, 0), ==, 1);
  g_assert_cmpint (re3_dataset_get_label (dataset, 1), ==, RE3_NO_LABEL);
  g_assert_false (re3_dataset_is_test (dataset, 0));
  g_assert_true (re3_dataset_is_test (dataset, 2));
  g_assert_cmpuint (re3_dataset_get_line (dataset, 2), ==, 5);

  re3_dataset_get_range (dataset, 0, &low, &high);
  g_assert_cmpfloat (low, ==, -2);
  g_assert_cmpfloat (high, ==, 3);
  re3_dataset_get_range (dataset, 1, &low, &high);
  g_assert_cmpfloat (low, ==, 10);
  g_assert_cmpfloat (high, ==, 30);
}

static void
test_without_labels (void)
{
  g_autoptr (Re3Dataset) dataset = small_dataset (FALSE, FALSE);
  int *none = g_new (int, 1);
  g_autoptr (Re3Dataset) unlabelled = NULL;

  g_assert_false (re3_dataset_has_labels (dataset));
  g_assert_cmpint (re3_dataset_get_label (dataset, 0), ==, RE3_NO_LABEL);
  g_assert_cmpuint (re3_dataset_get_line (dataset, 0), ==, 0);

  none[0] = RE3_NO_LABEL;
  unlabelled = re3_dataset_new (1, 1, 2, g_new0 (double, 1), none, NULL, g_new0 (guint8, 1));
  g_assert_false (re3_dataset_has_labels (unlabelled));
}

static void
test_empty (void)
{
  g_autoptr (Re3Dataset) dataset = re3_dataset_new (2, 0, 2, NULL, NULL, NULL, NULL);
  double low;
  double high;

  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 0);
  g_assert_false (re3_dataset_has_labels (dataset));
  re3_dataset_get_range (dataset, 0, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
}

static void
test_column_kinds (void)
{
  static const double values[] = { 0, 1, 1, 0, 3, -7, 0, 1, 1, 0.5, 0, 1, 2, 2, 2, 2 };
  g_autoptr (Re3Dataset) dataset =
      re3_dataset_new (4, 4, 2, g_memdup2 (values, sizeof values), NULL, NULL, g_new0 (guint8, 4));

  g_assert_cmpint (re3_dataset_get_column_kind (dataset, 0), ==, RE3_COLUMN_BINARY);
  g_assert_cmpint (re3_dataset_get_column_kind (dataset, 1), ==, RE3_COLUMN_INTEGER);
  g_assert_cmpint (re3_dataset_get_column_kind (dataset, 2), ==, RE3_COLUMN_REAL);
  g_assert_cmpint (re3_dataset_get_column_kind (dataset, 3), ==, RE3_COLUMN_INTEGER);
}

/* As numpy.histogram ([-1, 0, 0.5, 1, 1.5, 2, 3, 9], bins = 4, range = (0, 2)) has it. */
static void
test_count_values (void)
{
  static const double values[] = { -1, 0, 0.5, 1, 1.5, 2, 3, 9 };
  static const guint32 expected[] = { 1, 1, 1, 2 };
  g_autoptr (Re3Dataset) dataset =
      re3_dataset_new (1, 8, 2, g_memdup2 (values, sizeof values), NULL, NULL, g_new0 (guint8, 8));
  guint32 counts[4];

  re3_dataset_count_values (dataset, 0, 0, 2, 4, counts);
  g_assert_cmpmem (counts, sizeof counts, expected, sizeof expected);
  re3_dataset_count_values (dataset, 0, -G_MAXDOUBLE, G_MAXDOUBLE, 2, counts);
  g_assert_cmpuint (counts[0] + counts[1], ==, 8);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dataset/access", test_access);
  g_test_add_func ("/dataset/without-labels", test_without_labels);
  g_test_add_func ("/dataset/empty", test_empty);
  g_test_add_func ("/dataset/column-kinds", test_column_kinds);
  g_test_add_func ("/dataset/count-values", test_count_values);

  return g_test_run ();
}
