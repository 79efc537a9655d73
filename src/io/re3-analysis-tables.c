/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-analysis-tables.h"

#include <math.h>

/* Headings are for programs too, and so in no language but one. */
#define SAMPLES       "samples"
#define SHARE         "share"
#define LOGIT         "logit"
#define OUTPUT        "output"
#define PROBABILITY   "probability"
#define NETWORK_UNITS "network units"

/* Rows of a long table from one look at whether to stop to the next. */
#define ROWS_PER_LOOK 256

/* Called before each row of a long table. */
static gboolean
goes_on (const Re3TableContext *self)
{
  Re3TableProgress *progress = self->progress;

  if (!progress->is_stopped && progress->done++ % ROWS_PER_LOOK == 0)
    progress->is_stopped = !re3_monitor_report (
        progress->monitor, MIN (progress->done, progress->total), progress->total);

  return !progress->is_stopped;
}

/* A regression network has none. */
static gsize
count_classes (const Re3TableContext *self)
{
  return re3_model_is_regression (self->model) ? 0 : re3_model_get_n_classes (self->model);
}

/* Of contributions. */
static const char *
get_unit (const Re3TableContext *self)
{
  return re3_model_is_regression (self->model) ? OUTPUT : LOGIT;
}

static void
add_headings (const Re3TableContext *self, const char *const *headings)
{
  for (gsize i = 0; headings[i] != NULL; i++)
    re3_csv_writer_add_text (self->writer, headings[i]);
}

static void
add_region_name (const Re3TableContext *self, gsize region)
{
  g_autofree char *name = re3_name_region (region);

  re3_csv_writer_add_text (self->writer, name);
}

/* An empty cell for RE3_NO_NEURON. */
static void
add_neuron_name (const Re3TableContext *self, gsize neuron)
{
  g_autofree char *name = neuron != RE3_NO_NEURON
                              ? re3_name_neuron (re3_model_get_network (self->model), neuron)
                              : NULL;

  re3_csv_writer_add_text (self->writer, name);
}

/* An empty cell for RE3_NO_LABEL. */
static void
add_class_name (const Re3TableContext *self, int class_index)
{
  re3_csv_writer_add_text (self->writer,
                           class_index != RE3_NO_LABEL
                               ? re3_model_get_class_name (self->model, (gsize) class_index)
                               : NULL);
}

static void
add_quantity (const Re3TableContext *self, const char *name, double value, const char *unit)
{
  re3_csv_writer_add_text (self->writer, name);
  re3_csv_writer_add_number (self->writer, value);
  re3_csv_writer_add_text (self->writer, unit);
  re3_csv_writer_end_row (self->writer);
}

