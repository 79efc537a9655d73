/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-what-if.h"

#include "re3-core-error.h"
#include "re3-edit-history.h"
#include "re3-edited-sample.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _Re3WhatIf {
  GObject parent_instance;

  Re3Model *model;
  Re3Dataset *dataset;
  gssize row;
  Re3EditedSample *sample; /* what is in the row */
  GHashTable *edits;       /* row to the values it was left with, for rows left with edits */
  gboolean *is_locked;     /* n_features flags */
  Re3EditHistory *history;
};

enum { ROW_CHANGED, CHANGED, LOCKS_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (Re3WhatIf, re3_what_if, G_TYPE_OBJECT)

static void
emit (Re3WhatIf *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

/* What the sample has gone back from is no step. */
static void
explained_cb (gboolean is_taken, gpointer user_data)
{
  Re3WhatIf *self = user_data;

  if (!is_taken)
    re3_edit_history_trim (self->history, (gsize) self->row,
                           re3_edited_sample_get_values (self->sample));
  emit (self, CHANGED);
}

static double *
copy_values (Re3WhatIf *self, const double *values)
{
  return g_memdup2 (values, re3_model_get_n_features (self->model) * sizeof *values);
}

/* Puts the selected row down, and its edits aside. */
static void
leave_row (Re3WhatIf *self)
{
  gpointer row = GSIZE_TO_POINTER (self->row);

  re3_edit_history_close (self->history);
  if (re3_what_if_has_edits (self))
    g_hash_table_insert (self->edits, row,
                         copy_values (self, re3_edited_sample_get_values (self->sample)));
  else
    g_hash_table_remove (self->edits, row);
  re3_edited_sample_clear (self->sample);
  self->row = RE3_NO_ROW;
}

static void
enter_row (Re3WhatIf *self, gsize row)
{
  g_autofree double *values = g_new (double, re3_dataset_get_n_features (self->dataset));

  self->row = (gssize) row;
  re3_dataset_get_row (self->dataset, row, values);
  re3_edited_sample_start (self->sample, values,
                           g_hash_table_lookup (self->edits, GSIZE_TO_POINTER (row)));
}

void
re3_what_if_set_source (Re3WhatIf *self, Re3Model *model, Re3Dataset *dataset)
{
  g_return_if_fail (RE3_IS_WHAT_IF (self));

  leave_row (self);
  g_hash_table_remove_all (self->edits);
  re3_edit_history_clear (self->history);
  g_clear_pointer (&self->is_locked, g_free);
  g_clear_pointer (&self->model, re3_model_unref);
  g_clear_pointer (&self->dataset, re3_dataset_unref);
  re3_edited_sample_set_model (self->sample, model);
  if (model != NULL) {
    self->model = re3_model_ref (model);
    self->is_locked = g_new0 (gboolean, re3_model_get_n_features (model));
  }
  if (dataset != NULL)
    self->dataset = re3_dataset_ref (dataset);
}

Re3Dataset *
re3_what_if_get_dataset (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), NULL);

  return self->dataset;
}

/* Returns: whether another row is selected than before; nobody is told yet. */
static gboolean
change_row (Re3WhatIf *self, gssize row)
{
  if (self->row == row)
    return FALSE;

  leave_row (self);
  if (row != RE3_NO_ROW)
    enter_row (self, (gsize) row);
  return TRUE;
}

void
re3_what_if_select_row (Re3WhatIf *self, gssize row)
{
  g_return_if_fail (RE3_IS_WHAT_IF (self));
  g_return_if_fail (row == RE3_NO_ROW || (self->dataset != NULL &&
                                          (gsize) row < re3_dataset_get_n_rows (self->dataset)));

  if (!change_row (self, row))
    return;
  emit (self, ROW_CHANGED);
  emit (self, CHANGED);
}

gssize
re3_what_if_get_row (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), RE3_NO_ROW);

  return self->row;
}

static gboolean
check_unlocked (Re3WhatIf *self, gsize feature, GError **error)
{
  if (!self->is_locked[feature])
    return TRUE;
  g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
               _ ("%s is locked; unlock it to change its value."),
               re3_model_get_feature_name (self->model, feature));
  return FALSE;
}

