/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-explanation.h"

G_BEGIN_DECLS

/**
 * Re3Explainer:
 *
 * Explains samples of a large network in a thread, one after another. Of what is asked for while it
 * is at work, only the newest is explained next: no queue of stale samples builds up, and, as the one
 * at hand is finished, something new is shown however fast they follow each other.
 */
typedef struct _Re3Explainer Re3Explainer;

/* Called in the main context. @explanation: (transfer full) */
typedef void (*Re3ExplainedFunc) (Re3Explanation *explanation,
                                  gpointer        user_data);

Re3Explainer *re3_explainer_new       (Re3ExplainedFunc  explained,
                                       gpointer          user_data);
void          re3_explainer_free      (Re3Explainer     *self);
/* @values: n_features numbers in original units, copied; @known_region: as in re3_explanation_new() */
void          re3_explainer_request   (Re3Explainer     *self,
                                       Re3Model         *model,
                                       const double     *values,
                                       Re3Region        *known_region);
/* What was asked for is not wanted any more. */
void          re3_explainer_abandon   (Re3Explainer     *self);
gboolean      re3_explainer_is_busy   (Re3Explainer     *self);

/* Whether explaining a sample takes too long to be done between two frames. */
gboolean      re3_explainer_is_needed (const Re3Network *network);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Explainer, re3_explainer_free)

G_END_DECLS
