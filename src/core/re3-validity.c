/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-validity.h"

#include "re3-sort.h"
#include "re3-statistics.h"

#include <math.h>

/* The steps of a table are 1, 2 and 5 times a power of ten, from the first to the last of these at
 * least. */
#define FIRST_EXPONENT      (-2)
#define LAST_EXPONENT_LEAST 0

void
re3_validity_summarise_sorted (const double *sorted, gsize n, Re3Validity *validity)
{
  g_return_if_fail (sorted != NULL || n == 0);
  g_return_if_fail (validity != NULL);

  validity->min = re3_quantile_sorted (sorted, n, 0);
  validity->q1 = re3_quantile_sorted (sorted, n, 0.25);
  validity->median = re3_quantile_sorted (sorted, n, 0.5);
  validity->q3 = re3_quantile_sorted (sorted, n, 0.75);
  validity->max = re3_quantile_sorted (sorted, n, 1);
  validity->eps90 = re3_quantile_sorted (sorted, n, 0.10);
  validity->eps75 = validity->q1;
  validity->eps50 = validity->median;
}

void
re3_validity_summarise (const double *distances, gsize n, Re3Validity *validity)
{
  g_autoptr (Re3ValidityCurve) curve = NULL;

  g_return_if_fail (distances != NULL || n == 0);
  g_return_if_fail (validity != NULL);

  curve = re3_validity_curve_new (distances, n);
  re3_validity_summarise_sorted (curve->distances, n, validity);
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
