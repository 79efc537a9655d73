/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sorts @n numbers without NAN, the smallest first; -0 stands before 0. Takes time in proportion to
 * @n, several times less than qsort() where there are many. */
void re3_sort_doubles (double *numbers,
                       gsize   n);

/**
 * Re3Ranked:
 * @magnitude: what it is ranked by
 * @index: which one it is
 */
typedef struct {
  double magnitude;
  guint32 index;
} Re3Ranked;

/* Sorts @n items, the largest magnitude first; equal ones keep their order. @buffer: room for @n. */
void re3_sort_ranked (Re3Ranked *items,
                      gsize      n,
                      Re3Ranked *buffer);

G_END_DECLS
