/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session-json-groups.h"

#include "re3-feature-group.h"
#include "re3-io-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

void
re3_session_json_write_groups (const GPtrArray *groups, Re3JsonWriter *writer)
{
  re3_json_writer_begin_array (writer, "groups", RE3_JSON_BLOCK);
  for (guint i = 0; i < groups->len; i++) {
    const Re3FeatureGroup *group = g_ptr_array_index (groups, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "name", group->name);
    re3_json_writer_begin_array (writer, "features", RE3_JSON_LINE);
    for (gsize j = 0; j < group->n_features; j++)
      re3_json_writer_add_count (writer, NULL, group->features[j]);
    re3_json_writer_end_array (writer);
    re3_json_writer_begin_array (writer, "choices", RE3_JSON_LINE);
    for (gsize j = 0; j < group->n_features; j++)
      re3_json_writer_add_string (writer, NULL, group->choices[j]);
    re3_json_writer_end_array (writer);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

static gboolean
read_feature (const cJSON *item,
              const char *file,
              const char *place,
              gsize *feature,
              GError **error)
{
  double number;

  if (!re3_json_read_number (item, file, place, &number, error))
    return FALSE;
  if (number >= 0 && number <= G_MAXUINT32 && number == floor (number)) {
    *feature = (gsize) number;
    return TRUE;
  }

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
               _ ("%s: %s is not the number of a feature, from 0."), file, place);
  return FALSE;
}

/* What is read of a group: as many choices as features. */
static gboolean
read_members (const cJSON *object,
              const char *file,
              const char *place,
              GArray *features,
              GPtrArray *choices,
              GError **error)
{
  const cJSON *feature_array = re3_json_get_member (object, "features");
  const cJSON *choice_array = re3_json_get_member (object, "choices");
  g_autofree char *features_place = g_strconcat (place, ".features", NULL);
  g_autofree char *choices_place = g_strconcat (place, ".choices", NULL);
  const cJSON *choice;
  const cJSON *item;

  if (!re3_json_check_array (feature_array, file, features_place, error) ||
      !re3_json_check_array (choice_array, file, choices_place, error))
    return FALSE;
  if (re3_json_get_size (feature_array) < 2 ||
      re3_json_get_size (feature_array) != re3_json_get_size (choice_array)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: %s has not two features or more, and as many choices; this session was "
                    "not written by Re3, or was changed."),
                 file, place);
    return FALSE;
  }

  choice = choice_array->child;
  cJSON_ArrayForEach (item, feature_array)
  {
    g_autofree char *feature_place = g_strdup_printf ("%s[%u]", features_place, features->len);
    g_autofree char *choice_place = g_strdup_printf ("%s[%u]", choices_place, features->len);
    const char *name = re3_json_read_string (choice, file, choice_place, error);
    gsize feature;

    if (name == NULL || !read_feature (item, file, feature_place, &feature, error))
      return FALSE;
    g_array_append_val (features, feature);
    g_ptr_array_add (choices, (gpointer) name);
    choice = choice->next;
  }
  return TRUE;
}

static gboolean
read_group (const cJSON *object,
            const char *file,
            const char *place,
            GPtrArray *groups,
            GError **error)
{
  g_autoptr (GArray) features = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GPtrArray) choices = g_ptr_array_new ();
  g_autofree char *name_place = g_strconcat (place, ".name", NULL);
  const char *name;

  if (!re3_json_check_object (object, file, place, error))
    return FALSE;
  name = re3_json_read_string (re3_json_get_member (object, "name"), file, name_place, error);
  if (name == NULL || !read_members (object, file, place, features, choices, error))
    return FALSE;

  g_ptr_array_add (groups,
                   re3_feature_group_new (name, (const gsize *) (gpointer) features->data,
                                          (const char *const *) choices->pdata, features->len));
  return TRUE;
}

gboolean
re3_session_json_read_groups (const cJSON *document,
                              const char *file,
                              GPtrArray *groups,
                              GError **error)
{
  const cJSON *array = re3_json_get_member (document, "groups");
  const cJSON *item;
  gsize index = 0;

  /* Older sessions have none. */
  if (array == NULL)
    return TRUE;
  if (!re3_json_check_array (array, file, "groups", error))
    return FALSE;

  cJSON_ArrayForEach (item, array)
  {
    g_autofree char *place = g_strdup_printf ("groups[%zu]", index++);

    if (!read_group (item, file, place, groups, error))
      return FALSE;
  }
  return TRUE;
}
