/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-region-table-private.h"

#include <math.h>
#include <stdlib.h>

void
re3_region_table_free (Re3RegionTable *self)
{
  if (self == NULL)
    return;

  re3_pattern_set_free (self->patterns);
  g_free (self->regions);
  g_free (self->places);
  g_free (self->counts);
  g_free (self->region_of_row);
  g_free (self->rows);
  g_free (self);
}

gsize
re3_region_table_get_n_regions (const Re3RegionTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_regions;
}

const Re3RegionRow *
re3_region_table_get_region (const Re3RegionTable *self, gsize region)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (region < self->n_regions, NULL);

  return &self->regions[region];
}

const guint32 *
re3_region_table_get_rows (const Re3RegionTable *self, gsize region)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (region < self->n_regions, NULL);

  return self->rows + self->regions[region].first;
}

gsize
re3_region_table_get_region_of_row (const Re3RegionTable *self, gsize row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->n_rows, 0);

  return self->region_of_row[row];
}

gssize
re3_region_table_find (const Re3RegionTable *self, const Re3Pattern *pattern)
{
  gssize number;

  g_return_val_if_fail (self != NULL && pattern != NULL, -1);

  number = re3_pattern_set_find (self->patterns, pattern);

  return number >= 0 ? (gssize) self->places[number] : -1;
}

static int
compare_descending (const void *a, const void *b)
{
  gsize x = *(const gsize *) a;
  gsize y = *(const gsize *) b;

  return (x < y) - (x > y);
}

/* The share of the test samples in the @n regions that hold most of them. */
static double
coverage (const gsize *n_test_descending, gsize n_regions, gsize n, gsize n_test)
{
  gsize covered = 0;

  if (n_test == 0)
    return NAN;

  for (gsize i = 0; i < MIN (n, n_regions); i++)
    covered += n_test_descending[i];

  return (double) covered / (double) n_test;
}

void
re3_region_table_count (const Re3RegionTable *self, Re3RegionCounts *counts)
{
  g_autofree gsize *n_test = NULL;
  gsize n_regions;

  g_return_if_fail (self != NULL && counts != NULL);

  n_regions = self->n_regions;
  n_test = g_new (gsize, n_regions);
  *counts = (Re3RegionCounts){ .all = n_regions };
  for (gsize i = 0; i < n_regions; i++) {
    const Re3RegionRow *region = re3_region_table_get_region (self, i);

    counts->train += region->n_train > 0;
    counts->test += region->n_test > 0;
    counts->similar += region->n_train > 0 && region->n_test > 0;
    counts->dissimilar += region->n_train == 0 && region->n_test > 0;
    n_test[i] = region->n_test;
  }

  if (n_regions > 0)
    qsort (n_test, n_regions, sizeof (gsize), compare_descending);
  counts->top1 = coverage (n_test, n_regions, 1, self->n_test);
  counts->top_c = coverage (n_test, n_regions, self->n_classes, self->n_test);
}
