/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-trace.h"

#include "re3-accumulate.h"
#include "re3-network-private.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

/* Breakpoints nearer to each other than this are one: their order is rounding error. */
#define MERGE_DISTANCE (4 * DBL_EPSILON)

/* So many neurons may switch before the layer behind them is computed anew: few enough that what
 * their changes round off stays of the size of what one pass rounds off. */
#define CHANGES_MAX 32

/* A vector that is linear in t: intercept + slope t. */
typedef struct {
  double *intercept;
  double *slope;
} Line;

/* Where z of a gate's neuron is on its threshold. */
typedef struct {
  double t;
  gsize gate;
} Crossing;

/* One layer on an interval of t where all layers before it are linear. Its crossings split the
 * interval into parts, which are worked off in order. The logits are a level without gates. */
typedef struct {
  const Re3Affine *affine; /* that leads into it */
  gsize first_neuron;
  Line z;
  Line h;
  const Re3Piece **pieces; /* that its neurons are on */
  Crossing *crossings;     /* in order */
  gsize n_crossings;
  gsize n_crossed;
  double from;         /* start of the next part */
  double to;           /* end of the last one */
  gboolean is_current; /* whether z is what h of the level before makes it */
  gsize n_changes;     /* that were added to z since it was computed anew */
} Level;

typedef struct {
  const Re3Network *network;
  gsize n_hidden;
  Level *levels; /* the hidden layers, and the logits */
  double *numbers;
  const Re3Piece **pieces;
  Crossing *crossings;

  Re3Pattern *pattern; /* of the parts that all levels are at */
  gsize pattern_size;
  GArray *found;    /* pieces, whose patterns and numbers stand in: */
  GArray *patterns; /* bytes */
  GArray *logits;   /* numbers: intercepts and slopes of one piece after the other */
} Tracer;

static void
take_line (Line *line, double **numbers, gsize n)
{
  line->intercept = *numbers;
  line->slope = *numbers + n;
  *numbers += 2 * n;
}

