/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RE3_NO_GATE G_MAXSIZE

/**
 * Re3RegionSet:
 * @distance: a lower bound of the distance to them
 * @number: in the order in which the sets were first put in
 * @class_index: the class
 * @gate: that the set is to be split by, once @distance is its own and not that of the set it is a
 *   part of; or RE3_NO_GATE
 * @sides: n_gates Re3GateSide
 *
 * The inputs of one class in all the regions that are on some sides of the gates.
 */
typedef struct {
  double distance;
  gsize number;
  gsize class_index;
  gsize gate;
  guint8 *sides;
} Re3RegionSet;

/**
 * Re3RegionSets:
 *
 * The sets that a search has still to look at, the nearest first, and of those that are equally near
 * the one that was put in first: a heap.
 */
typedef struct _Re3RegionSets Re3RegionSets;

Re3RegionSets *re3_region_sets_new          (void);
void           re3_region_sets_free         (Re3RegionSets       *self);
void           re3_region_sets_clear        (Re3RegionSets       *self);
/* Takes over its sides. Its number is given here if it has none, which is 0. */
void           re3_region_sets_push         (Re3RegionSets       *self,
                                             const Re3RegionSet  *set);
/* The first one, and its sides with it. There must be one. */
Re3RegionSet   re3_region_sets_pop          (Re3RegionSets       *self);
/* Of the first one; INFINITY where there is none. */
double         re3_region_sets_get_distance (const Re3RegionSets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3RegionSets, re3_region_sets_free)

G_END_DECLS
