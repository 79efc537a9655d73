/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-boundary-search.h"

#include "re3-accumulate.h"
#include "re3-memory.h"
#include "re3-network-private.h"
#include "re3-norm.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Gradients of the first two hidden layers are made as a region makes them, digit by digit; those
 * of later ones in another order. */
#define N_SHALLOW_LAYERS 2

/* A gate that may be nearest, and how near it may be at least. */
typedef struct {
  gsize gate;
  double least;
} Candidate;

/* The nearest gate of one metric so far.
 * @low, @high: where the distance is in the digits of a region
 * @rival, @deep_rival: how near, by these, all others may be, and those of deep layers */
typedef struct {
  double distance;
  gsize neuron;
  gboolean is_deep;
  double low;
  double high;
  double rival;
  double deep_rival;
} Nearest;

struct _Re3BoundarySearch {
  const Re3Network *network;
  const Re3GradientBounds *bounds;
  gsize *layers; /* of each neuron */
  double *slopes;
  Candidate *candidates;
  gsize n_candidates;

  /* Weights of the neurons of one layer, and of those before, and which of them are not 0. */
  double *row;
  double *row_before;
  double *packed;
  gsize *list;
  double *gradient;

  /* The sample at hand. */
  const double *z;
  gsize stride;
  guint metrics;
  Nearest nearest[RE3_N_METRICS];
  gsize n_undecided;
  gboolean has_slopes;
  gboolean is_ambiguous;
};

Re3BoundarySearch *
re3_boundary_search_new (const Re3Network *network, const Re3GradientBounds *bounds, GError **error)
{
  Re3BoundarySearch *self;
  gsize n_inputs;
  gsize widest = 0;

  g_return_val_if_fail (network != NULL && bounds != NULL, NULL);

  n_inputs = re3_network_get_n_inputs (network);
  self = g_new0 (Re3BoundarySearch, 1);
  self->network = network;
  self->bounds = bounds;
  self->layers = g_new (gsize, network->n_neurons);
  for (gsize layer = 0; layer < re3_network_get_n_hidden_layers (network); layer++) {
    gsize width = re3_network_get_hidden_width (network, layer);

    widest = MAX (widest, width);
    for (gsize i = 0; i < width; i++)
      self->layers[re3_network_get_first_neuron (network, layer) + i] = layer;
  }
  self->slopes = g_new (double, network->n_neurons);
  self->candidates = g_new (Candidate, network->n_gates);
  self->row = g_new (double, widest);
  self->row_before = g_new (double, widest);
  self->packed = g_new (double, widest);
  self->list = g_new (gsize, widest);
  self->gradient = re3_try_new (double, n_inputs, 1, error,
                                _ ("the gradients of %zu neurons with respect to %zu inputs"),
                                (gsize) 1, n_inputs);
  if (self->gradient == NULL)
    g_clear_pointer (&self, re3_boundary_search_free);

  return self;
}

void
re3_boundary_search_free (Re3BoundarySearch *self)
{
  if (self == NULL)
    return;

  g_free (self->layers);
  g_free (self->slopes);
  g_free (self->candidates);
  g_free (self->row);
  g_free (self->row_before);
  g_free (self->packed);
  g_free (self->list);
  g_free (self->gradient);
  g_free (self);
}

static gboolean
wants (const Re3BoundarySearch *self, gsize metric)
{
  return (self->metrics >> metric & 1) != 0;
}

/* How far off @gate is in z, past its threshold. */
static double
get_reserve (const Re3BoundarySearch *self, gsize gate)
{
  const Re3Gate *it = &self->network->gates[gate];

  return fabs (self->z[it->neuron * self->stride] - it->threshold);
}

/* Takes a gate whose gradient has the norm @norm, or one that is not more than @error off. Of equal
 * ones the first stays, as gates come in their order. */
