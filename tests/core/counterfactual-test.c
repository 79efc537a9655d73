/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counterfactual-test.h"

#include "re3-polyhedron-private.h"
#include "re3-region.h"

#include <math.h>

void
problem_init (Problem *self, Re3Model *model, Re3Metric metric, Re3Units units)
{
  g_assert_cmpuint (re3_model_get_n_features (model), <=, MAX_FEATURES);

  *self = (Problem){ .model = model, .options = RE3_COUNTERFACTUAL_OPTIONS_DEFAULT };
  self->options.metric = metric;
  self->options.units = units;
  for (gsize f = 0; f < MAX_FEATURES; f++) {
    self->low[f] = -INFINITY;
    self->high[f] = INFINITY;
  }
}

void
problem_constrain (Problem *self, GRand *random)
{
  gint32 n_features = (gint32) re3_model_get_n_features (self->model);
  gsize n_orders = (gsize) g_rand_int_range (random, 0, MAX_ORDERS);

  for (gint32 f = 0; f < n_features; f++) {
    double scale = re3_model_get_scaler_scale (self->model, (gsize) f);

    self->locked[f] = g_rand_int_range (random, 0, 5) == 0;
    if (g_rand_int_range (random, 0, 3) == 0)
      self->low[f] = self->values[f] - scale * g_rand_double_range (random, -0.3, 2);
    if (g_rand_int_range (random, 0, 3) == 0)
      self->high[f] = MAX (self->low[f], self->values[f]) + scale * g_rand_double (random);
  }
  for (gsize i = 0; i < n_orders; i++)
    self->orders[i] = (Re3FeatureOrder){ (gsize) g_rand_int_range (random, 0, n_features),
                                         (gsize) g_rand_int_range (random, 0, n_features) };

  self->options.locked = self->locked;
  self->options.low = self->low;
  self->options.high = self->high;
  self->options.orders = self->orders;
  self->options.n_orders = n_orders;
}

static void
scale (const Problem *self, const double *values, double *input)
{
  for (gsize f = 0; f < re3_model_get_n_features (self->model); f++)
    input[f] = re3_model_scale (self->model, f, values[f]);
}

gsize
problem_predict (const Problem *self, const double *values)
{
  double input[MAX_FEATURES];
  g_autoptr (Re3Forward) forward = NULL;

  scale (self, values, input);
  forward = re3_network_forward (re3_model_get_network (self->model), input, 1);

  return re3_argmax (forward->logits, re3_model_get_n_classes (self->model), 1);
}

gboolean
problem_allows (const Problem *self, const double *values)
{
  for (gsize f = 0; f < re3_model_get_n_features (self->model); f++) {
    if (self->options.locked != NULL && self->locked[f] && values[f] != self->values[f])
      return FALSE;
    if (self->options.integer != NULL && self->integer[f] && values[f] != rint (values[f]))
      return FALSE;
    if (values[f] < self->low[f] || values[f] > self->high[f])
      return FALSE;
  }
  for (gsize i = 0; i < self->options.n_orders; i++)
    if (values[self->orders[i].lesser] > values[self->orders[i].greater])
      return FALSE;

  return TRUE;
}

static double
get_unit (const Problem *self, gsize feature)
{
  return self->options.units == RE3_UNITS_SCALED ? re3_model_get_scaler_scale (self->model, feature)
                                                 : 1;
}

double
problem_measure (const Problem *self, const double *values)
{
  double steps[MAX_FEATURES];
  gsize n_features = re3_model_get_n_features (self->model);

  for (gsize f = 0; f < n_features; f++)
    steps[f] = (values[f] - self->values[f]) / get_unit (self, f);

  return re3_metric_length (self->options.metric, steps, n_features);
}

/* Adds gradient * x + offset >= 0 in terms of the steps from the sample: x = (value + unit * step -
 * mean) / scale. */
static void
add_half_space (const Problem *self, Re3Polyhedron *cell, const double *gradient, double offset)
{
  double normal[MAX_FEATURES];
  double input[MAX_FEATURES];

  scale (self, self->values, input);
  for (gsize f = 0; f < cell->n; f++) {
    normal[f] = gradient[f] * get_unit (self, f) / re3_model_get_scaler_scale (self->model, f);
    offset += gradient[f] * input[f];
  }
  re3_polyhedron_add (cell, normal, -offset, 1e-12);
}

