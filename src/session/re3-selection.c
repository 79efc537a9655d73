/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-selection.h"

struct _Re3Selection {
  GObject parent_instance;

  GPtrArray *filters; /* of Re3SampleFilter */
  gsize feature;
  gsize neuron;
};

enum { FILTERS_CHANGED, UNIT_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (Re3Selection, re3_selection, G_TYPE_OBJECT)

static void
emit (Re3Selection *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

/* --- Filters -------------------------------------------------------------------------------- */

/* The place of the filter of @kind, or -1. */
static int
find_filter (Re3Selection *self, Re3FilterKind kind)
{
  for (guint i = 0; i < self->filters->len; i++) {
    const Re3SampleFilter *filter = g_ptr_array_index (self->filters, i);

    if (filter->kind == kind)
      return (int) i;
  }
  return -1;
}

const Re3SampleFilter *const *
re3_selection_get_filters (Re3Selection *self, gsize *n_filters)
{
  g_return_val_if_fail (RE3_IS_SELECTION (self), NULL);
  g_return_val_if_fail (n_filters != NULL, NULL);

  *n_filters = self->filters->len;
  return (const Re3SampleFilter *const *) self->filters->pdata;
}

const Re3SampleFilter *
re3_selection_get_filter (Re3Selection *self, Re3FilterKind kind)
{
  g_return_val_if_fail (RE3_IS_SELECTION (self), NULL);

  int place = find_filter (self, kind);

  return place >= 0 ? g_ptr_array_index (self->filters, place) : NULL;
}

void
re3_selection_add_filter (Re3Selection *self, Re3SampleFilter *filter)
{
  g_return_if_fail (RE3_IS_SELECTION (self));
  g_return_if_fail (filter != NULL);

  int place = find_filter (self, filter->kind);

  if (place < 0) {
    g_ptr_array_add (self->filters, filter);
  } else if (re3_sample_filter_equal (g_ptr_array_index (self->filters, place), filter)) {
    re3_sample_filter_free (filter);
    return;
  } else {
    re3_sample_filter_free (g_ptr_array_index (self->filters, place));
    g_ptr_array_index (self->filters, place) = filter;
  }
  emit (self, FILTERS_CHANGED);
}

void
re3_selection_toggle_filter (Re3Selection *self, Re3SampleFilter *filter)
{
  g_return_if_fail (RE3_IS_SELECTION (self));
  g_return_if_fail (filter != NULL);

  const Re3SampleFilter *present = re3_selection_get_filter (self, filter->kind);

  if (present != NULL && re3_sample_filter_equal (present, filter)) {
    re3_selection_remove_filter (self, filter->kind);
    re3_sample_filter_free (filter);
  } else {
    re3_selection_add_filter (self, filter);
  }
}

void
re3_selection_remove_filter (Re3Selection *self, Re3FilterKind kind)
{
  g_return_if_fail (RE3_IS_SELECTION (self));

  int place = find_filter (self, kind);

  if (place < 0)
    return;

  g_ptr_array_remove_index (self->filters, (guint) place);
  emit (self, FILTERS_CHANGED);
}

/* --- Feature and neuron --------------------------------------------------------------------- */

void
re3_selection_select_feature (Re3Selection *self, gsize feature)
{
  g_return_if_fail (RE3_IS_SELECTION (self));

  if (self->feature == feature)
    return;

  self->feature = feature;
  emit (self, UNIT_CHANGED);
}

gsize
re3_selection_get_feature (Re3Selection *self)
{
  g_return_val_if_fail (RE3_IS_SELECTION (self), RE3_NO_FEATURE);

  return self->feature;
}

void
re3_selection_select_neuron (Re3Selection *self, gsize neuron)
{
  g_return_if_fail (RE3_IS_SELECTION (self));

  if (self->neuron == neuron)
    return;

  self->neuron = neuron;
  emit (self, UNIT_CHANGED);
}

gsize
re3_selection_get_neuron (Re3Selection *self)
{
  g_return_val_if_fail (RE3_IS_SELECTION (self), RE3_NO_NEURON);

  return self->neuron;
}

void
re3_selection_clear (Re3Selection *self)
{
  g_return_if_fail (RE3_IS_SELECTION (self));

  gboolean had_filters = self->filters->len > 0;
  gboolean had_unit = self->feature != RE3_NO_FEATURE || self->neuron != RE3_NO_NEURON;

  g_ptr_array_set_size (self->filters, 0);
  self->feature = RE3_NO_FEATURE;
  self->neuron = RE3_NO_NEURON;
  if (had_filters)
    emit (self, FILTERS_CHANGED);
  if (had_unit)
    emit (self, UNIT_CHANGED);
}

static void
re3_selection_finalize (GObject *object)
{
  Re3Selection *self = RE3_SELECTION (object);

  g_ptr_array_unref (self->filters);

  G_OBJECT_CLASS (re3_selection_parent_class)->finalize (object);
}

static void
re3_selection_class_init (Re3SelectionClass *klass)
{
  static const char *const names[] = {
    [FILTERS_CHANGED] = "filters-changed",
    [UNIT_CHANGED] = "unit-changed",
  };

  G_OBJECT_CLASS (klass)->finalize = re3_selection_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], RE3_TYPE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
re3_selection_init (Re3Selection *self)
{
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_sample_filter_free);
  self->feature = RE3_NO_FEATURE;
  self->neuron = RE3_NO_NEURON;
}

Re3Selection *
re3_selection_new (void)
{
  return g_object_new (RE3_TYPE_SELECTION, NULL);
}
