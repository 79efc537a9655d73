/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-network.h"
#include "re3-neuron-statistics.h"
#include "re3-pattern.h"

G_BEGIN_DECLS

/* What can be ranked by comparing all pairs, so few that it is faster than to sort. */
#define RE3_SAMPLE_KERNELS_RANKED_MAX 32

/**
 * Re3SampleKernels:
 * @exponentiate: replaces each of @n @numbers x by exp (x), which is off by less than two
 *   thirds of the last digit
 * @sum_rows: of each row of a matrix, (n_rows, n), whose rows stand @stride apart: the sum of its
 *   numbers, and of their absolute values
 * @sum_weighted_rows: the same after number i of row r is multiplied by
 *   scalars_0r weights_0i + scalars_1r weights_1i + ...: @weights (n_weights, n), @scalars
 *   (n_weights, n_rows)
 * @rank_products: of the products |scalars_r matrix_ri|, of up to RE3_SAMPLE_KERNELS_RANKED_MAX rows:
 *   @ranks, (n_rows, n): how many of its column stand before each: the larger ones, and of equal ones
 *   those of the rows before it; and @n_rows for those that are 0
 * @count_tops: of the same products: @counts, (n_rows, RE3_N_TOPS): how many of each row have the rank 0,
 *   1, ... and are not 0
 * @write_patterns: the patterns of @n samples, whose @pre_activations, (n_neurons, n), have rows @stride
 *   apart: @n_words words of each sample, where a bit is set if z > threshold at its gate
 * @approach: over @n samples, whose @pre_activations, (n_neurons, n), have rows @stride apart: of each,
 *   the least |z - threshold| / norm among the @n_gates gates, the norm that of its neuron, and the
 *   first gate that has it; G_MAXUINT64 where none is less than infinite
 *
 * The inner loops of an analysis, which go over many samples at once. They are compiled and chosen as
 * those of re3-kernels-private.h, and as there all sets give the same digits.
 */
typedef struct {
  void (*exponentiate) (double       *numbers,
                        gsize         n);
  void (*sum_rows)     (const double *matrix,
                        gsize         stride,
                        gsize         n_rows,
                        gsize         n,
                        double       *sums,
                        double       *absolute_sums);
  void (*sum_weighted_rows) (const double *matrix,
                        gsize         stride,
                        gsize         n_rows,
                        gsize         n,
                        const double *weights,
                        gsize         n_weights,
                        const double *scalars,
                        double       *sums,
                        double       *absolute_sums);
  void (*rank_products) (const double *matrix,
                        gsize         stride,
                        gsize         n_rows,
                        gsize         n,
                        const double *scalars,
                        guint64      *ranks);
  void (*count_tops)   (const double *matrix,
                        gsize         stride,
                        gsize         n_rows,
                        gsize         n,
                        const double *scalars,
                        guint32      *counts);
  void (*write_patterns) (const double *pre_activations,
                        gsize          stride,
                        gsize          n,
                        const Re3Gate *gates,
                        gsize          n_gates,
                        gsize          n_words,
                        guint64       *patterns);
  void (*approach)     (const double  *pre_activations,
                        gsize          stride,
                        gsize          n,
                        const Re3Gate *gates,
                        gsize          n_gates,
                        const double  *norms,
                        double        *nearest,
                        guint64       *nearest_gates);
} Re3SampleKernels;

/* The ones that are used. */
const Re3SampleKernels *re3_sample_kernels_get (void);

G_END_DECLS
