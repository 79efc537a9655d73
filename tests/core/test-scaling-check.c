/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-forward.h"
#include "re3-scaling-check.h"
#include "reference.h"

#include <math.h>
#include <string.h>

#define N_ROWS 400

/* Means and standard deviations of measured data: Iris, the columns of Spambase that count letters,
 * and what stays within 0 and 1. */
static const double iris_mean[] = { 5.84, 3.06, 3.76, 1.2 };
static const double iris_deviation[] = { 0.83, 0.43, 1.76, 0.76 };
static const double spam_mean[] = { 0.1, 5.2, 52, 283 };
static const double spam_deviation[] = { 0.3, 32, 195, 606 };
static const double unit_mean[] = { 0.43, 0.44, 0.47, 0.46 };
static const double unit_deviation[] = { 0.23, 0.18, 0.3, 0.32 };
static const double zeros[] = { 0, 0, 0, 0 };
static const double ones[] = { 1, 1, 1, 1 };

/* A data set whose features have these means and deviations. Its labels are the answers of @network
 * to the numbers before they got them, or, for the samples that @n_labelled leaves out, missing. */
static Re3Dataset *
raw_dataset (const Re3Network *network,
             const double *mean,
             const double *deviation,
             gsize n_labelled)
{
  /* Numbers between -sqrt (3) and sqrt (3) have the standard deviation 1. */
  g_autofree double *scaled = random_numbers (4 * N_ROWS, sqrt (3), 4001);
  g_autoptr (Re3Forward) forward = re3_network_forward (network, scaled, N_ROWS);
  double *values = g_new (double, 4 * N_ROWS);
  int *labels = g_new (int, N_ROWS);
  guint8 *is_test = g_new (guint8, N_ROWS);

  for (gsize row = 0; row < N_ROWS; row++) {
    for (gsize i = 0; i < 4; i++)
      values[i * N_ROWS + row] = mean[i] + deviation[i] * scaled[i * N_ROWS + row];
    labels[row] = row < n_labelled ? (int) re3_argmax (forward->logits + row, 3, forward->stride)
                                   : RE3_NO_LABEL;
    is_test[row] = row % 5 == 0;
  }

  return re3_dataset_new (4, N_ROWS, 3, values, labels, NULL, is_test);
}

/* A network made for standardised numbers: hyperplanes about 1 from 0, and all classes in use. */
static Re3Network *
standard_network (void)
{
  static const gsize widths[] = { 4, 12, 8, 3 };

  return random_network (widths, G_N_ELEMENTS (widths), 4000);
}

static void
test_raw_data (void)
{
  g_autoptr (Re3Network) network = standard_network ();
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) iris = raw_dataset (network, iris_mean, iris_deviation, N_ROWS);
  g_autoptr (Re3Dataset) spam = raw_dataset (network, spam_mean, spam_deviation, N_ROWS);
  g_autoptr (Re3ScalingCheck) iris_check = re3_scaling_check_new (model, iris);
  g_autoptr (Re3ScalingCheck) spam_check = re3_scaling_check_new (model, spam);
  g_autofree char *text = NULL;

  g_assert_true (iris_check->looks_unscaled);
  g_assert_true (iris_check->features[0].looks_unscaled);
  g_assert_false (iris_check->features[3].looks_unscaled);
  assert_near (iris_check->features[0].mean, 5.84, 0.05);
  assert_near (iris_check->features[0].deviation, 0.83, 0.05);
  g_assert_cmpfloat (iris_check->accuracy_scaled, >, 0.9);
  g_assert_cmpfloat (iris_check->accuracy, <, iris_check->accuracy_scaled - RE3_SCALING_GAIN);

  g_assert_true (spam_check->looks_unscaled);
  g_assert_cmpuint (spam_check->n_unscaled, ==, 3);
  g_assert_false (spam_check->features[0].looks_unscaled);
  g_assert_true (spam_check->features[3].looks_unscaled);

  text = re3_scaling_check_describe (spam_check, model);
  g_assert_nonnull (strstr (text, "3 of 4 features"));
  g_assert_nonnull (strstr (text, "“x4”"));
  g_assert_nonnull (strstr (text, "of 100 training samples"));
}

/* Standardised data and those between 0 and 1 are not suspicious. */
static void
test_scaled_data (void)
{
  g_autoptr (Re3Network) network = standard_network ();
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) standard = raw_dataset (network, zeros, ones, N_ROWS);
  g_autoptr (Re3Dataset) unit = raw_dataset (network, unit_mean, unit_deviation, N_ROWS);
  g_autoptr (Re3ScalingCheck) standard_check = re3_scaling_check_new (model, standard);
  g_autoptr (Re3ScalingCheck) unit_check = re3_scaling_check_new (model, unit);

  g_assert_cmpuint (standard_check->n_unscaled, ==, 0);
  g_assert_false (standard_check->looks_unscaled);
  g_assert_null (re3_scaling_check_describe (standard_check, model));
  g_assert_cmpuint (unit_check->n_unscaled, ==, 0);
  g_assert_false (unit_check->looks_unscaled);
}

/* The network that has the scaler folded into its first layer is made for raw data. */
static Re3Network *
raw_network (const Re3Network *network, const double *mean, const double *deviation)
{
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (4);
  double scale[4];
  double shift[4];

  for (gsize i = 0; i < 4; i++) {
    scale[i] = 1 / deviation[i];
    shift[i] = -mean[i] / deviation[i];
  }
  g_assert_true (re3_network_builder_add_scaling (builder, scale, shift, NULL));
  for (gsize layer = 0; layer <= re3_network_get_n_hidden_layers (network); layer++) {
    const Re3Affine *affine = re3_network_get_affine (network, layer);

    if (layer > 0)
      g_assert_true (re3_network_builder_add_rectifier (builder, 0, NULL));
    g_assert_true (re3_network_builder_add_affine (builder, affine->n_outputs, affine->weight,
                                                   affine->bias, NULL));
  }

  return re3_network_builder_finish (builder, NULL);
}

