/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-column-head.h"

#include "re3-csv-cell.h"
#include "re3-csv-reader.h"

/* More different values than this are no labels of classes. */
#define MAX_VALUES 4096

typedef struct {
  const Re3CsvFormat *format;
  GPtrArray *heads;
  GPtrArray *seen;
  gboolean header_is_next;
} Look;

static void
column_head_free (gpointer data)
{
  Re3ColumnHead *head = data;

  g_ptr_array_unref (head->values);
  g_free (head->odd_cell);
  g_free (head);
}

static void
take_cell (Re3ColumnHead *head, GHashTable *seen, const char *cell, guint line)
{
  double number;
  Re3CsvCell kind = re3_csv_cell_read (cell, &number);

  if (head->values->len < MAX_VALUES && !g_hash_table_contains (seen, cell)) {
    char *value = g_strdup (cell);

    g_ptr_array_add (head->values, value);
    g_hash_table_add (seen, value);
  }

  if (kind == RE3_CSV_CELL_MISSING)
    return;

  head->n_present++;
  head->n_decimal_commas += kind == RE3_CSV_CELL_DECIMAL_COMMA;
  if (kind != RE3_CSV_CELL_NUMBER && head->odd_cell == NULL) {
    head->odd_cell = g_strdup (cell);
    head->odd_line = line;
  }
}

static gboolean
take_row_cb (const char *const *cells,
             gsize n_cells,
             guint line,
             gpointer user_data,
             GError **error)
{
  Look *look = user_data;

  if (look->header_is_next) {
    look->header_is_next = FALSE;
    return TRUE;
  }
  if (n_cells == look->format->n_columns) {
    for (gsize i = 0; i < n_cells; i++)
      take_cell (look->heads->pdata[i], look->seen->pdata[i], cells[i], line);
  }

  return TRUE;
}

GPtrArray *
re3_column_heads_read (const Re3CsvFormat *format,
                       const char *head,
                       gsize length,
                       gboolean whole,
                       const char *name,
                       GError **error)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func (column_head_free);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_autoptr (Re3CsvReader) reader = NULL;
  Look look = { format, heads, seen, format->has_header };

  for (gsize i = 0; i < format->n_columns; i++) {
    Re3ColumnHead *column = g_new0 (Re3ColumnHead, 1);

    column->values = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (heads, column);
    g_ptr_array_add (seen, g_hash_table_new (g_str_hash, g_str_equal));
  }

  reader = re3_csv_reader_new (format->delimiter, name, take_row_cb, &look);
  if (!re3_csv_reader_feed (reader, head, length, error) ||
      (whole && !re3_csv_reader_finish (reader, error)))
    return NULL;

  return g_steal_pointer (&heads);
}
