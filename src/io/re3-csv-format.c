/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-csv-format.h"

#include "re3-csv-cell.h"
#include "re3-csv-reader.h"
#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In the order in which they are preferred where nothing else tells them apart. */
static const char delimiters[] = { ',', ';', '\t', '|', RE3_CSV_WHITE_SPACE };

/* Fewer rows than this share with the usual number of cells make no table. */
#define MIN_CONSISTENCY 0.5

/* A delimiter whose table scores this share of the best one may be the right one. */
#define RIVAL_SHARE 0.9

/**
 * Row:
 * @n_cells: how many cells it has
 * @first: where the kinds of its cells start among those of all rows
 * @line: the line that it starts on
 */
typedef struct {
  gsize n_cells;
  gsize first;
  guint line;
} Row;

/**
 * Trial:
 * @delimiter: it
 * @rows: (element-type Row): the rows that the delimiter makes of the head
 * @kinds: (element-type guint8): what each of their cells holds, an Re3CsvCell
 * @first_row: the texts of the first one
 * @n_cells: the usual number of cells of a row
 * @consistency: share of the rows that have so many
 * @numeric_share: share of numbers among their cells that are not missing
 *
 * The head of a file, cut with one of the delimiters.
 */
typedef struct {
  char delimiter;
  GArray *rows;
  GByteArray *kinds;
  GStrv first_row;
  gsize n_cells;
  double consistency;
  double numeric_share;
} Trial;

static void
trial_free (Trial *trial)
{
  if (trial == NULL)
    return;

  g_array_unref (trial->rows);
  g_byte_array_unref (trial->kinds);
  g_strfreev (trial->first_row);
  g_free (trial);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trial, trial_free)

static gboolean
is_number (guint8 kind)
{
  return kind == RE3_CSV_CELL_NUMBER || kind == RE3_CSV_CELL_INFINITE;
}

/* Numbers with a decimal comma tell that it is not the delimiter; as values they are refused. But
 * the only cell of a row is more likely two, parted by that comma. */
static gboolean
looks_numeric (const Trial *trial, guint8 kind)
{
  return is_number (kind) || (kind == RE3_CSV_CELL_DECIMAL_COMMA && trial->n_cells > 1);
}

static gboolean
take_row_cb (const char *const *cells,
             gsize n_cells,
             guint line,
             gpointer user_data,
             GError **error)
{
  Trial *trial = user_data;
  Row row = { n_cells, trial->kinds->len, line };

  if (trial->first_row == NULL) {
    trial->first_row = g_new0 (char *, n_cells + 1);
    for (gsize i = 0; i < n_cells; i++)
      trial->first_row[i] = g_utf8_make_valid (cells[i], -1);
  }

  g_array_append_val (trial->rows, row);
  for (gsize i = 0; i < n_cells; i++) {
    double value;
    guint8 kind = (guint8) re3_csv_cell_read (cells[i], &value);

    g_byte_array_append (trial->kinds, &kind, 1);
  }

  return TRUE;
}

static const guint8 *
row_kinds (const Trial *trial, gsize index)
{
  return trial->kinds->data + g_array_index (trial->rows, Row, index).first;
}

/* The most frequent number of cells, the larger one at a tie. */
static void
find_usual_n_cells (Trial *trial)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  gsize best = 0;

  for (guint i = 0; i < trial->rows->len; i++) {
    gpointer n_cells = GSIZE_TO_POINTER (g_array_index (trial->rows, Row, i).n_cells);
    gsize count = GPOINTER_TO_SIZE (g_hash_table_lookup (counts, n_cells));

    g_hash_table_insert (counts, n_cells, GSIZE_TO_POINTER (count + 1));
  }

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    gsize n_cells = GPOINTER_TO_SIZE (key);
    gsize count = GPOINTER_TO_SIZE (value);

    if (count > best || (count == best && n_cells > trial->n_cells)) {
      best = count;
      trial->n_cells = n_cells;
    }
  }

  trial->consistency = (double) best / trial->rows->len;
}

