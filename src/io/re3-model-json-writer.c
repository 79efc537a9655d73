/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-io-file.h"
#include "re3-json-writer.h"
#include "re3-model-json-activations.h"
#include "re3-model-json-groups.h"
#include "re3-model-json.h"

#include <string.h>

static void
write_features (Re3JsonWriter *writer, const Re3Model *model)
{
  re3_json_writer_begin_array (writer, "features", RE3_JSON_BLOCK);
  for (gsize i = 0; i < re3_model_get_n_features (model); i++) {
    const char *unit = re3_model_get_feature_unit (model, i);
    const char *column = re3_model_get_feature_column (model, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "name", re3_model_get_feature_name (model, i));
    if (unit != NULL)
      re3_json_writer_add_string (writer, "unit", unit);
    if (column != NULL)
      re3_json_writer_add_string (writer, "column", column);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

static void
write_classes (Re3JsonWriter *writer, const Re3Model *model)
{
  re3_json_writer_begin_array (writer, "classes", RE3_JSON_LINE);
  for (gsize i = 0; i < re3_model_get_n_classes (model); i++)
    re3_json_writer_add_string (writer, NULL, re3_model_get_class_name (model, i));
  re3_json_writer_end_array (writer);
}

static void
write_outputs (Re3JsonWriter *writer, const Re3Model *model)
{
  re3_json_writer_begin_array (writer, "outputs", RE3_JSON_BLOCK);
  for (gsize i = 0; i < re3_model_get_n_classes (model); i++) {
    const char *unit = re3_model_get_output_unit (model, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "name", re3_model_get_class_name (model, i));
    if (unit != NULL)
      re3_json_writer_add_string (writer, "unit", unit);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

static void
write_scaler (Re3JsonWriter *writer, const Re3Model *model)
{
  gsize n_features = re3_model_get_n_features (model);
  g_autofree double *mean = g_new (double, n_features);
  g_autofree double *scale = g_new (double, n_features);

  for (gsize i = 0; i < n_features; i++) {
    mean[i] = re3_model_get_scaler_mean (model, i);
    scale[i] = re3_model_get_scaler_scale (model, i);
  }

  re3_json_writer_begin_object (writer, "scaler", RE3_JSON_BLOCK);
  re3_json_writer_add_numbers (writer, "mean", mean, n_features);
  re3_json_writer_add_numbers (writer, "scale", scale, n_features);
  re3_json_writer_end_object (writer);
}

static void
write_affine (Re3JsonWriter *writer, const Re3Affine *affine)
{
  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  re3_json_writer_add_string (writer, "type", "linear");
  re3_json_writer_begin_array (writer, "weight", RE3_JSON_BLOCK);
  for (gsize i = 0; i < affine->n_outputs; i++)
    re3_json_writer_add_numbers (writer, NULL, affine->weight + i * affine->n_inputs,
                                 affine->n_inputs);
  re3_json_writer_end_array (writer);
  re3_json_writer_add_numbers (writer, "bias", affine->bias, affine->n_outputs);
  re3_json_writer_end_object (writer);
}

static void
write_layers (Re3JsonWriter *writer, const Re3Network *network)
{
  re3_json_writer_begin_array (writer, "layers", RE3_JSON_BLOCK);
  for (gsize i = 0; i < re3_network_get_n_operations (network); i++) {
    const Re3Operation *operation = re3_network_get_operation (network, i);

    switch (operation->kind) {
    case RE3_OPERATION_AFFINE:
      write_affine (writer, operation->affine);
      break;
    case RE3_OPERATION_ACTIVATION:
      re3_model_json_write_activation (writer, operation);
      break;
    default:
      g_assert_not_reached ();
    }
  }
  re3_json_writer_end_array (writer);
}

static void
write_tests (Re3JsonWriter *writer, const Re3Model *model)
{
  re3_json_writer_begin_array (writer, "tests", RE3_JSON_BLOCK);
  for (gsize i = 0; i < re3_model_get_n_tests (model); i++) {
    const Re3ModelTest *test = re3_model_get_test (model, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
    re3_json_writer_add_numbers (writer, "input", test->input, re3_model_get_n_features (model));
    re3_json_writer_add_numbers (writer, "logits", test->logits, re3_model_get_n_classes (model));
    re3_json_writer_add_number (writer, "tolerance", test->tolerance);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

/* @is_whole: with the network and the scaler, or only what describes them */
static char *
write_document (const Re3Model *model, gboolean is_whole)
{
  g_autoptr (Re3JsonWriter) writer = re3_json_writer_new ();

  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  re3_json_writer_add_string (writer, "format", "re3-model");
  re3_json_writer_add_count (writer, "version", 1);
  if (re3_model_get_name (model) != NULL)
    re3_json_writer_add_string (writer, "name", re3_model_get_name (model));
  if (re3_model_has_feature_names (model))
    write_features (writer, model);
  if (re3_model_get_groups (model)->len > 0)
    re3_model_json_write_groups (model, writer);
  if (re3_model_is_regression (model))
    re3_json_writer_add_string (writer, "task", "regression");
  if (re3_model_is_regression (model) && re3_model_has_class_names (model))
    write_outputs (writer, model);
  else if (re3_model_has_class_names (model))
    write_classes (writer, model);
  if (is_whole && re3_model_has_scaler (model))
    write_scaler (writer, model);
  if (is_whole)
    write_layers (writer, re3_model_get_network (model));
  if (re3_model_get_n_tests (model) > 0)
    write_tests (writer, model);
  re3_json_writer_end_object (writer);

  return re3_json_writer_finish (writer);
}

char *
re3_model_json_write_description (const Re3Model *model)
{
  g_return_val_if_fail (model != NULL, NULL);

  return write_document (model, FALSE);
}

gboolean
re3_model_json_write (Re3Model *model, GFile *file, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (model != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  text = write_document (model, TRUE);

  return re3_io_file_replace (file, text, strlen (text), error);
}
