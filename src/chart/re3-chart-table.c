/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-chart-table-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* So many significant digits tell any two doubles apart; most need fewer. */
#define LEAST_DIGITS 15
#define MOST_DIGITS  17

/* @cells: from left to right and row by row; the texts are in @texts. */
struct _Re3ChartTable {
  GPtrArray *heads;
  GPtrArray *cells;
  GStringChunk *texts;
};

Re3ChartTable *
re3_chart_table_new (void)
{
  Re3ChartTable *self = g_new0 (Re3ChartTable, 1);

  self->heads = g_ptr_array_new ();
  self->cells = g_ptr_array_new ();
  self->texts = g_string_chunk_new (1024);
  return self;
}

void
re3_chart_table_free (Re3ChartTable *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->heads);
  g_ptr_array_unref (self->cells);
  g_string_chunk_free (self->texts);
  g_free (self);
}

void
re3_chart_table_add_column (Re3ChartTable *self, const char *head, const char *unit)
{
  g_autofree char *whole =
      unit != NULL && *unit != '\0' ? g_strdup_printf ("%s (%s)", head, unit) : g_strdup (head);

  g_assert (self->cells->len == 0);

  g_ptr_array_add (self->heads, g_string_chunk_insert (self->texts, whole));
}

void
re3_chart_table_add_text (Re3ChartTable *self, const char *text)
{
  g_assert (self->heads->len > 0);

  if (text == NULL)
    text = "";
  g_ptr_array_add (self->cells, g_string_chunk_insert_const (self->texts, text));
}

void
re3_chart_table_add_number (Re3ChartTable *self, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (number)) {
    re3_chart_table_add_text (self, NULL);
    return;
  }
  if (isinf (number)) {
    re3_chart_table_add_text (self, number > 0 ? "inf" : "-inf");
    return;
  }

  for (int digits = LEAST_DIGITS; digits <= MOST_DIGITS; digits++) {
    char format[8];

    g_snprintf (format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd (buffer, sizeof buffer, format, number);
    if (g_ascii_strtod (buffer, NULL) == number)
      break;
  }
  re3_chart_table_add_text (self, buffer);
}

gsize
re3_chart_table_get_n_columns (const Re3ChartTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->heads->len;
}

gsize
re3_chart_table_get_n_rows (const Re3ChartTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->heads->len > 0 ? self->cells->len / self->heads->len : 0;
}

const char *
re3_chart_table_get_head (const Re3ChartTable *self, gsize column)
{
  g_return_val_if_fail (self != NULL && column < self->heads->len, NULL);

  return self->heads->pdata[column];
}

const char *
re3_chart_table_get_cell (const Re3ChartTable *self, gsize row, gsize column)
{
  g_return_val_if_fail (self != NULL && column < self->heads->len, NULL);
  g_return_val_if_fail (row < re3_chart_table_get_n_rows (self), NULL);

  return self->cells->pdata[row * self->heads->len + column];
}

/* Many readers take white space from the ends of a cell that is not quoted. */
static gboolean
needs_quotes (const char *text)
{
  gsize length = strlen (text);

  return strpbrk (text, ",\"\r\n") != NULL ||
         (length > 0 && (g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1])));
}

static void
append_cell (GString *csv, const char *text)
{
  if (!needs_quotes (text)) {
    g_string_append (csv, text);
    return;
  }
  g_string_append_c (csv, '"');
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *at);
  }
  g_string_append_c (csv, '"');
}

static void
append_row (GString *csv, gpointer *cells, guint n_cells)
{
  for (guint i = 0; i < n_cells; i++) {
    if (i > 0)
      g_string_append_c (csv, ',');
    append_cell (csv, cells[i]);
  }
  g_string_append_c (csv, '\n');
}

char *
re3_chart_table_to_csv (const Re3ChartTable *self)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  guint n_columns;

  g_return_val_if_fail (self != NULL, NULL);

  n_columns = self->heads->len;
  g_assert (n_columns > 0 && self->cells->len % n_columns == 0);
  append_row (csv, self->heads->pdata, n_columns);
  for (guint i = 0; i < self->cells->len; i += n_columns)
    append_row (csv, self->cells->pdata + i, n_columns);
  return g_string_free (g_steal_pointer (&csv), FALSE);
}
