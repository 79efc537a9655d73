/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiled once for each instruction set, as RE3_SAMPLE_KERNELS_SYMBOL (see meson.build). */
#include "re3-sample-kernels-private.h"

#include <math.h>
#include <string.h>

extern const Re3SampleKernels RE3_SAMPLE_KERNELS_SYMBOL;

/* Numbers worked on side by side: two registers of the widest set. */
#define LANES 8

/* A float64 is (1 + mantissa / 2^52) 2^(exponent - 1023). */
#define MANTISSA_BITS 52
#define EXPONENT_BIAS 1023

/* exp() of these and beyond is infinite, and 0. */
#define EXP_MAX 710.0
#define EXP_MIN (-750.0)
#define LOG2_E  1.4426950408889634
/* ln 2 in two parts: the product of the first one and an integer below 2^20 is exact. */
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW  0x1.a39ef35793c76p-33
/* Added to a number below 2^51, it leaves an integer in the lowest bits. */
#define TO_INTEGER      0x1.8p52
#define TO_INTEGER_BITS G_GUINT64_CONSTANT (0x4338000000000000)

/* @exponent: an integer, from -1022 to 1023, negative ones as their complement. */
static inline double
power_of_two (guint64 exponent)
{
  guint64 bits = (exponent + EXPONENT_BIAS) << MANTISSA_BITS;
  double power;

  memcpy (&power, &bits, sizeof power);

  return power;
}

/* exp (x) = 2^k exp (r), k an integer and |r| < 0.35, where the first terms of the power series are
 * enough (Cody and Waite 1980). What rounding 1 + r loses is added at the end. */
static void
exponentiate (double *numbers, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    double x = numbers[i];
    double bounded = x > EXP_MAX ? EXP_MAX : x < EXP_MIN ? EXP_MIN : x;
    double shifted = bounded * LOG2_E + TO_INTEGER;
    double k = shifted - TO_INTEGER;
    double high = bounded - k * LN2_HIGH;
    double low = k * LN2_LOW;
    double r = high - low;
    double lost = (high - r) - low;
    double series = 1.0 / 6227020800;
    double whole = 1 + r;
    guint64 exponent;
    guint64 half;

    series = series * r + 1.0 / 479001600;
    series = series * r + 1.0 / 39916800;
    series = series * r + 1.0 / 3628800;
    series = series * r + 1.0 / 362880;
    series = series * r + 1.0 / 40320;
    series = series * r + 1.0 / 5040;
    series = series * r + 1.0 / 720;
    series = series * r + 1.0 / 120;
    series = series * r + 1.0 / 24;
    series = series * r + 1.0 / 6;
    series = series * r + 1.0 / 2;
    lost += r - (whole - 1);
    whole += lost + r * r * series;

    /* In two steps, for 2^k may be too small or too large where the result is not. */
    memcpy (&exponent, &shifted, sizeof exponent);
    exponent -= TO_INTEGER_BITS;
    half = ((exponent + 2 * EXPONENT_BIAS) >> 1) - EXPONENT_BIAS;
    numbers[i] = whole * power_of_two (half) * power_of_two (exponent - half);
  }
}

