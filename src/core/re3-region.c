/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-region.h"

#include "re3-accumulate.h"
#include "re3-backward.h"
#include "re3-core-error.h"
#include "re3-memory.h"
#include "re3-norm.h"
#include "re3-statistics.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

/* Multiplications between two looks at the monitor: a few milliseconds. */
#define PRODUCTS_PER_POLL ((gsize) 1 << 22)

/* So many inputs at once are gone through for all neurons of a layer, so that their gradients with
 * respect to these, of some hundred neurons, stay in the second cache. It changes no digit. */
#define COLUMNS_PER_TILE 64

/* Loads that begin where a line of the cache does are never two. */
#define CACHE_LINE_NUMBERS 8

/* Gradients measured in one go: enough to keep a processor busy. */
#define ROWS_MEASURED 16

/* Samples whose residuals are taken at once. */
#define RESIDUALS_PER_TILE 64

/* A region is one block of memory: this, the numbers that it points to, and the pattern. */
typedef struct {
  Re3Region region;
  Re3Matrix A;
  Re3Matrix gradients;
  Re3Matrix logit_gradients;
  _Atomic gsize n_references;
  double numbers[];
} Block;

/* A region on its way. */
typedef struct {
  Re3Region *region;
  const Re3Network *network;
  const Re3Monitor *monitor;
  gsize n_neurons_done;
  gsize n_products; /* since the last look at the monitor */

  Re3Piece *pieces; /* that the neurons are on */

  /* The activations of one layer as affine functions of x, without those that are 0 on the region:
   * which ones they are, the slopes of their pieces, the gradients of their z, and what the pieces
   * make of the offsets. */
  gsize n_active;
  gsize *active;
  double *active_slopes;
  double *gradient_memory;
  double *active_gradients; /* in it */
  double *active_offsets;

  /* The weights that lead from them to the next layer, times the slopes: a row for each of its
   * neurons. */
  double *weights;
} Making;

static gboolean
making_goes_on (Making *self, gsize n_products)
{
  self->n_products += n_products;
  if (self->n_products < PRODUCTS_PER_POLL)
    return TRUE;

  self->n_products = 0;

  return re3_monitor_report (self->monitor, self->n_neurons_done,
                             re3_network_get_n_neurons (self->network));
}

static double *
start_of_line (double *memory)
{
  guintptr mask = CACHE_LINE_NUMBERS * sizeof (double) - 1;

  return (double *) (((guintptr) memory + mask) & ~mask);
}

static gboolean
making_init (Making *self,
             Re3Region *region,
             const Re3Network *network,
             const Re3Monitor *monitor,
             GError **error)
{
  gsize n_neurons = re3_network_get_n_neurons (network);
  gsize widest = 0;
  gsize n_weights = 0;

  for (gsize layer = 0; layer < re3_network_get_n_hidden_layers (network); layer++)
    widest = MAX (widest, re3_network_get_hidden_width (network, layer));
  for (gsize layer = 1; layer <= re3_network_get_n_hidden_layers (network); layer++) {
    const Re3Affine *affine = re3_network_get_affine (network, layer);

    n_weights = MAX (n_weights, affine->n_inputs * affine->n_outputs);
  }

  /* The weights of the gradients of the logits, as one layer of those of the first hidden layer. */
  if (n_neurons > 0)
    n_weights = MAX (n_weights, re3_network_get_affine (network, 0)->n_outputs * region->A->rows);

  *self = (Making){ .region = region, .network = network, .monitor = monitor };
  self->pieces = g_new (Re3Piece, n_neurons);
  re3_pattern_get_pieces (region->pattern, network, self->pieces);
  self->active = g_new (gsize, widest);
  self->active_slopes = g_new (double, widest);
  if (region->gradients != NULL) {
    /* Some rows more than needed: room to begin where a line of the cache does. */
    self->gradient_memory =
        re3_try_new (double, widest + CACHE_LINE_NUMBERS, region->A->columns, error,
                     _ ("the gradients of %zu neurons with respect to %zu inputs"), widest,
                     region->A->columns);
    if (self->gradient_memory == NULL)
      return FALSE;
    self->active_gradients = start_of_line (self->gradient_memory);
  }
  self->active_offsets = g_new (double, widest);
  self->weights =
      re3_try_new (double, n_weights, 1, error, _ ("the weights of %zu connections"), n_weights);

  return self->weights != NULL;
}

