/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-json-writer.h"
#include "re3-result-json.h"

#include <math.h>

static void
write_data (Re3JsonWriter *writer, const Re3Dataset *dataset, const Re3DataReport *report)
{
  gsize n_rows = re3_dataset_get_n_rows (dataset);
  gsize n_test = re3_dataset_get_n_test (dataset);

  re3_json_writer_begin_object (writer, "data", RE3_JSON_BLOCK);
  re3_json_writer_add_count (writer, "rows", n_rows);
  re3_json_writer_add_count (writer, "train", n_rows - n_test);
  re3_json_writer_add_count (writer, "test", n_test);
  re3_json_writer_add_count (writer, "skipped", report != NULL ? report->n_skipped : 0);
  re3_json_writer_end_object (writer);
}

static void
write_accuracy (Re3JsonWriter *writer, const Re3Analysis *analysis)
{
  re3_json_writer_begin_object (writer, "accuracy", RE3_JSON_BLOCK);
  re3_json_writer_add_number (writer, "train", re3_analysis_get_train_accuracy (analysis));
  re3_json_writer_add_number (writer, "test", re3_analysis_get_test_accuracy (analysis));
  re3_json_writer_end_object (writer);
}

static void
write_region_counts (Re3JsonWriter *writer, const Re3RegionTable *table)
{
  Re3RegionCounts counts;

  re3_region_table_count (table, &counts);

  re3_json_writer_begin_object (writer, "regions", RE3_JSON_BLOCK);
  re3_json_writer_add_count (writer, "all", counts.all);
  re3_json_writer_add_count (writer, "train", counts.train);
  re3_json_writer_add_count (writer, "test", counts.test);
  re3_json_writer_add_count (writer, "similar", counts.similar);
  re3_json_writer_add_count (writer, "dissimilar", counts.dissimilar);
  re3_json_writer_add_number (writer, "top1", counts.top1);
  re3_json_writer_add_number (writer, "topC", counts.top_c);
  re3_json_writer_end_object (writer);
}

static void
write_validity (Re3JsonWriter *writer, const char *key, const Re3Analysis *analysis, gboolean paper)
{
  Re3Validity validity;

  re3_analysis_get_validity (analysis, paper, &validity);

  re3_json_writer_begin_object (writer, key, RE3_JSON_BLOCK);
  re3_json_writer_add_string (writer, "metric", paper ? "paper" : "l2");
  re3_json_writer_add_number (writer, "min", validity.min);
  re3_json_writer_add_number (writer, "q1", validity.q1);
  re3_json_writer_add_number (writer, "median", validity.median);
  re3_json_writer_add_number (writer, "q3", validity.q3);
  re3_json_writer_add_number (writer, "max", validity.max);
  re3_json_writer_add_number (writer, "eps90", validity.eps90);
  re3_json_writer_add_number (writer, "eps75", validity.eps75);
  re3_json_writer_add_number (writer, "eps50", validity.eps50);
  re3_json_writer_end_object (writer);
}

static void
write_region (Re3JsonWriter *writer, const Re3Analysis *analysis, gsize index)
{
  const Re3Model *model = re3_analysis_get_model (analysis);
  const Re3RegionRow *region =
      re3_region_table_get_region (re3_analysis_get_region_table (analysis), index);
  gsize n_features = re3_model_get_n_features (model);
  gsize n_classes = re3_model_get_n_classes (model);
  g_autofree char *pattern = re3_pattern_to_string (region->pattern, re3_model_get_network (model));

  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  re3_json_writer_add_string (writer, "pattern", pattern);
  re3_json_writer_add_count (writer, "train", region->n_train);
  re3_json_writer_add_count (writer, "test", region->n_test);

  re3_json_writer_begin_object (writer, "counts", RE3_JSON_LINE);
  for (gsize c = 0; c < n_classes; c++)
    re3_json_writer_add_count (writer, re3_model_get_class_name (model, c), region->counts[c]);
  re3_json_writer_end_object (writer);

  re3_json_writer_add_number (writer, "purity", region->purity);
  if (region->majority == RE3_NO_LABEL) {
    re3_json_writer_add_null (writer, "majority");
    re3_json_writer_add_null (writer, "confusion");
  } else {
    re3_json_writer_add_string (writer, "majority",
                                re3_model_get_class_name (model, (gsize) region->majority));
    re3_json_writer_add_boolean (writer, "confusion",
                                 region->purity < RE3_DEFAULT_PURITY_THRESHOLD);
  }

  re3_json_writer_add_numbers (writer, "profile", re3_analysis_get_profile (analysis, index),
                               n_features);
  re3_json_writer_begin_object (writer, "class_profiles", RE3_JSON_BLOCK);
  for (gsize c = 0; c < n_classes; c++) {
    const double *profile = re3_analysis_get_class_profile (analysis, index, c);

    if (profile != NULL)
      re3_json_writer_add_numbers (writer, re3_model_get_class_name (model, c), profile,
                                   n_features);
  }
  re3_json_writer_end_object (writer);
  re3_json_writer_end_object (writer);
}

