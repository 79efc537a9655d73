/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-what-if.h"

#include "re3-core-error.h"
#include "re3-edit-history.h"
#include "re3-explainer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _Re3WhatIf {
  GObject parent_instance;

  Re3Model *model;
  Re3Dataset *dataset;
  gssize row;
  double *values;    /* of the row, as edited */
  GHashTable *edits; /* row to the values it was left with, for rows left with edits */
  Re3Explanation *explanation;
  Re3Explanation *original;
  gboolean *is_locked; /* n_features flags */
  Re3EditHistory *history;

  gboolean is_costly; /* edits are explained in a thread: */
  Re3Explainer *explainer;
};

enum { ROW_CHANGED, CHANGED, LOCKS_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (Re3WhatIf, re3_what_if, G_TYPE_OBJECT)

static void
emit (Re3WhatIf *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

/* Puts the selected row down, and its edits aside. */
static void
leave_row (Re3WhatIf *self)
{
  re3_explainer_abandon (self->explainer);
  re3_edit_history_close (self->history);
  if (re3_what_if_has_edits (self))
    g_hash_table_insert (self->edits, GSIZE_TO_POINTER (self->row),
                         g_steal_pointer (&self->values));
  else
    g_hash_table_remove (self->edits, GSIZE_TO_POINTER (self->row));

  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->explanation, re3_explanation_unref);
  g_clear_pointer (&self->original, re3_explanation_unref);
  self->row = RE3_NO_ROW;
}

static void
enter_row (Re3WhatIf *self, gsize row)
{
  gsize n_features = re3_dataset_get_n_features (self->dataset);
  const double *edited = g_hash_table_lookup (self->edits, GSIZE_TO_POINTER (row));

  self->row = (gssize) row;
  self->values = g_new (double, n_features);
  re3_dataset_get_row (self->dataset, row, self->values);
  self->original = re3_explanation_new (self->model, self->values, NULL);
  if (edited == NULL) {
    self->explanation = re3_explanation_ref (self->original);
  } else {
    memcpy (self->values, edited, n_features * sizeof *edited);
    self->explanation = re3_explanation_new (self->model, self->values, self->original->region);
  }
}

static void
set_explanation (Re3WhatIf *self, Re3Explanation *explanation)
{
  re3_explanation_unref (self->explanation);
  self->explanation = explanation;
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
  if (model != NULL) {
    self->model = re3_model_ref (model);
    self->is_locked = g_new0 (gboolean, re3_model_get_n_features (model));
    self->is_costly = re3_explainer_is_needed (re3_model_get_network (model));
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

static void
set_overflow_error (Re3WhatIf *self, const double *values, GError **error)
{
  gsize n_changed = 0;
  gsize changed = 0;

  for (gsize i = 0; i < re3_model_get_n_features (self->model); i++)
    if (values[i] != self->values[i]) {
      changed = i;
      n_changed++;
    }
  if (n_changed == 1)
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                 _ ("With this value of %s the network's numbers are too large for a computer; "
                    "choose one nearer to the data."),
                 re3_model_get_feature_name (self->model, changed));
  else
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                         _ ("With these values the network's numbers are too large for a "
                            "computer; choose some nearer to the data."));
}

/* The forward pass was finite; should anything else not be, the sample goes back to where it was.
 */
static void
explained_cb (Re3Explanation *explanation, gpointer user_data)
{
  Re3WhatIf *self = user_data;

  if (re3_explanation_is_finite (explanation)) {
    set_explanation (self, explanation);
  } else {
    re3_explanation_unref (explanation);
    memcpy (self->values, self->explanation->values,
            re3_model_get_n_features (self->model) * sizeof *self->values);
  }
  emit (self, CHANGED);
}

static gboolean
are_finite (const double *numbers, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (numbers[i]))
      return FALSE;
  return TRUE;
}

/* Whether all numbers of the forward pass are: what takes little time to know. An inactive neuron
 * may hide from the logits that its own number has overflowed. */
static gboolean
has_finite_forward (const Re3Model *model, const double *values)
{
  gsize n_features = re3_model_get_n_features (model);
  const Re3Network *network = re3_model_get_network (model);
  g_autofree double *input = g_new (double, n_features);
  g_autoptr (Re3Forward) forward = NULL;

  for (gsize i = 0; i < n_features; i++)
    input[i] = re3_model_scale (model, i, values[i]);
  forward = re3_network_forward (network, input, 1);
  return are_finite (forward->pre_activations, re3_network_get_n_neurons (network)) &&
         are_finite (forward->logits, re3_network_get_n_outputs (network));
}

/* Takes other values, if the network can, and explains them, or has it done. While a slider moves
 * within a region the affine map of the last step serves the next one. */
