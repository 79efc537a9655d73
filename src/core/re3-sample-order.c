/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-order-private.h"

#include "re3-memory.h"
#include "re3-neuron-statistics-private.h"
#include "re3-region-table-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Samples of a stretch: what is read and written of them, where they have some tens of features,
 * stays in the second cache; but so many that each large region has, on average, enough of them to
 * be measured together. */
#define STRETCH_SAMPLES    16384
#define SAMPLES_PER_REGION 128

/* Samples are sorted by so many bits of their keys at once. */
#define DIGIT_BITS 11

/**
 * Stretch:
 * @first: where its samples go in the order
 * @n: number of its samples
 * @runs: (nullable): of its samples, once they are sorted
 * @rows: (nullable): these are its samples; if there are none, those of the rows from @first_row up
 * to
 *   @end_row are that lie in its regions
 * @first_region: of those that its samples may lie in
 * @n_regions: number of these
 *
 * Samples that are sorted at once: of large regions those of a part of the data set, of small ones
 * all.
 */
typedef struct {
  gsize first;
  gsize n;
  Re3OrderedRun *runs;
  gsize n_runs;
  const guint32 *rows;
  gsize first_row;
  gsize end_row;
  gsize first_region;
  gsize n_regions;
} Stretch;

/**
 * KeyedRow:
 * @key: what its place in the order of a stretch depends on; see make_key()
 */
typedef struct {
  guint64 key;
  guint32 row;
} KeyedRow;

/* Where the samples of a stretch go back and forth on the way to their order. */
typedef KeyedRow *Lists[2];

typedef struct {
  const Re3RegionTable *table;
  const int *predictions;
  const int *labels; /* (nullable) */
  const guint8 *is_test;
  gsize n_rows;
  gsize n_groups;
  gsize n_classes;
  GArray *stretches; /* of Stretch */
  gsize n_members;
  Lists *lists; /* of each member of the team */
  Re3SampleOrder *order;
} Sorting;

static gsize
count_rows (const Re3RegionTable *table, gsize place)
{
  const Re3RegionRow *region = re3_region_table_get_region (table, place);

  return region->n_train + region->n_test;
}

/* Those of the @n_large largest regions, which come first in the table. */
static void
add_large_stretches (Sorting *self, gsize n_large, gsize n_samples)
{
  const guint32 *region_of_row = self->table->region_of_row;
  Stretch stretch = { .n_regions = n_large };

  for (gsize row = 0; row < self->n_rows && n_large > 0; row = stretch.end_row) {
    stretch.first += stretch.n;
    stretch.n = 0;
    stretch.first_row = row;
    stretch.end_row = MIN (row + n_samples, self->n_rows);
    for (gsize i = row; i < stretch.end_row; i++)
      stretch.n += region_of_row[i] < n_large;
    g_array_append_val (self->stretches, stretch);
  }
}

/* As many of the other regions in each as fit, but one at least. */
static void
add_small_stretches (Sorting *self, gsize n_large, gsize n_samples)
{
  gsize n_regions = re3_region_table_get_n_regions (self->table);
  Stretch stretch;

  for (gsize place = n_large; place < n_regions; place += stretch.n_regions) {
    stretch = (Stretch){
      .first = re3_region_table_get_region (self->table, place)->first,
      .rows = re3_region_table_get_rows (self->table, place),
      .first_region = place,
    };
    do
      stretch.n += count_rows (self->table, place + stretch.n_regions++);
    while (place + stretch.n_regions < n_regions &&
           stretch.n + count_rows (self->table, place + stretch.n_regions) <= n_samples);
    g_array_append_val (self->stretches, stretch);
  }
}

