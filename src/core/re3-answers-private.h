/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-errors.h"
#include "re3-model.h"
#include "re3-quality.h"
#include "re3-region-table.h"
#include "re3-sample-set.h"
#include "re3-team.h"

G_BEGIN_DECLS

/**
 * Re3Answers:
 * @predictions: the class of each row
 * @confidences: its probability
 * @outputs: (nullable): of a regression network, its first output to each row
 * @table: the regions that the rows lie in
 * @quality: how often the predictions are right, by sample set
 * @errors: how far a regression network with one output is off, by sample set
 *
 * What a forward pass of all rows tells: the first half of an analysis, which takes a small part of
 * its time. Immutable and reference counted.
 */
typedef struct {
  int *predictions;
  double *confidences;
  double *outputs;
  Re3RegionTable *table;
  Re3Quality *quality[RE3_N_SAMPLE_SETS];
  Re3Errors errors[RE3_N_SAMPLE_SETS];
  _Atomic gsize n_references; /* of several threads, which race detectors see here, not in GLib */
} Re3Answers;

/* Advances @team by a step a row. (transfer full) (nullable): %NULL when it is stopped or fails */
Re3Answers *re3_answers_new   (const Re3Model   *model,
                               const Re3Dataset *dataset,
                               Re3Team          *team);
Re3Answers *re3_answers_ref   (Re3Answers       *self);
void        re3_answers_unref (Re3Answers       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Answers, re3_answers_unref)

G_END_DECLS
