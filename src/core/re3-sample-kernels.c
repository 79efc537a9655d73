/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiled once for each instruction set, as RE3_SAMPLE_KERNELS_SYMBOL (see meson.build). */
#include "re3-sample-kernels-private.h"

#include "re3-lanes-private.h"

#include <math.h>
#include <string.h>

extern const Re3SampleKernels RE3_SAMPLE_KERNELS_SYMBOL;

/* Samples worked on side by side, whatever the instruction set, and the registers that they take.
 */
#define PANEL_SAMPLES 8
#define PANEL_LANES   (PANEL_SAMPLES / LANES)

/* Rows that are ranked side by side, so that those before them are read once for all of them. */
#define RANKED_ROWS 4

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

/* Sample i of a sum is added to place i % PANEL_SAMPLES, and the places at the end. */
static inline double
add_places (const Lanes *lanes)
{
  double places[PANEL_SAMPLES];

  memcpy (places, lanes, sizeof places);

  return ((places[0] + places[1]) + (places[2] + places[3])) +
         ((places[4] + places[5]) + (places[6] + places[7]));
}

/* How many of @n samples from the start of a panel on are in its register @k. */
static inline gsize
count_in_lanes (gsize n, gsize k)
{
  return CLAMP (n, k * LANES, (k + 1) * LANES) - k * LANES;
}

/* A panel of samples; where there are less than one, it is filled up with 0. */
static inline void
load_panel (const double *numbers, gsize n, Lanes *lanes)
{
#pragma GCC unroll 4
  for (gsize k = 0; k < PANEL_LANES; k++)
    lanes[k] = n >= PANEL_SAMPLES ? lanes_load (numbers + k * LANES)
                                  : lanes_load_first (numbers + k * LANES, count_in_lanes (n, k));
}

static inline void
store_panel (double *numbers, gsize n, const Lanes *lanes)
{
#pragma GCC unroll 4
  for (gsize k = 0; k < PANEL_LANES; k++)
    if (n >= PANEL_SAMPLES)
      lanes_store (numbers + k * LANES, lanes[k]);
    else
      lanes_store_first (numbers + k * LANES, count_in_lanes (n, k), lanes[k]);
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
    Lanes sum[PANEL_LANES] = { 0 };
    Lanes absolute[PANEL_LANES] = { 0 };

    for (gsize first = 0; first < n; first += PANEL_SAMPLES) {
      Lanes numbers[PANEL_LANES];

      load_panel (matrix + row * stride + first, n - first, numbers);
#pragma GCC unroll 4
      for (gsize k = 0; k < PANEL_LANES; k++) {
        sum[k] += numbers[k];
        absolute[k] += lanes_absolute (numbers[k]);
      }
    }
    sums[row] = add_places (sum);
    absolute_sums[row] = add_places (absolute);
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
    Lanes sum[PANEL_LANES] = { 0 };
    Lanes absolute[PANEL_LANES] = { 0 };

    for (gsize first = 0; first < n; first += PANEL_SAMPLES) {
      Lanes factors[PANEL_LANES] = { 0 };
      Lanes numbers[PANEL_LANES];

      for (gsize weight = 0; weight < n_weights; weight++) {
        load_panel (weights + weight * n + first, n - first, numbers);
#pragma GCC unroll 4
        for (gsize k = 0; k < PANEL_LANES; k++)
          factors[k] += scalars[weight * n_rows + row] * numbers[k];
      }
      load_panel (matrix + row * stride + first, n - first, numbers);
#pragma GCC unroll 4
      for (gsize k = 0; k < PANEL_LANES; k++) {
        sum[k] += factors[k] * numbers[k];
        absolute[k] += lanes_absolute (factors[k] * numbers[k]);
      }
    }
    sums[row] = add_places (sum);
    absolute_sums[row] = add_places (absolute);
  }
}

/* Ranks @n rows from @row on among those before them and each other, in some lanes of a panel: a
 * number that the compiler knows lets it keep all of them in registers. Each pair is compared once,
 * which takes no branch: one of the two stands before the other. Of a row those that follow count
 * as before it, until one is found to be behind. */
