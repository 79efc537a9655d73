/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/* The larger one, and NAN if either is NAN: an error that is not a number is not overlooked. */
static inline double
re3_larger (double a, double b)
{
  return a > b || isnan (a) ? a : b;
}

/* For qsort(): ascending, without NAN. */
int    re3_compare_doubles    (const void   *a,
                               const void   *b);

/* The quantile @q in [0, 1] of @n sorted numbers with linear interpolation between ranks, as
 * numpy.percentile; infinite ones are allowed. NAN where n is 0. */
double re3_quantile_sorted    (const double *sorted,
                               gsize         n,
                               double        q);
/* The same of numbers that are not sorted: it lies between those of the returned rank and of the next
 * one, @share of the way. */
gsize  re3_quantile_rank      (gsize         n,
                               double        q,
                               double       *share);
double re3_quantile_between   (double        below,
                               double        above,
                               double        share);

G_END_DECLS
