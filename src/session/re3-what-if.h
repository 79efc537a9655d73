/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-explanation.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* No row is selected. */
#define RE3_NO_ROW (-1)

#define RE3_TYPE_WHAT_IF (re3_what_if_get_type ())
G_DECLARE_FINAL_TYPE (Re3WhatIf, re3_what_if, RE3, WHAT_IF, GObject)

/**
 * Re3WhatIf:
 *
 * One selected sample and the edits laid over it: the data set is never changed. Edits stay with their
 * row: they are there again when it is selected again.
 *
 * The explanation of a large network follows the values: see Re3EditedSample.
 *
 * Signals:
 *  - row-changed: another sample is selected
 *  - changed: another sample, or another value of it; what is explained is another
 *  - locks-changed
 */
Re3WhatIf            *re3_what_if_new              (void);
/* Forgets the selection and all edits. @model, @dataset: (nullable) */
void                  re3_what_if_set_source       (Re3WhatIf       *self,
                                                    Re3Model        *model,
                                                    Re3Dataset      *dataset);
/* (nullable) */
Re3Dataset           *re3_what_if_get_dataset      (Re3WhatIf       *self);
/* RE3_NO_ROW selects none. */
void                  re3_what_if_select_row       (Re3WhatIf       *self,
                                                    gssize           row);
gssize                re3_what_if_get_row          (Re3WhatIf       *self);

/* @value: in original units. Fails with RE3_CORE_ERROR_VALUE, and leaves the sample as it was, where
 * the network's numbers would overflow, and where the feature is locked. */
gboolean              re3_what_if_set_value        (Re3WhatIf       *self,
                                                    gsize            feature,
                                                    double           value,
                                                    GError         **error);
/* All features at once, in a step of its own; locked ones must keep their value.
 * @values: n_features numbers in original units */
gboolean              re3_what_if_set_values       (Re3WhatIf       *self,
                                                    const double    *values,
                                                    GError         **error);
/* To what it is in the data set, in a step of its own. */
void                  re3_what_if_reset_value      (Re3WhatIf       *self,
                                                    gsize            feature);
/* Of those that are not locked. */
void                  re3_what_if_reset_all_values (Re3WhatIf       *self);

/* Changes of one value that follow each other are one step, until this: say, a slider is let go. */
void                  re3_what_if_end_step         (Re3WhatIf       *self);
gboolean              re3_what_if_can_undo         (Re3WhatIf       *self);
gboolean              re3_what_if_can_redo         (Re3WhatIf       *self);
/* Selects the row of the step, and takes the step back or does it again; also where a feature has
 * been locked since. Returns: %FALSE without a step */
gboolean              re3_what_if_undo             (Re3WhatIf       *self);
gboolean              re3_what_if_redo             (Re3WhatIf       *self);

/* The rows with edits, in their order. (transfer full) (element-type gsize) */
GArray               *re3_what_if_list_edited_rows (Re3WhatIf       *self);
/* Any row as it is edited. @values: (out): n_features numbers in original units */
void                  re3_what_if_copy_row         (Re3WhatIf       *self,
                                                    gsize            row,
                                                    double          *values);
/* Lays edits over a row that is not selected, as they were before: no step to undo, and no lock
 * stands in the way. Returns: %FALSE, and changes nothing, where the network's numbers would
 * overflow */
gboolean              re3_what_if_restore_row      (Re3WhatIf       *self,
                                                    gsize            row,
                                                    const double    *values);

/* A locked feature keeps its value, in every row, until it is unlocked. */
void                  re3_what_if_set_locked       (Re3WhatIf       *self,
                                                    gsize            feature,
                                                    gboolean         locked);
gboolean              re3_what_if_is_locked        (Re3WhatIf       *self,
                                                    gsize            feature);
/* As it is edited, in original units. */
double                re3_what_if_get_value        (Re3WhatIf       *self,
                                                    gsize            feature);
/* Whether edits are explained in a thread. */
gboolean              re3_what_if_is_costly        (Re3WhatIf       *self);
/* Whether the explanation is of older values than there are. */
gboolean              re3_what_if_is_behind        (Re3WhatIf       *self);
gboolean              re3_what_if_is_edited        (Re3WhatIf       *self,
                                                    gsize            feature);
/* Whether the value was missing in the data and is the training mean: not once it is edited. */
gboolean              re3_what_if_is_filled        (Re3WhatIf       *self,
                                                    gsize            feature);
gboolean              re3_what_if_has_edits        (Re3WhatIf       *self);
/* Whether the edits have led into another region than the sample's own. */
gboolean              re3_what_if_has_left_region  (Re3WhatIf       *self);

/* (nullable): the sample as edited, and as it stands in the data set. */
const Re3Explanation *re3_what_if_get_explanation  (Re3WhatIf       *self);
const Re3Explanation *re3_what_if_get_original     (Re3WhatIf       *self);

G_END_DECLS
