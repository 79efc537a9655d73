/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* sums_i += scalars_0 vectors_0i + scalars_1 vectors_1i + ... for each of @n sums, where vector j
 * starts at @vectors + j * @stride. The inner loop of everything: forward pass, affine maps, gradients.
 *
 * Each sum takes its terms one by one in the order of the scalars, and each product and sum is
 * rounded to float64. So its digits depend on nothing but its terms. */
void re3_accumulate (double       *sums,
                     gsize         n,
                     const double *scalars,
                     const double *vectors,
                     gsize         stride,
                     gsize         n_terms);

/* The same of the vectors in @list: scalar j goes with the vector at @vectors + @list[j] * @stride. */
void re3_accumulate_listed (double       *sums,
                            gsize         n,
                            const double *scalars,
                            const double *vectors,
                            gsize         stride,
                            const gsize  *list,
                            gsize         n_terms);

/* start + a_0 b_0 + a_1 b_1 + ..., in this order. */
static inline double
re3_accumulate_product (double start, const double *a, const double *b, gsize n)
{
  double sum = start;

  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];

  return sum;
}

G_END_DECLS
