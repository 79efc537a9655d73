/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-explanation.h"
#include "reference.h"

#include <math.h>

/* What the reference says of each neuron: active, mean |contribution|, top 1, 2, 3. */
#define N_NUMBERS 5

static void
assert_neuron (const Re3Analysis *analysis,
               Re3SampleSet set,
               int class_index,
               gsize neuron,
               gsize n_samples,
               const double *expected)
{
  double n = (double) n_samples;
  Re3NeuronStatistics statistics;

  g_assert_true (re3_analysis_get_neuron (analysis, set, class_index, neuron, &statistics));
  g_assert_cmpuint (statistics.n_samples, ==, n_samples);
  g_assert_cmpint (statistics.is_always_active, ==, n_samples > 0 && expected[0] == n);
  g_assert_cmpint (statistics.is_never_active, ==, n_samples > 0 && expected[0] == 0);
  assert_near (statistics.mean_absolute_contribution, expected[1], 1e-12);
  if (n_samples == 0) {
    g_assert_true (isnan (statistics.active) && isnan (statistics.top[2]));
    return;
  }

  g_assert_cmpfloat (statistics.active, ==, expected[0] / n);
  for (gsize top = 0; top < RE3_N_TOPS; top++)
    g_assert_cmpfloat (statistics.top[top], ==, expected[2 + top] / n);
}

static void
assert_group (Reference *reference,
              const Re3Analysis *analysis,
              Re3SampleSet set,
              int class_index,
              const char *class_name)
{
  gsize n_neurons =
      re3_network_get_n_neurons (re3_model_get_network (re3_analysis_get_model (analysis)));
  const char *set_name = reference_set_name (set);
  const char *n_key =
      reference_key_text (reference, reference_key_text (reference, "n", set_name), class_name);
  const char *key = reference_key_text (
      reference, reference_key_text (reference, "neurons", set_name), class_name);
  gsize n_samples = reference_integer (reference, n_key);
  const double *numbers = reference_numbers (reference, key, N_NUMBERS * n_neurons);

  for (gsize neuron = 0; neuron < n_neurons; neuron++)
    assert_neuron (analysis, set, class_index, neuron, n_samples, numbers + N_NUMBERS * neuron);
}

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Analysis) analysis = reference_analyse (reference);

    for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
      assert_group (reference, analysis, set, RE3_ALL_CLASSES, "all");
    for (int c = RE3_NO_LABEL; c < (int) reference_n_classes (reference); c++) {
      g_autofree char *name = g_strdup_printf ("%d", c);

      assert_group (reference, analysis, RE3_SAMPLES_ALL, c, name);
    }
  }
}

/* By class, training and test samples add up to all of them. */
static void
test_sets_add_up (void)
{
  g_autoptr (Reference) reference = reference_open ("network-absent");
  g_autoptr (Re3Analysis) analysis = reference_analyse (reference);
  Re3NeuronStatistics of_set[RE3_N_SAMPLE_SETS];

  for (gsize neuron = 0; neuron < 14; neuron++)
    for (int c = RE3_NO_LABEL; c < 4; c++) {
      double sum = 0;

      for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
        g_assert_true (re3_analysis_get_neuron (analysis, set, c, neuron, &of_set[set]));
      g_assert_cmpuint (of_set[RE3_SAMPLES_TRAIN].n_samples + of_set[RE3_SAMPLES_TEST].n_samples,
                        ==, of_set[RE3_SAMPLES_ALL].n_samples);
      for (Re3SampleSet set = 0; set < RE3_SAMPLES_ALL; set++)
        if (of_set[set].n_samples > 0)
          sum += of_set[set].mean_absolute_contribution * (double) of_set[set].n_samples;
      assert_near (sum / (double) of_set[RE3_SAMPLES_ALL].n_samples,
                   of_set[RE3_SAMPLES_ALL].mean_absolute_contribution, 1e-14);
    }

  /* The class that the test set lacks. */
  g_assert_true (
      re3_analysis_get_neuron (analysis, RE3_SAMPLES_TEST, 2, 0, &of_set[RE3_SAMPLES_TEST]));
  g_assert_cmpuint (of_set[RE3_SAMPLES_TEST].n_samples, ==, 0);
  g_assert_false (of_set[RE3_SAMPLES_TEST].is_never_active);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/neuron-statistics/reference", test_reference);
  g_test_add_func ("/neuron-statistics/sets-add-up", test_sets_add_up);

  return g_test_run ();
}