static void
write_region_table (Re3JsonWriter *writer, const Re3Analysis *analysis)
{
  const Re3RegionTable *table = re3_analysis_get_region_table (analysis);

  re3_json_writer_begin_array (writer, "region_table", RE3_JSON_BLOCK);
  for (gsize i = 0; i < re3_region_table_get_n_regions (table); i++)
    write_region (writer, analysis, i);
  re3_json_writer_end_array (writer);
}

/* Undefined, and so null, where nothing is counted. */
static double
ratio (gsize part, gsize whole)
{
  return whole > 0 ? (double) part / (double) whole : NAN;
}

static void
write_report (Re3JsonWriter *writer, const Re3Analysis *analysis)
{
  const Re3Model *model = re3_analysis_get_model (analysis);
  gsize n_classes = re3_model_get_n_classes (model);

  re3_json_writer_begin_array (writer, "report", RE3_JSON_BLOCK);
  for (gsize c = 0; c < n_classes; c++) {
    gsize hits = re3_analysis_get_confusion (analysis, c, c);
    gsize n_actual = 0;
    gsize n_predicted = 0;

    for (gsize k = 0; k < n_classes; k++) {
      n_actual += re3_analysis_get_confusion (analysis, c, k);
      n_predicted += re3_analysis_get_confusion (analysis, k, c);
    }

    re3_json_writer_begin_object (writer, NULL, RE3_JSON_LINE);
    re3_json_writer_add_string (writer, "class", re3_model_get_class_name (model, c));
    re3_json_writer_add_number (writer, "precision", ratio (hits, n_predicted));
    re3_json_writer_add_number (writer, "recall", ratio (hits, n_actual));
    re3_json_writer_add_number (writer, "f1", ratio (2 * hits, n_actual + n_predicted));
    re3_json_writer_add_count (writer, "support", n_actual);
    re3_json_writer_end_object (writer);
  }
  re3_json_writer_end_array (writer);
}

static void
write_confusion (Re3JsonWriter *writer, const Re3Analysis *analysis)
{
  gsize n_classes = re3_model_get_n_classes (re3_analysis_get_model (analysis));

  re3_json_writer_begin_array (writer, "confusion", RE3_JSON_BLOCK);
  for (gsize actual = 0; actual < n_classes; actual++) {
    re3_json_writer_begin_array (writer, NULL, RE3_JSON_LINE);
    for (gsize predicted = 0; predicted < n_classes; predicted++)
      re3_json_writer_add_count (writer, NULL,
                                 re3_analysis_get_confusion (analysis, actual, predicted));
    re3_json_writer_end_array (writer);
  }
  re3_json_writer_end_array (writer);
}

char *
re3_analysis_to_json (const Re3Analysis *analysis, const Re3DataReport *report)
{
  g_autoptr (Re3JsonWriter) writer = NULL;
  const Re3Dataset *dataset;

  g_return_val_if_fail (analysis != NULL, NULL);

  dataset = re3_analysis_get_dataset (analysis);

  writer = re3_json_writer_new ();
  re3_json_writer_begin_object (writer, NULL, RE3_JSON_BLOCK);
  write_data (writer, dataset, report);
  write_accuracy (writer, analysis);
  write_region_counts (writer, re3_analysis_get_region_table (analysis));
  write_validity (writer, "boundary", analysis, FALSE);
  write_validity (writer, "boundary_paper", analysis, TRUE);
  write_region_table (writer, analysis);
  if (re3_dataset_has_labels (dataset)) {
    write_report (writer, analysis);
    write_confusion (writer, analysis);
  } else {
    re3_json_writer_add_null (writer, "report");
    re3_json_writer_add_null (writer, "confusion");
  }
  re3_json_writer_add_number (writer, "residual_max", re3_analysis_get_residual_max (analysis));
  re3_json_writer_end_object (writer);

  return re3_json_writer_finish (writer);
}
