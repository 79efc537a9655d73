/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-memory.h"
#include "re3-norm.h"
#include "re3-polyhedron-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define FIRST_ROWS 32

Re3Polyhedron *
re3_polyhedron_new (gsize n)
{
  Re3Polyhedron *self = g_new0 (Re3Polyhedron, 1);

  self->n = n;
  self->low = g_new (double, n);
  self->high = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    self->low[i] = -INFINITY;
    self->high[i] = INFINITY;
  }

  return self;
}

void
re3_polyhedron_free (Re3Polyhedron *self)
{
  if (self == NULL)
    return;

  g_free (self->low);
  g_free (self->high);
  g_free (self->normals);
  g_free (self->offsets);
  g_free (self->noise);
  g_free (self);
}

gboolean
re3_polyhedron_reserve (Re3Polyhedron *self, gsize n_rows, GError **error)
{
  if (n_rows <= self->n_allocated)
    return TRUE;
  if (!re3_try_renew (double, &self->normals, n_rows, self->n, error,
                      _ ("the %zu half-spaces of %zu dimensions"), n_rows, self->n) ||
      !re3_try_renew (double, &self->offsets, n_rows, 1, error,
                      _ ("the %zu half-spaces of %zu dimensions"), n_rows, self->n) ||
      !re3_try_renew (double, &self->noise, n_rows, 1, error,
                      _ ("the %zu half-spaces of %zu dimensions"), n_rows, self->n))
    return FALSE;

  self->n_allocated = n_rows;

  return TRUE;
}

static void
make_room (Re3Polyhedron *self)
{
  if (self->n_rows < self->n_allocated)
    return;

  self->n_allocated = MAX (2 * self->n_allocated, FIRST_ROWS);
  self->normals = g_realloc_n (self->normals, self->n_allocated, self->n * sizeof (double));
  self->offsets = g_renew (double, self->offsets, self->n_allocated);
  self->noise = g_renew (double, self->noise, self->n_allocated);
}

void
re3_polyhedron_add (Re3Polyhedron *self, const double *normal, double offset, double noise)
{
  double length = re3_norm_l2 (normal, self->n);
  double *row;

  if (length == 0 && offset <= noise)
    return;

  make_room (self);
  row = self->normals + self->n_rows * self->n;
  for (gsize i = 0; i < self->n; i++)
    row[i] = length > 0 ? normal[i] / length : 0;
  self->offsets[self->n_rows] = length > 0 ? offset / length : 1;
  self->noise[self->n_rows] = length > 0 ? noise / length : 0;
  self->n_rows++;
}

void
re3_polyhedron_truncate (Re3Polyhedron *self, gsize n_rows)
{
  g_assert (n_rows <= self->n_rows);

  self->n_rows = n_rows;
}

double
re3_metric_length (Re3Metric metric, const double *vector, gsize n)
{
  switch (metric) {
  case RE3_METRIC_L2:
    return re3_norm_l2 (vector, n);
  case RE3_METRIC_L1:
    return re3_norm_l1 (vector, n);
  case RE3_METRIC_LINF:
    return re3_norm_linf (vector, n);
  case RE3_METRIC_PAPER:
  default:
    g_return_val_if_reached (NAN);
  }
}

double
re3_metric_dual_length (Re3Metric metric, const double *gradient, gsize n)
{
  switch (metric) {
  case RE3_METRIC_L1:
    return re3_norm_linf (gradient, n);
  case RE3_METRIC_LINF:
    return re3_norm_l1 (gradient, n);
  case RE3_METRIC_L2:
  case RE3_METRIC_PAPER:
  default:
    return re3_metric_length (metric, gradient, n);
  }
}

/* |offset| over this is the distance between the origin and the hyperplane. */
static double
get_row_length (const Re3Polyhedron *self, gsize row, Re3Metric metric)
{
  return re3_metric_dual_length (metric, self->normals + row * self->n, self->n);
}

double
re3_polyhedron_row_distance (const Re3Polyhedron *self, gsize row, Re3Metric metric)
{
  /* Infinite for the half-space that holds nothing. */
  return self->offsets[row] > 0 ? self->offsets[row] / get_row_length (self, row, metric) : 0;
}

double
re3_polyhedron_row_reserve (const Re3Polyhedron *self, gsize row, Re3Metric metric)
{
  return self->offsets[row] < 0 ? -self->offsets[row] / get_row_length (self, row, metric) : 0;
}

Re3NearestStatus
re3_polyhedron_nearest (const Re3Polyhedron *self,
                        Re3Metric metric,
                        double limit,
                        const Re3Monitor *monitor,
                        double *point,
                        double *distance,
                        GError **error)
{
  *distance = 0;
  if (limit <= 0)
    return RE3_NEAREST_BEYOND;

  for (gsize i = 0; i < self->n; i++) {
    if (self->low[i] > self->high[i]) {
      *distance = INFINITY;
      return RE3_NEAREST_EMPTY;
    }
  }

  /* One half-space beyond the limit is enough, and the usual case of a search. */
  for (gsize row = 0; row < self->n_rows; row++)
    *distance = MAX (*distance, re3_polyhedron_row_distance (self, row, metric));
  if (*distance == INFINITY)
    return RE3_NEAREST_EMPTY;
  if (*distance >= limit)
    return RE3_NEAREST_BEYOND;
  if (self->n == 0)
    return RE3_NEAREST_FOUND;

  return metric == RE3_METRIC_L2
             ? re3_polyhedron_nearest_l2 (self, limit, monitor, point, distance, NULL, error)
             : re3_polyhedron_nearest_linear (self, metric, limit, monitor, point, distance);
}
