/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-data.h"
#include "bench-rows.h"
#include "re3-response.h"
#include "simple-network.h"

#include <math.h>
#include <string.h>

#define N_GRID 101
#define FROM   (-2.0)
#define TO     2.0

typedef struct {
  Re3Model *model;
  double *values;
  gsize n_features;
  gsize step; /* the grid takes every so many features, and its time is multiplied */
} Case;

static double
grid_point (gsize i)
{
  return FROM + (TO - FROM) * (double) i / (N_GRID - 1);
}

/* What people do without a trace: the answer at 101 values of each feature. @logits: (nullable):
 * those of the last feature, (N_GRID, n_logits). */
static void
run_grid (const Case *self, gsize first, double *logits)
{
  SimpleNetwork network;
  g_autofree double *x = g_memdup2 (self->values, self->n_features * sizeof (double));
  g_autofree double *z = NULL;
  g_autofree double *last = NULL;
  gsize n_logits = re3_model_get_n_classes (self->model);

  simple_network_init (&network, re3_model_get_network (self->model));
  z = g_new (double, network.n_neurons);
  last = g_new (double, N_GRID *n_logits);
  for (gsize feature = first; feature < self->n_features; feature += self->step) {
    for (gsize i = 0; i < N_GRID; i++) {
      x[feature] = grid_point (i);
      simple_forward (&network, x, z, last + i * n_logits);
    }
    x[feature] = self->values[feature];
  }
  if (logits != NULL)
    memcpy (logits, last, N_GRID * n_logits * sizeof (double));
}

static BenchTime
run_simple (gpointer data)
{
  BenchWatch watch = bench_watch_start (FALSE);

  run_grid (data, 0, NULL);

  return bench_watch_stop (&watch);
}

static BenchTime
run_ours (gpointer data)
{
  const Case *self = data;
  BenchWatch watch = bench_watch_start (FALSE);
  g_autoptr (Re3Explanation) explanation = re3_explanation_new (self->model, self->values, NULL);

  for (gsize feature = 0; feature < self->n_features; feature++)
    re3_response_free (re3_response_new (explanation, feature, FROM, TO));

  return bench_watch_stop (&watch);
}

/* The exact trace goes through all points of the grid. */
static void
check (const Case *self)
{
  gsize n_logits = re3_model_get_n_classes (self->model);
  g_autofree double *expected = g_new (double, N_GRID *n_logits);
  g_autofree double *logits = g_new (double, n_logits);
  g_autoptr (Re3Explanation) explanation = re3_explanation_new (self->model, self->values, NULL);

  for (gsize feature = self->n_features - 1; feature + 8 > self->n_features; feature--) {
    Case one = *self;
    g_autoptr (Re3Response) response = re3_response_new (explanation, feature, FROM, TO);

    one.step = self->n_features;
    run_grid (&one, feature, expected);
    for (gsize i = 0; i < N_GRID; i++) {
      re3_response_get_logits (response, grid_point (i), logits);
      for (gsize c = 0; c < n_logits; c++)
        if (!(fabs (logits[c] - expected[i * n_logits + c]) <= 1e-9))
          g_error ("The two sides of the bench differ in the trace of feature %zu", feature);
    }
  }
}

static void
measure (BenchTable *table,
         const char *name,
         const char *work,
         const char *grid,
         const gsize *widths,
         gsize n_widths,
         gsize step,
         double target)
{
  Case self = { .n_features = widths[0], .step = step };
  const BenchRow row = {
    .name = name,
    .work = work,
    .baseline = { .label = grid, .run = run_simple, .data = &self, .scale = (double) step },
    .ours = { .label = "Re3", .run = run_ours, .data = &self },
    .target = target,
  };

  if (!bench_table_wants (table, name))
    return;

  self.model = bench_random_model (widths, n_widths);
  self.values = bench_random_numbers (self.n_features, 1, 5);
  check (&self);
  bench_table_measure (table, &row);
  g_free (self.values);
  re3_model_unref (self.model);
}

void
bench_traces (BenchTable *table)
{
  static const gsize small[] = { 57, 16, 8, 4, 2 };
  static const gsize large[] = { 784, 256, 128, 10 };

  measure (table, "trace-57", "exact traces of all features, 57-16-8-4-2",
           "forward passes at 101 points", small, G_N_ELEMENTS (small), 1, 10);
  measure (table, "trace-784", "exact traces of all features, 784-256-128-10",
           "forward passes at 101 points (every 49th feature, times 49)", large,
           G_N_ELEMENTS (large), 49, 150);
}
