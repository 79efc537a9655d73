/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "re3-column-head.h"
#include "re3-csv-cell.h"
#include "re3-csv-reader.h"

/* Pieces that a file comes in: cut in the middle of everything. */
#define PIECE 7

static gboolean
take_row (const char *const *cells, gsize n_cells, guint line, gpointer user_data, GError **error)
{
  for (gsize i = 0; i < n_cells; i++) {
    double value;
    Re3CsvCell kind = re3_csv_cell_read (cells[i], &value);

    if (kind != RE3_CSV_CELL_NUMBER)
      g_free (re3_csv_cell_refuse (cells[i], kind));
  }

  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (Re3CsvFormat) format =
      re3_csv_format_detect ((const char *) bytes, length, TRUE, RE3_CSV_GUESS_DELIMITER,
                             RE3_CSV_HEADER_GUESS, "fuzz.csv", NULL);
  g_autoptr (Re3CsvReader) reader = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  gboolean goes_on = TRUE;

  if (format == NULL)
    return 0;

  heads = re3_column_heads_read (format, (const char *) bytes, length, TRUE, "fuzz.csv", NULL);
  reader = re3_csv_reader_new (format->delimiter, "fuzz.csv", take_row, NULL);
  for (size_t i = 0; i < length && goes_on; i += PIECE)
    goes_on = re3_csv_reader_feed (reader, (const char *) bytes + i, MIN (PIECE, length - i), NULL);
  if (goes_on)
    re3_csv_reader_finish (reader, NULL);

  return 0;
}
