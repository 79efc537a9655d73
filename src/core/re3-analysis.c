/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-analysis.h"

#include "re3-answers-private.h"
#include "re3-core-error.h"
#include "re3-measures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _Re3Analysis {
  Re3Model *model;
  Re3Dataset *dataset;
  Re3Answers *answers;
  Re3Measures *measures; /* %NULL in a first analysis */
};

/* The rows are gone over twice: once to find their regions, once to measure them by region. */
#define N_PASSES 2

static gboolean
check_shapes (const Re3Model *model, const Re3Dataset *dataset, GError **error)
{
  if (re3_dataset_get_n_features (dataset) != re3_model_get_n_features (model)) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_SHAPE,
                 _ ("The data set has %zu features and the model takes %zu; open the data that "
                    "belongs to this model."),
                 re3_dataset_get_n_features (dataset), re3_model_get_n_features (model));
    return FALSE;
  }

  if (re3_dataset_has_labels (dataset) &&
      re3_dataset_get_n_classes (dataset) != re3_model_get_n_classes (model)) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_SHAPE,
                 _ ("The labels of the data set name %zu classes and the model knows %zu; open "
                    "the data that belongs to this model, or choose another label column."),
                 re3_dataset_get_n_classes (dataset), re3_model_get_n_classes (model));
    return FALSE;
  }

  return TRUE;
}

/* @answers: (transfer full) (nullable): as long as they are not there, the team was stopped. */
static Re3Analysis *
analysis_new (Re3Model *model, Re3Dataset *dataset, Re3Answers *answers)
{
  Re3Analysis *self = g_atomic_rc_box_new0 (Re3Analysis);

  self->model = re3_model_ref (model);
  self->dataset = re3_dataset_ref (dataset);
  self->answers = answers;

  return self;
}

