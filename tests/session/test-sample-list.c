/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-list.h"

/* f(x) = (relu(x), -relu(x)): class 0 where x > 0 and, at a tie, which the first class wins, at
 * 0 and below; two regions. One name holds the other, so that a search for it finds both. */
static Re3Model *
make_model (void)
{
  static const double first[] = { 1.0 };
  static const double second[] = { 1.0, -1.0 };
  static const double zeros[] = { 0.0, 0.0 };
  static const char *const classes[] = { "Upright", "right", NULL };
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (1);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3ModelBuilder) model = NULL;

  g_assert_true (re3_network_builder_add_affine (builder, 1, first, zeros, NULL));
  g_assert_true (re3_network_builder_add_rectifier (builder, 0.0, NULL));
  g_assert_true (re3_network_builder_add_affine (builder, 2, second, zeros, NULL));
  network = re3_network_builder_finish (builder, NULL);
  model = re3_model_builder_new (network);
  g_assert_true (re3_model_builder_set_classes (model, classes, NULL));
  return re3_model_builder_finish (model);
}

static const double values[] = { 3.0, -1.0, 1.0, 2.0, -2.0, 1.0 };
static const int labels[] = { 0, 0, 1, 0, 1, 1 };

#define N_ROWS G_N_ELEMENTS (values)

static Re3SampleList *
make_list (void)
{
  g_autoptr (Re3Model) model = make_model ();
  g_autoptr (Re3Dataset) dataset =
      re3_dataset_new (1, N_ROWS, 2, g_memdup2 (values, sizeof values),
                       g_memdup2 (labels, sizeof labels), NULL, g_new0 (guint8, N_ROWS));
  g_autoptr (Re3Analysis) analysis = re3_analysis_new (model, dataset, NULL, NULL);
  Re3SampleList *list = re3_sample_list_new ();

  re3_sample_list_set_source (list, dataset, analysis);
  return list;
}

static void
assert_rows (Re3SampleList *list, guint n, ...)
{
  gboolean shown[N_ROWS] = { FALSE };
  va_list rows;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n);
  va_start (rows, n);
  for (guint i = 0; i < n; i++) {
    guint row = va_arg (rows, guint);
    g_autoptr (Re3Sample) sample = g_list_model_get_item (G_LIST_MODEL (list), i);

    g_assert_cmpuint (re3_sample_get_row (sample), ==, row);
    g_assert_cmpuint (re3_sample_list_get_row (list, i), ==, row);
    g_assert_cmpuint (re3_sample_list_find_row (list, row), ==, i);
    shown[row] = TRUE;
  }
  va_end (rows);

  for (guint row = 0; row < N_ROWS; row++)
    if (!shown[row])
      g_assert_cmpuint (re3_sample_list_find_row (list, row), ==, G_MAXUINT);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), n));
}

static void
test_order (void)
{
  g_autoptr (Re3SampleList) list = make_list ();

  assert_rows (list, 6, 0, 1, 2, 3, 4, 5);
  re3_sample_list_set_order (list, RE3_SAMPLE_ROW, TRUE);
  assert_rows (list, 6, 5, 4, 3, 2, 1, 0);
  /* The distance to the only hyperplane, x = 0, is |x|; rows 1, 2 and 5 are tied. */
  re3_sample_list_set_order (list, RE3_SAMPLE_DISTANCE, FALSE);
  assert_rows (list, 6, 1, 2, 5, 3, 4, 0);
  re3_sample_list_set_order (list, RE3_SAMPLE_DISTANCE, TRUE);
  assert_rows (list, 6, 0, 3, 4, 1, 2, 5);
  re3_sample_list_set_order (list, RE3_SAMPLE_LABEL, FALSE);
  assert_rows (list, 6, 0, 1, 3, 2, 4, 5);
  /* The region with x > 0 holds four samples and comes first. */
  re3_sample_list_set_order (list, RE3_SAMPLE_REGION, FALSE);
  assert_rows (list, 6, 0, 2, 3, 5, 1, 4);
}

static void
filter (Re3SampleList *list, gssize region, gboolean misclassified, const char *text)
{
  Re3SampleFilter asked = { region, misclassified, text };

  re3_sample_list_set_filter (list, &asked);
}

static void
test_filter (void)
{
  g_autoptr (Re3SampleList) list = make_list ();

  /* Every prediction is class 0. */
  filter (list, -1, TRUE, NULL);
  assert_rows (list, 3, 2, 4, 5);
  filter (list, 1, FALSE, NULL);
  assert_rows (list, 2, 1, 4);
  filter (list, 1, TRUE, NULL);
  assert_rows (list, 1, 4);
  filter (list, -1, FALSE, "R1");
  assert_rows (list, 4, 0, 2, 3, 5);
  filter (list, -1, FALSE, "3");
  assert_rows (list, 1, 3);
  filter (list, -1, FALSE, "  UPRIGHT ");
  assert_rows (list, 6, 0, 1, 2, 3, 4, 5);
  filter (list, -1, FALSE, "upright r2");
  assert_rows (list, 2, 1, 4);
  filter (list, -1, FALSE, "r0");
  assert_rows (list, 0);
  filter (list, -1, FALSE, "nothing");
  assert_rows (list, 0);
  filter (list, -1, FALSE, "");
  assert_rows (list, 6, 0, 1, 2, 3, 4, 5);
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, guint *n_items)
{
  g_assert_cmpuint (position, ==, 0);
  g_assert_cmpuint (removed, ==, *n_items);
  *n_items = added;
}

/* What the list says of its changes adds up. */
static void
test_changes (void)
{
  g_autoptr (Re3SampleList) list = make_list ();
  guint n_items = N_ROWS;

  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &n_items);
  filter (list, 0, FALSE, NULL);
  g_assert_cmpuint (n_items, ==, 4);
  re3_sample_list_set_order (list, RE3_SAMPLE_CONFIDENCE, TRUE);
  g_assert_cmpuint (n_items, ==, 4);
  re3_sample_list_set_source (list, NULL, NULL);
  g_assert_cmpuint (n_items, ==, 0);
  g_assert_cmpuint (re3_sample_list_find_row (list, 0), ==, G_MAXUINT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample-list/order", test_order);
  g_test_add_func ("/sample-list/filter", test_filter);
  g_test_add_func ("/sample-list/changes", test_changes);
  return g_test_run ();
}
