/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-norm.h"
#include "re3-polyhedron-private.h"
#include "reference.h"

#include <glpk.h>
#include <math.h>

#define TOLERANCE 1e-9

static const Re3Metric metrics[] = { RE3_METRIC_L2, RE3_METRIC_L1, RE3_METRIC_LINF };

typedef enum {
  GENERIC,
  WHOLE,  /* small whole numbers: many half-spaces meet in one point, and some are parallel */
  TWINS,  /* half-spaces twice, and turned around */
  VERTEX, /* all borders go through one point */
  N_KINDS,
} Kind;

static double
draw (GRand *random, Kind kind)
{
  return kind == WHOLE ? g_rand_int_range (random, -2, 3) : g_rand_double_range (random, -1, 1);
}

static double
dot (const double *a, const double *b, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];

  return sum;
}

static Re3Polyhedron *
random_polyhedron (GRand *random, gsize n, gsize n_rows, Kind kind)
{
  Re3Polyhedron *self = re3_polyhedron_new (n);
  g_autofree double *normal = g_new (double, n);
  g_autofree double *vertex = g_new (double, n);

  for (gsize i = 0; i < n; i++) {
    vertex[i] = draw (random, kind);
    if (g_rand_int_range (random, 0, 3) == 0)
      self->low[i] = vertex[i] - fabs (draw (random, kind));
    if (g_rand_int_range (random, 0, 3) == 0)
      self->high[i] = vertex[i] + fabs (draw (random, kind));
  }

  for (gsize row = 0; row < n_rows; row++) {
    double offset;

    for (gsize i = 0; i < n; i++)
      normal[i] = draw (random, kind);
    offset = kind == VERTEX ? dot (normal, vertex, n) : draw (random, kind);
    re3_polyhedron_add (self, normal, offset, 1e-14);
    if (kind == TWINS && row % 2 == 0) {
      double factor = row % 4 == 0 ? 3 : -0.7;

      for (gsize i = 0; i < n; i++)
        normal[i] *= factor;
      re3_polyhedron_add (self, normal, factor * offset, 1e-14);
    }
  }

  return self;
}

/* How far @point is outside, at most. */
static double
get_violation (const Re3Polyhedron *self, const double *point)
{
  double worst = 0;

  for (gsize i = 0; i < self->n; i++)
    worst = MAX (worst, MAX (self->low[i] - point[i], point[i] - self->high[i]));
  for (gsize row = 0; row < self->n_rows; row++)
    worst = MAX (worst, self->offsets[row] - dot (self->normals + row * self->n, point, self->n));

  return worst;
}

/* The conditions of Karush, Kuhn and Tucker, which for a convex program only the optimum meets. */
static void
assert_optimal (const Re3Polyhedron *self, const double *point, const double *multipliers)
{
  gsize n = self->n;
  double size = 1;

  for (gsize k = 0; k < 2 * n + self->n_rows; k++)
    size = MAX (size, multipliers[k]);

  g_assert_cmpfloat (get_violation (self, point), <, TOLERANCE);
  for (gsize i = 0; i < n; i++) {
    double gradient = multipliers[i] - multipliers[n + i];

    for (gsize row = 0; row < self->n_rows; row++)
      gradient += multipliers[2 * n + row] * self->normals[row * n + i];
    assert_near (gradient, point[i], TOLERANCE * size);

    g_assert_cmpfloat (multipliers[i], >=, 0);
    g_assert_cmpfloat (multipliers[n + i], >=, 0);
    if (multipliers[i] > 0)
      assert_near (point[i], self->low[i], TOLERANCE);
    if (multipliers[n + i] > 0)
      assert_near (point[i], self->high[i], TOLERANCE);
  }
  for (gsize row = 0; row < self->n_rows; row++) {
    g_assert_cmpfloat (multipliers[2 * n + row], >=, 0);
    if (multipliers[2 * n + row] > 0)
      assert_near (dot (self->normals + row * n, point, n), self->offsets[row], TOLERANCE);
  }
}

