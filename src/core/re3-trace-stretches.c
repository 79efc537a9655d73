/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-trace-stretches.h"

/* A class overtakes another where two lines cross; what is nearer to the end of a piece than this,
 * as a share of the whole way, is rounding. */
#define LEAST_STRETCH 1e-15

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
add_stretch (GArray *stretches, double from, double to, gsize class_index)
{
  Re3TraceStretch stretch = { from, to, class_index };

  if (stretches->len > 0) {
    Re3TraceStretch *last = &g_array_index (stretches, Re3TraceStretch, stretches->len - 1);

    if (last->class_index == class_index) {
      last->to = to;
      return;
    }
  }
  g_array_append_val (stretches, stretch);
}

/* Walks along the upper envelope of the logits. The leader of a stretch is looked for in its
 * middle, as far from rounding as one can be. */
GArray *
re3_trace_find_stretches (const Re3Trace *self)
{
  GArray *stretches;

  g_return_val_if_fail (self != NULL, NULL);

  stretches = g_array_new (FALSE, FALSE, sizeof (Re3TraceStretch));
  for (gsize i = 0; i < self->n_pieces; i++) {
    const Re3TracePiece *piece = &self->pieces[i];
    double t = piece->from;

    while (t < piece->to) {
      gsize leader = find_largest (piece, self->n_outputs, t);
      double end = find_overtaking (piece, self->n_outputs, leader, t);

      add_stretch (stretches, t, end, find_largest (piece, self->n_outputs, t + (end - t) / 2));
      t = end;
    }
  }
  return stretches;
}

gsize
re3_trace_get_prediction (const Re3Trace *self, double t)
{
  g_return_val_if_fail (self != NULL, 0);

  return find_largest (&self->pieces[re3_trace_find (self, t)], self->n_outputs, t);
}
