/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-json-writer.h"
#include "re3-result-json.h"

/* What is written, and where to. The samples of @set are those that it is about. */
typedef struct {
  Re3JsonWriter *writer;
  const Re3Analysis *analysis;
  const Re3Model *model;
  const Re3Dataset *dataset;
  const Re3ResultOptions *options;
  Re3SampleSet set;
} Document;

static void
write_data (const Document *self)
{
  const Re3DataReport *report = self->options->report;
  gsize n_rows = re3_dataset_get_n_rows (self->dataset);
  gsize n_test = re3_dataset_get_n_test (self->dataset);

  re3_json_writer_begin_object (self->writer, "data", RE3_JSON_BLOCK);
  re3_json_writer_add_count (self->writer, "rows", n_rows);
  re3_json_writer_add_count (self->writer, "train", n_rows - n_test);
  re3_json_writer_add_count (self->writer, "test", n_test);
  re3_json_writer_add_count (self->writer, "skipped", report != NULL ? report->n_skipped : 0);
  re3_json_writer_add_string (self->writer, "scaler",
                              re3_result_options_get_scaler (self->options, self->model));
  re3_json_writer_end_object (self->writer);
}

static void
write_errors (const Document *self)
{
  static const struct {
    const char *key;
    Re3SampleSet set;
  } sets[] = { { "train", RE3_SAMPLES_TRAIN }, { "test", RE3_SAMPLES_TEST } };

  re3_json_writer_begin_object (self->writer, "errors", RE3_JSON_BLOCK);
  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++) {
    const Re3Errors *errors = re3_analysis_get_errors (self->analysis, sets[i].set);

    re3_json_writer_begin_object (self->writer, sets[i].key, RE3_JSON_LINE);
    re3_json_writer_add_count (self->writer, "n", errors->n_samples);
    re3_json_writer_add_number (self->writer, "mean", errors->mean);
    re3_json_writer_add_number (self->writer, "mae", errors->mean_absolute);
    re3_json_writer_add_number (self->writer, "rmse", errors->root_mean_square);
    re3_json_writer_add_number (self->writer, "r2", errors->r2);
    re3_json_writer_end_object (self->writer);
  }
  re3_json_writer_end_object (self->writer);
}

static void
write_accuracy (const Document *self)
{
  if (re3_model_is_regression (self->model)) {
    re3_json_writer_add_null (self->writer, "accuracy");
    write_errors (self);
    return;
  }

  re3_json_writer_begin_object (self->writer, "accuracy", RE3_JSON_BLOCK);
  re3_json_writer_add_number (self->writer, "train",
                              re3_analysis_get_train_accuracy (self->analysis));
  re3_json_writer_add_number (self->writer, "test",
                              re3_analysis_get_test_accuracy (self->analysis));
  re3_json_writer_end_object (self->writer);
}

static void
write_region_counts (const Document *self)
{
  Re3RegionCounts counts;

  re3_region_table_count (re3_analysis_get_region_table (self->analysis), &counts);

  re3_json_writer_begin_object (self->writer, "regions", RE3_JSON_BLOCK);
  re3_json_writer_add_count (self->writer, "all", counts.all);
  re3_json_writer_add_count (self->writer, "train", counts.train);
  re3_json_writer_add_count (self->writer, "test", counts.test);
  re3_json_writer_add_count (self->writer, "similar", counts.similar);
  re3_json_writer_add_count (self->writer, "dissimilar", counts.dissimilar);
  re3_json_writer_add_number (self->writer, "top1", counts.top1);
  re3_json_writer_add_number (self->writer, "topC", counts.top_c);
  re3_json_writer_end_object (self->writer);
}

