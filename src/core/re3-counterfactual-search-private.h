/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-counterfactual-cell-private.h"

G_BEGIN_DECLS

/**
 * re3_counterfactual_search:
 * @best: what was found so far, and then what was found
 * @monitor: (nullable): watches and stops it
 * @regions_opened: (out): regions that were looked into
 * @lower_bound: (out): the length of y below which nothing was left open
 *
 * Goes through the regions, those first that can be reached on the shortest way, until none that is
 * left can be better. The way from the sample, or from the input nearest to it that the constraints
 * allow, straight to the best one crosses one facet after another, farther and farther away. So from
 * each region that is opened all its facets are followed, in the order of their distances. Of those
 * that are equally far, the one goes first whose pattern does.
 */
void re3_counterfactual_search (Re3CounterfactualBest *best,
                                const Re3Monitor      *monitor,
                                gsize                 *regions_opened,
                                double                *lower_bound);

G_END_DECLS
