/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-trace.h"

#include "re3-affine.h"
#include "re3-statistics.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

/* Breakpoints nearer to each other than this are one: their order is rounding error. */
#define MERGE_DISTANCE (4 * DBL_EPSILON)

/* A vector that is linear in t: intercept + slope t. */
typedef struct {
  double *intercept;
  double *slope;
} Line;

/* One hidden layer on an interval of t where all layers before it are linear. Its own breakpoints
 * split the interval into parts, which are worked off in order. */
typedef struct {
  const Re3Operation *activation;
  const Re3Gate *gates; /* those of its neurons */
  gsize first_gate;
  gsize n_gates;
  Line z;
  Line h;
  double from;  /* start of the next part */
  double *ends; /* ends of the parts, in order */
  gsize n_ends;
  gsize n_done;
} Level;

typedef struct {
  const Re3Network *network;
  Level *levels;
  gsize n_levels;
  Line input;
  Re3Pattern *pattern; /* of the parts that all levels are at */
  GArray *pieces;
} Tracer;

static void
line_init (Line *self, gsize n)
{
  self->intercept = g_new (double, n);
  self->slope = g_new (double, n);
}

static void
line_clear (Line *self)
{
  g_clear_pointer (&self->intercept, g_free);
  g_clear_pointer (&self->slope, g_free);
}

static void
line_apply (const Line *self, const Re3Affine *affine, const Line *result)
{
  re3_affine_apply (affine, self->intercept, 1, result->intercept);
  re3_affine_apply_linear (affine, self->slope, result->slope);
}

static void
level_init (Level *self, const Re3Network *network, gsize layer)
{
  gsize end;

  self->activation = re3_network_get_activation (network, layer);
  end = self->activation->first_neuron + self->activation->n_outputs;
  self->first_gate = re3_network_get_first_gate (network, self->activation->first_neuron);
  self->n_gates = re3_network_get_first_gate (network, end) - self->first_gate;
  self->gates = re3_network_get_gates (network) + self->first_gate;
}

static void
tracer_init (Tracer *self, const Re3Network *network, const double *start, const double *end)
{
  gsize n_inputs = re3_network_get_n_inputs (network);

  self->network = network;
  self->n_levels = re3_network_get_n_hidden_layers (network);
  self->levels = g_new (Level, self->n_levels);
  for (gsize layer = 0; layer < self->n_levels; layer++) {
    Level *level = &self->levels[layer];

    level_init (level, network, layer);
    line_init (&level->z, level->activation->n_outputs);
    line_init (&level->h, level->activation->n_outputs);
    level->ends = g_new (double, level->n_gates + 1);
  }

  line_init (&self->input, n_inputs);
  for (gsize i = 0; i < n_inputs; i++) {
    self->input.intercept[i] = start[i];
    self->input.slope[i] = end[i] - start[i];
  }

  self->pattern = re3_pattern_new (re3_network_get_n_gates (network));
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Re3TracePiece));
}

static void
tracer_clear (Tracer *self)
{
  for (gsize layer = 0; layer < self->n_levels; layer++) {
    line_clear (&self->levels[layer].z);
    line_clear (&self->levels[layer].h);
    g_free (self->levels[layer].ends);
  }
  g_free (self->levels);
  line_clear (&self->input);
  re3_pattern_free (self->pattern);
}

/* What goes into hidden @layer; with @layer = n_levels, into the logits. */
static const Line *
tracer_line_before (const Tracer *self, gsize layer)
{
  return layer == 0 ? &self->input : &self->levels[layer - 1].h;
}

/* Splits [from, to] where a pre-activation of the layer is on a threshold. */
static void
level_find_ends (Level *self, double from, double to)
{
  gsize n_crossings = 0;

  for (gsize gate = 0; gate < self->n_gates; gate++) {
    gsize i = self->gates[gate].neuron - self->activation->first_neuron;
    double crossing = (self->gates[gate].threshold - self->z.intercept[i]) / self->z.slope[i];

    /* False for the infinity or NaN of a neuron that is constant along the line. */
    if (crossing > from && crossing < to)
      self->ends[n_crossings++] = crossing;
  }
  qsort (self->ends, n_crossings, sizeof (double), re3_compare_doubles);

  self->from = from;
  self->n_done = 0;
  self->n_ends = 0;
  for (gsize i = 0; i < n_crossings; i++) {
    double previous = self->n_ends == 0 ? from : self->ends[self->n_ends - 1];

    if (self->ends[i] - previous > MERGE_DISTANCE && to - self->ends[i] > MERGE_DISTANCE)
      self->ends[self->n_ends++] = self->ends[i];
  }
  self->ends[self->n_ends++] = to;
}

