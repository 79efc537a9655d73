/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-region.h"

G_BEGIN_DECLS

/* How one affine map becomes another where neurons switch. Going from the pattern before to the
 * pattern after layer by layer, from the input on, each switch of a neuron j adds a matrix of rank
 * one,
 *
 *   (s'_j - s_j) (d logit / d h_j before) (d z_j / d x after)^T,
 *
 * with s the slope of the piece of its activation that it is on: neurons behind j have not switched
 * yet, those in front of it have. The sum over all that switched is A' - A, and likewise D' - D, to
 * which the intercepts of the pieces add theirs. */

/* The neurons that are in another state in @after than in @before, in order. (transfer full): of
 * gsize */
GArray *re3_region_find_switched (const Re3Network *network,
                                  const Re3Region  *before,
                                  const Re3Region  *after);
/* What the switch of @neuron adds to row @class_index of A, and to that of D.
 * @slope: (out): n_inputs numbers, in the network's own units
 * @offset: (out) */
void    re3_region_get_change    (const Re3Network *network,
                                  const Re3Region  *before,
                                  const Re3Region  *after,
                                  gsize             neuron,
                                  gsize             class_index,
                                  double           *slope,
                                  double           *offset);

G_END_DECLS
