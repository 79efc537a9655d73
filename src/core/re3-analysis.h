/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-boundary.h"
#include "re3-dataset.h"
#include "re3-errors.h"
#include "re3-importance.h"
#include "re3-model.h"
#include "re3-monitor.h"
#include "re3-neuron-statistics.h"
#include "re3-quality.h"
#include "re3-region-table.h"
#include "re3-region.h"
#include "re3-sample-set.h"
#include "re3-validity.h"

G_BEGIN_DECLS

/* Regions whose purity is below are marked as confused (paper, section 4.4). */
#define RE3_DEFAULT_PURITY_THRESHOLD 0.7

/* The affine maps of an analysis are kept, those of the largest regions first, up to so many bytes.
 * The others are made again when they are looked at. */
#define RE3_REGION_MAPS_BYTES ((gsize) 8 << 20)

/**
 * Re3Analysis:
 *
 * A model's answers to a whole data set: prediction, region and boundary distances of every row, the
 * table of regions with their feature profiles, the importance of features and neurons, and how
 * good the model is. Immutable and reference counted.
 *
 * Predictions and regions take a small part of the time, and are to be had before the rest, as a
 * first analysis. There, distances are NAN, and profiles, importance, neurons and the residual
 * missing.
 */
typedef struct _Re3Analysis Re3Analysis;

/**
 * Re3AnalysisOptions:
 * @n_threads: threads that share the work, 0 for as many as there are processors. The results are
 *   the same to the last bit.
 * @monitor: (nullable)
 * @take_first: (nullable): called once, in the thread that called re3_analysis_new_with_options(),
 *   with the first analysis; keep it with re3_analysis_ref()
 * @user_data: passed to @take_first
 */
typedef struct {
  gsize n_threads;
  const Re3Monitor *monitor;
  void (*take_first) (Re3Analysis *first,
                      gpointer     user_data);
  gpointer user_data;
} Re3AnalysisOptions;

/* Fails with RE3_CORE_ERROR_SHAPE where @dataset is not made for @model, with RE3_CORE_ERROR_VALUE
 * where it holds a number that is not finite, and with RE3_CORE_ERROR_CANCELLED where the monitor
 * stops it, which it asks every few milliseconds. Steps are rows, each counted twice.
 * @options: (nullable) */
Re3Analysis          *re3_analysis_new_with_options  (Re3Model                 *model,
                                                      Re3Dataset               *dataset,
                                                      const Re3AnalysisOptions *options,
                                                      GError                  **error);
/* The same with all processors. @monitor: (nullable). */
Re3Analysis          *re3_analysis_new               (Re3Model          *model,
                                                      Re3Dataset        *dataset,
                                                      const Re3Monitor  *monitor,
                                                      GError           **error);
Re3Analysis          *re3_analysis_ref               (Re3Analysis       *self);
void                  re3_analysis_unref             (Re3Analysis       *self);
/* %FALSE for a first analysis. */
gboolean              re3_analysis_is_complete       (const Re3Analysis *self);
Re3Model             *re3_analysis_get_model         (const Re3Analysis *self);
Re3Dataset           *re3_analysis_get_dataset       (const Re3Analysis *self);
const Re3RegionTable *re3_analysis_get_region_table  (const Re3Analysis *self);
/* What is reported where nobody says otherwise: the test samples, or all where there are none. */
Re3SampleSet          re3_analysis_get_default_set   (const Re3Analysis *self);

/* Of each row. */
int                   re3_analysis_get_prediction    (const Re3Analysis *self,
                                                      gsize              row);
/* The probability of the predicted class. */
double                re3_analysis_get_confidence    (const Re3Analysis *self,
                                                      gsize              row);
/* Of a regression network, its first output; NAN of a classifier. */
double                re3_analysis_get_output        (const Re3Analysis *self,
                                                      gsize              row);
/* The region's place in the table. */
gsize                 re3_analysis_get_region        (const Re3Analysis *self,
                                                      gsize              row);
