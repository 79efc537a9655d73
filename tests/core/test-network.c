/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-core-error.h"
#include "re3-forward.h"
#include "re3-network.h"

#include <math.h>
#include <string.h>

static const double identity[] = { 1, 0, 0, 1 };
static const double zeros[] = { 0, 0 };

/* A refusal has its code, and a sentence that says what and where. */
static void
assert_refused (gboolean done, GError **error, Re3CoreError code, const char *saying)
{
  g_assert_false (done);
  g_assert_error (*error, RE3_CORE_ERROR, (int) code);
  if (strstr ((*error)->message, saying) == NULL)
    g_error ("“%s” does not say “%s”", (*error)->message, saying);
  g_assert_true (g_str_has_suffix ((*error)->message, "."));
  g_clear_error (error);
}

static void
assert_map (const Re3Affine *affine, const double *weight, const double *bias)
{
  gsize n_weights = affine->n_inputs * affine->n_outputs;

  g_assert_cmpmem (affine->weight, n_weights * sizeof (double), weight,
                   n_weights * sizeof (double));
  g_assert_cmpmem (affine->bias, affine->n_outputs * sizeof (double), bias,
                   affine->n_outputs * sizeof (double));
}

static void
test_shape (void)
{
  static const double weight[3 * 4] = { 3, 0, 0, 4 };
  static const double bias[4] = { 0 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (3);
  g_autoptr (Re3Network) network = NULL;
  g_autofree char *shape = NULL;
  gsize layer;
  gsize index;

  g_assert_cmpuint (re3_network_builder_get_width (builder), ==, 3);
  g_assert_true (re3_network_builder_add_affine (builder, 4, weight, bias, NULL));
  g_assert_cmpuint (re3_network_builder_get_width (builder), ==, 4);
  g_assert_true (re3_network_builder_add_rectifier (builder, 0, NULL));
  g_assert_true (re3_network_builder_add_affine (builder, 2, weight, bias, NULL));
  g_assert_true (re3_network_builder_add_rectifier (builder, 0.1, NULL));
  g_assert_true (re3_network_builder_add_affine (builder, 3, weight, bias, NULL));
  network = re3_network_builder_finish (builder, NULL);

  shape = re3_network_describe_shape (network);
  g_assert_cmpstr (shape, ==, "3-4-2-3");
  g_assert_cmpuint (re3_network_get_n_inputs (network), ==, 3);
  g_assert_cmpuint (re3_network_get_n_outputs (network), ==, 3);
  g_assert_cmpuint (re3_network_get_n_parameters (network), ==, 16 + 10 + 9);
  g_assert_cmpuint (re3_network_get_n_operations (network), ==, 5);
  g_assert_cmpuint (re3_network_get_n_hidden_layers (network), ==, 2);
  g_assert_cmpuint (re3_network_get_n_neurons (network), ==, 6);
  g_assert_cmpuint (re3_network_get_hidden_width (network, 1), ==, 2);
  g_assert_cmpuint (re3_network_get_first_neuron (network, 1), ==, 4);
  g_assert_cmpint (re3_network_get_operation (network, 0)->kind, ==, RE3_OPERATION_AFFINE);
  g_assert_true (re3_network_get_activation (network, 0)->is_rectifier);
  g_assert_false (re3_network_get_activation (network, 1)->is_rectifier);
  g_assert_cmpfloat (re3_network_get_activation (network, 1)->activations[1].pieces[0].slope, ==,
                     0.1);
  g_assert_cmpuint (re3_network_get_affine (network, 2)->n_inputs, ==, 2);

  /* Rows (3, 0, 0) and (4, 0, 0) of the first layer; (3, 0, 0, 4) of the second. */
  g_assert_cmpfloat (re3_network_get_weight_norms (network)[0], ==, 3);
  g_assert_cmpfloat (re3_network_get_weight_norms (network)[1], ==, 4);
  g_assert_cmpfloat (re3_network_get_weight_norms (network)[3], ==, 0);
  g_assert_cmpfloat (re3_network_get_weight_norms (network)[4], ==, 5);

  re3_network_locate_neuron (network, 3, &layer, &index);
  g_assert_cmpuint (layer, ==, 0);
  g_assert_cmpuint (index, ==, 3);
  re3_network_locate_neuron (network, 5, &layer, &index);
  g_assert_cmpuint (layer, ==, 1);
  g_assert_cmpuint (index, ==, 1);
}

/* Affine operations that follow each other are one map. */
static void
test_folding (void)
{
  static const double weight[] = { 1, 2, 3, 4 };
  static const double bias[] = { 5, 6 };
  static const double scale[] = { 10, 100 };
  static const double shift[] = { 1, 2 };
  /* diag (scale) W diag (scale), and scale * (W shift + bias) + shift. */
  static const double folded_weight[] = { 100, 2000, 3000, 40000 };
  static const double folded_bias[] = { 101, 1702 };
  static const double sum_weight[] = { 4, 6 };
  static const double sum_bias[] = { 11 };
  static const double ones[] = { 1, 1 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);
  g_autoptr (Re3Network) scaled = NULL;
  g_autoptr (Re3Network) composed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (re3_network_builder_add_scaling (builder, scale, shift, NULL));
  g_assert_true (re3_network_builder_add_affine (builder, 2, weight, bias, NULL));
  g_assert_true (re3_network_builder_add_scaling (builder, scale, shift, NULL));
  scaled = re3_network_builder_finish (builder, NULL);
  g_assert_cmpuint (re3_network_get_n_operations (scaled), ==, 1);
  assert_map (re3_network_get_affine (scaled, 0), folded_weight, folded_bias);

  /* The builder is empty again: a second network from it. */
  g_assert_cmpuint (re3_network_builder_get_width (builder), ==, 2);
  assert_refused (re3_network_builder_add_affine (builder, 0, weight, bias, &error), &error,
                  RE3_CORE_ERROR_SHAPE, "Operation 1");
  g_assert_true (re3_network_builder_add_affine (builder, 2, weight, bias, NULL));
  g_assert_true (re3_network_builder_add_affine (builder, 1, ones, zeros, NULL));
  g_assert_true (re3_network_builder_add_rectifier (builder, 0, NULL));
  g_assert_true (re3_network_builder_add_affine (builder, 2, ones, zeros, NULL));
  composed = re3_network_builder_finish (builder, NULL);
  g_assert_cmpuint (re3_network_get_n_operations (composed), ==, 3);
  assert_map (re3_network_get_affine (composed, 0), sum_weight, sum_bias);
}

/* A scaling that no affine map takes up becomes one: before a rectifier, after one, at the end. */
static void
test_scaling_alone (void)
{
  static const double scale[] = { 2, 3 };
  static const double shift[] = { 1, -1 };
  static const double diagonal[] = { 2, 0, 0, 3 };
  static const double twice[] = { 4, 0, 0, 9 };
  static const double twice_shift[] = { 3, -4 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);
  g_autoptr (Re3Network) network = NULL;

  g_assert_true (re3_network_builder_add_scaling (builder, scale, shift, NULL));
  g_assert_true (re3_network_builder_add_rectifier (builder, 0, NULL));
  g_assert_true (re3_network_builder_add_scaling (builder, scale, shift, NULL));
  g_assert_true (re3_network_builder_add_scaling (builder, scale, shift, NULL));
  network = re3_network_builder_finish (builder, NULL);

  g_assert_cmpuint (re3_network_get_n_operations (network), ==, 3);
  assert_map (re3_network_get_affine (network, 0), diagonal, shift);
  assert_map (re3_network_get_affine (network, 1), twice, twice_shift);
}

static void
test_rectifiers_merge (void)
{
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);
  g_autoptr (Re3Network) network = NULL;

  g_assert_true (re3_network_builder_add_affine (builder, 2, identity, zeros, NULL));
  g_assert_true (re3_network_builder_add_rectifier (builder, 0.5, NULL));
  g_assert_true (re3_network_builder_add_rectifier (builder, 0.25, NULL));
  g_assert_true (re3_network_builder_add_affine (builder, 2, identity, zeros, NULL));
  network = re3_network_builder_finish (builder, NULL);

  g_assert_cmpuint (re3_network_get_n_hidden_layers (network), ==, 1);
  g_assert_cmpuint (re3_network_get_n_gates (network), ==, 2);
  g_assert_cmpfloat (re3_network_get_activation (network, 0)->activations[1].pieces[0].slope, ==,
                     0.125);
}

