/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-sidecar.h"

#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-json-writer.h"
#include "re3-json.h"
#include "re3-model-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a sidecar holds is at most so deep; the rest of it is copied as it is. */
#define MAX_DEPTH 12

/* --- Names ---------------------------------------------------------------------------------- */

static const char *
get_text (const char *text)
{
  return text != NULL ? text : "";
}

Re3ModelNames *
re3_model_names_new (const Re3Model *model)
{
  g_return_val_if_fail (model != NULL, NULL);

  Re3ModelNames *self = g_new0 (Re3ModelNames, 1);
  gsize n_features = re3_model_get_n_features (model);
  gsize n_classes = re3_model_get_n_classes (model);
  gboolean is_regression = re3_model_is_regression (model);

  self->features = g_new0 (char *, n_features + 1);
  self->feature_units = g_new0 (char *, n_features + 1);
  self->feature_columns = g_new0 (char *, n_features + 1);
  for (gsize i = 0; i < n_features; i++) {
    self->features[i] = g_strdup (re3_model_get_feature_name (model, i));
    self->feature_units[i] = g_strdup (get_text (re3_model_get_feature_unit (model, i)));
    self->feature_columns[i] = g_strdup (get_text (re3_model_get_feature_column (model, i)));
  }
  self->classes = g_new0 (char *, n_classes + 1);
  self->class_units = g_new0 (char *, n_classes + 1);
  for (gsize i = 0; i < n_classes; i++) {
    self->classes[i] = g_strdup (re3_model_get_class_name (model, i));
    self->class_units[i] =
        g_strdup (get_text (is_regression ? re3_model_get_output_unit (model, i) : NULL));
  }
  return self;
}

void
re3_model_names_free (Re3ModelNames *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->features);
  g_strfreev (self->feature_units);
  g_strfreev (self->feature_columns);
  g_strfreev (self->classes);
  g_strfreev (self->class_units);
  g_free (self);
}

gboolean
re3_model_names_check (const Re3ModelNames *self, const Re3Model *model, GError **error)
{
  g_return_val_if_fail (self != NULL && model != NULL, FALSE);

  g_autoptr (Re3ModelBuilder) builder = re3_model_builder_new (re3_model_get_network (model));
  const char *const *classes = (const char *const *) self->classes;

  return re3_model_builder_set_features (builder, (const char *const *) self->features,
                                         (const char *const *) self->feature_units, error) &&
         re3_model_builder_set_columns (builder, (const char *const *) self->feature_columns,
                                        error) &&
         (re3_model_is_regression (model)
              ? re3_model_builder_set_outputs (builder, classes,
                                               (const char *const *) self->class_units, error)
              : re3_model_builder_set_classes (builder, classes, error));
}

/* --- Reading -------------------------------------------------------------------------------- */

GFile *
re3_model_sidecar_get_file (GFile *model_file)
{
  g_return_val_if_fail (G_IS_FILE (model_file), NULL);

  g_autoptr (GFile) folder = g_file_get_parent (model_file);
  g_autofree char *base = g_file_get_basename (model_file);
  g_autofree char *stem = NULL;
  g_autofree char *name = NULL;
  char *end;

  if (folder == NULL || base == NULL)
    return NULL;

  stem = re3_io_get_unpacked_name (base);
  end = strrchr (stem, '.');
  if (end != NULL && end != stem)
    *end = '\0';
  name = g_strconcat (stem, ".re3.json", NULL);

  return g_file_get_child (folder, name);
}

/* What stands in the place of a sidecar: @document is (nullable), and so is @bytes, its text. */
static gboolean
load_document (GFile *file,
               GByteArray **bytes,
               cJSON **document,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *name = re3_io_file_get_name (file);
  g_autoptr (GByteArray) loaded = g_byte_array_new ();
  g_autoptr (GInputStream) stream = NULL;

  *bytes = NULL;
  *document = NULL;
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) != G_FILE_TYPE_REGULAR)
    return TRUE;

  stream = re3_io_file_open (file, cancellable, error);
  if (stream == NULL ||
      !re3_io_stream_load (stream, loaded, RE3_SIDECAR_MAX_SIZE, name, cancellable, error))
    return FALSE;
  *document = re3_json_parse ((const char *) loaded->data, loaded->len, name, error);
  if (*document == NULL)
    return FALSE;

  *bytes = g_steal_pointer (&loaded);
  return TRUE;
}

