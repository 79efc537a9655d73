/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-analysis.h"
#include "re3-core-error.h"
#include "re3-explanation.h"
#include "reference.h"

#include <math.h>
#include <string.h>

static void
assert_rows (Reference *reference, const Re3Analysis *analysis)
{
  gsize n = reference_n_rows (reference);
  const double *labels = reference_numbers (reference, "labels", n);
  const double *predictions = reference_numbers (reference, "predictions", n);
  const double *confidences = reference_numbers (reference, "confidences", n);
  const double *regions = reference_numbers (reference, "regions", n);

  for (gsize row = 0; row < n; row++) {
    g_assert_cmpint (re3_analysis_get_prediction (analysis, row), ==, (int) predictions[row]);
    assert_near (re3_analysis_get_confidence (analysis, row), confidences[row], 1e-13);
    g_assert_cmpuint (re3_analysis_get_region (analysis, row), ==, (gsize) regions[row]);
    g_assert_cmpint (re3_analysis_is_misclassified (analysis, row), ==,
                     labels[row] != -1 && labels[row] != predictions[row]);
  }
}

/* The neuron that limits a distance, as the reference names it: neurons 1 and 2 are twins of 0. */
static int
limit_of_row (const Re3Analysis *analysis, gsize row, Re3Metric metric)
{
  gsize neuron;

  re3_analysis_get_boundary (analysis, row, metric, &neuron);
  if (neuron == RE3_NO_NEURON)
    return -1;

  return neuron == 1 || neuron == 2 ? 0 : (int) neuron;
}

static void
assert_distances (Reference *reference, const Re3Analysis *analysis)
{
  const int ambiguous = -2;
  gsize n = reference_n_rows (reference);
  gsize n_told = 0;

  for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++) {
    const char *name = re3_metric_get_name (metric);
    const double *distances =
        reference_numbers (reference, reference_key_text (reference, "distance", name), n);
    const double *limits =
        reference_numbers (reference, reference_key_text (reference, "limit", name), n);

    for (gsize row = 0; row < n; row++) {
      assert_near (re3_analysis_get_boundary (analysis, row, metric, NULL), distances[row], 1e-12);
      if (limits[row] != ambiguous) {
        g_assert_cmpint (limit_of_row (analysis, row, metric), ==, (int) limits[row]);
        n_told++;
      }
    }
  }
  g_assert_cmpuint (n_told, >, n);

  for (gsize row = 0; row < n; row++) {
    g_assert_cmpfloat (re3_analysis_get_distance (analysis, row), ==,
                       re3_analysis_get_boundary (analysis, row, RE3_METRIC_L2, NULL));
    g_assert_cmpfloat (re3_analysis_get_paper_distance (analysis, row), ==,
                       re3_analysis_get_boundary (analysis, row, RE3_METRIC_PAPER, NULL));
  }
}

static void
assert_summary (const Re3Validity *validity, const double *expected)
{
  assert_near (validity->min, expected[0], 1e-12);
  assert_near (validity->q1, expected[1], 1e-12);
  assert_near (validity->median, expected[2], 1e-12);
  assert_near (validity->q3, expected[3], 1e-12);
  assert_near (validity->max, expected[4], 1e-12);
  assert_near (validity->eps90, expected[5], 1e-12);
  assert_near (validity->eps75, expected[6], 1e-12);
  assert_near (validity->eps50, expected[7], 1e-12);
}

