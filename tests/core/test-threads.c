/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-analysis.h"
#include "re3-core-error.h"
#include "reference.h"

/* All numbers of an analysis, to the bit. */
typedef struct {
  GChecksum *checksum;
} Digest;

static void
digest_add (Digest *self, gconstpointer data, gsize size)
{
  g_checksum_update (self->checksum, data, (gssize) size);
}

static void
digest_add_number (Digest *self, double number)
{
  digest_add (self, &number, sizeof number);
}

static void
digest_add_count (Digest *self, gsize count)
{
  digest_add (self, &count, sizeof count);
}

static void
digest_add_rows (Digest *self, const Re3Analysis *analysis)
{
  for (gsize row = 0; row < re3_dataset_get_n_rows (re3_analysis_get_dataset (analysis)); row++) {
    digest_add_count (self, (gsize) re3_analysis_get_prediction (analysis, row));
    digest_add_number (self, re3_analysis_get_confidence (analysis, row));
    digest_add_count (self, re3_analysis_get_region (analysis, row));
    for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++) {
      gsize neuron;

      digest_add_number (self, re3_analysis_get_boundary (analysis, row, metric, &neuron));
      digest_add_count (self, neuron);
    }
  }
}

static void
digest_add_regions (Digest *self, const Re3Analysis *analysis)
{
  const Re3RegionTable *table = re3_analysis_get_region_table (analysis);
  gsize n_features = re3_model_get_n_features (re3_analysis_get_model (analysis));
  gsize n_classes = re3_model_get_n_classes (re3_analysis_get_model (analysis));

  for (gsize place = 0; place < re3_region_table_get_n_regions (table); place++) {
    const Re3RegionRow *row = re3_region_table_get_region (table, place);
    gsize n_words = re3_pattern_n_words (row->pattern->n_gates);

    digest_add (self, row->pattern->words, n_words * sizeof (guint64));
    digest_add_count (self, row->n_train);
    digest_add_count (self, row->n_test);
    digest_add_number (self, row->purity);
    digest_add (self, re3_analysis_get_profile (analysis, place), n_features * sizeof (double));
    for (gsize c = 0; c < n_classes; c++)
      if (re3_analysis_get_class_profile (analysis, place, c) != NULL)
        digest_add (self, re3_analysis_get_class_profile (analysis, place, c),
                    n_features * sizeof (double));
  }
}

static void
digest_add_importance (Digest *self, const Re3Importance *importance)
{
  gsize size = importance->n_features * sizeof (double);

  digest_add_count (self, importance->n_samples);
  digest_add (self, importance->logit_absolute, size);
  digest_add (self, importance->logit_signed, size);
  digest_add (self, importance->probability_absolute, size);
  digest_add (self, importance->probability_signed, size);
  digest_add (self, importance->ranks,
              importance->n_features * importance->n_ranks * sizeof (guint32));
}

static void
digest_add_neurons (Digest *self, const Re3Analysis *analysis, Re3SampleSet set)
{
  const Re3Model *model = re3_analysis_get_model (analysis);
  gsize n_neurons = re3_network_get_n_neurons (re3_model_get_network (model));

  for (int c = RE3_ALL_CLASSES; c < (int) re3_model_get_n_classes (model); c++)
    for (gsize neuron = 0; neuron < n_neurons; neuron++) {
      Re3NeuronStatistics statistics;

      g_assert_true (re3_analysis_get_neuron (analysis, set, c, neuron, &statistics));
      digest_add_count (self, statistics.n_samples);
      digest_add_number (self, statistics.active);
      digest_add_number (self, statistics.mean_absolute_contribution);
      digest_add (self, statistics.top, sizeof statistics.top);
    }
}