static inline __attribute__ ((always_inline)) void
rank_rows (Lanes (*sizes)[PANEL_LANES],
           gsize lanes,
           gsize row,
           gsize n,
           gsize n_rows,
           LaneBits (*ranks)[PANEL_LANES])
{
  Lanes own_sizes[RANKED_ROWS];
  LaneBits own_ranks[RANKED_ROWS];

#pragma GCC unroll 4
  for (gsize i = 0; i < n; i++) {
    own_sizes[i] = sizes[row + i][lanes];
    own_ranks[i] = (LaneBits){ 0 } + (gint64) (n_rows - 1 - row - i);
  }

  for (gsize other = 0; other < row; other++) {
    Lanes size = sizes[other][lanes];
    LaneBits rank = ranks[other][lanes];

#pragma GCC unroll 4
    for (gsize i = 0; i < n; i++) {
      LaneBits is_behind = size >= own_sizes[i]; /* -1 where it is */

      own_ranks[i] -= is_behind;
      rank += is_behind;
    }
    ranks[other][lanes] = rank;
  }

#pragma GCC unroll 4
  for (gsize i = 0; i < n; i++) {
#pragma GCC unroll 4
    for (gsize other = 0; other < i; other++) {
      LaneBits is_behind = own_sizes[other] >= own_sizes[i];

      own_ranks[i] -= is_behind;
      own_ranks[other] += is_behind;
    }
  }

#pragma GCC unroll 4
  for (gsize i = 0; i < n; i++)
    ranks[row + i][lanes] = own_ranks[i];
}

static void
rank_panel (Lanes (*sizes)[PANEL_LANES], gsize n_rows, LaneBits (*ranks)[PANEL_LANES])
{
  for (gsize lanes = 0; lanes < PANEL_LANES; lanes++) {
    gsize row = 0;

    for (; row + RANKED_ROWS <= n_rows; row += RANKED_ROWS)
      rank_rows (sizes, lanes, row, RANKED_ROWS, n_rows, ranks);
    for (; row < n_rows; row++)
      rank_rows (sizes, lanes, row, 1, n_rows, ranks);
  }
}

/* The absolute products of a panel of @n samples, and their ranks. */
static inline void
rank_panel_products (const double *restrict matrix,
                     gsize stride,
                     gsize n_rows,
                     gsize n,
                     const double *restrict scalars,
                     Lanes (*sizes)[PANEL_LANES],
                     LaneBits (*ranks)[PANEL_LANES])
{
  for (gsize row = 0; row < n_rows; row++) {
    load_panel (matrix + row * stride, n, sizes[row]);
#pragma GCC unroll 4
    for (gsize k = 0; k < PANEL_LANES; k++)
      sizes[row][k] = lanes_absolute (scalars[row] * sizes[row][k]);
  }
  rank_panel (sizes, n_rows, ranks);
}

static void
rank_products (const double *restrict matrix,
               gsize stride,
               gsize n_rows,
               gsize n,
               const double *restrict scalars,
               guint64 *restrict ranks)
{
  Lanes sizes[RE3_SAMPLE_KERNELS_RANKED_MAX][PANEL_LANES];
  LaneBits panel_ranks[RE3_SAMPLE_KERNELS_RANKED_MAX][PANEL_LANES];

  for (gsize first = 0; first < n; first += PANEL_SAMPLES) {
    rank_panel_products (matrix + first, stride, n_rows, n - first, scalars, sizes, panel_ranks);
    for (gsize row = 0; row < n_rows; row++) {
#pragma GCC unroll 4
      for (gsize k = 0; k < PANEL_LANES; k++) {
        LaneBits is_none = sizes[row][k] == 0; /* -1 where it is */

        panel_ranks[row][k] = (is_none & (gint64) n_rows) | (~is_none & panel_ranks[row][k]);
      }
      store_panel ((double *) (ranks + row * n + first), n - first,
                   (const Lanes *) panel_ranks[row]);
    }
  }
}

