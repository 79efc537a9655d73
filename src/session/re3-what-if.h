/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-explanation.h"

G_BEGIN_DECLS

/* No row is selected. */
#define RE3_NO_ROW (-1)

/**
 * Re3WhatIf:
 *
 * One selected sample and the edits laid over it: the data set is never changed. Edits stay with their
 * row: they are there again when it is selected again.
 */
typedef struct _Re3WhatIf Re3WhatIf;

Re3WhatIf            *re3_what_if_new              (void);
void                  re3_what_if_free             (Re3WhatIf       *self);
/* Forgets the selection and all edits. @model, @dataset: (nullable) */
void                  re3_what_if_set_source       (Re3WhatIf       *self,
                                                    Re3Model        *model,
                                                    Re3Dataset      *dataset);
/* RE3_NO_ROW selects none. Returns: %FALSE if nothing changed */
gboolean              re3_what_if_select_row       (Re3WhatIf       *self,
                                                    gssize           row);
gssize                re3_what_if_get_row          (const Re3WhatIf *self);

/* @value: in original units. Fails with RE3_CORE_ERROR_VALUE, and leaves the sample as it was, where
 * the network's numbers would overflow. */
gboolean              re3_what_if_set_value        (Re3WhatIf       *self,
                                                    gsize            feature,
                                                    double           value,
                                                    GError         **error);
/* Returns: %FALSE if nothing changed */
gboolean              re3_what_if_reset_all_values (Re3WhatIf       *self);
gboolean              re3_what_if_is_edited        (const Re3WhatIf *self,
                                                    gsize            feature);
gboolean              re3_what_if_has_edits        (const Re3WhatIf *self);
/* Whether the edits have led into another region than the sample's own. */
gboolean              re3_what_if_has_left_region  (const Re3WhatIf *self);

/* (nullable): the sample as edited, and as it stands in the data set. */
const Re3Explanation *re3_what_if_get_explanation  (const Re3WhatIf *self);
const Re3Explanation *re3_what_if_get_original     (const Re3WhatIf *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3WhatIf, re3_what_if_free)

G_END_DECLS
