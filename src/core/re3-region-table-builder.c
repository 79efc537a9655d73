/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-dataset.h"
#include "re3-memory.h"
#include "re3-region-table-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Room for so many regions and rows at first, and for twice as many whenever they are more. */
#define N_FIRST 64

typedef struct {
  guint32 n_train;
  guint32 n_test;
} Size;

/* A region is known by its number in @patterns until all are sorted. */
struct _Re3RegionTableBuilder {
  gsize n_gates;
  gsize n_classes;
  Re3PatternSet *patterns;

  gsize n_regions;
  gsize n_regions_allocated;
  Size *sizes;   /* by region */
  gsize *counts; /* n_classes for each region */

  gsize n_rows;
  gsize n_rows_allocated;
  guint32 *region_of_row;
};

Re3RegionTableBuilder *
re3_region_table_builder_new (const Re3Network *network, gsize n_classes)
{
  Re3RegionTableBuilder *self;

  g_return_val_if_fail (network != NULL && n_classes > 0, NULL);

  self = g_new0 (Re3RegionTableBuilder, 1);
  self->n_gates = re3_network_get_n_gates (network);
  self->n_classes = n_classes;
  self->patterns = re3_pattern_set_new (self->n_gates);

  return self;
}

void
re3_region_table_builder_free (Re3RegionTableBuilder *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->patterns, re3_pattern_set_free);
  g_free (self->sizes);
  g_free (self->counts);
  g_free (self->region_of_row);
  g_free (self);
}

static gboolean
builder_add_row (Re3RegionTableBuilder *self, guint32 region, GError **error)
{
  if (self->n_rows == self->n_rows_allocated) {
    gsize n_allocated = MAX (2 * self->n_rows_allocated, N_FIRST);

    if (!re3_try_renew (guint32, &self->region_of_row, n_allocated, 1, error,
                        _ ("the regions of more than %zu rows"), self->n_rows))
      return FALSE;
    self->n_rows_allocated = n_allocated;
  }
  self->region_of_row[self->n_rows++] = region;

  return TRUE;
}

static gboolean
builder_add_region (Re3RegionTableBuilder *self, GError **error)
{
  if (self->n_regions == self->n_regions_allocated) {
    gsize n_allocated = MAX (2 * self->n_regions_allocated, N_FIRST);

    if (!re3_try_renew (Size, &self->sizes, n_allocated, 1, error,
                        _ ("the sizes of more than %zu regions"), self->n_regions) ||
        !re3_try_renew (gsize, &self->counts, n_allocated, self->n_classes, error,
                        _ ("the classes of more than %zu regions"), self->n_regions))
      return FALSE;
    self->n_regions_allocated = n_allocated;
  }
  self->sizes[self->n_regions] = (Size){ 0 };
  memset (self->counts + self->n_regions * self->n_classes, 0, self->n_classes * sizeof (gsize));
  self->n_regions++;

  return TRUE;
}

gboolean
re3_region_table_builder_add (Re3RegionTableBuilder *self,
                              const Re3Pattern *pattern,
                              int label,
                              gboolean is_test,
                              GError **error)
{
  guint32 region;

  g_return_val_if_fail (self != NULL && pattern != NULL, FALSE);
  g_return_val_if_fail (pattern->n_gates == self->n_gates, FALSE);
  g_return_val_if_fail (label == RE3_NO_LABEL || (label >= 0 && (gsize) label < self->n_classes),
                        FALSE);
  g_return_val_if_fail (self->n_rows < RE3_DATASET_ROWS_MAX, FALSE);

  if (!re3_pattern_set_add (self->patterns, pattern, &region, error) ||
      !builder_add_row (self, region, error) ||
      (region == self->n_regions && !builder_add_region (self, error)))
    return FALSE;

  if (is_test)
    self->sizes[region].n_test++;
  else
    self->sizes[region].n_train++;
  if (label != RE3_NO_LABEL)
    self->counts[region * self->n_classes + (gsize) label]++;

  return TRUE;
}