static void
test_refuses_sizes (void)
{
  g_autoptr (Re3NetworkBuilder) empty = re3_network_builder_new (0);
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);
  g_autoptr (GError) error = NULL;

  assert_refused (re3_network_builder_add_affine (empty, 2, identity, zeros, &error), &error,
                  RE3_CORE_ERROR_SHAPE, "takes 0 inputs");
  assert_refused (re3_network_builder_add_affine (builder, 0, identity, zeros, &error), &error,
                  RE3_CORE_ERROR_SHAPE, "Operation 1");
  assert_refused (re3_network_builder_add_affine (builder, G_MAXSIZE / 4, identity, zeros, &error),
                  &error, RE3_CORE_ERROR_SHAPE, "more than Re3 holds");
}

/* Few weights may still mean gradients that no memory holds. */
static void
test_refuses_large_regions (void)
{
  const gsize n_inputs = 100000;
  const gsize n_neurons = 20000;
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (n_inputs);
  g_autofree double *numbers = g_new0 (double, n_inputs);
  g_autoptr (GError) error = NULL;

  g_assert_true (re3_network_builder_add_affine (builder, 1, numbers, numbers, NULL));
  g_assert_true (re3_network_builder_add_rectifier (builder, 0, NULL));
  g_assert_true (re3_network_builder_add_affine (builder, n_neurons, numbers, numbers, NULL));
  g_assert_true (re3_network_builder_add_rectifier (builder, 0, NULL));
  g_assert_true (re3_network_builder_add_affine (builder, 2, numbers, numbers, NULL));
  assert_refused (re3_network_builder_finish (builder, &error) != NULL, &error,
                  RE3_CORE_ERROR_SHAPE, "20001 hidden neurons, 100000 inputs");
}

