/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-analysis.h"
#include "re3-data-file.h"

G_BEGIN_DECLS

/**
 * Re3ResultOptions:
 * @metric: how the distances under "boundary" are measured
 * @purity_threshold: regions whose purity is below are marked as confused
 * @scaler_is_fitted: whether the model's scaler is not its own, but fitted to the training rows
 * @report: (nullable): what was found while reading the data set
 *
 * How the results of an analysis are written, and what is to be said of them besides.
 */
typedef struct {
  Re3Metric metric;
  double purity_threshold;
  gboolean scaler_is_fitted;
  const Re3DataReport *report;
} Re3ResultOptions;

#define RE3_RESULT_OPTIONS_DEFAULT \
  ((Re3ResultOptions){ .metric = RE3_METRIC_L2, .purity_threshold = RE3_DEFAULT_PURITY_THRESHOLD })

/* Where the numbers of the network's own units come from: "model", "train", or %NULL where the
 * network takes the data as they are. */
static inline const char *
re3_result_options_get_scaler (const Re3ResultOptions *self, const Re3Model *model)
{
  return !re3_model_has_scaler (model) ? NULL : self->scaler_is_fitted ? "train" : "model";
}

G_END_DECLS
