/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Re3CsvWriter:
 *
 * Writes a table as CSV (RFC 4180, with a line feed at the end of each line): cells of a row in
 * order, then re3_csv_writer_end_row(). It writes beside the file; only re3_csv_writer_commit()
 * puts it in its place, so that nobody ever sees half of it. What goes wrong on the way is kept
 * until re3_csv_writer_finish(), as with stdio.
 */
typedef struct _Re3CsvWriter Re3CsvWriter;

/* @path: of the file to be. (transfer full) (nullable): %NULL with @error set */
Re3CsvWriter *re3_csv_writer_new          (const char    *path,
                                           GError       **error);
/* Without commit() nothing is left. */
void          re3_csv_writer_free         (Re3CsvWriter  *self);

/* An empty cell where @text is %NULL. Quoted where it needs to be. */
void          re3_csv_writer_add_text     (Re3CsvWriter  *self,
                                           const char    *text);
/* A heading: @text, and @unit in brackets where there is one. @unit: (nullable) */
void          re3_csv_writer_add_heading  (Re3CsvWriter  *self,
                                           const char    *text,
                                           const char    *unit);
/* With the fewest digits that read back as the same bits; infinity is "inf", and what is undefined
 * an empty cell. */
void          re3_csv_writer_add_number   (Re3CsvWriter  *self,
                                           double         number);
void          re3_csv_writer_add_count    (Re3CsvWriter  *self,
                                           gsize          count);
/* "yes" or "no". */
void          re3_csv_writer_add_boolean  (Re3CsvWriter  *self,
                                           gboolean       value);
void          re3_csv_writer_end_row      (Re3CsvWriter  *self);

/* All is on the disk, though not yet in its place. Fails with what went wrong first. */
gboolean      re3_csv_writer_finish       (Re3CsvWriter  *self,
                                           GError       **error);
/* Puts the finished file in its place. */
gboolean      re3_csv_writer_commit       (Re3CsvWriter  *self,
                                           GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3CsvWriter, re3_csv_writer_free)

G_END_DECLS