static void
write_curve (const Document *self, Re3Metric metric)
{
  g_autoptr (Re3ValidityCurve) curve =
      re3_analysis_get_validity_curve (self->analysis, metric, self->set);
  gsize n_steps;
  g_autofree double *steps = re3_validity_curve_get_steps (curve, &n_steps);

  re3_json_writer_begin_array (self->writer, "curve", RE3_JSON_BLOCK);
  for (gsize i = 0; i < n_steps; i++) {
    re3_json_writer_begin_object (self->writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_number (self->writer, "step", steps[i]);
    re3_json_writer_add_number (self->writer, "valid",
                                re3_validity_curve_get_share (curve, steps[i]));
    re3_json_writer_end_object (self->writer);
  }
  re3_json_writer_end_array (self->writer);
}

static void
write_boundary (const Document *self, const char *key, Re3Metric metric)
{
  Re3Validity validity;

  re3_analysis_get_boundary_summary (self->analysis, metric, self->set, &validity);

  re3_json_writer_begin_object (self->writer, key, RE3_JSON_BLOCK);
  re3_json_writer_add_string (self->writer, "metric", re3_metric_get_name (metric));
  re3_json_writer_add_number (self->writer, "min", validity.min);
  re3_json_writer_add_number (self->writer, "q1", validity.q1);
  re3_json_writer_add_number (self->writer, "median", validity.median);
  re3_json_writer_add_number (self->writer, "q3", validity.q3);
  re3_json_writer_add_number (self->writer, "max", validity.max);
  re3_json_writer_add_number (self->writer, "eps90", validity.eps90);
  re3_json_writer_add_number (self->writer, "eps75", validity.eps75);
  re3_json_writer_add_number (self->writer, "eps50", validity.eps50);
  write_curve (self, metric);
  re3_json_writer_end_object (self->writer);
}

static void
write_profiles (const Document *self, gsize region)
{
  gsize n_features = re3_model_get_n_features (self->model);

  re3_json_writer_add_numbers (self->writer, "profile",
                               re3_analysis_get_profile (self->analysis, region), n_features);
  if (re3_model_is_regression (self->model))
    return;

  re3_json_writer_begin_object (self->writer, "class_profiles", RE3_JSON_BLOCK);
  for (gsize c = 0; c < re3_model_get_n_classes (self->model); c++) {
    const double *profile = re3_analysis_get_class_profile (self->analysis, region, c);

    if (profile != NULL)
      re3_json_writer_add_numbers (self->writer, re3_model_get_class_name (self->model, c), profile,
                                   n_features);
  }
  re3_json_writer_end_object (self->writer);
}

static void
write_counts (const Document *self, const Re3RegionRow *region)
{
  re3_json_writer_begin_object (self->writer, "counts", RE3_JSON_LINE);
  for (gsize c = 0; c < re3_model_get_n_classes (self->model); c++)
    re3_json_writer_add_count (self->writer, re3_model_get_class_name (self->model, c),
                               region->counts[c]);
  re3_json_writer_end_object (self->writer);
}

static void
write_region (const Document *self, gsize index)
{
  const Re3RegionRow *region =
      re3_region_table_get_region (re3_analysis_get_region_table (self->analysis), index);
  g_autofree char *pattern =
      re3_pattern_to_string (region->pattern, re3_model_get_network (self->model));

  re3_json_writer_begin_object (self->writer, NULL, RE3_JSON_BLOCK);
  re3_json_writer_add_string (self->writer, "pattern", pattern);
  re3_json_writer_add_count (self->writer, "train", region->n_train);
  re3_json_writer_add_count (self->writer, "test", region->n_test);

  if (!re3_model_is_regression (self->model))
    write_counts (self, region);

  re3_json_writer_add_number (self->writer, "purity", region->purity);
  if (region->majority == RE3_NO_LABEL) {
    re3_json_writer_add_null (self->writer, "majority");
    re3_json_writer_add_null (self->writer, "confusion");
  } else {
    re3_json_writer_add_string (self->writer, "majority",
                                re3_model_get_class_name (self->model, (gsize) region->majority));
    re3_json_writer_add_boolean (self->writer, "confusion",
                                 re3_region_row_is_confused (region,
                                                             self->options->purity_threshold));
  }

  write_profiles (self, index);
  re3_json_writer_end_object (self->writer);
}

static void
write_region_table (const Document *self)
{
  const Re3RegionTable *table = re3_analysis_get_region_table (self->analysis);

  re3_json_writer_begin_array (self->writer, "region_table", RE3_JSON_BLOCK);
  for (gsize i = 0; i < re3_region_table_get_n_regions (table); i++)
    write_region (self, i);
  re3_json_writer_end_array (self->writer);
}

static void
write_importance (const Document *self)
{
  const Re3Importance *importance = re3_analysis_get_importance (self->analysis, self->set);
  gboolean has_probabilities = !re3_model_is_regression (self->model);
  gsize n = importance->n_features;

  re3_json_writer_begin_object (self->writer, "importance", RE3_JSON_BLOCK);
  re3_json_writer_add_numbers (self->writer, "logit", importance->logit_absolute, n);
  if (has_probabilities)
    re3_json_writer_add_numbers (self->writer, "probability", importance->probability_absolute, n);
  else
    re3_json_writer_add_null (self->writer, "probability");
  re3_json_writer_add_numbers (self->writer, "logit_signed", importance->logit_signed, n);
  if (has_probabilities)
    re3_json_writer_add_numbers (self->writer, "probability_signed", importance->probability_signed,
                                 n);
  else
    re3_json_writer_add_null (self->writer, "probability_signed");
  re3_json_writer_begin_array (self->writer, "ranks", RE3_JSON_BLOCK);
  for (gsize feature = 0; feature < n; feature++) {
    re3_json_writer_begin_array (self->writer, NULL, RE3_JSON_LINE);
    for (gsize rank = 0; rank < importance->n_ranks; rank++)
      re3_json_writer_add_count (self->writer, NULL,
                                 importance->ranks[feature * importance->n_ranks + rank]);
    re3_json_writer_end_array (self->writer);
  }
  re3_json_writer_end_array (self->writer);
  re3_json_writer_end_object (self->writer);
}

static void
write_neuron_numbers (const Document *self, int class_index, gsize neuron)
{
  static const char *const keys[RE3_N_TOPS] = { "top1", "top2", "top3" };
  Re3NeuronStatistics statistics;

  re3_analysis_get_neuron (self->analysis, self->set, class_index, neuron, &statistics);

  re3_json_writer_add_number (self->writer, "active", statistics.active);
  re3_json_writer_add_number (self->writer, "mean_abs_contribution",
                              statistics.mean_absolute_contribution);
  for (gsize i = 0; i < RE3_N_TOPS; i++)
    re3_json_writer_add_number (self->writer, keys[i], statistics.top[i]);
  if (statistics.n_samples > 0) {
    re3_json_writer_add_boolean (self->writer, "always_active", statistics.is_always_active);
    re3_json_writer_add_boolean (self->writer, "never_active", statistics.is_never_active);
  } else {
    re3_json_writer_add_null (self->writer, "always_active");
    re3_json_writer_add_null (self->writer, "never_active");
  }
}

static void
write_neuron (const Document *self, gsize neuron)
{
  gsize layer;
  gsize index;

  re3_network_locate_neuron (re3_model_get_network (self->model), neuron, &layer, &index);

  re3_json_writer_begin_object (self->writer, NULL, RE3_JSON_BLOCK);
  re3_json_writer_add_count (self->writer, "layer", layer);
  re3_json_writer_add_count (self->writer, "index", index);
  write_neuron_numbers (self, RE3_ALL_CLASSES, neuron);
  if (re3_dataset_has_labels (self->dataset)) {
    re3_json_writer_begin_object (self->writer, "classes", RE3_JSON_BLOCK);
    for (gsize c = 0; c < re3_model_get_n_classes (self->model); c++) {
      re3_json_writer_begin_object (self->writer, re3_model_get_class_name (self->model, c),
                                    RE3_JSON_LINE);
      write_neuron_numbers (self, (int) c, neuron);
      re3_json_writer_end_object (self->writer);
    }
    re3_json_writer_end_object (self->writer);
  }
  re3_json_writer_end_object (self->writer);
}

static void
write_neurons (const Document *self)
{
  gsize n_neurons = re3_network_get_n_neurons (re3_model_get_network (self->model));

  re3_json_writer_begin_array (self->writer, "neurons", RE3_JSON_BLOCK);
  for (gsize neuron = 0; neuron < n_neurons; neuron++)
    write_neuron (self, neuron);
  re3_json_writer_end_array (self->writer);
}

static void
write_report (const Document *self, const Re3Quality *quality)
{
  re3_json_writer_begin_array (self->writer, "report", RE3_JSON_BLOCK);
  for (gsize c = 0; c < quality->n_classes; c++) {
    re3_json_writer_begin_object (self->writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (self->writer, "class", re3_model_get_class_name (self->model, c));
    re3_json_writer_add_number (self->writer, "precision", re3_quality_get_precision (quality, c));
    re3_json_writer_add_number (self->writer, "recall", re3_quality_get_recall (quality, c));
    re3_json_writer_add_number (self->writer, "f1", re3_quality_get_f1 (quality, c));
    re3_json_writer_add_count (self->writer, "support", re3_quality_get_support (quality, c));
    re3_json_writer_end_object (self->writer);
  }
  re3_json_writer_end_array (self->writer);
}

static void
write_confusion (const Document *self, const Re3Quality *quality)
{
  gsize n = quality->n_classes;

  re3_json_writer_begin_array (self->writer, "confusion", RE3_JSON_BLOCK);
  for (gsize actual = 0; actual < n; actual++) {
    re3_json_writer_begin_array (self->writer, NULL, RE3_JSON_LINE);
    for (gsize predicted = 0; predicted < n; predicted++)
      re3_json_writer_add_count (self->writer, NULL, quality->confusion[actual * n + predicted]);
    re3_json_writer_end_array (self->writer);
  }
  re3_json_writer_end_array (self->writer);
}

static void
write_quality (const Document *self)
{
  const Re3Quality *quality = re3_analysis_get_quality (self->analysis, self->set);

  if (re3_dataset_has_labels (self->dataset)) {
    write_report (self, quality);
    write_confusion (self, quality);
  } else {
    re3_json_writer_add_null (self->writer, "report");
    re3_json_writer_add_null (self->writer, "confusion");
  }
}

char *
re3_analysis_to_json (const Re3Analysis *analysis, const Re3ResultOptions *options)
{
  g_autoptr (Re3JsonWriter) writer = NULL;
  Document document;

  g_return_val_if_fail (analysis != NULL && re3_analysis_is_complete (analysis), NULL);
  g_return_val_if_fail (options == NULL || options->metric < RE3_N_METRICS, NULL);

  writer = re3_json_writer_new ();
  document = (Document){
    .writer = writer,
    .analysis = analysis,
    .model = re3_analysis_get_model (analysis),
    .dataset = re3_analysis_get_dataset (analysis),
    .options = options != NULL ? options : &RE3_RESULT_OPTIONS_DEFAULT,
    .set = re3_analysis_get_default_set (analysis),
  };

  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  write_data (&document);
  write_accuracy (&document);
  write_region_counts (&document);
  write_boundary (&document, "boundary", document.options->metric);
  write_boundary (&document, "boundary_paper", RE3_METRIC_PAPER);
  write_region_table (&document);
  write_importance (&document);
  write_neurons (&document);
  write_quality (&document);
  re3_json_writer_add_number (writer, "residual_max", re3_analysis_get_residual_max (analysis));
  re3_json_writer_add_count (writer, "undecided",
                             re3_analysis_count_undecided (analysis, document.set));
  re3_json_writer_end_object (writer);

  return re3_json_writer_finish (writer);
}
