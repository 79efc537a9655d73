/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-json-writer.h"

#include <math.h>
#include <string.h>

/* Deeper documents than this are not written. */
#define MAX_DEPTH 16

typedef struct {
  Re3JsonLayout layout;
  gboolean is_empty;
} Level;

struct _Re3JsonWriter {
  GString *text;
  Level levels[MAX_DEPTH];
  gsize depth;
};

Re3JsonWriter *
re3_json_writer_new (void)
{
  Re3JsonWriter *self = g_new0 (Re3JsonWriter, 1);

  self->text = g_string_new (NULL);

  return self;
}

void
re3_json_writer_free (Re3JsonWriter *self)
{
  if (self == NULL)
    return;

  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self);
}

char *
re3_json_writer_finish (Re3JsonWriter *self)
{
  g_return_val_if_fail (self != NULL && self->text != NULL, NULL);
  g_return_val_if_fail (self->depth == 0, NULL);

  g_string_append_c (self->text, '\n');

  return g_string_free (g_steal_pointer (&self->text), FALSE);
}

static void
break_line (Re3JsonWriter *self)
{
  g_string_append_c (self->text, '\n');
  for (gsize i = 0; i < self->depth; i++)
    g_string_append (self->text, "  ");
}

static void
append_quoted (GString *text, const char *string)
{
  g_string_append_c (text, '"');
  for (const char *p = string; *p != '\0'; p++) {
    guchar c = (guchar) *p;

    if (c == '"' || c == '\\')
      g_string_append_printf (text, "\\%c", c);
    else if (c == '\n')
      g_string_append (text, "\\n");
    else if (c == '\t')
      g_string_append (text, "\\t");
    else if (c < 0x20 || c == 0x7f)
      g_string_append_printf (text, "\\u%04x", c);
    else
      g_string_append_c (text, (char) c);
  }
  g_string_append_c (text, '"');
}

/* What stands before a value: the comma, the line or space, the key. */
static void
begin_value (Re3JsonWriter *self, const char *key)
{
  g_return_if_fail (self->text != NULL);

  if (self->depth > 0) {
    Level *level = &self->levels[self->depth - 1];

    if (!level->is_empty)
      g_string_append_c (self->text, ',');
    if (level->layout == RE3_JSON_BLOCK)
      break_line (self);
    else if (!level->is_empty)
      g_string_append_c (self->text, ' ');
    level->is_empty = FALSE;
  }
  if (key != NULL) {
    append_quoted (self->text, key);
    g_string_append (self->text, ": ");
  }
}

static void
begin_level (Re3JsonWriter *self, const char *key, Re3JsonLayout layout, char bracket)
{
  gboolean is_inside_line =
      self->depth > 0 && self->levels[self->depth - 1].layout == RE3_JSON_LINE;

  g_assert (self->depth < MAX_DEPTH);

  begin_value (self, key);
  g_string_append_c (self->text, bracket);
  self->levels[self->depth].layout = is_inside_line ? RE3_JSON_LINE : layout;
  self->levels[self->depth].is_empty = TRUE;
  self->depth++;
}

static void
end_level (Re3JsonWriter *self, char bracket)
{
  Level *level;

  g_assert (self->depth > 0);

  self->depth--;
  level = &self->levels[self->depth];
  if (level->layout == RE3_JSON_BLOCK && !level->is_empty)
    break_line (self);
  g_string_append_c (self->text, bracket);
}

void
re3_json_writer_begin_object (Re3JsonWriter *self, const char *key, Re3JsonLayout layout)
{
  g_return_if_fail (self != NULL);

  begin_level (self, key, layout, '{');
}

void
re3_json_writer_end_object (Re3JsonWriter *self)
{
  g_return_if_fail (self != NULL);

  end_level (self, '}');
}

void
re3_json_writer_begin_array (Re3JsonWriter *self, const char *key, Re3JsonLayout layout)
{
  g_return_if_fail (self != NULL);

  begin_level (self, key, layout, '[');
}

void
re3_json_writer_end_array (Re3JsonWriter *self)
{
  g_return_if_fail (self != NULL);

  end_level (self, ']');
}

void
re3_json_writer_add_string (Re3JsonWriter *self, const char *key, const char *value)
{
  g_return_if_fail (self != NULL);

  if (value == NULL) {
    re3_json_writer_add_null (self, key);
    return;
  }
  begin_value (self, key);
  append_quoted (self->text, value);
}

void
re3_json_writer_add_number (Re3JsonWriter *self, const char *key, double value)
{
  char buffer[RE3_JSON_NUMBER_SIZE];

  g_return_if_fail (self != NULL);

  begin_value (self, key);
  if (isfinite (value)) {
    re3_json_format_number (value, buffer);
    g_string_append (self->text, buffer);
  } else {
    g_string_append (self->text, "null");
  }
}

void
re3_json_writer_add_numbers (Re3JsonWriter *self,
                             const char *key,
                             const double *values,
                             gsize n_values)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (values != NULL || n_values == 0);

  re3_json_writer_begin_array (self, key, RE3_JSON_LINE);
  for (gsize i = 0; i < n_values; i++)
    re3_json_writer_add_number (self, NULL, values[i]);
  re3_json_writer_end_array (self);
}

void
re3_json_writer_add_count (Re3JsonWriter *self, const char *key, gsize value)
{
  g_return_if_fail (self != NULL);

  begin_value (self, key);
  g_string_append_printf (self->text, "%zu", value);
}

void
re3_json_writer_add_boolean (Re3JsonWriter *self, const char *key, gboolean value)
{
  g_return_if_fail (self != NULL);

  begin_value (self, key);
  g_string_append (self->text, value ? "true" : "false");
}

void
re3_json_writer_add_null (Re3JsonWriter *self, const char *key)
{
  g_return_if_fail (self != NULL);

  begin_value (self, key);
  g_string_append (self->text, "null");
}

void
re3_json_format_number (double value, char buffer[RE3_JSON_NUMBER_SIZE])
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    double back;

    g_ascii_formatd (buffer, RE3_JSON_NUMBER_SIZE, formats[i], value);
    back = g_ascii_strtod (buffer, NULL);
    /* Bits, not values: -0 is not 0. */
    if (memcmp (&back, &value, sizeof value) == 0)
      return;
  }
}
