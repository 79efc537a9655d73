/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"

G_BEGIN_DECLS

/* All features can be filled. */
#define RE3_FILL_COMPLETE (-1)

/**
 * Re3Fill:
 * @means: n_features numbers: the training mean of each feature that was filled, else NAN
 * @counts: n_features numbers: how many of its values were filled
 * @cells: (element-type Re3Cell): which, by row, and by feature within one
 *
 * What was put in the place of values that are missing.
 */
typedef struct {
  double *means;
  gsize *counts;
  GArray *cells;
} Re3Fill;

/* Puts the training mean of its feature in the place of each value that is NAN. That is the mean over
 * the training rows that have a value in this feature, in original units: their sum, in the order of
 * the rows, divided by their number. Rows that are to test on take no part in it.
 * @values: (inout): (n_features, n_rows), feature by feature; @is_test: n_rows flags
 * @failed: (out): RE3_FILL_COMPLETE, or the first feature with a missing value that has no finite
 *   training mean
 * (transfer full) (nullable): %NULL if there is such a feature; some values are filled then */
Re3Fill *re3_fill_with_means (double       *values,
                              gsize         n_features,
                              gsize         n_rows,
                              const guint8 *is_test,
                              gssize       *failed);
void     re3_fill_free       (Re3Fill      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Fill, re3_fill_free)

G_END_DECLS