static void
assert_validity (Reference *reference,
                 const Re3Analysis *analysis,
                 Re3Metric metric,
                 Re3SampleSet set)
{
  const char *metric_name = re3_metric_get_name (metric);
  const char *set_name = reference_set_name (set);
  const char *summary = reference_key_text (
      reference, reference_key_text (reference, "summary", metric_name), set_name);
  const char *steps_key = reference_key_text (
      reference, reference_key_text (reference, "steps", metric_name), set_name);
  const char *valid_key = reference_key_text (
      reference, reference_key_text (reference, "valid", metric_name), set_name);
  g_autoptr (Re3ValidityCurve) curve = re3_analysis_get_validity_curve (analysis, metric, set);
  gsize n_steps;
  g_autofree double *steps = re3_validity_curve_get_steps (curve, &n_steps);
  const double *shares = reference_numbers (reference, valid_key, n_steps);
  Re3Validity validity;

  re3_analysis_get_boundary_summary (analysis, metric, set, &validity);
  if (reference_has (reference, summary))
    assert_summary (&validity, reference_numbers (reference, summary, 8));

  assert_all_near (steps, reference_numbers (reference, steps_key, n_steps), n_steps, 0);
  for (gsize i = 0; i < n_steps; i++)
    assert_near (re3_validity_curve_get_share (curve, steps[i]), shares[i], 1e-15);
}

static void
assert_regions (Reference *reference, const Re3Analysis *analysis)
{
  const Re3RegionTable *table = re3_analysis_get_region_table (analysis);
  gsize n_features = re3_model_get_n_features (re3_analysis_get_model (analysis));
  gsize n_classes = re3_model_get_n_classes (re3_analysis_get_model (analysis));

  for (gsize place = 0; place < re3_region_table_get_n_regions (table); place++) {
    const Re3RegionRow *region = re3_region_table_get_region (table, place);
    const double *sizes =
        reference_numbers (reference, reference_key (reference, "sizes", place), 2);
    const double *counts =
        reference_numbers (reference, reference_key (reference, "counts", place), n_classes);
    const double *purity =
        reference_numbers (reference, reference_key (reference, "purity", place), 2);
    const char *profile = reference_key (reference, "profile", place);
    const char *class_profiles = reference_key (reference, "class_profile", place);

    g_assert_cmpuint (region->n_train, ==, (gsize) sizes[0]);
    g_assert_cmpuint (region->n_test, ==, (gsize) sizes[1]);
    assert_near (region->purity, purity[1], 1e-15);
    assert_all_near (re3_analysis_get_profile (analysis, place),
                     reference_numbers (reference, profile, n_features), n_features, 1e-12);
    /* Without labels the reference names the majority of the predictions. */
    if (region->n_labelled > 0)
      g_assert_cmpint (region->majority, ==, (int) purity[0]);
    else
      g_assert_cmpint (region->majority, ==, RE3_NO_LABEL);

    for (gsize c = 0; c < n_classes; c++) {
      const double *class_profile = re3_analysis_get_class_profile (analysis, place, c);
      const char *key = reference_key (reference, class_profiles, c);

      g_assert_cmpuint (region->counts[c], ==, (gsize) counts[c]);
      g_assert_cmpint (class_profile != NULL, ==, reference_has (reference, key));
      if (class_profile != NULL)
        assert_all_near (class_profile, reference_numbers (reference, key, n_features), n_features,
                         1e-12);
    }
  }
}

static void
assert_region_counts (Reference *reference, const Re3Analysis *analysis)
{
  const double *expected = reference_numbers (reference, "region_counts", 7);
  Re3RegionCounts counts;

  re3_region_table_count (re3_analysis_get_region_table (analysis), &counts);
  g_assert_cmpuint (counts.all, ==, (gsize) expected[0]);
  g_assert_cmpuint (counts.train, ==, (gsize) expected[1]);
  g_assert_cmpuint (counts.test, ==, (gsize) expected[2]);
  g_assert_cmpuint (counts.similar, ==, (gsize) expected[3]);
  g_assert_cmpuint (counts.dissimilar, ==, (gsize) expected[4]);
  assert_near (counts.top1, expected[5], 1e-15);
  assert_near (counts.top_c, expected[6], 1e-15);
}

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Analysis) analysis = reference_analyse (reference);

    assert_rows (reference, analysis);
    assert_regions (reference, analysis);
    assert_region_counts (reference, analysis);
    assert_distances (reference, analysis);
    for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++)
      for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
        assert_validity (reference, analysis, metric, set);
    g_assert_cmpfloat (re3_analysis_get_residual_max (analysis), <, 1e-12);
  }
}

/* Rows that fill several blocks have the digits of a row that is explained alone, and the shares
 * and means of the rows that they repeat. */
