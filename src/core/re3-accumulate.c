/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-accumulate.h"

/* Terms added in one pass over the sums, so that a sum is loaded and stored once for all. */
#define TERMS_PER_PASS 4

void
re3_accumulate (double *restrict sums,
                gsize n,
                const double *restrict scalars,
                const double *restrict vectors,
                gsize stride,
                gsize n_terms)
{
  gsize term = 0;

  for (; term + TERMS_PER_PASS <= n_terms; term += TERMS_PER_PASS) {
    const double *v0 = vectors + term * stride;
    const double *v1 = v0 + stride;
    const double *v2 = v1 + stride;
    const double *v3 = v2 + stride;
    double s0 = scalars[term];
    double s1 = scalars[term + 1];
    double s2 = scalars[term + 2];
    double s3 = scalars[term + 3];

    /* The brackets are the promise of the header: term after term, never pairs of terms. */
    for (gsize i = 0; i < n; i++)
      sums[i] = (((sums[i] + s0 * v0[i]) + s1 * v1[i]) + s2 * v2[i]) + s3 * v3[i];
  }

  for (; term < n_terms; term++) {
    const double *vector = vectors + term * stride;
    double scalar = scalars[term];

    for (gsize i = 0; i < n; i++)
      sums[i] += scalar * vector[i];
  }
}
