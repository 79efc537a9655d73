/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-core-error.h"
#include "re3-scaler.h"
#include "reference.h"

#include <math.h>
#include <string.h>

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Dataset) dataset =
        reference_dataset (reference, 1, REFERENCE_LABELS | REFERENCE_TESTS);
    gsize n_features = re3_dataset_get_n_features (dataset);
    g_autofree double *mean = g_new (double, n_features);
    g_autofree double *scale = g_new (double, n_features);
    g_autoptr (GError) error = NULL;

    g_assert_true (re3_scaler_fit (dataset, mean, scale, &error));
    g_assert_no_error (error);
    assert_all_near (mean, reference_numbers (reference, "mean", n_features), n_features, 1e-14);
    assert_all_near (scale, reference_numbers (reference, "scale", n_features), n_features, 1e-14);
  }
}

/* Numbers that differ by no more than rounding have no deviation; and what is small beside the
 * mean, but more than that, counts. */
static void
test_constant (void)
{
  const gsize n_rows = 1000;
  double *values = g_new (double, 3 * n_rows);
  g_autoptr (Re3Dataset) dataset = NULL;
  double mean[3];
  double scale[3];

  for (gsize row = 0; row < n_rows; row++) {
    values[row] = 0.1;
    values[n_rows + row] = row % 2 == 0 ? 0.1 : nextafter (0.1, 1);
    values[2 * n_rows + row] = 1e6 + (row % 2 == 0 ? 1e-3 : -1e-3);
  }
  dataset = re3_dataset_new (3, n_rows, 2, values, NULL, NULL, g_new0 (guint8, n_rows));

  g_assert_true (re3_scaler_fit (dataset, mean, scale, NULL));
  assert_near (mean[0], 0.1, 1e-13);
  g_assert_cmpfloat (scale[0], ==, 1);
  assert_near (mean[1], 0.1, 1e-13);
  g_assert_cmpfloat (scale[1], ==, 1);
  assert_near (mean[2], 1e6, 1e-13);
  g_assert_cmpfloat (fabs (scale[2] / 1e-3 - 1), <, 1e-5);
}

static void
assert_no_fit (gsize n_rows, double value, gboolean is_test, const char *saying)
{
  double *values = g_new (double, n_rows);
  guint8 *test_flags = g_new (guint8, n_rows);
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  double mean;
  double scale;

  for (gsize row = 0; row < n_rows; row++) {
    values[row] = row % 2 == 0 ? value : -value;
    test_flags[row] = (guint8) is_test;
  }
  dataset = re3_dataset_new (1, n_rows, 2, values, NULL, NULL, test_flags);

  g_assert_false (re3_scaler_fit (dataset, &mean, &scale, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE);
  if (strstr (error->message, saying) == NULL)
    g_error ("“%s” does not say “%s”", error->message, saying);
}

static void
test_refusals (void)
{
  assert_no_fit (4, 1, TRUE, "the data set has none");
  assert_no_fit (2, 1e200, FALSE, "Feature 1");
}

static Re3Model *
named_model (Re3Network *network)
{
  static const char *const features[] = { "length", "width", NULL };
  static const char *const units[] = { "cm", "", NULL };
  static const char *const columns[] = { "", "w", NULL };
  static const char *const classes[] = { "a", "b", "c", NULL };
  static const double zeros[] = { 0, 0, 0 };
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);

  re3_model_builder_set_name (builder, "named");
  g_assert_true (re3_model_builder_set_features (builder, features, units, NULL));
  g_assert_true (re3_model_builder_set_columns (builder, columns, NULL));
  g_assert_true (re3_model_builder_set_classes (builder, classes, NULL));
  re3_model_builder_add_test (builder, zeros, zeros, 1);

  return re3_model_builder_finish (builder);
}

/* What the model with the scaler answers to the data is what the one without answers to the scaled
 * data. */
