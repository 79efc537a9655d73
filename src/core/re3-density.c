/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-density.h"

#include "re3-sample-kernels-private.h"
#include "re3-statistics.h"

#include <math.h>

/* In bandwidths. */
#define BIN_WIDTH (1.0 / 16)
#define REACH     8.0

/* Kernels whose exp is taken at once. */
#define TILE_SIZE 64

/* Places and how many samples each of them stands for. */
typedef struct {
  double *places;
  double *weights;
  gsize n;
} Bins;

static void
bins_clear (Bins *self)
{
  g_free (self->places);
  g_free (self->weights);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bins, bins_clear)

static double
get_deviation (const double *numbers, gsize n)
{
  double mean = 0;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    mean += numbers[i] / (double) n;
  for (gsize i = 0; i < n; i++)
    sum += (numbers[i] - mean) * (numbers[i] - mean);

  return sqrt (sum / (double) (n - 1));
}

double
re3_density_get_bandwidth (const double *sorted, gsize n)
{
  double deviation;
  double range;

  g_return_val_if_fail (sorted != NULL || n == 0, 0);

  if (n < 2 || sorted[0] == sorted[n - 1])
    return 0;

  deviation = get_deviation (sorted, n);
  range = re3_quantile_sorted (sorted, n, 0.75) - re3_quantile_sorted (sorted, n, 0.25);
  if (range > 0)
    deviation = MIN (deviation, range / 1.34);

  return 0.9 * deviation * pow ((double) n, -0.2);
}

/* Bins hold what falls to them from both sides, and those that nothing falls to are not there: far
 * outliers cost no room. */
static void
bins_fill (Bins *self, const double *sorted, gsize n, double width)
{
  double last = -1;

  self->places = g_new (double, 2 * n);
  self->weights = g_new (double, 2 * n);
  for (gsize i = 0; i < n; i++) {
    double steps = (sorted[i] - sorted[0]) / width;
    double bin = floor (steps);
    double share = steps - bin;

    /* The upper bin of a sample is the lower one of the next, or no one's. */
    if (self->n == 0 || bin > last) {
      self->places[self->n] = sorted[0] + bin * width;
      self->weights[self->n++] = 0;
      last = bin;
    }
    if (bin == last) {
      self->places[self->n] = sorted[0] + (bin + 1) * width;
      self->weights[self->n++] = 0;
      last = bin + 1;
    }
    self->weights[self->n - 2] += 1 - share;
    self->weights[self->n - 1] += share;
  }
}

/* The first of @n sorted places that is not below @place. */
static gsize
find_first (const double *places, gsize n, double place)
{
  gsize low = 0;
  gsize high = n;

  while (low < high) {
    gsize middle = low + (high - low) / 2;

    if (places[middle] < place)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}

/* @weights: (nullable): all 1. */
static double
sum_kernels (const double *places, const double *weights, gsize n, double bandwidth, double at)
{
  double kernels[TILE_SIZE];
  gsize first = find_first (places, n, at - REACH * bandwidth);
  gsize end = first + find_first (places + first, n - first, at + REACH * bandwidth);
  double sum = 0;

  for (gsize start = first; start < end; start += TILE_SIZE) {
    gsize n_tile = MIN (TILE_SIZE, end - start);

    for (gsize i = 0; i < n_tile; i++) {
      double distance = (at - places[start + i]) / bandwidth;

      kernels[i] = -0.5 * distance * distance;
    }
    re3_sample_kernels_get ()->exponentiate (kernels, n_tile);
    for (gsize i = 0; i < n_tile; i++)
      sum += weights != NULL ? weights[start + i] * kernels[i] : kernels[i];
  }

  return sum;
}

void
re3_density_estimate (const double *sorted,
                      gsize n,
                      double bandwidth,
                      double low,
                      double high,
                      gsize n_points,
                      double *densities)
{
  g_auto (Bins) bins = { 0 };
  double factor;

  g_return_if_fail (sorted != NULL || n == 0);
  g_return_if_fail (bandwidth > 0 && low <= high);
  g_return_if_fail (densities != NULL || n_points == 0);

  if (n > RE3_DENSITY_MOST_EXACT)
    bins_fill (&bins, sorted, n, BIN_WIDTH * bandwidth);
  factor = 1 / ((double) MAX (n, 1) * bandwidth * sqrt (2 * G_PI));
  for (gsize i = 0; i < n_points; i++) {
    double share = n_points > 1 ? (double) i / (double) (n_points - 1) : 0.5;
    double at = low + share * (high - low);

    densities[i] =
        factor * (bins.n > 0 ? sum_kernels (bins.places, bins.weights, bins.n, bandwidth, at)
                             : sum_kernels (sorted, NULL, n, bandwidth, at));
  }
}
