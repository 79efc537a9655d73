/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiled once for each instruction set, as RE3_KERNELS_SYMBOL (see meson.build). */
#include "re3-kernels-private.h"
#include "re3-lanes-private.h"

#include <math.h>
#include <string.h>

extern const Re3Kernels RE3_KERNELS_SYMBOL;
extern const Re3SampleKernels RE3_SAMPLE_KERNELS_SYMBOL;

/* An affine map takes a panel of samples at a time: a cache line of each input, against which the
 * sums of a few outputs stay in registers until all terms are in. A tile of panels, a few terms of
 * each, stays in the first cache while all outputs pass over it. */
#define PANEL_SAMPLES 8
#define PANEL_LANES   (PANEL_SAMPLES / LANES)
#define PANEL_OUTPUTS 4
#define TILE_SAMPLES  64
#define TILE_TERMS    64

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

static void
accumulate_listed (double *restrict sums,
                   gsize n,
                   const double *restrict scalars,
                   const double *restrict vectors,
                   gsize stride,
                   const gsize *restrict list,
                   gsize n_terms)
{
  gsize term = 0;

  for (; term + TERMS_PER_PASS <= n_terms; term += TERMS_PER_PASS) {
    const double *s = scalars + term;
    const double *v[TERMS_PER_PASS];

    for (gsize k = 0; k < TERMS_PER_PASS; k++)
      v[k] = vectors + list[term + k] * stride;
    for (gsize i = 0; i < n; i++)
      sums[i] =
          (((((((sums[i] + s[0] * v[0][i]) + s[1] * v[1][i]) + s[2] * v[2][i]) + s[3] * v[3][i]) +
             s[4] * v[4][i]) +
            s[5] * v[5][i]) +
           s[6] * v[6][i]) +
          s[7] * v[7][i];
  }

  for (; term < n_terms; term++) {
    const double *vector = vectors + list[term] * stride;
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

static inline Lanes *
lanes_at (const double *rows, gsize stride, gsize row, gsize lanes)
{
  return (Lanes *) (rows + row * stride) + lanes;
}

/* Adds @n_terms terms to @n_outputs sums for each sample of @panel. The sums start at @biases, or
 * where there are none go on from @outputs. A number of outputs that the compiler knows lets it
 * unroll all loops but that over the terms, and keep the sums in registers. */
static inline __attribute__ ((always_inline)) void
add_terms (gsize n_outputs,
           const double *biases,
           const double *weights,
           gsize weight_stride,
           gsize n_terms,
           const double *panel,
           double *outputs,
           double *rectified,
           gsize output_stride)
{
  Lanes sums[PANEL_OUTPUTS][PANEL_LANES];

#pragma GCC unroll 4
  for (gsize i = 0; i < n_outputs; i++)
#pragma GCC unroll 4
    for (gsize k = 0; k < PANEL_LANES; k++)
      if (biases != NULL)
        sums[i][k] = biases[i] - (Lanes){ 0 }; /* which keeps -0 as it is */
      else
        sums[i][k] = *lanes_at (outputs, output_stride, i, k);

  for (gsize term = 0; term < n_terms; term++)
#pragma GCC unroll 4
    for (gsize i = 0; i < n_outputs; i++)
#pragma GCC unroll 4
      for (gsize k = 0; k < PANEL_LANES; k++)
        sums[i][k] += weights[i * weight_stride + term] * *lanes_at (panel, PANEL_SAMPLES, term, k);

#pragma GCC unroll 4
  for (gsize i = 0; i < n_outputs; i++)
#pragma GCC unroll 4
    for (gsize k = 0; k < PANEL_LANES; k++) {
      *lanes_at (outputs, output_stride, i, k) = sums[i][k];
      if (rectified != NULL)
        *lanes_at (rectified, output_stride, i, k) =
            (Lanes) ((sums[i][k] > 0) & (LaneBits) sums[i][k]);
    }
}

static inline __attribute__ ((always_inline)) void
add_terms_to_panel (gsize n_outputs,
                    const double *biases,
                    const double *weights,
                    gsize weight_stride,
                    gsize n_terms,
                    const double *panel,
                    double *outputs,
                    double *rectified,
                    gsize output_stride)
{
#define ADD_TERMS(n)                                                                               \
  add_terms (n, biases, weights, weight_stride, n_terms, panel, outputs, rectified, output_stride)

  switch (n_outputs) {
  case 1:
    ADD_TERMS (1);
    break;
  case 2:
    ADD_TERMS (2);
    break;
  case 3:
    ADD_TERMS (3);
    break;
  default:
    ADD_TERMS (PANEL_OUTPUTS);
  }
#undef ADD_TERMS
}

/* (n_rows, n) numbers from where rows stand @from_stride apart to where they stand @to_stride
 * apart. */
static void
copy_rows (double *restrict to,
           gsize to_stride,
           const double *restrict from,
           gsize from_stride,
           gsize n_rows,
           gsize n)
{
  for (gsize row = 0; row < n_rows; row++)
    memcpy (to + row * to_stride, from + row * from_stride, n * sizeof (double));
}

/* The same for a panel of which only the first @n samples are some: so the sums of all are made
 * elsewhere. */
static void
add_terms_to_part (gsize n,
                   gsize n_outputs,
                   const double *biases,
                   const double *weights,
                   gsize weight_stride,
                   gsize n_terms,
                   const double *panel,
                   double *outputs,
                   double *rectified,
                   gsize output_stride)
{
  double sums[PANEL_OUTPUTS * PANEL_SAMPLES] = { 0 };
  double positive[PANEL_OUTPUTS * PANEL_SAMPLES];

  if (biases == NULL)
    copy_rows (sums, PANEL_SAMPLES, outputs, output_stride, n_outputs, n);
  add_terms_to_panel (n_outputs, biases, weights, weight_stride, n_terms, panel, sums, positive,
                      PANEL_SAMPLES);
  copy_rows (outputs, output_stride, sums, PANEL_SAMPLES, n_outputs, n);
  if (rectified != NULL)
    copy_rows (rectified, output_stride, positive, PANEL_SAMPLES, n_outputs, n);
}

/* Lays the panels of a tile one after the other, the last one filled up with zeros. */
static void
pack_panels (const double *restrict inputs,
             gsize input_stride,
             gsize n_samples,
             gsize n_terms,
             double *restrict panels)
{
  gsize n_whole = n_samples - n_samples % PANEL_SAMPLES;

  for (gsize first = 0; first < n_whole; first += PANEL_SAMPLES, panels += n_terms * PANEL_SAMPLES)
    for (gsize term = 0; term < n_terms; term++)
      memcpy (panels + term * PANEL_SAMPLES, inputs + term * input_stride + first,
              PANEL_SAMPLES * sizeof (double));

  if (n_whole < n_samples) {
    memset (panels, 0, n_terms * PANEL_SAMPLES * sizeof (double));
    copy_rows (panels, PANEL_SAMPLES, inputs + n_whole, input_stride, n_terms, n_samples - n_whole);
  }
}

static void
apply_to_tile (const Re3Affine *affine,
               const double *inputs,
               gsize input_stride,
               gsize n_samples,
               double *outputs,
               double *rectified,
               gsize output_stride)
{
  gsize n_inputs = affine->n_inputs;
  double panels[TILE_TERMS * TILE_SAMPLES];

  for (gsize start = 0; start < n_inputs; start += TILE_TERMS) {
    gsize n_terms = MIN (TILE_TERMS, n_inputs - start);
    gboolean is_last = start + n_terms == n_inputs;

    pack_panels (inputs + start * input_stride, input_stride, n_samples, n_terms, panels);
    for (gsize row = 0; row < affine->n_outputs; row += PANEL_OUTPUTS) {
      gsize n_outputs = MIN (PANEL_OUTPUTS, affine->n_outputs - row);
      const double *biases = start == 0 ? affine->bias + row : NULL;
      const double *weights = affine->weight + row * n_inputs + start;

      for (gsize first = 0; first < n_samples; first += PANEL_SAMPLES) {
        const double *panel = panels + first * n_terms;
        gsize place = row * output_stride + first;
        double *positive = rectified != NULL && is_last ? rectified + place : NULL;

        if (n_samples - first >= PANEL_SAMPLES)
          add_terms_to_panel (n_outputs, biases, weights, n_inputs, n_terms, panel, outputs + place,
                              positive, output_stride);
        else
          add_terms_to_part (n_samples - first, n_outputs, biases, weights, n_inputs, n_terms,
                             panel, outputs + place, positive, output_stride);
      }
    }
  }
}

static void
apply_affine (const Re3Affine *affine,
              const double *inputs,
              gsize input_stride,
              gsize n_samples,
              double *outputs,
              double *rectified,
              gsize output_stride)
{
  for (gsize first = 0; first < n_samples; first += TILE_SAMPLES)
    apply_to_tile (affine, inputs + first, input_stride, MIN (TILE_SAMPLES, n_samples - first),
                   outputs + first, rectified != NULL ? rectified + first : NULL, output_stride);
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

const Re3Kernels RE3_KERNELS_SYMBOL = {
  .name = RE3_KERNELS_NAME,
  .accumulate = accumulate,
  .accumulate_listed = accumulate_listed,
  .apply_affine = apply_affine,
  .rectify = rectify,
  .measure_rows = measure_rows,
  .narrow = narrow,
  .samples = &RE3_SAMPLE_KERNELS_SYMBOL,
};
