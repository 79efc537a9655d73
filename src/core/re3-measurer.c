/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-measurer-private.h"

#include "re3-memory.h"
#include "re3-sample-kernels-private.h"
#include "re3-statistics.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gsize
re3_measuring_get_n_importance_sums (const Re3Measuring *self)
{
  return RE3_IMPORTANCE_N_SUMS * self->n_features;
}

gsize
re3_measuring_get_n_sums (const Re3Measuring *self)
{
  return 2 * re3_measuring_get_n_importance_sums (self) +
         re3_neuron_tally_count_groups (self->n_classes) * self->n_neurons;
}

gsize
re3_measuring_get_n_input_sums (const Re3Measuring *self)
{
  return (self->n_classes + 1) * self->n_features;
}

gsize
re3_measuring_get_majority (const Re3Measuring *self, gsize place)
{
  const Re3RegionRow *row = re3_region_table_get_region (self->answers->table, place);
  const guint32 *rows = re3_region_table_get_rows (self->answers->table, place);
  g_autofree gsize *counts = NULL;
  gsize majority = 0;

  if (row->majority != RE3_NO_LABEL)
    return (gsize) row->majority;

  counts = g_new0 (gsize, self->n_classes);
  for (gsize i = 0; i < row->n_train + row->n_test; i++)
    counts[self->answers->predictions[rows[i]]]++;
  for (gsize class_index = 1; class_index < self->n_classes; class_index++)
    if (counts[class_index] > counts[majority])
      majority = class_index;

  return majority;
}

gboolean
re3_measurer_init (Re3Measurer *self, const Re3Measuring *measuring, GError **error)
{
  gsize n_features = measuring->n_features;
  gsize n_rows_max = re3_sample_block_get_n_rows_max (measuring->network);
  const Re3GradientBounds *bounds = re3_region_maps_get_bounds (measuring->measures->maps);

  *self = (Re3Measurer){ .measuring = measuring };
  self->importance = re3_importance_tally_new (n_features, measuring->n_classes, n_rows_max, error);
  if (self->importance == NULL)
    return FALSE;
  self->neurons = re3_neuron_tally_new (measuring->n_classes, measuring->n_neurons, error);
  if (self->neurons == NULL ||
      !re3_sample_block_init (&self->block, measuring->model, measuring->dataset, error))
    return FALSE;
  self->input_sums =
      re3_try_new (double, re3_measuring_get_n_input_sums (measuring), 1, error,
                   _ ("the sums of %zu features by %zu classes"), n_features, measuring->n_classes);
  if (self->input_sums == NULL)
    return FALSE;

  if (bounds != NULL) {
    self->search = re3_boundary_search_new (measuring->network, bounds, error);
    if (self->search == NULL)
      return FALSE;
  }

  self->active = g_new (guint8, measuring->n_neurons);
  self->run_input_sums = g_new (double, n_features);
  self->run_input_sizes = g_new (double, n_features);
  self->distances = g_new (double, n_rows_max);
  self->nearest_neurons = g_new (guint64, n_rows_max);

  return TRUE;
}

void
re3_measurer_clear (Re3Measurer *self)
{
  re3_importance_tally_free (self->importance);
  re3_neuron_tally_free (self->neurons);
  re3_sample_block_clear (&self->block);
  re3_boundary_search_free (self->search);
  g_clear_pointer (&self->region, re3_region_unref);
  g_free (self->active);
  g_free (self->input_sums);
  g_free (self->run_input_sums);
  g_free (self->run_input_sizes);
  g_free (self->distances);
  g_free (self->nearest_neurons);
}

static void
measure_residual (Re3Measurer *self, const Re3SampleRun *run)
{
  double residual = re3_region_residual_of_block (run->region, run->inputs, run->stride,
                                                  run->logits, run->forward_stride, run->n);

  self->residual_max = re3_larger (self->residual_max, residual);
}

