/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-csv-format.h"
#include "re3-model.h"

G_BEGIN_DECLS

/* "No such column." */
#define RE3_NO_COLUMN (-1)

/**
 * Re3DataColumns:
 * @features: for each feature of the model its column
 * @groups: for each one-hot group of the model the column that tells its choice as a text, or
 *   RE3_NO_COLUMN where its members have columns of their own
 * @label: the label column, or RE3_NO_COLUMN
 * @split: the column that says train or test, or RE3_NO_COLUMN
 * @label_guessed: whether the label column was found by looking
 * @label_doubt: (nullable): a sentence that says which others it might be, or why there is none
 * @matched_by_name: whether the features were found by name, or by position
 *
 * Which column of a data file is what for a model.
 */
typedef struct {
  gsize *features;
  gssize *groups;
  gssize label;
  gssize split;
  gboolean label_guessed;
  char *label_doubt;
  gboolean matched_by_name;
} Re3DataColumns;

/* No column is anything yet. (transfer full) */
Re3DataColumns *re3_data_columns_new     (const Re3Model     *model);
/* @heads: (element-type Re3ColumnHead)
 * @label: (nullable): as in Re3DataOptions
 * @split: (nullable): as in Re3DataOptions
 * @left_out: (nullable): as in Re3DataOptions
 * @keep_doubts: as in Re3DataOptions
 * @name: the file's, for messages */
Re3DataColumns *re3_data_columns_resolve (const Re3CsvFormat *format,
                                          GPtrArray          *heads,
                                          const Re3Model     *model,
                                          const char         *label,
                                          const char         *split,
                                          const char *const  *left_out,
                                          gboolean            keep_doubts,
                                          const char         *name,
                                          GError            **error);
void            re3_data_columns_free    (Re3DataColumns     *self);
/* The column called @text: exactly, or else by re3_name_keys if that is one, or else by its number
 * from 1; RE3_NO_COLUMN if there is none. */
gssize          re3_data_columns_find    (const Re3CsvFormat *format,
                                          const char         *text);

/* The columns that are nothing, in order. (transfer full) (element-type gsize) */
GArray         *re3_data_columns_list_left_out (const Re3DataColumns *self,
                                                const Re3CsvFormat   *format,
                                                gsize                 n_features);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3DataColumns, re3_data_columns_free)

G_END_DECLS
