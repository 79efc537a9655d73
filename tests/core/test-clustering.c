/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-clustering.h"

#include <math.h>

/* Points on a line, worked out by hand; scipy.cluster.hierarchy.linkage (x, "average") has the same
 * distances. 0 and 1 are 1 apart, 5 and 7 are 2; the means between the pairs are (5 + 7 + 4 + 6) /
 * 4; and 20 is (20 + 19 + 15 + 13) / 4 from those four. */
static void
test_line (void)
{
  static const double points[] = { 5, 0, 20, 1, 7 };
  static const Re3Merge expected[] = { { 0, 4, 2 }, { 1, 3, 1 }, { 0, 0, 5.5 }, { 0, 2, 16.75 } };
  static const gsize expected_order[] = { 0, 4, 1, 3, 2 };
  g_autofree Re3Merge *merges = re3_clustering_merge (points, G_N_ELEMENTS (points), 1);
  g_autofree gsize *order = re3_clustering_order (points, G_N_ELEMENTS (points), 1);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat_with_epsilon (merges[i].distance, expected[i].distance, 1e-12);
  for (gsize i = 0; i < 2; i++) {
    g_assert_cmpuint (merges[i].first, ==, expected[i].first);
    g_assert_cmpuint (merges[i].second, ==, expected[i].second);
  }
  g_assert_cmpuint (merges[2].first, ==, 5);
  g_assert_cmpuint (merges[2].second, ==, 6);
  g_assert_cmpuint (merges[3].first, ==, 7);
  g_assert_cmpuint (merges[3].second, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (expected_order); i++)
    g_assert_cmpuint (order[i], ==, expected_order[i]);
}

/* In the plane, with distances that are no coordinates: 3-4-5 triangles. The far corner is 4 and 5
 * from the other two. */
static void
test_plane (void)
{
  static const double points[] = { 0, 0, 3, 4, 3, 0 };
  static const gsize expected_order[] = { 0, 2, 1 };
  g_autofree Re3Merge *merges = re3_clustering_merge (points, 3, 2);
  g_autofree gsize *order = re3_clustering_order (points, 3, 2);

  g_assert_cmpfloat_with_epsilon (merges[0].distance, 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (merges[1].distance, 4.5, 1e-12);
  for (gsize i = 0; i < 3; i++)
    g_assert_cmpuint (order[i], ==, expected_order[i]);
}

/* One cluster of a tree that is made by its definition: sets of points, whose distance is the mean
 * of all distances between their points. */
typedef struct {
  GArray *members; /* in the order of the tree */
} NaiveCluster;

static double
naive_distance (const NaiveCluster *a, const NaiveCluster *b, const double *points, gsize n_dims)
{
  double sum = 0;

  for (guint i = 0; i < a->members->len; i++)
    for (guint j = 0; j < b->members->len; j++) {
      const double *p = points + g_array_index (a->members, gsize, i) * n_dims;
      const double *q = points + g_array_index (b->members, gsize, j) * n_dims;
      double square = 0;

      for (gsize k = 0; k < n_dims; k++)
        square += (p[k] - q[k]) * (p[k] - q[k]);
      sum += sqrt (square);
    }
  return sum / (a->members->len * b->members->len);
}

/* Takes the two nearest of all clusters together until one is left. @heights: at which two points
 * come together, for all pairs. Returns: the order of the tree. (transfer full) */
static GArray *
cluster_naively (const double *points, gsize n, gsize n_dims, double *heights)
{
  g_autofree NaiveCluster *clusters = g_new (NaiveCluster, n);
  gsize n_clusters = n;

  for (gsize i = 0; i < n; i++) {
    clusters[i].members = g_array_new (FALSE, FALSE, sizeof (gsize));
    g_array_append_val (clusters[i].members, i);
  }
  while (n_clusters > 1) {
    double least = INFINITY;
    gsize first = 0;
    gsize second = 1;

    for (gsize i = 0; i < n_clusters; i++)
      for (gsize j = i + 1; j < n_clusters; j++) {
        double distance = naive_distance (&clusters[i], &clusters[j], points, n_dims);

        if (distance < least) {
          least = distance;
          first = i;
          second = j;
        }
      }
    for (guint i = 0; i < clusters[first].members->len; i++)
      for (guint j = 0; j < clusters[second].members->len; j++) {
        gsize a = g_array_index (clusters[first].members, gsize, i);
        gsize b = g_array_index (clusters[second].members, gsize, j);

        heights[a * n + b] = heights[b * n + a] = least;
      }
    /* Clusters stand in the order of their smallest points, and so do those that are left. */
    g_array_append_vals (clusters[first].members, clusters[second].members->data,
                         clusters[second].members->len);
    g_array_unref (clusters[second].members);
    for (gsize i = second; i + 1 < n_clusters; i++)
      clusters[i] = clusters[i + 1];
    n_clusters--;
  }
  return clusters[0].members;
}

static void
collect (const Re3Merge *merges, gsize n, gsize name, GArray *members)
{
  if (name < n) {
    g_array_append_val (members, name);
    return;
  }
  collect (merges, n, merges[name - n].first, members);
  collect (merges, n, merges[name - n].second, members);
}

/* The tree is the one of the definition: any two points come together at the same distance. */
static void
check_against_definition (gsize n, gsize n_dims, guint32 seed)
{
  g_autofree double *points = g_new (double, n *n_dims);
  g_autofree double *heights = g_new0 (double, n *n);
  g_autofree Re3Merge *merges = NULL;
  g_autofree gsize *order = NULL;
  g_autoptr (GArray) expected_order = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < n * n_dims; i++)
    points[i] = g_rand_double (random);
  merges = re3_clustering_merge (points, n, n_dims);
  order = re3_clustering_order (points, n, n_dims);
  expected_order = cluster_naively (points, n, n_dims, heights);
  for (gsize i = 0; i + 1 < n; i++) {
    g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (gsize));
    g_autoptr (GArray) second = g_array_new (FALSE, FALSE, sizeof (gsize));

    collect (merges, n, merges[i].first, first);
    collect (merges, n, merges[i].second, second);
    for (guint a = 0; a < first->len; a++)
      for (guint b = 0; b < second->len; b++)
        g_assert_cmpfloat_with_epsilon (
            heights[g_array_index (first, gsize, a) * n + g_array_index (second, gsize, b)],
            merges[i].distance, 1e-9);
  }
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (order[i], ==, g_array_index (expected_order, gsize, i));
}