static void
measure_numeric_share (Trial *trial)
{
  gsize n_numeric = 0;
  gsize n_present = 0;

  for (guint i = 0; i < trial->rows->len; i++) {
    const Row *row = &g_array_index (trial->rows, Row, i);
    const guint8 *kinds = row_kinds (trial, i);

    if (row->n_cells != trial->n_cells)
      continue;
    for (gsize j = 0; j < row->n_cells; j++) {
      n_numeric += looks_numeric (trial, kinds[j]);
      n_present += kinds[j] != RE3_CSV_CELL_MISSING;
    }
  }

  trial->numeric_share = n_present > 0 ? (double) n_numeric / (double) n_present : 0;
}

static Trial *
trial_new (const char *head,
           gsize length,
           gboolean whole,
           char delimiter,
           const char *name,
           GError **error)
{
  g_autoptr (Trial) trial = g_new0 (Trial, 1);
  g_autoptr (Re3CsvReader) reader = re3_csv_reader_new (delimiter, name, take_row_cb, trial);

  trial->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  trial->kinds = g_byte_array_new ();

  /* Where the head is not the whole file, its last line may be cut and is not looked at. */
  if (!re3_csv_reader_feed (reader, head, length, error) ||
      (whole && !re3_csv_reader_finish (reader, error)))
    return NULL;

  if (trial->rows->len > 0) {
    find_usual_n_cells (trial);
    measure_numeric_share (trial);
  }

  return g_steal_pointer (&trial);
}

/* The right delimiter gives rows of one length and cells that are numbers; a wrong one fails in
 * one of the two. The small number lets consistency decide among tables of texts. */
static double
trial_score (const Trial *trial)
{
  return trial->consistency * (trial->numeric_share + 0.01);
}

/* Where all else is equal, cells that are parted say more than lines that are not. */
static gboolean
is_better (const Trial *a, const Trial *b)
{
  double score_a = trial_score (a);
  double score_b = trial_score (b);

  return score_a > score_b || (score_a == score_b && a->n_cells > 1 && b->n_cells == 1);
}

/* Whether @other, which is not the @best, may be the right one all the same. It may be the same
 * table: tabs are white space too. */
static gboolean
is_rival (const Trial *other, const Trial *best)
{
  return other->n_cells > 1 && trial_score (other) >= RIVAL_SHARE * trial_score (best) &&
         !g_strv_equal ((const char *const *) other->first_row,
                        (const char *const *) best->first_row);
}

/* Whether most cells of @column that are not missing are numbers, from row @first on.
 * @with_commas: numbers with a decimal comma too */
static gboolean
is_numeric_column (const Trial *trial, gsize column, gsize first, gboolean with_commas)
{
  gsize n_numbers = 0;
  gsize n_present = 0;

  for (gsize i = first; i < trial->rows->len; i++) {
    if (g_array_index (trial->rows, Row, i).n_cells == trial->n_cells) {
      guint8 kind = row_kinds (trial, i)[column];

      n_numbers += with_commas ? looks_numeric (trial, kind) : is_number (kind);
      n_present += kind != RE3_CSV_CELL_MISSING;
    }
  }

  return 2 * n_numbers > n_present;
}

/* 0, 1, 2, ... as programs call columns that have no names, or the same from 1. */
static gboolean
is_counting (const Trial *trial)
{
  gsize n_cells = g_strv_length (trial->first_row);
  guint64 first = 0;
  guint64 number;

  for (gsize j = 0; j < n_cells; j++) {
    if (!g_ascii_string_to_unsigned (trial->first_row[j], 10, 0, n_cells, &number, NULL))
      return FALSE;
    if (j == 0)
      first = number;
    if (number != first + j)
      return FALSE;
  }

  return n_cells > 2 && first <= 1;
}

/* A first row that holds no number where the rows below hold numbers names the columns. Most of
 * the numeric columns decide: a name may read as a number, and a first value may be missing. Where
 * all columns are texts they can be found by their names alone. */
static gboolean
guess_header (const Trial *trial, gboolean *in_doubt)
{
  const Row *first = &g_array_index (trial->rows, Row, 0);
  const guint8 *kinds = row_kinds (trial, 0);
  gsize n_numeric = 0;
  gsize n_texts = 0;
  gsize n_numbers = 0;

  *in_doubt = FALSE;
  if (first->n_cells != trial->n_cells || trial->rows->len == 1) {
    /* Nothing to compare with: names, if there is no number among them. */
    for (gsize j = 0; j < first->n_cells; j++) {
      if (looks_numeric (trial, kinds[j]))
        return FALSE;
    }
    return TRUE;
  }

  for (gsize j = 0; j < trial->n_cells; j++) {
    if (is_numeric_column (trial, j, 1, TRUE)) {
      n_numeric++;
      n_texts += kinds[j] == RE3_CSV_CELL_TEXT;
      n_numbers += looks_numeric (trial, kinds[j]);
    }
  }

  *in_doubt = (n_texts > 0 && n_numbers > 0) || (n_texts == 0 && is_counting (trial));
  return 2 * n_texts > n_numeric || n_numeric == 0;
}

