/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-counterfactual.h"
#include "re3-group-choices.h"
#include "re3-limits.h"
#include "re3-what-if.h"
#include "re3-worker.h"

G_BEGIN_DECLS

/**
 * Re3CounterfactualQuestion:
 * @target: the class to be predicted, or RE3_ANY_OTHER_CLASS
 * @metric, @units: how the distance is measured
 * @within_data: keep each feature within the range of the data set, and of the sample
 *
 * What a person asks. What is locked stays, one-hot groups remain one choice, and limits hold.
 */
typedef struct {
  gsize target;
  Re3Metric metric;
  Re3Units units;
  gboolean within_data;
} Re3CounterfactualQuestion;

#define RE3_TYPE_COUNTERFACTUAL_SEARCH (re3_counterfactual_search_get_type ())
G_DECLARE_FINAL_TYPE (Re3CounterfactualSearch,
                      re3_counterfactual_search,
                      RE3,
                      COUNTERFACTUAL_SEARCH,
                      GObject)

/**
 * Re3CounterfactualSearch:
 *
 * Looks for the nearest input of another class, from the sample as it is edited, in a thread. What was
 * found is forgotten when another row is selected, and when there are other limits.
 *
 * Signals:
 *  - changed: a search has begun or ended, or what it found is forgotten
 */
Re3CounterfactualSearch *re3_counterfactual_search_new        (Re3WhatIf               *what_if,
                                                               Re3GroupChoices         *groups,
                                                               Re3Limits               *limits);
/* Begins; a search that is under way is given up. Needs a selected row. */
void                     re3_counterfactual_search_start      (Re3CounterfactualSearch *self,
                                                               const Re3CounterfactualQuestion *question);
/* Ends the search: the best that it has found so far is its result. */
void                     re3_counterfactual_search_stop       (Re3CounterfactualSearch *self);
/* Busy and fraction are there to be watched. */
Re3Worker               *re3_counterfactual_search_get_worker (Re3CounterfactualSearch *self);
/* (nullable): of the last search that has ended. */
const Re3Counterfactual *re3_counterfactual_search_get_result (Re3CounterfactualSearch *self);
/* Needs a result. n_features numbers in original units: the sample that the search began at. */
const double            *re3_counterfactual_search_get_start  (Re3CounterfactualSearch *self);
/* Needs a result. (element-type Re3FeatureGroup): the groups that it kept to one choice. */
const GPtrArray         *re3_counterfactual_search_get_groups (Re3CounterfactualSearch *self);
/* (nullable): why the last search came to nothing. */
const GError            *re3_counterfactual_search_get_error  (Re3CounterfactualSearch *self);

G_END_DECLS