static gboolean
replace_values (Re3WhatIf *self, const double *values, GError **error)
{
  gsize n_features = re3_model_get_n_features (self->model);
  g_autoptr (Re3Explanation) explanation = NULL;
  gboolean is_finite;

  if (self->is_costly) {
    is_finite = has_finite_forward (self->model, values);
  } else {
    explanation = re3_explanation_new (self->model, values, self->explanation->region);
    is_finite = re3_explanation_is_finite (explanation);
  }
  if (!is_finite) {
    set_overflow_error (self, values, error);
    return FALSE;
  }

  memcpy (self->values, values, n_features * sizeof *values);
  if (explanation != NULL)
    set_explanation (self, g_steal_pointer (&explanation));
  else
    re3_explainer_request (self->explainer, self->model, values, self->explanation->region);
  return TRUE;
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

/* Sets all values and takes note of it. */
static gboolean
edit_values (Re3WhatIf *self, const double *values, GError **error)
{
  gsize n_features = re3_model_get_n_features (self->model);
  g_autofree Re3Edit *edits = g_new (Re3Edit, n_features);

  for (gsize i = 0; i < n_features; i++)
    edits[i] = (Re3Edit){ i, self->values[i], values[i] };
  if (!replace_values (self, values, error))
    return FALSE;
  re3_edit_history_record (self->history, (gsize) self->row, edits, n_features);
  emit (self, CHANGED);
  return TRUE;
}

gboolean
re3_what_if_set_value (Re3WhatIf *self, gsize feature, double value, GError **error)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self) && self->original != NULL, FALSE);
  g_return_val_if_fail (feature < re3_model_get_n_features (self->model), FALSE);
  g_return_val_if_fail (isfinite (value), FALSE);

  g_autofree double *values = NULL;

  if (self->values[feature] == value)
    return TRUE;

  values = g_memdup2 (self->values, re3_model_get_n_features (self->model) * sizeof *values);
  values[feature] = value;
  return re3_what_if_set_values (self, values, error);
}

gboolean
re3_what_if_set_values (Re3WhatIf *self, const double *values, GError **error)
{
  gsize n_features;

  g_return_val_if_fail (RE3_IS_WHAT_IF (self) && self->original != NULL, FALSE);
  g_return_val_if_fail (values != NULL, FALSE);

  n_features = re3_model_get_n_features (self->model);
  for (gsize i = 0; i < n_features; i++) {
    g_return_val_if_fail (isfinite (values[i]), FALSE);
    if (values[i] != self->values[i] && !check_unlocked (self, i, error))
      return FALSE;
  }
  if (memcmp (values, self->values, n_features * sizeof *values) == 0)
    return TRUE;
  return edit_values (self, values, error);
}

void
re3_what_if_reset_value (Re3WhatIf *self, gsize feature)
{
  g_return_if_fail (RE3_IS_WHAT_IF (self) && self->original != NULL);
  g_return_if_fail (feature < re3_model_get_n_features (self->model));

  re3_edit_history_close (self->history);
  re3_what_if_set_value (self, feature, self->original->values[feature], NULL);
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
  values = g_memdup2 (self->original->values, n_features * sizeof *values);
  for (gsize i = 0; i < n_features; i++)
    if (self->is_locked[i])
      values[i] = self->values[i];
  re3_edit_history_close (self->history);
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
  values = g_memdup2 (self->values, re3_model_get_n_features (self->model) * sizeof *values);
  for (gsize i = 0; i < step->n_edits; i++)
    values[step->edits[i].feature] = backwards ? step->edits[i].before : step->edits[i].after;
  replace_values (self, values, NULL);
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
                             ? self->values
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

  if (!has_finite_forward (self->model, values))
    return FALSE;
  g_hash_table_insert (self->edits, GSIZE_TO_POINTER (row),
                       g_memdup2 (values,
                                  re3_dataset_get_n_features (self->dataset) * sizeof *values));
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
  g_return_val_if_fail (RE3_IS_WHAT_IF (self) && self->values != NULL, NAN);
  g_return_val_if_fail (feature < re3_model_get_n_features (self->model), NAN);

  return self->values[feature];
}

gboolean
re3_what_if_is_costly (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return self->is_costly;
}

gboolean
re3_what_if_is_behind (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return re3_explainer_is_busy (self->explainer);
}

gboolean
re3_what_if_is_edited (Re3WhatIf *self, gsize feature)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return self->original != NULL && self->values[feature] != self->original->values[feature];
}

gboolean
re3_what_if_has_edits (Re3WhatIf *self)
{
  gsize n_features;

  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  n_features = self->original != NULL ? re3_model_get_n_features (self->model) : 0;
  for (gsize i = 0; i < n_features; i++)
    if (re3_what_if_is_edited (self, i))
      return TRUE;
  return FALSE;
}

gboolean
re3_what_if_has_left_region (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), FALSE);

  return self->original != NULL &&
         !re3_pattern_equal (self->explanation->region->pattern, self->original->region->pattern);
}

const Re3Explanation *
re3_what_if_get_explanation (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), NULL);

  return self->explanation;
}

const Re3Explanation *
re3_what_if_get_original (Re3WhatIf *self)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (self), NULL);

  return self->original;
}

static void
re3_what_if_finalize (GObject *object)
{
  Re3WhatIf *self = RE3_WHAT_IF (object);

  re3_what_if_set_source (self, NULL, NULL);
  g_hash_table_unref (self->edits);
  re3_edit_history_free (self->history);
  re3_explainer_free (self->explainer);

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
  self->explainer = re3_explainer_new (explained_cb, self);
}

Re3WhatIf *
re3_what_if_new (void)
{
  return g_object_new (RE3_TYPE_WHAT_IF, NULL);
}
