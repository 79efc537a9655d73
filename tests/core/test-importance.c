/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-explanation.h"
#include "reference.h"

#include <math.h>

static void
assert_means (Reference *reference,
              Re3SampleSet set,
              const char *kind,
              const double *means,
              gsize n_features)
{
  const char *key = reference_key_text (reference, kind, reference_set_name (set));

  assert_all_near (means, reference_numbers (reference, key, n_features), n_features, 1e-12);
}

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Analysis) analysis = reference_analyse (reference);
    gsize n_features = re3_model_get_n_features (re3_analysis_get_model (analysis));

    for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++) {
      const Re3Importance *importance = re3_analysis_get_importance (analysis, set);
      const char *ranks = reference_key_text (reference, "ranks", reference_set_name (set));

      g_assert_cmpuint (importance->n_features, ==, n_features);
      g_assert_cmpuint (importance->n_ranks, ==, n_features);
      assert_means (reference, set, "logit_absolute", importance->logit_absolute, n_features);
      assert_means (reference, set, "logit_signed", importance->logit_signed, n_features);
      assert_means (reference, set, "probability_absolute", importance->probability_absolute,
                    n_features);
      assert_means (reference, set, "probability_signed", importance->probability_signed,
                    n_features);
      for (gsize pair = 0; pair < n_features * n_features; pair++)
        g_assert_cmpuint (importance->ranks[pair], ==,
                          (guint32) reference_numbers (reference, ranks,
                                                       n_features * n_features)[pair]);
    }
  }
}

/* Each sample gives each feature that contributes something one rank, and no rank to two. */
static void
test_ranks_are_complete (void)
{
  g_autoptr (Reference) reference = reference_open ("network-constant");
  g_autoptr (Re3Analysis) analysis = reference_analyse (reference);

  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++) {
    const Re3Importance *importance = re3_analysis_get_importance (analysis, set);
    gsize n = importance->n_features;

    for (gsize i = 0; i < n; i++) {
      gsize of_feature = 0;
      gsize of_rank = 0;

      for (gsize j = 0; j < n; j++) {
        of_feature += importance->ranks[i * n + j];
        of_rank += importance->ranks[j * n + i];
      }
      g_assert_cmpuint (of_feature + importance->unranked[i], ==, importance->n_samples);
      g_assert_cmpuint (of_rank, <=, importance->n_samples);
    }
    /* The column of zeros contributes nothing. */
    g_assert_cmpfloat (importance->logit_absolute[1], ==, 0);
    g_assert_cmpuint (importance->unranked[1], ==, importance->n_samples);
  }
}

/* Of one sample, the importance is its contributions to the class that is predicted. */
static void
test_one_sample (void)
{
  g_autoptr (Reference) reference = reference_open ("network-row");
  g_autoptr (Re3Analysis) analysis = reference_analyse (reference);
  const Re3Importance *importance = re3_analysis_get_importance (analysis, RE3_SAMPLES_TRAIN);
  const Re3Importance *none = re3_analysis_get_importance (analysis, RE3_SAMPLES_TEST);
  g_autoptr (Re3Explanation) explanation =
      re3_explanation_new (re3_analysis_get_model (analysis), reference_point (reference, 0), NULL);
  g_autofree double *logit =
      re3_explanation_logit_contributions (explanation, explanation->prediction);
  g_autofree double *probability =
      re3_explanation_probability_contributions (explanation, explanation->prediction);

  g_assert_cmpuint (importance->n_samples, ==, 1);
  for (gsize i = 0; i < importance->n_features; i++) {
    g_assert_cmpfloat (importance->logit_signed[i], ==, logit[i]);
    g_assert_cmpfloat (importance->logit_absolute[i], ==, fabs (logit[i]));
    g_assert_cmpfloat (importance->probability_signed[i], ==, probability[i]);
    g_assert_cmpfloat (importance->probability_absolute[i], ==, fabs (probability[i]));
  }

  g_assert_cmpuint (none->n_samples, ==, 0);
  g_assert_true (isnan (none->logit_signed[0]));
  g_assert_cmpuint (none->ranks[0], ==, 0);
}

/* One class of a sigmoid has the logit 0, to which no feature contributes anything: where it is
 * predicted, none is the first. */
static void
test_constant_logit (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  const gsize n_rows = 100;
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (n);
  g_autofree double *weight = random_numbers (n, 1, 6100);
  static const double bias[] = { 0 };
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3Analysis) analysis = NULL;
  const Re3Importance *importance;
  gsize n_first = 0;
  gsize n_negative = 0;

  re3_network_builder_add_affine (builder, 1, weight, bias, NULL);
  re3_network_builder_add_two_classes (builder, NULL);
  network = re3_network_builder_finish (builder, NULL);
  model = model_of_network (network);
  dataset = re3_dataset_new (n, n_rows, 2, random_numbers (n * n_rows, 1, 6101), NULL, NULL,
                             g_new0 (guint8, n_rows));
  analysis = re3_analysis_new (model, dataset, NULL, NULL);
  importance = re3_analysis_get_importance (analysis, RE3_SAMPLES_ALL);

  for (gsize row = 0; row < n_rows; row++)
    n_negative += re3_analysis_get_prediction (analysis, row) == 0;
  g_assert_cmpuint (n_negative, >, 10);
  for (gsize i = 0; i < n; i++) {
    g_assert_cmpuint (importance->unranked[i], ==, n_negative);
    n_first += importance->ranks[i * importance->n_ranks];
  }
  g_assert_cmpuint (n_first, ==, n_rows - n_negative);
}

/* Of very many features, the first ranks are counted. */
static void
test_many_features (void)
{
  const gsize widths[] = { RE3_RANKS_MAX + 500, 3, 2 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 6000);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = re3_dataset_new (
      widths[0], 2, 2, random_numbers (2 * widths[0], 1, 6001), NULL, NULL, g_new0 (guint8, 2));
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  const Re3Importance *importance = re3_analysis_get_importance (analysis, RE3_SAMPLES_ALL);
  gsize n_features_ranked = 0;

  g_assert_cmpuint (importance->n_ranks, ==, RE3_RANKS_MAX);
  for (gsize rank = 0; rank < RE3_RANKS_MAX; rank++) {
    gsize n = 0;

    for (gsize i = 0; i < widths[0]; i++)
      n += importance->ranks[i * RE3_RANKS_MAX + rank];
    g_assert_cmpuint (n, ==, 2);
  }
  for (gsize i = 0; i < widths[0]; i++) {
    gsize n = 0;

    for (gsize rank = 0; rank < RE3_RANKS_MAX; rank++)
      n += importance->ranks[i * RE3_RANKS_MAX + rank];
    n_features_ranked += n > 0;
    g_assert_cmpuint (n, <=, 2);
  }
  g_assert_cmpuint (n_features_ranked, <=, 2 * RE3_RANKS_MAX);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/importance/reference", test_reference);
  g_test_add_func ("/importance/ranks-are-complete", test_ranks_are_complete);
  g_test_add_data_func ("/importance/constant-logit-few", GSIZE_TO_POINTER (3),
                        test_constant_logit);
  g_test_add_data_func ("/importance/constant-logit-many", GSIZE_TO_POINTER (40),
                        test_constant_logit);
  g_test_add_func ("/importance/one-sample", test_one_sample);
  g_test_add_func ("/importance/many-features", test_many_features);

  return g_test_run ();
}
