/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-json-source-private.h"

#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Whole numbers up to here are exact in JSON. */
#define MAX_COUNT 9007199254740992.0

void
re3_json_source_clear (Re3JsonSource *self)
{
  g_free (self->place);
}

static char *
get_place (const Re3JsonSource *self, const char *key)
{
  return *self->place != '\0' ? g_strdup_printf ("%s.%s", self->place, key) : g_strdup (key);
}

static gboolean
refuse_place (const char *file, const char *place, const char *wanted, GError **error)
{
  /* Translators: a file, a place in it, and what should be there. */
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
               _ ("%s: %s is not %s; this session was not written by Re3, or was changed."), file,
               place, wanted);
  return FALSE;
}

gboolean
re3_json_source_refuse (const Re3JsonSource *self, const char *wanted, GError **error)
{
  return refuse_place (self->file, self->place, wanted, error);
}

gboolean
re3_json_source_refuse_member (const Re3JsonSource *self,
                               const char *key,
                               const char *wanted,
                               GError **error)
{
  g_autofree char *place = get_place (self, key);

  return refuse_place (self->file, place, wanted, error);
}

static gboolean
is_whole (double value, double max)
{
  return value >= 0.0 && value <= max && value == floor (value);
}

gboolean
re3_json_source_is_count (double value)
{
  return is_whole (value, MAX_COUNT);
}

gboolean
re3_json_source_read_boolean (const Re3JsonSource *self,
                              const char *key,
                              gboolean *value,
                              GError **error)
{
  const cJSON *item = re3_json_get_member (self->object, key);

  if (item == NULL)
    return TRUE;
  if (!cJSON_IsBool (item))
    return re3_json_source_refuse_member (self, key, _ ("true or false"), error);
  *value = cJSON_IsTrue (item);
  return TRUE;
}

gboolean
re3_json_source_read_number (const Re3JsonSource *self,
                             const char *key,
                             double *value,
                             GError **error)
{
  const cJSON *item = re3_json_get_member (self->object, key);

  if (item == NULL)
    return TRUE;
  if (!cJSON_IsNumber (item) || !isfinite (item->valuedouble))
    return re3_json_source_refuse_member (self, key, _ ("a finite number"), error);
  *value = item->valuedouble;
  return TRUE;
}

gboolean
re3_json_source_read_count (const Re3JsonSource *self,
                            const char *key,
                            gsize *value,
                            GError **error)
{
  double number = (double) *value;

  if (!re3_json_source_read_number (self, key, &number, error))
    return FALSE;
  if (!re3_json_source_is_count (number))
    return re3_json_source_refuse_member (self, key, _ ("a whole number from 0"), error);
  *value = (gsize) number;
  return TRUE;
}

gboolean
re3_json_source_read_class (const Re3JsonSource *self,
                            const char *key,
                            int least,
                            int *value,
                            GError **error)
{
  double number = *value;

  if (!re3_json_source_read_number (self, key, &number, error))
    return FALSE;
  if (re3_json_get_member (self->object, key) == NULL)
    return TRUE;
  if (number < least || !is_whole (number - least, G_MAXINT))
    return re3_json_source_refuse_member (self, key, _ ("the number of a class, from 0"), error);
  *value = (int) number;
  return TRUE;
}

gboolean
re3_json_source_read_text (const Re3JsonSource *self,
                           const char *key,
                           const char **value,
                           GError **error)
{
  const cJSON *item = re3_json_get_member (self->object, key);

  if (item == NULL)
    return TRUE;
  if (!cJSON_IsString (item))
    return re3_json_source_refuse_member (self, key, _ ("a text"), error);
  *value = item->valuestring;
  return TRUE;
}

gboolean
re3_json_source_read_name (const Re3JsonSource *self,
                           const char *key,
                           const char *const *names,
                           gsize n_names,
                           guint *value,
                           GError **error)
{
  const char *text = NULL;
  g_autofree char *list = NULL;

  if (!re3_json_source_read_text (self, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (names[i], text)) {
      *value = i;
      return TRUE;
    }
  list = re3_io_join_names (names, n_names);
  return re3_json_source_refuse_member (self, key, list, error);
}

gboolean
re3_json_source_read_items (const Re3JsonSource *self,
                            const char *key,
                            Re3JsonSourceReadFunc read,
                            gpointer target,
                            GError **error)
{
  const cJSON *array = re3_json_get_member (self->object, key);
  const cJSON *item;
  gsize i = 0;

  if (array == NULL)
    return TRUE;
  if (!cJSON_IsArray (array))
    return re3_json_source_refuse_member (self, key, _ ("a list"), error);
  cJSON_ArrayForEach (item, array)
  {
    g_autofree char *place = get_place (self, key);
    g_auto (Re3JsonSource) source = { item, self->file, g_strdup_printf ("%s[%zu]", place, i++) };

    if (!read (target, &source, error))
      return FALSE;
  }
  return TRUE;
}