static void
add_constraints (const Problem *self, Re3Polyhedron *cell)
{
  for (gsize f = 0; f < cell->n; f++) {
    cell->low[f] = (self->low[f] - self->values[f]) / get_unit (self, f);
    cell->high[f] = (self->high[f] - self->values[f]) / get_unit (self, f);
    if (self->options.locked != NULL && self->locked[f]) {
      cell->low[f] = MAX (cell->low[f], 0);
      cell->high[f] = MIN (cell->high[f], 0);
    }
  }
  for (gsize i = 0; i < self->options.n_orders; i++) {
    double normal[MAX_FEATURES] = { 0 };
    gsize a = self->orders[i].lesser;
    gsize b = self->orders[i].greater;

    normal[b] += get_unit (self, b);
    normal[a] -= get_unit (self, a);
    re3_polyhedron_add (cell, normal, self->values[a] - self->values[b], 1e-12);
  }
}

static void
add_sides (const Problem *self, Re3Polyhedron *cell, const Re3Region *region)
{
  const Re3Network *network = re3_model_get_network (self->model);
  const Re3Gate *gates = re3_network_get_gates (network);

  for (gsize g = 0; g < re3_network_get_n_gates (network); g++) {
    gsize j = gates[g].neuron;
    double gradient[MAX_FEATURES];
    double sign = re3_pattern_is_set (region->pattern, g) ? 1 : -1;

    for (gsize f = 0; f < cell->n; f++)
      gradient[f] = sign * re3_matrix_row (region->gradients, j)[f];
    add_half_space (self, cell, gradient, sign * (region->offsets[j] - gates[g].threshold));
  }
}

static double
find_nearest_of_class (const Problem *self, Re3Polyhedron *cell, const Re3Region *region, gsize c)
{
  gsize n_rows = cell->n_rows;
  double point[MAX_FEATURES];
  double distance;
  Re3NearestStatus status;

  for (gsize other = 0; other < region->A->rows; other++) {
    double gradient[MAX_FEATURES];

    for (gsize f = 0; f < cell->n; f++)
      gradient[f] = re3_matrix_row (region->A, c)[f] - re3_matrix_row (region->A, other)[f];
    if (other != c)
      add_half_space (self, cell, gradient, region->D[c] - region->D[other]);
  }
  status =
      re3_polyhedron_nearest (cell, self->options.metric, INFINITY, NULL, point, &distance, NULL);
  re3_polyhedron_truncate (cell, n_rows);

  return status == RE3_NEAREST_FOUND ? distance : INFINITY;
}

double
problem_enumerate (const Problem *self)
{
  Re3Network *network = re3_model_get_network (self->model);
  gsize n_gates = re3_network_get_n_gates (network);
  gsize prediction = problem_predict (self, self->values);
  double least = INFINITY;

  g_assert_cmpuint (n_gates, <=, 12);
  for (guint64 bits = 0; bits < G_GUINT64_CONSTANT (1) << n_gates; bits++) {
    g_autoptr (Re3Pattern) pattern = re3_pattern_new (n_gates);
    g_autoptr (Re3Polyhedron) cell = re3_polyhedron_new (re3_model_get_n_features (self->model));
    g_autoptr (Re3Region) region = NULL;

    if (n_gates > 0)
      pattern->words[0] = bits;
    region = re3_region_new (network, pattern);
    add_constraints (self, cell);
    add_sides (self, cell, region);
    for (gsize c = 0; c < region->A->rows; c++)
      if (self->options.target == RE3_ANY_OTHER_CLASS ? c != prediction : c == self->options.target)
        least = MIN (least, find_nearest_of_class (self, cell, region, c));
  }

  return least;
}

Re3Model *
model_with_scaler (Re3Network *network, GRand *random)
{
  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (network);
  double mean[MAX_FEATURES];
  double scales[MAX_FEATURES];

  for (gsize f = 0; f < re3_network_get_n_inputs (network); f++) {
    mean[f] = g_rand_double_range (random, -5, 5);
    scales[f] = g_rand_double_range (random, 0.5, 4);
  }
  g_assert_true (re3_model_builder_set_scaler (builder, mean, scales, NULL));

  return re3_model_builder_finish (builder);
}
