/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-analysis.h"
#include "re3-core-error.h"
#include "re3-explanation.h"
#include "reference.h"

#include <math.h>
#include <string.h>

/* The data set of a reference: its rows @n_times over, with labels and test flags if asked for. */
static Re3Dataset *
reference_dataset (Reference *reference, gsize n_times, gboolean labels, gboolean tests)
{
  gsize n = reference_n_rows (reference);
  gsize n_rows = n * n_times;
  gsize n_widths = reference_size (reference, "widths");
  gsize n_features = (gsize) reference_numbers (reference, "widths", 0)[0];
  gsize n_classes = (gsize) reference_numbers (reference, "widths", 0)[n_widths - 1];
  gsize n_values = n_features * n_rows;
  double *values = g_new (double, n_values);
  int *label_of_row = labels ? g_new (int, n_rows) : NULL;
  guint8 *is_test = g_new0 (guint8, n_rows);

  for (gsize row = 0; row < n_rows; row++) {
    for (gsize feature = 0; feature < n_features; feature++)
      values[feature * n_rows + row] = reference_point (reference, row % n)[feature];
    if (labels)
      label_of_row[row] = (int) reference_numbers (reference, "labels", n)[row % n];
    if (tests)
      is_test[row] = (guint8) reference_numbers (reference, "is_test", n)[row % n];
  }

  return re3_dataset_new (n_features, n_rows, n_classes, values, label_of_row, NULL, is_test);
}

static void
assert_validity (const Re3Analysis *analysis, gboolean paper, const double *expected)
{
  Re3Validity validity;

  re3_analysis_get_validity (analysis, paper, &validity);
  assert_near (validity.min, expected[0], 1e-12);
  assert_near (validity.q1, expected[1], 1e-12);
  assert_near (validity.median, expected[2], 1e-12);
  assert_near (validity.q3, expected[3], 1e-12);
  assert_near (validity.max, expected[4], 1e-12);
  assert_near (validity.eps90, expected[5], 1e-12);
  assert_near (validity.eps75, expected[6], 1e-12);
  assert_near (validity.eps50, expected[7], 1e-12);
}