/* Number i of a sum is added in lane i % LANES, and the lanes at the end. */
static inline double
add_lanes (const double *lanes)
{
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +
         ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

static void
sum_rows (const double *restrict matrix,
          gsize stride,
          gsize n_rows,
          gsize n,
          double *restrict sums,
          double *restrict absolute_sums)
{
  for (gsize row = 0; row < n_rows; row++) {
    const double *numbers = matrix + row * stride;
    double sum[LANES] = { 0 };
    double absolute[LANES] = { 0 };
    gsize first = 0;

    for (; first + LANES <= n; first += LANES)
      for (gsize lane = 0; lane < LANES; lane++) {
        sum[lane] += numbers[first + lane];
        absolute[lane] += fabs (numbers[first + lane]);
      }
    for (gsize lane = 0; first + lane < n; lane++) {
      sum[lane] += numbers[first + lane];
      absolute[lane] += fabs (numbers[first + lane]);
    }
    sums[row] = add_lanes (sum);
    absolute_sums[row] = add_lanes (absolute);
  }
}

static void
sum_weighted_rows (const double *restrict matrix,
                   gsize stride,
                   gsize n_rows,
                   gsize n,
                   const double *restrict weights,
                   gsize n_weights,
                   const double *restrict scalars,
                   double *restrict sums,
                   double *restrict absolute_sums)
{
  for (gsize row = 0; row < n_rows; row++) {
    double sum[LANES] = { 0 };
    double absolute[LANES] = { 0 };
    gsize first = 0;

    for (; first + LANES <= n; first += LANES) {
      const double *numbers = matrix + row * stride + first;
      double factors[LANES] = { 0 };

      for (gsize weight = 0; weight < n_weights; weight++)
        for (gsize lane = 0; lane < LANES; lane++)
          factors[lane] += scalars[weight * n_rows + row] * weights[weight * n + first + lane];
      for (gsize lane = 0; lane < LANES; lane++) {
        sum[lane] += factors[lane] * numbers[lane];
        absolute[lane] += fabs (factors[lane] * numbers[lane]);
      }
    }
    for (gsize lane = 0; first + lane < n; lane++) {
      double factor = 0;

      for (gsize weight = 0; weight < n_weights; weight++)
        factor += scalars[weight * n_rows + row] * weights[weight * n + first + lane];
      sum[lane] += factor * matrix[row * stride + first + lane];
      absolute[lane] += fabs (factor * matrix[row * stride + first + lane]);
    }
    sums[row] = add_lanes (sum);
    absolute_sums[row] = add_lanes (absolute);
  }
}

/* Some columns of numbers on their way to their ranks. */
typedef struct {
  double sizes[RE3_SAMPLE_KERNELS_RANKED_MAX][LANES];
  guint64 ranks[RE3_SAMPLE_KERNELS_RANKED_MAX][LANES];
} RankTile;

/* Each pair is compared once, which takes no branch: one of the two stands before the other. */
static void
rank_tile (RankTile *tile, gsize n_rows)
{
  for (gsize row = 0; row < n_rows; row++) {
    guint64 ranks[LANES] = { 0 };
    double sizes[LANES];

    memcpy (sizes, tile->sizes[row], sizeof sizes);
    for (gsize other = 0; other < row; other++)
      for (gsize lane = 0; lane < LANES; lane++) {
        guint64 is_behind = tile->sizes[other][lane] >= sizes[lane];

        ranks[lane] += is_behind;
        tile->ranks[other][lane] -= is_behind;
      }
    /* Those that follow stand before it, until one is found to be behind. */
    for (gsize lane = 0; lane < LANES; lane++)
      tile->ranks[row][lane] = ranks[lane] + (n_rows - 1 - row);
  }
}

static void
rank_products (const double *restrict matrix,
               gsize stride,
               gsize n_rows,
               gsize n,
               const double *restrict scalars,
               double *restrict sizes,
               guint64 *restrict ranks)
{
  RankTile tile;

  for (gsize first = 0; first < n; first += LANES) {
    gsize n_lanes = MIN (LANES, n - first);

    for (gsize row = 0; row < n_rows; row++) {
      const double *numbers = matrix + row * stride + first;

      if (n_lanes < LANES) {
        memset (tile.sizes[row], 0, sizeof tile.sizes[row]);
        for (gsize lane = 0; lane < n_lanes; lane++)
          tile.sizes[row][lane] = fabs (scalars[row] * numbers[lane]);
      } else {
        for (gsize lane = 0; lane < LANES; lane++)
          tile.sizes[row][lane] = fabs (scalars[row] * numbers[lane]);
      }
    }
    rank_tile (&tile, n_rows);
    for (gsize row = 0; row < n_rows; row++) {
      memcpy (sizes + row * n + first, tile.sizes[row], n_lanes * sizeof (double));
      memcpy (ranks + row * n + first, tile.ranks[row], n_lanes * sizeof (guint64));
    }
  }
}

/* A selection of both, the distance and the gate, takes no branch. */
static void
approach (const double *restrict pre_activations,
          gsize stride,
          gsize n,
          const Re3Gate *restrict gates,
          const double *restrict inverse_norms,
          gsize n_gates,
          double *restrict nearest,
          gsize *restrict nearest_gates)
{
  gsize first = 0;

  for (; first + LANES <= n; first += LANES) {
    double least[LANES];
    gsize which[LANES];

    for (gsize lane = 0; lane < LANES; lane++) {
      least[lane] = INFINITY;
      which[lane] = G_MAXSIZE;
    }
    for (gsize gate = 0; gate < n_gates; gate++) {
      const double *z = pre_activations + gates[gate].neuron * stride + first;
      double threshold = gates[gate].threshold;
      double inverse = inverse_norms[gate];

      for (gsize lane = 0; lane < LANES; lane++) {
        double distance = fabs (z[lane] - threshold) * inverse;

        which[lane] = distance < least[lane] ? gate : which[lane];
        least[lane] = distance < least[lane] ? distance : least[lane];
      }
    }
    memcpy (nearest + first, least, sizeof least);
    memcpy (nearest_gates + first, which, sizeof which);
  }

  for (; first < n; first++) {
    nearest[first] = INFINITY;
    nearest_gates[first] = G_MAXSIZE;
    for (gsize gate = 0; gate < n_gates; gate++) {
      double distance =
          fabs (pre_activations[gates[gate].neuron * stride + first] - gates[gate].threshold) *
          inverse_norms[gate];

      if (distance < nearest[first]) {
        nearest[first] = distance;
        nearest_gates[first] = gate;
      }
    }
  }
}

const Re3SampleKernels RE3_SAMPLE_KERNELS_SYMBOL = {
  .exponentiate = exponentiate,
  .sum_rows = sum_rows,
  .sum_weighted_rows = sum_weighted_rows,
  .rank_products = rank_products,
  .approach = approach,
};
