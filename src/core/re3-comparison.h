/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-explanation.h"

G_BEGIN_DECLS

/**
 * Re3Comparison:
 * @from, @to: the two inputs with what the model answers
 * @class_index: the class whose logit is shared out to the features
 * @contributions_from, @contributions_to: n_features numbers: A[c] x at either
 * @path: n_features numbers: what the change of each feature contributes to that of the logit, along
 *   the straight line between them (design 4.11); they sum to it, and where a value is the same in
 *   both there is 0
 * @order: the features by how far their contributions differ, the largest difference first
 *
 * Two inputs of one model side by side. Where both are in one region @path is the difference of the
 * contributions. Immutable.
 */
typedef struct {
  Re3Explanation *from;
  Re3Explanation *to;
  gsize class_index;
  double *contributions_from;
  double *contributions_to;
  double *path;
  gsize *order;
} Re3Comparison;

/* @from, @to: of one model, kept with references */
Re3Comparison *re3_comparison_new            (Re3Explanation      *from,
                                              Re3Explanation      *to,
                                              gsize                class_index);
void           re3_comparison_free           (Re3Comparison       *self);
/* Of the contributions of @feature: that of @to less that of @from. */
double         re3_comparison_get_difference (const Re3Comparison *self,
                                              gsize                feature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Comparison, re3_comparison_free)

G_END_DECLS
