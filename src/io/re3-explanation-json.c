/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-json-writer.h"
#include "re3-result-json.h"

/* What is asked and what is answered: classes, or numbers. */
static void
write_answer (Re3JsonWriter *writer, const Re3Explanation *explanation, int label, double target)
{
  const Re3Model *model = explanation->model;
  gsize n_classes = re3_model_get_n_classes (model);
  const double *logits = explanation->forward->logits;

  if (re3_model_is_regression (model)) {
    re3_json_writer_add_number (writer, "label", target);
    re3_json_writer_add_number (writer, "prediction", logits[explanation->prediction]);
    re3_json_writer_add_numbers (writer, "logits", logits, n_classes);
    re3_json_writer_add_null (writer, "probabilities");
    return;
  }

  re3_json_writer_add_string (writer, "label",
                              label >= 0 ? re3_model_get_class_name (model, (gsize) label) : NULL);
  re3_json_writer_add_string (writer, "prediction",
                              re3_model_get_class_name (model, explanation->prediction));
  re3_json_writer_add_numbers (writer, "logits", logits, n_classes);
  re3_json_writer_add_numbers (writer, "probabilities", explanation->probabilities, n_classes);
}

static void
write_input (Re3JsonWriter *writer,
             const Re3Explanation *explanation,
             gsize row,
             int label,
             double target,
             const GArray *filled)
{
  const Re3Model *model = explanation->model;
  const Re3Network *network = re3_model_get_network (model);
  gsize n_features = re3_model_get_n_features (model);
  g_autofree char *pattern = re3_pattern_to_string (explanation->region->pattern, network);

  re3_json_writer_add_count (writer, "row", row);
  write_answer (writer, explanation, label, target);
  re3_json_writer_add_string (writer, "pattern", pattern);
  re3_json_writer_add_numbers (writer, "input", explanation->input, n_features);
  re3_json_writer_add_numbers (writer, "values", explanation->values, n_features);
  re3_json_writer_begin_array (writer, "filled", RE3_JSON_LINE);
  for (guint i = 0; filled != NULL && i < filled->len; i++)
    re3_json_writer_add_string (
        writer, NULL, re3_model_get_feature_name (model, g_array_index (filled, gsize, i)));
  re3_json_writer_end_array (writer);
}

static void
write_affine_map (Re3JsonWriter *writer, const Re3Explanation *explanation)
{
  const Re3Region *region = explanation->region;

  re3_json_writer_begin_array (writer, "A", RE3_JSON_BLOCK);
  for (gsize c = 0; c < region->A->rows; c++)
    re3_json_writer_add_numbers (writer, NULL, re3_matrix_row (region->A, c), region->A->columns);
  re3_json_writer_end_array (writer);
  re3_json_writer_add_numbers (writer, "D", region->D, region->A->rows);
  re3_json_writer_add_number (writer, "residual", explanation->residual);
}

/* What the model answers where path contributions start unless people choose otherwise: 0 in the
 * network's own units. */
static Re3Explanation *
explain_origin (Re3Model *model)
{
  gsize n_features = re3_model_get_n_features (model);
  g_autofree double *values = g_new (double, n_features);

  for (gsize j = 0; j < n_features; j++)
    values[j] = re3_model_unscale (model, j, 0);
  return re3_explanation_new (model, values, NULL);
}

static void
write_path (Re3JsonWriter *writer,
            const Re3Explanation *explanation,
            gsize class_index,
            const Re3Explanation *baseline)
{
  gsize n_features = re3_model_get_n_features (explanation->model);
  g_autofree double *path = re3_explanation_contributions_from (explanation, baseline, class_index,
                                                                RE3_CONTRIBUTION_PATH);
  g_autofree double *path_logit = NULL;
  gboolean is_regression = re3_model_is_regression (explanation->model);

  re3_json_writer_add_numbers (writer, "path", path, n_features);
  if (is_regression) {
    re3_json_writer_add_null (writer, "path_logit");
  } else {
    path_logit = re3_explanation_contributions_from (explanation, baseline, class_index,
                                                     RE3_CONTRIBUTION_LOGIT);
    re3_json_writer_add_numbers (writer, "path_logit", path_logit, n_features);
  }
  re3_json_writer_begin_object (writer, "path_baseline", RE3_JSON_BLOCK);
  re3_json_writer_add_numbers (writer, "values", baseline->values, n_features);
  if (is_regression) {
    re3_json_writer_add_number (writer, "output", baseline->forward->logits[class_index]);
  } else {
    re3_json_writer_add_number (writer, "logit", baseline->forward->logits[class_index]);
    re3_json_writer_add_number (writer, "probability", baseline->probabilities[class_index]);
  }
  re3_json_writer_end_object (writer);
}

