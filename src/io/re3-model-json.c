/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-json.h"

#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-json-writer.h"
#include "re3-json.h"
#include "re3-model-json-groups.h"
#include "re3-model-json-layers.h"

#include <glib/gi18n-lib.h>

#define MODEL_FORMAT  "re3-model"
#define MODEL_VERSION 1

gboolean
re3_model_json_check_format (const cJSON *document, const char *name, GError **error)
{
  const cJSON *format;
  const char *format_name;
  double version;

  if (!cJSON_IsObject (document)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: this JSON is %s and not a Re3 model, which is an object that starts with "
                    "\"format\": \"re3-model\"."),
                 name, re3_json_describe (document));
    return FALSE;
  }

  format = re3_json_get_member (document, "format");
  if (format == NULL) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: this JSON is not a Re3 model: it has no \"format\": \"re3-model\"."),
                 name);
    return FALSE;
  }
  format_name = re3_json_read_string (format, name, "format", error);
  if (format_name == NULL)
    return FALSE;
  if (!g_str_equal (format_name, MODEL_FORMAT)) {
    g_autofree char *quote = re3_io_quote (format_name);

    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: format is “%s”; the format of a Re3 model is “re3-model”."), name, quote);
    return FALSE;
  }

  if (!re3_json_read_number (re3_json_get_member (document, "version"), name, "version", &version,
                             error))
    return FALSE;
  if (version != MODEL_VERSION) {
    char number[RE3_JSON_NUMBER_SIZE];

    re3_json_format_number (version, number);
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                 _ ("%s: version is %s; this Re3 reads version 1. Open it with a newer Re3."), name,
                 number);
    return FALSE;
  }

  return TRUE;
}

/* A feature is a text, or an object with a name and perhaps a unit. */
static gboolean
read_feature (const cJSON *item,
              const char *file,
              const char *place,
              const char **feature_name,
              const char **unit,
              GError **error)
{
  g_autofree char *name_place = NULL;
  g_autofree char *unit_place = NULL;
  const cJSON *unit_item;

  *unit = "";

  if (!cJSON_IsObject (item)) {
    *feature_name = re3_json_read_string (item, file, place, error);
    return *feature_name != NULL;
  }

  name_place = g_strconcat (place, ".name", NULL);
  *feature_name =
      re3_json_read_string (re3_json_get_member (item, "name"), file, name_place, error);
  if (*feature_name == NULL)
    return FALSE;

  unit_item = re3_json_get_member (item, "unit");
  if (unit_item != NULL) {
    unit_place = g_strconcat (place, ".unit", NULL);
    *unit = re3_json_read_string (unit_item, file, unit_place, error);
  }

  return *unit != NULL;
}

/* Lists of names and of units, which the document keeps. */
static gboolean
read_features_and_units (const cJSON *array,
                         const char *file,
                         const char *key,
                         GPtrArray *names,
                         GPtrArray *units,
                         GError **error)
{
  const cJSON *item;

  if (!re3_json_check_array (array, file, key, error))
    return FALSE;

  cJSON_ArrayForEach (item, array)
  {
    g_autofree char *place = g_strdup_printf ("%s[%u]", key, names->len);
    const char *feature_name;
    const char *unit;

    if (!read_feature (item, file, place, &feature_name, &unit, error))
      return FALSE;
    g_ptr_array_add (names, (gpointer) feature_name);
    g_ptr_array_add (units, (gpointer) unit);
  }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (units, NULL);

  return TRUE;
}

/* The "column" of each feature that has one. */
static gboolean
read_columns (const cJSON *array, const char *file, Re3ModelBuilder *builder, GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  const cJSON *item;

  cJSON_ArrayForEach (item, array)
  {
    const cJSON *column = cJSON_IsObject (item) ? re3_json_get_member (item, "column") : NULL;
    g_autofree char *place = g_strdup_printf ("features[%u].column", columns->len);
    const char *text = column != NULL ? re3_json_read_string (column, file, place, error) : "";

    if (text == NULL)
      return FALSE;
    g_ptr_array_add (columns, (gpointer) text);
  }
  g_ptr_array_add (columns, NULL);

  if (!re3_model_builder_set_columns (builder, (const char *const *) columns->pdata, error)) {
    g_prefix_error (error, "%s: ", file);
    return FALSE;
  }

  return TRUE;
}

static gboolean
read_features (const cJSON *array, const char *file, Re3ModelBuilder *builder, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) units = g_ptr_array_new ();

  if (!read_features_and_units (array, file, "features", names, units, error))
    return FALSE;

  if (!re3_model_builder_set_features (builder, (const char *const *) names->pdata,
                                       (const char *const *) units->pdata, error)) {
    g_prefix_error (error, "%s: ", file);
    return FALSE;
  }

  return read_columns (array, file, builder, error);
}

