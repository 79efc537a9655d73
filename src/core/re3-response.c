/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-response.h"

#include <math.h>

/* A class overtakes another where two lines cross; what is nearer to the end of a piece than this,
 * as a share of the whole way, is rounding. */
#define LEAST_STRETCH 1e-15

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

static double
get_logit (const Re3TracePiece *piece, gsize class_index, double t)
{
  return piece->intercept[class_index] + piece->slope[class_index] * t;
}

/* The class of the largest logit; the first one of equals, as predictions are made everywhere. */
static gsize
find_largest (const Re3TracePiece *piece, gsize n_classes, double t)
{
  gsize best = 0;

  for (gsize c = 1; c < n_classes; c++)
    if (get_logit (piece, c, t) > get_logit (piece, best, t))
      best = c;
  return best;
}

/* Where on @piece behind @t another class overtakes @leader first; the end of the piece if none
 * does. */
static double
find_overtaking (const Re3TracePiece *piece, gsize n_classes, gsize leader, double t)
{
  double first = piece->to;

  for (gsize c = 0; c < n_classes; c++) {
    double approach = piece->slope[c] - piece->slope[leader];
    double crossing;

    if (!(approach > 0))
      continue;
    crossing = (piece->intercept[leader] - piece->intercept[c]) / approach;
    if (crossing > t + LEAST_STRETCH && crossing < first)
      first = crossing;
  }
  return first;
}

static void
add_stretch (GArray *stretches, const Re3Response *self, double from, double to, gsize class_index)
{
  Re3ResponseStretch stretch = { re3_response_get_value (self, from),
                                 re3_response_get_value (self, to), class_index };

  if (stretches->len > 0) {
    Re3ResponseStretch *last = &g_array_index (stretches, Re3ResponseStretch, stretches->len - 1);

    if (last->class_index == class_index) {
      last->to = stretch.to;
      return;
    }
  }
  g_array_append_val (stretches, stretch);
}

/* Walks along the upper envelope of the logits. The leader of a stretch is looked for in its
 * middle, as far from rounding as one can be. */
static void
find_stretches (Re3Response *self)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (Re3ResponseStretch));

  for (gsize i = 0; i < self->n_pieces; i++) {
    const Re3TracePiece *piece = &self->trace->pieces[i];
    double t = piece->from;

    while (t < piece->to) {
      gsize leader = find_largest (piece, self->n_classes, t);
      double end = find_overtaking (piece, self->n_classes, leader, t);

      add_stretch (stretches, self, t, end,
                   find_largest (piece, self->n_classes, t + (end - t) / 2));
      t = end;
    }
  }
  self->n_stretches = stretches->len;
  self->stretches = (Re3ResponseStretch *) g_array_free (stretches, FALSE);
}

static void
find_pieces (Re3Response *self)
{
  double length = self->to - self->from;

  self->n_pieces = self->trace->n_pieces;
  self->pieces = g_new (Re3ResponsePiece, self->n_pieces);
  for (gsize i = 0; i < self->n_pieces; i++) {
    const Re3TracePiece *traced = &self->trace->pieces[i];
    Re3ResponsePiece *piece = &self->pieces[i];

    piece->from = re3_response_get_value (self, traced->from);
    piece->to = re3_response_get_value (self, traced->to);
    piece->pattern = traced->pattern;
    piece->slope = g_new (double, self->n_classes);
    piece->intercept = g_new (double, self->n_classes);
    for (gsize c = 0; c < self->n_classes; c++) {
      piece->slope[c] = traced->slope[c] / length;
      piece->intercept[c] = traced->intercept[c] - piece->slope[c] * self->from;
    }
  }
}

Re3Response *
re3_response_new (const Re3Model *model,
                  const double *values,
                  gsize feature,
                  double from,
                  double to)
{
  gsize n_features;
  g_autofree double *start = NULL;
  g_autofree double *end = NULL;
  Re3Response *self;

  g_return_val_if_fail (model != NULL && values != NULL, NULL);
  g_return_val_if_fail (feature < re3_model_get_n_features (model), NULL);
  g_return_val_if_fail (from < to && isfinite (from) && isfinite (to), NULL);

  n_features = re3_model_get_n_features (model);
  start = g_new (double, n_features);
  for (gsize i = 0; i < n_features; i++)
    start[i] = re3_model_scale (model, i, values[i]);
  end = g_memdup2 (start, n_features * sizeof *start);
  start[feature] = re3_model_scale (model, feature, from);
  end[feature] = re3_model_scale (model, feature, to);

  self = g_new0 (Re3Response, 1);
  self->feature = feature;
  self->from = from;
  self->to = to;
  self->n_classes = re3_model_get_n_classes (model);
  self->trace = re3_trace_new (re3_model_get_network (model), start, end);
  find_pieces (self);
  find_stretches (self);
  return self;
}

void
re3_response_free (Re3Response *self)
{
  if (self == NULL)
    return;

  for (gsize i = 0; i < self->n_pieces; i++) {
    g_free (self->pieces[i].slope);
    g_free (self->pieces[i].intercept);
  }
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
    logits[c] = get_logit (piece, c, t);
}

gsize
re3_response_get_prediction (const Re3Response *self, double value)
{
  double t;

  g_return_val_if_fail (self != NULL, 0);

  t = re3_response_get_share (self, value);
  return find_largest (&self->trace->pieces[re3_trace_find (self->trace, t)], self->n_classes, t);
}
