/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-analysis.h"
#include "reference.h"

#include <math.h>

/* Five rows of which the last two are test samples, and the third has no target. */
static Re3Dataset *
dataset_new (const double *values, const double *targets)
{
  static const guint8 is_test[] = { 0, 0, 0, 1, 1 };

  return re3_dataset_new_with_targets (1, 5, 1, g_memdup2 (values, 5 * sizeof (double)),
                                       g_memdup2 (targets, 5 * sizeof (double)), NULL,
                                       g_memdup2 (is_test, sizeof is_test));
}

static void
test_measure (void)
{
  static const double values[] = { 0, 0, 0, 0, 0 };
  static const double targets[] = { 1, 4, NAN, 2, 2 };
  static const double outputs[] = { 2, 2, 100, 5, 1 };
  g_autoptr (Re3Dataset) dataset = dataset_new (values, targets);
  Re3Errors errors;

  /* Errors 1 and -2; targets 1.5 away from their mean. */
  re3_errors_measure (dataset, outputs, RE3_SAMPLES_TRAIN, &errors);
  g_assert_cmpuint (errors.n_samples, ==, 2);
  assert_near (errors.mean, -0.5, 1e-15);
  assert_near (errors.mean_absolute, 1.5, 1e-15);
  assert_near (errors.root_mean_square, sqrt (2.5), 1e-15);
  assert_near (errors.r2, 1 - 5 / 4.5, 1e-15);

  /* Errors 3 and -1; targets that are the same explain nothing. */
  re3_errors_measure (dataset, outputs, RE3_SAMPLES_TEST, &errors);
  assert_near (errors.mean, 1, 1e-15);
  assert_near (errors.root_mean_square, sqrt (5), 1e-15);
  g_assert_true (isnan (errors.r2));

  re3_errors_measure (dataset, outputs, RE3_SAMPLES_ALL, &errors);
  g_assert_cmpuint (errors.n_samples, ==, 4);
  assert_near (errors.mean_absolute, 1.75, 1e-15);
}

static void
test_no_targets (void)
{
  g_autoptr (Re3Dataset) dataset =
      re3_dataset_new_with_targets (1, 2, 1, g_new0 (double, 2), NULL, NULL, g_new0 (guint8, 2));
  static const double outputs[] = { 1, 2 };
  Re3Errors errors;

  g_assert_false (re3_dataset_has_targets (dataset));
  re3_errors_measure (dataset, outputs, RE3_SAMPLES_ALL, &errors);
  g_assert_cmpuint (errors.n_samples, ==, 0);
  g_assert_true (isnan (errors.mean_absolute));
  g_assert_true (isnan (errors.r2));
}

/* An analysis answers with the network's own output, and with nothing that is about classes. */
static void
test_analysis (void)
{
  static const gsize widths[] = { 1, 6, 1 };
  static const double values[] = { -2, -1, 0, 1, 2 };
  static const double targets[] = { 1, 4, NAN, 2, 2 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 5);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = dataset_new (values, targets);
  g_autoptr (Re3Forward) forward = re3_network_forward (network, values, 5);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  Re3Errors errors;

  g_assert_true (re3_model_is_regression (model));
  for (gsize row = 0; row < 5; row++)
    g_assert_cmpfloat (re3_analysis_get_output (analysis, row), ==, forward->logits[row]);
  re3_errors_measure (dataset, forward->logits, RE3_SAMPLES_TRAIN, &errors);
  g_assert_cmpfloat (re3_analysis_get_errors (analysis, RE3_SAMPLES_TRAIN)->root_mean_square, ==,
                     errors.root_mean_square);
  g_assert_true (isnan (re3_analysis_get_train_accuracy (analysis)));
  g_assert_true (
      isnan (re3_region_table_get_region (re3_analysis_get_region_table (analysis), 0)->purity));
  g_assert_cmpfloat (re3_analysis_get_residual_max (analysis), <, 1e-12);
}

/* As many classes would have tables of 10^10 numbers; outputs have none. */
static void
test_many_outputs (void)
{
  static const gsize widths[] = { 1, 100000 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 6);
  Re3ModelBuilder *builder = re3_model_builder_new (network);
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (Re3Dataset) dataset = re3_dataset_new_with_targets (
      1, 2, 1, random_numbers (2, 1, 7), random_numbers (2, 1, 8), NULL, g_new0 (guint8, 2));
  g_autoptr (Re3Analysis) analysis = NULL;
  g_autoptr (GError) error = NULL;

  re3_model_builder_set_outputs (builder, NULL, NULL, &error);
  g_assert_no_error (error);
  model = re3_model_builder_finish (builder);
  re3_model_builder_free (builder);
  analysis = re3_analysis_new (model, dataset, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (isnan (re3_analysis_get_train_accuracy (analysis)));
  g_assert_cmpfloat (re3_analysis_get_residual_max (analysis), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/errors/measure", test_measure);
  g_test_add_func ("/errors/no-targets", test_no_targets);
  g_test_add_func ("/errors/analysis", test_analysis);
  g_test_add_func ("/errors/many-outputs", test_many_outputs);

  return g_test_run ();
}