static void
assert_rows (Reference *reference, const Re3Analysis *analysis)
{
  gsize n = reference_n_rows (reference);
  const double *labels = reference_numbers (reference, "labels", n);
  const double *predictions = reference_numbers (reference, "predictions", n);
  const double *confidences = reference_numbers (reference, "confidences", n);
  const double *regions = reference_numbers (reference, "regions", n);
  const double *exact = reference_numbers (reference, "exact", n);
  const double *paper = reference_numbers (reference, "paper", n);

  for (gsize row = 0; row < n; row++) {
    g_assert_cmpint (re3_analysis_get_prediction (analysis, row), ==, (int) predictions[row]);
    assert_near (re3_analysis_get_confidence (analysis, row), confidences[row], 1e-13);
    g_assert_cmpuint (re3_analysis_get_region (analysis, row), ==, (gsize) regions[row]);
    assert_near (re3_analysis_get_distance (analysis, row), exact[row], 1e-12);
    assert_near (re3_analysis_get_paper_distance (analysis, row), paper[row], 1e-12);
    g_assert_cmpint (re3_analysis_is_misclassified (analysis, row), ==,
                     labels[row] != -1 && labels[row] != predictions[row]);
  }
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
assert_summary (Reference *reference, const Re3Analysis *analysis)
{
  const double *accuracy = reference_numbers (reference, "accuracy", 2);
  const double *expected = reference_numbers (reference, "region_counts", 7);
  gsize n_classes = re3_model_get_n_classes (re3_analysis_get_model (analysis));
  const double *confusion = reference_numbers (reference, "confusion", n_classes * n_classes);
  Re3RegionCounts counts;

  assert_near (re3_analysis_get_train_accuracy (analysis), accuracy[0], 1e-15);
  assert_near (re3_analysis_get_test_accuracy (analysis), accuracy[1], 1e-15);
  for (gsize actual = 0; actual < n_classes; actual++)
    for (gsize predicted = 0; predicted < n_classes; predicted++)
      g_assert_cmpuint (re3_analysis_get_confusion (analysis, actual, predicted), ==,
                        (gsize) confusion[actual * n_classes + predicted]);

  re3_region_table_count (re3_analysis_get_region_table (analysis), &counts);
  g_assert_cmpuint (counts.all, ==, (gsize) expected[0]);
  g_assert_cmpuint (counts.train, ==, (gsize) expected[1]);
  g_assert_cmpuint (counts.test, ==, (gsize) expected[2]);
  g_assert_cmpuint (counts.similar, ==, (gsize) expected[3]);
  g_assert_cmpuint (counts.dissimilar, ==, (gsize) expected[4]);
  assert_near (counts.top1, expected[5], 1e-15);
  assert_near (counts.top_c, expected[6], 1e-15);

  if (reference_has (reference, "validity")) {
    assert_validity (analysis, FALSE, reference_numbers (reference, "validity", 8));
    assert_validity (analysis, TRUE, reference_numbers (reference, "paper_validity", 8));
  }
  g_assert_cmpfloat (re3_analysis_get_residual_max (analysis), <, 1e-12);
}

static void
test_reference (void)
{
  for (gsize i = 0; reference_networks[i] != NULL; i++) {
    g_autoptr (Reference) reference = reference_open (reference_networks[i]);
    g_autoptr (Re3Network) network = reference_network (reference);
    g_autoptr (Re3Model) model = model_of_network (network);
    g_autoptr (Re3Dataset) dataset = reference_dataset (reference, 1, TRUE, TRUE);
    g_autoptr (GError) error = NULL;
    g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, &error);

    g_assert_no_error (error);
    g_assert_true (re3_analysis_get_model (analysis) == model);
    g_assert_true (re3_analysis_get_dataset (analysis) == dataset);
    assert_rows (reference, analysis);
    assert_regions (reference, analysis);
    assert_summary (reference, analysis);
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
  g_autoptr (Re3Dataset) dataset = reference_dataset (reference, n_times, TRUE, TRUE);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  gsize n = reference_n_rows (reference);
  const double *regions = reference_numbers (reference, "regions", n);
  double residual_max = 0;

  for (gsize row = 0; row < n * n_times; row++) {
    g_autoptr (Re3Explanation) alone =
        re3_explanation_new (model, reference_point (reference, row % n), NULL);

    g_assert_cmpfloat (re3_analysis_get_confidence (analysis, row), ==,
                       alone->probabilities[alone->prediction]);
    g_assert_cmpfloat (re3_analysis_get_distance (analysis, row), ==, alone->boundary.l2);
    g_assert_cmpfloat (re3_analysis_get_paper_distance (analysis, row), ==, alone->boundary.paper);
    g_assert_cmpuint (re3_analysis_get_region (analysis, row), ==, (gsize) regions[row % n]);
    residual_max = MAX (residual_max, alone->residual);
  }

  g_assert_cmpfloat (re3_analysis_get_residual_max (analysis), ==, residual_max);
  for (gsize place = 0; place < 3; place++)
    assert_all_near (re3_analysis_get_profile (analysis, place),
                     reference_numbers (reference, reference_key (reference, "profile", place), 4),
                     4, 1e-12);
}

/* Without labels nothing is right or wrong, and the profile is that of the predicted class. */
static void
test_without_labels (void)
{
  g_autoptr (Reference) reference = reference_open ("network-two");
  g_autoptr (Re3Network) network = reference_network (reference);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = reference_dataset (reference, 1, FALSE, FALSE);
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  const Re3RegionTable *table = re3_analysis_get_region_table (analysis);
  gsize last = re3_region_table_get_n_regions (table) - 1;
  gsize row = re3_region_table_get_rows (table, last)[0];
  g_autoptr (Re3Explanation) alone =
      re3_explanation_new (model, reference_point (reference, row), NULL);
  g_autofree double *contributions = re3_explanation_logit_contributions (alone, alone->prediction);
  g_autofree double *distances = g_new (double, reference_n_rows (reference));
  Re3Validity validity;
  Re3Validity expected;

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
  re3_validity_summarise (distances, reference_n_rows (reference), &expected);
  re3_analysis_get_validity (analysis, FALSE, &validity);
  g_assert_cmpmem (&validity, sizeof validity, &expected, sizeof expected);
}

/* A monitor that stops at a given report, and remembers what it was told, and where. */
typedef struct {
  GThread *thread;
  gsize n_reports;
  gsize stop_at;
  gsize last_done;
  gsize last_total;
} Watch;

static gboolean
watch_report (gsize done, gsize total, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_true (g_thread_self () == watch->thread);
  g_assert_cmpuint (done, >=, watch->last_done);
  g_assert_cmpuint (done, <=, total);
  g_assert_true (watch->last_total == 0 || watch->last_total == total);
  watch->last_done = done;
  watch->last_total = total;

  return ++watch->n_reports != watch->stop_at;
}

static Re3Analysis *
analyse_watched (Re3Model *model,
                 Re3Dataset *dataset,
                 gsize n_threads,
                 Watch *watch,
                 GError **error)
{
  const Re3Monitor monitor = { watch_report, watch };
  const Re3AnalysisOptions options = { .n_threads = n_threads, .monitor = &monitor };

  watch->thread = g_thread_self ();

  return re3_analysis_new_with_options (model, dataset, &options, error);
}

/* Wherever it is stopped, it stops there. */
static void
test_monitor (void)
{
  g_autoptr (Reference) reference = reference_open ("network-two");
  g_autoptr (Re3Network) network = reference_network (reference);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = reference_dataset (reference, 20, TRUE, TRUE);

  for (gsize n_threads = 1; n_threads <= 3; n_threads++) {
    gsize stop_at = 0;
    gboolean stopped;

    do {
      Watch watch = { .stop_at = ++stop_at };
      g_autoptr (GError) error = NULL;
      g_autoptr (Re3Analysis) analysis =
          analyse_watched (model, dataset, n_threads, &watch, &error);

      stopped = watch.n_reports == stop_at;
      g_assert_true (stopped == (analysis == NULL));
      if (stopped)
        g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED);
      else
        g_assert_cmpuint (watch.last_done, ==, watch.last_total);
    } while (stopped);

    g_assert_cmpuint (stop_at, >, 10);
  }
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
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/analysis/reference", test_reference);
  g_test_add_func ("/analysis/blocks", test_blocks);
  g_test_add_func ("/analysis/without-labels", test_without_labels);
  g_test_add_func ("/analysis/monitor", test_monitor);
  g_test_add_func ("/analysis/refusals", test_refusals);
  g_test_add_func ("/analysis/empty", test_empty);

  return g_test_run ();
}
