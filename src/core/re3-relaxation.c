/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-relaxation-private.h"

#include "re3-accumulate.h"
#include "re3-memory.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

Re3Relaxation *
re3_relaxation_new (const Re3CounterfactualSpace *space, GError **error)
{
  g_autoptr (Re3Relaxation) self = g_new0 (Re3Relaxation, 1);
  const Re3Network *network = re3_model_get_network (space->model);
  gsize n_neurons = re3_network_get_n_neurons (network);
  double **rows[] = { &self->pre_activations, &self->activations, &self->logits };
  gsize n_rows[] = { n_neurons, n_neurons, re3_network_get_n_outputs (network) };

  self->n = space->n;
  self->stride = 1 + space->n + n_neurons;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    *rows[i] = re3_try_new (double, n_rows[i], self->stride, error,
                            _ ("the bounds of %zu neurons of %zu inputs"), n_rows[i], self->n);
    if (*rows[i] == NULL)
      return NULL;
  }
  self->low = g_new (double, n_neurons);
  self->high = g_new (double, n_neurons);
  self->sides = g_new (guint8, re3_network_get_n_gates (network));

  return g_steal_pointer (&self);
}

void
re3_relaxation_free (Re3Relaxation *self)
{
  if (self == NULL)
    return;

  g_free (self->pre_activations);
  g_free (self->activations);
  g_free (self->logits);
  g_free (self->low);
  g_free (self->high);
  g_free (self->sides);
  g_free (self);
}

double
re3_relaxation_get_error (const Re3Relaxation *self, const double *row)
{
  double sum = 0;

  for (gsize i = 1 + self->n; i < self->stride; i++)
    sum += fabs (row[i]);

  /* The difference of two errors without bounds is no number. */
  return isnan (sum) ? INFINITY : sum;
}

/* Writes @row_index of the map into layer @layer, as a function of y and the errors. */
static void
push_row (Re3Relaxation *self,
          const Re3CounterfactualSpace *space,
          gsize layer,
          gsize row_index,
          double *row)
{
  const Re3Network *network = re3_model_get_network (space->model);
  const Re3Affine *affine = re3_network_get_affine (network, layer);
  const double *weights = affine->weight + row_index * affine->n_inputs;

  memset (row, 0, self->stride * sizeof (double));
  row[0] = affine->bias[row_index];
  if (layer == 0) {
    row[0] = re3_accumulate_product (row[0], weights, space->base_input, affine->n_inputs);
    for (gsize i = 0; i < self->n; i++)
      row[1 + i] = weights[space->features[i]] * space->slopes[i];
  } else {
    gsize first = re3_network_get_first_neuron (network, layer - 1);

    /* No neuron of this layer or behind it has an error in it. */
    re3_accumulate (row, 1 + self->n + first + affine->n_inputs, weights,
                    self->activations + first * self->stride, self->stride, affine->n_inputs);
  }
}

/* How far gradient * y gets up, and with @sign -1 down, within the radius and the bounds. */
static double
get_reach (const Re3Relaxation *self,
           const Re3CounterfactualSpace *space,
           const Re3Polyhedron *constraints,
           const double *gradient,
           double sign,
           double radius)
{
  double in_box = 0;
  double in_ball = 0;

  for (gsize i = 0; i < self->n; i++) {
    double slope = sign * gradient[i];

    if (slope > 0)
      in_box += slope * MIN (constraints->high[i], radius);
    else if (slope < 0)
      in_box += slope * MAX (constraints->low[i], -radius);
  }

  in_ball = re3_metric_dual_length (space->options->metric, gradient, self->n);
  in_ball = in_ball > 0 ? in_ball * radius : 0;

  return MIN (in_box, in_ball);
}

/* What the ranges of z tell of the gates, and the gates of the ranges. */
static void
settle_gates (Re3Relaxation *self, const Re3Network *network, gsize neuron)
{
  const Re3Gate *gates = re3_network_get_gates (network);
  gsize first = re3_network_get_first_gate (network, neuron);
  gsize end = re3_network_get_first_gate (network, neuron + 1);

  for (gsize g = first; g < end; g++) {
    if (self->sides[g] == RE3_GATE_ABOVE)
      self->low[neuron] = MAX (self->low[neuron], gates[g].threshold);
    else if (self->sides[g] == RE3_GATE_BELOW)
      self->high[neuron] = MIN (self->high[neuron], gates[g].threshold);
  }
  for (gsize g = first; g < end; g++) {
    if (self->sides[g] != RE3_GATE_OPEN)
      continue;
    if (self->high[neuron] <= gates[g].threshold)
      self->sides[g] = RE3_GATE_BELOW;
    else if (self->low[neuron] >= gates[g].threshold)
      self->sides[g] = RE3_GATE_ABOVE;
    else
      self->n_open++;
  }
}

