/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-column-head.h"
#include "re3-data-columns.h"

G_BEGIN_DECLS

/* What resolving works on. */
typedef struct {
  const Re3CsvFormat *format;
  const Re3NameIndex *index; /* of its columns */
  GPtrArray *heads;
  const Re3Model *model;
  const char *name;
  gboolean keep_doubts;
} Re3ColumnSource;

/* What a column is taken for. */
typedef enum {
  RE3_COLUMN_NONE,
  RE3_COLUMN_FEATURE,
  RE3_COLUMN_LABEL,
  RE3_COLUMN_SPLIT,
  RE3_COLUMN_LEFT_OUT,
} Re3ColumnRole;

const Re3ColumnHead *re3_column_source_get_head (const Re3ColumnSource *source,
                                                 gsize                  column);
/* For messages. (transfer full) */
char                *re3_column_source_list     (const Re3ColumnSource *source);

/* Finds the label among the columns that are no features. */
gboolean re3_label_column_guess_of_rest (const Re3ColumnSource *source,
                                         Re3DataColumns        *columns,
                                         Re3ColumnRole         *roles,
                                         GError               **error);
/* One numeric column too many: the label is the last one or the first one; the last one, where both
 * could be, and that may be in doubt. */
gboolean re3_label_column_guess_numeric (const Re3ColumnSource *source,
                                         Re3DataColumns        *columns,
                                         Re3ColumnRole         *roles,
                                         GError               **error);

G_END_DECLS
