/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-gradient-bounds.h"

#include "re3-accumulate.h"
#include "re3-core-error.h"
#include "re3-memory.h"
#include "re3-norm.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* So many columns of the rows that are multiplied stay in the second cache. */
#define COLUMNS_PER_TILE 64

/* Steps towards the largest eigenvalue, and how much more than what they found is tried first, and
 * then each time that this is not enough. */
#define N_POWER_STEPS 30
#define FIRST_EXCESS  1.02
#define NEXT_EXCESS   1.15

/* Room for constants in bounds of rounding errors: each is far less. */
#define ERROR_CONSTANT 8

/* The rows of one layer's weights, with what goes before and after it multiplied in, each made a
 * unit vector. */
typedef struct {
  const Re3Monitor *monitor;
  gsize layer;
  gsize n_layers;
  gsize n_rows;
  gsize n_columns;
  double *rows;        /* (n_rows, n_columns) */
  double *transposed;  /* (n_columns, n_rows) */
  double *correlation; /* (n_rows, n_rows), its upper half */
  double *factor;      /* the same size */
  double *vector;      /* n_rows */
  double *product;     /* n_rows */
} Rows;

static gboolean
rows_init (Rows *self, const Re3Affine *affine, GError **error)
{
  self->n_rows = affine->n_outputs;
  self->n_columns = affine->n_inputs;
  self->rows = re3_try_new (double, self->n_rows, self->n_columns, error,
                            _ ("the weights of %zu connections"), self->n_rows * self->n_columns);

  return self->rows != NULL;
}

static gboolean
rows_make_room (Rows *self, GError **error)
{
  gsize n = self->n_rows;

  self->transposed = re3_try_new (double, n, self->n_columns, error,
                                  _ ("the weights of %zu connections"), n * self->n_columns);
  if (self->transposed == NULL)
    return FALSE;
  self->correlation = re3_try_new0 (double, n, n, error, _ ("the correlations of %zu neurons"), n);
  if (self->correlation == NULL)
    return FALSE;
  self->factor = re3_try_new (double, n, n, error, _ ("the correlations of %zu neurons"), n);
  self->vector = g_new (double, n);
  self->product = g_new (double, n);

  return self->factor != NULL;
}