/* Sets all values and takes note of it, in the step that is open if it fits there. */
static gboolean
edit_values (Re3WhatIf *self, const double *values, GError **error)
{
  gsize n_features = re3_model_get_n_features (self->model);
  const double *before = re3_edited_sample_get_values (self->sample);
  g_autofree Re3Edit *edits = g_new (Re3Edit, n_features);

  for (gsize i = 0; i < n_features; i++) {
    g_return_val_if_fail (isfinite (values[i]), FALSE);
    if (values[i] != before[i] && !check_unlocked (self, i, error))
      return FALSE;
    edits[i] = (Re3Edit){ i, before[i], values[i] };
  }
  if (memcmp (values, before, n_features * sizeof *values) == 0)
    return TRUE;
  if (!re3_edited_sample_set_values (self->sample, values, error))
    return FALSE;
  re3_edit_history_record (self->history, (gsize) self->row, edits, n_features);
  emit (self, CHANGED);
  return TRUE;
}

gboolean
re3_what_if_set_value (Re3WhatIf *self, gsize feature, double value, GError **error)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self) && self->row != RE3_NO_ROW, FALSE);
  g_return_val_if_fail (feature < re3_model_get_n_features (self->model), FALSE);
  g_return_val_if_fail (isfinite (value), FALSE);

  g_autofree double *values = NULL;

  if (re3_what_if_get_value (self, feature) == value)
    return TRUE;

  values = copy_values (self, re3_edited_sample_get_values (self->sample));
  values[feature] = value;
  return edit_values (self, values, error);
}

gboolean
re3_what_if_set_values (Re3WhatIf *self, const double *values, GError **error)
{
  gboolean is_done;

  g_return_val_if_fail (RE3_IS_WHAT_IF (self) && self->row != RE3_NO_ROW, FALSE);
  g_return_val_if_fail (values != NULL, FALSE);

  re3_edit_history_close (self->history);
  is_done = edit_values (self, values, error);
  re3_edit_history_close (self->history);
  return is_done;
}

void
re3_what_if_reset_value (Re3WhatIf *self, gsize feature)
{
  g_return_if_fail (RE3_IS_WHAT_IF (self) && self->row != RE3_NO_ROW);
  g_return_if_fail (feature < re3_model_get_n_features (self->model));

  re3_edit_history_close (self->history);
  re3_what_if_set_value (self, feature, re3_what_if_get_original (self)->values[feature], NULL);
  re3_edit_history_close (self->history);
}

void
re3_what_if_reset_all_values (Re3WhatIf *self)
{
  g_autofree double *values = NULL;
  gsize n_features;

  g_return_if_fail (RE3_IS_WHAT_IF (self));

  if (!re3_what_if_has_edits (self))
    return;

  n_features = re3_model_get_n_features (self->model);
  values = copy_values (self, re3_what_if_get_original (self)->values);
  for (gsize i = 0; i < n_features; i++)
    if (self->is_locked[i])
      values[i] = re3_what_if_get_value (self, i);
  re3_what_if_set_values (self, values, NULL);
}

void
re3_what_if_end_step (Re3WhatIf *self)
{
  g_return_if_fail (RE3_IS_WHAT_IF (self));

  re3_edit_history_close (self->history);
}

gboolean
re3_what_if_can_undo (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return re3_edit_history_can_undo (self->history);
}

gboolean
re3_what_if_can_redo (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return re3_edit_history_can_redo (self->history);
}

/* The network could take these values before, so it can again. */
static gboolean
apply_step (Re3WhatIf *self, const Re3EditStep *step, gboolean backwards)
{
  g_autofree double *values = NULL;
  gboolean is_other_row;

  if (step == NULL)
    return FALSE;

  is_other_row = change_row (self, (gssize) step->row);
  values = copy_values (self, re3_edited_sample_get_values (self->sample));
  for (gsize i = 0; i < step->n_edits; i++)
    values[step->edits[i].feature] = backwards ? step->edits[i].before : step->edits[i].after;
  re3_edited_sample_set_values (self->sample, values, NULL);
  if (is_other_row)
    emit (self, ROW_CHANGED);
  emit (self, CHANGED);
  return TRUE;
}

gboolean
re3_what_if_undo (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return apply_step (self, re3_edit_history_undo (self->history), TRUE);
}

gboolean
re3_what_if_redo (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return apply_step (self, re3_edit_history_redo (self->history), FALSE);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  gsize row = *(const gsize *) a;
  gsize other = *(const gsize *) b;

  return (row > other) - (row < other);
}

GArray *
re3_what_if_list_edited_rows (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), NULL);

  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->edits);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    gsize row = GPOINTER_TO_SIZE (key);

    if ((gssize) row != self->row)
      g_array_append_val (rows, row);
  }
  if (re3_what_if_has_edits (self))
    g_array_append_val (rows, self->row);
  g_array_sort (rows, compare_rows);
  return rows;
}

