/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-affine.h"
#include "re3-sample-kernels-private.h"

G_BEGIN_DECLS

/**
 * Re3Kernels:
 * @name: of the instruction set: "x86-64-v3", or "portable"
 * @accumulate: see re3-accumulate.h; and likewise @accumulate_listed
 * @apply_affine: see re3_affine_apply_strided()
 * @rectify: activations_i = max (0, pre_activations_i)
 * @measure_rows: of each row of @matrix, (n_rows, n): the sum of its squares, of its absolute
 *   numbers, and the largest of them
 * @narrow: how far each of @n numbers @input can move until @reserve is used up, at the rate of
 *   @gradient: raises @low and lowers @high where that is nearer; @is_above: whether moving against
 *   the gradient is what uses it up
 * @samples: those that go over many samples at once
 *
 * The innermost loops. Their one source is compiled for several instruction sets, of which the best
 * that the processor has is taken when the program starts. A set decides how many numbers are worked
 * on at once, and never the order or the rounding of a sum: all give the same digits.
 */
typedef struct {
  const char *name;
  void (*accumulate)   (double       *sums,
                        gsize         n,
                        const double *scalars,
                        const double *vectors,
                        gsize         stride,
                        gsize         n_terms);
  void (*accumulate_listed) (double  *sums,
                        gsize         n,
                        const double *scalars,
                        const double *vectors,
                        gsize         stride,
                        const gsize  *list,
                        gsize         n_terms);
  void (*apply_affine) (const Re3Affine *affine,
                        const double    *inputs,
                        gsize            input_stride,
                        gsize            n_samples,
                        double          *outputs,
                        double          *rectified,
                        gsize            output_stride);
  void (*rectify)      (const double *pre_activations,
                        gsize         n,
                        double       *activations);
  void (*measure_rows) (const double *matrix,
                        gsize         n_rows,
                        gsize         n,
                        double       *squares,
                        double       *sums,
                        double       *largest);
  void (*narrow)       (const double *gradient,
                        const double *input,
                        gsize         n,
                        double        reserve,
                        gboolean      is_above,
                        double       *low,
                        double       *high);
  const Re3SampleKernels *samples;
} Re3Kernels;

/* The ones that are used; and, for tests, all that this processor has, the best first. */
const Re3Kernels        *re3_kernels_get  (void);
const Re3Kernels *const *re3_kernels_list (gsize *n_kernels);

G_END_DECLS