static void
write_contributions (Re3JsonWriter *writer,
                     const Re3Explanation *explanation,
                     gsize class_index,
                     const Re3Baseline *baseline)
{
  gsize n_features = re3_model_get_n_features (explanation->model);
  g_autofree double *logit = re3_explanation_logit_contributions (explanation, class_index);
  g_autofree double *probability =
      re3_explanation_probability_contributions (explanation, class_index);
  g_autoptr (Re3Explanation) start = baseline != NULL ? re3_explanation_ref (baseline->explanation)
                                                      : explain_origin (explanation->model);

  re3_json_writer_begin_object (writer, "contributions", RE3_JSON_BLOCK);
  re3_json_writer_add_string (writer, "class",
                              re3_model_get_class_name (explanation->model, class_index));
  re3_json_writer_add_numbers (writer, "logit", logit, n_features);
  re3_json_writer_add_number (writer, "base", explanation->region->D[class_index]);
  if (re3_model_is_regression (explanation->model))
    re3_json_writer_add_null (writer, "probability");
  else
    re3_json_writer_add_numbers (writer, "probability", probability, n_features);
  write_path (writer, explanation, class_index, start);
  re3_json_writer_end_object (writer);
}

static void
write_neurons (Re3JsonWriter *writer, const Re3Explanation *explanation, gsize class_index)
{
  const Re3Network *network = re3_model_get_network (explanation->model);
  g_autofree double *contributions =
      re3_explanation_neuron_contributions (explanation, class_index);

  re3_json_writer_begin_array (writer, "neurons", RE3_JSON_BLOCK);
  for (gsize layer = 0; layer < re3_network_get_n_hidden_layers (network); layer++)
    re3_json_writer_add_numbers (writer, NULL,
                                 contributions + re3_network_get_first_neuron (network, layer),
                                 re3_network_get_hidden_width (network, layer));
  re3_json_writer_end_array (writer);
}

static void
write_boundary (Re3JsonWriter *writer, const Re3Explanation *explanation)
{
  const Re3Network *network = re3_model_get_network (explanation->model);
  const Re3Boundary *boundary = &explanation->boundary;

  re3_json_writer_begin_object (writer, "boundary", RE3_JSON_BLOCK);
  re3_json_writer_add_number (writer, "l2", boundary->l2);
  re3_json_writer_add_number (writer, "l1", boundary->l1);
  re3_json_writer_add_number (writer, "linf", boundary->linf);
  re3_json_writer_add_number (writer, "paper", boundary->paper);
  if (boundary->neuron == RE3_NO_NEURON) {
    re3_json_writer_add_null (writer, "layer");
    re3_json_writer_add_null (writer, "index");
  } else {
    gsize layer;
    gsize index;

    re3_network_locate_neuron (network, boundary->neuron, &layer, &index);
    re3_json_writer_add_count (writer, "layer", layer);
    re3_json_writer_add_count (writer, "index", index);
  }
  re3_json_writer_end_object (writer);

  re3_json_writer_begin_array (writer, "undecided", RE3_JSON_BLOCK);
  for (gsize neuron = 0; neuron < re3_network_get_n_neurons (network); neuron++) {
    gsize layer;
    gsize index;

    if (!re3_boundary_is_undecided (network, explanation->region,
                                    explanation->forward->pre_activations, neuron))
      continue;
    re3_network_locate_neuron (network, neuron, &layer, &index);
    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_count (writer, "layer", layer);
    re3_json_writer_add_count (writer, "index", index);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

static void
write_intervals (Re3JsonWriter *writer, const Re3Explanation *explanation)
{
  const Re3Model *model = explanation->model;

  re3_json_writer_begin_array (writer, "intervals", RE3_JSON_BLOCK);
  for (gsize j = 0; j < re3_model_get_n_features (model); j++) {
    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "feature", re3_model_get_feature_name (model, j));
    re3_json_writer_add_number (writer, "low", explanation->low[j]);
    re3_json_writer_add_number (writer, "high", explanation->high[j]);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

char *
re3_explanation_to_json (const Re3Explanation *explanation,
                         gsize class_index,
                         const Re3Baseline *baseline,
                         gsize row,
                         int label,
                         double target,
                         const GArray *filled)
{
  g_autoptr (Re3JsonWriter) writer = NULL;

  g_return_val_if_fail (explanation != NULL, NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (explanation->model), NULL);
  g_return_val_if_fail (baseline == NULL || baseline->explanation->model == explanation->model,
                        NULL);

  writer = re3_json_writer_new ();
  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  write_input (writer, explanation, row, label, target, filled);
  write_affine_map (writer, explanation);
  write_contributions (writer, explanation, class_index, baseline);
  write_neurons (writer, explanation, class_index);
  write_boundary (writer, explanation);
  write_intervals (writer, explanation);
  re3_json_writer_end_object (writer);

  return re3_json_writer_finish (writer);
}