static void
keep_distance (Re3Measurer *self, Re3Metric metric, gsize row, double distance, gsize neuron)
{
  Re3Measures *measures = self->measuring->measures;

  measures->distances[metric][row] = distance;
  measures->neurons[metric][row] =
      neuron == RE3_NO_NEURON ? RE3_MEASURES_NO_NEURON : (guint32) neuron;
}

/* Sample by sample, in a region without gradients. */
static gboolean
search_distances (Re3Measurer *self, const Re3SampleRun *run, const guint32 *rows, GError **error)
{
  for (gsize i = 0; i < run->n; i++) {
    Re3Boundary boundary;

    if (!re3_boundary_search_measure (self->search, run->pre_activations + i, run->forward_stride,
                                      RE3_METRICS_ALL, &boundary, error))
      return FALSE;
    for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++) {
      gsize neuron;
      double distance = re3_boundary_get_distance (&boundary, metric, &neuron);

      keep_distance (self, metric, rows[i], distance, neuron);
    }
  }

  return TRUE;
}

/* @rows: of the samples. */
static gboolean
measure_distances (Re3Measurer *self, const Re3SampleRun *run, const guint32 *rows, GError **error)
{
  const Re3Measuring *measuring = self->measuring;

  if (run->region->gradients == NULL)
    return search_distances (self, run, rows, error);

  for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++) {
    re3_boundary_measure_block (measuring->network, run->region, metric, run->pre_activations,
                                run->forward_stride, run->n, self->distances,
                                self->nearest_neurons);
    for (gsize i = 0; i < run->n; i++)
      keep_distance (self, metric, rows[i], self->distances[i], self->nearest_neurons[i]);
  }

  return TRUE;
}

/* The inputs of the region by true label, and, last, all of them. */
static void
sum_up_inputs (Re3Measurer *self, const Re3SampleRun *run)
{
  gsize n_features = self->measuring->n_features;
  gsize n_classes = self->measuring->n_classes;
  gsize label = run->group % (n_classes + 1);
  double *of_all = self->input_sums + n_classes * n_features;
  double *of_class = label < n_classes ? self->input_sums + label * n_features : NULL;

  re3_sample_kernels_get ()->sum_rows (run->inputs, run->stride, n_features, run->n,
                                       self->run_input_sums, self->run_input_sizes);
  for (gsize feature = 0; feature < n_features; feature++) {
    of_all[feature] += self->run_input_sums[feature];
    if (of_class != NULL)
      of_class[feature] += self->run_input_sums[feature];
  }
}

static void
sum_up_contributions (Re3Measurer *self, const Re3SampleRun *run)
{
  const Re3Measuring *measuring = self->measuring;
  gboolean is_test = run->group > measuring->n_classes;
  gsize n_importance_sums = re3_measuring_get_n_importance_sums (measuring);

  re3_importance_tally_add_run (self->importance, run, is_test, self->run_input_sums,
                                self->run_input_sizes,
                                self->sums + (is_test ? n_importance_sums : 0));
  re3_neuron_tally_add_run (self->neurons, measuring->network, run, self->active,
                            self->sums + 2 * n_importance_sums);
}

/* The @n samples of the block from @index on, which are some of @ordered. */
static Re3SampleRun
make_run (const Re3Measurer *self, const Re3OrderedRun *ordered, gsize index, gsize n)
{
  const Re3SampleBlock *block = &self->block;

  return (Re3SampleRun){
    .region = self->region,
    .prediction = ordered->prediction,
    .group = ordered->group,
    .n = n,
    .stride = block->n_rows,
    .inputs = block->inputs + index,
    .probabilities = block->probabilities + index,
    .forward_stride = block->forward->stride,
    .pre_activations = block->forward->pre_activations + index,
    .activations = block->forward->activations + index,
    .logits = block->forward->logits + index,
  };
}

/* Takes the map of the region at @place. */
static gboolean
enter_region (Re3Measurer *self, gsize place, Re3Team *team, gsize member)
{
  const Re3Measuring *measuring = self->measuring;
  Re3Monitor monitor = re3_team_get_monitor (team, member);
  GError *error = NULL;

  self->place = place;
  self->region = re3_region_maps_get_for_rows (measuring->measures->maps, place, &monitor, &error);
  if (self->region == NULL) {
    re3_team_fail (team, error);
    return FALSE;
  }

  re3_pattern_get_active (self->region->pattern, measuring->network, self->active);
  memset (self->input_sums, 0, re3_measuring_get_n_input_sums (measuring) * sizeof (double));

  return TRUE;
}