void
re3_what_if_copy_row (Re3WhatIf *self, gsize row, double *values)
{
  g_return_if_fail (RE3_IS_WHAT_IF (self) && self->dataset != NULL);
  g_return_if_fail (row < re3_dataset_get_n_rows (self->dataset) && values != NULL);

  const double *edited = (gssize) row == self->row
                             ? re3_edited_sample_get_values (self->sample)
                             : g_hash_table_lookup (self->edits, GSIZE_TO_POINTER (row));

  if (edited != NULL)
    memcpy (values, edited, re3_dataset_get_n_features (self->dataset) * sizeof *values);
  else
    re3_dataset_get_row (self->dataset, row, values);
}

gboolean
re3_what_if_restore_row (Re3WhatIf *self, gsize row, const double *values)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self) && self->dataset != NULL, FALSE);
  g_return_val_if_fail (row < re3_dataset_get_n_rows (self->dataset), FALSE);
  g_return_val_if_fail ((gssize) row != self->row && values != NULL, FALSE);

  if (!re3_edited_sample_can_explain (self->model, values))
    return FALSE;
  g_hash_table_insert (self->edits, GSIZE_TO_POINTER (row), copy_values (self, values));
  return TRUE;
}

void
re3_what_if_set_locked (Re3WhatIf *self, gsize feature, gboolean locked)
{
  g_return_if_fail (RE3_IS_WHAT_IF (self) && self->model != NULL);
  g_return_if_fail (feature < re3_model_get_n_features (self->model));

  if (self->is_locked[feature] == locked)
    return;
  self->is_locked[feature] = locked;
  emit (self, LOCKS_CHANGED);
}

gboolean
re3_what_if_is_locked (Re3WhatIf *self, gsize feature)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self) && self->model != NULL, FALSE);
  g_return_val_if_fail (feature < re3_model_get_n_features (self->model), FALSE);

  return self->is_locked[feature];
}

double
re3_what_if_get_value (Re3WhatIf *self, gsize feature)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self) && self->row != RE3_NO_ROW, NAN);
  g_return_val_if_fail (feature < re3_model_get_n_features (self->model), NAN);

  return re3_edited_sample_get_values (self->sample)[feature];
}

gboolean
re3_what_if_is_costly (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return re3_edited_sample_is_costly (self->sample);
}

gboolean
re3_what_if_is_behind (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return re3_edited_sample_is_behind (self->sample);
}

gboolean
re3_what_if_is_edited (Re3WhatIf *self, gsize feature)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return re3_edited_sample_is_edited (self->sample, feature);
}

gboolean
re3_what_if_is_filled (Re3WhatIf *self, gsize feature)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return self->row != RE3_NO_ROW &&
         re3_dataset_is_filled (self->dataset, (gsize) self->row, feature) &&
         !re3_what_if_is_edited (self, feature);
}

gboolean
re3_what_if_has_edits (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return re3_edited_sample_has_edits (self->sample);
}

gboolean
re3_what_if_has_left_region (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  const Re3Explanation *original = re3_edited_sample_get_original (self->sample);

  return original != NULL &&
         !re3_pattern_equal (re3_what_if_get_explanation (self)->region->pattern,
                             original->region->pattern);
}

const Re3Explanation *
re3_what_if_get_explanation (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), NULL);

  return re3_edited_sample_get_explanation (self->sample);
}

const Re3Explanation *
re3_what_if_get_original (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), NULL);

  return re3_edited_sample_get_original (self->sample);
}

static void
re3_what_if_finalize (GObject *object)
{
  Re3WhatIf *self = RE3_WHAT_IF (object);

  re3_what_if_set_source (self, NULL, NULL);
  g_hash_table_unref (self->edits);
  re3_edit_history_free (self->history);
  re3_edited_sample_free (self->sample);

  G_OBJECT_CLASS (re3_what_if_parent_class)->finalize (object);
}

static void
re3_what_if_class_init (Re3WhatIfClass *klass)
{
  static const char *const names[] = {
    [ROW_CHANGED] = "row-changed",
    [CHANGED] = "changed",
    [LOCKS_CHANGED] = "locks-changed",
  };

  G_OBJECT_CLASS (klass)->finalize = re3_what_if_finalize;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], RE3_TYPE_WHAT_IF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
re3_what_if_init (Re3WhatIf *self)
{
  self->row = RE3_NO_ROW;
  self->edits = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->history = re3_edit_history_new ();
  self->sample = re3_edited_sample_new (explained_cb, self);
}

Re3WhatIf *
re3_what_if_new (void)
{
  return g_object_new (RE3_TYPE_WHAT_IF, NULL);
}
