/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-json-writer.h"
#include "re3-result-json.h"

static void
write_piece (Re3JsonWriter *writer, const Re3ResponsePiece *piece, const Re3Model *model)
{
  gsize n_classes = re3_model_get_n_classes (model);
  g_autofree char *pattern = re3_pattern_to_string (piece->pattern, re3_model_get_network (model));

  re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
  re3_json_writer_add_number (writer, "from", piece->from);
  re3_json_writer_add_number (writer, "to", piece->to);
  re3_json_writer_add_string (writer, "pattern", pattern);
  re3_json_writer_add_numbers (writer, "slope", piece->slope, n_classes);
  re3_json_writer_add_numbers (writer, "intercept", piece->intercept, n_classes);
  re3_json_writer_end_object (writer);
}

static void
write_stretch (Re3JsonWriter *writer, const Re3ResponseStretch *stretch, const Re3Model *model)
{
  re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
  re3_json_writer_add_number (writer, "from", stretch->from);
  re3_json_writer_add_number (writer, "to", stretch->to);
  re3_json_writer_add_string (writer, "class",
                              re3_model_get_class_name (model, stretch->class_index));
  re3_json_writer_end_object (writer);
}

char *
re3_response_to_json (const Re3Response *response, const Re3Model *model)
{
  g_autoptr (Re3JsonWriter) writer = NULL;
  const char *unit;

  g_return_val_if_fail (response != NULL && model != NULL, NULL);

  writer = re3_json_writer_new ();
  unit = re3_model_get_feature_unit (model, response->feature);
  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  re3_json_writer_add_string (writer, "feature",
                              re3_model_get_feature_name (model, response->feature));
  if (unit != NULL)
    re3_json_writer_add_string (writer, "unit", unit);
  else
    re3_json_writer_add_null (writer, "unit");
  re3_json_writer_begin_array (writer, "pieces", RE3_JSON_BLOCK);
  for (gsize i = 0; i < response->n_pieces; i++)
    write_piece (writer, &response->pieces[i], model);
  re3_json_writer_end_array (writer);
  if (re3_model_is_regression (model)) {
    re3_json_writer_add_null (writer, "predictions");
  } else {
    re3_json_writer_begin_array (writer, "predictions", RE3_JSON_BLOCK);
    for (gsize i = 0; i < response->n_stretches; i++)
      write_stretch (writer, &response->stretches[i], model);
    re3_json_writer_end_array (writer);
  }
  re3_json_writer_end_object (writer);

  return re3_json_writer_finish (writer);
}
