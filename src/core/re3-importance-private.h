/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-importance.h"
#include "re3-sort.h"

G_BEGIN_DECLS

/* How many sums each feature needs. */
#define RE3_IMPORTANCE_N_SUMS 4

gsize          re3_importance_get_n_ranks (gsize         n_features);
/* Adds one sample to @sums (RE3_IMPORTANCE_N_SUMS for each feature) and @ranks (as in Re3Importance).
 * @logit, @probability: its contributions. @buffer: room for 2 n_features. */
void           re3_importance_add_sample (gsize          n_features,
                                          const double  *logit,
                                          const double  *probability,
                                          double        *sums,
                                          guint32       *ranks,
                                          Re3Ranked     *buffer);
Re3Importance *re3_importance_new        (gsize          n_features,
                                          gsize          n_samples,
                                          const double  *sums,
                                          const guint32 *ranks);
void           re3_importance_free       (Re3Importance *self);

G_END_DECLS
