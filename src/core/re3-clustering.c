/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-clustering.h"

#include <math.h>

#define NO_CLUSTER G_MAXSIZE

/* Clusters stand in the place of their point with the smallest index. */
typedef struct {
  gsize n;
  double *distances; /* of each pair of places, see distance_at() */
  gsize *sizes;      /* 0: the cluster has gone into another */
  gsize *names;      /* in the words of Re3Merge */
} Clusters;

static double *
distance_at (const Clusters *self, gsize a, gsize b)
{
  gsize low = MIN (a, b);
  gsize high = MAX (a, b);

  g_assert (low < high);
  return &self->distances[high * (high - 1) / 2 + low];
}

/* What is too far to be measured is infinitely far. */
static double
measure (const double *a, const double *b, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return isnan (sum) ? INFINITY : sqrt (sum);
}

static void
clusters_init (Clusters *self, const double *points, gsize n_points, gsize n_dimensions)
{
  self->n = n_points;
  self->distances = g_new (double, MAX (n_points * (n_points - 1) / 2, 1));
  self->sizes = g_new (gsize, n_points);
  self->names = g_new (gsize, n_points);
  for (gsize i = 0; i < n_points; i++) {
    self->sizes[i] = 1;
    self->names[i] = i;
    for (gsize j = 0; j < i; j++)
      *distance_at (self, i, j) =
          measure (points + i * n_dimensions, points + j * n_dimensions, n_dimensions);
  }
}

static void
clusters_clear (Clusters *self)
{
  g_free (self->distances);
  g_free (self->sizes);
  g_free (self->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Clusters, clusters_clear)

/* @preferred: (or NO_CLUSTER): it is taken before others that are as near, so that chains end. */
static gsize
find_nearest (const Clusters *self, gsize cluster, gsize preferred)
{
  gsize nearest = preferred;

  for (gsize i = 0; i < self->n; i++)
    if (i != cluster && self->sizes[i] > 0 &&
        (nearest == NO_CLUSTER ||
         *distance_at (self, cluster, i) < *distance_at (self, cluster, nearest)))
      nearest = i;
  return nearest;
}

/* Average linkage is reducible: a cluster that two become is not nearer to any other than the
 * nearer of the two. So what is left of a chain stays one. */
static void
merge (Clusters *self, gsize first, gsize second, gsize name)
{
  double n_first = (double) self->sizes[first];
  double n_second = (double) self->sizes[second];

  for (gsize i = 0; i < self->n; i++)
    if (i != first && i != second && self->sizes[i] > 0)
      *distance_at (self, first, i) =
          (n_first * *distance_at (self, first, i) + n_second * *distance_at (self, second, i)) /
          (n_first + n_second);
  self->sizes[first] += self->sizes[second];
  self->sizes[second] = 0;
  self->names[first] = name;
}

Re3Merge *
re3_clustering_merge (const double *points, gsize n_points, gsize n_dimensions)
{
  g_auto (Clusters) clusters = { 0 };
  g_autofree gsize *chain = NULL;
  Re3Merge *merges;
  gsize length = 0;
  gsize start = 0;

  g_return_val_if_fail (points != NULL || n_dimensions == 0, NULL);
  g_return_val_if_fail (n_points >= 1 && n_points <= RE3_CLUSTERING_MOST_POINTS, NULL);

  clusters_init (&clusters, points, n_points, n_dimensions);
  chain = g_new (gsize, n_points);
  merges = g_new (Re3Merge, MAX (n_points - 1, 1));
  for (gsize n_merges = 0; n_merges + 1 < n_points;) {
    gsize last, before, nearest;

    if (length == 0) {
      while (clusters.sizes[start] == 0)
        start++;
      chain[length++] = start;
    }
    last = chain[length - 1];
    before = length > 1 ? chain[length - 2] : NO_CLUSTER;
    nearest = find_nearest (&clusters, last, before);
    if (nearest != before) {
      chain[length++] = nearest;
      continue;
    }

    /* Each is the nearest of the other. */
    length -= 2;
    merges[n_merges] = (Re3Merge){
      clusters.names[MIN (last, before)],
      clusters.names[MAX (last, before)],
      *distance_at (&clusters, last, before),
    };
    merge (&clusters, MIN (last, before), MAX (last, before), n_points + n_merges);
    n_merges++;
  }
  return merges;
}

gsize *
re3_clustering_order (const double *points, gsize n_points, gsize n_dimensions)
{
  g_autofree Re3Merge *merges = re3_clustering_merge (points, n_points, n_dimensions);
  g_autofree gsize *stack = NULL;
  gsize *order;
  gsize n_waiting = 0;
  gsize n_placed = 0;

  g_return_val_if_fail (merges != NULL, NULL);

  order = g_new (gsize, n_points);
  stack = g_new (gsize, n_points);
  /* The last merge holds all of them; a single point is what it would be named. */
  stack[n_waiting++] = 2 * n_points - 2;
  while (n_waiting > 0) {
    gsize name = stack[--n_waiting];

    if (name < n_points) {
      order[n_placed++] = name;
    } else {
      stack[n_waiting++] = merges[name - n_points].second;
      stack[n_waiting++] = merges[name - n_points].first;
    }
  }
  return order;
}
