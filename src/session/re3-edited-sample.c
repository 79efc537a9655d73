/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-edited-sample.h"

#include "re3-core-error.h"
#include "re3-explainer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _Re3EditedSample {
  Re3Model *model;
  double *values; /* as edited */
  Re3Explanation *explanation;
  Re3Explanation *original;

  gboolean is_costly; /* edits are explained in a thread: */
  Re3Explainer *explainer;
  Re3SampleExplainedFunc explained;
  gpointer user_data;
};

static void
set_explanation (Re3EditedSample *self, Re3Explanation *explanation)
{
  g_clear_pointer (&self->explanation, re3_explanation_unref);
  self->explanation = explanation;
}

static gsize
get_size (const Re3EditedSample *self)
{
  return re3_model_get_n_features (self->model) * sizeof *self->values;
}

/* The forward pass was finite; should anything else not be, the sample goes back to where it was,
 * unless it has gone on to values that are explained next. */
static void
explained_cb (Re3Explanation *explanation, gpointer user_data)
{
  Re3EditedSample *self = user_data;
  gboolean is_finite = re3_explanation_is_finite (explanation);

  if (is_finite) {
    set_explanation (self, explanation);
  } else {
    re3_explanation_unref (explanation);
    if (re3_edited_sample_is_behind (self))
      return;
    memcpy (self->values, self->explanation->values, get_size (self));
  }
  self->explained (is_finite, self->user_data);
}

Re3EditedSample *
re3_edited_sample_new (Re3SampleExplainedFunc explained, gpointer user_data)
{
  Re3EditedSample *self;

  g_return_val_if_fail (explained != NULL, NULL);

  self = g_new0 (Re3EditedSample, 1);
  self->explainer = re3_explainer_new (explained_cb, self);
  self->explained = explained;
  self->user_data = user_data;
  return self;
}

void
re3_edited_sample_free (Re3EditedSample *self)
{
  if (self == NULL)
    return;

  re3_edited_sample_set_model (self, NULL);
  re3_explainer_free (self->explainer);
  g_free (self);
}

void
re3_edited_sample_set_model (Re3EditedSample *self, Re3Model *model)
{
  g_return_if_fail (self != NULL);

  re3_edited_sample_clear (self);
  g_clear_pointer (&self->model, re3_model_unref);
  if (model == NULL)
    return;
  self->model = re3_model_ref (model);
  self->is_costly = re3_explainer_is_needed (re3_model_get_network (model));
}

void
re3_edited_sample_start (Re3EditedSample *self, const double *original, const double *edited)
{
  g_return_if_fail (self != NULL && self->model != NULL);
  g_return_if_fail (original != NULL);

  re3_edited_sample_clear (self);
  self->original = re3_explanation_new (self->model, original, NULL);
  self->values = g_memdup2 (edited != NULL ? edited : original, get_size (self));
  self->explanation = edited != NULL
                          ? re3_explanation_new (self->model, edited, self->original->region)
                          : re3_explanation_ref (self->original);
}

void
re3_edited_sample_clear (Re3EditedSample *self)
{
  g_return_if_fail (self != NULL);

  re3_explainer_abandon (self->explainer);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->explanation, re3_explanation_unref);
  g_clear_pointer (&self->original, re3_explanation_unref);
}

static void
set_overflow_error (const Re3EditedSample *self, const double *values, GError **error)
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

static gboolean
are_finite (const double *numbers, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (numbers[i]))
      return FALSE;
  return TRUE;
}

/* An inactive neuron may hide from the logits that its own number has overflowed. */
gboolean
re3_edited_sample_can_explain (const Re3Model *model, const double *values)
{
  g_return_val_if_fail (model != NULL && values != NULL, FALSE);

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

/* While a slider moves within a region the affine map of the last step serves the next one. */
gboolean
re3_edited_sample_set_values (Re3EditedSample *self, const double *values, GError **error)
{
  g_return_val_if_fail (self != NULL && self->original != NULL, FALSE);
  g_return_val_if_fail (values != NULL, FALSE);

  g_autoptr (Re3Explanation) explanation = NULL;
  gboolean is_finite;

  if (self->is_costly) {
    is_finite = re3_edited_sample_can_explain (self->model, values);
  } else {
    explanation = re3_explanation_new (self->model, values, self->explanation->region);
    is_finite = re3_explanation_is_finite (explanation);
  }
  if (!is_finite) {
    set_overflow_error (self, values, error);
    return FALSE;
  }

  memcpy (self->values, values, get_size (self));
  if (explanation != NULL)
    set_explanation (self, g_steal_pointer (&explanation));
  else
    re3_explainer_request (self->explainer, self->model, values, self->explanation->region);
  return TRUE;
}

const double *
re3_edited_sample_get_values (const Re3EditedSample *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->values;
}

gboolean
re3_edited_sample_is_edited (const Re3EditedSample *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->original != NULL && self->values[feature] != self->original->values[feature];
}

gboolean
re3_edited_sample_has_edits (const Re3EditedSample *self)
{
  gsize n_features;

  g_return_val_if_fail (self != NULL, FALSE);

  n_features = self->original != NULL ? re3_model_get_n_features (self->model) : 0;
  for (gsize i = 0; i < n_features; i++)
    if (re3_edited_sample_is_edited (self, i))
      return TRUE;
  return FALSE;
}

const Re3Explanation *
re3_edited_sample_get_explanation (const Re3EditedSample *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->explanation;
}

const Re3Explanation *
re3_edited_sample_get_original (const Re3EditedSample *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->original;
}

gboolean
re3_edited_sample_is_costly (const Re3EditedSample *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_costly;
}

gboolean
re3_edited_sample_is_behind (const Re3EditedSample *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return re3_explainer_is_busy (self->explainer);
}