static void
making_clear (Making *self)
{
  g_free (self->pieces);
  g_free (self->active);
  g_free (self->active_slopes);
  g_free (self->gradient_memory);
  g_free (self->active_offsets);
  g_free (self->weights);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

/* Puts the pre-activations of a hidden layer on their pieces. */
static void
making_activate (Making *self, const Re3Operation *activation)
{
  const Re3Region *region = self->region;
  gsize n_inputs = region->gradients->columns;

  self->n_active = 0;
  for (gsize i = 0; i < activation->n_outputs; i++) {
    gsize neuron = activation->first_neuron + i;
    const Re3Piece *piece = &self->pieces[neuron];
    const double *gradient = re3_matrix_row (region->gradients, neuron);

    if (piece->slope == 0 && piece->intercept == 0)
      continue;

    memcpy (self->active_gradients + self->n_active * n_inputs, gradient,
            n_inputs * sizeof (double));
    self->active_offsets[self->n_active] =
        piece->slope * region->offsets[neuron] + piece->intercept;
    self->active_slopes[self->n_active] = piece->slope;
    self->active[self->n_active] = i;
    self->n_active++;
  }
}

/* Writes affine map @layer of the network as a function of x: a row of @gradients and one of
 * @offsets for each output. */
static gboolean
making_push (Making *self, gsize layer, double *gradients, double *offsets)
{
  const Re3Affine *affine = re3_network_get_affine (self->network, layer);
  gsize n_inputs = self->region->A->columns;

  if (layer == 0) {
    memcpy (gradients, affine->weight, affine->n_outputs * n_inputs * sizeof (double));
    memcpy (offsets, affine->bias, affine->n_outputs * sizeof (double));
    return TRUE;
  }

  for (gsize row = 0; row < affine->n_outputs; row++) {
    double *weights = self->weights + row * self->n_active;

    for (gsize i = 0; i < self->n_active; i++)
      weights[i] = affine->weight[row * affine->n_inputs + self->active[i]];
    offsets[row] =
        re3_accumulate_product (affine->bias[row], weights, self->active_offsets, self->n_active);
    for (gsize i = 0; i < self->n_active; i++)
      weights[i] *= self->active_slopes[i];
  }

  for (gsize first = 0; first < n_inputs; first += COLUMNS_PER_TILE) {
    gsize n_columns = MIN (COLUMNS_PER_TILE, n_inputs - first);

    for (gsize row = 0; row < affine->n_outputs; row++) {
      re3_accumulate (gradients + row * n_inputs + first, n_columns,
                      self->weights + row * self->n_active, self->active_gradients + first,
                      n_inputs, self->n_active);
      if (!making_goes_on (self, self->n_active * n_columns))
        return FALSE;
    }
  }

  return TRUE;
}

/* Algorithm 2 of the paper, for all rows at once: from the input to the logits. */
static gboolean
making_accumulate_gradients (Making *self)
{
  Re3Region *region = self->region;
  gsize n_layers = re3_network_get_n_hidden_layers (self->network);

  for (gsize layer = 0; layer < n_layers; layer++) {
    const Re3Operation *activation = re3_network_get_activation (self->network, layer);
    gsize first = activation->first_neuron;

    if (!making_push (self, layer, re3_matrix_row (region->gradients, first),
                      region->offsets + first))
      return FALSE;
    making_activate (self, activation);
    self->n_neurons_done += activation->n_outputs;
  }

  return making_push (self, n_layers, region->A->data, region->D);
}

static gboolean
making_accumulate_logit_gradients (Making *self)
{
  Re3Region *region = self->region;
  g_autofree double *unit = g_new0 (double, region->A->rows);

  for (gsize class_index = 0; class_index < region->A->rows; class_index++) {
    unit[class_index] = 1;
    re3_network_backward (self->network, region->pattern, unit,
                          re3_matrix_row (region->logit_gradients, class_index), NULL);
    unit[class_index] = 0;
    if (!making_goes_on (self, re3_network_get_n_parameters (self->network)))
      return FALSE;
  }

  return TRUE;
}

/* A and D from the gradients of the logits with respect to the neurons: as one layer of those of
 * the first, and by what biases and intercepts add to each neuron. */
static gboolean
making_accumulate_map (Making *self)
{
  Re3Region *region = self->region;
  const Re3Affine *first = re3_network_get_affine (self->network, 0);
  gsize n_layers = re3_network_get_n_hidden_layers (self->network);
  gsize n_inputs = region->A->columns;
  gsize n = 0;

  if (n_layers == 0)
    return making_push (self, 0, region->A->data, region->D);

  memcpy (region->D, re3_network_get_affine (self->network, n_layers)->bias,
          region->A->rows * sizeof (double));
  for (gsize layer = 0; layer < n_layers; layer++) {
    const Re3Operation *activation = re3_network_get_activation (self->network, layer);
    const double *bias = re3_network_get_affine (self->network, layer)->bias;
    const Re3Piece *pieces = self->pieces + activation->first_neuron;

    for (gsize i = 0; i < activation->n_outputs; i++)
      self->active_offsets[i] = pieces[i].slope * bias[i] + pieces[i].intercept;
    for (gsize row = 0; row < region->A->rows; row++)
      region->D[row] = re3_accumulate_product (
          region->D[row], re3_matrix_row (region->logit_gradients, row) + activation->first_neuron,
          self->active_offsets, activation->n_outputs);
  }

  for (gsize i = 0; i < first->n_outputs; i++)
    if (self->pieces[i].slope != 0)
      self->active[n++] = i;
  for (gsize row = 0; row < region->A->rows; row++)
    for (gsize i = 0; i < n; i++)
      self->weights[row * n + i] = self->pieces[self->active[i]].slope *
                                   re3_matrix_row (region->logit_gradients, row)[self->active[i]];
  for (gsize start = 0; start < n_inputs; start += COLUMNS_PER_TILE) {
    gsize n_columns = MIN (COLUMNS_PER_TILE, n_inputs - start);

    for (gsize row = 0; row < region->A->rows; row++) {
      re3_accumulate_listed (re3_matrix_row (region->A, row) + start, n_columns,
                             self->weights + row * n, first->weight + start, n_inputs, self->active,
                             n);
      if (!making_goes_on (self, n * n_columns))
        return FALSE;
    }
  }

  return TRUE;
}

static gboolean
making_measure_gradients (Making *self)
{
  Re3Region *region = self->region;
  gsize n_inputs = region->gradients->columns;

  for (gsize first = 0; first < region->gradients->rows; first += ROWS_MEASURED) {
    gsize n_rows = MIN (ROWS_MEASURED, region->gradients->rows - first);

    re3_norm_rows (re3_matrix_row (region->gradients, first), n_rows, n_inputs,
                   region->norm_l2 + first, region->norm_l1 + first, region->norm_linf + first);
    if (!making_goes_on (self, 3 * n_rows * n_inputs))
      return FALSE;
  }

  return TRUE;
}

static gsize
get_size (const Re3Network *network, gboolean has_gradients)
{
  gsize n_rows;
  gsize n_columns;
  gsize n_neurons;
  gsize n_bytes;

  /* The rows of A and of the gradients are n_inputs long, and D and an offset stand beside them;
   * the logit gradients and three norms are rows of n_neurons. */
  n_neurons = re3_network_get_n_neurons (network);
  n_rows = re3_network_get_n_outputs (network) + (has_gradients ? n_neurons : 0);
  n_columns = re3_network_get_n_inputs (network) + 1;
  if (!g_size_checked_mul (&n_bytes, n_rows, n_columns) ||
      !g_size_checked_mul (&n_neurons, n_neurons,
                           re3_network_get_n_outputs (network) + (has_gradients ? 3 : 0)) ||
      !g_size_checked_add (&n_bytes, n_bytes, n_neurons) ||
      !g_size_checked_mul (&n_bytes, n_bytes, sizeof (double)) ||
      !g_size_checked_add (&n_bytes, n_bytes,
                           sizeof (Block) + re3_pattern_size (re3_network_get_n_gates (network))))
    return G_MAXSIZE;

  return n_bytes;
}

gsize
re3_region_get_size (const Re3Network *network)
{
  g_return_val_if_fail (network != NULL, 0);

  return get_size (network, TRUE);
}

static double *
take_numbers (double **numbers, gsize n)
{
  double *first = *numbers;

  *numbers += n;

  return first;
}

static Re3Matrix *
take_matrix (Re3Matrix *matrix, double **numbers, gsize rows, gsize columns)
{
  *matrix = (Re3Matrix){ rows, columns, take_numbers (numbers, rows * columns) };

  return matrix;
}

/* All numbers are 0. (nullable) */
static Re3Region *
region_alloc (const Re3Network *network,
              const Re3Pattern *pattern,
              gboolean has_gradients,
              GError **error)
{
  gsize n_inputs = re3_network_get_n_inputs (network);
  gsize n_outputs = re3_network_get_n_outputs (network);
  gsize n_neurons = re3_network_get_n_neurons (network);
  Block *block;
  Re3Region *self;
  double *numbers;

  block = (Block *) re3_try_new0 (guint8, get_size (network, has_gradients), 1, error,
                                  _ ("the affine maps of %zu neurons of %zu inputs"), n_neurons,
                                  n_inputs);
  if (block == NULL)
    return NULL;

  atomic_init (&block->n_references, 1);
  numbers = block->numbers;
  self = &block->region;
  self->A = take_matrix (&block->A, &numbers, n_outputs, n_inputs);
  self->D = take_numbers (&numbers, n_outputs);
  if (has_gradients) {
    self->gradients = take_matrix (&block->gradients, &numbers, n_neurons, n_inputs);
    self->offsets = take_numbers (&numbers, n_neurons);
    self->norm_l2 = take_numbers (&numbers, n_neurons);
    self->norm_l1 = take_numbers (&numbers, n_neurons);
    self->norm_linf = take_numbers (&numbers, n_neurons);
  }
  self->logit_gradients = take_matrix (&block->logit_gradients, &numbers, n_outputs, n_neurons);
  self->pattern = (Re3Pattern *) numbers;
  memcpy (self->pattern, pattern, re3_pattern_size (pattern->n_gates));

  return self;
}

static Re3Region *
region_make (const Re3Network *network,
             const Re3Pattern *pattern,
             gboolean has_gradients,
             const Re3Monitor *monitor,
             GError **error)
{
  g_autoptr (Re3Region) self = NULL;
  g_auto (Making) making = { 0 };
  gboolean done;

  self = region_alloc (network, pattern, has_gradients, error);
  if (self == NULL || !making_init (&making, self, network, monitor, error))
    return NULL;

  if (has_gradients)
    done = making_accumulate_gradients (&making) && making_accumulate_logit_gradients (&making) &&
           making_measure_gradients (&making);
  else
    done = making_accumulate_logit_gradients (&making) && making_accumulate_map (&making);
  if (!done) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED,
                         _ ("The affine map of a region was stopped."));
    return NULL;
  }

  return g_steal_pointer (&self);
}

