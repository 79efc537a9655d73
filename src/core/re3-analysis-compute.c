/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-analysis-private.h"
#include "re3-boundary.h"
#include "re3-core-error.h"
#include "re3-softmax.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Rows that pass through the network together. It changes the speed and no digit. */
#define BLOCK_ROWS 512

/* The rows are gone over twice: once to find their regions, once to measure them by region. */
#define N_PASSES 2

typedef struct {
  Re3Analysis *analysis;
  const Re3Network *network;
  const Re3Monitor *monitor;
  gsize n_rows;
  gsize n_features;
  gsize n_classes;
  gsize n_steps_done;

  /* The block at hand. */
  guint32 rows[BLOCK_ROWS];
  gsize n_block;
  double *inputs;

  /* One sample of it, contiguous. */
  double *input;
  double *logits;
  double *probabilities;

  /* The sum of the inputs of one region by true label, and, last, of all of them. */
  double *sums;
} Run;

static void
run_init (Run *self, Re3Analysis *analysis, const Re3Monitor *monitor)
{
  self->analysis = analysis;
  self->network = re3_model_get_network (analysis->model);
  self->monitor = monitor;
  self->n_rows = re3_dataset_get_n_rows (analysis->dataset);
  self->n_features = re3_model_get_n_features (analysis->model);
  self->n_classes = re3_model_get_n_classes (analysis->model);
  self->n_steps_done = 0;
  self->inputs = g_new (double, BLOCK_ROWS * self->n_features);
  self->input = g_new (double, self->n_features);
  self->logits = g_new (double, self->n_classes);
  self->probabilities = g_new (double, self->n_classes);
  self->sums = g_new (double, (self->n_classes + 1) * self->n_features);
}

static void
run_clear (Run *self)
{
  g_free (self->inputs);
  g_free (self->input);
  g_free (self->logits);
  g_free (self->probabilities);
  g_free (self->sums);
}

static double *
run_sum (Run *self, gsize class_index)
{
  return self->sums + class_index * self->n_features;
}

/* Runs the block of rows through the network. (transfer full) */
static Re3Forward *
run_forward (Run *self)
{
  for (gsize feature = 0; feature < self->n_features; feature++) {
    const double *column = re3_dataset_get_column (self->analysis->dataset, feature);
    double *inputs = self->inputs + feature * self->n_block;

    for (gsize i = 0; i < self->n_block; i++)
      inputs[i] = re3_model_scale (self->analysis->model, feature, column[self->rows[i]]);
  }

  return re3_network_forward (self->network, self->inputs, self->n_block);
}

static void
run_take_sample (Run *self, const Re3Forward *forward, gsize sample)
{
  for (gsize feature = 0; feature < self->n_features; feature++)
    self->input[feature] = self->inputs[feature * self->n_block + sample];
  for (gsize class_index = 0; class_index < self->n_classes; class_index++)
    self->logits[class_index] = forward->logits[class_index * self->n_block + sample];
}

static gboolean
run_step (Run *self, GError **error)
{
  self->n_steps_done += self->n_block;
  if (re3_monitor_report (self->monitor, self->n_steps_done, N_PASSES * self->n_rows))
    return TRUE;

  g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED,
                       _ ("The analysis was stopped."));
  return FALSE;
}

