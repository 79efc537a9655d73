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

/**
 * Re3Validity:
 *
 * Five-number summary of boundary distances and the distances up to which 90, 75 and 50 of 100
 * samples keep their region (design 4.8).
 */
typedef struct {
  double min;
  double q1;
  double median;
  double q3;
  double max;
  double eps90;
  double eps75;
  double eps50;
} Re3Validity;

/* @distances need no order. */
void   re3_validity_summarise (const double *distances,
                               gsize         n,
                               Re3Validity  *validity);

G_END_DECLS
