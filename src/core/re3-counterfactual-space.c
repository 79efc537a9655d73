/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-counterfactual-space-private.h"

#include "re3-accumulate.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Rounding errors of a pre-activation as a share of the terms that it is the sum of: it has gone
 * through several layers, each of which has added some. */
#define SHARE_OF_ROUNDING (4096 * DBL_EPSILON)

/* A value that is nearer than this to a whole number, in original units, is taken for it. */
#define WHOLE 1e-6

static gboolean
is_set (const guint8 *flags, gsize feature)
{
  return flags != NULL && flags[feature];
}

/* Returns: whether a bound moved */
static gboolean
tighten_by_order (Re3CounterfactualSpace *self, Re3FeatureOrder order)
{
  gboolean moved = FALSE;

  if (self->low[order.greater] < self->low[order.lesser]) {
    self->low[order.greater] = self->low[order.lesser];
    moved = TRUE;
  }
  if (self->high[order.lesser] > self->high[order.greater]) {
    self->high[order.lesser] = self->high[order.greater];
    moved = TRUE;
  }

  return moved;
}

static void
round_bounds (Re3CounterfactualSpace *self, gsize feature)
{
  if (!is_set (self->options->integer, feature))
    return;

  self->low[feature] = ceil (self->low[feature]);
  self->high[feature] = floor (self->high[feature]);
}

/* From now on a feature has an inside, or one value, or none, whatever the orders; but for features
 * that orders make equal. */
static void
find_bounds (Re3CounterfactualSpace *self)
{
  const Re3CounterfactualOptions *options = self->options;
  gsize n_features = re3_model_get_n_features (self->model);
  gboolean moved = TRUE;

  for (gsize f = 0; f < n_features; f++) {
    self->low[f] = options->low != NULL ? options->low[f] : -INFINITY;
    self->high[f] = options->high != NULL ? options->high[f] : INFINITY;
    if (is_set (options->locked, f)) {
      self->low[f] = MAX (self->low[f], self->values[f]);
      self->high[f] = MIN (self->high[f], self->values[f]);
    }
    round_bounds (self, f);
  }

  /* A bound comes through as many orders as there are features. */
  for (gsize round = 0; moved && round < n_features; round++) {
    moved = FALSE;
    for (gsize i = 0; i < options->n_orders; i++) {
      moved = tighten_by_order (self, options->orders[i]) || moved;
      round_bounds (self, options->orders[i].lesser);
      round_bounds (self, options->orders[i].greater);
    }
  }
}

/* How long a step of 1 in original units is. */
static double
get_rate (const Re3CounterfactualSpace *self, gsize feature)
{
  return self->options->units == RE3_UNITS_SCALED
             ? 1 / re3_model_get_scaler_scale (self->model, feature)
             : 1;
}

static void
find_variables (Re3CounterfactualSpace *self)
{
  for (gsize f = 0; f < re3_model_get_n_features (self->model); f++) {
    double scale = re3_model_get_scaler_scale (self->model, f);
    double rate = get_rate (self, f);

    self->base[f] = self->values[f];
    if (self->low[f] == self->high[f]) {
      self->base[f] = self->low[f];
    } else {
      self->features[self->n] = f;
      self->rates[self->n] = rate;
      self->slopes[self->n] = 1 / (scale * rate);
      self->n++;
    }
    self->base_steps[f] = (self->base[f] - self->values[f]) * rate;
    self->base_input[f] = re3_model_scale (self->model, f, self->base[f]);
    self->size = MAX (self->size, fabs (self->base_input[f]) * scale * rate);
    self->size = MAX (self->size, fabs (self->base[f]) * rate);
  }
}

