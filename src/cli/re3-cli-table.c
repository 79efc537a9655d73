/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-table.h"

#include <math.h>
#include <string.h>

#define MAX_DECIMALS 12

struct _Re3CliTable {
  char *alignment;
  gsize n_columns;
  GPtrArray *cells;
};

Re3CliTable *
re3_cli_table_new (const char *alignment)
{
  Re3CliTable *self = g_new0 (Re3CliTable, 1);

  self->alignment = g_strdup (alignment);
  self->n_columns = strlen (alignment);
  self->cells = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
re3_cli_table_free (Re3CliTable *self)
{
  g_free (self->alignment);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

void
re3_cli_table_take (Re3CliTable *self, char *text)
{
  g_ptr_array_add (self->cells, text);
}

void
re3_cli_table_add (Re3CliTable *self, const char *text)
{
  g_ptr_array_add (self->cells, g_strdup (text != NULL ? text : ""));
}

void
re3_cli_table_add_row (Re3CliTable *self, ...)
{
  const char *text;
  va_list cells;

  va_start (cells, self);
  while ((text = va_arg (cells, const char *)) != NULL)
    re3_cli_table_add (self, text);
  va_end (cells);
}

/* In columns of a terminal. */
static gsize
measure (const char *text)
{
  gsize width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
  }

  return width;
}

static void
append_spaces (GString *text, gsize n_spaces)
{
  for (gsize i = 0; i < n_spaces; i++)
    g_string_append_c (text, ' ');
}

void
re3_cli_table_append_to (Re3CliTable *self, GString *text)
{
  g_autofree gsize *widths = g_new0 (gsize, self->n_columns);

  g_return_if_fail (self->cells->len % self->n_columns == 0);

  for (guint i = 0; i < self->cells->len; i++) {
    gsize *width = &widths[i % self->n_columns];

    *width = MAX (*width, measure (self->cells->pdata[i]));
  }

  for (guint i = 0; i < self->cells->len; i++) {
    const char *cell = self->cells->pdata[i];
    gsize column = i % self->n_columns;
    gsize padding = widths[column] - measure (cell);
    gboolean is_right = self->alignment[column] == 'r';

    g_string_append (text, "  ");
    append_spaces (text, is_right ? padding : 0);
    g_string_append (text, cell);
    if (column + 1 < self->n_columns) {
      append_spaces (text, is_right ? 0 : padding);
      continue;
    }
    /* No spaces at the end of a line. */
    while (text->str[text->len - 1] == ' ')
      g_string_truncate (text, text->len - 1);
    g_string_append_c (text, '\n');
  }
}

int
re3_cli_fit_decimals (const double *values, gsize n_values, int digits)
{
  double largest = 0;

  for (gsize i = 0; i < n_values; i++) {
    if (isfinite (values[i]))
      largest = MAX (largest, fabs (values[i]));
  }
  if (largest == 0)
    return 1;

  return CLAMP (digits - 1 - (int) floor (log10 (largest)), 0, MAX_DECIMALS);
}
