/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-norm.h"

#include <math.h>

/* Sums of squares between these lost nothing to overflow or underflow that would show. */
#define SAFE_SQUARES_MIN 1e-280
#define SAFE_SQUARES_MAX 1e300

double
re3_norm_l1 (const double *vector, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += fabs (vector[i]);

  return sum;
}

double
re3_norm_linf (const double *vector, gsize n)
{
  double largest = 0;

  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, fabs (vector[i]));

  return largest;
}

static double
sum_of_squares (const double *vector, gsize n, double unit)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++) {
    double number = vector[i] / unit;

    sum += number * number;
  }

  return sum;
}

double
re3_norm_l2 (const double *vector, gsize n)
{
  double squares = sum_of_squares (vector, n, 1);
  double largest;

  if (squares > SAFE_SQUARES_MIN && squares < SAFE_SQUARES_MAX)
    return sqrt (squares);

  largest = re3_norm_linf (vector, n);
  if (largest == 0 || !isfinite (largest))
    return largest;

  return largest * sqrt (sum_of_squares (vector, n, largest));
}
