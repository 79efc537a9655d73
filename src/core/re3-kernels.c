/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiled once for each instruction set, as RE3_KERNELS_SYMBOL (see meson.build). */
#include "re3-kernels-private.h"

#include <math.h>

extern const Re3Kernels RE3_KERNELS_SYMBOL;

/* Terms added in one pass over the sums, so that a sum is loaded and stored once for all. */
#define TERMS_PER_PASS 8

/* Rows measured side by side: each sum waits for its last term, but not for those of other rows. */
#define ROWS_PER_PASS 4

static void
accumulate (double *restrict sums,
            gsize n,
            const double *restrict scalars,
            const double *restrict vectors,
            gsize stride,
            gsize n_terms)
{
  gsize term = 0;

  for (; term + TERMS_PER_PASS <= n_terms; term += TERMS_PER_PASS) {
    const double *v = vectors + term * stride;
    const double *s = scalars + term;

    /* The brackets are the promise of the header: term after term, never pairs of terms. */
    for (gsize i = 0; i < n; i++)
      sums[i] = (((((((sums[i] + s[0] * v[i]) + s[1] * v[stride + i]) + s[2] * v[2 * stride + i]) +
                    s[3] * v[3 * stride + i]) +
                   s[4] * v[4 * stride + i]) +
                  s[5] * v[5 * stride + i]) +
                 s[6] * v[6 * stride + i]) +
                s[7] * v[7 * stride + i];
  }

  for (; term < n_terms; term++) {
    const double *vector = vectors + term * stride;
    double scalar = scalars[term];

    for (gsize i = 0; i < n; i++)
      sums[i] += scalar * vector[i];
  }
}

/* A selection needs no branch, whose way no processor can guess. */
static void
rectify (const double *restrict pre_activations, gsize n, double *restrict activations)
{
  for (gsize i = 0; i < n; i++)
    activations[i] = pre_activations[i] > 0 ? pre_activations[i] : 0;
}

static void
measure_row (const double *row, gsize n, double *squares, double *sum, double *largest)
{
  *squares = *sum = *largest = 0;
  for (gsize i = 0; i < n; i++) {
    double size = fabs (row[i]);

    *squares += size * size;
    *sum += size;
    *largest = MAX (*largest, size);
  }
}

static void
measure_rows (const double *restrict matrix,
              gsize n_rows,
              gsize n,
              double *restrict squares,
              double *restrict sums,
              double *restrict largest)
{
  gsize row = 0;

  for (; row + ROWS_PER_PASS <= n_rows; row += ROWS_PER_PASS) {
    const double *first = matrix + row * n;
    double q[ROWS_PER_PASS] = { 0 };
    double s[ROWS_PER_PASS] = { 0 };
    double l[ROWS_PER_PASS] = { 0 };

    for (gsize i = 0; i < n; i++)
      for (gsize k = 0; k < ROWS_PER_PASS; k++) {
        double size = fabs (first[k * n + i]);

        q[k] += size * size;
        s[k] += size;
        l[k] = MAX (l[k], size);
      }
    for (gsize k = 0; k < ROWS_PER_PASS; k++) {
      squares[row + k] = q[k];
      sums[row + k] = s[k];
      largest[row + k] = l[k];
    }
  }

  for (; row < n_rows; row++)
    measure_row (matrix + row * n, n, squares + row, sums + row, largest + row);
}

static void
narrow (const double *restrict gradient,
        const double *restrict input,
        gsize n,
        double reserve,
        gboolean is_above,
        double *restrict low,
        double *restrict high)
{
  double sign = is_above ? 1 : -1;

  /* What a slope of 0 is divided by is not looked at. */
  for (gsize i = 0; i < n; i++) {
    double slope = sign * gradient[i];
    double end = input[i] - reserve / slope;
    double raised = end > low[i] ? end : low[i];
    double lowered = end < high[i] ? end : high[i];

    low[i] = slope > 0 ? raised : low[i];
    high[i] = slope < 0 ? lowered : high[i];
  }
}

/* Each pair is compared, which takes no branch. */
static void
rank (const double *restrict magnitudes, gsize n, guint64 *restrict ranks)
{
  for (gsize i = 0; i < n; i++)
    ranks[i] = 0;
  for (gsize other = 0; other < n; other++) {
    double size = magnitudes[other];

    for (gsize i = 0; i < other; i++)
      ranks[i] += size > magnitudes[i];
    for (gsize i = other + 1; i < n; i++)
      ranks[i] += size >= magnitudes[i];
  }
}

const Re3Kernels RE3_KERNELS_SYMBOL = {
  .name = RE3_KERNELS_NAME,
  .accumulate = accumulate,
  .rectify = rectify,
  .measure_rows = measure_rows,
  .narrow = narrow,
  .rank = rank,
};
