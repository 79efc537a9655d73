/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-validity.h"

#include "re3-select.h"
#include "re3-sort.h"
#include "re3-statistics.h"

#include <math.h>
#include <stdlib.h>

/* The steps of a table are 1, 2 and 5 times a power of ten, from the first to the last of these at
 * least. */
#define FIRST_EXPONENT      (-2)
#define LAST_EXPONENT_LEAST 0

/* What is told of the distances: these quantiles. */
static const double shares[] = { 0, 0.10, 0.25, 0.5, 0.75, 1 };

#define N_SHARES G_N_ELEMENTS (shares)

/* The quantiles of a set stand between these places of its sorted distances. */
typedef struct {
  gsize n;
  gsize ranks[2 * N_SHARES];
  double selected[2 * N_SHARES];
} Quantiles;

static int
compare_ranks (const void *a, const void *b)
{
  gsize x = *(const gsize *) a;
  gsize y = *(const gsize *) b;

  return (x > y) - (x < y);
}

static gsize
rank_above (const Quantiles *self, gsize rank)
{
  return MIN (rank + 1, self->n - 1);
}

static void
quantiles_init (Quantiles *self, gsize n)
{
  double between;

  self->n = n;
  if (n == 0)
    return;

  for (gsize i = 0; i < N_SHARES; i++) {
    self->ranks[2 * i] = re3_quantile_rank (n, shares[i], &between);
    self->ranks[2 * i + 1] = rank_above (self, self->ranks[2 * i]);
  }
  qsort (self->ranks, 2 * N_SHARES, sizeof (gsize), compare_ranks);
}

static double
selected_at (const Quantiles *self, gsize rank)
{
  gsize i = 0;

  while (self->ranks[i] != rank)
    i++;

  return self->selected[i];
}

static double
quantiles_get (const Quantiles *self, gsize share)
{
  double between;
  gsize rank;

  if (self->n == 0)
    return NAN;

  rank = re3_quantile_rank (self->n, shares[share], &between);

  return re3_quantile_between (selected_at (self, rank),
                               selected_at (self, rank_above (self, rank)), between);
}

static void
summarise (const Quantiles *quantiles, Re3Validity *validity)
{
  *validity = (Re3Validity){
    .min = quantiles_get (quantiles, 0),
    .q1 = quantiles_get (quantiles, 2),
    .median = quantiles_get (quantiles, 3),
    .q3 = quantiles_get (quantiles, 4),
    .max = quantiles_get (quantiles, 5),
    .eps90 = quantiles_get (quantiles, 1),
    .eps75 = quantiles_get (quantiles, 2),
    .eps50 = quantiles_get (quantiles, 3),
  };
}

gboolean
re3_validity_summarise (const double *distances,
                        const guint8 *is_test,
                        gsize n,
                        Re3Validity *validity,
                        GError **error)
{
  Quantiles quantiles[RE3_N_SAMPLE_SETS];
  Re3Places places[RE3_N_SAMPLE_SETS];
  gsize n_test = 0;

  g_return_val_if_fail ((distances != NULL && is_test != NULL) || n == 0, FALSE);
  g_return_val_if_fail (validity != NULL, FALSE);

  for (gsize i = 0; i < n; i++)
    n_test += is_test[i] != 0;
  quantiles_init (&quantiles[RE3_SAMPLES_TRAIN], n - n_test);
  quantiles_init (&quantiles[RE3_SAMPLES_TEST], n_test);
  quantiles_init (&quantiles[RE3_SAMPLES_ALL], n);
  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
    places[set] = (Re3Places){ .ranks = quantiles[set].ranks,
                               .n_ranks = quantiles[set].n > 0 ? 2 * N_SHARES : 0,
                               .values = quantiles[set].selected };

  if (n > 0 && !re3_select (distances, is_test, n, places, error))
    return FALSE;
  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
    summarise (&quantiles[set], &validity[set]);

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