/* (transfer full) */
static char *
digest_analysis (const Re3Analysis *analysis)
{
  Digest digest = { g_checksum_new (G_CHECKSUM_SHA256) };
  char *text;

  digest_add_rows (&digest, analysis);
  digest_add_regions (&digest, analysis);
  digest_add_number (&digest, re3_analysis_get_residual_max (analysis));
  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++) {
    digest_add_importance (&digest, re3_analysis_get_importance (analysis, set));
    digest_add_neurons (&digest, analysis, set);
    digest_add_number (&digest,
                       re3_quality_get_accuracy (re3_analysis_get_quality (analysis, set)));
    for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++) {
      Re3Validity validity;

      re3_analysis_get_boundary_summary (analysis, metric, set, &validity);
      digest_add (&digest, &validity, sizeof validity);
    }
  }
  text = g_strdup (g_checksum_get_string (digest.checksum));
  g_checksum_free (digest.checksum);

  return text;
}

/* Half of the rows close together, in a few large regions, and half of them far apart. Every third
 * row is a test sample, and every eleventh has no label. */
static Re3Dataset *
mixed_dataset (gsize n_features, gsize n_rows, int n_classes)
{
  double *values = random_numbers (n_features * n_rows, 2, 2001);
  int *labels = g_new (int, n_rows);
  guint8 *is_test = g_new (guint8, n_rows);

  for (gsize row = 0; row < n_rows; row++) {
    labels[row] = row % 11 == 0 ? RE3_NO_LABEL : (int) (row / 2) % n_classes;
    is_test[row] = row % 3 == 0;
    if (row % 2 == 0)
      for (gsize feature = 0; feature < n_features; feature++)
        values[feature * n_rows + row] = 0.5 + values[feature * n_rows + row] / 200;
  }

  return re3_dataset_new (n_features, n_rows, (gsize) n_classes, values, labels, NULL, is_test);
}

/* The number of threads changes no bit. */
static void
test_same_bits (void)
{
  static const gsize widths[] = { 6, 14, 10, 5, 3 };
  static const gsize n_threads[] = { 1, 2, 3, 7, 0 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 2000);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = mixed_dataset (6, 40000, 3);
  g_autofree char *expected = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (n_threads); i++) {
    const Re3AnalysisOptions options = { .n_threads = n_threads[i] };
    g_autoptr (Re3Analysis) analysis =
        re3_analysis_new_with_options (model, dataset, &options, NULL);
    const Re3RegionTable *table = re3_analysis_get_region_table (analysis);
    g_autofree char *digest = digest_analysis (analysis);

    /* There are regions that several tasks share, and tasks that hold several regions. */
    g_assert_cmpuint (re3_region_table_get_region (table, 0)->n_train, >, 3000);
    g_assert_cmpuint (re3_region_table_get_n_regions (table), >, 3000);
    if (expected == NULL)
      expected = g_steal_pointer (&digest);
    else
      g_assert_cmpstr (digest, ==, expected);
  }
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
  g_autoptr (Re3Dataset) dataset =
      reference_dataset (reference, 20, REFERENCE_LABELS | REFERENCE_TESTS);

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

    g_assert_cmpuint (stop_at, >, 2);
  }
}

/* One sample of a wide network takes long too, and asks often whether it is to go on. */
static void
test_wide_network (void)
{
  static const gsize widths[] = { 60, 900, 900, 10 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 2100);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset =
      re3_dataset_new (60, 1, 10, random_numbers (60, 1, 2101), NULL, NULL, g_new0 (guint8, 1));
  Watch watch = { 0 };
  g_autoptr (Re3Analysis) analysis = analyse_watched (model, dataset, 1, &watch, NULL);
  g_autoptr (Re3Analysis) stopped = NULL;
  g_autoptr (GError) error = NULL;

  /* About 900 x 450 x 60 products, of which some millions pass between two looks. */
  g_assert_nonnull (analysis);
  g_assert_cmpuint (watch.n_reports, >=, 10);

  watch = (Watch){ .stop_at = watch.n_reports / 2 };
  stopped = analyse_watched (model, dataset, 1, &watch, &error);
  g_assert_null (stopped);
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED);
  g_assert_cmpuint (watch.n_reports, ==, watch.stop_at);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/threads/same-bits", test_same_bits);
  g_test_add_func ("/threads/monitor", test_monitor);
  g_test_add_func ("/threads/wide-network", test_wide_network);

  return g_test_run ();
}