static void
test_blocks (void)
{
  const gsize n_times = 40;
  g_autoptr (Reference) reference = reference_open ("network-three");
  g_autoptr (Re3Network) network = reference_network (reference);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset =
      reference_dataset (reference, n_times, REFERENCE_LABELS | REFERENCE_TESTS);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  gsize n = reference_n_rows (reference);
  const double *regions = reference_numbers (reference, "regions", n);
  double residual_max = 0;

  for (gsize row = 0; row < n * n_times; row++) {
    g_autoptr (Re3Explanation) alone =
        re3_explanation_new (model, reference_point (reference, row % n), NULL);

    g_assert_cmpfloat (re3_analysis_get_confidence (analysis, row), ==,
                       alone->probabilities[alone->prediction]);
    for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++) {
      gsize neuron;
      gsize neuron_alone;
      double distance = re3_analysis_get_boundary (analysis, row, metric, &neuron);

      g_assert_cmpfloat (distance, ==,
                         re3_boundary_get_distance (&alone->boundary, metric, &neuron_alone));
      g_assert_cmpuint (neuron, ==, neuron_alone);
    }
    g_assert_cmpuint (re3_analysis_get_region (analysis, row), ==, (gsize) regions[row % n]);
    residual_max = MAX (residual_max, alone->residual);
  }

  g_assert_cmpfloat (re3_analysis_get_residual_max (analysis), ==, residual_max);
  for (gsize place = 0; place < 3; place++)
    assert_all_near (re3_analysis_get_profile (analysis, place),
                     reference_numbers (reference, reference_key (reference, "profile", place), 4),
                     4, 1e-12);
}

/* A region of so many samples that several tasks share it has the profiles of the few that they
 * repeat. */
static void
test_large_regions (void)
{
  const gsize n_times = 100;
  g_autoptr (Reference) reference = reference_open ("network-five");
  g_autoptr (Re3Network) network = reference_network (reference);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset =
      reference_dataset (reference, n_times, REFERENCE_LABELS | REFERENCE_TESTS);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  const Re3RegionTable *table = re3_analysis_get_region_table (analysis);

  g_assert_cmpuint (re3_region_table_get_region (table, 0)->n_train, >=, 2000);
  for (gsize place = 0; place < re3_region_table_get_n_regions (table); place++) {
    const double *sizes =
        reference_numbers (reference, reference_key (reference, "sizes", place), 2);
    const char *class_profiles = reference_key (reference, "class_profile", place);

    g_assert_cmpuint (re3_region_table_get_region (table, place)->n_train, ==,
                      n_times * (gsize) sizes[0]);
    assert_all_near (re3_analysis_get_profile (analysis, place),
                     reference_numbers (reference, reference_key (reference, "profile", place), 3),
                     3, 1e-12);
    for (gsize c = 0; c < 2; c++)
      if (reference_has (reference, reference_key (reference, class_profiles, c)))
        assert_all_near (re3_analysis_get_class_profile (analysis, place, c),
                         reference_numbers (reference, reference_key (reference, class_profiles, c),
                                            3),
                         3, 1e-12);
  }
}

static void
assert_measured_as_explained (const Re3Analysis *analysis,
                              gsize row,
                              const Re3Explanation *explanation)
{
  gsize region = re3_analysis_get_region (analysis, row);
  const Re3RegionRow *it =
      re3_region_table_get_region (re3_analysis_get_region_table (analysis), region);

  for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++) {
    gsize neuron;
    gsize expected_neuron;
    double distance = re3_analysis_get_boundary (analysis, row, metric, &neuron);

    g_assert_cmpfloat (
        distance, ==, re3_boundary_get_distance (&explanation->boundary, metric, &expected_neuron));
    g_assert_cmpuint (neuron, ==, expected_neuron);
  }

  /* The mean of one row is what that row has. */
  if (it->n_train + it->n_test == 1) {
    g_autofree double *contributions =
        re3_explanation_logit_contributions (explanation, explanation->prediction);

    assert_all_near (re3_analysis_get_profile (analysis, region), contributions,
                     re3_model_get_n_features (explanation->model), 1e-13);
  }
}

