/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-json-writer.h"
#include "re3-result-json.h"

static void
write_features (Re3JsonWriter *writer, const Re3Model *model)
{
  re3_json_writer_begin_array (writer, "features", RE3_JSON_BLOCK);
  for (gsize j = 0; j < re3_model_get_n_features (model); j++) {
    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "name", re3_model_get_feature_name (model, j));
    re3_json_writer_add_string (writer, "unit", re3_model_get_feature_unit (model, j));
    re3_json_writer_add_number (writer, "mean", re3_model_get_scaler_mean (model, j));
    re3_json_writer_add_number (writer, "scale", re3_model_get_scaler_scale (model, j));
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

static void
write_model (Re3JsonWriter *writer, const Re3Model *model)
{
  const Re3Network *network = re3_model_get_network (model);
  g_autofree char *shape = re3_network_describe_shape (network);
  double worst = 0;
  gboolean reproduced = re3_model_reproduces_tests (model, &worst);

  re3_json_writer_add_string (writer, "name", re3_model_get_name (model));
  re3_json_writer_add_string (writer, "shape", shape);
  re3_json_writer_begin_array (writer, "hidden", RE3_JSON_LINE);
  for (gsize layer = 0; layer < re3_network_get_n_hidden_layers (network); layer++)
    re3_json_writer_add_count (writer, NULL, re3_network_get_hidden_width (network, layer));
  re3_json_writer_end_array (writer);
  re3_json_writer_add_count (writer, "neurons", re3_network_get_n_neurons (network));
  re3_json_writer_add_count (writer, "parameters", re3_network_get_n_parameters (network));
  write_features (writer, model);
  re3_json_writer_add_string (writer, "task",
                              re3_model_is_regression (model) ? "regression" : "classification");
  re3_json_writer_begin_array (writer, "classes", RE3_JSON_LINE);
  for (gsize c = 0; c < re3_model_get_n_classes (model); c++)
    re3_json_writer_add_string (writer, NULL, re3_model_get_class_name (model, c));
  re3_json_writer_end_array (writer);
  re3_json_writer_add_boolean (writer, "scaler", re3_model_has_scaler (model));

  re3_json_writer_begin_object (writer, "tests", RE3_JSON_LINE);
  re3_json_writer_add_count (writer, "count", re3_model_get_n_tests (model));
  re3_json_writer_add_boolean (writer, "reproduced", reproduced);
  re3_json_writer_add_number (writer, "worst", worst);
  re3_json_writer_end_object (writer);
  re3_json_writer_begin_array (writer, "notes", RE3_JSON_LINE);
  for (gsize i = 0; i < re3_model_get_n_notes (model); i++)
    re3_json_writer_add_string (writer, NULL, re3_model_get_note (model, i));
  re3_json_writer_end_array (writer);
}

static void
write_strings (Re3JsonWriter *writer, const char *key, const char *const *strings)
{
  re3_json_writer_begin_array (writer, key, RE3_JSON_LINE);
  for (gsize i = 0; strings[i] != NULL; i++)
    re3_json_writer_add_string (writer, NULL, strings[i]);
  re3_json_writer_end_array (writer);
}

static void
write_skipped (Re3JsonWriter *writer, const Re3DataReport *report)
{
  re3_json_writer_add_count (writer, "skipped", report->n_skipped);
  re3_json_writer_begin_array (writer, "skipped_rows", RE3_JSON_BLOCK);
  for (guint i = 0; i < report->skipped->len; i++) {
    const Re3SkippedRow *row = g_ptr_array_index (report->skipped, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "file", row->file);
    re3_json_writer_add_count (writer, "line", row->line);
    re3_json_writer_add_string (writer, "column", row->column);
    re3_json_writer_add_string (writer, "reason", row->reason);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

/* Null where it is RE3_CSV_GUESS_DELIMITER. */
static void
add_delimiter (Re3JsonWriter *writer, const char *key, char delimiter)
{
  re3_json_writer_add_string (writer, key,
                              delimiter != RE3_CSV_GUESS_DELIMITER ? (char[]){ delimiter, '\0' }
                                                                   : (const char *) NULL);
}

static void
write_form (Re3JsonWriter *writer, const Re3DataReport *report)
{
  re3_json_writer_add_string (writer, "array", report->array);
  if (report->array != NULL) {
    re3_json_writer_add_null (writer, "delimiter");
    re3_json_writer_add_null (writer, "rival_delimiter");
    re3_json_writer_add_null (writer, "header");
    re3_json_writer_add_boolean (writer, "header_in_doubt", FALSE);
  } else {
    add_delimiter (writer, "delimiter", report->format->delimiter);
    add_delimiter (writer, "rival_delimiter", report->format->rival);
    re3_json_writer_add_boolean (writer, "header", report->format->has_header);
    re3_json_writer_add_boolean (writer, "header_in_doubt", report->format->header_in_doubt);
  }
  re3_json_writer_add_boolean (writer, "utf8", report->format->is_utf8);
}

static void
write_choices (Re3JsonWriter *writer, const Re3DataReport *report)
{
  re3_json_writer_begin_array (writer, "choice_columns", RE3_JSON_BLOCK);
  for (guint i = 0; i < report->choice_columns->len; i++) {
    const Re3ChoiceColumn *choice = g_ptr_array_index (report->choice_columns, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "column", choice->column);
    re3_json_writer_add_string (writer, "group", choice->group);
    write_strings (writer, "choices", (const char *const *) choice->choices);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

static void
write_filled (Re3JsonWriter *writer, const Re3DataReport *report)
{
  re3_json_writer_add_count (writer, "filled", report->n_filled);
  re3_json_writer_add_count (writer, "filled_rows", report->n_filled_rows);
  re3_json_writer_begin_array (writer, "filled_columns", RE3_JSON_BLOCK);
  for (guint i = 0; i < report->filled->len; i++) {
    const Re3FilledColumn *filled = g_ptr_array_index (report->filled, i);

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "column", filled->column);
    re3_json_writer_add_count (writer, "count", filled->n_cells);
    re3_json_writer_add_number (writer, "mean", filled->mean);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

/* What is told of each file by itself. */
static void
write_file (Re3JsonWriter *writer, const Re3DataReport *report)
{
  re3_json_writer_add_string (writer, "file", report->file);
  write_form (writer, report);
  re3_json_writer_add_boolean (writer, "matched_by_name", report->matched_by_name);
  write_strings (writer, "feature_columns", (const char *const *) report->feature_columns);
  re3_json_writer_add_string (writer, "label", report->label_column);
  re3_json_writer_add_boolean (writer, "label_guessed", report->label_guessed);
  re3_json_writer_add_string (writer, "label_doubt", report->label_doubt);
  write_strings (writer, "left_out", (const char *const *) report->left_out);
  write_choices (writer, report);
}

static void
write_data (Re3JsonWriter *writer, const Re3Dataset *dataset, const Re3DataReport *report)
{
  gsize n_rows = re3_dataset_get_n_rows (dataset);
  gsize n_test = re3_dataset_get_n_test (dataset);

  re3_json_writer_begin_object (writer, "data", RE3_JSON_BLOCK);
  re3_json_writer_add_count (writer, "rows", n_rows);
  re3_json_writer_add_count (writer, "train", n_rows - n_test);
  re3_json_writer_add_count (writer, "test", n_test);
  if (report != NULL) {
    write_file (writer, report);
    if (report->test != NULL) {
      re3_json_writer_begin_object (writer, "test_file", RE3_JSON_BLOCK);
      write_file (writer, report->test);
      re3_json_writer_end_object (writer);
    }
    re3_json_writer_add_string (writer, "label_mapping", report->label_mapping);
    write_skipped (writer, report);
    re3_json_writer_add_count (writer, "missing", report->n_missing);
    write_filled (writer, report);
  }
  re3_json_writer_end_object (writer);
}

char *
re3_info_to_json (const Re3Model *model, const Re3Dataset *dataset, const Re3DataReport *report)
{
  g_autoptr (Re3JsonWriter) writer = NULL;

  g_return_val_if_fail (model != NULL, NULL);

  writer = re3_json_writer_new ();
  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  write_model (writer, model);
  if (dataset != NULL)
    write_data (writer, dataset, report);
  re3_json_writer_end_object (writer);

  return re3_json_writer_finish (writer);
}