static void
test_refuses_numbers (void)
{
  static const double nan_weight[] = { 1, 2, 3, NAN };
  static const double inf_bias[] = { 0, -INFINITY };
  static const double huge[] = { 1e300, 0, 0, 1e300 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (re3_network_builder_add_affine (builder, 2, nan_weight, zeros, &error), &error,
                  RE3_CORE_ERROR_VALUE, "Operation 1");
  assert_refused (re3_network_builder_add_affine (builder, 2, nan_weight, zeros, &error), &error,
                  RE3_CORE_ERROR_VALUE, "weight that is not a finite number (row 2, column 2)");
  assert_refused (re3_network_builder_add_affine (builder, 2, identity, inf_bias, &error), &error,
                  RE3_CORE_ERROR_VALUE, "bias that is not a finite number (row 2");
  assert_refused (re3_network_builder_add_scaling (builder, nan_weight + 2, zeros, &error), &error,
                  RE3_CORE_ERROR_VALUE, "scale that is not a finite number (row 2");
  assert_refused (re3_network_builder_add_scaling (builder, zeros, inf_bias, &error), &error,
                  RE3_CORE_ERROR_VALUE, "shift that is not a finite number (row 2");

  g_assert_true (re3_network_builder_add_affine (builder, 2, huge, zeros, NULL));
  assert_refused (re3_network_builder_add_affine (builder, 2, huge, zeros, &error), &error,
                  RE3_CORE_ERROR_VALUE, "operation 2");
  assert_refused (re3_network_builder_add_scaling (builder, huge, zeros, &error), &error,
                  RE3_CORE_ERROR_VALUE, "operation 2");

  /* After all refusals the builder is as it was. */
  network = re3_network_builder_finish (builder, NULL);
  assert_map (re3_network_get_affine (network, 0), huge, zeros);
}

static void
test_refuses_slopes (void)
{
  static const double slopes[] = { -INFINITY, NAN, INFINITY };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);
  g_autoptr (GError) error = NULL;

  g_assert_true (re3_network_builder_add_affine (builder, 2, identity, zeros, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (slopes); i++)
    assert_refused (re3_network_builder_add_rectifier (builder, slopes[i], &error), &error,
                    RE3_CORE_ERROR_VALUE, "operation 2");

  g_assert_true (re3_network_builder_add_rectifier (builder, 1e200, NULL));
  assert_refused (re3_network_builder_add_rectifier (builder, 1e200, &error), &error,
                  RE3_CORE_ERROR_VALUE, "operation 3");
}

static void
test_refuses_structures (void)
{
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);
  g_autoptr (Re3NetworkBuilder) narrow = re3_network_builder_new (2);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (re3_network_builder_finish (builder, &error) != NULL, &error,
                  RE3_CORE_ERROR_STRUCTURE, "no linear layer");
  assert_refused (re3_network_builder_add_rectifier (builder, 0, &error), &error,
                  RE3_CORE_ERROR_STRUCTURE, "starts with an activation");
  g_assert_true (re3_network_builder_add_affine (builder, 2, identity, zeros, NULL));
  g_assert_true (re3_network_builder_add_rectifier (builder, 0, NULL));
  assert_refused (re3_network_builder_finish (builder, &error) != NULL, &error,
                  RE3_CORE_ERROR_STRUCTURE, "ends in an activation");

  /* The refusal left the builder as it was: the missing layer completes the network. */
  g_assert_true (re3_network_builder_add_affine (builder, 2, identity, zeros, NULL));
  network = re3_network_builder_finish (builder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_network_get_n_operations (network), ==, 3);

  g_assert_true (re3_network_builder_add_affine (narrow, 1, identity, zeros, NULL));
  g_assert_true (re3_network_builder_add_two_classes (narrow, NULL));
  assert_refused (re3_network_builder_add_two_classes (narrow, &error), &error,
                  RE3_CORE_ERROR_SHAPE, "2 outputs");
}

