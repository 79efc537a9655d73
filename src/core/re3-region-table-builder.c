/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-dataset.h"
#include "re3-region-table-private.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
  guint32 n_train;
  guint32 n_test;
} Size;

/* A region is known by its number in @patterns until all are sorted. */
struct _Re3RegionTableBuilder {
  gsize n_gates;
  gsize n_classes;
  Re3PatternSet *patterns;
  GArray *sizes;         /* of Size, by region */
  GArray *counts;        /* n_classes gsizes are one element */
  GArray *region_of_row; /* of guint32 */
};

static void
builder_reset (Re3RegionTableBuilder *self)
{
  self->patterns = re3_pattern_set_new (self->n_gates);
  self->sizes = g_array_new (FALSE, TRUE, sizeof (Size));
  self->counts = g_array_new (FALSE, TRUE, (guint) (self->n_classes * sizeof (gsize)));
  self->region_of_row = g_array_new (FALSE, FALSE, sizeof (guint32));
}

Re3RegionTableBuilder *
re3_region_table_builder_new (const Re3Network *network, gsize n_classes)
{
  Re3RegionTableBuilder *self;

  g_return_val_if_fail (network != NULL && n_classes > 0, NULL);

  self = g_new (Re3RegionTableBuilder, 1);
  self->n_gates = re3_network_get_n_gates (network);
  self->n_classes = n_classes;
  builder_reset (self);

  return self;
}

void
re3_region_table_builder_free (Re3RegionTableBuilder *self)
{
  if (self == NULL)
    return;

  re3_pattern_set_free (self->patterns);
  g_array_unref (self->sizes);
  g_array_unref (self->counts);
  g_array_unref (self->region_of_row);
  g_free (self);
}

void
re3_region_table_builder_add (Re3RegionTableBuilder *self,
                              const Re3Pattern *pattern,
                              int label,
                              gboolean is_test)
{
  guint32 region;

  g_return_if_fail (self != NULL && pattern != NULL);
  g_return_if_fail (pattern->n_gates == self->n_gates);
  g_return_if_fail (label == RE3_NO_LABEL || (label >= 0 && (gsize) label < self->n_classes));
  g_return_if_fail (self->region_of_row->len < RE3_DATASET_ROWS_MAX);

  region = re3_pattern_set_add (self->patterns, pattern);
  g_array_append_val (self->region_of_row, region);
  if (region == self->sizes->len) {
    g_array_set_size (self->sizes, region + 1);
    g_array_set_size (self->counts, region + 1);
  }

  if (is_test)
    g_array_index (self->sizes, Size, region).n_test++;
  else
    g_array_index (self->sizes, Size, region).n_train++;
  if (label != RE3_NO_LABEL)
    ((gsize *) self->counts->data)[region * self->n_classes + (gsize) label]++;
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
static void
table_list_regions (Re3RegionTable *self, const Size *sizes)
{
  self->regions = g_new (Re3RegionRow, self->n_regions);
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

  self->places = g_new (guint32, self->n_regions);
  for (gsize place = 0; place < self->n_regions; place++)
    self->places[self->regions[place].first] = (guint32) place;
}

/* Lists the rows by region: a counting sort, which keeps their order. */
static void
table_list_rows (Re3RegionTable *self)
{
  g_autofree guint32 *next = g_new (guint32, self->n_regions);
  gsize first = 0;

  for (gsize i = 0; i < self->n_regions; i++) {
    Re3RegionRow *region = &self->regions[i];

    region->first = first;
    next[i] = (guint32) first;
    first += region->n_train + region->n_test;
  }

  self->rows = g_new (guint32, self->n_rows);
  for (gsize row = 0; row < self->n_rows; row++) {
    self->region_of_row[row] = self->places[self->region_of_row[row]];
    self->rows[next[self->region_of_row[row]]++] = (guint32) row;
  }
}

Re3RegionTable *
re3_region_table_builder_finish (Re3RegionTableBuilder *self)
{
  g_autoptr (GArray) sizes = NULL;
  Re3RegionTable *table;

  g_return_val_if_fail (self != NULL, NULL);

  table = g_atomic_rc_box_new0 (Re3RegionTable);
  table->n_classes = self->n_classes;
  table->n_rows = self->region_of_row->len;
  table->n_regions = self->sizes->len;
  table->patterns = self->patterns;
  re3_pattern_set_trim (table->patterns);
  table->counts = g_realloc_n (g_array_free (self->counts, FALSE), table->n_regions,
                               self->n_classes * sizeof (gsize));
  table->region_of_row = (guint32 *) g_array_free (self->region_of_row, FALSE);
  sizes = self->sizes;
  builder_reset (self);

  table_list_regions (table, (const Size *) sizes->data);
  table_list_rows (table);

  return table;
}