/* And where there is no point, the simplex method finds none either. */
static void
test_conditions (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  gsize n_found = 0;
  gsize n_empty = 0;

  for (gsize problem = 0; problem < 8000; problem++) {
    gsize n = (gsize) g_rand_int_range (random, 1, 12);
    gsize n_rows = (gsize) g_rand_int_range (random, 0, 3 * (gint32) n);
    g_autoptr (Re3Polyhedron) polyhedron =
        random_polyhedron (random, n, n_rows, (Kind) (problem % N_KINDS));
    g_autofree double *point = g_new (double, n);
    g_autofree double *other = g_new (double, n);
    g_autofree double *multipliers = g_new (double, 2 * n + polyhedron->n_rows);
    double distance;
    double other_distance;
    Re3NearestStatus status =
        re3_polyhedron_nearest_l2 (polyhedron, INFINITY, NULL, point, &distance, multipliers, NULL);

    g_assert_cmpint (re3_polyhedron_nearest_linear (polyhedron, RE3_METRIC_L1, INFINITY, NULL,
                                                    other, &other_distance),
                     ==, status);
    if (status == RE3_NEAREST_FOUND) {
      assert_optimal (polyhedron, point, multipliers);
      assert_near (re3_norm_l2 (point, n), distance, 1e-15);
      n_found++;
    } else {
      g_assert_cmpint (status, ==, RE3_NEAREST_EMPTY);
      g_assert_cmpfloat (distance, ==, INFINITY);
      n_empty++;
    }
  }

  /* The test has met both. */
  g_assert_cmpuint (n_found, >, 3000);
  g_assert_cmpuint (n_empty, >, 500);
}

/* Lines of the plane: a x + b y = c. */
typedef struct {
  double a;
  double b;
  double c;
} Line;

static void
try_point (const Re3Polyhedron *self, Re3Metric metric, double x, double y, double *best)
{
  const double point[] = { x, y };

  if (isfinite (x) && isfinite (y) && get_violation (self, point) < TOLERANCE)
    *best = MIN (*best, re3_metric_length (metric, point, 2));
}

/* In the plane the nearest point is where two borders meet, or a border and an axis or a diagonal,
 * or, in L2, at the foot of a perpendicular: all are tried. */
static double
search_plane (const Re3Polyhedron *self, Re3Metric metric)
{
  Line lines[32] = { { 1, 0, 0 }, { 0, 1, 0 }, { 1, 1, 0 }, { 1, -1, 0 } };
  gsize n_lines = 4;
  double best = INFINITY;

  for (gsize i = 0; i < 2; i++) {
    if (isfinite (self->low[i]))
      lines[n_lines++] = (Line){ i == 0, i == 1, self->low[i] };
    if (isfinite (self->high[i]))
      lines[n_lines++] = (Line){ i == 0, i == 1, self->high[i] };
  }
  for (gsize row = 0; row < self->n_rows; row++)
    lines[n_lines++] =
        (Line){ self->normals[2 * row], self->normals[2 * row + 1], self->offsets[row] };

  for (gsize i = 0; i < n_lines; i++) {
    Line p = lines[i];
    double squares = p.a * p.a + p.b * p.b;

    try_point (self, metric, p.a * p.c / squares, p.b * p.c / squares, &best);
    for (gsize j = 0; j < i; j++) {
      Line q = lines[j];
      double determinant = p.a * q.b - q.a * p.b;

      if (fabs (determinant) > 1e-12)
        try_point (self, metric, (p.c * q.b - q.c * p.b) / determinant,
                   (p.a * q.c - q.a * p.c) / determinant, &best);
    }
  }

  return best;
}

static void
test_plane (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (12);

  for (gsize problem = 0; problem < 4000; problem++) {
    g_autoptr (Re3Polyhedron) polyhedron = random_polyhedron (
        random, 2, (gsize) g_rand_int_range (random, 0, 7), (Kind) (problem % N_KINDS));

    for (gsize m = 0; m < G_N_ELEMENTS (metrics); m++) {
      double expected = search_plane (polyhedron, metrics[m]);
      double point[2];
      double distance;
      Re3NearestStatus status =
          re3_polyhedron_nearest (polyhedron, metrics[m], INFINITY, NULL, point, &distance, NULL);

      if (isinf (expected)) {
        g_assert_cmpint (status, ==, RE3_NEAREST_EMPTY);
        continue;
      }
      g_assert_cmpint (status, ==, RE3_NEAREST_FOUND);
      assert_near (distance, expected, TOLERANCE);
      g_assert_cmpfloat (get_violation (polyhedron, point), <, TOLERANCE);
    }
  }
}

/* Up to the limit the answer is the same, and from there on it is that there is none so near. */
static void
test_limit (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (13);
  gsize n_far = 0;

  for (gsize problem = 0; problem < 600; problem++) {
    g_autoptr (Re3Polyhedron) polyhedron = random_polyhedron (random, 6, 9, GENERIC);

    for (gsize m = 0; m < G_N_ELEMENTS (metrics); m++) {
      double point[6];
      double again[6];
      double distance;
      double bound;

      if (re3_polyhedron_nearest (polyhedron, metrics[m], INFINITY, NULL, point, &distance, NULL) !=
              RE3_NEAREST_FOUND ||
          distance == 0)
        continue;

      n_far++;
      g_assert_cmpint (re3_polyhedron_nearest (polyhedron, metrics[m], 1.01 * distance, NULL, again,
                                               &bound, NULL),
                       ==, RE3_NEAREST_FOUND);
      assert_near (bound, distance, TOLERANCE);
      g_assert_cmpint (re3_polyhedron_nearest (polyhedron, metrics[m], 0.99 * distance, NULL, again,
                                               &bound, NULL),
                       ==, RE3_NEAREST_BEYOND);
      g_assert_cmpfloat (bound, >=, 0.99 * distance);
      g_assert_cmpfloat (bound, <=, distance * (1 + TOLERANCE));
    }
  }

  g_assert_cmpuint (n_far, >, 300);
}