static gboolean
read_classes (const cJSON *array, const char *file, Re3ModelBuilder *builder, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const cJSON *item;

  if (!re3_json_check_array (array, file, "classes", error))
    return FALSE;

  cJSON_ArrayForEach (item, array)
  {
    g_autofree char *place = g_strdup_printf ("classes[%u]", names->len);
    const char *class_name = re3_json_read_string (item, file, place, error);

    if (class_name == NULL)
      return FALSE;
    g_ptr_array_add (names, (gpointer) class_name);
  }
  g_ptr_array_add (names, NULL);

  if (!re3_model_builder_set_classes (builder, (const char *const *) names->pdata, error)) {
    g_prefix_error (error, "%s: ", file);
    return FALSE;
  }

  return TRUE;
}

/* "output", of a network with one, or "outputs"; or neither. */
static gboolean
read_outputs (const cJSON *document, const char *file, Re3ModelBuilder *builder, GError **error)
{
  const cJSON *one = re3_json_get_member (document, "output");
  const cJSON *several = re3_json_get_member (document, "outputs");
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) units = g_ptr_array_new ();
  gboolean is_set;

  if (one != NULL && several != NULL) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: the model has both \"output\" and \"outputs\"; leave one of them out."),
                 file);
    return FALSE;
  }

  if (several != NULL) {
    if (!read_features_and_units (several, file, "outputs", names, units, error))
      return FALSE;
  } else if (one != NULL) {
    const char *output_name;
    const char *unit;

    if (!read_feature (one, file, "output", &output_name, &unit, error))
      return FALSE;
    g_ptr_array_add (names, (gpointer) output_name);
    g_ptr_array_add (names, NULL);
    g_ptr_array_add (units, (gpointer) unit);
    g_ptr_array_add (units, NULL);
  }

  is_set = names->len == 0
               ? re3_model_builder_set_outputs (builder, NULL, NULL, error)
               : re3_model_builder_set_outputs (builder, (const char *const *) names->pdata,
                                                (const char *const *) units->pdata, error);
  if (!is_set)
    g_prefix_error (error, "%s: ", file);

  return is_set;
}

/* Whether the last layer makes probabilities, as classifiers do. */
static gboolean
ends_in_probabilities (const cJSON *document)
{
  const cJSON *layers = re3_json_get_member (document, "layers");
  const cJSON *layer;
  const cJSON *type = NULL;

  cJSON_ArrayForEach (layer, layers) type = re3_json_get_member (layer, "type");

  return cJSON_IsString (type) &&
         (g_str_equal (type->valuestring, "softmax") || g_str_equal (type->valuestring, "sigmoid"));
}

/* What a document says that the model is for. One that says nothing has as many classes as outputs,
 * and with a single output is for regression. */
typedef enum {
  TASK_UNSAID,
  TASK_CLASSIFICATION,
  TASK_REGRESSION,
} Task;

static gboolean
read_task (const cJSON *document, const char *file, Task *result, GError **error)
{
  const cJSON *task = re3_json_get_member (document, "task");
  gboolean has_outputs = re3_json_get_member (document, "output") != NULL ||
                         re3_json_get_member (document, "outputs") != NULL;
  const char *text;
  g_autofree char *quote = NULL;

  *result = has_outputs ? TASK_REGRESSION : TASK_UNSAID;
  if (task != NULL) {
    text = re3_json_read_string (task, file, "task", error);
    if (text == NULL)
      return FALSE;
    if (!g_str_equal (text, "regression") && !g_str_equal (text, "classification")) {
      quote = re3_io_quote (text);
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                   _ ("%s: task is “%s”; it is “classification” or “regression”."), file, quote);
      return FALSE;
    }
    if (has_outputs && g_str_equal (text, "classification")) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                   _ ("%s: task is “classification”, but the model names outputs; name \"classes\" "
                      "instead."),
                   file);
      return FALSE;
    }
    *result = g_str_equal (text, "regression") ? TASK_REGRESSION : TASK_CLASSIFICATION;
  }

  if (*result == TASK_REGRESSION && ends_in_probabilities (document)) {
    g_set_error (
        error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
        _ ("%s: the model is for regression, but its last layer makes probabilities; leave "
           "out the softmax or sigmoid."),
        file);
    return FALSE;
  }

  return TRUE;
}

static gboolean
read_scaler (const cJSON *object,
             const char *file,
             gsize n_inputs,
             Re3ModelBuilder *builder,
             GError **error)
{
  static const char *const members[] = { "mean", "scale", NULL };
  g_autofree double *mean = g_new (double, n_inputs);
  g_autofree double *scale = g_new (double, n_inputs);

  if (!re3_json_check_object (object, file, "scaler", error) ||
      !re3_json_check_members (object, file, "scaler", members, error) ||
      !re3_json_read_numbers (re3_json_get_member (object, "mean"), file, "scaler.mean", n_inputs,
                              mean, error) ||
      !re3_json_read_numbers (re3_json_get_member (object, "scale"), file, "scaler.scale", n_inputs,
                              scale, error))
    return FALSE;

  if (!re3_model_builder_set_scaler (builder, mean, scale, error)) {
    g_prefix_error (error, "%s: ", file);
    return FALSE;
  }

  return TRUE;
}

