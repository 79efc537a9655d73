/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-density.h"
#include "re3-statistics.h"

#include <math.h>
#include <stdlib.h>

static const double sample[] = { 0.1, 0.2, 0.25, 0.4, 0.7, 0.8, 1.5, 2.0, 2.2, 4.0 };

/* Numbers by Python, from the definitions: statistics.stdev() and sums of math.exp(). */
static void
test_small (void)
{
  static const double expected[] = { 0.29010975195813754, 0.31231731881032254, 0.19126200706907126,
                                     0.07398802093025951, 0.06172948836885955 };
  double bandwidth = re3_density_get_bandwidth (sample, G_N_ELEMENTS (sample));
  double densities[G_N_ELEMENTS (expected)];

  g_assert_cmpfloat_with_epsilon (bandwidth, 0.6727464969597583, 1e-14);
  re3_density_estimate (sample, G_N_ELEMENTS (sample), bandwidth, 0, 4, G_N_ELEMENTS (expected),
                        densities);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat_with_epsilon (densities[i], expected[i], 1e-12);
}

static void
test_bandwidth (void)
{
  static const double equal[] = { 3, 3, 3 };
  static const double outlier[] = { 1, 2, 2, 2, 2, 2, 2, 3 };

  g_assert_cmpfloat (re3_density_get_bandwidth (NULL, 0), ==, 0);
  g_assert_cmpfloat (re3_density_get_bandwidth (sample, 1), ==, 0);
  g_assert_cmpfloat (re3_density_get_bandwidth (equal, G_N_ELEMENTS (equal)), ==, 0);
  /* Equal quartiles: the deviation, the root of 2 / 7, alone. */
  g_assert_cmpfloat_with_epsilon (re3_density_get_bandwidth (outlier, G_N_ELEMENTS (outlier)),
                                  0.9 * sqrt (2.0 / 7) * pow (8, -0.2), 1e-14);
}

/* Distances as they are met: most of them small, and some very far. */
static double *
make_many (gsize n)
{
  double *numbers = g_new (double, n);
  guint32 state = 1;

  for (gsize i = 0; i < n; i++) {
    state = state * 1664525u + 1013904223u;
    numbers[i] = -log ((state + 0.5) / 4294967296.0);
    if (i % 1000 == 0)
      numbers[i] = 1e6 * numbers[i];
  }
  qsort (numbers, n, sizeof *numbers, re3_compare_doubles);
  return numbers;
}

/* Bins err by less than what is said, and do err. */
static void
test_bins (void)
{
  enum { N = 20000, N_POINTS = 50 };
  g_autofree double *numbers = make_many (N);
  double bandwidth = re3_density_get_bandwidth (numbers, N);
  double bound = 1.0 / (8 * 16 * 16) / (sqrt (2 * G_PI) * bandwidth);
  double densities[N_POINTS];
  double worst = 0;

  re3_density_estimate (numbers, N, bandwidth, 0, 5, N_POINTS, densities);
  for (gsize point = 0; point < N_POINTS; point++) {
    double at = 5.0 * (double) point / (N_POINTS - 1);
    double sum = 0;

    for (gsize i = 0; i < N; i++)
      sum += exp (-0.5 * pow ((at - numbers[i]) / bandwidth, 2));
    worst = MAX (worst, fabs (densities[point] - sum / (N * bandwidth * sqrt (2 * G_PI))));
  }
  g_assert_cmpfloat (worst, <, bound);
  g_assert_cmpfloat (worst, >, 0);
}

/* All of the density together is 1. */
static void
test_mass (void)
{
  enum { N_POINTS = 4001 };
  static const gsize counts[] = { 2, 100, 5000 };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    gsize n = counts[i];
    g_autofree double *numbers = g_new (double, n);
    g_autofree double *densities = g_new (double, N_POINTS);
    double bandwidth;
    double mass = 0;

    for (gsize j = 0; j < n; j++)
      numbers[j] = sqrt ((double) j);
    bandwidth = re3_density_get_bandwidth (numbers, n);
    re3_density_estimate (numbers, n, bandwidth, -9 * bandwidth, numbers[n - 1] + 9 * bandwidth,
                          N_POINTS, densities);
    for (gsize j = 0; j < N_POINTS; j++)
      mass += densities[j] * (numbers[n - 1] + 18 * bandwidth) / (N_POINTS - 1);
    g_assert_cmpfloat_with_epsilon (mass, 1, 1e-6);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/density/small", test_small);
  g_test_add_func ("/density/bandwidth", test_bandwidth);
  g_test_add_func ("/density/bins", test_bins);
  g_test_add_func ("/density/mass", test_mass);
  return g_test_run ();
}
