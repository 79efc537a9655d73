/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-list.h"

#include <math.h>

#include "re3-sort.h"

struct _Re3Sample {
  GObject parent_instance;
  gsize row;
};

G_DEFINE_FINAL_TYPE (Re3Sample, re3_sample, G_TYPE_OBJECT)

static void
re3_sample_class_init (Re3SampleClass *klass)
{
}

static void
re3_sample_init (Re3Sample *self)
{
}

gsize
re3_sample_get_row (Re3Sample *self)
{
  g_return_val_if_fail (RE3_IS_SAMPLE (self), 0);

  return self->row;
}

struct _Re3SampleList {
  GObject parent_instance;

  Re3Dataset *dataset;
  Re3Analysis *analysis;

  Re3SampleKey key;
  gboolean descending;

  GPtrArray *filters; /* of Re3SampleFilter */

  guint32 *order; /* (nullable): all data rows as they are sorted */
  guint32
      *rows; /* (nullable): position to data row: those of @order that the filters let through */
  guint n_rows;
  guint32 *positions; /* data row to position, G_MAXUINT32 while hidden */
};

static void re3_sample_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (Re3SampleList,
                               re3_sample_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      re3_sample_list_list_model_init))

static double
get_key (Re3SampleList *self, gsize row)
{
  if (self->key == RE3_SAMPLE_LABEL && !isnan (re3_dataset_get_target (self->dataset, row)))
    return re3_dataset_get_target (self->dataset, row);
  if (self->key == RE3_SAMPLE_LABEL)
    return re3_dataset_get_label (self->dataset, row);
  if (self->key == RE3_SAMPLE_ROW || self->analysis == NULL)
    return row;

  switch (self->key) {
  case RE3_SAMPLE_PREDICTION:
    return re3_analysis_get_errors (self->analysis, RE3_SAMPLES_ALL) != NULL
               ? re3_analysis_get_output (self->analysis, row)
               : re3_analysis_get_prediction (self->analysis, row);
  case RE3_SAMPLE_CONFIDENCE:
    return re3_analysis_get_confidence (self->analysis, row);
  case RE3_SAMPLE_REGION:
    return re3_analysis_get_region (self->analysis, row);
  case RE3_SAMPLE_DISTANCE:
    /* Distances are not there in a first analysis, and no number can be sorted by. */
    return re3_analysis_is_complete (self->analysis)
               ? re3_analysis_get_distance (self->analysis, row)
               : 0.0;
  case RE3_SAMPLE_ROW:
  case RE3_SAMPLE_LABEL:
  default:
    g_assert_not_reached ();
  }
}

static void
sort_rows (Re3SampleList *self)
{
  gsize n = re3_dataset_get_n_rows (self->dataset);
  g_autofree Re3Ranked *ranked = g_new (Re3Ranked, MAX (n, 1));
  g_autofree Re3Ranked *buffer = g_new (Re3Ranked, MAX (n, 1));
  double sign = self->descending ? 1.0 : -1.0;

  for (gsize row = 0; row < n; row++)
    ranked[row] = (Re3Ranked){ sign * get_key (self, row), (guint32) row };
  if (self->key != RE3_SAMPLE_ROW || self->descending)
    re3_sort_ranked (ranked, n, buffer);

  g_free (self->order);
  self->order = g_new (guint32, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    self->order[i] = ranked[i].index;
}

static void
filter_rows (Re3SampleList *self)
{
  gsize n = re3_dataset_get_n_rows (self->dataset);
  g_autoptr (Re3SamplePredicate) predicate =
      re3_sample_predicate_new ((const Re3SampleFilter *const *) self->filters->pdata,
                                self->filters->len, self->dataset, self->analysis);

  g_free (self->positions);
  self->rows = g_new (guint32, MAX (n, 1));
  self->positions = g_new (guint32, MAX (n, 1));
  self->n_rows = 0;
  for (gsize i = 0; i < n; i++) {
    gsize row = self->order[i];
    gboolean shown = re3_sample_predicate_matches (predicate, row);

    self->positions[row] = shown ? self->n_rows : G_MAXUINT32;
    if (shown)
      self->rows[self->n_rows++] = (guint32) row;
  }
}

/* Where the same rows of the same data stand in the same order, nothing has changed: a view would
 * make all its widgets anew. */
static void
rebuild (Re3SampleList *self, gboolean sort, gboolean has_other_data)
{
  g_autofree guint32 *rows_before = g_steal_pointer (&self->rows);
  guint n_before = self->n_rows;

  if (self->dataset != NULL) {
    if (sort)
      sort_rows (self);
    filter_rows (self);
  } else {
    g_clear_pointer (&self->order, g_free);
    g_clear_pointer (&self->positions, g_free);
    self->n_rows = 0;
  }

  if (has_other_data || self->n_rows != n_before ||
      (n_before > 0 && memcmp (self->rows, rows_before, n_before * sizeof *rows_before) != 0))
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_rows);
}

