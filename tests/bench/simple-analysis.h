/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-analysis.h"

G_BEGIN_DECLS

/* A region, with what it sums up over its samples. */
typedef struct {
  guint64 pattern; /* bit j: neuron j is active */
  gsize n_train;
  gsize n_test;
  gsize *counts;    /* by true class */
  double *sums;     /* (n_classes, n_features), of A[c] * x over all samples, */
  double *own_sums; /* and over those of true class c alone */
} SimpleRegion;

/**
 * SimpleAnalysis:
 * @region_of_row: numbers in @regions, which are in the order in which they were met
 * @logit_absolute: by sample set and feature, sums over its samples; likewise those that follow
 * @ranks: by sample set, (n_features, n_features), as in Re3Importance
 * @n_active: by sample set, class and neuron; @neuron_absolute: likewise, sums; @n_top: as well, and
 *   by top
 *
 * All that an Re3Analysis tells, one sample after the other and nothing shared between two. For
 * ReLU networks of up to 64 hidden neurons, and data where all rows have a label.
 */
typedef struct {
  gsize n_rows;
  gsize n_features;
  gsize n_classes;
  gsize n_neurons;
  int *predictions;
  double *confidences;
  guint32 *region_of_row;
  double *distances[RE3_N_METRICS];
  GArray *regions; /* of SimpleRegion */
  gsize n_samples[2];
  gsize n_correct[2];
  double *logit_absolute[2];
  double *logit_signed[2];
  double *probability_absolute[2];
  double *probability_signed[2];
  guint32 *ranks[2];
  gsize *n_active[2];
  double *neuron_absolute[2];
  gsize *n_top[2];
  Re3Validity validity[RE3_N_METRICS][RE3_N_SAMPLE_SETS];
  double residual_max;
} SimpleAnalysis;

SimpleAnalysis *simple_analysis_new   (const Re3Model       *model,
                                       const Re3Dataset     *dataset);
void            simple_analysis_free  (SimpleAnalysis       *self);
/* Ends the program where both do not say the same. */
void            simple_analysis_check (const SimpleAnalysis *self,
                                       const Re3Analysis    *analysis);

G_END_DECLS
