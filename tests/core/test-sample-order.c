/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-sample-order-private.h"

#define N_ROWS    60000
#define N_CLASSES 3

static Re3Dataset *
make_dataset (void)
{
  int *labels = g_new (int, N_ROWS);
  guint8 *is_test = g_new (guint8, N_ROWS);

  for (gsize row = 0; row < N_ROWS; row++) {
    labels[row] = row % 7 == 0 ? RE3_NO_LABEL : (int) (row / 2 % N_CLASSES);
    is_test[row] = row % 3 == 0;
  }

  return re3_dataset_new (2, N_ROWS, N_CLASSES, random_numbers (2 * N_ROWS, 1, 4001), labels, NULL,
                          is_test);
}

/* Whether the first differs from the second in nothing but the row, by what the answers and the
 * data set say. */
static gboolean
are_alike (const Re3Answers *answers, const Re3Dataset *dataset, gsize row, gsize other)
{
  return re3_region_table_get_region_of_row (answers->table, row) ==
             re3_region_table_get_region_of_row (answers->table, other) &&
         answers->predictions[row] == answers->predictions[other] &&
         re3_dataset_get_label (dataset, row) == re3_dataset_get_label (dataset, other) &&
         re3_dataset_is_test (dataset, row) == re3_dataset_is_test (dataset, other);
}

/* Each row once, those of large regions before those of small ones, and what stands together has
 * all but the row in common. Where no region is large, each kind of sample is one run. */
static void
assert_ordered (const Re3Answers *answers, const Re3Dataset *dataset, gsize n_large, Re3Team *team)
{
  gsize n_rows = re3_dataset_get_n_rows (dataset);
  g_autoptr (Re3SampleOrder) order =
      re3_sample_order_new (answers, dataset, N_CLASSES, n_large, team);
  g_autofree guint8 *seen = g_new0 (guint8, n_rows);

  g_assert_cmpuint (order->runs[0].first, ==, 0);
  g_assert_cmpuint (order->runs[order->n_runs].first, ==, n_rows);
  for (gsize i = 0; i < order->n_runs; i++) {
    const Re3OrderedRun *run = &order->runs[i];
    gsize first = order->rows[run->first];

    g_assert_cmpuint (run->first, <, run[1].first);
    g_assert_cmpuint (run->region, ==, re3_region_table_get_region_of_row (answers->table, first));
    g_assert_cmpuint (run->prediction, ==, answers->predictions[first]);
    g_assert_true (i == 0 || run[-1].region < n_large || run[-1].region <= run->region);
    for (gsize j = run->first; j < run[1].first; j++) {
      g_assert_false (seen[order->rows[j]]);
      seen[order->rows[j]] = TRUE;
      g_assert_true (are_alike (answers, dataset, first, order->rows[j]));
      g_assert_true (j == run->first || order->rows[j - 1] < order->rows[j]);
      g_assert_true (re3_sample_order_find_run (order, j) == run);
    }
    for (gsize other = 0; other < i; other++)
      g_assert_false (n_large == 0 &&
                      are_alike (answers, dataset, first, order->rows[order->runs[other].first]));
  }
  g_assert_cmpuint (order->n_runs, >, 2 * re3_region_table_get_n_regions (answers->table));
  /* On average there are some tens of samples in a run. */
  g_assert_cmpuint (order->n_runs, <, n_rows / 50);
}

/* The order is the same however many threads share the work. */
static void
assert_same_of_threads (const Re3Answers *answers, const Re3Dataset *dataset, gsize n_large)
{
  static const gsize n_threads[] = { 1, 2, 3, 7 };
  g_autoptr (Re3SampleOrder) of_one = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (n_threads); i++) {
    gsize n_rows = re3_dataset_get_n_rows (dataset);
    g_autoptr (Re3SampleOrder) order = NULL;
    Re3Team team;

    re3_team_init (&team, n_threads[i], NULL, 0);
    order = re3_sample_order_new (answers, dataset, N_CLASSES, n_large, &team);
    g_assert_nonnull (order);
    if (of_one == NULL) {
      of_one = g_steal_pointer (&order);
      continue;
    }
    g_assert_cmpmem (order->rows, n_rows * sizeof (guint32), of_one->rows,
                     n_rows * sizeof (guint32));
    g_assert_cmpmem (order->runs, order->n_runs * sizeof (Re3OrderedRun), of_one->runs,
                     of_one->n_runs * sizeof (Re3OrderedRun));
  }
}

static void
test_runs (void)
{
  static const gsize widths[] = { 2, 4, 3, N_CLASSES };
  g_autoptr (Re3Network) network = random_network (widths, G_N_ELEMENTS (widths), 4000);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autoptr (Re3Dataset) dataset = make_dataset ();
  g_autoptr (Re3Answers) answers = NULL;
  gsize n_regions;
  Re3Team team;

  re3_team_init (&team, 1, NULL, N_ROWS);
  answers = re3_answers_new (model, dataset, &team);
  n_regions = re3_region_table_get_n_regions (answers->table);
  g_assert_cmpuint (n_regions, >, 8);

  assert_ordered (answers, dataset, 0, &team);
  assert_ordered (answers, dataset, n_regions / 2, &team);
  assert_ordered (answers, dataset, n_regions, &team);
  assert_same_of_threads (answers, dataset, n_regions / 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sample-order/runs", test_runs);

  return g_test_run ();
}
