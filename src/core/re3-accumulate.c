/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-accumulate.h"

#include "re3-kernels-private.h"

void
re3_accumulate (double *sums,
                gsize n,
                const double *scalars,
                const double *vectors,
                gsize stride,
                gsize n_terms)
{
  re3_kernels_get ()->accumulate (sums, n, scalars, vectors, stride, n_terms);
}

void
re3_accumulate_listed (double *sums,
                       gsize n,
                       const double *scalars,
                       const double *vectors,
                       gsize stride,
                       const gsize *list,
                       gsize n_terms)
{
  re3_kernels_get ()->accumulate_listed (sums, n, scalars, vectors, stride, list, n_terms);
}
