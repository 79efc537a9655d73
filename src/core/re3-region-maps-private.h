/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-gradient-bounds.h"
#include "re3-region-table.h"
#include "re3-team.h"

G_BEGIN_DECLS

/**
 * Re3RegionMaps:
 *
 * The affine maps of the largest regions of a table, as many as a budget of memory holds; and how
 * the others are measured: those of few rows of a wide network without the gradients of its neurons,
 * by a Re3BoundarySearch for each row, where this takes less time.
 */
typedef struct _Re3RegionMaps Re3RegionMaps;

/* %NULL when @team is stopped or fails. @network and @table last as long as the maps. */
Re3RegionMaps *re3_region_maps_new    (const Re3Network     *network,
                                       const Re3RegionTable *table,
                                       gsize                 n_bytes,
                                       Re3Team              *team);
void           re3_region_maps_free   (Re3RegionMaps        *self);
/* The map of the region at @place, kept or made, which fails as re3_region_new_watched() does.
 * (transfer full) */
Re3Region     *re3_region_maps_get    (const Re3RegionMaps  *self,
                                       gsize                 place,
                                       const Re3Monitor     *monitor,
                                       GError              **error);
/* The same to measure its rows: without gradients where these are few. */
Re3Region     *re3_region_maps_get_for_rows (const Re3RegionMaps *self,
                                       gsize                 place,
                                       const Re3Monitor     *monitor,
                                       GError              **error);
/* What the searches need; %NULL where no region is measured so. */
const Re3GradientBounds *re3_region_maps_get_bounds (const Re3RegionMaps *self);

G_END_DECLS
