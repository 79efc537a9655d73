/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-statistics.h"

#include <math.h>
#include <stdlib.h>

int
re3_compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* GSL's quantile interpolates between equal infinities too, which makes NaN; hence our own. */
double
re3_quantile_sorted (const double *sorted, gsize n, double q)
{
  double rank;
  double below;
  double above;
  double share;

  g_return_val_if_fail (sorted != NULL || n == 0, NAN);
  g_return_val_if_fail (q >= 0 && q <= 1, NAN);

  if (n == 0)
    return NAN;

  rank = (double) (n - 1) * q;
  below = sorted[(gsize) rank];
  share = rank - floor (rank);
  if (share == 0)
    return below;

  above = sorted[(gsize) rank + 1];
  if (below == above)
    return below;
  if (isinf (below) || isinf (above))
    return below + above;

  /* From the nearer end, as NumPy does. */
  if (share < 0.5)
    return below + (above - below) * share;

  return above - (above - below) * (1 - share);
}

void
re3_validity_summarise (const double *distances, gsize n, Re3Validity *validity)
{
  g_autofree double *sorted = NULL;

  g_return_if_fail (distances != NULL || n == 0);
  g_return_if_fail (validity != NULL);

  sorted = g_memdup2 (distances, n * sizeof (double));
  if (n > 0)
    qsort (sorted, n, sizeof (double), re3_compare_doubles);

  validity->min = re3_quantile_sorted (sorted, n, 0);
  validity->q1 = re3_quantile_sorted (sorted, n, 0.25);
  validity->median = re3_quantile_sorted (sorted, n, 0.5);
  validity->q3 = re3_quantile_sorted (sorted, n, 0.75);
  validity->max = re3_quantile_sorted (sorted, n, 1);
  validity->eps90 = re3_quantile_sorted (sorted, n, 0.10);
  validity->eps75 = validity->q1;
  validity->eps50 = validity->median;
}