void
re3_sample_list_set_source (Re3SampleList *self, Re3Dataset *dataset, Re3Analysis *analysis)
{
  g_return_if_fail (RE3_IS_SAMPLE_LIST (self));
  g_return_if_fail (analysis == NULL || re3_analysis_get_dataset (analysis) == dataset);

  gboolean has_other_data = dataset != self->dataset;

  g_clear_pointer (&self->dataset, re3_dataset_unref);
  g_clear_pointer (&self->analysis, re3_analysis_unref);
  if (dataset != NULL)
    self->dataset = re3_dataset_ref (dataset);
  if (analysis != NULL)
    self->analysis = re3_analysis_ref (analysis);
  rebuild (self, TRUE, has_other_data);
}

void
re3_sample_list_set_order (Re3SampleList *self, Re3SampleKey key, gboolean descending)
{
  g_return_if_fail (RE3_IS_SAMPLE_LIST (self));

  if (self->key == key && self->descending == descending)
    return;

  self->key = key;
  self->descending = descending;
  rebuild (self, TRUE, FALSE);
}

void
re3_sample_list_set_filters (Re3SampleList *self,
                             const Re3SampleFilter *const *filters,
                             gsize n_filters)
{
  g_return_if_fail (RE3_IS_SAMPLE_LIST (self));
  g_return_if_fail (filters != NULL || n_filters == 0);

  g_ptr_array_set_size (self->filters, 0);
  for (gsize i = 0; i < n_filters; i++)
    g_ptr_array_add (self->filters, re3_sample_filter_copy (filters[i]));
  rebuild (self, FALSE, FALSE);
}

gsize
re3_sample_list_get_row (Re3SampleList *self, guint position)
{
  g_return_val_if_fail (RE3_IS_SAMPLE_LIST (self), 0);
  g_return_val_if_fail (position < self->n_rows, 0);

  return self->rows[position];
}

guint
re3_sample_list_find_row (Re3SampleList *self, gsize row)
{
  g_return_val_if_fail (RE3_IS_SAMPLE_LIST (self), G_MAXUINT);

  if (self->dataset == NULL || row >= re3_dataset_get_n_rows (self->dataset))
    return G_MAXUINT;
  return self->positions[row];
}

static GType
get_item_type (GListModel *model)
{
  return RE3_TYPE_SAMPLE;
}

static guint
get_n_items (GListModel *model)
{
  return RE3_SAMPLE_LIST (model)->n_rows;
}

static gpointer
get_item (GListModel *model, guint position)
{
  Re3SampleList *self = RE3_SAMPLE_LIST (model);
  Re3Sample *sample;

  if (position >= self->n_rows)
    return NULL;

  sample = g_object_new (RE3_TYPE_SAMPLE, NULL);
  sample->row = self->rows[position];
  return sample;
}

static void
re3_sample_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
re3_sample_list_finalize (GObject *object)
{
  Re3SampleList *self = RE3_SAMPLE_LIST (object);

  g_clear_pointer (&self->dataset, re3_dataset_unref);
  g_clear_pointer (&self->analysis, re3_analysis_unref);
  g_ptr_array_unref (self->filters);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->rows, g_free);
  g_clear_pointer (&self->positions, g_free);

  G_OBJECT_CLASS (re3_sample_list_parent_class)->finalize (object);
}

static void
re3_sample_list_class_init (Re3SampleListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_sample_list_finalize;
}

static void
re3_sample_list_init (Re3SampleList *self)
{
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_sample_filter_free);
}

Re3SampleList *
re3_sample_list_new (void)
{
  return g_object_new (RE3_TYPE_SAMPLE_LIST, NULL);
}