static void
test_definition (void)
{
  for (guint32 seed = 1; seed <= 20; seed++)
    check_against_definition (2 + seed * 2, 1 + seed % 5, seed);
}

/* Points that are all the same stay in their order; so does one alone. */
static void
test_ties (void)
{
  static const double points[12] = { 0 };
  g_autofree gsize *order = re3_clustering_order (points, 12, 1);
  g_autofree gsize *one = re3_clustering_order (points, 1, 1);
  g_autofree gsize *without = re3_clustering_order (NULL, 3, 0);

  for (gsize i = 0; i < 12; i++)
    g_assert_cmpuint (order[i], ==, i);
  g_assert_cmpuint (one[0], ==, 0);
  g_assert_cmpuint (without[2], ==, 2);
}

/* What cannot be measured is far from everything, and ends no search. */
static void
test_extreme (void)
{
  static const double points[] = { 1e300, -1e300, 1, INFINITY, 1.5, NAN, 1e300 };
  g_autofree gsize *order = re3_clustering_order (points, G_N_ELEMENTS (points), 1);
  gsize sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    sum += (gsize) 1 << order[i];
  g_assert_cmpuint (sum, ==, 127);
  /* 0 and 6 are the same, and 2 and 4 are near each other. */
  g_assert_cmpuint (order[0], ==, 0);
  g_assert_cmpuint (order[1], ==, 6);
}

/* Groups that are far from each other are not mixed, at the largest size. */
static void
test_many (void)
{
  gsize n = RE3_CLUSTERING_MOST_POINTS;
  g_autofree double *points = g_new (double, n);
  g_autofree gsize *order = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (gsize i = 0; i < n; i++)
    points[i] = (double) (i % 4) * 100 + g_rand_double (random);
  order = re3_clustering_order (points, n, 1);
  g_assert_cmpuint (order[0], ==, 0);
  for (gsize i = 1; i < n; i++)
    if (i % (n / 4) != 0)
      g_assert_cmpuint (order[i] % 4, ==, order[i - 1] % 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clustering/line", test_line);
  g_test_add_func ("/clustering/plane", test_plane);
  g_test_add_func ("/clustering/definition", test_definition);
  g_test_add_func ("/clustering/ties", test_ties);
  g_test_add_func ("/clustering/extreme", test_extreme);
  g_test_add_func ("/clustering/many", test_many);
  return g_test_run ();
}
