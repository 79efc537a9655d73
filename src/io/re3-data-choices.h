/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-csv-cell.h"
#include "re3-data-columns.h"
#include "re3-model.h"

G_BEGIN_DECLS

/**
 * Re3DataChoices:
 *
 * The one-hot groups of a model that a data file holds as one column of texts each: "red" in the
 * column "colour" is 1 for colour_red and 0 for the other members.
 */
typedef struct _Re3DataChoices Re3DataChoices;

/* Keeps @model and @columns, which outlive it. (transfer full) */
Re3DataChoices *re3_data_choices_new  (const Re3Model       *model,
                                       const Re3DataColumns *columns);
void            re3_data_choices_free (Re3DataChoices       *self);
gsize           re3_data_choices_get_n (const Re3DataChoices *self);
/* Whether @feature is a member of one of these groups. */
gboolean        re3_data_choices_has  (const Re3DataChoices *self,
                                       gsize                 feature);

/* Sets the members of all these groups, as @cells say. A choice may be called as what is missing is
 * ("none", "?"): it is looked for first.
 * @values: n_features numbers
 * @kind: (out): RE3_CSV_CELL_NUMBER, or what else the cell at fault holds
 * @column: (out): its column; @reason: (out) (transfer full): what is wrong with it */
gboolean        re3_data_choices_read (Re3DataChoices     *self,
                                       const char *const  *cells,
                                       double             *values,
                                       Re3CsvCell         *kind,
                                       gssize             *column,
                                       char              **reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3DataChoices, re3_data_choices_free)

G_END_DECLS
