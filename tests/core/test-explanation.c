/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-explanation.h"
#include "reference.h"

#include <math.h>

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);
    g_autoptr (Re3Model) model = model_of_network (network);
    gsize n_features = re3_model_get_n_features (model);
    gsize n_classes = re3_model_get_n_classes (model);
    const double *predictions = reference_numbers (reference, "predictions", 0);

    for (gsize row = 0; row < reference_integer (reference, "n_explained"); row++) {
      const double *point = reference_point (reference, row);
      g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, point, NULL);
      g_autofree double *logit = re3_explanation_logit_contributions (explanation, 1);
      g_autofree double *linear = re3_explanation_probability_contributions (explanation, 1);
      const char *probabilities = reference_key (reference, "probabilities", row);
      const char *distances = reference_key (reference, "distances", row);
      const char *low = reference_key (reference, "low", row);
      const char *high = reference_key (reference, "high", row);
      const char *relevance = reference_key (reference, "lrp", row);
      const char *linearised = reference_key (reference, "probability", row);

      g_assert_cmpuint (explanation->prediction, ==, (gsize) predictions[row]);
      g_assert_cmpfloat (explanation->residual, <, 1e-12);
      assert_all_near (explanation->probabilities,
                       reference_numbers (reference, probabilities, n_classes), n_classes, 1e-13);
      assert_near (explanation->boundary.l2, *reference_numbers (reference, distances, 4), 1e-12);
      assert_all_near (explanation->low, reference_numbers (reference, low, n_features), n_features,
                       1e-11);
      assert_all_near (explanation->high, reference_numbers (reference, high, n_features),
                       n_features, 1e-11);
      assert_all_near (logit, reference_numbers (reference, relevance, 0) + n_features, n_features,
                       1e-11);
      assert_all_near (linear, reference_numbers (reference, linearised, 0) + n_features,
                       n_features, 1e-13);
    }
  }
}

static Re3Model *
scaled_model (Re3Network *network)
{
  static const double mean[] = { 5.8, 3.05, 3.76, 1.2 };
  static const double scale[] = { 0.83, 0.43, 1.76, 0.76 };
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
  g_autoptr (GError) error = NULL;

  re3_model_builder_set_scaler (builder, mean, scale, &error);
  g_assert_no_error (error);

  return re3_model_builder_finish (builder);
}

static Re3Network *
iris_like_network (void)
{
  static const gsize widths[] = { 4, 16, 8, 4, 3 };

  return random_network (widths, 5, 1300);
}

/* Moving one feature alone in original units within its interval stays in the region; past its end
 * it does not. */
static void
test_intervals_in_original_units (void)
{
  g_autoptr (Re3Network) network = iris_like_network ();
  g_autoptr (Re3Model) model = scaled_model (network);
  g_autofree double *samples = random_numbers (4 * 50, 4, 1301);

  for (gsize s = 0; s < 50; s++) {
    double values[4];
    g_autoptr (Re3Explanation) explanation = NULL;

    for (gsize i = 0; i < 4; i++)
      values[i] = 4 + samples[4 * s + i];
    explanation = re3_explanation_new (model, values, NULL);

    for (gsize i = 0; i < 4; i++) {
      const double ends[] = { explanation->low[i], explanation->high[i] };

      g_assert_cmpfloat (ends[0], <=, values[i]);
      g_assert_cmpfloat (ends[1], >=, values[i]);
      for (gsize e = 0; e < 2; e++) {
        double moved[4] = { values[0], values[1], values[2], values[3] };
        g_autoptr (Re3Explanation) inside = NULL;
        g_autoptr (Re3Explanation) outside = NULL;

        if (isinf (ends[e]))
          continue;
        moved[i] = values[i] + (ends[e] - values[i]) * (1 - 1e-7);
        inside = re3_explanation_new (model, moved, explanation->region);
        g_assert_true (inside->region == explanation->region);
        moved[i] = values[i] + (ends[e] - values[i]) * (1 + 1e-7);
        outside = re3_explanation_new (model, moved, explanation->region);
        g_assert_true (outside->region != explanation->region);
        g_assert_false (re3_pattern_equal (outside->region->pattern, explanation->region->pattern));
      }
    }
  }
}

