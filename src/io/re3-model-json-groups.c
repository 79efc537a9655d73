/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-json-groups.h"

static gboolean
read_group (const cJSON *object,
            const char *file,
            const char *place,
            Re3ModelBuilder *builder,
            GError **error)
{
  static const char *const members[] = { "features", NULL };
  g_autofree char *name_place = g_strconcat (place, ".name", NULL);
  g_autofree char *features_place = g_strconcat (place, ".features", NULL);
  g_autoptr (GPtrArray) features = g_ptr_array_new ();
  const char *name;
  const cJSON *array;
  const cJSON *item;

  if (!re3_json_check_object (object, file, place, error) ||
      !re3_json_check_members (object, file, place, members, error))
    return FALSE;

  name = re3_json_read_string (re3_json_get_member (object, "name"), file, name_place, error);
  array = re3_json_get_member (object, "features");
  if (name == NULL || !re3_json_check_array (array, file, features_place, error))
    return FALSE;

  cJSON_ArrayForEach (item, array)
  {
    g_autofree char *item_place = g_strdup_printf ("%s[%u]", features_place, features->len);
    const char *feature = re3_json_read_string (item, file, item_place, error);

    if (feature == NULL)
      return FALSE;
    g_ptr_array_add (features, (gpointer) feature);
  }
  g_ptr_array_add (features, NULL);

  if (!re3_model_builder_add_group (builder, name, (const char *const *) features->pdata, error)) {
    g_prefix_error (error, "%s: ", file);
    return FALSE;
  }

  return TRUE;
}

gboolean
re3_model_json_read_groups (const cJSON *array,
                            const char *file,
                            Re3ModelBuilder *builder,
                            GError **error)
{
  const cJSON *item;
  gsize index = 0;

  if (!re3_json_check_array (array, file, "groups", error))
    return FALSE;

  cJSON_ArrayForEach (item, array)
  {
    g_autofree char *place = g_strdup_printf ("groups[%zu]", index++);

    if (!read_group (item, file, place, builder, error))
      return FALSE;
  }

  return TRUE;
}

void
re3_model_json_write_groups (const Re3Model *model, Re3JsonWriter *writer)
{
  const GPtrArray *groups = re3_model_get_groups (model);

  re3_json_writer_begin_array (writer, "groups", RE3_JSON_BLOCK);
  for (guint i = 0; i < groups->len; i++) {
    const Re3FeatureGroup *group = g_ptr_array_index (groups, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "name", group->name);
    re3_json_writer_begin_array (writer, "features", RE3_JSON_LINE);
    for (gsize j = 0; j < group->n_features; j++)
      re3_json_writer_add_string (writer, NULL,
                                  re3_model_get_feature_name (model, group->features[j]));
    re3_json_writer_end_array (writer);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}
