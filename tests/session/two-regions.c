/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "two-regions.h"

static Re3Model *
make_model (void)
{
  static const double first[] = { 1.0 };
  static const double second[] = { 1.0, -1.0 };
  static const double zeros[] = { 0.0, 0.0 };
  static const char *const classes[] = { "Upright", "right", NULL };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3ModelBuilder) model = NULL;

  g_assert_true (re3_network_builder_add_affine (builder, 1, first, zeros, NULL));
  g_assert_true (re3_network_builder_add_rectifier (builder, 0.0, NULL));
  g_assert_true (re3_network_builder_add_affine (builder, 2, second, zeros, NULL));
  network = re3_network_builder_finish (builder, NULL);
  model = re3_model_builder_new (network);
  g_assert_true (re3_model_builder_set_classes (model, classes, NULL));
  return re3_model_builder_finish (model);
}

Re3Analysis *
two_regions_analyse (void)
{
  static const double values[TWO_REGIONS_ROWS] = { 3.0, -1.0, 1.0, 2.0, -2.0, 1.0 };
  static const int labels[TWO_REGIONS_ROWS] = { 0, 0, 1, 0, 1, 1 };
  static const guint8 is_test[TWO_REGIONS_ROWS] = { 0, 0, 0, 0, 1, 1 };
  g_autoptr (Re3Model) model = make_model ();
  g_autoptr (Re3Dataset) dataset =
      re3_dataset_new (1, TWO_REGIONS_ROWS, 2, g_memdup2 (values, sizeof values),
                       g_memdup2 (labels, sizeof labels), NULL,
                       g_memdup2 (is_test, sizeof is_test));
  Re3Analysis *analysis = re3_analysis_new (model, dataset, NULL, NULL);

  g_assert_nonnull (analysis);
  return analysis;
}
