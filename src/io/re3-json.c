/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-json.h"

#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Line and column, from 1, of @place in @text. */
static void
locate (const char *text, const char *place, guint *line, glong *column)
{
  const char *line_start = text;

  *line = 1;
  for (const char *p = text; p < place; p++) {
    if (*p == '\n') {
      *line += 1;
      line_start = p + 1;
    }
  }
  *column = g_utf8_strlen (line_start, place - line_start) + 1;
}

/* cJSON stops within a word or a text as well as before it: goes back to where it starts. */
static const char *
find_word_start (const char *text, const char *place)
{
  while (place > text && strchr (" \t\r\n,:[]{}", place[-1]) == NULL)
    place--;

  return place;
}

static void
set_syntax_error (GError **error,
                  const char *name,
                  const char *text,
                  gsize length,
                  const char *place)
{
  g_autofree char *near = NULL;
  guint line;
  glong column;

  locate (text, place, &line, &column);

  if (place >= text + length) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 _ ("%s:%u: the file ends in the middle of its JSON; was it cut off?"), name, line);
    return;
  }

  near = re3_io_quote (place);
  if (g_str_has_prefix (near, "NaN") || g_str_has_prefix (near, "Infinity") ||
      g_str_has_prefix (near, "-Infinity"))
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 _ ("%s:%u: there is a number that is not finite at column %ld, which neither JSON "
                    "nor Re3 takes: “%s”."),
                 name, line, column, near);
  else
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 _ ("%s:%u: this is not valid JSON at column %ld, near “%s”."), name, line, column,
                 near);
}

/* A container on the way down, for naming places without building them in advance. */
typedef struct Step {
  const struct Step *parent;
  const cJSON *item;
  gsize index;
} Step;

static void
append_place (const Step *step, GString *place)
{
  if (step->parent == NULL)
    return;

  append_place (step->parent, place);
  if (cJSON_IsArray (step->parent->item))
    g_string_append_printf (place, "[%zu]", step->index);
  else
    g_string_append_printf (place, "%s%s", place->len > 0 ? "." : "", step->item->string);
}

static gboolean
check_keys (const Step *step, const char *name, GError **error)
{
  g_autoptr (GHashTable) keys = NULL;
  const cJSON *child;
  gsize index = 0;

  if (cJSON_IsObject (step->item))
    keys = g_hash_table_new (g_str_hash, g_str_equal);

  cJSON_ArrayForEach (child, step->item)
  {
    Step next = { step, child, index++ };

    if (keys != NULL && !g_hash_table_add (keys, child->string)) {
      g_autoptr (GString) place = g_string_new (NULL);

      append_place (&next, place);
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                   _ ("%s: %s is there twice; delete one of them."), name, place->str);
      return FALSE;
    }
    if (child->child != NULL && !check_keys (&next, name, error))
      return FALSE;
  }

  return TRUE;
}

cJSON *
re3_json_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (cJSON) document = NULL;
  const char *place = NULL;

  g_return_val_if_fail (text != NULL && text[length] == '\0', NULL);

  if (!g_utf8_validate_len (text, length, &place)) {
    guint line;
    glong column;

    locate (text, place, &line, &column);
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_FORMAT,
                 _ ("%s:%u: the byte at column %ld is not UTF-8, as JSON has to be."), name, line,
                 column);
    return NULL;
  }

  place = strstr (text, "\\u0000");
  if (place != NULL) {
    set_syntax_error (error, name, text, length, place);
    return NULL;
  }

  /* The NUL counts, so that cJSON can see that nothing stands after the document. */
  document = cJSON_ParseWithLengthOpts (text, length + 1, &place, TRUE);
  if (document == NULL) {
    if (place < text + length)
      place = find_word_start (text, place);
    set_syntax_error (error, name, text, length, place);
    return NULL;
  }

  if (!check_keys (&(Step){ NULL, document, 0 }, name, error))
    return NULL;

  return g_steal_pointer (&document);
}

