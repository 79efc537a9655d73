/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Re3CliTable:
 *
 * A table of texts for a terminal: as wide as its cells are, in columns that a terminal gives to
 * them. Cells are added row after row.
 */
typedef struct _Re3CliTable Re3CliTable;

/* @alignment: a letter for each column: l or r */
Re3CliTable *re3_cli_table_new       (const char  *alignment);
void         re3_cli_table_free      (Re3CliTable *self);
/* A cell: empty where @text is %NULL. */
void         re3_cli_table_add       (Re3CliTable *self,
                                      const char  *text);
/* The same; @text is (transfer full). */
void         re3_cli_table_take      (Re3CliTable *self,
                                      char        *text);
/* A row of cells up to a %NULL. */
void         re3_cli_table_add_row   (Re3CliTable *self,
                                      ...) G_GNUC_NULL_TERMINATED;
/* Appends the rows to @text, two spaces before each. */
void         re3_cli_table_append_to (Re3CliTable *self,
                                      GString     *text);

/* Digits after the point with which the largest of @values has @digits significant ones, so that
 * a column of them lines up. */
int          re3_cli_fit_decimals    (const double *values,
                                      gsize         n_values,
                                      int           digits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3CliTable, re3_cli_table_free)

G_END_DECLS
