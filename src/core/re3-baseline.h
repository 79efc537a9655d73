/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-explanation.h"

G_BEGIN_DECLS

/* Which input contributions along a straight line start from. */
typedef enum {
  RE3_BASELINE_NONE,   /* from none */
  RE3_BASELINE_MEAN,   /* the mean of the training samples */
  RE3_BASELINE_ZERO,   /* 0 of every feature, in original units */
  RE3_BASELINE_SAMPLE, /* another sample */
} Re3BaselineKind;

/**
 * Re3Baseline:
 * @name: what people call it, such as "training mean" or "row 7"
 * @explanation: what the model answers there
 *
 * An input that another one is compared with, feature by feature: why the model answers so here, and
 * not as it does there. Immutable.
 */
typedef struct {
  char *name;
  Re3Explanation *explanation;
} Re3Baseline;

/* Returns: (transfer full) (nullable): %NULL where no sample is for training, or the mean or what the
 * model makes of it is too large a number */
Re3Baseline *re3_baseline_new_mean   (Re3Model         *model,
                                      const Re3Dataset *dataset);
/* Returns: (transfer full) (nullable): %NULL where what the model makes of it is too large a number */
Re3Baseline *re3_baseline_new_zero   (Re3Model         *model);
/* @explanation: kept with a reference. (transfer full) */
Re3Baseline *re3_baseline_new_sample (const char       *name,
                                      Re3Explanation   *explanation);
void         re3_baseline_free       (Re3Baseline      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Baseline, re3_baseline_free)

G_END_DECLS
