/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-analysis.h"
#include "re3-core-error.h"
#include "re3-counterfactual.h"
#include "re3-memory.h"

#include <string.h>

/* A region with more rows than one task measures, and some with few. */
#define N_ROWS 4000

static void
test_room (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint32 *numbers = re3_try_new0 (guint32, 3, 5, &error, "%d numbers", 15);
  g_autofree double *none = re3_try_new (double, 0, 5, &error, "nothing");

  g_assert_no_error (error);
  g_assert_nonnull (none);
  for (guint32 i = 0; i < 15; i++) {
    g_assert_cmpuint (numbers[i], ==, 0);
    numbers[i] = i;
  }

  g_assert_true (re3_try_renew (guint32, &numbers, 1000, 7, &error, "%d numbers", 7000));
  for (guint32 i = 0; i < 15; i++)
    g_assert_cmpuint (numbers[i], ==, i);
}

/* What no machine has, and what no number can say. */
static void
test_too_much (void)
{
  g_autoptr (GError) large = NULL;
  g_autoptr (GError) overflow = NULL;
  g_autoptr (GError) renewed = NULL;
  g_autoptr (GError) extended = NULL;
  gpointer kept = g_new0 (guint8, 1);
  gpointer array = kept;

  re3_memory_fail_at (1);
  g_assert_null (re3_try_new (double, 250000, 784, &large, "%d rows of %d features", 250000, 784));
  g_assert_error (large, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY);
  g_assert_nonnull (strstr (large->message, "250000 rows of 784 features"));
  g_assert_nonnull (strstr (large->message, "1.5"));

  g_assert_null (re3_try_new (double, G_MAXSIZE / 4, 1, &overflow, "a quarter of all"));
  g_assert_error (overflow, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY);

  g_assert_false (re3_try_renew (guint8, &array, G_MAXSIZE, 2, &renewed, "twice all"));
  g_assert_error (renewed, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY);
  g_assert_true (array == kept);
  g_free (array);

  g_assert_false (re3_memory_try_extend (1, G_MAXSIZE / 2, 4, &extended, "twice all"));
  g_assert_error (extended, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY);
}

/* Exactly one fails, and whoever wants no error gets none. */
static void
test_switch (void)
{
  re3_memory_fail_at (3);
  for (gsize i = 1; i <= 5; i++) {
    g_autofree guint8 *bytes = re3_try_new (guint8, 1, 1, NULL, "one byte");

    g_assert_true ((bytes == NULL) == (i == 3));
    g_assert_true (re3_memory_will_fail () == (i < 3));
  }

  /* An array that has the room already asks for none. */
  re3_memory_fail_at (1);
  g_assert_true (re3_memory_try_extend (5000, 8192, 1, NULL, "8192 bytes"));
  g_assert_false (re3_memory_try_extend (8192, 8193, 1, NULL, "8193 bytes"));
  g_assert_false (re3_memory_will_fail ());
}

static Re3Dataset *
make_dataset (gsize n_features, gsize n_classes)
{
  double *values = random_numbers (n_features * N_ROWS, 2, 3101);
  int *labels = g_new (int, N_ROWS);
  guint8 *is_test = g_new (guint8, N_ROWS);

  for (gsize row = 0; row < N_ROWS; row++) {
    labels[row] = (int) (row % n_classes);
    is_test[row] = row % 3 == 0;
    if (row % 2 == 0)
      for (gsize feature = 0; feature < n_features; feature++)
        values[feature * N_ROWS + row] = 0.5 + values[feature * N_ROWS + row] / 200;
  }

  return re3_dataset_new (n_features, N_ROWS, n_classes, values, labels, NULL, is_test);
}

static void
assert_same (const Re3Analysis *a, const Re3Analysis *b)
{
  for (gsize row = 0; row < re3_dataset_get_n_rows (re3_analysis_get_dataset (a)); row++) {
    g_assert_cmpfloat (re3_analysis_get_confidence (a, row), ==,
                       re3_analysis_get_confidence (b, row));
    g_assert_cmpuint (re3_analysis_get_region (a, row), ==, re3_analysis_get_region (b, row));
    for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++)
      g_assert_cmpfloat (re3_analysis_get_boundary (a, row, metric, NULL), ==,
                         re3_analysis_get_boundary (b, row, metric, NULL));
  }
}

/* Whatever piece of memory is not there, the analysis says so and leaves nothing behind; and once
 * there is enough, it is the same as if nothing had been. Returns: how many pieces there were */
static gsize
assert_survives (Re3Model *model,
                 Re3Dataset *dataset,
                 const Re3AnalysisOptions *options,
                 const Re3Analysis *expected)
{
  g_autoptr (Re3Analysis) analysis = NULL;
  gsize n_failed = 0;

  while (analysis == NULL) {
    g_autoptr (GError) error = NULL;

    re3_memory_fail_at (n_failed + 1);
    analysis = re3_analysis_new_with_options (model, dataset, options, &error);
    g_assert_true ((analysis == NULL) == (error != NULL));
    if (error != NULL) {
      g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY);
      n_failed++;
    }
  }
  /* No failure was overlooked: the last one lies ahead still. */
  g_assert_true (re3_memory_will_fail ());
  re3_memory_fail_at (0);
  assert_same (analysis, expected);

  return n_failed;
}