static gboolean
read_test (const cJSON *object,
           const char *file,
           const char *place,
           const Re3Network *network,
           Re3ModelBuilder *builder,
           GError **error)
{
  gsize n_inputs = re3_network_get_n_inputs (network);
  gsize n_outputs = re3_network_get_n_outputs (network);
  g_autofree double *input = g_new (double, n_inputs);
  g_autofree double *logits = g_new (double, n_outputs);
  g_autofree char *input_place = g_strconcat (place, ".input", NULL);
  g_autofree char *logits_place = g_strconcat (place, ".logits", NULL);
  g_autofree char *tolerance_place = g_strconcat (place, ".tolerance", NULL);
  double tolerance;

  if (!re3_json_check_object (object, file, place, error) ||
      !re3_json_read_numbers (re3_json_get_member (object, "input"), file, input_place, n_inputs,
                              input, error) ||
      !re3_json_read_numbers (re3_json_get_member (object, "logits"), file, logits_place, n_outputs,
                              logits, error) ||
      !re3_json_read_number (re3_json_get_member (object, "tolerance"), file, tolerance_place,
                             &tolerance, error))
    return FALSE;

  if (tolerance < 0) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT, _ ("%s: %s is below 0."), file,
                 tolerance_place);
    return FALSE;
  }

  re3_model_builder_add_test (builder, input, logits, tolerance);

  return TRUE;
}

static gboolean
read_tests (const cJSON *array,
            const char *file,
            const Re3Network *network,
            Re3ModelBuilder *builder,
            GError **error)
{
  const cJSON *item;
  gsize index = 0;

  if (!re3_json_check_array (array, file, "tests", error))
    return FALSE;

  cJSON_ArrayForEach (item, array)
  {
    g_autofree char *place = g_strdup_printf ("tests[%zu]", index++);

    if (!read_test (item, file, place, network, builder, error))
      return FALSE;
  }

  return TRUE;
}

gboolean
re3_model_json_describe (const cJSON *document,
                         const char *file,
                         const Re3Network *network,
                         Re3ModelBuilder *builder,
                         GError **error)
{
  const cJSON *model_name = re3_json_get_member (document, "name");
  const cJSON *features = re3_json_get_member (document, "features");
  const cJSON *groups = re3_json_get_member (document, "groups");
  const cJSON *classes = re3_json_get_member (document, "classes");
  const cJSON *scaler = re3_json_get_member (document, "scaler");
  const cJSON *tests = re3_json_get_member (document, "tests");
  Task task;

  if (!read_task (document, file, &task, error))
    return FALSE;
  if (task == TASK_CLASSIFICATION && !re3_model_builder_set_classifier (builder, error)) {
    g_prefix_error (error, "%s: ", file);
    return FALSE;
  }
  if (model_name != NULL) {
    const char *text = re3_json_read_string (model_name, file, "name", error);

    if (text == NULL)
      return FALSE;
    re3_model_builder_set_name (builder, text);
  }

  return (features == NULL || read_features (features, file, builder, error)) &&
         (groups == NULL || re3_model_json_read_groups (groups, file, builder, error)) &&
         (task != TASK_REGRESSION || read_outputs (document, file, builder, error)) &&
         (classes == NULL || read_classes (classes, file, builder, error)) &&
         (scaler == NULL ||
          read_scaler (scaler, file, re3_network_get_n_inputs (network), builder, error)) &&
         (tests == NULL || read_tests (tests, file, network, builder, error));
}

Re3Model *
re3_model_json_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (cJSON) document = NULL;
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3ModelBuilder) builder = NULL;

  g_return_val_if_fail (text != NULL && text[length] == '\0', NULL);
  g_return_val_if_fail (name != NULL, NULL);

  document = re3_json_parse (text, length, name, error);
  if (document == NULL || !re3_model_json_check_format (document, name, error))
    return NULL;

  if (re3_json_get_member (document, "layers") == NULL) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: this document has no \"layers\": it describes a model that is in another "
                    "file. Open that file."),
                 name);
    return NULL;
  }

  network = re3_model_json_read_layers (re3_json_get_member (document, "layers"), name, error);
  if (network == NULL)
    return NULL;

  builder = re3_model_builder_new (network);

  return re3_model_json_describe (document, name, network, builder, error)
             ? re3_model_builder_finish (builder)
             : NULL;
}

Re3Model *
re3_model_json_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  stream = re3_io_file_open (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  name = re3_io_file_get_name (file);
  bytes = g_byte_array_new ();
  if (!re3_io_stream_load (stream, bytes, RE3_MODEL_JSON_MAX_SIZE, name, cancellable, error))
    return NULL;

  return re3_model_json_parse ((const char *) bytes->data, bytes->len, name, error);
}