/* (transfer full) (nullable): %NULL when @team is stopped or fails. */
static Re3Analysis *
analyse (Re3Model *model, Re3Dataset *dataset, const Re3AnalysisOptions *options, Re3Team *team)
{
  g_autoptr (Re3Analysis) self = NULL;
  Re3Answers *answers = re3_answers_new (model, dataset, team);

  if (answers == NULL)
    return NULL;

  /* Whoever takes the first one may look at it while the second is still written. */
  if (options->take_first != NULL) {
    g_autoptr (Re3Analysis) first = analysis_new (model, dataset, re3_answers_ref (answers));

    options->take_first (first, options->user_data);
  }

  self = analysis_new (model, dataset, answers);
  self->measures = re3_measures_new (model, dataset, answers, team);
  if (self->measures == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

Re3Analysis *
re3_analysis_new_with_options (Re3Model *model,
                               Re3Dataset *dataset,
                               const Re3AnalysisOptions *options,
                               GError **error)
{
  static const Re3AnalysisOptions defaults = { 0 };
  Re3Analysis *self;
  Re3Team team;

  g_return_val_if_fail (model != NULL && dataset != NULL, NULL);

  if (!check_shapes (model, dataset, error))
    return NULL;

  if (options == NULL)
    options = &defaults;
  re3_team_init (&team, options->n_threads, options->monitor,
                 N_PASSES * re3_dataset_get_n_rows (dataset));
  self = analyse (model, dataset, options, &team);
  if (self == NULL) {
    GError *failure = re3_team_take_failure (&team);

    if (failure == NULL)
      failure = g_error_new_literal (RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED,
                                     _ ("The analysis was stopped."));
    g_propagate_error (error, failure);
  }

  return self;
}

Re3Analysis *
re3_analysis_new (Re3Model *model, Re3Dataset *dataset, const Re3Monitor *monitor, GError **error)
{
  const Re3AnalysisOptions options = { .monitor = monitor };

  return re3_analysis_new_with_options (model, dataset, &options, error);
}

static void
analysis_clear (gpointer data)
{
  Re3Analysis *self = data;

  g_clear_pointer (&self->measures, re3_measures_free);
  re3_answers_unref (self->answers);
  re3_model_unref (self->model);
  re3_dataset_unref (self->dataset);
}

Re3Analysis *
re3_analysis_ref (Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
re3_analysis_unref (Re3Analysis *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, analysis_clear);
}

gboolean
re3_analysis_is_complete (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->measures != NULL;
}

Re3Model *
re3_analysis_get_model (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->model;
}

Re3Dataset *
re3_analysis_get_dataset (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->dataset;
}

const Re3RegionTable *
re3_analysis_get_region_table (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->answers->table;
}

Re3SampleSet
re3_analysis_get_default_set (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, RE3_SAMPLES_ALL);

  return re3_dataset_get_n_test (self->dataset) > 0 ? RE3_SAMPLES_TEST : RE3_SAMPLES_ALL;
}

static gboolean
has_row (const Re3Analysis *self, gsize row)
{
  return self != NULL && row < re3_dataset_get_n_rows (self->dataset);
}

int
re3_analysis_get_prediction (const Re3Analysis *self, gsize row)
{
  g_return_val_if_fail (has_row (self, row), RE3_NO_LABEL);

  return self->answers->predictions[row];
}

double
re3_analysis_get_confidence (const Re3Analysis *self, gsize row)
{
  g_return_val_if_fail (has_row (self, row), NAN);

  return self->answers->confidences[row];
}

gsize
re3_analysis_get_region (const Re3Analysis *self, gsize row)
{
  g_return_val_if_fail (has_row (self, row), 0);

  return re3_region_table_get_region_of_row (self->answers->table, row);
}

double
re3_analysis_get_boundary (const Re3Analysis *self, gsize row, Re3Metric metric, gsize *neuron)
{
  guint32 limit = RE3_MEASURES_NO_NEURON;
  double distance = NAN;

  g_return_val_if_fail (has_row (self, row) && metric < RE3_N_METRICS, NAN);

  if (self->measures != NULL) {
    limit = self->measures->neurons[metric][row];
    distance = self->measures->distances[metric][row];
  }
  if (neuron != NULL)
    *neuron = limit == RE3_MEASURES_NO_NEURON ? RE3_NO_NEURON : limit;

  return distance;
}

double
re3_analysis_get_distance (const Re3Analysis *self, gsize row)
{
  return re3_analysis_get_boundary (self, row, RE3_METRIC_L2, NULL);
}

double
re3_analysis_get_paper_distance (const Re3Analysis *self, gsize row)
{
  return re3_analysis_get_boundary (self, row, RE3_METRIC_PAPER, NULL);
}

gboolean
re3_analysis_is_misclassified (const Re3Analysis *self, gsize row)
{
  int label;

  g_return_val_if_fail (has_row (self, row), FALSE);

  label = re3_dataset_get_label (self->dataset, row);

  return label != RE3_NO_LABEL && label != self->answers->predictions[row];
}

static gboolean
has_region (const Re3Analysis *self, gsize region)
{
  return self != NULL && region < re3_region_table_get_n_regions (self->answers->table);
}

Re3Region *
re3_analysis_get_region_map (const Re3Analysis *self, gsize region)
{
  g_return_val_if_fail (has_region (self, region), NULL);

  if (self->measures != NULL) {
    Re3Region *map = re3_region_maps_get (self->measures->maps, region, NULL, NULL);

    if (map != NULL)
      return map;
  }

  return re3_region_new (re3_model_get_network (self->model),
                         re3_region_table_get_region (self->answers->table, region)->pattern);
}

const double *
re3_analysis_get_profile (const Re3Analysis *self, gsize region)
{
  g_return_val_if_fail (has_region (self, region), NULL);

  return self->measures != NULL ? re3_profiles_get (self->measures->profiles, region) : NULL;
}

const double *
re3_analysis_get_class_profile (const Re3Analysis *self, gsize region, gsize class_index)
{
  g_return_val_if_fail (has_region (self, region), NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (self->model), NULL);

  return self->measures != NULL
             ? re3_profiles_get_class (self->measures->profiles, region, class_index)
             : NULL;
}

const Re3Quality *
re3_analysis_get_quality (const Re3Analysis *self, Re3SampleSet set)
{
  g_return_val_if_fail (self != NULL && set < RE3_N_SAMPLE_SETS, NULL);

  return self->answers->quality[set];
}

double
re3_analysis_get_output (const Re3Analysis *self, gsize row)
{
  g_return_val_if_fail (self != NULL, NAN);
  g_return_val_if_fail (row < re3_dataset_get_n_rows (self->dataset), NAN);

  return self->answers->outputs != NULL ? self->answers->outputs[row] : NAN;
}

const Re3Errors *
re3_analysis_get_errors (const Re3Analysis *self, Re3SampleSet set)
{
  g_return_val_if_fail (self != NULL && set < RE3_N_SAMPLE_SETS, NULL);

  return self->answers->outputs != NULL ? &self->answers->errors[set] : NULL;
}

const Re3Importance *
re3_analysis_get_importance (const Re3Analysis *self, Re3SampleSet set)
{
  g_return_val_if_fail (self != NULL && set < RE3_N_SAMPLE_SETS, NULL);

  return self->measures != NULL ? self->measures->importance[set] : NULL;
}

gboolean
re3_analysis_get_neuron (const Re3Analysis *self,
                         Re3SampleSet set,
                         int class_index,
                         gsize neuron,
                         Re3NeuronStatistics *statistics)
{
  g_return_val_if_fail (self != NULL && set < RE3_N_SAMPLE_SETS && statistics != NULL, FALSE);
  g_return_val_if_fail (neuron < re3_network_get_n_neurons (re3_model_get_network (self->model)),
                        FALSE);
  g_return_val_if_fail (class_index == RE3_ALL_CLASSES || class_index == RE3_NO_LABEL ||
                            (class_index >= 0 &&
                             (gsize) class_index < re3_model_get_n_classes (self->model)),
                        FALSE);

  if (self->measures == NULL)
    return FALSE;

  re3_neuron_tally_summarise (self->measures->neuron_tally, set, class_index, neuron, statistics);

  return TRUE;
}

void
re3_analysis_get_boundary_summary (const Re3Analysis *self,
                                   Re3Metric metric,
                                   Re3SampleSet set,
                                   Re3Validity *validity)
{
  Re3Validity of_none[RE3_N_SAMPLE_SETS];

  g_return_if_fail (self != NULL && validity != NULL);
  g_return_if_fail (metric < RE3_N_METRICS && set < RE3_N_SAMPLE_SETS);

  if (self->measures != NULL) {
    *validity = self->measures->validity[metric][set];
    return;
  }
  re3_validity_summarise (NULL, NULL, 0, of_none, NULL);
  *validity = of_none[set];
}

/* The distances of the samples of @set, in the order of the rows. (transfer full) */
static double *
collect_distances (const Re3Analysis *self, Re3Metric metric, Re3SampleSet set, gsize *n)
{
  gsize n_rows = self->measures != NULL ? re3_dataset_get_n_rows (self->dataset) : 0;
  double *distances = g_new (double, n_rows);

  *n = 0;
  for (gsize row = 0; row < n_rows; row++)
    if (set == RE3_SAMPLES_ALL || re3_dataset_is_test (self->dataset, row) == (int) set)
      distances[(*n)++] = self->measures->distances[metric][row];

  return distances;
}

Re3ValidityCurve *
re3_analysis_get_validity_curve (const Re3Analysis *self, Re3Metric metric, Re3SampleSet set)
{
  g_autofree double *distances = NULL;
  gsize n;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (metric < RE3_N_METRICS && set < RE3_N_SAMPLE_SETS, NULL);

  distances = collect_distances (self, metric, set, &n);

  return re3_validity_curve_new (distances, n);
}

gsize
re3_analysis_count_undecided (const Re3Analysis *self, Re3SampleSet set)
{
  g_autofree double *distances = NULL;
  gsize count = 0;
  gsize n;

  g_return_val_if_fail (self != NULL && set < RE3_N_SAMPLE_SETS, 0);

  distances = collect_distances (self, RE3_METRIC_L2, set, &n);
  for (gsize i = 0; i < n; i++)
    count += distances[i] < RE3_UNDECIDED_DISTANCE;

  return count;
}

double
re3_analysis_get_train_accuracy (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return re3_quality_get_accuracy (self->answers->quality[RE3_SAMPLES_TRAIN]);
}

double
re3_analysis_get_test_accuracy (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return re3_quality_get_accuracy (self->answers->quality[RE3_SAMPLES_TEST]);
}

gsize
re3_analysis_get_confusion (const Re3Analysis *self, gsize actual, gsize predicted)
{
  const Re3Quality *quality;

  g_return_val_if_fail (self != NULL, 0);

  quality = self->answers->quality[RE3_SAMPLES_TEST];
  g_return_val_if_fail (actual < quality->n_classes && predicted < quality->n_classes, 0);

  return quality->confusion[actual * quality->n_classes + predicted];
}

double
re3_analysis_get_residual_max (const Re3Analysis *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->measures != NULL ? self->measures->residual_max : NAN;
}

void
re3_analysis_get_validity (const Re3Analysis *self, gboolean paper, Re3Validity *validity)
{
  re3_analysis_get_boundary_summary (self, paper ? RE3_METRIC_PAPER : RE3_METRIC_L2,
                                     re3_analysis_get_default_set (self), validity);
}
