/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-select.h"
#include "re3-statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_RANKS 8

/* What is selected from @set, against what sorting it tells. */
typedef struct {
  double *sorted;
  gsize n;
  gsize ranks[N_RANKS];
  double values[N_RANKS];
} Expected;

static void
expect (Expected *self, const double *numbers, const guint8 *is_test, gsize n, Re3SampleSet set)
{
  self->sorted = g_new (double, n);
  self->n = 0;
  for (gsize i = 0; i < n; i++)
    if (set == RE3_SAMPLES_ALL || (is_test != NULL && is_test[i] != 0) == (set == RE3_SAMPLES_TEST))
      self->sorted[self->n++] = numbers[i];
  if (self->n == 0)
    return;

  qsort (self->sorted, self->n, sizeof (double), re3_compare_doubles);
  memcpy (self->ranks,
          (gsize[N_RANKS]){ 0, self->n / 10, self->n / 4, self->n / 4, self->n / 2,
                            MIN (self->n - self->n / 3, self->n - 1), self->n - 1, self->n - 1 },
          sizeof self->ranks);
}

static void
assert_selects_of (const double *numbers, const guint8 *is_test, gsize n)
{
  Expected expected[RE3_N_SAMPLE_SETS];
  Re3Places places[RE3_N_SAMPLE_SETS];

  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++) {
    expect (&expected[set], numbers, is_test, n, set);
    places[set] = (Re3Places){ .ranks = expected[set].ranks,
                               .n_ranks = expected[set].n > 0 ? N_RANKS : 0,
                               .values = expected[set].values };
  }
  g_assert_true (re3_select (numbers, is_test, n, places, NULL));
  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++) {
    for (gsize i = 0; i < places[set].n_ranks; i++)
      g_assert_cmpfloat (places[set].values[i], ==, expected[set].sorted[places[set].ranks[i]]);
    g_free (expected[set].sorted);
  }
}

/* Without test samples, with some here and there, and with nothing else. */
static void
assert_selects (const double *numbers, gsize n)
{
  g_autofree guint8 *is_test = g_new0 (guint8, n);

  assert_selects_of (numbers, NULL, n);
  assert_selects_of (numbers, is_test, n);
  for (gsize i = 0; i < n; i++)
    is_test[i] = i * i % 11 < 3 ? 7 : 0;
  assert_selects_of (numbers, is_test, n);
  memset (is_test, 1, n);
  assert_selects_of (numbers, is_test, n);
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
