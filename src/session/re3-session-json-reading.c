/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session-json-reading.h"

#include <glib/gi18n-lib.h>

static const char *const fill_names[] = {
  [RE3_DATA_FILL_NONE] = "none",
  [RE3_DATA_FILL_MEAN] = "mean",
};

void
re3_session_json_write_reading (const Re3Reading *reading, Re3JsonWriter *writer)
{
  if (reading == NULL) {
    re3_json_writer_add_null (writer, "reading");
    return;
  }

  re3_json_writer_begin_object (writer, "reading", RE3_JSON_LINE);
  if (reading->delimiter != RE3_CSV_GUESS_DELIMITER) {
    char delimiter[] = { reading->delimiter, '\0' };

    re3_json_writer_add_string (writer, "delimiter", delimiter);
  }
  if (reading->header != RE3_CSV_HEADER_GUESS)
    re3_json_writer_add_boolean (writer, "header", reading->header == RE3_CSV_HEADER_FIRST_LINE);
  if (reading->label != NULL)
    re3_json_writer_add_string (writer, "label", reading->label);
  if (reading->left_out != NULL) {
    re3_json_writer_begin_array (writer, "left_out", RE3_JSON_LINE);
    for (gsize i = 0; reading->left_out[i] != NULL; i++)
      re3_json_writer_add_string (writer, NULL, reading->left_out[i]);
    re3_json_writer_end_array (writer);
  }
  re3_json_writer_add_string (writer, "fill", fill_names[reading->fill]);
  re3_json_writer_end_object (writer);
}

static gboolean
read_delimiter (const Re3JsonSource *source, Re3Reading *reading, GError **error)
{
  const char *text = NULL;

  if (!re3_json_source_read_text (source, "delimiter", &text, error))
    return FALSE;
  return text == NULL || re3_reading_set_delimiter (reading, text) ||
         re3_json_source_refuse_member (source, "delimiter", _ ("a delimiter"), error);
}

static gboolean
read_header (const Re3JsonSource *source, Re3Reading *reading, GError **error)
{
  gboolean has_header;

  if (re3_json_get_member (source->object, "header") == NULL)
    return TRUE;
  if (!re3_json_source_read_boolean (source, "header", &has_header, error))
    return FALSE;
  reading->header = has_header ? RE3_CSV_HEADER_FIRST_LINE : RE3_CSV_HEADER_NONE;
  return TRUE;
}

static gboolean
read_column (gpointer columns, const Re3JsonSource *source, GError **error)
{
  if (!cJSON_IsString (source->object))
    return re3_json_source_refuse (source, _ ("a text"), error);
  g_ptr_array_add (columns, g_strdup (source->object->valuestring));
  return TRUE;
}

static gboolean
read_left_out (const Re3JsonSource *source, Re3Reading *reading, GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);

  if (!re3_json_source_read_items (source, "left_out", read_column, columns, error))
    return FALSE;
  if (columns->len == 0)
    return TRUE;
  g_ptr_array_add (columns, NULL);
  reading->left_out = (GStrv) g_ptr_array_steal (columns, NULL);
  return TRUE;
}

gboolean
re3_session_json_read_reading (const Re3JsonSource *document, Re3Reading **reading, GError **error)
{
  g_auto (Re3JsonSource) source = { re3_json_get_member (document->object, "reading"),
                                    document->file, g_strdup ("reading") };
  g_autoptr (Re3Reading) read = re3_reading_new ();
  const char *label = NULL;
  guint fill = RE3_DATA_FILL_NONE;

  *reading = NULL;
  /* Older sessions have none, and neither has one without data. */
  if (source.object == NULL)
    return TRUE;
  if (!re3_json_check_object (source.object, source.file, source.place, error) ||
      !read_delimiter (&source, read, error) || !read_header (&source, read, error) ||
      !re3_json_source_read_text (&source, "label", &label, error) ||
      !read_left_out (&source, read, error) ||
      !RE3_JSON_SOURCE_READ_NAME (&source, "fill", fill_names, &fill, error))
    return FALSE;

  read->label = g_strdup (label);
  read->fill = (Re3DataFill) fill;
  *reading = g_steal_pointer (&read);
  return TRUE;
}