static void
tracer_init (Tracer *self, const Re3Network *network)
{
  gsize n_outputs = re3_network_get_n_outputs (network);
  double *numbers;
  gsize first_neuron = 0;

  self->network = network;
  self->n_hidden = re3_network_get_n_hidden_layers (network);
  self->levels = g_new0 (Level, self->n_hidden + 1);
  self->numbers = numbers = g_new (double, 4 * network->n_neurons + 2 * n_outputs);
  self->pieces = g_new (const Re3Piece *, network->n_neurons);
  self->crossings = g_new (Crossing, network->n_gates);
  for (gsize layer = 0; layer <= self->n_hidden; layer++) {
    Level *level = &self->levels[layer];

    level->affine = re3_network_get_affine (network, layer);
    take_line (&level->z, &numbers, level->affine->n_outputs);
    if (layer == self->n_hidden)
      continue;

    take_line (&level->h, &numbers, level->affine->n_outputs);
    level->first_neuron = first_neuron;
    level->pieces = self->pieces + first_neuron;
    level->crossings = self->crossings + network->first_gates[first_neuron];
    first_neuron += level->affine->n_outputs;
  }

  self->pattern = re3_pattern_new (network->n_gates);
  self->pattern_size = re3_pattern_size (network->n_gates);
  self->found = g_array_new (FALSE, FALSE, sizeof (Re3TracePiece));
  self->patterns = g_array_new (FALSE, FALSE, sizeof (guint8));
  self->logits = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
tracer_clear (Tracer *self)
{
  g_free (self->levels);
  g_free (self->numbers);
  g_free (self->pieces);
  g_free (self->crossings);
  re3_pattern_free (self->pattern);
}

static int
compare_crossings (const void *a, const void *b)
{
  const Crossing *first = a;
  const Crossing *second = b;

  if (first->t != second->t)
    return first->t < second->t ? -1 : 1;

  return first->gate < second->gate ? -1 : 1;
}

/* Makes z what the level before makes it, unless it is. */
static void
tracer_update (Tracer *self, gsize depth)
{
  Level *level = &self->levels[depth];

  if (!level->is_current) {
    const Line *before = &self->levels[depth - 1].h;

    re3_affine_apply (level->affine, before->intercept, 1, level->z.intercept);
    re3_affine_apply_linear (level->affine, before->slope, level->z.slope);
    level->is_current = TRUE;
    level->n_changes = 0;
  }
}

/* Starts the level at @depth on [from, to]: finds where its gates are crossed, and the state of its
 * neurons before all that. */
static void
tracer_enter (Tracer *self, gsize depth, double from, double to)
{
  const Re3Network *network = self->network;
  Level *level = &self->levels[depth];
  double middle = from + (to - from) / 2;
  gsize gate = network->first_gates[level->first_neuron];

  tracer_update (self, depth);
  level->n_crossings = 0;
  for (gsize i = 0; i < level->affine->n_outputs; i++) {
    gsize neuron = level->first_neuron + i;
    double intercept = level->z.intercept[i];
    double slope = level->z.slope[i];
    const Re3Piece *piece = &network->pieces[gate + neuron];

    for (; gate < network->first_gates[neuron + 1]; gate++) {
      double threshold = network->gates[gate].threshold;
      double crossing = (threshold - intercept) / slope;
      gboolean is_set;

      /* False for the infinity or NaN of a neuron that is constant along the line. Where it is not
       * crossed, a gate is decided in the middle, as far from rounding as one can be. */
      if (crossing > from && crossing < to) {
        level->crossings[level->n_crossings++] = (Crossing){ crossing, gate };
        is_set = slope < 0;
      } else {
        is_set = intercept + slope * middle > threshold;
      }
      re3_pattern_set (self->pattern, gate, is_set);
      piece += is_set;
    }
    level->pieces[i] = piece;
    level->h.intercept[i] = piece->slope * intercept + piece->intercept;
    level->h.slope[i] = piece->slope * slope;
  }
  if (level->n_crossings > 1)
    qsort (level->crossings, level->n_crossings, sizeof (Crossing), compare_crossings);

  level->n_crossed = 0;
  level->from = from;
  level->to = to;
  self->levels[depth + 1].is_current = FALSE;
}

/* Switches the neuron of @gate, and adds what that changes to the level behind it. */
static void
tracer_switch (Tracer *self, gsize depth, gsize gate)
{
  Level *level = &self->levels[depth];
  Level *next = level + 1;
  gsize i = self->network->gates[gate].neuron - level->first_neuron;
  gsize n_next = next->affine->n_outputs;
  const double *weights = next->affine->weight_transposed + i * n_next;
  gboolean is_set = !re3_pattern_is_set (self->pattern, gate);
  const Re3Piece *piece = is_set ? ++level->pieces[i] : --level->pieces[i];
  double intercept = piece->slope * level->z.intercept[i] + piece->intercept;
  double slope = piece->slope * level->z.slope[i];
  double intercept_change = intercept - level->h.intercept[i];
  double slope_change = slope - level->h.slope[i];

  re3_pattern_set (self->pattern, gate, is_set);
  level->h.intercept[i] = intercept;
  level->h.slope[i] = slope;
  if (next->is_current && next->n_changes++ < CHANGES_MAX) {
    re3_accumulate (next->z.intercept, n_next, &intercept_change, weights, n_next, 1);
    re3_accumulate (next->z.slope, n_next, &slope_change, weights, n_next, 1);
  } else {
    next->is_current = FALSE;
  }
}

/* Goes on to the next part of the level, and returns its end. What is crossed next to its start is
 * crossed there, and what is crossed next to the end of the level belongs to the level before. */
static double
tracer_advance (Tracer *self, gsize depth)
{
  Level *level = &self->levels[depth];
  double end = level->to;

  while (level->n_crossed < level->n_crossings &&
         level->crossings[level->n_crossed].t - level->from <= MERGE_DISTANCE)
    tracer_switch (self, depth, level->crossings[level->n_crossed++].gate);
  if (level->n_crossed < level->n_crossings &&
      end - level->crossings[level->n_crossed].t > MERGE_DISTANCE)
    end = level->crossings[level->n_crossed].t;
  level->from = end;

  return end;
}

/* Adds [from, to] with the pattern that the levels are at. */
static void
tracer_emit (Tracer *self, double from, double to)
{
  const Level *last = &self->levels[self->n_hidden];
  guint n_outputs = (guint) last->affine->n_outputs;
  Re3TracePiece piece = { .from = from, .to = to };

  tracer_update (self, self->n_hidden);
  g_array_append_val (self->found, piece);
  g_array_append_vals (self->patterns, self->pattern, (guint) self->pattern_size);
  g_array_append_vals (self->logits, last->z.intercept, n_outputs);
  g_array_append_vals (self->logits, last->z.slope, n_outputs);
}

/* Goes down the layers part by part: a walk over the tree of parts, leaves from left to right. It
 * keeps one path of the tree, and no recursion, as networks may be deep. z of the first level is
 * there. */
static void
tracer_walk (Tracer *self)
{
  gsize depth = 0;

  self->levels[0].is_current = TRUE;
  if (self->n_hidden == 0) {
    tracer_emit (self, 0, 1);
    return;
  }

  tracer_enter (self, 0, 0, 1);
  for (;;) {
    double from = self->levels[depth].from;

    if (from < self->levels[depth].to) {
      double to = tracer_advance (self, depth);

      if (depth + 1 < self->n_hidden)
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

/* What was found, which the tracer no longer has. */
static Re3Trace *
tracer_finish (Tracer *self)
{
  Re3Trace *trace = g_new (Re3Trace, 1);
  gsize n = re3_network_get_n_outputs (self->network);

  trace->n_outputs = n;
  trace->n_pieces = self->found->len;
  trace->pieces = (Re3TracePiece *) g_array_free (self->found, FALSE);
  trace->patterns = g_array_free (self->patterns, FALSE);
  trace->logits = (double *) g_array_free (self->logits, FALSE);
  for (gsize i = 0; i < trace->n_pieces; i++) {
    trace->pieces[i].pattern = (Re3Pattern *) (trace->patterns + i * self->pattern_size);
    trace->pieces[i].intercept = trace->logits + 2 * i * n;
    trace->pieces[i].slope = trace->logits + (2 * i + 1) * n;
  }
  tracer_clear (self);

  return trace;
}

Re3Trace *
re3_trace_new (const Re3Network *network, const double *start, const double *end)
{
  Tracer tracer;
  const Level *first;
  g_autofree double *direction = NULL;
  gsize n_inputs;

  g_return_val_if_fail (network != NULL && start != NULL && end != NULL, NULL);

  n_inputs = re3_network_get_n_inputs (network);
  direction = g_new (double, n_inputs);
  for (gsize i = 0; i < n_inputs; i++)
    direction[i] = end[i] - start[i];

  tracer_init (&tracer, network);
  first = &tracer.levels[0];
  re3_affine_apply (first->affine, start, 1, first->z.intercept);
  re3_affine_apply_linear (first->affine, direction, first->z.slope);
  tracer_walk (&tracer);

  return tracer_finish (&tracer);
}

/* @z: what the first map makes of @input where @feature is @value instead. */
static void
apply_moved (const Re3Affine *affine,
             const double *input,
             const double *first_z,
             gsize feature,
             double value,
             double *z)
{
  gsize n = affine->n_outputs;
  double step = value - input[feature];

  memcpy (z, first_z, n * sizeof (double));
  re3_accumulate (z, n, &step, affine->weight_transposed + feature * n, n, 1);
}

static void
apply_anew (const Re3Affine *affine, const double *input, gsize feature, double value, double *z)
{
  g_autofree double *moved = g_memdup2 (input, affine->n_inputs * sizeof (double));

  moved[feature] = value;
  re3_affine_apply (affine, moved, 1, z);
}

Re3Trace *
re3_trace_new_along_feature (const Re3Network *network,
                             const double *input,
                             const Re3Forward *forward,
                             gsize feature,
                             double from,
                             double to)
{
  Tracer tracer;
  const Level *first;
  gsize n;
  double length = to - from;

  g_return_val_if_fail (network != NULL && input != NULL && forward != NULL, NULL);
  g_return_val_if_fail (feature < re3_network_get_n_inputs (network), NULL);
  g_return_val_if_fail (forward->n_samples == 1, NULL);

  tracer_init (&tracer, network);
  first = &tracer.levels[0];
  n = first->affine->n_outputs;
  /* From an input far off the line the step would be long, and with it what it rounds off. */
  if (MIN (from, to) <= input[feature] && input[feature] <= MAX (from, to))
    apply_moved (first->affine, input,
                 tracer.n_hidden > 0 ? forward->pre_activations : forward->logits, feature, from,
                 first->z.intercept);
  else
    apply_anew (first->affine, input, feature, from, first->z.intercept);
  memset (first->z.slope, 0, n * sizeof (double));
  re3_accumulate (first->z.slope, n, &length, first->affine->weight_transposed + feature * n, n, 1);
  tracer_walk (&tracer);

  return tracer_finish (&tracer);
}

void
re3_trace_free (Re3Trace *self)
{
  if (self == NULL)
    return;

  g_free (self->pieces);
  g_free (self->patterns);
  g_free (self->logits);
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