static void
rows_clear (Rows *self)
{
  g_free (self->rows);
  g_free (self->transposed);
  g_free (self->correlation);
  g_free (self->factor);
  g_free (self->vector);
  g_free (self->product);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static gboolean
rows_go_on (const Rows *self)
{
  return re3_monitor_report (self->monitor, self->layer, self->n_layers);
}

/* Makes unit vectors of the rows, whose norms are @spans; rows of 0 stay as they are. */
static void
rows_normalise (Rows *self, const double *spans)
{
  for (gsize i = 0; i < self->n_rows; i++)
    for (gsize j = 0; j < self->n_columns; j++) {
      double *number = &self->rows[i * self->n_columns + j];

      *number = spans[i] > 0 ? *number / spans[i] : 0;
      self->transposed[j * self->n_rows + i] = *number;
    }
}

/* The largest norm of a column. */
static double
rows_find_largest_column (const Rows *self)
{
  double largest = 0;

  for (gsize j = 0; j < self->n_columns; j++)
    largest = MAX (largest, re3_norm_l2 (self->transposed + j * self->n_rows, self->n_rows));

  return largest;
}

static gboolean
rows_correlate (Rows *self)
{
  gsize n = self->n_rows;

  for (gsize first = 0; first < n; first += COLUMNS_PER_TILE) {
    gsize end = MIN (first + COLUMNS_PER_TILE, n);

    for (gsize i = 0; i < end; i++) {
      gsize start = MAX (first, i);

      re3_accumulate (self->correlation + i * n + start, end - start,
                      self->rows + i * self->n_columns, self->transposed + start, n,
                      self->n_columns);
    }
    if (!rows_go_on (self))
      return FALSE;
  }

  return TRUE;
}

/* product = correlation vector. */
static void
rows_multiply (Rows *self)
{
  gsize n = self->n_rows;

  memset (self->product, 0, n * sizeof (double));
  for (gsize i = 0; i < n; i++) {
    const double *row = self->correlation + i * n;

    self->product[i] = re3_accumulate_product (self->product[i], row + i, self->vector + i, n - i);
    re3_accumulate (self->product + i + 1, n - i - 1, &self->vector[i], row + i + 1, n, 1);
  }
}

/* No more than the largest eigenvalue, and mostly not much less: power iteration. */
static double
rows_estimate_eigenvalue (Rows *self)
{
  double eigenvalue = 1;

  for (gsize i = 0; i < self->n_rows; i++)
    self->vector[i] = 1 + (double) (i * 7919 % 1009) / 1009;
  for (gsize step = 0; step < N_POWER_STEPS; step++) {
    double norm = re3_norm_l2 (self->vector, self->n_rows);

    if (!(norm > 0))
      break;
    for (gsize i = 0; i < self->n_rows; i++)
      self->vector[i] /= norm;
    rows_multiply (self);
    eigenvalue = re3_norm_l2 (self->product, self->n_rows);
    memcpy (self->vector, self->product, self->n_rows * sizeof (double));
  }

  return MAX (eigenvalue, 1);
}

/* Whether @limit times the unit matrix less the correlations is positive definite: whether it has a
 * Cholesky factorisation. */
static gboolean
rows_lie_below (Rows *self, double limit)
{
  gsize n = self->n_rows;

  for (gsize i = 0; i < n; i++) {
    double *row = self->factor + i * n;
    double root;

    for (gsize j = i; j < n; j++)
      row[j] = -self->correlation[i * n + j];
    row[i] += limit;
    for (gsize j = 0; j < i; j++)
      self->vector[j] = -self->factor[j * n + i];
    re3_accumulate (row + i, n - i, self->vector, self->factor + i, n, i);
    if (!(row[i] > 0))
      return FALSE;
    root = sqrt (row[i]);
    for (gsize j = i; j < n; j++)
      row[j] /= root;
    if (!rows_go_on (self))
      return FALSE;
  }

  return TRUE;
}

/* No less than the largest eigenvalue of the correlations: one that is proved to be no less, and
 * what rounding may have done to them and to the proof. */
static double
rows_bound_eigenvalue (Rows *self)
{
  double n = (double) self->n_rows;
  double excess = FIRST_EXCESS;
  double estimate = rows_estimate_eigenvalue (self);

  /* The trace is the sum of all eigenvalues, none of which is negative. */
  while (excess * estimate < n && !rows_lie_below (self, excess * estimate) && rows_go_on (self))
    excess *= NEXT_EXCESS;

  return MIN (excess * estimate, n) +
         ERROR_CONSTANT * DBL_EPSILON * n * ((double) self->n_columns + n * excess * estimate);
}

/* The steepest piece of each neuron. */
static double
find_steepest (const Re3Activation *activation)
{
  double steepest = 0;

  for (gsize i = 0; i <= activation->n_thresholds; i++)
    steepest = MAX (steepest, fabs (activation->pieces[i].slope));

  return steepest;
}

/* The norms of the first hidden layer, whose gradients are its weights. */
static void
bounds_measure_first (Re3GradientBounds *self, const Re3Affine *affine)
{
  re3_norm_rows (affine->weight, affine->n_outputs, affine->n_inputs, self->norms[RE3_METRIC_L2],
                 self->norms[RE3_METRIC_LINF], self->norms[RE3_METRIC_L1]);
  memcpy (self->spans, self->norms[RE3_METRIC_L2], affine->n_outputs * sizeof (double));
}

/* Weighs the inputs of @layer by how large they can get. */
static void
bounds_weigh (const Re3GradientBounds *self, const Re3Network *network, gsize layer, double *rows)
{
  const Re3Affine *affine = re3_network_get_affine (network, layer);
  const Re3Operation *before;

  memcpy (rows, affine->weight, affine->n_outputs * affine->n_inputs * sizeof (double));
  if (layer == 0)
    return;

  before = re3_network_get_activation (network, layer - 1);
  for (gsize j = 0; j < affine->n_inputs; j++) {
    double size = find_steepest (&before->activations[j]) * self->spans[before->first_neuron + j];

    for (gsize i = 0; i < affine->n_outputs; i++)
      rows[i * affine->n_inputs + j] *= size;
  }
}

static void
bounds_set_norms (Re3GradientBounds *self, const Re3Operation *activation, gsize layer)
{
  for (gsize i = 0; i < activation->n_outputs; i++) {
    gsize neuron = activation->first_neuron + i;

    /* What underflowed is below the smallest number. */
    for (gsize metric = 0; metric < RE3_N_GRADIENT_METRICS; metric++)
      self->norms[metric][neuron] =
          self->spans[neuron] * self->factors[metric][layer - 1] * (1 + self->errors[layer]) +
          DBL_MIN;
  }
}

/* A sum of n products is off by no more than about n eps times the sum of their sizes, and that of
 * the sizes of n orthogonal rows is no more than sqrt (n) times the norm of their sum. */
static void
bounds_set_error (Re3GradientBounds *self, const Re3Network *network, gsize layer)
{
  double n_terms = (double) re3_network_get_n_inputs (network);
  double growth = 1;

  for (gsize i = 0; i < layer; i++) {
    double width = (double) re3_network_get_hidden_width (network, i);

    n_terms += width + 4;
    growth *= sqrt (width);
  }
  self->errors[layer] = ERROR_CONSTANT * DBL_EPSILON * n_terms * growth;
}

static void
bounds_set_factors (Re3GradientBounds *self, Rows *rows, gsize layer)
{
  double root = sqrt (rows_bound_eigenvalue (rows));

  if (layer == 0) {
    self->factors[RE3_METRIC_L2][0] = root;
    self->factors[RE3_METRIC_LINF][0] = sqrt ((double) rows->n_columns) * root;
    self->factors[RE3_METRIC_L1][0] = MIN (rows_find_largest_column (rows), root);
  } else {
    for (gsize metric = 0; metric < RE3_N_GRADIENT_METRICS; metric++)
      self->factors[metric][layer] = self->factors[metric][layer - 1] * root;
  }
}

/* Returns: whether it goes on */
static gboolean
bounds_add_layer (Re3GradientBounds *self,
                  const Re3Network *network,
                  gsize layer,
                  const Re3Monitor *monitor,
                  GError **error)
{
  const Re3Operation *activation = re3_network_get_activation (network, layer);
  const Re3Affine *affine = re3_network_get_affine (network, layer);
  gsize n_layers = re3_network_get_n_hidden_layers (network);
  g_auto (Rows) rows = { .monitor = monitor, .layer = layer, .n_layers = n_layers };

  bounds_set_error (self, network, layer);
  if (layer == 0)
    bounds_measure_first (self, affine);
  if (layer == 0 && n_layers == 1)
    return TRUE;

  if (!rows_init (&rows, affine, error))
    return FALSE;
  bounds_weigh (self, network, layer, rows.rows);
  if (layer > 0) {
    for (gsize i = 0; i < affine->n_outputs; i++)
      self->spans[activation->first_neuron + i] =
          re3_norm_l2 (rows.rows + i * affine->n_inputs, affine->n_inputs);
    bounds_set_norms (self, activation, layer);
  }
  if (layer + 1 == n_layers)
    return TRUE;

  if (!rows_make_room (&rows, error))
    return FALSE;
  rows_normalise (&rows, self->spans + activation->first_neuron);
  if (rows_correlate (&rows))
    bounds_set_factors (self, &rows, layer);
  if (!rows_go_on (&rows)) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED,
                         _ ("The affine map of a region was stopped."));
    return FALSE;
  }

  return TRUE;
}