static gboolean
run_find_regions (Run *self, GError **error)
{
  Re3Analysis *analysis = self->analysis;
  gsize n_neurons = re3_network_get_n_neurons (self->network);
  g_autoptr (Re3RegionTableBuilder) builder =
      re3_region_table_builder_new (self->network, self->n_classes);

  for (gsize first = 0; first < self->n_rows; first += BLOCK_ROWS) {
    g_autoptr (Re3Forward) forward = NULL;

    self->n_block = MIN (BLOCK_ROWS, self->n_rows - first);
    for (gsize i = 0; i < self->n_block; i++)
      self->rows[i] = (guint32) (first + i);
    forward = run_forward (self);

    for (gsize i = 0; i < self->n_block; i++) {
      gsize row = self->rows[i];
      g_autoptr (Re3Pattern) pattern = re3_pattern_new_from_forward (forward, n_neurons, i);

      run_take_sample (self, forward, i);
      re3_softmax (self->logits, self->n_classes, self->probabilities);
      analysis->predictions[row] = (int) re3_argmax (self->logits, self->n_classes, 1);
      analysis->confidences[row] = self->probabilities[analysis->predictions[row]];
      re3_region_table_builder_add (builder, pattern,
                                    re3_dataset_get_label (analysis->dataset, row),
                                    re3_dataset_is_test (analysis->dataset, row));
    }

    if (!run_step (self, error))
      return FALSE;
  }

  analysis->table = re3_region_table_builder_finish (builder);

  return TRUE;
}

/* Measures the rows of the block, which lie in @region, and adds them to the sums. */
static void
run_measure_block (Run *self, const Re3Region *region)
{
  Re3Analysis *analysis = self->analysis;
  g_autoptr (Re3Forward) forward = run_forward (self);

  for (gsize i = 0; i < self->n_block; i++) {
    gsize row = self->rows[i];
    int label = re3_dataset_get_label (analysis->dataset, row);
    double *sum_of_class = label != RE3_NO_LABEL ? run_sum (self, (gsize) label) : NULL;
    double *sum_of_all = run_sum (self, self->n_classes);
    Re3Boundary boundary;

    run_take_sample (self, forward, i);
    re3_boundary_measure (self->network, region, forward->pre_activations + i, self->n_block,
                          &boundary);
    analysis->distances[row] = boundary.l2;
    analysis->paper_distances[row] = boundary.paper;

    analysis->residual_max = re3_larger (analysis->residual_max,
                                         re3_region_residual (region, self->input, self->logits));

    for (gsize feature = 0; feature < self->n_features; feature++) {
      sum_of_all[feature] += self->input[feature];
      if (sum_of_class != NULL)
        sum_of_class[feature] += self->input[feature];
    }
  }
}

/* mean of A[c] * x = A[c] * (sum of x) / n. (transfer full) */
static double *
profile_new (const Re3Region *region, gsize class_index, const double *sum, gsize n)
{
  const double *slope = re3_matrix_row (region->A, class_index);
  double *profile = g_new (double, region->A->columns);

  for (gsize i = 0; i < region->A->columns; i++)
    profile[i] = slope[i] * sum[i] / (double) n;

  return profile;
}

/* The most frequent prediction, the smaller one at a tie. */
static gsize
run_predicted_majority (Run *self, const guint32 *rows, gsize n)
{
  g_autofree gsize *counts = g_new0 (gsize, self->n_classes);
  gsize majority = 0;

  for (gsize i = 0; i < n; i++)
    counts[self->analysis->predictions[rows[i]]]++;
  for (gsize class_index = 1; class_index < self->n_classes; class_index++)
    if (counts[class_index] > counts[majority])
      majority = class_index;

  return majority;
}

static void
run_make_profiles (Run *self, gsize place, const Re3Region *region)
{
  Re3Analysis *analysis = self->analysis;
  const Re3RegionRow *row = re3_region_table_get_region (analysis->table, place);
  const guint32 *rows = re3_region_table_get_rows (analysis->table, place);
  gsize n = row->n_train + row->n_test;
  gsize majority = row->majority != RE3_NO_LABEL ? (gsize) row->majority
                                                 : run_predicted_majority (self, rows, n);
  double **of_class = analysis->class_profiles + place * self->n_classes;

  analysis->profiles[place] = profile_new (region, majority, run_sum (self, self->n_classes), n);

  for (gsize class_index = 0; class_index < self->n_classes; class_index++) {
    /* Most regions are pure, and many hold one sample: they need no second copy. */
    if (row->counts[class_index] == n)
      of_class[class_index] = analysis->profiles[place];
    else if (row->counts[class_index] > 0)
      of_class[class_index] =
          profile_new (region, class_index, run_sum (self, class_index), row->counts[class_index]);
  }
}

