/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-select.h"

#include "re3-memory.h"
#include "re3-sort-private.h"
#include "re3-sort.h"

#include <glib/gi18n-lib.h>

/* So few numbers are sorted. */
#define SORTED_MAX 128

/* More are dealt into buckets, whose counts stay in the first cache; only those buckets are looked
 * into that hold a wanted number. */
#define N_BUCKETS 4096
#define UNWANTED  G_MAXUINT32

/* Some of the numbers, @first of all of which are smaller. */
typedef struct {
  const double *numbers;
  gsize n;
  gsize first;
  const gsize *ranks;
  gsize n_ranks;
  double *values;
} Selection;

/* A bucket of a key is (key - lowest) >> shift. */
typedef struct {
  guint64 lowest;
  guint shift;
} Buckets;

static gsize
find_bucket (const Buckets *self, double number)
{
  return (re3_sort_key (number) - self->lowest) >> self->shift;
}

/* Returns: %FALSE where all numbers are the same */
static gboolean
buckets_span (Buckets *self, const double *numbers, gsize n)
{
  guint64 highest = re3_sort_key (numbers[0]);

  self->lowest = highest;
  for (gsize i = 1; i < n; i++) {
    guint64 key = re3_sort_key (numbers[i]);

    self->lowest = MIN (self->lowest, key);
    highest = MAX (highest, key);
  }
  self->shift = 0;
  while ((highest - self->lowest) >> self->shift >= N_BUCKETS)
    self->shift++;

  return highest > self->lowest;
}

static void
select_by_sorting (const Selection *self)
{
  double sorted[SORTED_MAX];

  memcpy (sorted, self->numbers, self->n * sizeof (double));
  re3_sort_doubles (sorted, self->n);
  for (gsize i = 0; i < self->n_ranks; i++)
    self->values[i] = sorted[self->ranks[i] - self->first];
}

/* Finds the buckets of @counts that hold a wanted number, of which @wanted tells all but the
 * numbers, and turns the counts into where each bucket goes in a list of all of these. Returns: its
 * length */
static gsize
choose_buckets (const Selection *self, guint32 *counts, Selection *wanted, gsize *n_wanted)
{
  gsize first = self->first;
  gsize n_listed = 0;
  gsize rank = 0;

  *n_wanted = 0;
  for (gsize bucket = 0; bucket < N_BUCKETS; bucket++) {
    gsize n = counts[bucket];
    gsize first_rank = rank;

    while (rank < self->n_ranks && self->ranks[rank] < first + n)
      rank++;
    counts[bucket] = UNWANTED;
    if (rank > first_rank) {
      wanted[(*n_wanted)++] = (Selection){
        .n = n,
        .first = first,
        .ranks = self->ranks + first_rank,
        .n_ranks = rank - first_rank,
        .values = self->values + first_rank,
      };
      counts[bucket] = (guint32) n_listed;
      n_listed += n;
    }
    first += n;
  }

  return n_listed;
}

static gboolean
selection_run (const Selection *self, GError **error)
{
  guint32 places[N_BUCKETS] = { 0 };
  Selection wanted[RE3_SELECT_RANKS_MAX];
  g_autofree double *listed = NULL;
  const double *numbers;
  gsize n_wanted;
  gsize n_listed;
  Buckets buckets;

  if (self->n <= SORTED_MAX) {
    select_by_sorting (self);
    return TRUE;
  }
  if (!buckets_span (&buckets, self->numbers, self->n)) {
    for (gsize i = 0; i < self->n_ranks; i++)
      self->values[i] = self->numbers[0];
    return TRUE;
  }

  for (gsize i = 0; i < self->n; i++)
    places[find_bucket (&buckets, self->numbers[i])]++;
  n_listed = choose_buckets (self, places, wanted, &n_wanted);
  numbers = listed = re3_try_new (double, n_listed, 1, error,
                                  _ ("the order of the distances of %zu rows"), self->n);
  if (listed == NULL)
    return FALSE;
  for (gsize i = 0; i < self->n; i++) {
    gsize bucket = find_bucket (&buckets, self->numbers[i]);

    if (places[bucket] != UNWANTED)
      listed[places[bucket]++] = self->numbers[i];
  }

  for (gsize i = 0; i < n_wanted; i++) {
    wanted[i].numbers = numbers;
    numbers += wanted[i].n;
    if (!selection_run (&wanted[i], error))
      return FALSE;
  }

  return TRUE;
}

gboolean
re3_select (const double *numbers,
            gsize n,
            const gsize *ranks,
            gsize n_ranks,
            double *values,
            GError **error)
{
  const Selection selection = {
    .numbers = numbers, .n = n, .ranks = ranks, .n_ranks = n_ranks, .values = values
  };

  g_return_val_if_fail (numbers != NULL && n > 0 && n < UNWANTED, FALSE);
  g_return_val_if_fail (ranks != NULL && values != NULL, FALSE);
  g_return_val_if_fail (n_ranks <= RE3_SELECT_RANKS_MAX, FALSE);
  g_return_val_if_fail (n_ranks == 0 || ranks[n_ranks - 1] < n, FALSE);

  return selection_run (&selection, error);
}