static int
compare_regions (const void *a, const void *b)
{
  const Re3RegionRow *x = a;
  const Re3RegionRow *y = b;
  gsize size_x = x->n_train + x->n_test;
  gsize size_y = y->n_train + y->n_test;

  if (size_x != size_y)
    return size_x > size_y ? -1 : 1;

  return re3_pattern_compare (x->pattern, y->pattern);
}

static void
region_find_majority (Re3RegionRow *region, gsize n_classes)
{
  gsize majority = 0;

  for (gsize class_index = 0; class_index < n_classes; class_index++) {
    region->n_labelled += region->counts[class_index];
    if (region->counts[class_index] > region->counts[majority])
      majority = class_index;
  }
  if (region->n_labelled == 0)
    return;

  region->majority = (int) majority;
  region->purity = (double) region->counts[majority] / (double) region->n_labelled;
}

/* Makes the regions of what was counted, and sorts them. Until then @first is their number. */
static gboolean
table_list_regions (Re3RegionTable *self, const Size *sizes, GError **error)
{
  self->regions = re3_try_new (Re3RegionRow, self->n_regions, 1, error,
                               _ ("a table of %zu regions"), self->n_regions);
  if (self->regions == NULL)
    return FALSE;
  self->places = re3_try_new (guint32, self->n_regions, 1, error, _ ("the order of %zu regions"),
                              self->n_regions);
  if (self->places == NULL)
    return FALSE;

  for (gsize i = 0; i < self->n_regions; i++) {
    Re3RegionRow *region = &self->regions[i];

    *region = (Re3RegionRow){
      .pattern = re3_pattern_set_get (self->patterns, i),
      .n_train = sizes[i].n_train,
      .n_test = sizes[i].n_test,
      .counts = self->counts + i * self->n_classes,
      .majority = RE3_NO_LABEL,
      .purity = NAN,
      .first = i,
    };
    region_find_majority (region, self->n_classes);
    self->n_test += region->n_test;
  }
  if (self->n_regions > 0)
    qsort (self->regions, self->n_regions, sizeof (Re3RegionRow), compare_regions);

  for (gsize place = 0; place < self->n_regions; place++)
    self->places[self->regions[place].first] = (guint32) place;

  return TRUE;
}

/* Lists the rows by region: a counting sort, which keeps their order. */
static gboolean
table_list_rows (Re3RegionTable *self, GError **error)
{
  g_autofree guint32 *next = re3_try_new (guint32, self->n_regions, 1, error,
                                          _ ("the order of %zu regions"), self->n_regions);
  gsize first = 0;

  if (next == NULL)
    return FALSE;
  self->rows =
      re3_try_new (guint32, self->n_rows, 1, error, _ ("the order of %zu rows"), self->n_rows);
  if (self->rows == NULL)
    return FALSE;

  for (gsize i = 0; i < self->n_regions; i++) {
    Re3RegionRow *region = &self->regions[i];

    region->first = first;
    next[i] = (guint32) first;
    first += region->n_train + region->n_test;
  }

  for (gsize row = 0; row < self->n_rows; row++) {
    self->region_of_row[row] = self->places[self->region_of_row[row]];
    self->rows[next[self->region_of_row[row]]++] = (guint32) row;
  }

  return TRUE;
}

Re3RegionTable *
re3_region_table_builder_finish (Re3RegionTableBuilder *self, GError **error)
{
  g_autoptr (Re3RegionTable) table = NULL;
  g_autofree Size *sizes = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  table = g_new0 (Re3RegionTable, 1);
  table->n_classes = self->n_classes;
  table->n_rows = self->n_rows;
  table->n_regions = self->n_regions;
  table->patterns = g_steal_pointer (&self->patterns);
  re3_pattern_set_trim (table->patterns);
  table->counts = g_realloc_n (g_steal_pointer (&self->counts), table->n_regions,
                               self->n_classes * sizeof (gsize));
  table->region_of_row = g_steal_pointer (&self->region_of_row);
  sizes = g_steal_pointer (&self->sizes);
  self->patterns = re3_pattern_set_new (self->n_gates);
  self->n_regions = self->n_regions_allocated = 0;
  self->n_rows = self->n_rows_allocated = 0;

  if (!table_list_regions (table, sizes, error) || !table_list_rows (table, error))
    return NULL;

  return g_steal_pointer (&table);
}