Re3Region *
re3_region_new_watched (const Re3Network *network,
                        const Re3Pattern *pattern,
                        const Re3Monitor *monitor,
                        GError **error)
{
  g_return_val_if_fail (network != NULL && pattern != NULL, NULL);
  g_return_val_if_fail (pattern->n_gates == re3_network_get_n_gates (network), NULL);

  return region_make (network, pattern, TRUE, monitor, error);
}

Re3Region *
re3_region_new_without_gradients (const Re3Network *network,
                                  const Re3Pattern *pattern,
                                  const Re3Monitor *monitor,
                                  GError **error)
{
  g_return_val_if_fail (network != NULL && pattern != NULL, NULL);
  g_return_val_if_fail (pattern->n_gates == re3_network_get_n_gates (network), NULL);

  return region_make (network, pattern, FALSE, monitor, error);
}

Re3Region *
re3_region_new (const Re3Network *network, const Re3Pattern *pattern)
{
  g_autoptr (GError) error = NULL;
  Re3Region *self = re3_region_new_watched (network, pattern, NULL, &error);

  if (error != NULL)
    g_error ("%s", error->message);

  return self;
}

Re3Region *
re3_region_ref (Re3Region *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  atomic_fetch_add (&((Block *) self)->n_references, 1);

  return self;
}

