/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Norms of a vector of @n numbers; 0 where n is 0. */
double re3_norm_l1   (const double *vector,
                      gsize         n);
/* Neither overflows nor underflows on the way to a result that does not. */
double re3_norm_l2   (const double *vector,
                      gsize         n);
double re3_norm_linf (const double *vector,
                      gsize         n);
/* All three of each row of @matrix, (n_rows, n): n_rows numbers each, the same to the last bit. */
void   re3_norm_rows (const double *matrix,
                      gsize         n_rows,
                      gsize         n,
                      double       *l2,
                      double       *l1,
                      double       *linf);

G_END_DECLS