/* The maps that are kept, and those that there was no room for, are those of an explanation; and so
 * are the measures of both, though most rows are alone in their region, and what an explanation
 * knows of all neurons is not made for them. */
static void
test_region_maps (void)
{
  static const gsize widths[] = { 60, 40, 20, 3 };
  const gsize n_rows = 1500;
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 1300);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = re3_dataset_new (
      60, n_rows, 3, random_numbers (60 * n_rows, 2, 1301), NULL, NULL, g_new0 (guint8, n_rows));
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  gsize n_regions = re3_region_table_get_n_regions (re3_analysis_get_region_table (analysis));

  g_assert_cmpuint (n_regions, >, RE3_REGION_MAPS_BYTES / re3_region_get_size (network));
  g_assert_cmpfloat (re3_analysis_get_residual_max (analysis), <, 1e-13);
  for (gsize row = 0; row < n_rows; row += 7) {
    g_autofree double *values = g_new (double, 60);
    g_autoptr (Re3Explanation) alone = NULL;
    g_autoptr (Re3Region) map =
        re3_analysis_get_region_map (analysis, re3_analysis_get_region (analysis, row));

    re3_dataset_get_row (dataset, row, values);
    alone = re3_explanation_new (model, values, NULL);
    g_assert_true (re3_pattern_equal (map->pattern, alone->region->pattern));
    g_assert_cmpmem (map->A->data, 3 * 60 * sizeof (double), alone->region->A->data,
                     3 * 60 * sizeof (double));
    g_assert_cmpmem (map->gradients->data, 60 * 60 * sizeof (double),
                     alone->region->gradients->data, 60 * 60 * sizeof (double));
    assert_measured_as_explained (analysis, row, alone);
  }
}

static void
take_first (Re3Analysis *first, gpointer user_data)
{
  Re3Analysis **taken = user_data;

  g_assert_null (*taken);
  *taken = re3_analysis_ref (first);
}

/* The first analysis knows predictions and regions, and says of the rest that it is missing. */
static void
test_first (void)
{
  g_autoptr (Reference) reference = reference_open ("network-two");
  g_autoptr (Re3Network) network = reference_network (reference);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset =
      reference_dataset (reference, 1, REFERENCE_LABELS | REFERENCE_TESTS);
  g_autoptr (Re3Analysis) first = NULL;
  const Re3AnalysisOptions options = { .take_first = take_first, .user_data = &first };
  g_autoptr (Re3Analysis) whole = re3_analysis_new_with_options (model, dataset, &options, NULL);
  g_autoptr (Re3Region) map = NULL;
  g_autoptr (Re3Region) same_map = NULL;
  g_autoptr (Re3ValidityCurve) curve = NULL;
  Re3NeuronStatistics statistics;
  Re3Validity validity;
  gsize neuron;

  g_assert_true (re3_analysis_is_complete (whole));
  g_assert_nonnull (first);
  g_assert_false (re3_analysis_is_complete (first));
  assert_rows (reference, first);
  assert_region_counts (reference, first);
  g_assert_cmpfloat (re3_analysis_get_test_accuracy (first), ==,
                     re3_analysis_get_test_accuracy (whole));
  map = re3_analysis_get_region_map (first, 1);
  same_map = re3_analysis_get_region_map (whole, 1);
  g_assert_cmpmem (map->A->data, 3 * 4 * sizeof (double), same_map->A->data,
                   3 * 4 * sizeof (double));

  g_assert_true (isnan (re3_analysis_get_boundary (first, 0, RE3_METRIC_LINF, &neuron)));
  g_assert_cmpuint (neuron, ==, RE3_NO_NEURON);
  g_assert_null (re3_analysis_get_profile (first, 0));
  g_assert_null (re3_analysis_get_class_profile (first, 0, 0));
  g_assert_null (re3_analysis_get_importance (first, RE3_SAMPLES_ALL));
  g_assert_false (
      re3_analysis_get_neuron (first, RE3_SAMPLES_ALL, RE3_ALL_CLASSES, 0, &statistics));
  g_assert_true (isnan (re3_analysis_get_residual_max (first)));
  re3_analysis_get_validity (first, TRUE, &validity);
  g_assert_true (isnan (validity.max));
  curve = re3_analysis_get_validity_curve (first, RE3_METRIC_L2, RE3_SAMPLES_ALL);
  g_assert_cmpuint (curve->n, ==, 0);
  g_assert_cmpuint (re3_analysis_count_undecided (first, RE3_SAMPLES_ALL), ==, 0);
}