/* What fills up the last panel is 0, and so is not counted. */
static void
count_tops (const double *restrict matrix,
            gsize stride,
            gsize n_rows,
            gsize n,
            const double *restrict scalars,
            guint32 *restrict counts)
{
  Lanes sizes[RE3_SAMPLE_KERNELS_RANKED_MAX][PANEL_LANES];
  LaneBits ranks[RE3_SAMPLE_KERNELS_RANKED_MAX][PANEL_LANES];
  LaneBits lane_counts[RE3_SAMPLE_KERNELS_RANKED_MAX][RE3_N_TOPS];

  memset (lane_counts, 0, n_rows * sizeof lane_counts[0]);
  for (gsize first = 0; first < n; first += PANEL_SAMPLES) {
    rank_panel_products (matrix + first, stride, n_rows, n - first, scalars, sizes, ranks);
    for (gsize row = 0; row < n_rows; row++)
#pragma GCC unroll 4
      for (gsize k = 0; k < PANEL_LANES; k++) {
        LaneBits is_some = sizes[row][k] > 0; /* -1 where it is */

#pragma GCC unroll 4
        for (gsize place = 0; place < RE3_N_TOPS; place++)
          lane_counts[row][place] -= is_some & (ranks[row][k] == (gint64) place);
      }
  }

  for (gsize row = 0; row < n_rows; row++)
    for (gsize place = 0; place < RE3_N_TOPS; place++) {
      gint64 count = 0;

      for (gsize lane = 0; lane < LANES; lane++)
        count += lane_counts[row][place][lane];
      counts[row * RE3_N_TOPS + place] = (guint32) count;
    }
}

static void
write_patterns (const double *restrict pre_activations,
                gsize stride,
                gsize n,
                const Re3Gate *restrict gates,
                gsize n_gates,
                gsize n_words,
                guint64 *restrict patterns)
{
  for (gsize first = 0; first < n; first += PANEL_SAMPLES)
    for (gsize word = 0; word < n_words; word++) {
      gsize first_gate = word * RE3_PATTERN_WORD_BITS;
      gsize end = MIN (first_gate + RE3_PATTERN_WORD_BITS, n_gates);
      LaneBits bits[PANEL_LANES] = { 0 };
      guint64 words[PANEL_SAMPLES];

      for (gsize gate = first_gate; gate < end; gate++) {
        gint64 bit = (gint64) (G_GUINT64_CONSTANT (1) << (gate - first_gate));
        Lanes z[PANEL_LANES];

        load_panel (pre_activations + gates[gate].neuron * stride + first, n - first, z);
#pragma GCC unroll 4
        for (gsize k = 0; k < PANEL_LANES; k++)
          bits[k] |= (z[k] > gates[gate].threshold) & bit;
      }
      memcpy (words, bits, sizeof words);
      for (gsize i = 0; i < MIN (PANEL_SAMPLES, n - first); i++)
        patterns[(first + i) * n_words + word] = words[i];
    }
}

/* A selection of both, the distance and the gate, takes no branch. What is divided by 0 is infinite
 * or not a number, and never less than infinite. */
static void
approach (const double *restrict pre_activations,
          gsize stride,
          gsize n,
          const Re3Gate *restrict gates,
          gsize n_gates,
          const double *restrict norms,
          double *restrict nearest,
          guint64 *restrict nearest_gates)
{
  for (gsize first = 0; first < n; first += PANEL_SAMPLES) {
    Lanes least[PANEL_LANES];
    LaneBits which[PANEL_LANES];

#pragma GCC unroll 4
    for (gsize k = 0; k < PANEL_LANES; k++) {
      least[k] = (double) INFINITY - (Lanes){ 0 };
      which[k] = (LaneBits){ 0 } - 1;
    }
    for (gsize gate = 0; gate < n_gates; gate++) {
      gsize neuron = gates[gate].neuron;
      Lanes z[PANEL_LANES];

      load_panel (pre_activations + neuron * stride + first, n - first, z);
#pragma GCC unroll 4
      for (gsize k = 0; k < PANEL_LANES; k++) {
        Lanes distance = lanes_absolute (z[k] - gates[gate].threshold) / norms[neuron];
        LaneBits is_nearer = distance < least[k];

        which[k] = lanes_select (is_nearer, (LaneBits){ 0 } + (gint64) gate, which[k]);
        least[k] = (Lanes) lanes_select (is_nearer, (LaneBits) distance, (LaneBits) least[k]);
      }
    }
    store_panel (nearest + first, n - first, least);
    store_panel ((double *) (nearest_gates + first), n - first, (const Lanes *) which);
  }
}

const Re3SampleKernels RE3_SAMPLE_KERNELS_SYMBOL = {
  .exponentiate = exponentiate,
  .sum_rows = sum_rows,
  .sum_weighted_rows = sum_weighted_rows,
  .rank_products = rank_products,
  .count_tops = count_tops,
  .write_patterns = write_patterns,
  .approach = approach,
};
