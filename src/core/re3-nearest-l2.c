/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-accumulate.h"
#include "re3-memory.h"
#include "re3-norm.h"
#include "re3-polyhedron-private.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A unit normal that is nearer than this to the span of the active ones is taken to be in it. */
#define DEPENDENT 1e-10

/* Of a point on a bound, against the size of the numbers. */
#define BOUND_NOISE (256 * DBL_EPSILON)

/* Constraints by number: the low bounds, the high bounds, the half-spaces. */
typedef struct {
  const Re3Polyhedron *polyhedron;
  gsize n;
  double *point;

  /* The active constraints, their multipliers, and the factors of their normals N = Q R. Q is
   * (n, n) and holds its columns one after another, and so does R; the columns of Q past the
   * active ones span what is left to move in. */
  gsize n_active;
  gsize *active;
  double *multipliers;
  double *Q;
  double *R;

  /* A constraint that is to become active: its normal, and that in the basis of Q. */
  double *normal;
  double *rotated;
  /* What a step along @direction takes from the multipliers of the active ones. */
  double *direction;
  double *costs;
} Projection;

static gboolean
projection_init (Projection *self, const Re3Polyhedron *polyhedron, GError **error)
{
  gsize n = polyhedron->n;

  *self = (Projection){ .polyhedron = polyhedron, .n = n };
  self->point = g_new0 (double, n);
  self->active = g_new (gsize, n);
  self->multipliers = g_new (double, n);
  self->normal = g_new (double, n);
  self->rotated = g_new (double, n);
  self->direction = g_new (double, n);
  self->costs = g_new (double, n);
  self->Q = re3_try_new0 (double, n, n, error, _ ("the basis of %zu dimensions"), n);
  if (self->Q == NULL)
    return FALSE;
  self->R = re3_try_new0 (double, n, n, error, _ ("the basis of %zu dimensions"), n);
  if (self->R == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    self->Q[i * n + i] = 1;

  return TRUE;
}

static void
projection_clear (Projection *self)
{
  g_free (self->point);
  g_free (self->active);
  g_free (self->multipliers);
  g_free (self->Q);
  g_free (self->R);
  g_free (self->normal);
  g_free (self->rotated);
  g_free (self->direction);
  g_free (self->costs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Projection, projection_clear)

/* normal * y - offset: negative where the constraint is violated. */
static double
projection_slack (const Projection *self, gsize constraint)
{
  const Re3Polyhedron *polyhedron = self->polyhedron;
  gsize row;

  if (constraint < self->n)
    return self->point[constraint] - polyhedron->low[constraint];
  if (constraint < 2 * self->n)
    return polyhedron->high[constraint - self->n] - self->point[constraint - self->n];

  row = constraint - 2 * self->n;
  return re3_accumulate_product (-polyhedron->offsets[row], polyhedron->normals + row * self->n,
                                 self->point, self->n);
}

static double
projection_offset (const Projection *self, gsize constraint)
{
  if (constraint < self->n)
    return self->polyhedron->low[constraint];
  if (constraint < 2 * self->n)
    return -self->polyhedron->high[constraint - self->n];

  return self->polyhedron->offsets[constraint - 2 * self->n];
}

/* @length: of the point, the other part of a constraint's rounding error. */
static double
projection_noise (const Projection *self, gsize constraint, double length)
{
  double noise = BOUND_NOISE * (fabs (projection_offset (self, constraint)) + length);

  return constraint < 2 * self->n ? noise
                                  : noise + self->polyhedron->noise[constraint - 2 * self->n];
}

/* The constraint that is violated most; FALSE if none is. */
static gboolean
projection_find_violated (const Projection *self, gsize *violated)
{
  double length = re3_norm_l2 (self->point, self->n);
  double lowest = 0;

  for (gsize constraint = 0; constraint < 2 * self->n + self->polyhedron->n_rows; constraint++) {
    double slack = projection_slack (self, constraint);

    if (slack < lowest && slack < -projection_noise (self, constraint, length)) {
      lowest = slack;
      *violated = constraint;
    }
  }

  return lowest < 0;
}

static void
projection_take_up (Projection *self, gsize constraint)
{
  gsize n = self->n;

  if (constraint < 2 * n) {
    memset (self->normal, 0, n * sizeof (double));
    self->normal[constraint % n] = constraint < n ? 1 : -1;
  } else {
    memcpy (self->normal, self->polyhedron->normals + (constraint - 2 * n) * n,
            n * sizeof (double));
  }
}

/* The direction in which the normal can be followed without leaving the active constraints, and
 * what that costs them. Returns: the length of the direction. */
static double
projection_find_direction (Projection *self)
{
  gsize n = self->n;

  for (gsize j = 0; j < n; j++)
    self->rotated[j] = re3_accumulate_product (0, self->Q + j * n, self->normal, n);

  memset (self->direction, 0, n * sizeof (double));
  re3_accumulate (self->direction, n, self->rotated + self->n_active, self->Q + self->n_active * n,
                  n, n - self->n_active);

  for (gsize i = self->n_active; i-- > 0;) {
    double sum = self->rotated[i];

    for (gsize j = i + 1; j < self->n_active; j++)
      sum -= self->R[j * n + i] * self->costs[j];
    self->costs[i] = sum / self->R[i * n + i];
  }

  return re3_norm_l2 (self->rotated + self->n_active, n - self->n_active);
}

/* The longest step that leaves no multiplier negative, and the one that it makes 0. */
static double
projection_find_dual_step (const Projection *self, gsize *place)
{
  double step = INFINITY;

  for (gsize j = 0; j < self->n_active; j++) {
    if (self->costs[j] > DEPENDENT && self->multipliers[j] / self->costs[j] < step) {
      step = self->multipliers[j] / self->costs[j];
      *place = j;
    }
  }

  return step;
}

/* Turns (a, b) into (length, 0), and the columns of Q that belong to them likewise. */
static void
projection_rotate_columns (Projection *self,
                           gsize column,
                           double a,
                           double b,
                           double *cosine,
                           double *sine)
{
  double length = hypot (a, b);
  double *first = self->Q + column * self->n;
  double *second = first + self->n;

  *cosine = length > 0 ? a / length : 1;
  *sine = length > 0 ? b / length : 0;
  for (gsize i = 0; i < self->n; i++) {
    double turned = *cosine * first[i] + *sine * second[i];

    second[i] = *cosine * second[i] - *sine * first[i];
    first[i] = turned;
  }
}

/* Makes the constraint active whose normal was taken up last. */
static void
projection_activate (Projection *self, gsize constraint, double multiplier)
{
  gsize n = self->n;

  for (gsize j = n - 1; j > self->n_active; j--) {
    double cosine;
    double sine;

    if (self->rotated[j] == 0)
      continue;
    projection_rotate_columns (self, j - 1, self->rotated[j - 1], self->rotated[j], &cosine, &sine);
    self->rotated[j - 1] = hypot (self->rotated[j - 1], self->rotated[j]);
    self->rotated[j] = 0;
  }

  memcpy (self->R + self->n_active * n, self->rotated, (self->n_active + 1) * sizeof (double));
  self->active[self->n_active] = constraint;
  self->multipliers[self->n_active] = multiplier;
  self->n_active++;
}

/* Lets the active constraint at @place go. What is left of R is triangular but for one entry below
 * the diagonal in each column, which is turned away. */
static void
projection_release (Projection *self, gsize place)
{
  gsize n = self->n;

  self->n_active--;
  for (gsize j = place; j < self->n_active; j++) {
    memcpy (self->R + j * n, self->R + (j + 1) * n, (j + 2) * sizeof (double));
    self->active[j] = self->active[j + 1];
    self->multipliers[j] = self->multipliers[j + 1];
  }

  for (gsize j = place; j < self->n_active; j++) {
    double cosine;
    double sine;

    projection_rotate_columns (self, j, self->R[j * n + j], self->R[j * n + j + 1], &cosine, &sine);
    for (gsize column = j; column < self->n_active; column++) {
      double *entries = self->R + column * n + j;
      double turned = cosine * entries[0] + sine * entries[1];

      entries[1] = cosine * entries[1] - sine * entries[0];
      entries[0] = turned;
    }
  }
}

/* The point of the active constraints that is nearest to the origin, from their normals alone, so
 * that steps leave no errors behind: with N = Q R, y = Q w where R' w = offsets, and R u = w. */
static void
projection_settle (Projection *self)
{
  gsize n = self->n;
  gsize n_active = self->n_active;
  double *w = self->costs;

  for (gsize i = 0; i < n_active; i++) {
    double product = re3_accumulate_product (0, self->R + i * n, w, i);

    w[i] = (projection_offset (self, self->active[i]) - product) / self->R[i * n + i];
  }

  memset (self->point, 0, n * sizeof (double));
  re3_accumulate (self->point, n, w, self->Q, n, n_active);

  for (gsize i = n_active; i-- > 0;) {
    double sum = w[i];

    for (gsize j = i + 1; j < n_active; j++)
      sum -= self->R[j * n + i] * self->multipliers[j];
    self->multipliers[i] = sum / self->R[i * n + i];
  }
  for (gsize i = 0; i < n_active; i++)
    self->multipliers[i] = MAX (self->multipliers[i], 0);
}

/* Moves until @constraint holds, letting others go that stand in its way. Returns: FALSE if they
 * cannot hold together. */
static gboolean
projection_meet (Projection *self, gsize constraint)
{
  double multiplier = 0;

  projection_take_up (self, constraint);
  for (;;) {
    double length = projection_find_direction (self);
    gsize place = 0;
    double dual_step = projection_find_dual_step (self, &place);
    double full_step =
        length > DEPENDENT ? -projection_slack (self, constraint) / (length * length) : INFINITY;
    double step = MIN (dual_step, MAX (full_step, 0));

    if (step == INFINITY)
      return FALSE;

    for (gsize j = 0; j < self->n_active; j++)
      self->multipliers[j] = MAX (self->multipliers[j] - step * self->costs[j], 0);
    multiplier += step;
    if (length > DEPENDENT)
      re3_accumulate (self->point, self->n, &step, self->direction, self->n, 1);

    if (full_step <= dual_step) {
      projection_activate (self, constraint, multiplier);
      projection_settle (self);
      return TRUE;
    }
    projection_release (self, place);
  }
}

static void
projection_tell_multipliers (const Projection *self, double *multipliers)
{
  memset (multipliers, 0, (2 * self->n + self->polyhedron->n_rows) * sizeof (double));
  for (gsize j = 0; j < self->n_active; j++)
    multipliers[self->active[j]] = self->multipliers[j];
}

Re3NearestStatus
re3_polyhedron_nearest_l2 (const Re3Polyhedron *self,
                           double limit,
                           const Re3Monitor *monitor,
                           double *point,
                           double *distance,
                           double *multipliers,
                           GError **error)
{
  /* Each constraint that is met raises the distance, so that no set of active ones comes twice:
   * far more steps than this are a sign of rounding. */
  gsize n_steps = 100 + 20 * (2 * self->n + self->n_rows);
  g_auto (Projection) projection = { 0 };
  gsize violated = 0;

  *distance = 0;
  if (!projection_init (&projection, self, error))
    return RE3_NEAREST_STOPPED;
  while (projection_find_violated (&projection, &violated)) {
    if (n_steps-- == 0)
      return RE3_NEAREST_UNRESOLVED;
    if (!re3_monitor_report (monitor, 0, 0))
      return RE3_NEAREST_STOPPED;

    if (!projection_meet (&projection, violated)) {
      *distance = INFINITY;
      return RE3_NEAREST_EMPTY;
    }

    *distance = MAX (*distance, re3_norm_l2 (projection.point, self->n));
    if (*distance >= limit)
      return RE3_NEAREST_BEYOND;
  }

  *distance = re3_norm_l2 (projection.point, self->n);
  memcpy (point, projection.point, self->n * sizeof (double));
  if (multipliers != NULL)
    projection_tell_multipliers (&projection, multipliers);

  return RE3_NEAREST_FOUND;
}
