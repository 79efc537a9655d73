/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-csv-reader.h"

#include "re3-csv-format.h"
#include "re3-io-error.h"

#include <csv.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* By how much libcsv's room for a cell grows, which is 128 bytes if nothing is said: a long cell
 * would be copied again and again. */
#define CELL_BLOCK_SIZE (64 * 1024)

/**
 * Re3CsvReader:
 * @partial: the part of a line whose end has not come yet
 * @squeezed: a line with its runs of white space made one
 * @text: the cells of the row, each with a NUL
 * @starts: where each cell starts in @text, of a row that libcsv cuts
 * @cells: the same as pointers, once the row is complete
 * @n_cells, @n_cells_allocated: how many there are, and there is room for
 * @line: lines seen, blank ones too
 * @row_line: the line that the row starts on
 * @row_size: bytes of the row
 * @in_row: whether a quoted cell goes on in the next line
 * @in_quotes: the same, as squeeze() sees it
 * @row_ended: whether libcsv saw the end of a row in this line
 * @after_carriage_return: whether a line feed that comes next belongs to the last line's end
 */
struct _Re3CsvReader {
  struct csv_parser parser;
  char delimiter;
  char *name;
  Re3CsvRowFunc take_row;
  gpointer user_data;
  GString *partial;
  GString *squeezed;
  GString *text;
  GArray *starts;
  const char **cells;
  gsize n_cells;
  gsize n_cells_allocated;
  guint line;
  guint row_line;
  gsize row_size;
  gboolean in_row;
  gboolean in_quotes;
  gboolean row_ended;
  gboolean after_carriage_return;
  GError *error;
};

Re3CsvReader *
re3_csv_reader_new (char delimiter, const char *name, Re3CsvRowFunc take_row, gpointer user_data)
{
  Re3CsvReader *self;

  g_return_val_if_fail (name != NULL && take_row != NULL, NULL);

  self = g_new0 (Re3CsvReader, 1);
  /* It fails only for a NULL parser. */
  csv_init (&self->parser, 0);
  csv_set_blk_size (&self->parser, CELL_BLOCK_SIZE);
  csv_set_delim (&self->parser, (unsigned char) delimiter);
  self->delimiter = delimiter;
  self->name = g_strdup (name);
  self->take_row = take_row;
  self->user_data = user_data;
  self->partial = g_string_new (NULL);
  self->squeezed = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));

  return self;
}

void
re3_csv_reader_free (Re3CsvReader *self)
{
  if (self == NULL)
    return;

  csv_free (&self->parser);
  g_free (self->name);
  g_string_free (self->partial, TRUE);
  g_string_free (self->squeezed, TRUE);
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_free (self->cells);
  g_clear_error (&self->error);
  g_free (self);
}

static void
take_cell_cb (void *field, size_t length, void *user_data)
{
  Re3CsvReader *self = user_data;
  gsize start = self->text->len;

  g_array_append_val (self->starts, start);
  g_string_set_size (self->text, start + length + 1);
  if (length > 0)
    memcpy (self->text->str + start, field, length);
  self->text->str[start + length] = '\0';
}

static void
add_cell (Re3CsvReader *self, const char *cell)
{
  if (self->n_cells == self->n_cells_allocated) {
    self->n_cells_allocated = MAX (2 * self->n_cells_allocated, 64);
    self->cells = g_renew (const char *, self->cells, self->n_cells_allocated);
  }
  self->cells[self->n_cells++] = cell;
}

static void
end_row (Re3CsvReader *self)
{
  if (self->error == NULL)
    self->take_row (self->cells, self->n_cells, self->row_line, self->user_data, &self->error);
  self->n_cells = 0;
  g_string_truncate (self->text, 0);
}

static void
end_row_cb (int terminator, void *user_data)
{
  Re3CsvReader *self = user_data;

  self->row_ended = TRUE;
  for (guint i = 0; i < self->starts->len; i++)
    add_cell (self, self->text->str + g_array_index (self->starts, gsize, i));
  g_array_set_size (self->starts, 0);
  end_row (self);
}

static char *
find (const char *bytes, char wanted, const char *end)
{
  char *found = memchr (bytes, wanted, (gsize) (end - bytes));

  return found != NULL ? found : (char *) end;
}

static gboolean
is_padding (char byte)
{
  return byte == ' ' || byte == '\t';
}

/* Cuts a line without quotes, which is a row of its own, as libcsv does byte by byte: most lines
 * are of this kind. */
static void
cut_line (Re3CsvReader *self, const char *line, gsize length)
{
  char *line_end;
  char *end = NULL;

  g_string_append_len (self->text, line, (gssize) length);
  line_end = self->text->str + length;

  for (char *start = self->text->str; end != line_end; start = end + 1) {
    char *last;

    last = end = find (start, self->delimiter, line_end);
    while (start < last && is_padding (*start))
      start++;
    while (start < last && is_padding (last[-1]))
      last--;
    *last = '\0';
    add_cell (self, start);
  }

  /* A blank line is no row. */
  if (self->n_cells == 1 && *self->cells[0] == '\0') {
    self->n_cells = 0;
    g_string_truncate (self->text, 0);
  } else {
    end_row (self);
  }
}

static gboolean
is_blank (const char *line, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isspace (line[i]))
      return FALSE;
  }

  return TRUE;
}