static void
nearest_take (Nearest *self, gsize neuron, double reserve, double norm, double error)
{
  gboolean is_deep = error > 0;
  double distance = norm == 0 ? INFINITY : reserve / norm;
  double low = is_deep ? reserve / (norm + error) : distance;
  double high = is_deep ? norm > error ? reserve / (norm - error) : INFINITY : distance;

  if (distance < self->distance ||
      (distance == self->distance && neuron < self->neuron && distance < INFINITY)) {
    self->rival = MIN (self->rival, self->low);
    if (self->is_deep)
      self->deep_rival = MIN (self->deep_rival, self->low);
    self->distance = distance;
    self->neuron = neuron;
    self->is_deep = is_deep;
    self->low = low;
    self->high = high;
  } else if (low < INFINITY) {
    self->rival = MIN (self->rival, low);
    if (is_deep)
      self->deep_rival = MIN (self->deep_rival, low);
  }
}

/* Whether rounding decides which gate it is. */
static gboolean
nearest_is_ambiguous (const Nearest *self)
{
  if (self->is_deep)
    return !(self->high < self->rival);

  return self->deep_rival < INFINITY && self->deep_rival <= self->high;
}

/* Whether a gate with a gradient whose norms are not more than @norms is further away than others
 * in every metric that is asked for, and not too near to tell its side. Written so that a number
 * that is none leaves it in. */
static gboolean
is_out (const Re3BoundarySearch *self, double reserve, const double *norms)
{
  if (!(reserve > RE3_UNDECIDED_DISTANCE * norms[RE3_METRIC_L2]))
    return FALSE;
  for (gsize metric = 0; metric < RE3_N_GRADIENT_METRICS; metric++)
    if (wants (self, metric) && !(reserve > self->nearest[metric].high * norms[metric]))
      return FALSE;

  return TRUE;
}

static void
start (Re3BoundarySearch *self)
{
  for (gsize metric = 0; metric < RE3_N_METRICS; metric++)
    self->nearest[metric] = (Nearest){ .distance = INFINITY,
                                       .neuron = RE3_NO_NEURON,
                                       .low = INFINITY,
                                       .high = INFINITY,
                                       .rival = INFINITY,
                                       .deep_rival = INFINITY };
  self->n_undecided = 0;
  self->n_candidates = 0;
  self->has_slopes = FALSE;
  self->is_ambiguous = FALSE;
}

/* The gates of the first hidden layer, whose gradients are its weights; and in the paper's metric
 * all gates, which is measured with weights in any layer. */
static void
take_weights (Re3BoundarySearch *self)
{
  gsize n_first = re3_network_get_hidden_width (self->network, 0);
  gsize end = self->network->first_gates[n_first];

  for (gsize metric = 0; metric < RE3_N_METRICS; metric++) {
    gboolean is_paper = metric == RE3_METRIC_PAPER;
    const double *norms = is_paper ? self->network->weight_norms : self->bounds->norms[metric];

    if (!wants (self, metric))
      continue;
    for (gsize gate = 0; gate < (is_paper ? self->network->n_gates : end); gate++) {
      gsize neuron = self->network->gates[gate].neuron;

      nearest_take (&self->nearest[metric], neuron, get_reserve (self, gate), norms[neuron], 0);
    }
  }
  for (gsize gate = 0; gate < end; gate++)
    self->n_undecided += get_reserve (self, gate) <
                         RE3_UNDECIDED_DISTANCE *
                             self->bounds->norms[RE3_METRIC_L2][self->network->gates[gate].neuron];
}

/* @norms: (out): bounds of the gradient of @neuron in whatever region. */
static void
get_bounds (const Re3BoundarySearch *self, gsize neuron, double *norms)
{
  for (gsize metric = 0; metric < RE3_N_GRADIENT_METRICS; metric++)
    norms[metric] = self->bounds->norms[metric][neuron];
}

static int
compare_candidates (const void *a, const void *b)
{
  const Candidate *first = a;
  const Candidate *second = b;

  if (first->least != second->least)
    return first->least < second->least ? -1 : 1;

  return first->gate < second->gate ? -1 : 1;
}

/* The gates of later layers that may be nearest by the bounds for all regions, the nearest first.
 */
