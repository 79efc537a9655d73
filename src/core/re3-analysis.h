/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-model.h"
#include "re3-monitor.h"
#include "re3-region-table.h"
#include "re3-region.h"
#include "re3-statistics.h"

G_BEGIN_DECLS

/* Regions whose purity is below are marked as confused (paper, section 4.4). */
#define RE3_DEFAULT_PURITY_THRESHOLD 0.7

/**
 * Re3Analysis:
 *
 * A model's answers to a whole data set: prediction, region and boundary distance of every row, the
 * table of regions with their feature profiles, and how good the model is. Immutable and
 * reference counted.
 */
typedef struct _Re3Analysis Re3Analysis;

/* @monitor: (nullable). Fails with RE3_CORE_ERROR_SHAPE where @dataset is not made for @model, with
 * RE3_CORE_ERROR_VALUE where it holds a number that is not finite, and with
 * RE3_CORE_ERROR_CANCELLED where @monitor stops it. */
Re3Analysis          *re3_analysis_new               (Re3Model          *model,
                                                      Re3Dataset        *dataset,
                                                      const Re3Monitor  *monitor,
                                                      GError           **error);
Re3Analysis          *re3_analysis_ref               (Re3Analysis       *self);
void                  re3_analysis_unref             (Re3Analysis       *self);
Re3Model             *re3_analysis_get_model         (const Re3Analysis *self);
Re3Dataset           *re3_analysis_get_dataset       (const Re3Analysis *self);
const Re3RegionTable *re3_analysis_get_region_table  (const Re3Analysis *self);

/* Of each row. */
int                   re3_analysis_get_prediction    (const Re3Analysis *self,
                                                      gsize              row);
/* The probability of the predicted class. */
double                re3_analysis_get_confidence    (const Re3Analysis *self,
                                                      gsize              row);
/* The region's place in the table. */
gsize                 re3_analysis_get_region        (const Re3Analysis *self,
                                                      gsize              row);
/* Exact L2 distance to the nearest change of pattern, and the paper's rho; may be INFINITY. */
double                re3_analysis_get_distance      (const Re3Analysis *self,
                                                      gsize              row);
double                re3_analysis_get_paper_distance (const Re3Analysis *self,
                                                      gsize              row);
gboolean              re3_analysis_is_misclassified  (const Re3Analysis *self,
                                                      gsize              row);

/* Of each region: n_features numbers, the mean of A_r[c] * x over its samples (paper, Algorithm
 * 4). With class_index = the region's majority class over all its samples, see the first; the
 * second takes its samples of true class c only, and is %NULL where there are none. Without
 * labels the majority is that of the predictions. */
const double         *re3_analysis_get_profile       (const Re3Analysis *self,
                                                      gsize              region);
const double         *re3_analysis_get_class_profile (const Re3Analysis *self,
                                                      gsize              region,
                                                      gsize              class_index);

/* Over the data set. Shares of 1, NAN where there is nothing to count. */
double                re3_analysis_get_train_accuracy (const Re3Analysis *self);
double                re3_analysis_get_test_accuracy  (const Re3Analysis *self);
/* Test samples of true class @actual that were taken for @predicted. */
gsize                 re3_analysis_get_confusion      (const Re3Analysis *self,
                                                       gsize              actual,
                                                       gsize              predicted);
/* max over all rows of |A x + D - logits|. */
double                re3_analysis_get_residual_max   (const Re3Analysis *self);
/* Over the test samples; over all where there are none. */
void                  re3_analysis_get_validity       (const Re3Analysis *self,
                                                       gboolean           paper,
                                                       Re3Validity       *validity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Analysis, re3_analysis_unref)

G_END_DECLS
