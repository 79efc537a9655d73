/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-order-private.h"

#include "re3-memory.h"
#include "re3-neuron-statistics-private.h"
#include "re3-region-table-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Rows of a stretch: what is read and written of them, where they have some tens of features, stays
 * in the second cache; but so many that each large region has, on average, enough of them to be
 * measured together. */
#define STRETCH_ROWS       16384
#define SAMPLES_PER_REGION 128

/* A counting sort by the number at @offset in each sample, below @n_values, which keeps the order
 * of equal ones. */
static gboolean
sort_by (const Re3OrderedSample *from,
         Re3OrderedSample *to,
         gsize n,
         glong offset,
         gsize n_values,
         GError **error)
{
  g_autofree guint32 *next =
      re3_try_new0 (guint32, n_values, 1, error, _ ("the order of %zu rows"), n);
  guint32 first = 0;

  if (next == NULL)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    next[G_STRUCT_MEMBER (guint32, &from[i], offset)]++;
  for (gsize value = 0; value < n_values; value++) {
    guint32 count = next[value];

    next[value] = first;
    first += count;
  }
  for (gsize i = 0; i < n; i++)
    to[next[G_STRUCT_MEMBER (guint32, &from[i], offset)]++] = from[i];

  return TRUE;
}

/* Samples on their way to their order, which go back and forth between two lists. */
typedef struct {
  const Re3Answers *answers;
  const int *labels; /* (nullable) */
  const guint8 *is_test;
  gsize n_rows;
  gsize n_classes;
  Re3OrderedSample *lists[2];
} Sorting;

static Re3OrderedSample
describe_row (const Sorting *self, gsize row)
{
  int label = self->labels != NULL ? self->labels[row] : RE3_NO_LABEL;

  return (Re3OrderedSample){
    .row = (guint32) row,
    .region = self->answers->table->region_of_row[row],
    .prediction = (guint32) self->answers->predictions[row],
    .group =
        (guint32) re3_neuron_tally_find_group (self->n_classes, self->is_test[row] != 0, label),
  };
}

/* Sorts the @n samples of the first list, which are in the order of their rows, to @to. What
 * decides last is sorted by first. */
static gboolean
sort_list (const Sorting *self, gsize n, Re3OrderedSample *to, GError **error)
{
  return sort_by (self->lists[0], self->lists[1], n, G_STRUCT_OFFSET (Re3OrderedSample, group),
                  re3_neuron_tally_count_groups (self->n_classes), error) &&
         sort_by (self->lists[1], self->lists[0], n, G_STRUCT_OFFSET (Re3OrderedSample, prediction),
                  self->n_classes, error) &&
         sort_by (self->lists[0], to, n, G_STRUCT_OFFSET (Re3OrderedSample, region),
                  re3_region_table_get_n_regions (self->answers->table), error);
}

/* @small: where those go, in the order of their rows, that lie in no large region. */
static gboolean
sort_stretches (const Sorting *self,
                gsize stretch,
                gsize n_large,
                Re3OrderedSample *samples,
                Re3OrderedSample *small,
                GError **error)
{
  for (gsize first = 0; first < self->n_rows; first += stretch) {
    gsize n = 0;

    for (gsize row = first; row < MIN (first + stretch, self->n_rows); row++) {
      Re3OrderedSample sample = describe_row (self, row);

      if (sample.region < n_large)
        self->lists[0][n++] = sample;
      else
        *small++ = sample;
    }
    if (!sort_list (self, n, samples, error))
      return FALSE;
    samples += n;
  }

  return TRUE;
}

static gboolean
sort_samples (Sorting *self, gsize n_large, Re3OrderedSample *samples, GError **error)
{
  const Re3RegionTable *table = self->answers->table;
  gsize n_rows = self->n_rows;
  gsize stretch = MIN (MAX (STRETCH_ROWS, SAMPLES_PER_REGION * n_large), n_rows);
  /* The largest regions come first in the table. */
  gsize first_small = n_large < re3_region_table_get_n_regions (table)
                          ? re3_region_table_get_region (table, n_large)->first
                          : n_rows;
  gsize n_small = n_rows - first_small;

  for (gsize i = 0; i < G_N_ELEMENTS (self->lists); i++) {
    self->lists[i] = re3_try_new (Re3OrderedSample, MAX (stretch, n_small), 1, error,
                                  _ ("the order of %zu rows"), n_rows);
    if (self->lists[i] == NULL)
      return FALSE;
  }

  if (!sort_stretches (self, stretch, n_large, samples, samples + first_small, error))
    return FALSE;
  memcpy (self->lists[0], samples + first_small, n_small * sizeof (Re3OrderedSample));

  return sort_list (self, n_small, samples + first_small, error);
}

Re3OrderedSample *
re3_sample_order_new (const Re3Answers *answers,
                      const Re3Dataset *dataset,
                      gsize n_classes,
                      gsize n_large,
                      GError **error)
{
  gsize n_rows = re3_dataset_get_n_rows (dataset);
  Sorting sorting = {
    .answers = answers,
    .labels = re3_dataset_get_labels (dataset),
    .is_test = re3_dataset_get_test_flags (dataset),
    .n_rows = n_rows,
    .n_classes = n_classes,
  };
  Re3OrderedSample *samples =
      re3_try_new (Re3OrderedSample, n_rows, 1, error, _ ("the order of %zu rows"), n_rows);

  if (samples != NULL && !sort_samples (&sorting, n_large, samples, error))
    g_clear_pointer (&samples, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (sorting.lists); i++)
    g_free (sorting.lists[i]);

  return samples;
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