Re3GradientBounds *
re3_gradient_bounds_new (const Re3Network *network, const Re3Monitor *monitor, GError **error)
{
  g_autoptr (Re3GradientBounds) self = NULL;
  gsize n_layers;
  gsize n_neurons;

  g_return_val_if_fail (network != NULL, NULL);

  n_layers = re3_network_get_n_hidden_layers (network);
  n_neurons = re3_network_get_n_neurons (network);
  self = g_new0 (Re3GradientBounds, 1);
  for (gsize metric = 0; metric < RE3_N_GRADIENT_METRICS; metric++) {
    self->norms[metric] = g_new0 (double, n_neurons);
    self->factors[metric] = g_new0 (double, n_layers);
  }
  self->spans = g_new0 (double, n_neurons);
  self->errors = g_new0 (double, n_layers);
  for (gsize layer = 0; layer < n_layers; layer++)
    if (!bounds_add_layer (self, network, layer, monitor, error))
      return NULL;

  return g_steal_pointer (&self);
}

void
re3_gradient_bounds_free (Re3GradientBounds *self)
{
  if (self == NULL)
    return;

  for (gsize metric = 0; metric < RE3_N_GRADIENT_METRICS; metric++) {
    g_free (self->norms[metric]);
    g_free (self->factors[metric]);
  }
  g_free (self->spans);
  g_free (self->errors);
  g_free (self);
}
