/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-explanation.h"
#include "re3-response.h"
#include "reference.h"

#include <math.h>

/* A model with a scaler that stretches each feature differently. */
static Re3Model *
scaled_model (const gsize *widths, gsize n_widths, guint32 seed)
{
  g_autoptr (Re3Network) network = random_network (widths, n_widths, seed);
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
  g_autofree double *mean = random_numbers (widths[0], 20, seed + 1);
  g_autofree double *scale = random_numbers (widths[0], 5, seed + 2);

  for (gsize i = 0; i < widths[0]; i++)
    scale[i] = fabs (scale[i]) + 0.1;
  g_assert_true (re3_model_builder_set_scaler (builder, mean, scale, NULL));
  return re3_model_builder_finish (builder);
}

static void
assert_sound (const Re3Response *response)
{
  gsize last = response->n_pieces - 1;

  g_assert_cmpfloat (response->pieces[0].from, ==, response->from);
  g_assert_cmpfloat (response->pieces[last].to, ==, response->to);
  for (gsize i = 0; i < last; i++)
    g_assert_cmpfloat (response->pieces[i].to, ==, response->pieces[i + 1].from);

  last = response->n_stretches - 1;
  g_assert_cmpfloat (response->stretches[0].from, ==, response->from);
  g_assert_cmpfloat (response->stretches[last].to, ==, response->to);
  for (gsize i = 0; i < last; i++) {
    g_assert_cmpfloat (response->stretches[i].to, ==, response->stretches[i + 1].from);
    g_assert_cmpuint (response->stretches[i].class_index, !=,
                      response->stretches[i + 1].class_index);
  }
}

/* The logits and the prediction at every value are the forward pass's. */
static void
test_follows_network (void)
{
  static const gsize widths[] = { 5, 16, 8, 4 };
  double logits[4];

  for (guint32 seed = 1; seed <= 20; seed++) {
    g_autoptr (Re3Model) model = scaled_model (widths, 4, 10 * seed);
    g_autofree double *values = random_numbers (5, 20, 1000 + seed);
    gsize feature = seed % 5;
    g_autoptr (Re3Explanation) start = re3_explanation_new (model, values, NULL);
    g_autoptr (Re3Response) response = re3_response_new (start, feature, -40, 55);

    assert_sound (response);
    for (gsize i = 0; i <= 500; i++) {
      double value = -40 + 95 * (double) i / 500;
      const Re3ResponsePiece *piece = &response->pieces[re3_response_find (response, value)];
      g_autoptr (Re3Explanation) explanation = NULL;

      values[feature] = value;
      explanation = re3_explanation_new (model, values, NULL);
      re3_response_get_logits (response, value, logits);
      assert_all_near (logits, explanation->forward->logits, 4, 1e-11);
      for (gsize c = 0; c < 4; c++)
        assert_near (piece->intercept[c] + piece->slope[c] * value, explanation->forward->logits[c],
                     1e-10);
      g_assert_cmpuint (re3_response_get_prediction (response, value), ==, explanation->prediction);
    }
  }
}

/* Within a stretch the forward pass predicts its class, up to its very ends. */
static void
test_stretches (void)
{
  static const gsize widths[] = { 4, 12, 6, 5 };
  gsize n_changes = 0;

  for (guint32 seed = 1; seed <= 50; seed++) {
    g_autoptr (Re3Model) model = scaled_model (widths, 4, 3000 + 10 * seed);
    g_autofree double *values = random_numbers (4, 20, 4000 + seed);
    g_autoptr (Re3Explanation) start = re3_explanation_new (model, values, NULL);
    g_autoptr (Re3Response) response = re3_response_new (start, 1, -60, 60);

    assert_sound (response);
    n_changes += response->n_stretches - 1;
    for (gsize i = 0; i < response->n_stretches; i++) {
      const Re3ResponseStretch *stretch = &response->stretches[i];
      double width = stretch->to - stretch->from;

      if (width < 1e-6)
        continue;
      for (gsize step = 0; step < 9; step++) {
        static const double shares[] = { 1e-4, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1 - 1e-4 };
        g_autoptr (Re3Explanation) explanation = NULL;

        values[1] = stretch->from + shares[step] * width;
        explanation = re3_explanation_new (model, values, NULL);
        g_assert_cmpuint (explanation->prediction, ==, stretch->class_index);
      }
    }
  }
  g_assert_cmpuint (n_changes, >, 20);
}

/* The piece that holds the sample is the feature interval of its explanation, cut at the ends. */
static void
test_agrees_with_interval (void)
{
  static const gsize widths[] = { 4, 10, 6, 3 };

  for (guint32 seed = 1; seed <= 50; seed++) {
    g_autoptr (Re3Model) model = scaled_model (widths, 4, 6000 + 10 * seed);
    g_autofree double *values = random_numbers (4, 20, 7000 + seed);
    g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, values, NULL);

    for (gsize feature = 0; feature < 4; feature++) {
      g_autoptr (Re3Response) response = re3_response_new (explanation, feature, -100, 100);
      const Re3ResponsePiece *piece =
          &response->pieces[re3_response_find (response, values[feature])];

      g_assert_true (re3_pattern_equal (piece->pattern, explanation->region->pattern));
      assert_near (piece->from, MAX (explanation->low[feature], -100), 1e-10);
      assert_near (piece->to, MIN (explanation->high[feature], 100), 1e-10);
      for (gsize c = 0; c < 3; c++)
        assert_near (piece->slope[c],
                     re3_matrix_row (explanation->region->A, c)[feature] /
                         re3_model_get_scaler_scale (model, feature),
                     1e-11);
    }
  }
}

/* Two classes whose logits are v and 1 - |v|, worked out by hand. */
static void
test_by_hand (void)
{
  static const double first[] = { 1, -1 };
  static const double last[] = { 1, -1, -1, -1 };
  static const double zeros[] = { 0, 0 };
  static const double last_bias[] = { 0, 1 };
  static const double value[] = { 0.25 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (Re3Explanation) explanation = NULL;
  g_autoptr (Re3Response) response = NULL;

  re3_network_builder_add_affine (builder, 2, first, zeros, NULL);
  re3_network_builder_add_rectifier (builder, 0, NULL);
  re3_network_builder_add_affine (builder, 2, last, last_bias, NULL);
  network = re3_network_builder_finish (builder, NULL);
  model = model_of_network (network);
  explanation = re3_explanation_new (model, value, NULL);
  response = re3_response_new (explanation, 0, -2, 2);

  g_assert_cmpuint (response->n_pieces, ==, 2);
  g_assert_cmpfloat (response->pieces[0].to, ==, 0);
  g_assert_cmpfloat (response->pieces[0].slope[1], ==, 1);
  g_assert_cmpfloat (response->pieces[1].slope[1], ==, -1);
  g_assert_cmpfloat (response->pieces[1].intercept[1], ==, 1);
  /* Below 0 both rise alike and the second leads; above, they cross at 1/2. */
  g_assert_cmpuint (response->n_stretches, ==, 2);
  g_assert_cmpuint (response->stretches[0].class_index, ==, 1);
  assert_near (response->stretches[0].to, 0.5, 1e-15);
  g_assert_cmpuint (response->stretches[1].class_index, ==, 0);
  g_assert_cmpuint (re3_response_find (response, -5), ==, 0);
  g_assert_cmpuint (re3_response_find (response, 5), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/response/follows-network", test_follows_network);
  g_test_add_func ("/response/stretches", test_stretches);
  g_test_add_func ("/response/agrees-with-interval", test_agrees_with_interval);
  g_test_add_func ("/response/by-hand", test_by_hand);

  return g_test_run ();
}
