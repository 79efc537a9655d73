/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ranks beyond are not counted, so that the table of a network with many inputs stays small. */
#define RE3_RANKS_MAX 1024

/**
 * Re3Importance:
 * @n_features: number of features
 * @n_ranks: number of ranks: @n_features, but at most RE3_RANKS_MAX
 * @n_samples: the samples that it is about
 * @logit_absolute: mean |contribution| of each feature to the logit (design 4.2); NAN without samples
 * @logit_signed: mean contribution to the logit
 * @probability_absolute: mean |contribution| to the probability, linearised (design 4.3)
 * @probability_signed: mean contribution to the probability
 * @ranks: (n_features, n_ranks): in how many samples feature [row] has rank [column] by
 *   |contribution| to the logit, 0 the largest; of equal ones the first feature stands before
 * @unranked: in how many samples each feature contributes 0 to the logit, which has no rank: all do
 *   where the logit is constant, as that of the first class of a sigmoid is
 *
 * Which features the answers hang on. Each sample counts with its contributions to the class that
 * is predicted for it (paper, section 4.5), whatever its true class.
 */
typedef struct {
  gsize n_features;
  gsize n_ranks;
  gsize n_samples;
  double *logit_absolute;
  double *logit_signed;
  double *probability_absolute;
  double *probability_signed;
  guint32 *ranks;
  guint32 *unranked;
} Re3Importance;

G_END_DECLS
