/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-importance.h"
#include "re3-sample-run-private.h"
#include "re3-sort.h"

G_BEGIN_DECLS

/* How many sums each feature needs. */
#define RE3_IMPORTANCE_N_SUMS 4

/**
 * Re3ImportanceTally:
 * @counts: of the training and of the test samples, the ranks and what has none of Re3Importance:
 *   (n_features, n_counts), the last column being the latter
 *
 * What is counted of all features. Counts can be added up in any order; sums are kept apart, for they
 * can not.
 */
typedef struct {
  gsize n_features;
  gsize n_classes;
  guint32 *counts[2];

  /* Of the run at hand: the softmax gradients of its samples; sums, for each feature; and room to sort
   * its features. */
  double *softmax_gradients;
  double *sums;
  double *absolute_sums;
  Re3Ranked *ranked;
} Re3ImportanceTally;

/* How many counts each feature has. */
gsize               re3_importance_get_n_counts (gsize n_features);

/* @n_samples: of a run at most. Fails where there is no memory for it. */
Re3ImportanceTally *re3_importance_tally_new    (gsize                     n_features,
                                                 gsize                     n_classes,
                                                 gsize                     n_samples,
                                                 GError                  **error);
void                re3_importance_tally_free   (Re3ImportanceTally       *self);
/* Counts the samples of @run, and adds their contributions to @sums: RE3_IMPORTANCE_N_SUMS for each
 * feature. @input_sums, @input_sizes: what their inputs, and the absolute values of these, add up
 * to. */
void                re3_importance_tally_add_run (Re3ImportanceTally      *self,
                                                 const Re3SampleRun       *run,
                                                 gboolean                  is_test,
                                                 const double             *input_sums,
                                                 const double             *input_sizes,
                                                 double                   *sums);
void                re3_importance_tally_add_counts (Re3ImportanceTally   *self,
                                                 const Re3ImportanceTally *other);

Re3Importance *re3_importance_new        (gsize          n_features,
                                          gsize          n_samples,
                                          const double  *sums,
                                          const guint32 *counts);
void           re3_importance_free       (Re3Importance *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3ImportanceTally, re3_importance_tally_free)

G_END_DECLS
