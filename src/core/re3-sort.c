/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sort.h"

#include "re3-sort-private.h"

#include <stdlib.h>

/* Fewer numbers are sorted by comparing them. */
#define RADIX_MIN 2048

#define DIGIT_BITS 11
#define N_DIGITS   6
#define N_VALUES   (1 << DIGIT_BITS)

/* Runs of this many items are sorted by insertion, and merged from then on. */
#define RUN_ITEMS 16

static int
compare_keys (const void *a, const void *b)
{
  guint64 x = re3_sort_key (*(const double *) a);
  guint64 y = re3_sort_key (*(const double *) b);

  return (x > y) - (x < y);
}

static gsize
digit_of (guint64 key, gsize digit)
{
  return (key >> (digit * DIGIT_BITS)) % N_VALUES;
}

/* From the last digit to the first, each time keeping the order of those before. */
static void
sort_by_digits (double *numbers, gsize n)
{
  g_autofree double *buffer = g_new (double, n);
  g_autofree gsize *counts = g_new0 (gsize, N_DIGITS * N_VALUES);
  double *from = numbers;
  double *to = buffer;

  for (gsize i = 0; i < n; i++) {
    guint64 key = re3_sort_key (numbers[i]);

    for (gsize digit = 0; digit < N_DIGITS; digit++)
      counts[digit * N_VALUES + digit_of (key, digit)]++;
  }

  for (gsize digit = 0; digit < N_DIGITS; digit++) {
    gsize *next = counts + digit * N_VALUES;
    double *swap = from;
    gsize first = 0;

    for (gsize value = 0; value < N_VALUES; value++) {
      gsize count = next[value];

      next[value] = first;
      first += count;
    }
    for (gsize i = 0; i < n; i++)
      to[next[digit_of (re3_sort_key (from[i]), digit)]++] = from[i];

    from = to;
    to = swap;
  }

  /* The number of digits is even, so that the last ones went to where the first came from. */
  G_STATIC_ASSERT (N_DIGITS % 2 == 0);
}

void
re3_sort_doubles (double *numbers, gsize n)
{
  g_return_if_fail (numbers != NULL || n == 0);

  if (n >= RADIX_MIN)
    sort_by_digits (numbers, n);
  else if (n > 1)
    qsort (numbers, n, sizeof (double), compare_keys);
}

static void
sort_run (Re3Ranked *items, gsize n)
{
  for (gsize i = 1; i < n; i++) {
    Re3Ranked item = items[i];
    gsize place = i;

    for (; place > 0 && items[place - 1].magnitude < item.magnitude; place--)
      items[place] = items[place - 1];
    items[place] = item;
  }
}

static void
merge (const Re3Ranked *a, gsize n_a, const Re3Ranked *b, gsize n_b, Re3Ranked *to)
{
  gsize i = 0;
  gsize j = 0;

  while (i < n_a && j < n_b)
    *to++ = b[j].magnitude > a[i].magnitude ? b[j++] : a[i++];
  memcpy (to, a + i, (n_a - i) * sizeof (Re3Ranked));
  memcpy (to + (n_a - i), b + j, (n_b - j) * sizeof (Re3Ranked));
}

void
re3_sort_ranked (Re3Ranked *items, gsize n, Re3Ranked *buffer)
{
  Re3Ranked *from = items;
  Re3Ranked *to = buffer;

  g_return_if_fail (n == 0 || (items != NULL && buffer != NULL));

  for (gsize first = 0; first < n; first += RUN_ITEMS)
    sort_run (items + first, MIN (RUN_ITEMS, n - first));

  for (gsize run = RUN_ITEMS; run < n; run *= 2) {
    Re3Ranked *swap = from;

    for (gsize first = 0; first < n; first += 2 * run) {
      gsize n_a = MIN (run, n - first);
      gsize n_b = MIN (run, n - first - n_a);

      merge (from + first, n_a, from + first + n_a, n_b, to + first);
    }
    from = to;
    to = swap;
  }

  if (from != items)
    memcpy (items, from, n * sizeof (Re3Ranked));
}