/* Neither is a network whose first layer was made for them. */
static void
test_raw_network (void)
{
  g_autoptr (Re3Network) network = standard_network ();
  g_autoptr (Re3Network) raw = raw_network (network, spam_mean, spam_deviation);
  g_autoptr (Re3Model) model = model_of_network (raw);
  g_autoptr (Re3Dataset) dataset = raw_dataset (network, spam_mean, spam_deviation, 0);
  g_autoptr (Re3ScalingCheck) check = re3_scaling_check_new (model, dataset);

  g_assert_cmpfloat (check->features[3].reach, >, 100);
  g_assert_false (check->features[3].looks_unscaled);
}

/* A network that is right on raw data needs no scaler, whatever its weights look like. */
static void
test_right_on_raw_data (void)
{
  g_autoptr (Re3Network) network = standard_network ();
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) unlabelled = raw_dataset (network, iris_mean, iris_deviation, 0);
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3ScalingCheck) check = NULL;
  g_autoptr (Re3Forward) forward = NULL;
  double *values = g_new (double, 4 * N_ROWS);
  int *labels = g_new (int, N_ROWS);

  for (gsize i = 0; i < 4; i++)
    memcpy (values + i * N_ROWS, re3_dataset_get_column (unlabelled, i), N_ROWS * sizeof (double));
  forward = re3_network_forward (network, values, N_ROWS);
  for (gsize row = 0; row < N_ROWS; row++)
    labels[row] = (int) re3_argmax (forward->logits + row, 3, forward->stride);
  dataset = re3_dataset_new (4, N_ROWS, 3, values, labels, NULL, g_new0 (guint8, N_ROWS));
  check = re3_scaling_check_new (model, dataset);

  g_assert_cmpuint (check->n_unscaled, >, 0);
  g_assert_cmpfloat (check->accuracy, ==, 1);
  g_assert_cmpfloat (check->accuracy_scaled, <, 1);
  g_assert_false (check->looks_unscaled);
}

/* Without labels the features are all that there is to go by. */
static void
test_without_labels (void)
{
  g_autoptr (Re3Network) network = standard_network ();
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = raw_dataset (network, spam_mean, spam_deviation, 0);
  g_autoptr (Re3ScalingCheck) check = re3_scaling_check_new (model, dataset);
  g_autofree char *text = re3_scaling_check_describe (check, model);

  g_assert_true (check->looks_unscaled);
  g_assert_true (isnan (check->accuracy) && isnan (check->accuracy_scaled));
  g_assert_nonnull (strstr (text, "“x4”"));
  g_assert_null (strstr (text, "of 100"));
}

/* Where there is a scaler, or nothing to look at, there is nothing to say. */
static void
test_nothing_to_check (void)
{
  g_autoptr (Re3Network) network = standard_network ();
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Model) scaling_model = NULL;
  g_autoptr (Re3Dataset) dataset = raw_dataset (network, spam_mean, spam_deviation, N_ROWS);
  g_autoptr (Re3Dataset) empty = re3_dataset_new (4, 0, 3, NULL, NULL, NULL, NULL);

  g_assert_true (re3_model_builder_set_scaler (builder, zeros, ones, NULL));
  scaling_model = re3_model_builder_finish (builder);
  g_assert_null (re3_scaling_check_new (scaling_model, dataset));
  g_assert_null (re3_scaling_check_new (model, empty));
}

/* By hand: x1 crosses at 3 (weight 1) and 0.5 (weight 2), and x2 is not looked at. */
static void
test_reach (void)
{
  static const double weight[] = { 1, 0, -2, 0 };
  static const double bias[] = { 3, 1 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Model) model = NULL;
  double *values = g_new0 (double, 4);
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (Re3ScalingCheck) check = NULL;

  re3_network_builder_add_affine (builder, 2, weight, bias, NULL);
  network = re3_network_builder_finish (builder, NULL);
  model = model_of_network (network);
  values[0] = 3;
  values[1] = 7;
  values[2] = values[3] = 1e9;
  dataset = re3_dataset_new (2, 2, 2, values, NULL, NULL, g_new0 (guint8, 2));
  check = re3_scaling_check_new (model, dataset);

  g_assert_cmpfloat (check->features[0].mean, ==, 5);
  g_assert_cmpfloat (check->features[0].deviation, ==, 2);
  g_assert_cmpfloat (check->features[0].reach, ==, 1);
  g_assert_true (check->features[0].looks_unscaled);
  g_assert_cmpfloat (check->features[1].reach, ==, INFINITY);
  g_assert_false (check->features[1].looks_unscaled);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scaling-check/raw-data", test_raw_data);
  g_test_add_func ("/scaling-check/scaled-data", test_scaled_data);
  g_test_add_func ("/scaling-check/raw-network", test_raw_network);
  g_test_add_func ("/scaling-check/right-on-raw-data", test_right_on_raw_data);
  g_test_add_func ("/scaling-check/without-labels", test_without_labels);
  g_test_add_func ("/scaling-check/nothing-to-check", test_nothing_to_check);
  g_test_add_func ("/scaling-check/reach", test_reach);

  return g_test_run ();
}