/* A narrow layer between two wide ones: 10^10 weights from 200,000 numbers. */
static void
test_refuse_product (void)
{
  const gsize n = 100000;
  g_autofree double *weight = g_new0 (double, n);
  g_autofree double *bias = g_new0 (double, n);
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (n);
  g_autoptr (GError) error = NULL;

  g_assert_true (re3_network_builder_add_affine (builder, 1, weight, bias, &error));
  g_assert_false (re3_network_builder_add_affine (builder, n, weight, bias, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "100000 x 100000 weights"));
  g_assert_cmpuint (re3_network_builder_get_width (builder), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/network/shape", test_shape);
  g_test_add_func ("/network/folding", test_folding);
  g_test_add_func ("/network/scaling-alone", test_scaling_alone);
  g_test_add_func ("/network/rectifiers-merge", test_rectifiers_merge);
  g_test_add_func ("/network/refuses-sizes", test_refuses_sizes);
  g_test_add_func ("/network/refuses-large-regions", test_refuses_large_regions);
  g_test_add_func ("/network/refuses-numbers", test_refuses_numbers);
  g_test_add_func ("/network/refuses-slopes", test_refuses_slopes);
  g_test_add_func ("/network/refuses-structures", test_refuses_structures);
  g_test_add_func ("/network/refuse-product", test_refuse_product);

  return g_test_run ();
}
