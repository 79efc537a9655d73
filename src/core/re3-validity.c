/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-validity.h"

#include "re3-select.h"
#include "re3-sort.h"
#include "re3-statistics.h"

#include <math.h>
#include <string.h>

/* The steps of a table are 1, 2 and 5 times a power of ten, from the first to the last of these at
 * least. */
#define FIRST_EXPONENT      (-2)
#define LAST_EXPONENT_LEAST 0

/* What is told of the distances: these quantiles. */
static const double shares[] = { 0, 0.10, 0.25, 0.5, 0.75, 1 };

#define N_SHARES G_N_ELEMENTS (shares)

/* So few distances are sorted; of more, the ranks on both sides of the quantiles are all different.
 */
#define FEW 64

static void
find_quantiles_of_few (const double *distances, gsize n, double *quantiles)
{
  double sorted[FEW];

  if (n > 0)
    memcpy (sorted, distances, n * sizeof (double));
  re3_sort_doubles (sorted, n);
  for (gsize i = 0; i < N_SHARES; i++)
    quantiles[i] = re3_quantile_sorted (sorted, n, shares[i]);
}

static gboolean
find_quantiles (const double *distances, gsize n, double *quantiles, GError **error)
{
  gsize ranks[2 * N_SHARES];
  double between[N_SHARES];
  double selected[2 * N_SHARES];

  for (gsize i = 0; i < N_SHARES; i++) {
    ranks[2 * i] = re3_quantile_rank (n, shares[i], &between[i]);
    ranks[2 * i + 1] = MIN (ranks[2 * i] + 1, n - 1);
  }
  if (!re3_select (distances, n, ranks, G_N_ELEMENTS (ranks), selected, error))
    return FALSE;
  for (gsize i = 0; i < N_SHARES; i++)
    quantiles[i] = re3_quantile_between (selected[2 * i], selected[2 * i + 1], between[i]);

  return TRUE;
}

gboolean
re3_validity_summarise (const double *distances, gsize n, Re3Validity *validity, GError **error)
{
  double quantiles[N_SHARES];

  g_return_val_if_fail (distances != NULL || n == 0, FALSE);
  g_return_val_if_fail (validity != NULL, FALSE);

  if (n <= FEW)
    find_quantiles_of_few (distances, n, quantiles);
  else if (!find_quantiles (distances, n, quantiles, error))
    return FALSE;

  *validity = (Re3Validity){
    .min = quantiles[0],
    .q1 = quantiles[2],
    .median = quantiles[3],
    .q3 = quantiles[4],
    .max = quantiles[5],
    .eps90 = quantiles[1],
    .eps75 = quantiles[2],
    .eps50 = quantiles[3],
  };

  return TRUE;
}

Re3ValidityCurve *
re3_validity_curve_new (const double *distances, gsize n)
{
  Re3ValidityCurve *self;

  g_return_val_if_fail (distances != NULL || n == 0, NULL);

  self = g_new (Re3ValidityCurve, 1);
  self->n = n;
  self->distances = g_memdup2 (distances, n * sizeof (double));
  re3_sort_doubles (self->distances, n);

  return self;
}

void
re3_validity_curve_free (Re3ValidityCurve *self)
{
  if (self == NULL)
    return;

  g_free (self->distances);
  g_free (self);
}

/* How many distances are <= @step. */
static gsize
count_up_to (const Re3ValidityCurve *self, double step)
{
  gsize low = 0;
  gsize high = self->n;

  while (low < high) {
    gsize middle = low + (high - low) / 2;

    if (self->distances[middle] <= step)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}

double
re3_validity_curve_get_share (const Re3ValidityCurve *self, double step)
{
  g_return_val_if_fail (self != NULL && !isnan (step), NAN);

  if (self->n == 0)
    return NAN;

  return (double) (self->n - count_up_to (self, step)) / (double) self->n;
}

/* The float64 nearest to the decimal number, which a product with a power of ten may miss. */
static double
decimal (guint digit, int exponent)
{
  char text[16];

  g_snprintf (text, sizeof text, "%ue%d", digit, exponent);

  return g_ascii_strtod (text, NULL);
}

double *
re3_validity_curve_get_steps (const Re3ValidityCurve *self, gsize *n_steps)
{
  static const guint digits[] = { 1, 2, 5 };
  gboolean at_end = FALSE;
  double largest = 0;
  GArray *steps;

  g_return_val_if_fail (self != NULL && n_steps != NULL, NULL);

  for (gsize i = self->n; i > 0 && largest == 0; i--)
    if (isfinite (self->distances[i - 1]))
      largest = self->distances[i - 1];

  steps = g_array_new (FALSE, FALSE, sizeof (double));
  for (gsize i = 0; !at_end; i++) {
    int exponent = FIRST_EXPONENT + (int) (i / G_N_ELEMENTS (digits));
    double step = decimal (digits[i % G_N_ELEMENTS (digits)], exponent);

    /* Past the largest float64 there is no distance either. */
    if (isinf (step))
      break;
    g_array_append_val (steps, step);
    at_end = exponent >= LAST_EXPONENT_LEAST && step >= largest;
  }

  *n_steps = steps->len;

  return (double *) g_array_free (steps, FALSE);
}
