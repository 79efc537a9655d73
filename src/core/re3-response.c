/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-response.h"

#include "re3-trace-stretches.h"

#include <math.h>

double
re3_response_get_value (const Re3Response *self, double t)
{
  g_return_val_if_fail (self != NULL, 0);

  if (t >= 1)
    return self->to;
  return self->from + t * (self->to - self->from);
}

double
re3_response_get_share (const Re3Response *self, double value)
{
  g_return_val_if_fail (self != NULL, 0);

  return CLAMP ((value - self->from) / (self->to - self->from), 0.0, 1.0);
}

static void
find_stretches (Re3Response *self, gboolean is_regression)
{
  g_autoptr (GArray) traced = NULL;

  if (is_regression) {
    self->n_stretches = 1;
    self->stretches = g_new (Re3ResponseStretch, 1);
    self->stretches[0] = (Re3ResponseStretch){ self->from, self->to, 0 };
    return;
  }

  traced = re3_trace_find_stretches (self->trace);
  self->n_stretches = traced->len;
  self->stretches = g_new (Re3ResponseStretch, self->n_stretches);
  for (guint i = 0; i < traced->len; i++) {
    const Re3TraceStretch *stretch = &g_array_index (traced, Re3TraceStretch, i);

    self->stretches[i] =
        (Re3ResponseStretch){ re3_response_get_value (self, stretch->from),
                              re3_response_get_value (self, stretch->to), stretch->class_index };
  }
}

static void
find_pieces (Re3Response *self)
{
  double length = self->to - self->from;

  self->n_pieces = self->trace->n_pieces;
  self->pieces = g_new (Re3ResponsePiece, self->n_pieces);
  self->logits = g_new (double, 2 * self->n_pieces * self->n_classes);
  for (gsize i = 0; i < self->n_pieces; i++) {
    const Re3TracePiece *traced = &self->trace->pieces[i];
    Re3ResponsePiece *piece = &self->pieces[i];

    piece->from = re3_response_get_value (self, traced->from);
    piece->to = re3_response_get_value (self, traced->to);
    piece->pattern = traced->pattern;
    piece->slope = self->logits + 2 * i * self->n_classes;
    piece->intercept = piece->slope + self->n_classes;
    for (gsize c = 0; c < self->n_classes; c++) {
      piece->slope[c] = traced->slope[c] / length;
      piece->intercept[c] = traced->intercept[c] - piece->slope[c] * self->from;
    }
  }
}

Re3Response *
re3_response_new (const Re3Explanation *explanation, gsize feature, double from, double to)
{
  const Re3Model *model;
  Re3Response *self;

  g_return_val_if_fail (explanation != NULL, NULL);
  model = explanation->model;
  g_return_val_if_fail (feature < re3_model_get_n_features (model), NULL);
  g_return_val_if_fail (from < to && isfinite (from) && isfinite (to), NULL);

  self = g_new0 (Re3Response, 1);
  self->feature = feature;
  self->from = from;
  self->to = to;
  self->n_classes = re3_model_get_n_classes (model);
  self->trace = re3_trace_new_along_feature (re3_model_get_network (model), explanation->input,
                                             explanation->forward, feature,
                                             re3_model_scale (model, feature, from),
                                             re3_model_scale (model, feature, to));
  find_pieces (self);
  find_stretches (self, re3_model_is_regression (model));
  return self;
}

void
re3_response_free (Re3Response *self)
{
  if (self == NULL)
    return;

  g_free (self->logits);
  g_free (self->pieces);
  g_free (self->stretches);
  re3_trace_free (self->trace);
  g_free (self);
}

gsize
re3_response_find (const Re3Response *self, double value)
{
  g_return_val_if_fail (self != NULL, 0);

  return re3_trace_find (self->trace, re3_response_get_share (self, value));
}

void
re3_response_get_logits (const Re3Response *self, double value, double *logits)
{
  const Re3TracePiece *piece;
  double t;

  g_return_if_fail (self != NULL && logits != NULL);

  t = re3_response_get_share (self, value);
  piece = &self->trace->pieces[re3_trace_find (self->trace, t)];
  for (gsize c = 0; c < self->n_classes; c++)
    logits[c] = piece->intercept[c] + piece->slope[c] * t;
}

gsize
re3_response_get_prediction (const Re3Response *self, double value)
{
  g_return_val_if_fail (self != NULL, 0);

  return re3_trace_get_prediction (self->trace, re3_response_get_share (self, value));
}