static gboolean
starts_json (const char *head, gsize length)
{
  gsize i = 0;

  while (i < length && g_ascii_isspace (head[i]))
    i++;

  return i < length && (head[i] == '{' || head[i] == '[');
}

/* Every other byte of ASCII in UTF-16 is 0, and none of the others. */
static gboolean
looks_utf16 (const char *head, gsize length)
{
  gsize n_zeros[2] = { 0 };
  gsize n = MIN (length, 64) & ~(gsize) 1;

  for (gsize i = 0; i < n; i++)
    n_zeros[i % 2] += head[i] == '\0';

  return n >= 8 && MAX (n_zeros[0], n_zeros[1]) == n / 2 && MIN (n_zeros[0], n_zeros[1]) == 0;
}

static gboolean
check_signature (const char *head, gsize length, const char *name, GError **error)
{
  static const struct {
    const char *bytes;
    gsize length;
    const char *kind;
  } signatures[] = {
    { "\xff\xfe", 2, N_ ("UTF-16 text; save it as UTF-8") },
    { "\xfe\xff", 2, N_ ("UTF-16 text; save it as UTF-8") },
    { "PK\x03\x04", 4, N_ ("a spreadsheet or a ZIP archive; save the table in it as CSV") },
    { "\xd0\xcf\x11\xe0", 4, N_ ("an old spreadsheet; save the table in it as CSV") },
    { "BZh9", 4, N_ ("compressed, and not with gzip; unpack it first") },
    { "\xfd\x37zXZ", 5, N_ ("compressed, and not with gzip; unpack it first") },
    { "\x28\xb5\x2f\xfd", 4, N_ ("compressed, and not with gzip; unpack it first") },
    { "PAR1", 4, N_ ("a Parquet file; save it as CSV") },
    { "\x89HDF", 4, N_ ("an HDF5 file; save the table in it as CSV") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++) {
    if (length >= signatures[i].length &&
        memcmp (head, signatures[i].bytes, signatures[i].length) == 0) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                   _ ("%s: this is no CSV file but %s."), name, _ (signatures[i].kind));
      return FALSE;
    }
  }

  if (looks_utf16 (head, length)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: this is no CSV file but %s."), name, _ ("UTF-16 text; save it as UTF-8"));
    return FALSE;
  }
  if (starts_json (head, length)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: this is JSON and not a table of data; give the model first, then the "
                    "data."),
                 name);
    return FALSE;
  }

  return TRUE;
}

static gboolean
is_utf8 (const char *head, gsize length, gboolean whole)
{
  const char *end;

  /* The end of a head that is not the whole may have cut a character. */
  return g_utf8_validate_len (head, length, &end) || (!whole && end + 4 > head + length);
}

static Trial *
find_best_trial (const char *head,
                 gsize length,
                 gboolean whole,
                 char wanted,
                 const char *name,
                 char *delimiter,
                 char *rival,
                 GError **error)
{
  g_autoptr (GPtrArray) trials = g_ptr_array_new_with_free_func ((GDestroyNotify) trial_free);
  Trial *best = NULL;
  guint index = 0;
  g_autoptr (GError) first_error = NULL;

  /* A quote left open for one delimiter may be none for another. */
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++) {
    g_autoptr (Trial) trial = NULL;

    if (wanted != RE3_CSV_GUESS_DELIMITER && wanted != delimiters[i])
      continue;
    trial = trial_new (head, length, whole, delimiters[i], name,
                       first_error == NULL ? &first_error : NULL);

    if (trial == NULL || trial->rows->len == 0)
      continue;
    trial->delimiter = delimiters[i];
    if (best == NULL || is_better (trial, best))
      best = trial;
    g_ptr_array_add (trials, g_steal_pointer (&trial));
  }

  /* Without numbers the table is no better than the fault that another delimiter met. */
  if (best == NULL || (best->numeric_share == 0 && first_error != NULL)) {
    if (first_error != NULL)
      g_propagate_error (error, g_steal_pointer (&first_error));
    else if (!whole)
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                   _ ("%s:1: this line does not end within all that Re3 looks at; give the file "
                      "that has one sample a line."),
                   name);
    else
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                   _ ("%s: there is no row in this file."), name);
    return NULL;
  }
  if (best->consistency < MIN_CONSISTENCY) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 _ ("%s: this is text but no table: its lines have different numbers of cells, "
                    "whatever the delimiter. Give the file that has one sample a line."),
                 name);
    return NULL;
  }

  *delimiter = best->delimiter;
  *rival = RE3_CSV_GUESS_DELIMITER;
  for (guint i = 0; i < trials->len; i++) {
    const Trial *other = g_ptr_array_index (trials, i);

    if (*rival == RE3_CSV_GUESS_DELIMITER && other != best && is_rival (other, best))
      *rival = other->delimiter;
  }

  g_ptr_array_find (trials, best, &index);
  return g_ptr_array_steal_index (trials, index);
}

