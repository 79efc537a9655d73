/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A row longer than this is not one: more likely a quote was left open. */
#define RE3_CSV_MAX_RECORD_SIZE (4 * 1024 * 1024)

/**
 * Re3CsvReader:
 *
 * Cuts a stream of bytes into rows of cells as libcsv does, and knows the line of each. Quoted cells
 * may hold delimiters and line breaks; lines may end in LF, CRLF or CR; a byte order mark is
 * skipped; blank lines are no rows.
 */
typedef struct _Re3CsvReader Re3CsvReader;

/* One row: its cells, each a text with a NUL at its end, and the line that it starts on, from 1.
 * Returns: %FALSE with @error set to stop */
typedef gboolean (*Re3CsvRowFunc) (const char *const *cells,
                                   gsize              n_cells,
                                   guint              line,
                                   gpointer           user_data,
                                   GError           **error);

/* @delimiter: as in Re3CsvFormat; @name: the file's, for messages */
Re3CsvReader *re3_csv_reader_new    (char           delimiter,
                                     const char    *name,
                                     Re3CsvRowFunc  take_row,
                                     gpointer       user_data);
void          re3_csv_reader_free   (Re3CsvReader  *self);
/* Takes the next bytes, cut anywhere. After a failure the reader is of no further use. */
gboolean      re3_csv_reader_feed   (Re3CsvReader  *self,
                                     const char    *bytes,
                                     gsize          length,
                                     GError       **error);
/* Takes the last line, which may have no line feed. */
gboolean      re3_csv_reader_finish (Re3CsvReader  *self,
                                     GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3CsvReader, re3_csv_reader_free)

G_END_DECLS
