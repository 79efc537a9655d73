/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-csv-format.h"

G_BEGIN_DECLS

/**
 * Re3ColumnHead:
 * @n_present: cells that are not missing
 * @n_decimal_commas: those that are numbers but for a decimal comma
 * @values: (element-type utf8): the different cells, in order; only so many
 * @odd_cell: (nullable): the first cell that is there and no number
 * @odd_line: its line
 *
 * What the first rows of a file hold in one column: enough to tell what it could be.
 */
typedef struct {
  gsize n_present;
  gsize n_decimal_commas;
  GPtrArray *values;
  char *odd_cell;
  guint odd_line;
} Re3ColumnHead;

/* Looks at the columns in @head, the first bytes of a file of @format, of which @whole says
 * whether they are all. (transfer full) (element-type Re3ColumnHead): one for each column */
GPtrArray *re3_column_heads_read (const Re3CsvFormat *format,
                                  const char         *head,
                                  gsize               length,
                                  gboolean            whole,
                                  const char         *name,
                                  GError            **error);

G_END_DECLS