/* One half-space: the foot of the perpendicular, to the last digits. */
static void
test_half_space (void)
{
  static const double normal[] = { 3, 0, -4 };
  static const double nothing[] = { 0, 0, 0 };
  g_autoptr (Re3Polyhedron) polyhedron = re3_polyhedron_new (3);
  double point[3];
  double distance;

  re3_polyhedron_add (polyhedron, nothing, -1, 0);
  g_assert_cmpuint (polyhedron->n_rows, ==, 0);
  re3_polyhedron_add (polyhedron, normal, 10, 0);

  re3_polyhedron_nearest (polyhedron, RE3_METRIC_L2, INFINITY, NULL, point, &distance, NULL);
  assert_near (distance, 2, 1e-15);
  assert_near (point[0], 1.2, 1e-15);
  assert_near (point[2], -1.6, 1e-15);
  re3_polyhedron_nearest (polyhedron, RE3_METRIC_L1, INFINITY, NULL, point, &distance, NULL);
  assert_near (distance, 2.5, 1e-15);
  assert_near (point[2], -2.5, 1e-15);
  re3_polyhedron_nearest (polyhedron, RE3_METRIC_LINF, INFINITY, NULL, point, &distance, NULL);
  assert_near (distance, 10.0 / 7, 1e-15);

  /* Taken away again, nothing is left to keep from the origin. */
  re3_polyhedron_add (polyhedron, nothing, 1e-3, 1e-4);
  g_assert_cmpint (re3_polyhedron_nearest (polyhedron, RE3_METRIC_L2, INFINITY, NULL, point,
                                           &distance, NULL),
                   ==, RE3_NEAREST_EMPTY);
  re3_polyhedron_truncate (polyhedron, 0);
  g_assert_cmpint (re3_polyhedron_nearest (polyhedron, RE3_METRIC_L2, INFINITY, NULL, point,
                                           &distance, NULL),
                   ==, RE3_NEAREST_FOUND);
  g_assert_cmpfloat (distance, ==, 0);
}

static gboolean
refuse (gsize done, gsize total, gpointer user_data)
{
  return FALSE;
}

static void
test_stop (void)
{
  static const double normal[] = { 1, 1 };
  const Re3Monitor monitor = { .report = refuse };

  for (gsize m = 0; m < G_N_ELEMENTS (metrics); m++) {
    g_autoptr (Re3Polyhedron) polyhedron = re3_polyhedron_new (2);
    double point[2];
    double distance;

    re3_polyhedron_add (polyhedron, normal, 1, 0);
    g_assert_cmpint (re3_polyhedron_nearest (polyhedron, metrics[m], INFINITY, &monitor, point,
                                             &distance, NULL),
                     ==, RE3_NEAREST_STOPPED);
  }
}

/* What GLPK would abort the program for, here for want of memory, is told, and nothing stays
 * behind. */
static void
test_fault (void)
{
  gsize n = 400;
  g_autoptr (GRand) random = g_rand_new_with_seed (14);
  g_autoptr (Re3Polyhedron) polyhedron = re3_polyhedron_new (n);
  g_autofree double *normal = g_new (double, n);
  g_autofree double *point = g_new (double, n);
  double distance;

  for (gsize row = 0; row < n / 4; row++) {
    for (gsize i = 0; i < n; i++)
      normal[i] = g_rand_double_range (random, -1, 1);
    re3_polyhedron_add (polyhedron, normal, row == 0 ? 1 : -1, 0);
  }

  glp_mem_limit (1);
  g_assert_cmpint (re3_polyhedron_nearest_linear (polyhedron, RE3_METRIC_L1, INFINITY, NULL, point,
                                                  &distance),
                   ==, RE3_NEAREST_UNRESOLVED);
  g_assert_cmpfloat (distance, ==, 0);
  g_assert_cmpint (re3_polyhedron_nearest_linear (polyhedron, RE3_METRIC_L1, INFINITY, NULL, point,
                                                  &distance),
                   ==, RE3_NEAREST_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/nearest/conditions", test_conditions);
  g_test_add_func ("/nearest/plane", test_plane);
  g_test_add_func ("/nearest/limit", test_limit);
  g_test_add_func ("/nearest/half-space", test_half_space);
  g_test_add_func ("/nearest/stop", test_stop);
  g_test_add_func ("/nearest/fault", test_fault);

  return g_test_run ();
}