gboolean
re3_model_sidecar_load (GFile *model_file,
                        char **text,
                        char **name,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GFile) file = re3_model_sidecar_get_file (model_file);
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (cJSON) document = NULL;

  *text = NULL;
  *name = NULL;
  if (file == NULL)
    return TRUE;
  if (!load_document (file, &bytes, &document, cancellable, error))
    return FALSE;
  if (document == NULL || re3_json_get_member (document, "layers") != NULL)
    return TRUE;

  *text = g_strndup ((const char *) bytes->data, bytes->len);
  *name = re3_io_file_get_name (file);

  return TRUE;
}

/* --- Writing -------------------------------------------------------------------------------- */

static gboolean
is_deeper (const cJSON *item, gsize depth)
{
  const cJSON *child;

  if (depth == 0)
    return TRUE;
  cJSON_ArrayForEach (child, item) if (is_deeper (child, depth - 1)) return TRUE;

  return FALSE;
}

/* Arrays of numbers and texts are on one line, as a person would write them. */
static Re3JsonLayout
choose_layout (const cJSON *array)
{
  const cJSON *child;

  cJSON_ArrayForEach (child, array) if (child->child != NULL) return RE3_JSON_BLOCK;

  return RE3_JSON_LINE;
}

/* @key: (nullable): in an array */
static void
copy_item (Re3JsonWriter *writer, const char *key, const cJSON *item)
{
  const cJSON *child;

  if (cJSON_IsObject (item)) {
    re3_json_writer_begin_object (writer, key, RE3_JSON_BLOCK);
    cJSON_ArrayForEach (child, item) copy_item (writer, child->string, child);
    re3_json_writer_end_object (writer);
  } else if (cJSON_IsArray (item)) {
    re3_json_writer_begin_array (writer, key, choose_layout (item));
    cJSON_ArrayForEach (child, item) copy_item (writer, NULL, child);
    re3_json_writer_end_array (writer);
  } else if (cJSON_IsString (item)) {
    re3_json_writer_add_string (writer, key, item->valuestring);
  } else if (cJSON_IsNumber (item)) {
    re3_json_writer_add_number (writer, key, item->valuedouble);
  } else if (cJSON_IsBool (item)) {
    re3_json_writer_add_boolean (writer, key, cJSON_IsTrue (item));
  } else {
    re3_json_writer_add_null (writer, key);
  }
}

/* All members of @object, which is (nullable), but those called as one of @written. */
static void
copy_others (Re3JsonWriter *writer, const cJSON *object, const char *const *written)
{
  const cJSON *child;

  cJSON_ArrayForEach (child, object) if (!g_strv_contains (written, child->string))
      copy_item (writer, child->string, child);
}

/* @columns: (nullable): of features
 * @before: (nullable): the array that is replaced, whose items may say more */