static void
find_candidates (Re3BoundarySearch *self)
{
  gsize n_first = re3_network_get_hidden_width (self->network, 0);

  for (gsize gate = self->network->first_gates[n_first]; gate < self->network->n_gates; gate++) {
    double reserve = get_reserve (self, gate);
    double norms[RE3_N_GRADIENT_METRICS];

    get_bounds (self, self->network->gates[gate].neuron, norms);
    if (!is_out (self, reserve, norms))
      self->candidates[self->n_candidates++] = (Candidate){ gate, reserve / norms[RE3_METRIC_L2] };
  }
  if (self->n_candidates > 1)
    qsort (self->candidates, self->n_candidates, sizeof (Candidate), compare_candidates);
}

/* The slopes of the pieces that all neurons are on. */
static void
find_slopes (Re3BoundarySearch *self)
{
  const Re3Network *network = self->network;

  if (self->has_slopes)
    return;

  for (gsize neuron = 0; neuron < network->n_neurons; neuron++) {
    double z = self->z[neuron * self->stride];
    gsize piece = network->first_gates[neuron] + neuron;

    for (gsize gate = network->first_gates[neuron]; gate < network->first_gates[neuron + 1]; gate++)
      piece += z > network->gates[gate].threshold;
    self->slopes[neuron] = network->pieces[piece].slope;
  }
  self->has_slopes = TRUE;
}

/* result = row * weight of @affine, without the numbers of the row that are 0. */
static void
pull_back (Re3BoundarySearch *self, const Re3Affine *affine, const double *row, double *result)
{
  gsize n = 0;

  for (gsize i = 0; i < affine->n_outputs; i++)
    if (row[i] != 0) {
      self->list[n] = i;
      self->packed[n++] = row[i];
    }
  memset (result, 0, affine->n_inputs * sizeof (double));
  re3_accumulate_listed (result, affine->n_inputs, self->packed, affine->weight, affine->n_inputs,
                         self->list, n);
}

/* @norms: (out): bounds of the gradient of what @row makes of the neurons of @layer, which belongs
 * to
 * @neuron. */
static void
bound_row (const Re3BoundarySearch *self,
           const double *row,
           gsize layer,
           gsize neuron,
           double *norms)
{
  const Re3GradientBounds *bounds = self->bounds;
  const double *spans = bounds->spans + re3_network_get_first_neuron (self->network, layer);
  double error = bounds->errors[self->layers[neuron]];
  double squares = 0;
  double norm;

  for (gsize i = 0; i < re3_network_get_hidden_width (self->network, layer); i++)
    squares += (row[i] * spans[i]) * (row[i] * spans[i]);
  /* What underflowed is below the smallest number. */
  norm = sqrt (squares + DBL_MIN);
  for (gsize metric = 0; metric < RE3_N_GRADIENT_METRICS; metric++)
    norms[metric] = norm * bounds->factors[metric][layer] + error * bounds->norms[metric][neuron];
}

/* Goes back from @neuron to the inputs, as long as it may be nearest.
 * Returns: whether self->gradient is its gradient now */
static gboolean
make_gradient (Re3BoundarySearch *self, gsize neuron, double reserve)
{
  const Re3Network *network = self->network;
  gsize layer = self->layers[neuron];
  const Re3Affine *affine = re3_network_get_affine (network, layer);
  gsize first = re3_network_get_first_neuron (network, layer);

  find_slopes (self);
  memcpy (self->row, affine->weight + (neuron - first) * affine->n_inputs,
          affine->n_inputs * sizeof (double));
  while (layer-- > 0) {
    double norms[RE3_N_GRADIENT_METRICS];
    double *row = self->row;

    affine = re3_network_get_affine (network, layer);
    first = re3_network_get_first_neuron (network, layer);
    for (gsize i = 0; i < affine->n_outputs; i++)
      row[i] *= self->slopes[first + i];
    bound_row (self, row, layer, neuron, norms);
    if (is_out (self, reserve, norms))
      return FALSE;

    if (layer == 0) {
      pull_back (self, affine, row, self->gradient);
    } else {
      pull_back (self, affine, row, self->row_before);
      self->row = self->row_before;
      self->row_before = row;
    }
  }

  return TRUE;
}