/* Keeps what the inputs of the region sum up to: for later if they are a part of its inputs. */
static gboolean
leave_region (Re3Measurer *self, Re3Portion *portion, Re3Team *team)
{
  const Re3Measuring *measuring = self->measuring;
  gsize n_sums = re3_measuring_get_n_input_sums (measuring);
  Re3RegionPart part = { .place = self->place };
  GError *error = NULL;

  if (self->region == NULL)
    return TRUE;

  if (self->place < measuring->n_large) {
    part.input_sums =
        re3_try_new (double, n_sums, 1, &error, _ ("the sums of %zu features by %zu classes"),
                     measuring->n_features, measuring->n_classes);
    if (part.input_sums == NULL) {
      re3_team_fail (team, error);
      return FALSE;
    }
    memcpy (part.input_sums, self->input_sums, n_sums * sizeof (double));
    g_array_append_val (portion->parts, part);
  } else {
    re3_profiles_set (measuring->measures->profiles, self->place, self->region,
                      re3_measuring_get_majority (measuring, self->place), self->input_sums);
  }
  g_clear_pointer (&self->region, re3_region_unref);

  return TRUE;
}

/* Runs the samples from @first of the order on forward, @n of them, or as many as a block holds. */
static gboolean
fill_block (Re3Measurer *self, gsize first, gsize n, Re3Team *team)
{
  Re3SampleBlock *block = &self->block;
  GError *error = NULL;

  block->n_rows = MIN (block->n_rows_max, n);
  memcpy (block->rows, self->measuring->order->rows + first, block->n_rows * sizeof (guint32));
  if (!re3_sample_block_run (block, &error)) {
    re3_team_fail (team, error);
    return FALSE;
  }
  re3_team_advance (team, block->n_rows);

  return TRUE;
}

/* Measures the samples of the block, the first of which is at @first of the order, run by run. */
static gboolean
measure_block (Re3Measurer *self, gsize first, Re3Portion *portion, Re3Team *team, gsize member)
{
  const Re3OrderedRun *ordered = re3_sample_order_find_run (self->measuring->order, first);
  gsize n;
  GError *error = NULL;

  for (gsize index = 0; index < self->block.n_rows; index += n, ordered++) {
    Re3SampleRun run;

    if ((self->region == NULL || self->place != ordered->region) &&
        (!leave_region (self, portion, team) ||
         !enter_region (self, ordered->region, team, member)))
      return FALSE;
    n = MIN (ordered[1].first - first, self->block.n_rows) - index;
    run = make_run (self, ordered, index, n);
    measure_residual (self, &run);
    if (!measure_distances (self, &run, self->block.rows + index, &error)) {
      re3_team_fail (team, error);
      return FALSE;
    }
    sum_up_inputs (self, &run);
    sum_up_contributions (self, &run);
  }

  return TRUE;
}

void
re3_measurer_measure_portion (Re3Measurer *self, Re3Portion *portion, Re3Team *team, gsize member)
{
  const Re3Measuring *measuring = self->measuring;
  gsize end = portion->first + portion->n_rows;
  GError *error = NULL;

  self->sums = portion->sums = re3_try_new0 (double, re3_measuring_get_n_sums (measuring), 1,
                                             &error, _ ("the sums of %zu features and %zu neurons"),
                                             measuring->n_features, measuring->n_neurons);
  if (self->sums == NULL) {
    re3_team_fail (team, error);
    return;
  }

  for (gsize first = portion->first; first < end; first += self->block.n_rows)
    if (!re3_team_goes_on (team, member) || !fill_block (self, first, end - first, team) ||
        !measure_block (self, first, portion, team, member))
      return;
  leave_region (self, portion, team);
}