static gboolean
make_room (Sorting *self, gsize n_members, GError **error)
{
  gsize n_longest = 0;

  for (guint i = 0; i < self->stretches->len; i++)
    n_longest = MAX (n_longest, g_array_index (self->stretches, Stretch, i).n);

  self->order->rows =
      re3_try_new (guint32, self->n_rows, 1, error, _ ("the order of %zu rows"), self->n_rows);
  if (self->order->rows == NULL)
    return FALSE;
  /* A team has no more members at work than tasks. */
  self->n_members = MIN (n_members, self->stretches->len);
  self->lists = g_new0 (Lists, self->n_members);
  for (gsize member = 0; member < self->n_members; member++)
    for (gsize i = 0; i < G_N_ELEMENTS (self->lists[member]); i++) {
      self->lists[member][i] =
          re3_try_new (KeyedRow, n_longest, 1, error, _ ("the order of %zu rows"), n_longest);
      if (self->lists[member][i] == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
sorting_clear (Sorting *self)
{
  for (gsize member = 0; member < self->n_members; member++)
    for (gsize i = 0; i < G_N_ELEMENTS (self->lists[member]); i++)
      g_free (self->lists[member][i]);
  g_free (self->lists);
  g_array_unref (self->stretches);
  re3_sample_order_free (self->order);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sorting, sorting_clear)

/* Numbers all that samples of a stretch can differ in, but the row: first by region, then by
 * prediction, then by group. */
static guint64
make_key (const Sorting *self, const Stretch *stretch, gsize row)
{
  int label = self->labels != NULL ? self->labels[row] : RE3_NO_LABEL;
  guint64 region = self->table->region_of_row[row] - stretch->first_region;
  guint64 prediction = (guint64) self->predictions[row];

  return (region * self->n_classes + prediction) * self->n_groups +
         re3_neuron_tally_find_group (self->n_classes, self->is_test[row] != 0, label);
}

/* What make_key() made it of. */
static Re3OrderedRun
describe_key (const Sorting *self, const Stretch *stretch, guint64 key, gsize first)
{
  guint64 rest = key / self->n_groups;

  return (Re3OrderedRun){
    .first = (guint32) first,
    .region = (guint32) (stretch->first_region + rest / self->n_classes),
    .prediction = (guint32) (rest % self->n_classes),
    .group = (guint32) (key % self->n_groups),
  };
}

/* In the order of their rows. */
static void
list_samples (const Sorting *self, const Stretch *stretch, KeyedRow *list)
{
  gsize end = stretch->first_region + stretch->n_regions;

  if (stretch->rows != NULL) {
    for (gsize i = 0; i < stretch->n; i++)
      list[i] = (KeyedRow){ make_key (self, stretch, stretch->rows[i]), stretch->rows[i] };
  } else {
    for (gsize row = stretch->first_row; row < stretch->end_row; row++)
      if (self->table->region_of_row[row] < end)
        *list++ = (KeyedRow){ make_key (self, stretch, row), (guint32) row };
  }
}

/* A counting sort by the @n_bits from @shift on, which keeps the order of equal ones. */
static void
sort_by_digit (const KeyedRow *from, KeyedRow *to, gsize n, guint shift, guint n_bits)
{
  guint32 next[1 << DIGIT_BITS] = { 0 };
  guint64 mask = (G_GUINT64_CONSTANT (1) << n_bits) - 1;
  guint32 first = 0;

  for (gsize i = 0; i < n; i++)
    next[from[i].key >> shift & mask]++;
  for (gsize digit = 0; digit <= mask; digit++) {
    guint32 count = next[digit];

    next[digit] = first;
    first += count;
  }
  for (gsize i = 0; i < n; i++)
    to[next[from[i].key >> shift & mask]++] = from[i];
}

static guint
count_bits (guint64 number)
{
  guint n_bits = 1;

  while (number >> n_bits > 0)
    n_bits++;

  return n_bits;
}

/* From the last digit to the first, in as few passes as there are digits. Returns: which of @lists
 * has them in their order */
static const KeyedRow *
sort_by_key (Lists lists, gsize n, guint64 n_keys)
{
  guint n_bits = count_bits (n_keys - 1);
  guint n_digits = (n_bits + DIGIT_BITS - 1) / DIGIT_BITS;
  guint digit_bits = (n_bits + n_digits - 1) / n_digits;

  for (guint digit = 0; digit < n_digits; digit++)
    sort_by_digit (lists[digit % 2], lists[(digit + 1) % 2], n, digit * digit_bits, digit_bits);

  return lists[n_digits % 2];
}

static gboolean
take_runs (const Sorting *self, Stretch *stretch, const KeyedRow *sorted, GError **error)
{
  gsize n_runs = 0;

  for (gsize i = 0; i < stretch->n; i++)
    n_runs += i == 0 || sorted[i].key != sorted[i - 1].key;
  stretch->runs =
      re3_try_new (Re3OrderedRun, n_runs, 1, error, _ ("the order of %zu rows"), stretch->n);
  if (stretch->runs == NULL)
    return FALSE;

  for (gsize i = 0; i < stretch->n; i++)
    if (i == 0 || sorted[i].key != sorted[i - 1].key)
      stretch->runs[stretch->n_runs++] =
          describe_key (self, stretch, sorted[i].key, stretch->first + i);

  return TRUE;
}

/* A stretch, a task. */
static void
sort_stretch (Re3Team *team, gsize member, gsize task, gpointer data)
{
  const Sorting *self = data;
  Stretch *stretch = &g_array_index (self->stretches, Stretch, task);
  guint64 n_keys = (guint64) stretch->n_regions * self->n_classes * self->n_groups;
  const KeyedRow *sorted;
  GError *error = NULL;

  list_samples (self, stretch, self->lists[member][0]);
  sorted = sort_by_key (self->lists[member], stretch->n, n_keys);
  for (gsize i = 0; i < stretch->n; i++)
    self->order->rows[stretch->first + i] = sorted[i].row;
  if (!take_runs (self, stretch, sorted, &error))
    re3_team_fail (team, error);
}

/* The runs of all stretches, and one that ends the last of them. */
static gboolean
join_runs (const Sorting *self, GError **error)
{
  Re3SampleOrder *order = self->order;
  gsize n_runs = 0;

  for (guint i = 0; i < self->stretches->len; i++)
    n_runs += g_array_index (self->stretches, Stretch, i).n_runs;
  order->runs =
      re3_try_new (Re3OrderedRun, n_runs + 1, 1, error, _ ("the order of %zu rows"), self->n_rows);
  if (order->runs == NULL)
    return FALSE;

  for (guint i = 0; i < self->stretches->len; i++) {
    const Stretch *stretch = &g_array_index (self->stretches, Stretch, i);

    if (stretch->n_runs > 0)
      memcpy (order->runs + order->n_runs, stretch->runs, stretch->n_runs * sizeof (Re3OrderedRun));
    order->n_runs += stretch->n_runs;
  }
  order->runs[order->n_runs] = (Re3OrderedRun){ .first = (guint32) self->n_rows };

  return TRUE;
}

static void
stretch_clear (gpointer data)
{
  Stretch *stretch = data;

  g_free (stretch->runs);
}

Re3SampleOrder *
re3_sample_order_new (const Re3Answers *answers,
                      const Re3Dataset *dataset,
                      gsize n_classes,
                      gsize n_large,
                      Re3Team *team)
{
  g_auto (Sorting) sorting = {
    .table = answers->table,
    .predictions = answers->predictions,
    .labels = re3_dataset_get_labels (dataset),
    .is_test = re3_dataset_get_test_flags (dataset),
    .n_rows = re3_dataset_get_n_rows (dataset),
    .n_groups = re3_neuron_tally_count_groups (n_classes),
    .n_classes = n_classes,
    .stretches = g_array_new (FALSE, FALSE, sizeof (Stretch)),
    .order = g_new0 (Re3SampleOrder, 1),
  };
  gsize n_samples = MAX (STRETCH_SAMPLES, SAMPLES_PER_REGION * n_large);
  GError *error = NULL;

  g_array_set_clear_func (sorting.stretches, stretch_clear);
  add_large_stretches (&sorting, n_large, n_samples);
  add_small_stretches (&sorting, n_large, n_samples);
  if (make_room (&sorting, team->n_members, &error) &&
      !re3_team_run (team, sorting.stretches->len, sort_stretch, &sorting))
    return NULL;
  if (error == NULL)
    join_runs (&sorting, &error);
  if (error != NULL) {
    re3_team_fail (team, error);
    return NULL;
  }

  return g_steal_pointer (&sorting.order);
}

void
re3_sample_order_free (Re3SampleOrder *self)
{
  if (self == NULL)
    return;

  g_free (self->rows);
  g_free (self->runs);
  g_free (self);
}

const Re3OrderedRun *
re3_sample_order_find_run (const Re3SampleOrder *self, gsize index)
{
  gsize start = 0;
  gsize end = self->n_runs;

  /* The last one that starts no later. */
  while (end - start > 1) {
    gsize middle = start + (end - start) / 2;

    if (self->runs[middle].first <= index)
      start = middle;
    else
      end = middle;
  }

  return &self->runs[start];
}
