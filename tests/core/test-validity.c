/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-validity.h"

#include <math.h>

static void
assert_summary (const Re3Validity *validity, const Re3Validity *expected)
{
  g_assert_cmpfloat (validity->min, ==, expected->min);
  g_assert_cmpfloat (validity->q1, ==, expected->q1);
  g_assert_cmpfloat (validity->median, ==, expected->median);
  g_assert_cmpfloat (validity->q3, ==, expected->q3);
  g_assert_cmpfloat (validity->max, ==, expected->max);
  g_assert_cmpfloat (validity->eps90, ==, expected->eps90);
  g_assert_cmpfloat (validity->eps75, ==, expected->eps75);
  g_assert_cmpfloat (validity->eps50, ==, expected->eps50);
}

/* The quantiles as NumPy's percentile() interpolates them. */
static void
test_summary (void)
{
  static const double distances[] = { 5, 1, 4, 20, 2, 3, INFINITY, 0, 6, 40, 8, 7, 30, 9, 10 };
  static const guint8 is_test[] = { 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1 };
  static const Re3Validity train = { 0, 2.5, 5, 7.5, INFINITY, 1, 2.5, 5 };
  static const Re3Validity test = { 10, 17.5, 25, 32.5, 40, 13, 17.5, 25 };
  static const Re3Validity all = { 0, 3.5, 7, 15, INFINITY, 0.1 * 14, 3.5, 7 };
  Re3Validity validity[RE3_N_SAMPLE_SETS];

  g_assert_true (re3_validity_summarise (distances, is_test, 15, validity, NULL));
  assert_summary (&validity[RE3_SAMPLES_TRAIN], &train);
  assert_summary (&validity[RE3_SAMPLES_TEST], &test);
  assert_summary (&validity[RE3_SAMPLES_ALL], &all);

  /* One test sample alone. */
  g_assert_true (re3_validity_summarise (distances + 3, is_test + 3, 1, validity, NULL));
  g_assert_true (isnan (validity[RE3_SAMPLES_TRAIN].min));
  g_assert_cmpfloat (validity[RE3_SAMPLES_TEST].eps90, ==, 20);
  g_assert_cmpfloat (validity[RE3_SAMPLES_ALL].max, ==, 20);

  g_assert_true (re3_validity_summarise (NULL, NULL, 0, validity, NULL));
  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
    g_assert_true (isnan (validity[set].min) && isnan (validity[set].max) &&
                   isnan (validity[set].eps90));
}

/* The share with a distance > step: a step function that falls at the distances themselves. */
static void
test_share (void)
{
  static const double distances[] = { 2, 0, INFINITY, 2, 0.5 };
  g_autoptr (Re3ValidityCurve) curve = re3_validity_curve_new (distances, 5);
  g_autoptr (Re3ValidityCurve) empty = re3_validity_curve_new (NULL, 0);

  g_assert_cmpuint (curve->n, ==, 5);
  g_assert_cmpfloat (curve->distances[0], ==, 0);
  g_assert_cmpfloat (curve->distances[1], ==, 0.5);
  g_assert_cmpfloat (curve->distances[4], ==, INFINITY);

  g_assert_cmpfloat (re3_validity_curve_get_share (curve, -1), ==, 1);
  g_assert_cmpfloat (re3_validity_curve_get_share (curve, 0), ==, 0.8);
  g_assert_cmpfloat (re3_validity_curve_get_share (curve, 0.49), ==, 0.8);
  g_assert_cmpfloat (re3_validity_curve_get_share (curve, 0.5), ==, 0.6);
  g_assert_cmpfloat (re3_validity_curve_get_share (curve, 1.99), ==, 0.6);
  g_assert_cmpfloat (re3_validity_curve_get_share (curve, 2), ==, 0.2);
  g_assert_cmpfloat (re3_validity_curve_get_share (curve, 1e300), ==, 0.2);
  g_assert_cmpfloat (re3_validity_curve_get_share (curve, INFINITY), ==, 0);
  g_assert_true (isnan (re3_validity_curve_get_share (empty, 1)));
}

static void
assert_steps (const double *distances, gsize n, const double *expected, gsize n_expected)
{
  g_autoptr (Re3ValidityCurve) curve = re3_validity_curve_new (distances, n);
  gsize n_steps;
  g_autofree double *steps = re3_validity_curve_get_steps (curve, &n_steps);

  g_assert_cmpmem (steps, n_steps * sizeof (double), expected, n_expected * sizeof (double));
}

static void
test_steps (void)
{
  static const double expected[] = { 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20 };
  static const double short_ones[] = { 0.3, 0.001 };
  static const double to_one[] = { 1, 0.2 };
  static const double just_past[] = { 1.0000001, 0.2 };
  static const double long_ones[] = { 11, INFINITY, 0.3 };
  static const double infinite[] = { INFINITY };
  static const double largest[] = { G_MAXDOUBLE };
  g_autoptr (Re3ValidityCurve) curve = re3_validity_curve_new (largest, 1);
  gsize n_steps;
  g_autofree double *steps = re3_validity_curve_get_steps (curve, &n_steps);

  assert_steps (NULL, 0, expected, 7);
  assert_steps (infinite, 1, expected, 7);
  assert_steps (short_ones, 2, expected, 7);
  assert_steps (to_one, 2, expected, 7);
  assert_steps (just_past, 2, expected, 8);
  assert_steps (long_ones, 3, expected, 11);

  /* 1, 2 and 5 from 1e-2 to 1e307, and 1e308 as the last. */
  g_assert_cmpuint (n_steps, ==, 3 * 310 + 1);
  g_assert_cmpfloat (steps[n_steps - 1], ==, 1e308);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/validity/summary", test_summary);
  g_test_add_func ("/validity/share", test_share);
  g_test_add_func ("/validity/steps", test_steps);

  return g_test_run ();
}