/* The distance to the nearest change of pattern; may be INFINITY. @neuron: (out) (nullable): the
 * hidden neuron that limits it, or RE3_NO_NEURON. */
double                re3_analysis_get_boundary      (const Re3Analysis *self,
                                                      gsize              row,
                                                      Re3Metric          metric,
                                                      gsize             *neuron);
/* In RE3_METRIC_L2 and RE3_METRIC_PAPER. */
double                re3_analysis_get_distance      (const Re3Analysis *self,
                                                      gsize              row);
double                re3_analysis_get_paper_distance (const Re3Analysis *self,
                                                      gsize              row);
gboolean              re3_analysis_is_misclassified  (const Re3Analysis *self,
                                                      gsize              row);

/* Of each region: the affine map, which is made if it was not kept. (transfer full) */
Re3Region            *re3_analysis_get_region_map    (const Re3Analysis *self,
                                                      gsize              region);
/* n_features numbers, the mean of A_r[c] * x over its samples (paper, Algorithm 4). With c = the
 * region's majority class over all its samples, see the first; the second takes its samples of
 * true class c only, and is %NULL where there are none. Without labels the majority is that of the
 * predictions. */
const double         *re3_analysis_get_profile       (const Re3Analysis *self,
                                                      gsize              region);
const double         *re3_analysis_get_class_profile (const Re3Analysis *self,
                                                      gsize              region,
                                                      gsize              class_index);

/* Over the samples of @set. How often the model is right; see also the shorthands below. */
const Re3Quality     *re3_analysis_get_quality       (const Re3Analysis *self,
                                                      Re3SampleSet       set);
/* How far the first output of a regression network is from its targets; (nullable): %NULL for a
 * classifier. */
const Re3Errors      *re3_analysis_get_errors        (const Re3Analysis *self,
                                                      Re3SampleSet       set);
/* (nullable): %NULL in a first analysis. */
const Re3Importance  *re3_analysis_get_importance    (const Re3Analysis *self,
                                                      Re3SampleSet       set);
/* What hidden @neuron does over the samples of @set of true class @class_index, which may be
 * RE3_ALL_CLASSES or RE3_NO_LABEL. Returns: %FALSE in a first analysis */
gboolean              re3_analysis_get_neuron        (const Re3Analysis   *self,
                                                      Re3SampleSet         set,
                                                      int                  class_index,
                                                      gsize                neuron,
                                                      Re3NeuronStatistics *statistics);
/* Distances in @metric summed up. */
void                  re3_analysis_get_boundary_summary (const Re3Analysis *self,
                                                      Re3Metric          metric,
                                                      Re3SampleSet       set,
                                                      Re3Validity       *validity);
/* All of them, sorted: the validity curve. (transfer full): without samples in a first analysis */
Re3ValidityCurve     *re3_analysis_get_validity_curve (const Re3Analysis *self,
                                                      Re3Metric          metric,
                                                      Re3SampleSet       set);
/* Samples nearer than RE3_UNDECIDED_DISTANCE (L2) to a hyperplane: their region is not decided. 0 in
 * a first analysis, which has no distances. */
gsize                 re3_analysis_count_undecided   (const Re3Analysis *self,
                                                      Re3SampleSet       set);

/* Shares of 1, NAN where there is nothing to count. */
double                re3_analysis_get_train_accuracy (const Re3Analysis *self);
double                re3_analysis_get_test_accuracy  (const Re3Analysis *self);
/* Test samples of true class @actual that were taken for @predicted. */
gsize                 re3_analysis_get_confusion      (const Re3Analysis *self,
                                                       gsize              actual,
                                                       gsize              predicted);
/* max over all rows of |A x + D - logits|; NAN in a first analysis. */
double                re3_analysis_get_residual_max   (const Re3Analysis *self);
/* In RE3_METRIC_L2 or RE3_METRIC_PAPER, over the default set. */
void                  re3_analysis_get_validity       (const Re3Analysis *self,
                                                       gboolean           paper,
                                                       Re3Validity       *validity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Analysis, re3_analysis_unref)

G_END_DECLS
