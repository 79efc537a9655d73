/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-norm.h"

#include "re3-kernels-private.h"

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

/* The norm of a vector whose sum of squares and whose largest number are known. */
static double
norm_l2_of (const double *vector, gsize n, double squares, double largest)
{
  if (squares > SAFE_SQUARES_MIN && squares < SAFE_SQUARES_MAX)
    return sqrt (squares);
  if (largest == 0 || !isfinite (largest))
    return largest;

  return largest * sqrt (sum_of_squares (vector, n, largest));
}

double
re3_norm_l2 (const double *vector, gsize n)
{
  return norm_l2_of (vector, n, sum_of_squares (vector, n, 1), re3_norm_linf (vector, n));
}

void
re3_norm_rows (const double *matrix, gsize n_rows, gsize n, double *l2, double *l1, double *linf)
{
  re3_kernels_get ()->measure_rows (matrix, n_rows, n, l2, l1, linf);
  for (gsize row = 0; row < n_rows; row++)
    l2[row] = norm_l2_of (matrix + row * n, n, l2[row], linf[row]);
}
