/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-gradient-bounds.h"

G_BEGIN_DECLS

/* A set of metrics: those of its bits. */
#define RE3_METRICS_ALL  ((1u << RE3_N_METRICS) - 1)
#define RE3_METRICS_L2   (1u << RE3_METRIC_L2)

/**
 * Re3BoundarySearch:
 *
 * Finds the nearest boundary of samples without the region that each is in. The gradients of all
 * neurons of a wide network take as long as thousand forward passes, and only those of the nearest
 * hyperplanes are asked for: gates that a bound of the gradient proves to be further away than one
 * that is known are left out. The bounds get tighter in steps: for all regions, and for the region of
 * the sample from the neuron's own weights, then from what they make of each layer before; at last
 * the gradient itself.
 *
 * One thread's; the bounds are shared.
 */
typedef struct _Re3BoundarySearch Re3BoundarySearch;

/* @network and @bounds, which are its bounds, last as long as the search. */
Re3BoundarySearch *re3_boundary_search_new     (const Re3Network        *network,
                                                const Re3GradientBounds *bounds,
                                                GError                 **error);
void               re3_boundary_search_free    (Re3BoundarySearch       *self);
/* What re3_boundary_measure() finds: the same neurons and count, and the same digits where the nearest
 * is of the first or second hidden layer, and else the same but for rounding. Where rounding might
 * decide which neuron it is, the region is made after all, which may fail for want of memory.
 * @pre_activations: the sample's z, n_neurons numbers that stand @stride apart
 * @metrics: those that are asked for; what is said of the others means nothing */
gboolean           re3_boundary_search_measure (Re3BoundarySearch       *self,
                                                const double            *pre_activations,
                                                gsize                    stride,
                                                guint                    metrics,
                                                Re3Boundary             *boundary,
                                                GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3BoundarySearch, re3_boundary_search_free)

G_END_DECLS