/* Whole numbers stand exactly on hyperplanes, and there the side is not decided. */
static void
test_undecided (void)
{
  g_autoptr (Reference) reference = reference_open ("network-integer");
  g_autoptr (Re3Analysis) analysis = reference_analyse (reference);
  gsize n = reference_n_rows (reference);
  const double *distances = reference_numbers (reference, "distance.l2", n);
  const double *is_test = reference_numbers (reference, "is_test", n);
  gsize n_undecided[RE3_N_SAMPLE_SETS] = { 0 };

  for (gsize row = 0; row < n; row++) {
    n_undecided[is_test[row] != 0] += distances[row] == 0;
    n_undecided[RE3_SAMPLES_ALL] += distances[row] == 0;
  }
  g_assert_cmpuint (n_undecided[RE3_SAMPLES_TEST], >, 0);
  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
    g_assert_cmpuint (re3_analysis_count_undecided (analysis, set), ==, n_undecided[set]);
}

/* Without labels nothing is right or wrong, and the profile is that of the predicted class. */
static void
test_without_labels (void)
{
  g_autoptr (Reference) reference = reference_open ("network-two");
  g_autoptr (Re3Network) network = reference_network (reference);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = reference_dataset (reference, 1, 0);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  const Re3RegionTable *table = re3_analysis_get_region_table (analysis);
  gsize last = re3_region_table_get_n_regions (table) - 1;
  gsize row = re3_region_table_get_rows (table, last)[0];
  g_autoptr (Re3Explanation) alone =
      re3_explanation_new (model, reference_point (reference, row), NULL);
  g_autofree double *contributions = re3_explanation_logit_contributions (alone, alone->prediction);
  g_autofree double *distances = g_new (double, reference_n_rows (reference));
  g_autofree guint8 *is_test = g_new0 (guint8, reference_n_rows (reference));
  Re3Validity validity;
  Re3Validity expected[RE3_N_SAMPLE_SETS];

  g_assert_true (isnan (re3_analysis_get_train_accuracy (analysis)));
  g_assert_true (isnan (re3_analysis_get_test_accuracy (analysis)));
  g_assert_false (re3_analysis_is_misclassified (analysis, 0));
  g_assert_null (re3_analysis_get_class_profile (analysis, 0, 0));

  /* A region of one sample: its profile is that sample's contributions. */
  g_assert_cmpuint (re3_region_table_get_region (table, last)->n_train, ==, 1);
  assert_all_near (re3_analysis_get_profile (analysis, last), contributions, 4, 1e-15);

  /* Without test samples the validity is that of all. */
  for (gsize i = 0; i < reference_n_rows (reference); i++)
    distances[i] = re3_analysis_get_distance (analysis, i);
  g_assert_true (
      re3_validity_summarise (distances, is_test, reference_n_rows (reference), expected, NULL));
  re3_analysis_get_validity (analysis, FALSE, &validity);
  g_assert_cmpmem (&validity, sizeof validity, &expected[RE3_SAMPLES_ALL], sizeof validity);
}

static void
assert_refused (Re3Model *model, Re3Dataset *dataset, Re3CoreError code, const char *saying)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, &error);

  g_assert_null (analysis);
  g_assert_error (error, RE3_CORE_ERROR, (int) code);
  if (strstr (error->message, saying) == NULL)
    g_error ("“%s” does not say “%s”", error->message, saying);
}

