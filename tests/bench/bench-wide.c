/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-data.h"
#include "bench-rows.h"
#include "re3-boundary-search.h"
#include "simple-network.h"

#include <math.h>

/* The simple version would take minutes for all rows: it takes some of them, evenly spread, and its
 * time is multiplied. */
#define N_ROWS       10000
#define STEP         200
#define N_ROWS_QUICK 20
#define STEP_QUICK   4

typedef struct {
  const Re3Network *network;
  gsize n_rows;
  gsize step;
  gsize n_inputs;
  const double *by_sample;
  const double *by_feature;
  double *ours;   /* the distance of each row */
  double *theirs; /* of each @step rows one */
} Case;

static BenchTime
run_simple (gpointer data)
{
  Case *self = data;
  BenchWatch watch = bench_watch_start (FALSE);
  SimpleNetwork network;
  g_autofree double *z = NULL;
  g_autofree double *logits = NULL;
  g_autofree double *gradients = NULL;
  g_autofree double *A = NULL;
  g_autofree double *D = NULL;
  gsize n_logits = re3_network_get_n_outputs (self->network);

  simple_network_init (&network, self->network);
  z = g_new (double, network.n_neurons);
  logits = g_new (double, n_logits);
  gradients = g_malloc_n (network.n_neurons * self->n_inputs, sizeof (double));
  A = g_malloc_n (n_logits * self->n_inputs, sizeof (double));
  D = g_new (double, n_logits);

  for (gsize row = 0; row < self->n_rows; row += self->step) {
    double nearest = INFINITY;

    simple_forward (&network, self->by_sample + row * self->n_inputs, z, logits);
    simple_gradients (&network, z, gradients, A, D);
    for (gsize j = 0; j < network.n_neurons; j++) {
      double norm = simple_norm (gradients + j * self->n_inputs, self->n_inputs);

      if (norm > 0)
        nearest = MIN (nearest, fabs (z[j]) / norm);
    }
    self->theirs[row / self->step] = nearest;
  }

  return bench_watch_stop (&watch);
}

static BenchTime
run_ours (gpointer data)
{
  Case *self = data;
  BenchWatch watch = bench_watch_start (FALSE);
  const gsize block = 64;
  g_autofree double *inputs = g_new (double, block * self->n_inputs);
  g_autoptr (Re3GradientBounds) bounds = re3_gradient_bounds_new (self->network, NULL, NULL);
  g_autoptr (Re3BoundarySearch) search = re3_boundary_search_new (self->network, bounds, NULL);
  Re3Forward *forward = NULL;

  for (gsize first = 0; first < self->n_rows; first += block) {
    gsize n = MIN (block, self->n_rows - first);

    for (gsize i = 0; i < self->n_inputs; i++)
      for (gsize s = 0; s < n; s++)
        inputs[i * n + s] = self->by_feature[i * self->n_rows + first + s];
    forward = re3_network_forward_again (self->network, inputs, n, forward, NULL);
    for (gsize s = 0; s < n; s++) {
      Re3Boundary boundary;

      if (!re3_boundary_search_measure (search, forward->pre_activations + s, forward->stride,
                                        RE3_METRICS_L2, &boundary, NULL))
        g_error ("There is no memory for a region");
      self->ours[first + s] = boundary.l2;
    }
  }
  re3_forward_free (forward);

  return bench_watch_stop (&watch);
}

static void
check (Case *self)
{
  run_simple (self);
  run_ours (self);
  for (gsize row = 0; row < self->n_rows; row += self->step)
    if (!(fabs (self->ours[row] - self->theirs[row / self->step]) <= 1e-9))
      g_error ("The two sides of the bench differ in the distance of row %zu: %.17g here, %.17g "
               "there",
               row, self->ours[row], self->theirs[row / self->step]);
}

void
bench_wide (BenchTable *table)
{
  static const gsize widths[] = { 784, 256, 128, 10 };
  gboolean quick = bench_table_is_quick (table);
  Case self = { .n_rows = quick ? N_ROWS_QUICK : N_ROWS,
                .step = quick ? STEP_QUICK : STEP,
                .n_inputs = widths[0] };
  const BenchRow row = {
    .name = "analyse-wide",
    .work = "exact nearest boundary of 10,000 samples, 784-256-128-10, 1 thread",
    .baseline = { .label = "Jacobian of each sample (every 200th, times 200)",
                  .run = run_simple,
                  .data = &self,
                  .scale = (double) self.step },
    .ours = { .label = "Re3", .run = run_ours, .data = &self },
    .target = 9,
  };
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autofree double *by_sample = NULL;
  g_autofree double *ours = NULL;
  g_autofree double *theirs = NULL;

  if (!bench_table_wants (table, row.name))
    return;

  model = bench_random_model (widths, G_N_ELEMENTS (widths));
  dataset = bench_random_data (model, self.n_rows);
  self.network = re3_model_get_network (model);
  self.by_feature = re3_dataset_get_column (dataset, 0);
  self.by_sample = by_sample = g_new (double, self.n_rows *self.n_inputs);
  for (gsize s = 0; s < self.n_rows; s++)
    re3_dataset_get_row (dataset, s, by_sample + s * self.n_inputs);
  self.ours = ours = g_new (double, self.n_rows);
  self.theirs = theirs = g_new (double, self.n_rows);

  check (&self);
  bench_table_measure (table, &row);
}
