/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-feature-reach.h"

#include <math.h>

#define N_ROWS 3

static void
test_kinds (void)
{
  /* Real, whole, binary, all ones, constant, and too far apart. */
  static const double columns[][N_ROWS] = {
    { 0.5, 10.5, 3 }, { 2, 12, 7 },         { 0, 1, 0 },
    { 1, 1, 1 },      { -2.5, -2.5, -2.5 }, { -1e308, 1e308, 0 },
  };
  static const double lows[] = { 0.5 - 0.6, 1, 0, 0, -5 };
  static const double highs[] = { 10.5 + 0.6, 13, 1, 1, 0 };
  gsize n_features = G_N_ELEMENTS (columns);
  g_autoptr (Re3Dataset) dataset =
      re3_dataset_new (n_features, N_ROWS, 2, g_memdup2 (columns, sizeof columns), NULL, NULL,
                       g_new0 (guint8, N_ROWS));
  g_autoptr (Re3FeatureReach) reach = re3_feature_reach_new (dataset);
  double low;
  double high;

  for (gsize i = 0; i < G_N_ELEMENTS (lows); i++) {
    g_assert_cmpfloat_with_epsilon (reach->lows[i], lows[i], 1e-12);
    g_assert_cmpfloat_with_epsilon (reach->highs[i], highs[i], 1e-12);
    g_assert_true (re3_feature_reach_get (reach, i, 0.75, &low, &high));
    g_assert_cmpfloat (low, ==, MIN (reach->lows[i], 0.75));
    g_assert_cmpfloat (high, ==, MAX (reach->highs[i], 0.75));
  }
  /* A value beyond is not taken back. */
  g_assert_true (re3_feature_reach_get (reach, 0, 100, &low, &high));
  g_assert_cmpfloat (high, ==, 100);
  g_assert_cmpfloat (low, ==, reach->lows[0]);
  g_assert_false (re3_feature_reach_get (reach, 5, 0, &low, &high));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/feature-reach/kinds", test_kinds);

  return g_test_run ();
}
