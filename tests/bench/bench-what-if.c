/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-data.h"
#include "bench-rows.h"
#include "re3-explanation.h"

#include <stdlib.h>

#define FRAME_MS     16.7
#define N_EDITS      1000
#define N_EDITS_MANY 300 /* of the large network */
#define REACH        2.0

typedef struct {
  Re3Model *model;
  gsize n_features;
  gsize n_edits;
  double *values;
  GRand *random;
  Re3Explanation *last;
} Case;

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* One feature of the sample moves to a new value: everything that the window shows of it, as the
 * window asks for it. */
static void
edit (Case *self)
{
  gsize feature = (gsize) g_rand_int_range (self->random, 0, (gint32) self->n_features);
  Re3Explanation *explanation;

  self->values[feature] = g_rand_double_range (self->random, -REACH, REACH);
  explanation = re3_explanation_new (self->model, self->values,
                                     self->last != NULL ? self->last->region : NULL);
  g_free (re3_explanation_logit_contributions (explanation, explanation->prediction));
  g_free (re3_explanation_probability_contributions (explanation, explanation->prediction));
  g_free (re3_explanation_neuron_contributions (explanation, explanation->prediction));
  g_clear_pointer (&self->last, re3_explanation_unref);
  self->last = explanation;
}

/* The 99th percentile of many edits. */
static BenchTime
run_edits (gpointer data)
{
  Case *self = data;
  g_autofree double *times = g_new (double, self->n_edits);
  BenchWatch watch = bench_watch_start (FALSE);
  BenchTime time;

  for (gsize i = 0; i < self->n_edits; i++) {
    double start = bench_now ();

    edit (self);
    times[i] = bench_now () - start;
  }
  time = bench_watch_stop (&watch);
  qsort (times, self->n_edits, sizeof (double), compare_doubles);
  time.wall = times[self->n_edits * 99 / 100];
  time.processor /= (double) self->n_edits;

  return time;
}

static void
measure (BenchTable *table,
         const char *name,
         const char *work,
         const gsize *widths,
         gsize n_widths,
         gsize n_edits,
         double target)
{
  Case self = { .n_features = widths[0], .n_edits = bench_table_is_quick (table) ? 10 : n_edits };
  const BenchRow row = {
    .name = name,
    .work = work,
    .baseline = { .label = "a frame", .limit = FRAME_MS },
    .ours = { .label = "99th percentile of edits", .run = run_edits, .data = &self },
    .target = target,
  };

  if (!bench_table_wants (table, name))
    return;

  self.model = bench_random_model (widths, n_widths);
  self.values = bench_random_numbers (self.n_features, 1, 5);
  self.random = g_rand_new_with_seed (6);
  bench_table_measure (table, &row);
  re3_explanation_unref (self.last);
  g_rand_free (self.random);
  g_free (self.values);
  re3_model_unref (self.model);
}

void
bench_what_if (BenchTable *table)
{
  static const gsize small[] = { 57, 16, 8, 4, 2 };
  static const gsize large[] = { 784, 256, 128, 10 };

  measure (table, "what-if-57",
           "one edit: logits, map, contributions, distances and intervals, 57-16-8-4-2", small,
           G_N_ELEMENTS (small), N_EDITS, 100);
  measure (table, "what-if-784", "the same, 784-256-128-10", large, G_N_ELEMENTS (large),
           N_EDITS_MANY, 4);
}
