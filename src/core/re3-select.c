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
#define N_BUCKETS 2048
#define UNWANTED  G_MAXUINT32

/* Training and test samples. */
#define N_PARTS 2

/* The counts of the buckets by part, and later where each goes in a list of all that are wanted. */
typedef guint32 Counts[N_PARTS][N_BUCKETS];

/* The numbers of a set that fell into a bucket and are to be looked into: @n of them, @first of the
 * set are smaller. */
typedef struct {
  Re3SampleSet set;
  gsize bucket;
  gsize n;
  gsize first;
  Re3Places places;
} Share;

#define N_SHARES_MAX (RE3_N_SAMPLE_SETS * RE3_SELECT_RANKS_MAX)

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

/* @first of all numbers are smaller than these @n. */
static void
select_by_sorting (const double *numbers, gsize n, gsize first, const Re3Places *places)
{
  double sorted[SORTED_MAX];

  memcpy (sorted, numbers, n * sizeof (double));
  re3_sort_doubles (sorted, n);
  for (gsize i = 0; i < places->n_ranks; i++)
    places->values[i] = sorted[places->ranks[i] - first];
}

static gsize
part_of (const guint8 *is_test, gsize index)
{
  return is_test != NULL && is_test[index] != 0 ? RE3_SAMPLES_TEST : RE3_SAMPLES_TRAIN;
}

static gsize
count_in_bucket (Counts counts, Re3SampleSet set, gsize bucket)
{
  return set == RE3_SAMPLES_ALL
             ? counts[RE3_SAMPLES_TRAIN][bucket] + counts[RE3_SAMPLES_TEST][bucket]
             : counts[set][bucket];
}

/* Finds the buckets that hold a wanted number of @set, of which the first is number @first of its
 * numbers. Returns: how many shares */
static gsize
find_shares (Counts counts, Re3SampleSet set, gsize first, const Re3Places *places, Share *shares)
{
  gsize n_shares = 0;
  gsize rank = 0;

  for (gsize bucket = 0; rank < places->n_ranks && bucket < N_BUCKETS; bucket++) {
    gsize n = count_in_bucket (counts, set, bucket);
    gsize first_rank = rank;

    while (rank < places->n_ranks && places->ranks[rank] < first + n)
      rank++;
    if (rank > first_rank)
      shares[n_shares++] = (Share){
        .set = set,
        .bucket = bucket,
        .n = n,
        .first = first,
        .places = { places->ranks + first_rank, rank - first_rank, places->values + first_rank },
      };
    first += n;
  }

  return n_shares;
}

/* Makes the counts places in a list of the buckets that are in @shares, the parts of each side by
 * side. Returns: its length */
static gsize
place_buckets (Counts counts, const Share *shares, gsize n_shares)
{
  guint8 is_wanted[N_BUCKETS] = { 0 };
  guint32 n_listed = 0;

  for (gsize i = 0; i < n_shares; i++)
    is_wanted[shares[i].bucket] = TRUE;
  for (gsize bucket = 0; bucket < N_BUCKETS; bucket++)
    for (gsize part = 0; part < N_PARTS; part++) {
      guint32 n = counts[part][bucket];

      counts[part][bucket] = is_wanted[bucket] ? n_listed : UNWANTED;
      n_listed += is_wanted[bucket] ? n : 0;
    }

  return n_listed;
}

/* Where the numbers of @share start once all are listed: @ends are where the parts end. */
static gsize
find_start (Counts ends, const Share *share)
{
  Re3SampleSet last = share->set == RE3_SAMPLES_ALL ? RE3_SAMPLES_TEST : share->set;

  return ends[last][share->bucket] - share->n;
}

static gboolean
select_from (const double *numbers, gsize n, gsize first, const Re3Places *places, GError **error);

/* As re3_select(), but that @first of the numbers of each set are smaller than these @n. */
static gboolean
select_by_dealing (const double *numbers,
                   const guint8 *is_test,
                   gsize n,
                   gsize first,
                   const Buckets *buckets,
                   const Re3Places *places,
                   GError **error)
{
  Counts counts = { { 0 } };
  Share shares[N_SHARES_MAX];
  g_autofree double *listed = NULL;
  gsize n_shares = 0;
  gsize n_listed;

  for (gsize i = 0; i < n; i++)
    counts[part_of (is_test, i)][find_bucket (buckets, numbers[i])]++;
  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
    n_shares += find_shares (counts, set, first, &places[set], shares + n_shares);
  n_listed = place_buckets (counts, shares, n_shares);

  listed =
      re3_try_new (double, n_listed, 1, error, _ ("the order of the distances of %zu rows"), n);
  if (listed == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++) {
    guint32 *place = &counts[part_of (is_test, i)][find_bucket (buckets, numbers[i])];

    if (*place != UNWANTED)
      listed[(*place)++] = numbers[i];
  }

  for (gsize i = 0; i < n_shares; i++)
    if (!select_from (listed + find_start (counts, &shares[i]), shares[i].n, shares[i].first,
                      &shares[i].places, error))
      return FALSE;

  return TRUE;
}

/* @first of all numbers are smaller than these @n. */
static gboolean
select_from (const double *numbers, gsize n, gsize first, const Re3Places *places, GError **error)
{
  const Re3Places of_sets[RE3_N_SAMPLE_SETS] = { [RE3_SAMPLES_ALL] = *places };
  Buckets buckets;

  if (n <= SORTED_MAX) {
    select_by_sorting (numbers, n, first, places);
    return TRUE;
  }
  if (!buckets_span (&buckets, numbers, n)) {
    for (gsize i = 0; i < places->n_ranks; i++)
      places->values[i] = numbers[0];
    return TRUE;
  }

  return select_by_dealing (numbers, NULL, n, first, &buckets, of_sets, error);
}

gboolean
re3_select (const double *numbers,
            const guint8 *is_test,
            gsize n,
            const Re3Places *places,
            GError **error)
{
  Buckets buckets;

  g_return_val_if_fail (numbers != NULL && n > 0 && n < UNWANTED, FALSE);
  g_return_val_if_fail (places != NULL, FALSE);
  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
    g_return_val_if_fail (places[set].n_ranks <= RE3_SELECT_RANKS_MAX, FALSE);

  buckets_span (&buckets, numbers, n);

  return select_by_dealing (numbers, is_test, n, 0, &buckets, places, error);
}