static void
test_refusals (void)
{
  static const gsize widths[] = { 2, 4, 3 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 1100);
  g_autoptr (Re3Model) model = model_of_network (network);
  double *with_nan = g_new0 (double, 4);
  guint32 *lines = g_new0 (guint32, 2);
  g_autoptr (Re3Dataset) narrow =
      re3_dataset_new (1, 2, 3, g_new0 (double, 2), NULL, NULL, g_new0 (guint8, 2));
  g_autoptr (Re3Dataset) other_classes =
      re3_dataset_new (2, 2, 2, g_new0 (double, 4), g_new0 (int, 2), NULL, g_new0 (guint8, 2));
  g_autoptr (Re3Dataset) nan = NULL;

  with_nan[3] = NAN;
  lines[1] = 7;
  nan = re3_dataset_new (2, 2, 3, with_nan, NULL, lines, g_new0 (guint8, 2));

  assert_refused (model, narrow, RE3_CORE_ERROR_SHAPE, "1 features and the model takes 2");
  assert_refused (model, other_classes, RE3_CORE_ERROR_SHAPE, "2 classes and the model knows 3");
  assert_refused (model, nan, RE3_CORE_ERROR_VALUE,
                  "Row 1 of the data set (line 7 of its file) has no finite number for the "
                  "feature “x2”");
}

/* Rows with finite numbers that are too large to be scaled, and to be added up by the network: the
 * first one is named, in whatever block it stands. */
static void
test_too_large (void)
{
  static const double weight[] = { 0, 2, 1, 0 };
  static const double zeros[] = { 0, 0 };
  static const double scale[] = { 0.1, 1 };
  const gsize n_rows = 5000;
  g_autoptr (Re3NetworkBuilder) network_builder = re3_network_builder_new (2);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3Model) plain_model = NULL;
  g_autoptr (Re3ModelBuilder) builder = NULL;
  g_autoptr (Re3Model) scaling_model = NULL;
  double *values = random_numbers (2 * n_rows, 1, 1150);
  g_autoptr (Re3Dataset) dataset = NULL;

  re3_network_builder_add_affine (network_builder, 2, weight, zeros, NULL);
  network = re3_network_builder_finish (network_builder, NULL);
  plain_model = model_of_network (network);
  builder = re3_model_builder_new (network);
  re3_model_builder_set_scaler (builder, zeros, scale, NULL);
  scaling_model = re3_model_builder_finish (builder);

  values[1234] = 1e308;
  for (gsize row = 2000; row < n_rows; row += 500)
    values[n_rows + row] = -1e308;
  dataset = re3_dataset_new (2, n_rows, 2, values, NULL, NULL, g_new0 (guint8, n_rows));

  assert_refused (scaling_model, dataset, RE3_CORE_ERROR_VALUE,
                  "Row 1234 of the data set (line 0 of its file) has values so large");
  assert_refused (plain_model, dataset, RE3_CORE_ERROR_VALUE, "Row 2000 of the data set");
}

static void
test_empty (void)
{
  static const gsize widths[] = { 2, 4, 3 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 1200);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = re3_dataset_new (2, 0, 3, NULL, NULL, NULL, NULL);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  Re3Validity validity;

  g_assert_nonnull (analysis);
  g_assert_cmpuint (re3_region_table_get_n_regions (re3_analysis_get_region_table (analysis)), ==,
                    0);
  re3_analysis_get_validity (analysis, FALSE, &validity);
  g_assert_true (isnan (validity.median));
  g_assert_true (
      isnan (re3_analysis_get_importance (analysis, RE3_SAMPLES_ALL)->logit_absolute[0]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/analysis/reference", test_reference);
  g_test_add_func ("/analysis/blocks", test_blocks);
  g_test_add_func ("/analysis/large-regions", test_large_regions);
  g_test_add_func ("/analysis/region-maps", test_region_maps);
  g_test_add_func ("/analysis/first", test_first);
  g_test_add_func ("/analysis/undecided", test_undecided);
  g_test_add_func ("/analysis/without-labels", test_without_labels);
  g_test_add_func ("/analysis/refusals", test_refusals);
  g_test_add_func ("/analysis/too-large", test_too_large);
  g_test_add_func ("/analysis/empty", test_empty);

  return g_test_run ();
}
