/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Delimiters, as the character that stands for them. */
#define RE3_CSV_GUESS_DELIMITER '\0'
#define RE3_CSV_WHITE_SPACE ' '

typedef enum {
  RE3_CSV_HEADER_GUESS,
  RE3_CSV_HEADER_NONE,
  RE3_CSV_HEADER_FIRST_LINE,
} Re3CsvHeader;

/**
 * Re3CsvFormat:
 * @delimiter: one of , ; tab | or RE3_CSV_WHITE_SPACE for runs of white space
 * @rival: another delimiter that makes nearly as good a table, or RE3_CSV_GUESS_DELIMITER
 * @has_header: whether the first row names the columns
 * @header_in_doubt: whether that was guessed though the first row looks like both
 * @columns: names, %NULL-terminated; "column 1", ... without a header
 * @n_columns: their number
 * @is_numeric: n_columns flags: most of the first rows read as numbers in that column
 * @is_utf8: whether all that was looked at is UTF-8; if not, names and labels that are not show
 *   U+FFFD where bytes are wrong
 *
 * The form of a CSV file, found by looking at its beginning.
 */
typedef struct {
  char delimiter;
  char rival;
  gboolean has_header;
  gboolean header_in_doubt;
  GStrv columns;
  gsize n_columns;
  gboolean *is_numeric;
  gboolean is_utf8;
} Re3CsvFormat;

/* Looks at @head, the first bytes of the file called @name (for messages); @whole says whether
 * that is all of it. @delimiter: as in Re3CsvFormat, or RE3_CSV_GUESS_DELIMITER to find it by
 * looking. (transfer full) */
Re3CsvFormat *re3_csv_format_detect (const char   *head,
                                     gsize         length,
                                     gboolean      whole,
                                     char          delimiter,
                                     Re3CsvHeader  header,
                                     const char   *name,
                                     GError      **error);
void          re3_csv_format_free   (Re3CsvFormat *self);
/* "comma", "runs of white space", ... for people. */
const char   *re3_csv_get_delimiter_name (char delimiter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3CsvFormat, re3_csv_format_free)

G_END_DECLS
