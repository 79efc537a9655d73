/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-select.h"
#include "re3-statistics.h"

#include <math.h>
#include <stdlib.h>

static void
assert_selects (const double *numbers, gsize n)
{
  g_autofree double *sorted = g_memdup2 (numbers, n * sizeof (double));
  const gsize ranks[] = { 0, n / 10, n / 4, n / 4, n / 2, MIN (n - n / 3, n - 1), n - 1, n - 1 };
  double values[G_N_ELEMENTS (ranks)];

  qsort (sorted, n, sizeof (double), re3_compare_doubles);
  g_assert_true (re3_select (numbers, n, ranks, G_N_ELEMENTS (ranks), values, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (ranks); i++)
    g_assert_cmpfloat (values[i], ==, sorted[ranks[i]]);
}

/* Of all sizes and both signs, some of them equal, and some at the ends. */
static void
test_random (void)
{
  static const gsize sizes[] = { 1, 2, 3, 100, 128, 129, 1000, 50000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    gsize n = sizes[i];
    g_autofree double *numbers = random_numbers (n, 1, 1 + (guint32) i);

    assert_selects (numbers, n);
    for (gsize j = 0; j < n; j++)
      numbers[j] = j % 7 == 3 ? numbers[j / 2] : ldexp (numbers[j], (int) (j % 41) - 20);
    assert_selects (numbers, n);
    if (n >= 100) {
      numbers[10] = INFINITY;
      numbers[20] = -INFINITY;
      numbers[30] = G_MINDOUBLE / 4;
    }
    assert_selects (numbers, n);
  }
}

/* Many numbers in one bucket, again and again; and all the same. */
static void
test_clusters (void)
{
  const gsize n = 3000;
  g_autofree double *numbers = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    numbers[i] = 1 + (double) (i * i % n) * 0x1p-52;
  numbers[0] = 1e300;
  numbers[1] = -1e-300;
  assert_selects (numbers, n);
  for (gsize i = 0; i < n; i++)
    numbers[i] = i % 3 == 0 ? INFINITY : 0.1;
  assert_selects (numbers, n);
  for (gsize i = 0; i < n; i++)
    numbers[i] = 0.1;
  assert_selects (numbers, n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/select/random", test_random);
  g_test_add_func ("/select/clusters", test_clusters);

  return g_test_run ();
}
