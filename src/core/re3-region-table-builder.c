/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-dataset.h"
#include "re3-region-table-private.h"

#include <math.h>

struct _Re3RegionTableBuilder {
  gsize n_neurons;
  gsize n_classes;
  GArray *regions;
  GHashTable *places;
  GArray *region_of_row;
};

static void
region_row_clear (gpointer data)
{
  Re3RegionRow *region = data;

  re3_pattern_free ((Re3Pattern *) region->pattern);
  g_free (region->counts);
}

static void
builder_reset (Re3RegionTableBuilder *self)
{
  self->regions = g_array_new (FALSE, FALSE, sizeof (Re3RegionRow));
  g_array_set_clear_func (self->regions, region_row_clear);
  self->places = g_hash_table_new (re3_pattern_hash, re3_pattern_equal);
  self->region_of_row = g_array_new (FALSE, FALSE, sizeof (guint32));
}

Re3RegionTableBuilder *
re3_region_table_builder_new (const Re3Network *network, gsize n_classes)
{
  Re3RegionTableBuilder *self;

  g_return_val_if_fail (network != NULL, NULL);

  self = g_new (Re3RegionTableBuilder, 1);
  self->n_neurons = re3_network_get_n_neurons (network);
  self->n_classes = n_classes;
  builder_reset (self);

  return self;
}

void
re3_region_table_builder_free (Re3RegionTableBuilder *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->places);
  g_array_unref (self->regions);
  g_array_unref (self->region_of_row);
  g_free (self);
}

static guint32
builder_find_or_add (Re3RegionTableBuilder *self, const Re3Pattern *pattern)
{
  guint32 place = self->regions->len;
  Re3RegionRow region = { .majority = RE3_NO_LABEL, .purity = NAN };
  gpointer known;

  if (g_hash_table_lookup_extended (self->places, pattern, NULL, &known))
    return GPOINTER_TO_UINT (known);

  region.pattern = re3_pattern_copy (pattern);
  region.counts = g_new0 (gsize, self->n_classes);
  g_array_append_val (self->regions, region);
  g_hash_table_insert (self->places, (gpointer) region.pattern, GUINT_TO_POINTER (place));

  return place;
}

void
re3_region_table_builder_add (Re3RegionTableBuilder *self,
                              const Re3Pattern *pattern,
                              int label,
                              gboolean is_test)
{
  Re3RegionRow *region;
  guint32 place;

  g_return_if_fail (self != NULL && pattern != NULL);
  g_return_if_fail (pattern->n_neurons == self->n_neurons);
  g_return_if_fail (label == RE3_NO_LABEL || (label >= 0 && (gsize) label < self->n_classes));
  g_return_if_fail (self->region_of_row->len < RE3_DATASET_ROWS_MAX);

  place = builder_find_or_add (self, pattern);
  g_array_append_val (self->region_of_row, place);

  region = &g_array_index (self->regions, Re3RegionRow, place);
  if (is_test)
    region->n_test++;
  else
    region->n_train++;
  if (label != RE3_NO_LABEL) {
    region->counts[label]++;
    region->n_labelled++;
  }
}

static int
compare_regions (gconstpointer a, gconstpointer b)
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

  if (region->n_labelled == 0)
    return;

  for (gsize class_index = 1; class_index < n_classes; class_index++)
    if (region->counts[class_index] > region->counts[majority])
      majority = class_index;

  region->majority = (int) majority;
  region->purity = (double) region->counts[majority] / (double) region->n_labelled;
}

/* Sorts the regions, and returns where each of them went; on the way, @first remembers where it
 * came from. (transfer full) */
static guint32 *
builder_sort (Re3RegionTableBuilder *self)
{
  gsize n_regions = self->regions->len;
  guint32 *new_places = g_new (guint32, n_regions);

  for (gsize i = 0; i < n_regions; i++)
    g_array_index (self->regions, Re3RegionRow, i).first = i;
  g_array_sort (self->regions, compare_regions);
  for (guint32 i = 0; i < n_regions; i++) {
    const Re3RegionRow *region = &g_array_index (self->regions, Re3RegionRow, i);

    new_places[region->first] = i;
    g_hash_table_insert (self->places, (gpointer) region->pattern, GUINT_TO_POINTER (i));
  }

  return new_places;
}

/* Lists the rows by region: a counting sort, which keeps their order. */
static void
table_list_rows (Re3RegionTable *self)
{
  g_autofree gsize *next = g_new (gsize, self->regions->len);
  gsize first = 0;

  for (gsize i = 0; i < self->regions->len; i++) {
    Re3RegionRow *region = &g_array_index (self->regions, Re3RegionRow, i);

    region->first = first;
    next[i] = first;
    first += region->n_train + region->n_test;
  }

  self->rows = g_new (guint32, self->n_rows);
  for (guint32 row = 0; row < self->n_rows; row++)
    self->rows[next[self->region_of_row[row]]++] = row;
}

Re3RegionTable *
re3_region_table_builder_finish (Re3RegionTableBuilder *self)
{
  g_autofree guint32 *new_places = NULL;
  Re3RegionTable *table;

  g_return_val_if_fail (self != NULL, NULL);

  new_places = builder_sort (self);
  table = g_atomic_rc_box_new0 (Re3RegionTable);
  table->n_classes = self->n_classes;
  table->n_rows = self->region_of_row->len;
  table->regions = self->regions;
  table->places = self->places;
  table->region_of_row = (guint32 *) g_array_free (self->region_of_row, FALSE);
  builder_reset (self);

  for (gsize row = 0; row < table->n_rows; row++)
    table->region_of_row[row] = new_places[table->region_of_row[row]];
  for (gsize i = 0; i < table->regions->len; i++) {
    Re3RegionRow *region = &g_array_index (table->regions, Re3RegionRow, i);

    region_find_majority (region, table->n_classes);
    table->n_test += region->n_test;
  }
  table_list_rows (table);

  return table;
}
