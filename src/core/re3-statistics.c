/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-statistics.h"

#include <math.h>

int
re3_compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

gsize
re3_quantile_rank (gsize n, double q, double *share)
{
  double rank = (double) (n - 1) * q;

  g_return_val_if_fail (n > 0 && q >= 0 && q <= 1 && share != NULL, 0);

  *share = rank - floor (rank);

  return (gsize) rank;
}

/* GSL's quantile interpolates between equal infinities too, which makes NaN; hence our own. */
double
re3_quantile_between (double below, double above, double share)
{
  if (share == 0 || below == above)
    return below;
  if (isinf (below) || isinf (above))
    return below + above;

  /* From the nearer end, as NumPy does. */
  if (share < 0.5)
    return below + (above - below) * share;

  return above - (above - below) * (1 - share);
}

double
re3_quantile_sorted (const double *sorted, gsize n, double q)
{
  double share;
  gsize rank;

  g_return_val_if_fail (sorted != NULL || n == 0, NAN);
  g_return_val_if_fail (q >= 0 && q <= 1, NAN);

  if (n == 0)
    return NAN;

  rank = re3_quantile_rank (n, q, &share);

  return re3_quantile_between (sorted[rank], sorted[MIN (rank + 1, n - 1)], share);
}
