/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-order-private.h"

#include "re3-memory.h"
#include "re3-neuron-statistics-private.h"

#include <glib/gi18n-lib.h>

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

static void
list_samples (Re3OrderedSample *samples,
              const Re3Answers *answers,
              const Re3Dataset *dataset,
              gsize n_classes)
{
  for (gsize row = 0; row < re3_dataset_get_n_rows (dataset); row++)
    samples[row] = (Re3OrderedSample){
      .row = (guint32) row,
      .region = (guint32) re3_region_table_get_region_of_row (answers->table, row),
      .prediction = (guint32) answers->predictions[row],
      .group = (guint32) re3_neuron_tally_find_group (n_classes, re3_dataset_is_test (dataset, row),
                                                      re3_dataset_get_label (dataset, row)),
    };
}

Re3OrderedSample *
re3_sample_order_new (const Re3Answers *answers,
                      const Re3Dataset *dataset,
                      gsize n_classes,
                      GError **error)
{
  gsize n = re3_dataset_get_n_rows (dataset);
  g_autofree Re3OrderedSample *samples =
      re3_try_new (Re3OrderedSample, n, 1, error, _ ("the order of %zu rows"), n);
  g_autofree Re3OrderedSample *buffer = NULL;

  if (samples == NULL)
    return NULL;
  buffer = re3_try_new (Re3OrderedSample, n, 1, error, _ ("the order of %zu rows"), n);
  if (buffer == NULL)
    return NULL;

  /* What decides last is sorted by first. */
  list_samples (buffer, answers, dataset, n_classes);
  if (!sort_by (buffer, samples, n, G_STRUCT_OFFSET (Re3OrderedSample, group),
                re3_neuron_tally_count_groups (n_classes), error) ||
      !sort_by (samples, buffer, n, G_STRUCT_OFFSET (Re3OrderedSample, prediction), n_classes,
                error) ||
      !sort_by (buffer, samples, n, G_STRUCT_OFFSET (Re3OrderedSample, region),
                re3_region_table_get_n_regions (answers->table), error))
    return NULL;

  return g_steal_pointer (&samples);
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