/* The slope of the line that stands for the activation between @low and @high: that of its chord
 * or, without an end, that of its last piece there. */
static double
get_slope (const Re3Activation *activation, double low, double high)
{
  if (isfinite (low) && isfinite (high))
    return (re3_activation_apply (activation, high) - re3_activation_apply (activation, low)) /
           (high - low);

  return isfinite (low) ? activation->pieces[activation->n_thresholds].slope
                        : activation->pieces[0].slope;
}

static void
include (double value, double *least, double *most)
{
  *least = MIN (*least, value);
  *most = MAX (*most, value);
}

/* Writes the row of the activation of @neuron. */
static void
relax_neuron (Re3Relaxation *self,
              const Re3Network *network,
              const Re3Activation *activation,
              gsize neuron)
{
  const double *z = self->pre_activations + neuron * self->stride;
  double *h = self->activations + neuron * self->stride;
  double low = self->low[neuron];
  double high = self->high[neuron];
  gsize first = re3_network_get_first_gate (network, neuron);
  gsize n_gates = re3_network_get_first_gate (network, neuron + 1) - first;
  gsize state = 0;
  gboolean is_open = FALSE;
  double slope;
  double least = INFINITY;
  double most = -INFINITY;

  for (gsize k = 0; k < n_gates; k++) {
    state += self->sides[first + k] == RE3_GATE_ABOVE;
    is_open = is_open || self->sides[first + k] == RE3_GATE_OPEN;
  }

  slope = is_open ? get_slope (activation, low, high) : activation->pieces[state].slope;
  for (gsize i = 0; i < self->stride; i++)
    h[i] = slope != 0 ? slope * z[i] : 0; /* also where the error is infinite */
  if (!is_open) {
    h[0] += activation->pieces[state].intercept;
    return;
  }

  /* What the line leaves is largest at an end or at a threshold. */
  if (isfinite (low))
    include (re3_activation_apply (activation, low) - slope * low, &least, &most);
  if (isfinite (high))
    include (re3_activation_apply (activation, high) - slope * high, &least, &most);
  for (gsize k = 0; k < n_gates; k++) {
    double threshold = activation->thresholds[k];

    if (threshold > low && threshold < high)
      include (re3_activation_apply (activation, threshold) - slope * threshold, &least, &most);
  }
  h[0] += least + (most - least) / 2;
  h[1 + self->n + neuron] = (most - least) / 2;
  if (isinf (low) && isinf (high) && activation->pieces[n_gates].slope != slope)
    h[1 + self->n + neuron] = INFINITY;
}

gboolean
re3_relaxation_set (Re3Relaxation *self,
                    const Re3CounterfactualSpace *space,
                    const Re3Polyhedron *constraints,
                    const guint8 *sides,
                    double radius,
                    const Re3Monitor *monitor)
{
  const Re3Network *network = re3_model_get_network (space->model);
  gsize n_layers = re3_network_get_n_hidden_layers (network);

  for (gsize gate = 0; gate < re3_network_get_n_gates (network); gate++)
    self->sides[gate] = sides[gate];
  self->n_open = 0;
  self->is_empty = FALSE;
  for (gsize layer = 0; layer < n_layers; layer++) {
    const Re3Operation *operation = re3_network_get_activation (network, layer);

    for (gsize i = 0; i < operation->n_outputs; i++) {
      gsize neuron = operation->first_neuron + i;
      double *row = self->pre_activations + neuron * self->stride;
      double error;

      if (!re3_monitor_report (monitor, 0, 0))
        return FALSE;

      push_row (self, space, layer, i, row);
      error = re3_relaxation_get_error (self, row);
      self->low[neuron] =
          row[0] - error - get_reach (self, space, constraints, row + 1, -1, radius);
      self->high[neuron] =
          row[0] + error + get_reach (self, space, constraints, row + 1, 1, radius);
      settle_gates (self, network, neuron);
      /* No input is left. But two ends that meet may have passed each other by rounding. */
      if (self->low[neuron] > self->high[neuron]) {
        if (self->low[neuron] - self->high[neuron] >
            1e-9 * (fabs (self->low[neuron]) + fabs (self->high[neuron]) + fabs (row[0]))) {
          self->is_empty = TRUE;
          return TRUE;
        }
        self->high[neuron] = self->low[neuron];
      }
      relax_neuron (self, network, &operation->activations[i], neuron);
    }
  }

  for (gsize c = 0; c < re3_network_get_n_outputs (network); c++)
    push_row (self, space, n_layers, c, self->logits + c * self->stride);

  return TRUE;
}