static void
test_model (void)
{
  static const gsize widths[] = { 2, 6, 3 };
  const gsize n_rows = 50;
  g_autoptr (Re3Network) network = random_network (widths, 3, 3000);
  g_autoptr (Re3Model) model = named_model (network);
  g_autofree double *scaled_values = random_numbers (2 * n_rows, 2, 3001);
  double *values = g_new (double, 2 * n_rows);
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3Dataset) scaled_dataset = NULL;
  g_autoptr (Re3Model) scaling_model = NULL;
  g_autoptr (Re3Analysis) analysis = NULL;
  g_autoptr (Re3Analysis) expected = NULL;
  static const double mean[] = { 5.5, -300 };
  static const double scale[] = { 0.25, 1000 };

  for (gsize row = 0; row < n_rows; row++)
    for (gsize feature = 0; feature < 2; feature++)
      values[feature * n_rows + row] =
          mean[feature] + scale[feature] * scaled_values[feature * n_rows + row];
  dataset = re3_dataset_new (2, n_rows, 3, values, NULL, NULL, g_new0 (guint8, n_rows));
  scaled_dataset = re3_dataset_new (2, n_rows, 3, g_steal_pointer (&scaled_values), NULL, NULL,
                                    g_new0 (guint8, n_rows));

  scaling_model = re3_model_new_with_scaler (model, mean, scale, NULL);
  g_assert_true (re3_model_has_scaler (scaling_model));
  g_assert_true (re3_model_get_network (scaling_model) == network);
  g_assert_cmpstr (re3_model_get_name (scaling_model), ==, "named");
  g_assert_true (re3_model_has_feature_names (scaling_model));
  g_assert_cmpstr (re3_model_get_feature_name (scaling_model, 1), ==, "width");
  g_assert_cmpstr (re3_model_get_feature_unit (scaling_model, 0), ==, "cm");
  g_assert_null (re3_model_get_feature_unit (scaling_model, 1));
  g_assert_null (re3_model_get_feature_column (scaling_model, 0));
  g_assert_cmpstr (re3_model_get_feature_column (scaling_model, 1), ==, "w");
  g_assert_cmpstr (re3_model_get_class_name (scaling_model, 2), ==, "c");
  g_assert_cmpuint (re3_model_get_n_tests (scaling_model), ==, 0);

  analysis = re3_analysis_new (scaling_model, dataset, NULL, NULL);
  expected = re3_analysis_new (model, scaled_dataset, NULL, NULL);
  for (gsize row = 0; row < n_rows; row++) {
    g_assert_cmpint (re3_analysis_get_prediction (analysis, row), ==,
                     re3_analysis_get_prediction (expected, row));
    assert_near (re3_analysis_get_distance (analysis, row),
                 re3_analysis_get_distance (expected, row), 1e-11);
  }
}

/* It stays one, with what its outputs are called. */
static void
test_regression (void)
{
  static const gsize widths[] = { 2, 4, 2 };
  static const char *const outputs[] = { "price", "age", NULL };
  static const char *const units[] = { "EUR", "", NULL };
  static const double mean[] = { 1, 2 };
  static const double scale[] = { 3, 4 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 3002);

  for (gsize is_named = 0; is_named < 2; is_named++) {
    g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
    g_autoptr (Re3Model) model = NULL;
    g_autoptr (Re3Model) scaling_model = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (re3_model_builder_set_outputs (builder, is_named ? outputs : NULL,
                                                  is_named ? units : NULL, NULL));
    model = re3_model_builder_finish (builder);
    scaling_model = re3_model_new_with_scaler (model, mean, scale, &error);
    g_assert_no_error (error);
    g_assert_true (re3_model_is_regression (scaling_model));
    g_assert_cmpint (re3_model_has_class_names (scaling_model), ==, is_named);
    g_assert_cmpstr (re3_model_get_class_name (scaling_model, 1), ==, is_named ? "age" : "y2");
    g_assert_cmpstr (re3_model_get_output_unit (scaling_model, 0), ==, is_named ? "EUR" : NULL);
    g_assert_null (re3_model_get_output_unit (scaling_model, 1));
  }
}

static void
test_model_keeps_its_scaler (void)
{
  static const gsize widths[] = { 2, 6, 3 };
  static const double numbers[] = { 1, 2 };
  static const double bad[] = { 1, 0 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 3100);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Model) scaling_model = re3_model_new_with_scaler (model, numbers, numbers, NULL);
  g_autoptr (GError) error = NULL;

  /* Names that nobody gave stay ours. */
  g_assert_false (re3_model_has_feature_names (scaling_model));
  g_assert_false (re3_model_has_class_names (scaling_model));
  g_assert_cmpstr (re3_model_get_feature_name (scaling_model, 0), ==, "x1");

  g_assert_null (re3_model_new_with_scaler (scaling_model, numbers, numbers, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_STRUCTURE);
  g_clear_error (&error);
  g_assert_null (re3_model_new_with_scaler (model, numbers, bad, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scaler/reference", test_reference);
  g_test_add_func ("/scaler/constant", test_constant);
  g_test_add_func ("/scaler/refusals", test_refusals);
  g_test_add_func ("/scaler/model", test_model);
  g_test_add_func ("/scaler/regression", test_regression);
  g_test_add_func ("/scaler/model-keeps-its-scaler", test_model_keeps_its_scaler);

  return g_test_run ();
}