const cJSON *
re3_json_get_member (const cJSON *object, const char *key)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, key);

  return cJSON_IsNull (item) ? NULL : item;
}

gsize
re3_json_get_size (const cJSON *array)
{
  return (gsize) cJSON_GetArraySize (array);
}

const char *
re3_json_describe (const cJSON *item)
{
  if (item == NULL)
    return _ ("missing");
  if (cJSON_IsNumber (item))
    return _ ("a number");
  if (cJSON_IsString (item))
    return _ ("a text");
  if (cJSON_IsArray (item))
    return _ ("an array");
  if (cJSON_IsObject (item))
    return _ ("an object");
  if (cJSON_IsBool (item))
    return _ ("true or false");
  return _ ("null");
}

static void
set_kind_error (GError **error,
                const char *name,
                const char *place,
                const cJSON *item,
                const char *wanted)
{
  if (item == NULL)
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT, _ ("%s: %s is missing; it must be %s."),
                 name, place, wanted);
  else
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT, _ ("%s: %s is %s; it must be %s."),
                 name, place, re3_json_describe (item), wanted);
}

gboolean
re3_json_check_object (const cJSON *item, const char *name, const char *place, GError **error)
{
  if (cJSON_IsObject (item))
    return TRUE;

  set_kind_error (error, name, place, item, _ ("an object"));
  return FALSE;
}

gboolean
re3_json_check_array (const cJSON *item, const char *name, const char *place, GError **error)
{
  if (cJSON_IsArray (item))
    return TRUE;

  set_kind_error (error, name, place, item, _ ("an array"));
  return FALSE;
}

gboolean
re3_json_check_members (const cJSON *object,
                        const char *name,
                        const char *place,
                        const char *const *members,
                        GError **error)
{
  const cJSON *member;

  cJSON_ArrayForEach (member, object)
  {
    g_autofree char *quote = NULL;

    if (g_str_equal (member->string, "type") || g_str_equal (member->string, "name") ||
        g_strv_contains (members, member->string))
      continue;

    quote = re3_io_quote (member->string);
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: %s has a member “%s”, which Re3 does not read."), name, place, quote);
    return FALSE;
  }

  return TRUE;
}

const char *
re3_json_read_string (const cJSON *item, const char *name, const char *place, GError **error)
{
  if (cJSON_IsString (item))
    return item->valuestring;

  set_kind_error (error, name, place, item, _ ("a text"));
  return NULL;
}

gboolean
re3_json_read_number (const cJSON *item,
                      const char *name,
                      const char *place,
                      double *number,
                      GError **error)
{
  if (!cJSON_IsNumber (item)) {
    set_kind_error (error, name, place, item, _ ("a number"));
    return FALSE;
  }
  /* 1e999 is valid JSON, and infinite once it is read. */
  if (!isfinite (item->valuedouble)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: %s is too large for a number in double precision."), name, place);
    return FALSE;
  }

  *number = item->valuedouble;
  return TRUE;
}

gboolean
re3_json_read_numbers (const cJSON *item,
                       const char *name,
                       const char *place,
                       gsize n_numbers,
                       double *numbers,
                       GError **error)
{
  const cJSON *child;
  gsize n_found;
  gsize index = 0;

  if (!re3_json_check_array (item, name, place, error))
    return FALSE;

  n_found = re3_json_get_size (item);
  if (n_found != n_numbers) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT, _ ("%s: %s has %zu numbers, not %zu."),
                 name, place, n_found, n_numbers);
    return FALSE;
  }

  cJSON_ArrayForEach (child, item)
  {
    if (G_LIKELY (cJSON_IsNumber (child) && isfinite (child->valuedouble))) {
      numbers[index] = child->valuedouble;
    } else {
      g_autofree char *child_place = g_strdup_printf ("%s[%zu]", place, index);

      return re3_json_read_number (child, name, child_place, &numbers[index], error);
    }
    index++;
  }

  return TRUE;
}
