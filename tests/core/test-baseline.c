/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-baseline.h"

#include <math.h>

static Re3Model *
scaled_model (const gsize *widths, gsize n_widths, guint32 seed)
{
  g_autoptr (Re3Network) network = random_network (widths, n_widths, seed);
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
  g_autofree double *mean = random_numbers (widths[0], 3, seed + 1);
  g_autofree double *scale = random_numbers (widths[0], 2, seed + 2);

  for (gsize i = 0; i < widths[0]; i++)
    scale[i] = fabs (scale[i]) + 0.5;
  g_assert_true (re3_model_builder_set_scaler (builder, mean, scale, NULL));
  return re3_model_builder_finish (builder);
}

/* Two features and four rows, of which the last is for testing. */
static Re3Dataset *
small_dataset (double first, double second)
{
  const double values[] = { first, second, 6, 100, -1, 0, 4, 100 };
  static const guint8 is_test[] = { 0, 0, 0, 1 };

  return re3_dataset_new (2, 4, 3, g_memdup2 (values, sizeof values), NULL, NULL,
                          g_memdup2 (is_test, sizeof is_test));
}

/* The test sample does not count; zero is 0 of what people see, not of the network's own units. */
static void
test_inputs (void)
{
  static const gsize widths[] = { 2, 6, 3 };
  g_autoptr (Re3Model) model = scaled_model (widths, 3, 5);
  g_autoptr (Re3Dataset) dataset = small_dataset (1, 2);
  g_autoptr (Re3Baseline) mean = re3_baseline_new_mean (model, dataset);
  g_autoptr (Re3Baseline) zero = re3_baseline_new_zero (model);

  g_assert_cmpstr (mean->name, ==, "training mean");
  g_assert_cmpfloat (mean->explanation->values[0], ==, 3);
  g_assert_cmpfloat (mean->explanation->values[1], ==, 1);
  for (gsize i = 0; i < 2; i++) {
    g_assert_cmpfloat (zero->explanation->values[i], ==, 0);
    g_assert_cmpfloat_with_epsilon (
        zero->explanation->input[i],
        -re3_model_get_scaler_mean (model, i) / re3_model_get_scaler_scale (model, i), 1e-15);
  }
}

/* There is no mean of nothing, and none of numbers that are too large to be added. */
static void
test_no_mean (void)
{
  static const gsize widths[] = { 2, 6, 3 };
  static const guint8 is_test[] = { 1 };
  g_autoptr (Re3Model) model = scaled_model (widths, 3, 5);
  g_autoptr (Re3Dataset) large = small_dataset (1.7e308, 1.7e308);
  g_autoptr (Re3Dataset) only_test =
      re3_dataset_new (2, 1, 3, g_new0 (double, 2), NULL, NULL, g_memdup2 (is_test, 1));

  g_assert_null (re3_baseline_new_mean (model, large));
  g_assert_null (re3_baseline_new_mean (model, only_test));
}

/* From whatever input: the contributions sum to the difference of the outputs, of all classes, of
 * logits and of probabilities. */
static void
test_completeness (void)
{
  static const gsize widths[] = { 7, 16, 8, 4 };
  static const Re3ContributionOutput outputs[] = { RE3_CONTRIBUTION_LOGIT, RE3_CONTRIBUTION_PATH };

  for (guint32 seed = 1; seed <= 40; seed++) {
    g_autoptr (Re3Model) model = scaled_model (widths, 4, 10 * seed);
    g_autofree double *values = random_numbers (7, 4, 1000 + seed);
    g_autofree double *other = random_numbers (7, 4, 2000 + seed);
    g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, values, NULL);
    g_autoptr (Re3Explanation) sample = re3_explanation_new (model, other, NULL);
    g_autoptr (Re3Baseline) zero = re3_baseline_new_zero (model);
    const Re3Explanation *const baselines[] = { sample, zero->explanation };

    for (gsize b = 0; b < G_N_ELEMENTS (baselines); b++)
      for (gsize o = 0; o < G_N_ELEMENTS (outputs); o++)
        for (gsize c = 0; c < 4; c++) {
          g_autofree double *parts =
              re3_explanation_contributions_from (explanation, baselines[b], c, outputs[o]);
          const double *now = o == 0 ? explanation->forward->logits : explanation->probabilities;
          const double *then = o == 0 ? baselines[b]->forward->logits : baselines[b]->probabilities;
          double sum = 0;

          for (gsize i = 0; i < 7; i++)
            sum += parts[i];
          g_assert_cmpfloat_with_epsilon (sum, now[c] - then[c], 1e-12);
          g_assert_cmpfloat (re3_explanation_get_output (explanation, c, outputs[o]), ==, now[c]);
        }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baseline/inputs", test_inputs);
  g_test_add_func ("/baseline/no-mean", test_no_mean);
  g_test_add_func ("/baseline/completeness", test_completeness);
  return g_test_run ();
}
