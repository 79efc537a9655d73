/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-counterfactual-cell-private.h"

G_BEGIN_DECLS

/**
 * re3_counterfactual_search:
 * @best: what was found so far, and then what was found; or why nothing could be
 * @monitor: (nullable): watches and stops it
 * @regions_opened: (out): regions that were looked into
 * @lower_bound: (out): the length of y below which nothing was left open
 *
 * Goes through the regions, the nearest first, until none that is left can be better. A region alone
 * says little, and there are many: so they are taken together, as the sets of those that share the
 * sides of some gates (re3-relaxation-private.h). A program like that of one region bounds the distance
 * to all inputs of a class in such a set from below. The set with the least bound is split in two by
 * one more gate, and the region that its nearest point lies in is looked into. What is split has one
 * region in the end, for which the bound is exact. Sets are closed, and so nothing is between them,
 * however their hyperplanes coincide.
 *
 * A network can be bounded where its inputs are: within the distance of the best so far or, before
 * there is any, within a radius that grows until there is.
 */
void re3_counterfactual_search (Re3CounterfactualBest *best,
                                const Re3Monitor      *monitor,
                                gsize                 *regions_opened,
                                double                *lower_bound);

G_END_DECLS