static void
tracer_enter (Tracer *self, gsize layer, double from, double to)
{
  Level *level = &self->levels[layer];

  line_apply (tracer_line_before (self, layer), re3_network_get_affine (self->network, layer),
              &level->z);
  level_find_ends (level, from, to);
}

/* Decides the layer's bits on [from, to] in the middle, as far from rounding as one can be. */
static void
tracer_activate (Tracer *self, Level *level, double from, double to)
{
  double middle = from + (to - from) / 2;

  gsize gate = level->first_gate;

  for (gsize i = 0; i < level->activation->n_outputs; i++) {
    const Re3Activation *activation = &level->activation->activations[i];
    double z = level->z.intercept[i] + level->z.slope[i] * middle;
    const Re3Piece *piece = &activation->pieces[re3_activation_get_state (activation, z)];

    for (gsize j = 0; j < activation->n_thresholds; j++)
      re3_pattern_set (self->pattern, gate++, z > activation->thresholds[j]);
    level->h.intercept[i] = piece->slope * level->z.intercept[i] + piece->intercept;
    level->h.slope[i] = piece->slope * level->z.slope[i];
  }
}

/* Adds [from, to] with the pattern that the levels are at, or lengthens the piece before it, where
 * rounding has found a crossing between two middles on the same side. */
static void
tracer_emit (Tracer *self, double from, double to)
{
  gsize n_outputs = re3_network_get_n_outputs (self->network);
  Re3TracePiece piece = { .from = from, .to = to };
  Line logits;

  if (self->pieces->len > 0) {
    Re3TracePiece *last = &g_array_index (self->pieces, Re3TracePiece, self->pieces->len - 1);

    if (re3_pattern_equal (last->pattern, self->pattern)) {
      last->to = to;
      return;
    }
  }

  line_init (&logits, n_outputs);
  line_apply (tracer_line_before (self, self->n_levels),
              re3_network_get_affine (self->network, self->n_levels), &logits);
  piece.pattern = re3_pattern_copy (self->pattern);
  piece.intercept = logits.intercept;
  piece.slope = logits.slope;
  g_array_append_val (self->pieces, piece);
}

/* Goes down the layers part by part: a walk over the tree of parts, leaves from left to right. It
 * keeps one path of the tree, and no recursion, as networks may be deep. */
static void
tracer_walk (Tracer *self)
{
  gsize depth = 0;

  if (self->n_levels == 0) {
    tracer_emit (self, 0, 1);
    return;
  }

  tracer_enter (self, 0, 0, 1);
  for (;;) {
    Level *level = &self->levels[depth];

    if (level->n_done < level->n_ends) {
      double from = level->from;
      double to = level->ends[level->n_done++];

      level->from = to;
      tracer_activate (self, level, from, to);
      if (depth + 1 < self->n_levels)
        tracer_enter (self, ++depth, from, to);
      else
        tracer_emit (self, from, to);
    } else if (depth > 0) {
      depth--;
    } else {
      return;
    }
  }
}

Re3Trace *
re3_trace_new (const Re3Network *network, const double *start, const double *end)
{
  Tracer tracer;
  Re3Trace *self;

  g_return_val_if_fail (network != NULL && start != NULL && end != NULL, NULL);

  tracer_init (&tracer, network, start, end);
  tracer_walk (&tracer);

  self = g_new (Re3Trace, 1);
  self->n_outputs = re3_network_get_n_outputs (network);
  self->n_pieces = tracer.pieces->len;
  self->pieces = (Re3TracePiece *) g_array_free (tracer.pieces, FALSE);
  tracer_clear (&tracer);

  return self;
}

void
re3_trace_free (Re3Trace *self)
{
  if (self == NULL)
    return;

  for (gsize i = 0; i < self->n_pieces; i++) {
    re3_pattern_free (self->pieces[i].pattern);
    g_free (self->pieces[i].slope);
    g_free (self->pieces[i].intercept);
  }
  g_free (self->pieces);
  g_free (self);
}

gsize
re3_trace_find (const Re3Trace *self, double t)
{
  gsize low = 0;
  gsize high;

  g_return_val_if_fail (self != NULL, 0);

  /* The first piece that does not end before t. */
  high = self->n_pieces - 1;
  while (low < high) {
    gsize middle = low + (high - low) / 2;

    if (self->pieces[middle].to < t)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}
