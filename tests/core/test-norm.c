/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-norm.h"
#include "reference.h"

#include <math.h>

static void
test_plain (void)
{
  static const double vector[] = { 2, -3, 0, 6 };

  g_assert_cmpfloat (re3_norm_l1 (vector, 4), ==, 11);
  g_assert_cmpfloat (re3_norm_l2 (vector, 4), ==, 7);
  g_assert_cmpfloat (re3_norm_linf (vector, 4), ==, 6);

  g_assert_cmpfloat (re3_norm_l1 (NULL, 0), ==, 0);
  g_assert_cmpfloat (re3_norm_l2 (NULL, 0), ==, 0);
  g_assert_cmpfloat (re3_norm_linf (NULL, 0), ==, 0);
}

/* All rows at once, whose squares may overflow or not: the same as one by one. */
static void
test_rows (void)
{
  static const double matrix[][3] = { { 2, -3, 6 },      { 0, 0, 0 },   { 3e200, 0, -4e200 },
                                      { 1, 1e-170, -1 }, { -5, 0, 12 }, { 3e-200, 4e-200, 0 } };
  double l2[G_N_ELEMENTS (matrix)];
  double l1[G_N_ELEMENTS (matrix)];
  double linf[G_N_ELEMENTS (matrix)];

  for (gsize n_rows = 0; n_rows <= G_N_ELEMENTS (matrix); n_rows++) {
    re3_norm_rows (matrix[0], n_rows, 3, l2, l1, linf);
    for (gsize row = 0; row < n_rows; row++) {
      g_assert_cmpfloat (l2[row], ==, re3_norm_l2 (matrix[row], 3));
      g_assert_cmpfloat (l1[row], ==, re3_norm_l1 (matrix[row], 3));
      g_assert_cmpfloat (linf[row], ==, re3_norm_linf (matrix[row], 3));
    }
  }
}

/* The squares of these are infinite, zero or have lost their digits; the norms are not. */
static void
test_extremes (void)
{
  static const double units[] = { 1e300, 1e200, 1e150, 1e-150, 1e-160, 1e-200, 1e-300 };
  static const double zeros[] = { 0, -0.0 };
  static const double infinite[] = { 1, -INFINITY };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    const double vector[] = { 3 * units[i], -4 * units[i] };

    assert_near (re3_norm_l2 (vector, 2) / units[i], 5, 1e-15);
  }

  g_assert_cmpfloat (re3_norm_l2 (zeros, 2), ==, 0);
  g_assert_cmpfloat (re3_norm_l2 (infinite, 2), ==, INFINITY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/norm/plain", test_plain);
  g_test_add_func ("/norm/rows", test_rows);
  g_test_add_func ("/norm/extremes", test_extremes);

  return g_test_run ();
}