Re3CounterfactualSpace *
re3_counterfactual_space_new (const Re3Model *model,
                              const double *values,
                              const Re3CounterfactualOptions *options,
                              GError **error)
{
  g_autoptr (Re3CounterfactualSpace) self = g_new0 (Re3CounterfactualSpace, 1);
  gsize n_features = re3_model_get_n_features (model);

  self->model = model;
  self->values = values;
  self->options = options;
  self->low = g_new (double, n_features);
  self->high = g_new (double, n_features);
  self->base = g_new (double, n_features);
  self->base_input = g_new (double, n_features);
  self->base_steps = g_new (double, n_features);
  self->features = g_new (gsize, n_features);
  self->rates = g_new (double, n_features);
  self->slopes = g_new (double, n_features);
  self->input = g_new (double, n_features);
  self->gradient = g_new (double, n_features);
  find_bounds (self);
  find_variables (self);
  self->forward =
      re3_network_forward_again (re3_model_get_network (model), self->base_input, 1, NULL, error);
  if (self->forward == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

void
re3_counterfactual_space_free (Re3CounterfactualSpace *self)
{
  if (self == NULL)
    return;

  g_free (self->low);
  g_free (self->high);
  g_free (self->base);
  g_free (self->base_input);
  g_free (self->base_steps);
  g_free (self->features);
  g_free (self->rates);
  g_free (self->slopes);
  g_free (self->input);
  g_free (self->gradient);
  re3_forward_free (self->forward);
  g_free (self);
}

gboolean
re3_counterfactual_space_is_integer (const Re3CounterfactualSpace *self, gsize i)
{
  return is_set (self->options->integer, self->features[i]);
}

double
re3_counterfactual_space_get_value (const Re3CounterfactualSpace *self, gsize i, double y)
{
  return self->base[self->features[i]] + y / self->rates[i];
}

double
re3_counterfactual_space_get_step (const Re3CounterfactualSpace *self, gsize i, double value)
{
  return (value - self->base[self->features[i]]) * self->rates[i];
}

Re3Polyhedron *
re3_counterfactual_space_constrain (const Re3CounterfactualSpace *self,
                                    gsize n_more,
                                    GError **error)
{
  g_autoptr (Re3Polyhedron) polyhedron = re3_polyhedron_new (self->n);
  gsize n_features = re3_model_get_n_features (self->model);
  gsize n_rows = self->options->n_orders + n_more;

  for (gsize f = 0; f < n_features; f++)
    n_rows += self->low[f] > self->high[f];
  if (!re3_polyhedron_reserve (polyhedron, n_rows, error))
    return NULL;

  for (gsize i = 0; i < self->n; i++) {
    gsize feature = self->features[i];

    polyhedron->low[i] = re3_counterfactual_space_get_step (self, i, self->low[feature]);
    polyhedron->high[i] = re3_counterfactual_space_get_step (self, i, self->high[feature]);
  }
  for (gsize f = 0; f < n_features; f++) {
    if (self->low[f] > self->high[f]) {
      memset (self->gradient, 0, self->n * sizeof (double));
      re3_polyhedron_add (polyhedron, self->gradient, 1, 0);
    }
  }

  for (gsize k = 0; k < self->options->n_orders; k++) {
    const Re3FeatureOrder *order = &self->options->orders[k];
    double lesser = self->base[order->lesser];
    double greater = self->base[order->greater];

    memset (self->gradient, 0, self->n * sizeof (double));
    for (gsize i = 0; i < self->n; i++) {
      if (self->features[i] == order->greater)
        self->gradient[i] += 1 / self->rates[i];
      if (self->features[i] == order->lesser)
        self->gradient[i] -= 1 / self->rates[i];
    }
    re3_polyhedron_add (polyhedron, self->gradient, lesser - greater,
                        16 * DBL_EPSILON * (fabs (lesser) + fabs (greater)));
  }

  return g_steal_pointer (&polyhedron);
}

void
re3_counterfactual_space_add (const Re3CounterfactualSpace *self,
                              Re3Polyhedron *polyhedron,
                              const double *gradient,
                              double offset,
                              double sign)
{
  gsize n_features = re3_model_get_n_features (self->model);
  double value = re3_accumulate_product (offset, gradient, self->base_input, n_features);
  double terms = fabs (offset);

  for (gsize f = 0; f < n_features; f++)
    terms += fabs (gradient[f] * self->base_input[f]);
  for (gsize i = 0; i < self->n; i++)
    self->gradient[i] = sign * gradient[self->features[i]] * self->slopes[i];

  re3_polyhedron_add (polyhedron, self->gradient, -sign * value, SHARE_OF_ROUNDING * terms);
}

/* Makes the order hold where rounding has turned it. Returns: whether it does hold */
static gboolean
repair_order (const Re3CounterfactualSpace *self, Re3FeatureOrder order, double *values)
{
  const guint8 *integer = self->options->integer;
  gsize lesser = order.lesser;
  gsize greater = order.greater;

  if (values[lesser] <= values[greater])
    return TRUE;

  if (!is_set (integer, lesser) && values[greater] >= self->low[lesser])
    values[lesser] = values[greater];
  else if (!is_set (integer, greater) && values[lesser] <= self->high[greater])
    values[greater] = values[lesser];
  else
    return FALSE;

  return TRUE;
}

static gboolean
repair_orders (const Re3CounterfactualSpace *self, double *values)
{
  const Re3CounterfactualOptions *options = self->options;
  gboolean holds = FALSE;

  /* What mends one order may break the next in a chain of them. */
  for (gsize round = 0; !holds && round <= options->n_orders; round++) {
    holds = TRUE;
    for (gsize i = 0; i < options->n_orders; i++) {
      holds = holds && values[options->orders[i].lesser] <= values[options->orders[i].greater];
      if (!repair_order (self, options->orders[i], values))
        return FALSE;
    }
  }

  return holds;
}

gboolean
re3_counterfactual_space_finish (const Re3CounterfactualSpace *self,
                                 const double *y,
                                 double *values)
{
  memcpy (values, self->base, re3_model_get_n_features (self->model) * sizeof (double));
  for (gsize i = 0; i < self->n; i++) {
    gsize feature = self->features[i];
    double value = re3_counterfactual_space_get_value (self, i, y[i]);

    if (re3_counterfactual_space_is_integer (self, i)) {
      if (fabs (value - rint (value)) > WHOLE)
        return FALSE;
      value = rint (value);
    }
    values[feature] = CLAMP (value, self->low[feature], self->high[feature]);
  }

  return repair_orders (self, values);
}

/* There is room for one sample. */
static const Re3Forward *
run_forward (const Re3CounterfactualSpace *self)
{
  return re3_network_forward_again (re3_model_get_network (self->model), self->input, 1,
                                    self->forward, NULL);
}

const Re3Forward *
re3_counterfactual_space_forward (const Re3CounterfactualSpace *self, const double *values)
{
  for (gsize f = 0; f < re3_model_get_n_features (self->model); f++)
    self->input[f] = re3_model_scale (self->model, f, values[f]);

  return run_forward (self);
}

const Re3Forward *
re3_counterfactual_space_forward_at (const Re3CounterfactualSpace *self, const double *y)
{
  memcpy (self->input, self->base_input, re3_model_get_n_features (self->model) * sizeof (double));
  for (gsize i = 0; i < self->n; i++)
    self->input[self->features[i]] += self->slopes[i] * y[i];

  return run_forward (self);
}

double
re3_counterfactual_space_measure (const Re3CounterfactualSpace *self, const double *values)
{
  gsize n_features = re3_model_get_n_features (self->model);
  g_autofree double *steps = g_new (double, n_features);

  for (gsize f = 0; f < n_features; f++)
    steps[f] = (values[f] - self->values[f]) * get_rate (self, f);

  return re3_metric_length (self->options->metric, steps, n_features);
}

double
re3_counterfactual_space_get_distance (const Re3CounterfactualSpace *self, double length)
{
  gsize n_features = re3_model_get_n_features (self->model);
  double base = re3_metric_length (self->options->metric, self->base_steps, n_features);

  switch (self->options->metric) {
  case RE3_METRIC_L1:
    return base + length;
  case RE3_METRIC_LINF:
    return MAX (base, length);
  case RE3_METRIC_L2:
  case RE3_METRIC_PAPER:
  default:
    return hypot (base, length);
  }
}

double
re3_counterfactual_space_get_length (const Re3CounterfactualSpace *self, double distance)
{
  double base = re3_counterfactual_space_get_distance (self, 0);

  if (distance <= base)
    return 0;

  switch (self->options->metric) {
  case RE3_METRIC_L1:
    return distance - base;
  case RE3_METRIC_LINF:
    return distance;
  case RE3_METRIC_L2:
  case RE3_METRIC_PAPER:
  default:
    return sqrt (distance - base) * sqrt (distance + base);
  }
}
