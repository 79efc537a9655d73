/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-json-writer.h"
#include "re3-result-json.h"

static void
write_choice (Re3JsonWriter *writer,
              const Re3FeatureGroup *group,
              const double *from,
              const double *to)
{
  const char *before = re3_feature_group_get_choice_name (group, from);

  re3_json_writer_add_string (writer, "group", group->name);
  if (before != NULL)
    re3_json_writer_add_string (writer, "from", before);
  else
    re3_json_writer_add_null (writer, "from");
  re3_json_writer_add_string (writer, "to", re3_feature_group_get_choice_name (group, to));
}

static void
write_changes (Re3JsonWriter *writer,
               const Re3Counterfactual *self,
               const Re3Model *model,
               const double *values)
{
  g_autoptr (GArray) changes = re3_counterfactual_list_changes (self, re3_model_get_groups (model));

  re3_json_writer_begin_array (writer, "changed", RE3_JSON_BLOCK);
  for (guint i = 0; i < changes->len; i++) {
    const Re3CounterfactualChange *change = &g_array_index (changes, Re3CounterfactualChange, i);
    gsize feature = change->feature;

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    if (change->group != NULL) {
      write_choice (writer, change->group, values, self->values);
    } else {
      re3_json_writer_add_string (writer, "feature", re3_model_get_feature_name (model, feature));
      re3_json_writer_add_number (writer, "from", values[feature]);
      re3_json_writer_add_number (writer, "to", self->values[feature]);
    }
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

char *
re3_counterfactual_to_json (const Re3Counterfactual *counterfactual,
                            const Re3Model *model,
                            const double *values)
{
  g_autoptr (Re3JsonWriter) writer = NULL;

  g_return_val_if_fail (counterfactual != NULL && model != NULL && values != NULL, NULL);

  writer = re3_json_writer_new ();
  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  re3_json_writer_add_boolean (writer, "found", counterfactual->found);
  if (counterfactual->found) {
    re3_json_writer_add_string (writer, "class",
                                re3_model_get_class_name (model, counterfactual->class_index));
    re3_json_writer_add_numbers (writer, "values", counterfactual->values,
                                 re3_model_get_n_features (model));
  } else {
    re3_json_writer_add_null (writer, "class");
    re3_json_writer_add_null (writer, "values");
  }
  re3_json_writer_add_number (writer, "distance", counterfactual->distance);
  re3_json_writer_add_number (writer, "lower_bound", counterfactual->lower_bound);
  re3_json_writer_add_boolean (writer, "proven", counterfactual->proven);
  write_changes (writer, counterfactual, model, values);
  if (re3_model_get_groups (model)->len > 0)
    re3_json_writer_add_boolean (writer, "groups_kept", counterfactual->groups_kept);
  re3_json_writer_add_count (writer, "regions_opened", counterfactual->regions_opened);
  re3_json_writer_end_object (writer);

  return re3_json_writer_finish (writer);
}
