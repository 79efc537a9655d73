/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-sort.h"
#include "re3-statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
test_doubles (void)
{
  static const gsize sizes[] = { 0, 1, 2, 3, 100, 2047, 2048, 2049, 50000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    gsize n = sizes[i];
    g_autofree double *numbers = random_numbers (n, 1, 1 + (guint32) i);
    g_autofree double *expected = NULL;

    /* Of all sizes and both signs, some of them equal, and some at the ends. */
    for (gsize j = 0; j < n; j++) {
      numbers[j] = ldexp (numbers[j], (int) (j % 41) - 20);
      if (j % 7 == 3)
        numbers[j] = numbers[j / 2];
    }
    if (n >= 100) {
      numbers[10] = INFINITY;
      numbers[20] = -INFINITY;
      numbers[30] = 0;
      numbers[40] = G_MINDOUBLE / 4;
      numbers[50] = -G_MAXDOUBLE;
    }
    expected = g_memdup2 (numbers, n * sizeof (double));
    if (n > 0)
      qsort (expected, n, sizeof (double), re3_compare_doubles);

    re3_sort_doubles (numbers, n);
    for (gsize j = 0; j < n; j++)
      g_assert_cmpfloat (numbers[j], ==, expected[j]);
  }
}

static void
test_zeros (void)
{
  for (gsize n = 3; n <= 3003; n += 3000) {
    g_autofree double *numbers = g_new0 (double, n);

    numbers[n - 1] = -0.0;
    re3_sort_doubles (numbers, n);
    g_assert_true (signbit (numbers[0]));
    for (gsize i = 1; i < n; i++)
      g_assert_false (signbit (numbers[i]));
  }
}

/* By magnitude, the largest first, and by index where they are equal. */
static int
compare_ranked (const void *a, const void *b)
{
  const Re3Ranked *x = a;
  const Re3Ranked *y = b;

  if (x->magnitude != y->magnitude)
    return x->magnitude > y->magnitude ? -1 : 1;

  return (x->index > y->index) - (x->index < y->index);
}

static void
test_ranked (void)
{
  for (gsize n = 0; n < 200; n++) {
    g_autofree double *numbers = random_numbers (n, 4, 100 + (guint32) n);
    g_autofree Re3Ranked *items = g_new (Re3Ranked, n);
    g_autofree Re3Ranked *buffer = g_new (Re3Ranked, n);
    g_autofree Re3Ranked *expected = NULL;

    /* Whole numbers, so that many are equal. */
    for (gsize i = 0; i < n; i++)
      items[i] = (Re3Ranked){ fabs (round (numbers[i])), (guint32) i };
    expected = g_memdup2 (items, n * sizeof (Re3Ranked));
    if (n > 0)
      qsort (expected, n, sizeof (Re3Ranked), compare_ranked);

    re3_sort_ranked (items, n, buffer);
    for (gsize i = 0; i < n; i++)
      g_assert_cmpuint (items[i].index, ==, expected[i].index);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sort/doubles", test_doubles);
  g_test_add_func ("/sort/zeros", test_zeros);
  g_test_add_func ("/sort/ranked", test_ranked);

  return g_test_run ();
}