static gboolean
check_header (const Trial *trial, const char *name, GError **error)
{
  const Row *first = &g_array_index (trial->rows, Row, 0);

  if (trial->rows->len == 1) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s:%u: this line names the columns, but no row follows."), name, first->line);
    return FALSE;
  }
  if (first->n_cells != trial->n_cells) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 g_dngettext (GETTEXT_PACKAGE,
                              "%s:%u: the first line has %zu cell, but most rows have %zu; name "
                              "every column once, or delete the line if it names none.",
                              "%s:%u: the first line has %zu cells, but most rows have %zu; name "
                              "every column once, or delete the line if it names none.",
                              first->n_cells),
                 name, first->line, first->n_cells, trial->n_cells);
    return FALSE;
  }

  return TRUE;
}

Re3CsvFormat *
re3_csv_format_detect (const char *head,
                       gsize length,
                       gboolean whole,
                       char delimiter,
                       Re3CsvHeader header,
                       const char *name,
                       GError **error)
{
  g_autoptr (Re3CsvFormat) format = NULL;
  g_autoptr (Trial) trial = NULL;
  gboolean header_in_doubt = FALSE;
  gsize first_row;
  char rival;

  g_return_val_if_fail (head != NULL || length == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (length == 0) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT, _ ("%s: the file is empty."), name);
    return NULL;
  }
  if (!check_signature (head, length, name, error))
    return NULL;

  trial = find_best_trial (head, length, whole, delimiter, name, &delimiter, &rival, error);
  if (trial == NULL)
    return NULL;

  format = g_new0 (Re3CsvFormat, 1);
  format->delimiter = delimiter;
  format->rival = rival;
  format->has_header = header == RE3_CSV_HEADER_FIRST_LINE ||
                       (header == RE3_CSV_HEADER_GUESS && guess_header (trial, &header_in_doubt));
  format->header_in_doubt = header_in_doubt;
  if (format->has_header && !check_header (trial, name, error))
    return NULL;

  first_row = format->has_header ? 1 : 0;
  format->is_utf8 = is_utf8 (head, length, whole);
  format->n_columns = trial->n_cells;
  format->columns = g_new0 (char *, format->n_columns + 1);
  format->is_numeric = g_new0 (gboolean, format->n_columns);
  for (gsize j = 0; j < format->n_columns; j++) {
    if (format->has_header)
      format->columns[j] = g_strdup (g_strstrip (trial->first_row[j]));
    if (format->columns[j] == NULL || *format->columns[j] == '\0') {
      g_free (format->columns[j]);
      format->columns[j] = g_strdup_printf (_ ("column %zu"), j + 1);
    }
    format->is_numeric[j] = is_numeric_column (trial, j, first_row, FALSE);
  }

  return g_steal_pointer (&format);
}

void
re3_csv_format_free (Re3CsvFormat *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->columns);
  g_free (self->is_numeric);
  g_free (self);
}

const char *
re3_csv_get_delimiter_name (char delimiter)
{
  switch (delimiter) {
  case ',':
    return _ ("comma");
  case ';':
    return _ ("semicolon");
  case '\t':
    return _ ("tab");
  case '|':
    return _ ("vertical bar");
  default:
    return _ ("runs of white space");
  }
}