void
re3_region_unref (Re3Region *self)
{
  g_return_if_fail (self != NULL);

  if (atomic_fetch_sub (&((Block *) self)->n_references, 1) == 1)
    g_free (self);
}

double
re3_region_residual_of_block (const Re3Region *self,
                              const double *inputs,
                              gsize input_stride,
                              const double *logits,
                              gsize logit_stride,
                              gsize n)
{
  double largest = 0;

  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (n == 0 || (inputs != NULL && logits != NULL), NAN);

  for (gsize first = 0; first < n; first += RESIDUALS_PER_TILE) {
    gsize n_tile = MIN (RESIDUALS_PER_TILE, n - first);

    for (gsize row = 0; row < self->A->rows; row++) {
      double tile[RESIDUALS_PER_TILE];

      for (gsize i = 0; i < n_tile; i++)
        tile[i] = self->D[row];
      re3_accumulate (tile, n_tile, re3_matrix_row (self->A, row), inputs + first, input_stride,
                      self->A->columns);
      for (gsize i = 0; i < n_tile; i++)
        largest = re3_larger (largest, fabs (tile[i] - logits[row * logit_stride + first + i]));
    }
  }

  return largest;
}

double
re3_region_residual (const Re3Region *self, const double *input, const double *logits)
{
  return re3_region_residual_of_block (self, input, 1, logits, 1, 1);
}
