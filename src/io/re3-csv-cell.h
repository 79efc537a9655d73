/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What one cell of a CSV file holds. */
typedef enum {
  RE3_CSV_CELL_NUMBER,        /* a finite number with a decimal point, or none */
  RE3_CSV_CELL_MISSING,       /* nothing, or one of the ways to say so: NA, NaN, ?, null, ... */
  RE3_CSV_CELL_INFINITE,      /* infinity, or a number too large for double precision */
  RE3_CSV_CELL_DECIMAL_COMMA, /* a number, were its comma a point */
  RE3_CSV_CELL_TEXT,          /* anything else */
} Re3CsvCell;

/* @value: (out): the number, for RE3_CSV_CELL_NUMBER. */
Re3CsvCell re3_csv_cell_read   (const char *cell,
                                double     *value);

/* Whether @cell is one of @words, %NULL-terminated, whatever the case and the white space around it. */
gboolean   re3_csv_cell_is_one_of (const char        *cell,
                                   const char *const *words);

/* Why @cell is not taken as a number, as a sentence. (transfer full) */
char      *re3_csv_cell_refuse (const char *cell,
                                Re3CsvCell  kind);

G_END_DECLS
