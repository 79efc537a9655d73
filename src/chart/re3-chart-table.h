/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Re3ChartTable:
 *
 * The data behind a figure: the numbers that a chart was made from, as a table with a head.
 * Immutable once a chart has filled it.
 */
typedef struct _Re3ChartTable Re3ChartTable;

void        re3_chart_table_free          (Re3ChartTable       *self);
gsize       re3_chart_table_get_n_columns (const Re3ChartTable *self);
gsize       re3_chart_table_get_n_rows    (const Re3ChartTable *self);
/* What @column holds, with its unit where that is known. */
const char *re3_chart_table_get_head      (const Re3ChartTable *self,
                                           gsize                column);
/* A name, or a number with a point and the fewest digits that read back as the same bits; infinity
 * is "inf", and what is undefined is empty. */
const char *re3_chart_table_get_cell      (const Re3ChartTable *self,
                                           gsize                row,
                                           gsize                column);
/* As CSV (RFC 4180, with a line feed at the end of each line), in UTF-8. (transfer full) */
char       *re3_chart_table_to_csv        (const Re3ChartTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3ChartTable, re3_chart_table_free)

G_END_DECLS
