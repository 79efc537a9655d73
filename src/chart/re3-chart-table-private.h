/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart-table.h"

G_BEGIN_DECLS

Re3ChartTable *re3_chart_table_new        (void);
/* Columns come first, all of them: then the cells, from left to right and row by row. @unit:
 * (nullable): what the numbers are or count, in brackets after @head; so is an empty one. */
void           re3_chart_table_add_column (Re3ChartTable *self,
                                           const char    *head,
                                           const char    *unit);
/* An empty cell where @text is %NULL. */
void           re3_chart_table_add_text   (Re3ChartTable *self,
                                           const char    *text);
void           re3_chart_table_add_number (Re3ChartTable *self,
                                           double         number);

G_END_DECLS