/* Makes each run of white space outside of quotes one space, so that it is one delimiter. */
static void
squeeze (Re3CsvReader *self, const char *line, gsize length)
{
  gboolean at_cell_start = !self->in_quotes;
  gboolean after_quotes = FALSE;

  g_string_truncate (self->squeezed, 0);

  for (gsize i = 0; i < length; i++) {
    if (!self->in_quotes && g_ascii_isspace (line[i])) {
      at_cell_start = TRUE;
      after_quotes = FALSE;
      continue;
    }
    if (at_cell_start && !self->in_quotes && self->squeezed->len > 0)
      g_string_append_c (self->squeezed, RE3_CSV_WHITE_SPACE);
    /* Two quotes in a quoted cell stand for one: the cell goes on. */
    if (line[i] == '"' && (at_cell_start || self->in_quotes || after_quotes)) {
      after_quotes = self->in_quotes;
      self->in_quotes = !self->in_quotes;
    } else {
      after_quotes = FALSE;
    }
    at_cell_start = FALSE;
    g_string_append_c (self->squeezed, line[i]);
  }
}

static gboolean
parse (Re3CsvReader *self, const char *bytes, gsize length)
{
  if (csv_parse (&self->parser, bytes, length, take_cell_cb, end_row_cb, self) != length &&
      self->error == NULL)
    g_set_error (&self->error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT, _ ("%s:%u: %s"), self->name,
                 self->row_line, csv_strerror (csv_error (&self->parser)));

  return self->error == NULL;
}

/* Takes one line without its end. Sets the error, and is not called again, where it fails. */
static void
take_line (Re3CsvReader *self, const char *line, gsize length)
{
  gboolean was_in_row = self->in_row;

  self->line++;
  if (self->line == 1 && length >= 3 && memcmp (line, BYTE_ORDER_MARK, 3) == 0) {
    line += 3;
    length -= 3;
  }
  if (!was_in_row) {
    self->row_line = self->line;
    self->row_size = 0;
  }

  if (memchr (line, '\0', length) != NULL) {
    g_set_error (&self->error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 _ ("%s:%u: there is a NUL byte in this line: this is no text file."), self->name,
                 self->line);
    return;
  }

  self->row_size += length + 1;
  if (self->row_size > RE3_CSV_MAX_RECORD_SIZE) {
    g_autofree char *bound = g_format_size_full (RE3_CSV_MAX_RECORD_SIZE, G_FORMAT_SIZE_IEC_UNITS);

    g_set_error (&self->error, RE3_IO_ERROR, RE3_IO_ERROR_TOO_LARGE,
                 _ ("%s:%u: the row that starts here is longer than %s; is a quote left open?"),
                 self->name, self->row_line, bound);
    return;
  }

  if (self->delimiter == RE3_CSV_WHITE_SPACE) {
    squeeze (self, line, length);
    line = self->squeezed->str;
    length = self->squeezed->len;
  }

  if (!was_in_row && memchr (line, '"', length) == NULL) {
    cut_line (self, line, length);
    return;
  }

  self->row_ended = FALSE;
  if (!parse (self, line, length) || !parse (self, "\n", 1))
    return;

  /* No row in a line that is not blank: libcsv waits for the quote that closes a cell. A blank
   * line of tabs is a row of empty cells where the tab is the delimiter. */
  self->in_row = !self->row_ended && (was_in_row || !is_blank (line, length));
  if (!self->in_row)
    self->in_quotes = FALSE;
}

/* Takes the line in @partial and what is new of it. */
static void
take_partial_line (Re3CsvReader *self, const char *bytes, gsize length)
{
  g_string_append_len (self->partial, bytes, (gssize) length);
  take_line (self, self->partial->str, self->partial->len);
  g_string_truncate (self->partial, 0);
}

gboolean
re3_csv_reader_feed (Re3CsvReader *self, const char *bytes, gsize length, GError **error)
{
  const char *end = bytes + length;
  const char *line_feed = NULL;

  g_return_val_if_fail (self != NULL && self->error == NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);

  while (bytes < end && self->error == NULL) {
    const char *line_end;
    gsize n_new;

    if (self->after_carriage_return) {
      self->after_carriage_return = FALSE;
      if (*bytes == '\n') {
        bytes++;
        continue;
      }
    }

    if (line_feed == NULL || line_feed < bytes)
      line_feed = find (bytes, '\n', end);
    line_end = find (bytes, '\r', line_feed);
    n_new = (gsize) (line_end - bytes);

    if (line_end == end) {
      /* A line that is too long already is refused without waiting for its end. */
      if (self->partial->len + n_new > RE3_CSV_MAX_RECORD_SIZE)
        take_partial_line (self, bytes, n_new);
      else
        g_string_append_len (self->partial, bytes, (gssize) n_new);
      break;
    }

    if (self->partial->len > 0)
      take_partial_line (self, bytes, n_new);
    else
      take_line (self, bytes, n_new);
    self->after_carriage_return = *line_end == '\r';
    bytes = line_end + 1;
  }

  if (self->error != NULL) {
    g_propagate_error (error, g_error_copy (self->error));
    return FALSE;
  }

  return TRUE;
}

gboolean
re3_csv_reader_finish (Re3CsvReader *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->error == NULL, FALSE);

  if (self->partial->len > 0)
    take_partial_line (self, "", 0);

  if (self->error == NULL && self->in_row)
    g_set_error (&self->error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 _ ("%s:%u: a quote opens in this row and never closes."), self->name,
                 self->row_line);

  if (self->error != NULL) {
    g_propagate_error (error, g_error_copy (self->error));
    return FALSE;
  }

  return TRUE;
}
