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