static void
add_distances (const Re3TableContext *self, Re3Metric metric, const Re3Validity *validity)
{
  const struct {
    const char *name;
    double value;
  } quantities[] = {
    { "min", validity->min },     { "q1", validity->q1 },       { "median", validity->median },
    { "q3", validity->q3 },       { "max", validity->max },     { "eps90", validity->eps90 },
    { "eps75", validity->eps75 }, { "eps50", validity->eps50 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (quantities); i++) {
    g_autofree char *name =
        g_strdup_printf ("distance %s %s", re3_metric_get_name (metric), quantities[i].name);

    add_quantity (self, name, quantities[i].value, NETWORK_UNITS);
  }
}

/* How far a regression network is off. */
static void
add_errors (const Re3TableContext *self, const char *split, Re3SampleSet set)
{
  const Re3Errors *errors = re3_analysis_get_errors (self->analysis, set);
  const char *unit = re3_model_get_output_unit (self->model, 0);
  const struct {
    const char *name;
    double value;
    const char *unit;
  } quantities[] = {
    { "mean error", errors->mean, unit },
    { "mean absolute error", errors->mean_absolute, unit },
    { "root mean square error", errors->root_mean_square, unit },
    { "r2", errors->r2, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (quantities); i++) {
    g_autofree char *name = g_strdup_printf ("%s %s", split, quantities[i].name);

    add_quantity (self, name, quantities[i].value, quantities[i].unit);
  }
}

static void
write_summary (const Re3TableContext *self)
{
  static const char *const headings[] = { "quantity", "value", "unit", NULL };
  const Re3DataReport *report = self->options->report;
  const char *scaler = re3_result_options_get_scaler (self->options, self->model);
  gsize n_rows = re3_dataset_get_n_rows (self->dataset);
  gsize n_test = re3_dataset_get_n_test (self->dataset);
  Re3RegionCounts counts;

  re3_region_table_count (re3_analysis_get_region_table (self->analysis), &counts);

  add_headings (self, headings);
  re3_csv_writer_end_row (self->writer);

  add_quantity (self, "rows", (double) n_rows, SAMPLES);
  add_quantity (self, "train", (double) (n_rows - n_test), SAMPLES);
  add_quantity (self, "test", (double) n_test, SAMPLES);
  add_quantity (self, "skipped", report != NULL ? (double) report->n_skipped : 0, "rows");
  re3_csv_writer_add_text (self->writer, "scaler");
  re3_csv_writer_add_text (self->writer, scaler != NULL ? scaler : "none");
  re3_csv_writer_add_text (self->writer, NULL);
  re3_csv_writer_end_row (self->writer);

  if (re3_model_is_regression (self->model)) {
    add_errors (self, "train", RE3_SAMPLES_TRAIN);
    add_errors (self, "test", RE3_SAMPLES_TEST);
  } else {
    add_quantity (self, "train accuracy", re3_analysis_get_train_accuracy (self->analysis), SHARE);
    add_quantity (self, "test accuracy", re3_analysis_get_test_accuracy (self->analysis), SHARE);
  }

  add_quantity (self, "all regions", (double) counts.all, "regions");
  add_quantity (self, "train regions", (double) counts.train, "regions");
  add_quantity (self, "test regions", (double) counts.test, "regions");
  add_quantity (self, "similar regions", (double) counts.similar, "regions");
  add_quantity (self, "dissimilar regions", (double) counts.dissimilar, "regions");
  add_quantity (self, "top 1 coverage", counts.top1, SHARE);
  add_quantity (self, "top C coverage", counts.top_c, SHARE);
  add_quantity (self, "purity threshold", self->options->purity_threshold, SHARE);

  for (gsize metric = 0; metric < RE3_N_METRICS; metric++) {
    Re3Validity validity;

    re3_analysis_get_boundary_summary (self->analysis, metric, self->set, &validity);
    add_distances (self, metric, &validity);
  }

  add_quantity (self, "undecided",
                (double) re3_analysis_count_undecided (self->analysis, self->set), SAMPLES);
  add_quantity (self, "largest residual", re3_analysis_get_residual_max (self->analysis),
                get_unit (self));
}

static void
add_profile_headings (const Re3TableContext *self)
{
  for (gsize i = 0; i < re3_model_get_n_features (self->model); i++) {
    g_autofree char *heading =
        g_strconcat ("contribution of ", re3_model_get_feature_name (self->model, i), NULL);

    re3_csv_writer_add_heading (self->writer, heading, get_unit (self));
  }
}

static void
add_profile (const Re3TableContext *self, const double *profile)
{
  for (gsize i = 0; i < re3_model_get_n_features (self->model); i++)
    re3_csv_writer_add_number (self->writer, profile[i]);
}

static void
add_region_row (const Re3TableContext *self, gsize index)
{
  const Re3RegionRow *region =
      re3_region_table_get_region (re3_analysis_get_region_table (self->analysis), index);
  g_autofree char *pattern =
      re3_pattern_to_string (region->pattern, re3_model_get_network (self->model));

  add_region_name (self, index);
  re3_csv_writer_add_text (self->writer, pattern);
  re3_csv_writer_add_count (self->writer, region->n_train);
  re3_csv_writer_add_count (self->writer, region->n_test);
  for (gsize c = 0; c < count_classes (self); c++)
    re3_csv_writer_add_count (self->writer, region->counts[c]);
  re3_csv_writer_add_number (self->writer, region->purity);
  add_class_name (self, region->majority);
  if (region->majority != RE3_NO_LABEL)
    re3_csv_writer_add_boolean (
        self->writer, re3_region_row_is_confused (region, self->options->purity_threshold));
  else
    re3_csv_writer_add_text (self->writer, NULL);
  add_profile (self, re3_analysis_get_profile (self->analysis, index));
  re3_csv_writer_end_row (self->writer);
}

static void
write_regions (const Re3TableContext *self)
{
  gsize n_regions = re3_region_table_get_n_regions (re3_analysis_get_region_table (self->analysis));

  re3_csv_writer_add_text (self->writer, "region");
  re3_csv_writer_add_text (self->writer, "pattern");
  re3_csv_writer_add_heading (self->writer, "train", SAMPLES);
  re3_csv_writer_add_heading (self->writer, "test", SAMPLES);
  for (gsize c = 0; c < count_classes (self); c++) {
    g_autofree char *heading =
        g_strconcat ("class ", re3_model_get_class_name (self->model, c), NULL);

    re3_csv_writer_add_heading (self->writer, heading, SAMPLES);
  }
  re3_csv_writer_add_heading (self->writer, "purity", SHARE);
  re3_csv_writer_add_text (self->writer, "majority");
  re3_csv_writer_add_text (self->writer, "confusion");
  add_profile_headings (self);
  re3_csv_writer_end_row (self->writer);

  for (gsize i = 0; i < n_regions && goes_on (self); i++)
    add_region_row (self, i);
}

static void
write_class_profiles (const Re3TableContext *self)
{
  const Re3RegionTable *regions = re3_analysis_get_region_table (self->analysis);

  re3_csv_writer_add_text (self->writer, "region");
  re3_csv_writer_add_text (self->writer, "class");
  re3_csv_writer_add_heading (self->writer, "count", SAMPLES);
  add_profile_headings (self);
  re3_csv_writer_end_row (self->writer);

  for (gsize i = 0; i < re3_region_table_get_n_regions (regions) && goes_on (self); i++) {
    for (gsize c = 0; c < re3_model_get_n_classes (self->model); c++) {
      const double *profile = re3_analysis_get_class_profile (self->analysis, i, c);

      if (profile == NULL)
        continue;
      add_region_name (self, i);
      add_class_name (self, (int) c);
      re3_csv_writer_add_count (self->writer, re3_region_table_get_region (regions, i)->counts[c]);
      add_profile (self, profile);
      re3_csv_writer_end_row (self->writer);
    }
  }
}

static void
write_importance (const Re3TableContext *self)
{
  const Re3Importance *importance = re3_analysis_get_importance (self->analysis, self->set);
  gboolean has_probabilities = !re3_model_is_regression (self->model);

  re3_csv_writer_add_text (self->writer, "feature");
  re3_csv_writer_add_text (self->writer, "unit");
  re3_csv_writer_add_heading (self->writer, "mean absolute contribution", get_unit (self));
  re3_csv_writer_add_heading (self->writer, "mean signed contribution", get_unit (self));
  if (has_probabilities) {
    re3_csv_writer_add_heading (self->writer, "mean absolute contribution", PROBABILITY);
    re3_csv_writer_add_heading (self->writer, "mean signed contribution", PROBABILITY);
  }
  re3_csv_writer_end_row (self->writer);

  for (gsize i = 0; i < importance->n_features; i++) {
    re3_csv_writer_add_text (self->writer, re3_model_get_feature_name (self->model, i));
    re3_csv_writer_add_text (self->writer, re3_model_get_feature_unit (self->model, i));
    re3_csv_writer_add_number (self->writer, importance->logit_absolute[i]);
    re3_csv_writer_add_number (self->writer, importance->logit_signed[i]);
    if (has_probabilities) {
      re3_csv_writer_add_number (self->writer, importance->probability_absolute[i]);
      re3_csv_writer_add_number (self->writer, importance->probability_signed[i]);
    }
    re3_csv_writer_end_row (self->writer);
  }
}

static void
write_ranks (const Re3TableContext *self)
{
  const Re3Importance *importance = re3_analysis_get_importance (self->analysis, self->set);
  gsize n = importance->n_features;

  re3_csv_writer_add_text (self->writer, "feature");
  for (gsize rank = 0; rank < importance->n_ranks; rank++) {
    g_autofree char *heading = g_strdup_printf ("rank %zu", rank + 1);

    re3_csv_writer_add_heading (self->writer, heading, SAMPLES);
  }
  re3_csv_writer_end_row (self->writer);

  for (gsize feature = 0; feature < n; feature++) {
    re3_csv_writer_add_text (self->writer, re3_model_get_feature_name (self->model, feature));
    for (gsize rank = 0; rank < importance->n_ranks; rank++)
      re3_csv_writer_add_count (self->writer,
                                importance->ranks[feature * importance->n_ranks + rank]);
    re3_csv_writer_end_row (self->writer);
  }
}

static void
add_statistics_headings (const Re3TableContext *self)
{
  re3_csv_writer_add_heading (self->writer, "count", SAMPLES);
  re3_csv_writer_add_heading (self->writer, "active", SHARE);
  re3_csv_writer_add_text (self->writer, "always active");
  re3_csv_writer_add_text (self->writer, "never active");
  re3_csv_writer_add_heading (self->writer, "mean absolute contribution", get_unit (self));
  re3_csv_writer_add_heading (self->writer, "top 1", SHARE);
  re3_csv_writer_add_heading (self->writer, "top 2", SHARE);
  re3_csv_writer_add_heading (self->writer, "top 3", SHARE);
  re3_csv_writer_end_row (self->writer);
}

static void
add_statistics (const Re3TableContext *self, int class_index, gsize neuron)
{
  Re3NeuronStatistics statistics;

  re3_analysis_get_neuron (self->analysis, self->set, class_index, neuron, &statistics);

  re3_csv_writer_add_count (self->writer, statistics.n_samples);
  re3_csv_writer_add_number (self->writer, statistics.active);
  if (statistics.n_samples > 0) {
    re3_csv_writer_add_boolean (self->writer, statistics.is_always_active);
    re3_csv_writer_add_boolean (self->writer, statistics.is_never_active);
  } else {
    re3_csv_writer_add_text (self->writer, NULL);
    re3_csv_writer_add_text (self->writer, NULL);
  }
  re3_csv_writer_add_number (self->writer, statistics.mean_absolute_contribution);
  for (gsize top = 0; top < RE3_N_TOPS; top++)
    re3_csv_writer_add_number (self->writer, statistics.top[top]);
  re3_csv_writer_end_row (self->writer);
}

static void
write_neurons (const Re3TableContext *self)
{
  const Re3Network *network = re3_model_get_network (self->model);
  static const char *const headings[] = { "neuron", "layer", "index", NULL };

  add_headings (self, headings);
  add_statistics_headings (self);

  for (gsize neuron = 0; neuron < re3_network_get_n_neurons (network); neuron++) {
    gsize layer;
    gsize index;

    re3_network_locate_neuron (network, neuron, &layer, &index);
    add_neuron_name (self, neuron);
    re3_csv_writer_add_count (self->writer, layer);
    re3_csv_writer_add_count (self->writer, index);
    add_statistics (self, RE3_ALL_CLASSES, neuron);
  }
}

/* By true class; without labels there is nothing but the heading. */
static void
write_class_neurons (const Re3TableContext *self)
{
  gsize n_neurons = re3_network_get_n_neurons (re3_model_get_network (self->model));
  static const char *const headings[] = { "neuron", "class", NULL };

  add_headings (self, headings);
  add_statistics_headings (self);

  if (!re3_dataset_has_labels (self->dataset))
    return;

  for (gsize neuron = 0; neuron < n_neurons; neuron++) {
    for (gsize c = 0; c < re3_model_get_n_classes (self->model); c++) {
      add_neuron_name (self, neuron);
      add_class_name (self, (int) c);
      add_statistics (self, (int) c, neuron);
    }
  }
}

static void
add_step (const Re3TableContext *self, Re3Metric metric, double distance, double share)
{
  re3_csv_writer_add_text (self->writer, re3_metric_get_name (metric));
  re3_csv_writer_add_number (self->writer, distance);
  re3_csv_writer_add_number (self->writer, share);
  re3_csv_writer_end_row (self->writer);
}

/* Where the curve starts, and each distance at which it falls, with the share from there on. */
static void
add_curve (const Re3TableContext *self, Re3Metric metric)
{
  g_autoptr (Re3ValidityCurve) curve =
      re3_analysis_get_validity_curve (self->analysis, metric, self->set);

  if (curve->n > 0 && curve->distances[0] > 0)
    add_step (self, metric, 0, 1);
  for (gsize i = 0; i < curve->n && isfinite (curve->distances[i]) && goes_on (self); i++)
    if (i + 1 == curve->n || curve->distances[i + 1] > curve->distances[i])
      add_step (self, metric, curve->distances[i],
                re3_validity_curve_get_share (curve, curve->distances[i]));
}

static void
write_validity (const Re3TableContext *self)
{
  re3_csv_writer_add_text (self->writer, "metric");
  re3_csv_writer_add_heading (self->writer, "distance", NETWORK_UNITS);
  re3_csv_writer_add_heading (self->writer, "valid", SHARE);
  re3_csv_writer_end_row (self->writer);

  for (gsize metric = 0; metric < RE3_N_METRICS; metric++)
    add_curve (self, metric);
}

static void
add_sample (const Re3TableContext *self, gsize row)
{
  guint line = re3_dataset_get_line (self->dataset, row);

  re3_csv_writer_add_count (self->writer, row);
  if (line > 0)
    re3_csv_writer_add_count (self->writer, line);
  else
    re3_csv_writer_add_text (self->writer, NULL);
  re3_csv_writer_add_text (self->writer,
                           re3_dataset_is_test (self->dataset, row) ? "test" : "train");
  if (re3_model_is_regression (self->model)) {
    re3_csv_writer_add_number (self->writer, re3_dataset_get_target (self->dataset, row));
    re3_csv_writer_add_number (self->writer, re3_analysis_get_output (self->analysis, row));
    re3_csv_writer_add_text (self->writer, NULL);
  } else {
    add_class_name (self, re3_dataset_get_label (self->dataset, row));
    add_class_name (self, re3_analysis_get_prediction (self->analysis, row));
    re3_csv_writer_add_number (self->writer, re3_analysis_get_confidence (self->analysis, row));
  }
  add_region_name (self, re3_analysis_get_region (self->analysis, row));
  for (gsize metric = 0; metric < RE3_N_METRICS; metric++) {
    gsize neuron;
    double distance = re3_analysis_get_boundary (self->analysis, row, metric, &neuron);

    re3_csv_writer_add_number (self->writer, distance);
    add_neuron_name (self, neuron);
  }
  re3_csv_writer_end_row (self->writer);
}

static void
write_samples (const Re3TableContext *self)
{
  static const char *const headings[] = { "row", "line", "split", "true", "predicted", NULL };

  add_headings (self, headings);
  re3_csv_writer_add_heading (self->writer, "confidence", PROBABILITY);
  re3_csv_writer_add_text (self->writer, "region");
  for (gsize metric = 0; metric < RE3_N_METRICS; metric++) {
    const char *name = re3_metric_get_name (metric);
    g_autofree char *distance = g_strdup_printf ("distance %s", name);
    g_autofree char *neuron = g_strdup_printf ("limiting neuron %s", name);

    re3_csv_writer_add_heading (self->writer, distance, NETWORK_UNITS);
    re3_csv_writer_add_text (self->writer, neuron);
  }
  re3_csv_writer_end_row (self->writer);

  for (gsize row = 0; row < re3_dataset_get_n_rows (self->dataset) && goes_on (self); row++)
    add_sample (self, row);
}

/* Without labels there is nothing but the heading. */
static void
write_report (const Re3TableContext *self)
{
  const Re3Quality *quality = re3_analysis_get_quality (self->analysis, self->set);

  re3_csv_writer_add_text (self->writer, "class");
  re3_csv_writer_add_heading (self->writer, "precision", SHARE);
  re3_csv_writer_add_heading (self->writer, "recall", SHARE);
  re3_csv_writer_add_heading (self->writer, "f1", SHARE);
  re3_csv_writer_add_heading (self->writer, "support", SAMPLES);
  re3_csv_writer_end_row (self->writer);

  if (!re3_dataset_has_labels (self->dataset))
    return;

  for (gsize c = 0; c < quality->n_classes; c++) {
    add_class_name (self, (int) c);
    re3_csv_writer_add_number (self->writer, re3_quality_get_precision (quality, c));
    re3_csv_writer_add_number (self->writer, re3_quality_get_recall (quality, c));
    re3_csv_writer_add_number (self->writer, re3_quality_get_f1 (quality, c));
    re3_csv_writer_add_count (self->writer, re3_quality_get_support (quality, c));
    re3_csv_writer_end_row (self->writer);
  }
}

/* Without labels there is nothing but the heading. */
static void
write_confusion (const Re3TableContext *self)
{
  const Re3Quality *quality = re3_analysis_get_quality (self->analysis, self->set);
  gsize n = quality->n_classes;

  re3_csv_writer_add_text (self->writer, "true");
  for (gsize c = 0; c < n; c++) {
    g_autofree char *heading =
        g_strconcat ("predicted ", re3_model_get_class_name (self->model, c), NULL);

    re3_csv_writer_add_heading (self->writer, heading, SAMPLES);
  }
  re3_csv_writer_end_row (self->writer);

  if (!re3_dataset_has_labels (self->dataset))
    return;

  for (gsize actual = 0; actual < n; actual++) {
    add_class_name (self, (int) actual);
    for (gsize predicted = 0; predicted < n; predicted++)
      re3_csv_writer_add_count (self->writer, quality->confusion[actual * n + predicted]);
    re3_csv_writer_end_row (self->writer);
  }
}

gsize
re3_analysis_tables_count_rows (const Re3TableContext *context)
{
  gsize n_regions =
      re3_region_table_get_n_regions (re3_analysis_get_region_table (context->analysis));
  gsize n_rows = re3_dataset_get_n_rows (context->dataset);
  gsize n_test = re3_dataset_get_n_test (context->dataset);

  /* Regions, class profiles, samples, and each sample's step in each curve. */
  return 2 * n_regions + n_rows +
         RE3_N_METRICS * (context->set == RE3_SAMPLES_TEST ? n_test : n_rows);
}

const Re3AnalysisTable *
re3_analysis_tables_list (gsize *n_tables)
{
  static const Re3AnalysisTable tables[] = {
    { "summary.csv", write_summary },
    { "regions.csv", write_regions },
    { "class-profiles.csv", write_class_profiles },
    { "importance.csv", write_importance },
    { "ranks.csv", write_ranks },
    { "neurons.csv", write_neurons },
    { "class-neurons.csv", write_class_neurons },
    { "validity.csv", write_validity },
    { "samples.csv", write_samples },
    { "report.csv", write_report },
    { "confusion.csv", write_confusion },
  };

  *n_tables = G_N_ELEMENTS (tables);

  return tables;
}
