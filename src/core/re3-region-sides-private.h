/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-region.h"

G_BEGIN_DECLS

/**
 * Re3RegionSide:
 * @gradient: n_inputs numbers
 * @offset: gradient * x + offset = 0 is the hyperplane, x in the network's own units
 * @is_above: whether the region is where that is above 0, or else where it is below
 *
 * One of the half-spaces that a region is the intersection of: that of one gate.
 */
typedef struct {
  const double *gradient;
  double offset;
  gboolean is_above;
} Re3RegionSide;

/* One for each gate, layer after layer. */
static inline Re3RegionSide
re3_region_get_side (const Re3Region *self, const Re3Network *network, gsize gate)
{
  const Re3Gate *where = &re3_network_get_gates (network)[gate];

  return (Re3RegionSide){
    .gradient = re3_matrix_row (self->gradients, where->neuron),
    .offset = self->offsets[where->neuron] - where->threshold,
    .is_above = re3_pattern_is_set (self->pattern, gate),
  };
}

G_END_DECLS
