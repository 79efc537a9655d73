/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-sample-set.h"

G_BEGIN_DECLS

#define RE3_SELECT_RANKS_MAX 16

/**
 * Re3Places:
 * @ranks: up to RE3_SELECT_RANKS_MAX places among some sorted numbers, in ascending order
 * @values: (out): the numbers that would stand there
 */
typedef struct {
  const gsize *ranks;
  gsize n_ranks;
  double *values;
} Re3Places;

/**
 * re3_select:
 * @numbers: @n of them, in any order, without NAN
 * @is_test: (nullable): n flags, not 0 where a number belongs to the test samples
 * @places: of each Re3SampleSet those to be looked for, below how many numbers it has
 *
 * What sorting the numbers of each set tells of a few places, in a fraction of its time. Fails
 * where there is no memory.
 */
gboolean re3_select (const double    *numbers,
                     const guint8    *is_test,
                     gsize            n,
                     const Re3Places *places,
                     GError         **error);

G_END_DECLS