/* A shared region gives the digits of a fresh one. */
static void
test_shared_region (void)
{
  static const double values[] = { 5.1, 3.5, 1.4, 0.2 };
  g_autoptr (Re3Network) network = iris_like_network ();
  g_autoptr (Re3Model) model = scaled_model (network);
  g_autoptr (Re3Explanation) fresh = re3_explanation_new (model, values, NULL);
  g_autoptr (Re3Explanation) shared = re3_explanation_new (model, values, fresh->region);
  g_autoptr (Re3Explanation) other = re3_explanation_new (model, values, NULL);

  g_assert_true (shared->region == fresh->region);
  g_assert_true (other->region != fresh->region);
  g_assert_cmpmem (shared->region->A->data, 12 * sizeof (double), other->region->A->data,
                   12 * sizeof (double));
  g_assert_cmpmem (shared->low, 4 * sizeof (double), other->low, 4 * sizeof (double));
  g_assert_cmpfloat (shared->boundary.l2, ==, other->boundary.l2);
  g_assert_cmpfloat (shared->residual, ==, other->residual);
}

/* Every kind of contribution sums to what it shares out; the baseline of the path form is the
 * scaler's mean. */
static void
test_contributions (void)
{
  static const double values[] = { 6.3, 2.9, 5.6, 1.8 };
  static const double mean[] = { 5.8, 3.05, 3.76, 1.2 };
  g_autoptr (Re3Network) network = iris_like_network ();
  g_autoptr (Re3Model) model = scaled_model (network);
  g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, values, NULL);
  g_autoptr (Re3Explanation) baseline = re3_explanation_new (model, mean, NULL);

  for (gsize c = 0; c < 3; c++) {
    g_autofree double *logit = re3_explanation_logit_contributions (explanation, c);
    g_autofree double *path = re3_explanation_path_contributions (explanation, c);
    g_autofree double *neurons = re3_explanation_neuron_contributions (explanation, c);
    const Re3Affine *last = re3_network_get_affine (network, 3);
    double logit_sum = explanation->region->D[c];
    double path_sum = 0;
    double last_layer_sum = last->bias[c];

    for (gsize i = 0; i < 4; i++) {
      logit_sum += logit[i];
      path_sum += path[i];
      last_layer_sum += neurons[16 + 8 + i];
    }
    assert_near (logit_sum, explanation->forward->logits[c], 1e-13);
    assert_near (path_sum, explanation->probabilities[c] - baseline->probabilities[c], 1e-12);
    assert_near (last_layer_sum, explanation->forward->logits[c], 1e-13);
  }
}

static void
test_references (void)
{
  static const double values[] = { 1, 2, 3, 4 };
  Re3Explanation *explanation;
  Re3Explanation *second;

  {
    g_autoptr (Re3Network) network = iris_like_network ();
    g_autoptr (Re3Model) model = scaled_model (network);

    explanation = re3_explanation_new (model, values, NULL);
  }

  /* It holds all that it needs. */
  second = re3_explanation_ref (explanation);
  re3_explanation_unref (explanation);
  g_assert_cmpfloat (second->values[3], ==, 4);
  g_assert_cmpstr (re3_model_get_feature_name (second->model, 3), ==, "x4");
  re3_explanation_unref (second);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explanation/reference", test_reference);
  g_test_add_func ("/explanation/intervals-in-original-units", test_intervals_in_original_units);
  g_test_add_func ("/explanation/shared-region", test_shared_region);
  g_test_add_func ("/explanation/contributions", test_contributions);
  g_test_add_func ("/explanation/references", test_references);

  return g_test_run ();
}