static void
write_named (Re3JsonWriter *writer,
             const char *key,
             GStrv names,
             GStrv units,
             GStrv columns,
             const cJSON *before)
{
  const char *const written[] = { "name", "unit", columns != NULL ? "column" : NULL, NULL };
  const cJSON *item = before != NULL ? before->child : NULL;

  re3_json_writer_begin_array (writer, key, RE3_JSON_BLOCK);
  for (gsize i = 0; names[i] != NULL; i++) {
    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "name", names[i]);
    if (*units[i] != '\0')
      re3_json_writer_add_string (writer, "unit", units[i]);
    if (columns != NULL && *columns[i] != '\0')
      re3_json_writer_add_string (writer, "column", columns[i]);
    if (cJSON_IsObject (item))
      copy_others (writer, item, written);
    item = item != NULL ? item->next : NULL;
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

static void
write_classes (Re3JsonWriter *writer, GStrv names)
{
  re3_json_writer_begin_array (writer, "classes", RE3_JSON_LINE);
  for (gsize i = 0; names[i] != NULL; i++)
    re3_json_writer_add_string (writer, NULL, names[i]);
  re3_json_writer_end_array (writer);
}

/* The groups of the document, which name their features as @model does. */
static void
write_groups (Re3JsonWriter *writer,
              const cJSON *groups,
              const Re3Model *model,
              const Re3ModelNames *names)
{
  static const char *const written[] = { "features", NULL };
  g_autoptr (GHashTable) renamed = g_hash_table_new (g_str_hash, g_str_equal);
  const cJSON *group;
  const cJSON *member;

  for (gsize i = 0; names->features[i] != NULL; i++)
    g_hash_table_insert (renamed, (gpointer) re3_model_get_feature_name (model, i),
                         names->features[i]);

  re3_json_writer_begin_array (writer, "groups", RE3_JSON_BLOCK);
  cJSON_ArrayForEach (group, groups)
  {
    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    copy_others (writer, group, written);
    re3_json_writer_begin_array (writer, "features", RE3_JSON_LINE);
    cJSON_ArrayForEach (member, re3_json_get_member (group, "features"))
    {
      const char *old = get_text (cJSON_GetStringValue (member));
      const char *new = g_hash_table_lookup (renamed, old);

      re3_json_writer_add_string (writer, NULL, new != NULL ? new : old);
    }
    re3_json_writer_end_array (writer);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

static gboolean
strv_equal (GStrv a, GStrv b)
{
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

/* @before: (nullable): the document that is replaced. (transfer full) */
static char *
write_document (const cJSON *before, const Re3Model *model, const Re3ModelNames *names)
{
  static const char *const written[] = { "format", "version", "name",    "features", "groups",
                                         "output", "outputs", "classes", NULL };
  g_autoptr (Re3JsonWriter) writer = re3_json_writer_new ();
  g_autoptr (Re3ModelNames) own = re3_model_names_new (model);
  const cJSON *name = re3_json_get_member (before, "name");
  const cJSON *groups = re3_json_get_member (before, "groups");

  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  re3_json_writer_add_string (writer, "format", "re3-model");
  re3_json_writer_add_count (writer, "version", 1);
  if (name != NULL)
    copy_item (writer, "name", name);
  if (re3_model_has_feature_names (model) || !strv_equal (names->features, own->features) ||
      !strv_equal (names->feature_units, own->feature_units))
    write_named (writer, "features", names->features, names->feature_units, names->feature_columns,
                 re3_json_get_member (before, "features"));
  if (groups != NULL)
    write_groups (writer, groups, model, names);
  if (re3_model_has_class_names (model) || !strv_equal (names->classes, own->classes) ||
      !strv_equal (names->class_units, own->class_units)) {
    if (re3_model_is_regression (model))
      write_named (writer, "outputs", names->classes, names->class_units, NULL,
                   re3_json_get_member (before, "outputs"));
    else
      write_classes (writer, names->classes);
  }
  copy_others (writer, before, written);
  re3_json_writer_end_object (writer);

  return re3_json_writer_finish (writer);
}

gboolean
re3_model_sidecar_write (GFile *model_file,
                         const Re3Model *model,
                         const Re3ModelNames *names,
                         GError **error)
{
  g_return_val_if_fail (G_IS_FILE (model_file), FALSE);
  g_return_val_if_fail (model != NULL && names != NULL, FALSE);

  g_autoptr (GFile) file = re3_model_sidecar_get_file (model_file);
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (cJSON) before = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (file != NULL, FALSE);

  if (!re3_model_names_check (names, model, error) ||
      !load_document (file, &bytes, &before, NULL, error))
    return FALSE;

  path = g_file_get_parse_name (file);
  if (before != NULL && !re3_model_json_check_format (before, path, error))
    return FALSE;
  if (before != NULL && re3_json_get_member (before, "layers") != NULL) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: a model of its own is in the file where the names would be kept; rename "
                    "one of the two models."),
                 path);
    return FALSE;
  }
  if (before != NULL && is_deeper (before, MAX_DEPTH)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: this document is nested too deeply for Re3 to write it again; name "
                    "features and classes in it with a text editor."),
                 path);
    return FALSE;
  }

  text = write_document (before, model, names);
  return re3_io_file_replace (file, text, strlen (text), error);
}
