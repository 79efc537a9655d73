/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-explanation.h"

G_BEGIN_DECLS

/**
 * Re3EditedSample:
 *
 * A sample as it stands in the data set and as it is edited, and both explained.
 *
 * Of a large network, edits are explained in a thread: values are there at once, and the explanation
 * follows, of the newest values that there are when the one before it is done. It is always whole, and
 * of one set of values.
 */
typedef struct _Re3EditedSample Re3EditedSample;

/* Called in the main context, when what was explained in a thread is there. @is_taken: %FALSE where
 * its numbers overflow, and the sample has gone back to the last values that were explained */
typedef void (*Re3SampleExplainedFunc) (gboolean is_taken,
                                        gpointer user_data);

Re3EditedSample      *re3_edited_sample_new             (Re3SampleExplainedFunc  explained,
                                                         gpointer                user_data);
void                  re3_edited_sample_free            (Re3EditedSample        *self);
/* Without a sample from now on. @model: (nullable) */
void                  re3_edited_sample_set_model       (Re3EditedSample        *self,
                                                         Re3Model               *model);
/* Needs a model. @original, @edited: n_features numbers in original units; copied; those of @edited can
 * be explained, and %NULL where there are no edits */
void                  re3_edited_sample_start           (Re3EditedSample        *self,
                                                         const double           *original,
                                                         const double           *edited);
/* Without a sample from now on. */
void                  re3_edited_sample_clear           (Re3EditedSample        *self);

/* Takes other values, and explains them or has it done. Needs a sample. Fails with
 * RE3_CORE_ERROR_VALUE, and leaves all as it was, where the network's numbers would overflow.
 * @values: n_features numbers in original units, copied */
gboolean              re3_edited_sample_set_values      (Re3EditedSample        *self,
                                                         const double           *values,
                                                         GError                **error);
/* (nullable) */
const double         *re3_edited_sample_get_values      (const Re3EditedSample  *self);
gboolean              re3_edited_sample_is_edited       (const Re3EditedSample  *self,
                                                         gsize                   feature);
gboolean              re3_edited_sample_has_edits       (const Re3EditedSample  *self);
/* (nullable): of the sample as edited, and as it stands in the data set. */
const Re3Explanation *re3_edited_sample_get_explanation (const Re3EditedSample  *self);
const Re3Explanation *re3_edited_sample_get_original    (const Re3EditedSample  *self);

/* Whether edits are explained in a thread. */
gboolean              re3_edited_sample_is_costly       (const Re3EditedSample  *self);
/* Whether the explanation is of older values than there are. */
gboolean              re3_edited_sample_is_behind       (const Re3EditedSample  *self);

/* Whether all numbers of the forward pass of @values are finite: what takes little time to know. */
gboolean              re3_edited_sample_can_explain     (const Re3Model         *model,
                                                         const double           *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3EditedSample, re3_edited_sample_free)

G_END_DECLS
