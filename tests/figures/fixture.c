/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "scene-check.h"

Re3Model *
small_model_new (void)
{
  static const double first[] = { 1, -1, 0.5, 2, -1, -1 };
  static const double first_bias[] = { 0.5, -1, 0 };
  static const double second[] = { 1, 2, 3, -1, 1, 0 };
  static const double second_bias[] = { 0.25, -0.5 };
  static const char *const names[] = { "width", "height", NULL };
  static const char *const units[] = { "cm", "", NULL };
  static const char *const classes[] = { "no", "yes", NULL };
  static const double mean[] = { 1, 0 };
  static const double scale[] = { 2, 1 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);
  g_autoptr (Re3ModelBuilder) model = NULL;
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (GError) error = NULL;

  re3_network_builder_add_affine (builder, 3, first, first_bias, &error);
  g_assert_no_error (error);
  re3_network_builder_add_rectifier (builder, 0, &error);
  g_assert_no_error (error);
  re3_network_builder_add_affine (builder, 2, second, second_bias, &error);
  g_assert_no_error (error);
  network = re3_network_builder_finish (builder, &error);
  g_assert_no_error (error);

  model = re3_model_builder_new (network);
  re3_model_builder_set_features (model, names, units, &error);
  g_assert_no_error (error);
  re3_model_builder_set_classes (model, classes, &error);
  g_assert_no_error (error);
  re3_model_builder_set_scaler (model, mean, scale, &error);
  g_assert_no_error (error);
  return re3_model_builder_finish (model);
}

Re3Explanation *
small_explanation_new (void)
{
  static const double values[] = { 5, 1 };
  g_autoptr (Re3Model) model = small_model_new ();

  return re3_explanation_new (model, values, NULL);
}

Re3Model *
random_model_new (const gsize *widths, gsize n_widths, double negative_slope, guint64 seed)
{
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (widths[0]);
  g_autoptr (Re3ModelBuilder) model = NULL;
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (GError) error = NULL;
  guint64 state = seed;

  for (gsize layer = 1; layer < n_widths; layer++) {
    gsize n_weights = widths[layer] * widths[layer - 1];
    g_autofree double *weight = g_new (double, n_weights);
    g_autofree double *bias = g_new (double, widths[layer]);

    for (gsize i = 0; i < n_weights; i++)
      weight[i] = 2 * next_random (&state) - 1;
    for (gsize i = 0; i < widths[layer]; i++)
      bias[i] = next_random (&state) - 0.5;
    re3_network_builder_add_affine (builder, widths[layer], weight, bias, &error);
    g_assert_no_error (error);
    if (layer + 1 < n_widths)
      re3_network_builder_add_rectifier (builder, negative_slope, &error);
    g_assert_no_error (error);
  }
  network = re3_network_builder_finish (builder, &error);
  g_assert_no_error (error);
  model = re3_model_builder_new (network);
  return re3_model_builder_finish (model);
}

Re3Analysis *
small_analysis_new (const SmallRow *rows, gsize n_rows)
{
  g_autoptr (Re3Model) model = small_model_new ();
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  double *values = g_new (double, 2 * n_rows);
  int *labels = g_new (int, n_rows);
  guint8 *is_test = g_new0 (guint8, n_rows);
  Re3Analysis *analysis;

  for (gsize i = 0; i < n_rows; i++) {
    values[i] = rows[i].width;
    values[n_rows + i] = rows[i].height;
    labels[i] = rows[i].label;
    is_test[i] = rows[i].is_test ? 1 : 0;
  }
  dataset = re3_dataset_new (2, n_rows, 2, values, labels, NULL, is_test);
  analysis = re3_analysis_new (model, dataset, NULL, &error);
  g_assert_no_error (error);
  return analysis;
}

Re3Analysis *
random_analysis_new (Re3Model *model, gsize n_rows, guint64 seed)
{
  gsize n_features = re3_model_get_n_features (model);
  gsize n_classes = re3_model_get_n_classes (model);
  double *values = g_new (double, n_features *n_rows);
  int *labels = g_new (int, n_rows);
  guint8 *is_test = g_new0 (guint8, n_rows);
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  Re3Analysis *analysis;
  guint64 state = seed;

  for (gsize i = 0; i < n_features * n_rows; i++)
    values[i] = 4 * next_random (&state) - 2;
  for (gsize i = 0; i < n_rows; i++) {
    labels[i] = (int) (next_random (&state) * (double) n_classes);
    is_test[i] = i % 3 == 0 ? 1 : 0;
  }
  dataset = re3_dataset_new (n_features, n_rows, n_classes, values, labels, NULL, is_test);
  analysis = re3_analysis_new (model, dataset, NULL, &error);
  g_assert_no_error (error);
  return analysis;
}

Re3Explanation *
explain_row (const Re3Analysis *analysis, gsize row)
{
  Re3Model *model = re3_analysis_get_model (analysis);
  g_autofree double *values = g_new (double, re3_model_get_n_features (model));

  re3_dataset_get_row (re3_analysis_get_dataset (analysis), row, values);
  return re3_explanation_new (model, values, NULL);
}
