/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-sample-set.h"

G_BEGIN_DECLS

/**
 * Re3Errors:
 * @n_samples: samples with a target; the others say nothing of the errors
 * @mean: the mean error, output less target: whether the model aims too high
 * @mean_absolute: the mean absolute error (MAE)
 * @root_mean_square: the root of the mean squared error (RMSE)
 * @r2: the coefficient of determination, 1 - sum of squared errors / sum of squared differences of
 *   the targets from their mean; NAN where all targets are the same
 *
 * How far a regression network is from its targets, in their unit. NAN where there are no samples.
 */
typedef struct {
  gsize n_samples;
  double mean;
  double mean_absolute;
  double root_mean_square;
  double r2;
} Re3Errors;

/* @outputs: what the model answers to each row of @dataset; sums are in the order of the rows. */
void re3_errors_measure (const Re3Dataset *dataset,
                         const double     *outputs,
                         Re3SampleSet      set,
                         Re3Errors        *errors);

G_END_DECLS
