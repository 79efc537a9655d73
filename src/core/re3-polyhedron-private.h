/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-boundary.h"
#include "re3-monitor.h"

G_BEGIN_DECLS

/**
 * Re3Polyhedron:
 * @n: number of variables
 * @low: n numbers, the least that each variable may be, or -INFINITY
 * @high: n numbers, the most, or INFINITY
 * @n_rows: number of half-spaces
 * @normals: (n_rows, n), unit vectors in L2, or 0 for a half-space that holds nothing
 * @offsets: n_rows numbers: normal * y >= offset within the half-space
 * @noise: n_rows numbers: how far outside of it rounding may put a point that is on its border
 *
 * The points y within a box and some half-spaces. The origin is where distances are measured from.
 */
typedef struct {
  gsize n;
  double *low;
  double *high;
  gsize n_rows;
  double *normals;
  double *offsets;
  double *noise;
  /*< private >*/
  gsize n_allocated;
} Re3Polyhedron;

typedef enum {
  RE3_NEAREST_FOUND,
  RE3_NEAREST_EMPTY,      /* there is no point */
  RE3_NEAREST_BEYOND,     /* the nearest point is as far as the limit, or farther */
  RE3_NEAREST_UNRESOLVED, /* rounding kept the solver from an answer */
  RE3_NEAREST_STOPPED,    /* the monitor stopped it, or there was no memory */
} Re3NearestStatus;

/* All of space. */
Re3Polyhedron   *re3_polyhedron_new     (gsize                n);
void             re3_polyhedron_free    (Re3Polyhedron       *self);
/* Makes room for @n_rows half-spaces in all; without, it is made when one is added, and where there is
 * none that ends the program. */
gboolean         re3_polyhedron_reserve (Re3Polyhedron       *self,
                                         gsize                n_rows,
                                         GError             **error);
/* Adds the half-space normal * y >= offset, whatever the length of @normal, unless it is all of space.
 * @noise: rounding error of normal * y - offset near its border. */
void             re3_polyhedron_add     (Re3Polyhedron       *self,
                                         const double        *normal,
                                         double               offset,
                                         double               noise);
/* Takes away the half-spaces that were added last, down to @n_rows of them. */
void             re3_polyhedron_truncate (Re3Polyhedron      *self,
                                         gsize                n_rows);
/* The distance, in @metric, from the origin to half-space @row alone: 0 from within. */
double           re3_polyhedron_row_distance (const Re3Polyhedron *self,
                                         gsize                row,
                                         Re3Metric            metric);
/* How far the origin may move before it leaves half-space @row: infinite where it never does, and 0
 * from outside. */
double           re3_polyhedron_row_reserve (const Re3Polyhedron *self,
                                         gsize                row,
                                         Re3Metric            metric);

/* The length of @vector in @metric, which is not RE3_METRIC_PAPER. */
double           re3_metric_length      (Re3Metric            metric,
                                         const double        *vector,
                                         gsize                n);
/* The length of a gradient where @metric measures points: the dual norm. */
double           re3_metric_dual_length (Re3Metric            metric,
                                         const double        *gradient,
                                         gsize                n);

/* The point nearest to the origin in L2, L1 or Linf, if it is nearer than @limit.
 * @point: (out): n numbers, where found
 * @distance: (out): where found, its distance; otherwise a lower bound of it, INFINITY where empty
 * @error: set where there was no memory, and then it is stopped */
Re3NearestStatus re3_polyhedron_nearest (const Re3Polyhedron *self,
                                         Re3Metric            metric,
                                         double               limit,
                                         const Re3Monitor    *monitor,
                                         double              *point,
                                         double              *distance,
                                         GError             **error);

/* The same for L2: the dual active-set method of D. Goldfarb and A. Idnani, "A numerically stable
 * dual method for solving strictly convex quadratic programs", Mathematical Programming 27 (1983),
 * for the identity as the Hessian. Its objective only grows, and so is a lower bound all the way.
 * @multipliers: (out) (nullable): 2 n + n_rows numbers, those of the low and the high bounds and of
 *   the half-spaces at the point: none is negative, and the normals times them add up to the point */
Re3NearestStatus re3_polyhedron_nearest_l2 (const Re3Polyhedron *self,
                                         double               limit,
                                         const Re3Monitor    *monitor,
                                         double              *point,
                                         double              *distance,
                                         double              *multipliers,
                                         GError             **error);
/* The same for L1 and Linf: a linear program, solved by GLPK. */
Re3NearestStatus re3_polyhedron_nearest_linear (const Re3Polyhedron *self,
                                         Re3Metric            metric,
                                         double               limit,
                                         const Re3Monitor    *monitor,
                                         double              *point,
                                         double              *distance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Polyhedron, re3_polyhedron_free)

G_END_DECLS
