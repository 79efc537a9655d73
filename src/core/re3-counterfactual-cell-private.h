/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-counterfactual-space-private.h"
#include "re3-region.h"

G_BEGIN_DECLS

/**
 * Re3CounterfactualBest:
 * @space: what is searched
 * @prediction: the class of the sample
 * @monitor: (nullable): only asked whether to go on
 * @found: whether there is anything yet: nearer than where @infimum was to begin with
 * @infimum: the length of y from which on the inputs begin that @values is one of; before there are any,
 *   that from which on nothing is of interest
 * @values: n_features numbers in original units: the nearest input so far
 * @class_index: the class that is predicted for it
 * @unresolved: the length of y below which rounding and limits have left nothing open
 * @stopped: whether @monitor has stopped it, or @error
 * @error: (nullable): why it cannot go on, for the caller to free
 *
 * The best of a search so far.
 */
typedef struct {
  const Re3CounterfactualSpace *space;
  gsize prediction;
  const Re3Monitor *monitor;
  gboolean found;
  double infimum;
  double *values;
  gsize class_index;
  double unresolved;
  gboolean stopped;
  GError *error;
} Re3CounterfactualBest;

/* Looks for what is better within one region.
 * @cell: the inputs of the region within the constraints; it is left as it was */
void re3_counterfactual_best_improve (Re3CounterfactualBest *self,
                                      const Re3Region       *region,
                                      Re3Polyhedron         *cell);

/* The point of @polyhedron nearest to the sample, as re3_polyhedron_nearest(); where that is stopped,
 * so is the search. */
Re3NearestStatus re3_counterfactual_best_nearest (Re3CounterfactualBest *self,
                                                  const Re3Polyhedron   *polyhedron,
                                                  double                 limit,
                                                  double                *point,
                                                  double                *distance);
/* The region of @pattern. (transfer full) (nullable): %NULL where that is stopped, and so is the
 * search */
Re3Region       *re3_counterfactual_best_make_region (Re3CounterfactualBest *self,
                                                  const Re3Pattern      *pattern);

/* Whether an input that is predicted as @class_index is what is asked for. */
gboolean re3_counterfactual_best_wants (const Re3CounterfactualBest *self,
                                        gsize                        class_index);

G_END_DECLS
