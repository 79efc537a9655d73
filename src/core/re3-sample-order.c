/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-order-private.h"

#include "re3-memory.h"
#include "re3-neuron-statistics-private.h"
#include "re3-region-table-private.h"

#include <glib/gi18n-lib.h>

/* Samples of a stretch: what is read and written of them, where they have some tens of features,
 * stays in the second cache; but so many that each large region has, on average, enough of them to
 * be measured together. */
#define STRETCH_SAMPLES    16384
#define SAMPLES_PER_REGION 128

/**
 * Stretch:
 * @first: where its samples go in the order
 * @n: number of its samples
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
  const guint32 *rows;
  gsize first_row;
  gsize end_row;
  gsize first_region;
  gsize n_regions;
} Stretch;

/* Where the samples of a stretch go back and forth on the way to their order. */
typedef Re3OrderedSample *Lists[2];

typedef struct {
  const Re3RegionTable *table;
  const int *predictions;
  const int *labels; /* (nullable) */
  const guint8 *is_test;
  gsize n_rows;
  gsize n_classes;
  GArray *stretches; /* of Stretch */
  gsize n_members;
  Lists *lists; /* of each member of the team */
  Re3OrderedSample *samples;
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

  self->samples = re3_try_new (Re3OrderedSample, self->n_rows, 1, error,
                               _ ("the order of %zu rows"), self->n_rows);
  if (self->samples == NULL)
    return FALSE;
  /* A team has no more members at work than tasks. */
  self->n_members = MIN (n_members, self->stretches->len);
  self->lists = g_new0 (Lists, self->n_members);
  for (gsize member = 0; member < self->n_members; member++)
    for (gsize i = 0; i < G_N_ELEMENTS (self->lists[member]); i++) {
      self->lists[member][i] = re3_try_new (Re3OrderedSample, n_longest, 1, error,
                                            _ ("the order of %zu rows"), n_longest);
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
  g_free (self->samples);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sorting, sorting_clear)

static Re3OrderedSample
describe_row (const Sorting *self, gsize row)
{
  int label = self->labels != NULL ? self->labels[row] : RE3_NO_LABEL;

  return (Re3OrderedSample){
    .row = (guint32) row,
    .region = self->table->region_of_row[row],
    .prediction = (guint32) self->predictions[row],
    .group =
        (guint32) re3_neuron_tally_find_group (self->n_classes, self->is_test[row] != 0, label),
  };
}

/* Those of a region in the order of their rows. */
static void
list_samples (const Sorting *self, const Stretch *stretch, Re3OrderedSample *list)
{
  gsize end = stretch->first_region + stretch->n_regions;

  if (stretch->rows != NULL) {
    for (gsize i = 0; i < stretch->n; i++)
      list[i] = describe_row (self, stretch->rows[i]);
  } else {
    for (gsize row = stretch->first_row; row < stretch->end_row; row++)
      if (self->table->region_of_row[row] < end)
        *list++ = describe_row (self, row);
  }
}

/* A counting sort by the number at @offset in each sample, one of @n_values from @least on, which
 * keeps the order of equal ones. */
static gboolean
sort_by (const Re3OrderedSample *from,
         Re3OrderedSample *to,
         gsize n,
         glong offset,
         gsize least,
         gsize n_values,
         GError **error)
{
  g_autofree guint32 *next =
      re3_try_new0 (guint32, n_values, 1, error, _ ("the order of %zu rows"), n);
  guint32 first = 0;

  if (next == NULL)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    next[G_STRUCT_MEMBER (guint32, &from[i], offset) - least]++;
  for (gsize value = 0; value < n_values; value++) {
    guint32 count = next[value];

    next[value] = first;
    first += count;
  }
  for (gsize i = 0; i < n; i++)
    to[next[G_STRUCT_MEMBER (guint32, &from[i], offset) - least]++] = from[i];

  return TRUE;
}

/* A stretch, a task. What decides last is sorted by first. */
static void
sort_stretch (Re3Team *team, gsize member, gsize task, gpointer data)
{
  const Sorting *self = data;
  const Stretch *stretch = &g_array_index (self->stretches, Stretch, task);
  Re3OrderedSample *a = self->lists[member][0];
  Re3OrderedSample *b = self->lists[member][1];
  gsize n_groups = re3_neuron_tally_count_groups (self->n_classes);
  GError *error = NULL;

  list_samples (self, stretch, a);
  if (!sort_by (a, b, stretch->n, G_STRUCT_OFFSET (Re3OrderedSample, group), 0, n_groups, &error) ||
      !sort_by (b, a, stretch->n, G_STRUCT_OFFSET (Re3OrderedSample, prediction), 0,
                self->n_classes, &error) ||
      !sort_by (a, self->samples + stretch->first, stretch->n,
                G_STRUCT_OFFSET (Re3OrderedSample, region), stretch->first_region,
                stretch->n_regions, &error))
    re3_team_fail (team, error);
}

Re3OrderedSample *
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
    .n_classes = n_classes,
    .stretches = g_array_new (FALSE, FALSE, sizeof (Stretch)),
  };
  gsize n_samples = MAX (STRETCH_SAMPLES, SAMPLES_PER_REGION * n_large);
  GError *error = NULL;

  add_large_stretches (&sorting, n_large, n_samples);
  add_small_stretches (&sorting, n_large, n_samples);
  if (!make_room (&sorting, team->n_members, &error)) {
    re3_team_fail (team, error);
    return NULL;
  }

  return re3_team_run (team, sorting.stretches->len, sort_stretch, &sorting)
             ? g_steal_pointer (&sorting.samples)
             : NULL;
}

gsize
re3_sample_order_count_run (const Re3OrderedSample *samples, gsize n)
{
  gsize count = 1;

  while (count < n && samples[count].region == samples->region &&
         samples[count].prediction == samples->prediction && samples[count].group == samples->group)
    count++;

  return count;
}
