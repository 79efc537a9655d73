/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More points are not put in order: the distances between all of them take their square in memory,
 * which are 64 MB here. */
#define RE3_CLUSTERING_MOST_POINTS 4096

/**
 * Re3Merge:
 * @first, @second: the clusters that become one: a point by its index, or what an earlier merge made
 *   by n_points + that one's index. @first holds the point with the smallest index
 * @distance: the mean distance from the points of one to those of the other
 */
typedef struct {
  gsize first;
  gsize second;
  double distance;
} Re3Merge;

/* Hierarchical clusters with average linkage (UPGMA) of @n_points points, row-major, by Euclidean
 * distance: n_points - 1 merges, each after those that made its parts, which need not be the order
 * of their distances. By nearest-neighbour chains (Murtagh 1983), in a time that grows as the square
 * of @n_points; the nearer one of equally near clusters is the one with the smaller index.
 * 1 <= @n_points <= RE3_CLUSTERING_MOST_POINTS. (transfer full) */
Re3Merge *re3_clustering_merge (const double *points,
                                gsize         n_points,
                                gsize         n_dimensions);
/* The points from left to right in the tree of those merges, so that similar ones stand together;
 * of two clusters, the one with the smallest index comes first. (transfer full) */
gsize    *re3_clustering_order (const double *points,
                                gsize         n_points,
                                gsize         n_dimensions);

G_END_DECLS