/* One affine map at a time: to keep them all would take more memory than the data set. */
static gboolean
run_measure_regions (Run *self, GError **error)
{
  Re3Analysis *analysis = self->analysis;
  gsize n_regions = re3_region_table_get_n_regions (analysis->table);

  analysis->profiles = g_new0 (double *, n_regions);
  analysis->class_profiles = g_new0 (double *, n_regions * self->n_classes);
  for (gsize place = 0; place < n_regions; place++) {
    const Re3RegionRow *row = re3_region_table_get_region (analysis->table, place);
    const guint32 *rows = re3_region_table_get_rows (analysis->table, place);
    gsize n = row->n_train + row->n_test;
    g_autoptr (Re3Region) region = re3_region_new (self->network, row->pattern);

    memset (self->sums, 0, (self->n_classes + 1) * self->n_features * sizeof (double));
    for (gsize first = 0; first < n; first += BLOCK_ROWS) {
      self->n_block = MIN (BLOCK_ROWS, n - first);
      memcpy (self->rows, rows + first, self->n_block * sizeof (guint32));
      run_measure_block (self, region);
      if (!run_step (self, error))
        return FALSE;
    }
    run_make_profiles (self, place, region);
  }

  return TRUE;
}

/* The share of 1, NAN where there is nothing to count. */
static double
share (gsize n, gsize total)
{
  return total > 0 ? (double) n / (double) total : NAN;
}

static void
run_count_errors (Run *self)
{
  Re3Analysis *analysis = self->analysis;
  gsize right[2] = { 0, 0 };
  gsize labelled[2] = { 0, 0 };

  for (gsize row = 0; row < self->n_rows; row++) {
    int label = re3_dataset_get_label (analysis->dataset, row);
    int prediction = analysis->predictions[row];
    gboolean is_test = re3_dataset_is_test (analysis->dataset, row);

    if (label == RE3_NO_LABEL)
      continue;

    labelled[is_test]++;
    right[is_test] += label == prediction;
    if (is_test)
      analysis->confusion[(gsize) label * self->n_classes + (gsize) prediction]++;
  }

  analysis->train_accuracy = share (right[FALSE], labelled[FALSE]);
  analysis->test_accuracy = share (right[TRUE], labelled[TRUE]);
}

/* Over the test samples; over all where there are none. */
static void
run_summarise (Run *self, const double *distances, Re3Validity *validity)
{
  const Re3Dataset *dataset = self->analysis->dataset;
  gboolean all = re3_dataset_get_n_test (dataset) == 0;
  g_autofree double *chosen = g_new (double, self->n_rows);
  gsize n = 0;

  for (gsize row = 0; row < self->n_rows; row++)
    if (all || re3_dataset_is_test (dataset, row))
      chosen[n++] = distances[row];

  re3_validity_summarise (chosen, n, validity);
}

gboolean
re3_analysis_compute (Re3Analysis *self, const Re3Monitor *monitor, GError **error)
{
  Run run;
  gboolean done;

  run_init (&run, self, monitor);
  self->predictions = g_new (int, run.n_rows);
  self->confidences = g_new (double, run.n_rows);
  self->distances = g_new (double, run.n_rows);
  self->paper_distances = g_new (double, run.n_rows);
  self->confusion = g_new0 (gsize, run.n_classes * run.n_classes);

  done = run_find_regions (&run, error) && run_measure_regions (&run, error);
  if (done) {
    run_count_errors (&run);
    run_summarise (&run, self->distances, &self->validity);
    run_summarise (&run, self->paper_distances, &self->paper_validity);
  }
  run_clear (&run);

  return done;
}