static void
examine (Re3BoundarySearch *self, gsize gate)
{
  gsize neuron = self->network->gates[gate].neuron;
  gsize layer = self->layers[neuron];
  double reserve = get_reserve (self, gate);
  double norms[RE3_N_METRICS];
  double errors[RE3_N_GRADIENT_METRICS];

  get_bounds (self, neuron, norms);
  if (is_out (self, reserve, norms) || !make_gradient (self, neuron, reserve))
    return;

  for (gsize metric = 0; metric < RE3_N_GRADIENT_METRICS; metric++)
    errors[metric] = layer < N_SHALLOW_LAYERS ? 0 : self->bounds->errors[layer] * norms[metric];
  /* The errors of single numbers are bounded by that of them all. */
  errors[RE3_METRIC_L1] = errors[RE3_METRIC_L2];
  re3_norm_rows (self->gradient, 1, re3_network_get_n_inputs (self->network), &norms[RE3_METRIC_L2],
                 &norms[RE3_METRIC_LINF], &norms[RE3_METRIC_L1]);
  for (gsize metric = 0; metric < RE3_N_GRADIENT_METRICS; metric++)
    if (wants (self, metric))
      nearest_take (&self->nearest[metric], neuron, reserve, norms[metric], errors[metric]);

  if (reserve < RE3_UNDECIDED_DISTANCE * (norms[RE3_METRIC_L2] - errors[RE3_METRIC_L2]))
    self->n_undecided++;
  else if (reserve < RE3_UNDECIDED_DISTANCE * (norms[RE3_METRIC_L2] + errors[RE3_METRIC_L2]))
    self->is_ambiguous = TRUE;
}

/* Leaves it to the region. */
static gboolean
measure_in_region (const Re3BoundarySearch *self, Re3Boundary *boundary, GError **error)
{
  const Re3Network *network = self->network;
  g_autoptr (Re3Pattern) pattern = re3_pattern_new (network->n_gates);
  g_autoptr (Re3Region) region = NULL;

  for (gsize gate = 0; gate < network->n_gates; gate++)
    re3_pattern_set (pattern, gate,
                     self->z[network->gates[gate].neuron * self->stride] >
                         network->gates[gate].threshold);
  region = re3_region_new_watched (network, pattern, NULL, error);
  if (region == NULL)
    return FALSE;
  re3_boundary_measure (network, region, self->z, self->stride, boundary);

  return TRUE;
}

gboolean
re3_boundary_search_measure (Re3BoundarySearch *self,
                             const double *pre_activations,
                             gsize stride,
                             guint metrics,
                             Re3Boundary *boundary,
                             GError **error)
{
  const Nearest *nearest;

  g_return_val_if_fail (self != NULL && boundary != NULL, FALSE);
  g_return_val_if_fail (pre_activations != NULL || self->network->n_neurons == 0, FALSE);

  self->z = pre_activations;
  self->stride = stride;
  self->metrics = metrics;
  start (self);
  if (self->network->n_neurons > 0) {
    take_weights (self);
    find_candidates (self);
    for (gsize i = 0; i < self->n_candidates; i++)
      examine (self, self->candidates[i].gate);
  }

  for (gsize metric = 0; metric < RE3_N_GRADIENT_METRICS; metric++)
    if (nearest_is_ambiguous (&self->nearest[metric]))
      self->is_ambiguous = TRUE;
  if (self->is_ambiguous)
    return measure_in_region (self, boundary, error);

  nearest = self->nearest;
  *boundary = (Re3Boundary){
    .l2 = nearest[RE3_METRIC_L2].distance,
    .l1 = nearest[RE3_METRIC_L1].distance,
    .linf = nearest[RE3_METRIC_LINF].distance,
    .paper = nearest[RE3_METRIC_PAPER].distance,
    .neuron = nearest[RE3_METRIC_L2].neuron,
    .neuron_l1 = nearest[RE3_METRIC_L1].neuron,
    .neuron_linf = nearest[RE3_METRIC_LINF].neuron,
    .neuron_paper = nearest[RE3_METRIC_PAPER].neuron,
    .n_undecided = self->n_undecided,
  };

  return TRUE;
}
