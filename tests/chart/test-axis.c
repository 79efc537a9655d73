/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-axis-private.h"

#include <float.h>
#include <math.h>

static void
check_labels (const Re3Axis *axis, const char *expected)
{
  g_autoptr (GString) labels = g_string_new (NULL);

  for (gsize i = 0; i < axis->n_ticks; i++) {
    g_autofree char *label = re3_axis_format_tick (axis, i);

    g_string_append_printf (labels, "%s%s", i > 0 ? " " : "", label);
  }
  g_assert_cmpstr (labels->str, ==, expected);
}

static void
test_ticks (void)
{
  static const struct {
    double low;
    double high;
    gsize most;
    gboolean whole;
    const char *labels;
  } cases[] = {
    { 0, 1, 5, FALSE, "0.0 0.2 0.4 0.6 0.8 1.0" },
    { 0, 1, 10, FALSE, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.0" },
    { 0, 33, 7, FALSE, "0 5 10 15 20 25 30" },
    { -1.44, 4.25, 6, FALSE, "−1 0 1 2 3 4" },
    { -0.3, 0.3, 3, FALSE, "−0.2 0.0 0.2" },
    { 0, 3, 12, TRUE, "0 1 2 3" },
    { 0, 3, 12, FALSE, "0.0 0.5 1.0 1.5 2.0 2.5 3.0" },
    { 0, 45000, 5, FALSE, "0 10\u2009000 20\u2009000 30\u2009000 40\u2009000" },
    { 4.9, 5.1, 3, FALSE, "4.9 5.0 5.1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    Re3Axis axis;

    re3_axis_init (&axis, cases[i].low, cases[i].high, 0, 100, cases[i].most, cases[i].whole);
    check_labels (&axis, cases[i].labels);
    g_assert_cmpint (axis.exponent, ==, 0);
  }
}

/* Numbers far from 1 share a power of ten, which the title says. */
static void
test_powers (void)
{
  g_autofree char *small = NULL;
  g_autofree char *large = NULL;
  g_autofree char *plain = NULL;
  Re3Axis axis;

  re3_axis_init (&axis, 0, 2.5e-5, 0, 100, 5, FALSE);
  check_labels (&axis, "0.0 0.5 1.0 1.5 2.0 2.5");
  small = re3_axis_format_title (&axis, "logit");
  g_assert_cmpstr (small, ==, "logit (×\u200910⁻⁵)");

  re3_axis_init (&axis, -3e9, 2e9, 0, 100, 5, FALSE);
  check_labels (&axis, "−3 −2 −1 0 1 2");
  large = re3_axis_format_title (&axis, "samples");
  g_assert_cmpstr (large, ==, "samples (×\u200910⁹)");

  re3_axis_init (&axis, 0, 12, 0, 100, 5, FALSE);
  plain = re3_axis_format_title (&axis, "samples");
  g_assert_cmpstr (plain, ==, "samples");
}

static void
test_place (void)
{
  Re3Axis axis;

  re3_axis_init (&axis, -2, 6, 10, 90, 5, FALSE);
  g_assert_cmpfloat_with_epsilon (re3_axis_place (&axis, -2), 10, 1e-12);
  g_assert_cmpfloat_with_epsilon (re3_axis_place (&axis, 0), 30, 1e-12);
  g_assert_cmpfloat_with_epsilon (re3_axis_place (&axis, 6), 90, 1e-12);

  /* Upward: the low end is at the bottom. */
  re3_axis_init (&axis, 0, 1, 90, 10, 5, FALSE);
  g_assert_cmpfloat_with_epsilon (re3_axis_place (&axis, 0.25), 70, 1e-12);
}

/* Whatever the ends: finite, apart, a few ticks between them, steps of 1, 2 or 5. */
static void
test_any_ends (void)
{
  static const double ends[] = { -INFINITY, -DBL_MAX, -1e300,  -1e9,     -7,  -1e-9, -DBL_MIN,
                                 0,         DBL_MIN,  1e-300,  1e-9,     0.1, 7,     7.0000001,
                                 1e9,       1e300,    DBL_MAX, INFINITY, NAN };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ends); j++)
      for (gsize most = 0; most < 40; most += 13) {
        Re3Axis axis;
        double mantissa;

        if (ends[i] > ends[j])
          continue;
        re3_axis_init (&axis, ends[i], ends[j], 0, 100, most, FALSE);
        g_assert_true (isfinite (axis.low) && isfinite (axis.high) && axis.low < axis.high);
        g_assert_cmpuint (axis.n_ticks, <=, RE3_AXIS_MOST_TICKS);
        for (gsize tick = 0; tick < axis.n_ticks; tick++) {
          double place = re3_axis_place (&axis, axis.ticks[tick]);

          g_assert_cmpfloat (place, >=, -1e-6);
          g_assert_cmpfloat (place, <=, 100 + 1e-6);
          if (tick > 0)
            g_assert_cmpfloat (axis.ticks[tick], >, axis.ticks[tick - 1]);
        }
        mantissa = axis.step / pow (10, floor (log10 (axis.step) + 1e-9));
        g_assert_true (fabs (mantissa - 1) < 1e-6 || fabs (mantissa - 2) < 1e-6 ||
                       fabs (mantissa - 5) < 1e-6);
      }
}

static void
test_nice_below (void)
{
  static const double cases[][2] = { { 1, 1 }, { 1.99, 1 }, { 2, 2 },       { 4.9, 2 },
                                     { 5, 5 }, { 9.9, 5 },  { 0.03, 0.02 }, { 700, 500 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (re3_nice_below (cases[i][0]), cases[i][1], 1e-12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/ticks", test_ticks);
  g_test_add_func ("/axis/powers", test_powers);
  g_test_add_func ("/axis/place", test_place);
  g_test_add_func ("/axis/any-ends", test_any_ends);
  g_test_add_func ("/axis/nice-below", test_nice_below);
  return g_test_run ();
}