static void
test_analysis (gconstpointer data)
{
  static const gsize widths[] = { 2, 4, 3, 3 };
  const Re3AnalysisOptions options = { .n_threads = GPOINTER_TO_SIZE (data) };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 3100);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = make_dataset (2, 3);
  g_autoptr (Re3Analysis) expected = re3_analysis_new_with_options (model, dataset, &options, NULL);

  g_assert_cmpuint (
      re3_region_table_get_region (re3_analysis_get_region_table (expected), 0)->n_train, >, 1024);
  g_assert_cmpuint (assert_survives (model, dataset, &options, expected), >, 50);
}

/* A network so wide that rows which are alone in their region are measured without its gradients,
 * but for those few of which the maps are kept. */
static void
test_wide_analysis (void)
{
  static const gsize widths[] = { 300, 200, 200, 2 };
  const gsize n_rows = 24;
  const Re3AnalysisOptions options = { .n_threads = 1 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 3200);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = re3_dataset_new (
      300, n_rows, 2, random_numbers (300 * n_rows, 2, 3201), NULL, NULL, g_new0 (guint8, n_rows));
  g_autoptr (Re3Analysis) expected = re3_analysis_new_with_options (model, dataset, &options, NULL);

  g_assert_cmpuint (RE3_REGION_MAPS_BYTES / re3_region_get_size (network), <, n_rows / 2);
  g_assert_cmpuint (assert_survives (model, dataset, &options, expected), >, 50);
}

/* All ways to fold what comes one after another. (transfer full) (nullable) */
static Re3Network *
build_network (GError **error)
{
  static const double numbers[] = { 1, -2, 3, 4, -5, 6 };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (2);

  if (re3_network_builder_add_scaling (builder, numbers, numbers, error) &&
      re3_network_builder_add_affine (builder, 3, numbers, numbers, error) &&
      re3_network_builder_add_affine (builder, 2, numbers, numbers, error) &&
      re3_network_builder_add_scaling (builder, numbers, numbers, error) &&
      re3_network_builder_add_rectifier (builder, 0, error) &&
      re3_network_builder_add_rectifier (builder, 0.5, error) &&
      re3_network_builder_add_scaling (builder, numbers, numbers, error))
    return re3_network_builder_finish (builder, error);

  return NULL;
}

static void
test_network (void)
{
  g_autoptr (Re3Network) expected = build_network (NULL);
  g_autoptr (Re3Network) network = NULL;
  const Re3Affine *affine;
  gsize n_failed = 0;

  while (network == NULL) {
    g_autoptr (GError) error = NULL;

    re3_memory_fail_at (n_failed + 1);
    network = build_network (&error);
    g_assert_true ((network == NULL) == (error != NULL));
    if (error != NULL) {
      g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY);
      n_failed++;
    }
  }
  g_assert_true (re3_memory_will_fail ());
  re3_memory_fail_at (0);

  g_assert_cmpuint (n_failed, >, 20);
  affine = re3_network_get_affine (network, 0);
  g_assert_cmpmem (affine->weight, 4 * sizeof (double),
                   re3_network_get_affine (expected, 0)->weight, 4 * sizeof (double));
}

/* Likewise for a search in each metric. */
static void
test_counterfactual (void)
{
  static const gsize widths[] = { 3, 5, 4, 3 };
  static const Re3Metric metrics[] = { RE3_METRIC_L2, RE3_METRIC_L1, RE3_METRIC_LINF };
  static const double values[] = { 0, 0, 0 };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 14);
  g_autoptr (Re3Model) model = model_of_network (network);

  for (gsize m = 0; m < G_N_ELEMENTS (metrics); m++) {
    Re3CounterfactualOptions options = RE3_COUNTERFACTUAL_OPTIONS_DEFAULT;
    g_autoptr (Re3Counterfactual) expected = NULL;
    g_autoptr (Re3Counterfactual) found = NULL;
    gsize n_failed = 0;

    options.metric = metrics[m];
    expected = re3_counterfactual_new (model, values, &options, NULL, NULL);
    g_assert_true (expected->found && expected->proven);
    while (found == NULL) {
      g_autoptr (GError) error = NULL;

      re3_memory_fail_at (n_failed + 1);
      found = re3_counterfactual_new (model, values, &options, NULL, &error);
      g_assert_true ((found == NULL) == (error != NULL));
      if (error != NULL) {
        g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY);
        n_failed++;
      }
    }
    g_assert_true (re3_memory_will_fail ());
    re3_memory_fail_at (0);

    g_assert_cmpuint (n_failed, >, 10);
    g_assert_cmpfloat (found->distance, ==, expected->distance);
    g_assert_true (found->proven && !found->stopped);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/memory/room", test_room);
  g_test_add_func ("/memory/too-much", test_too_much);
  g_test_add_func ("/memory/switch", test_switch);
  g_test_add_data_func ("/memory/analysis-one-thread", GSIZE_TO_POINTER (1), test_analysis);
  g_test_add_data_func ("/memory/analysis-two-threads", GSIZE_TO_POINTER (2), test_analysis);
  g_test_add_func ("/memory/wide-analysis", test_wide_analysis);
  g_test_add_func ("/memory/network", test_network);
  g_test_add_func ("/memory/counterfactual", test_counterfactual);

  return g_test_run ();
}
