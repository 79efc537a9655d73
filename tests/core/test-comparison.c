/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-comparison.h"

#include <math.h>

static const gsize widths[] = { 9, 16, 8, 3 };

/* The differences of the contributions and of the bases make up that of the logits, as does the
 * path; what has not changed contributes nothing to it. */
static void
test_sums (void)
{
  for (guint32 seed = 1; seed <= 40; seed++) {
    g_autoptr (Re3Network) network = random_network (widths, 4, 10 * seed);
    g_autoptr (Re3Model) model = model_of_network (network);
    g_autofree double *values = random_numbers (9, 4, 1000 + seed);
    g_autofree double *others = random_numbers (9, 4, 2000 + seed);
    gsize same = seed % 9;
    gsize c = seed % 3;
    g_autoptr (Re3Explanation) from = NULL;
    g_autoptr (Re3Explanation) to = re3_explanation_new (model, others, NULL);
    g_autoptr (Re3Comparison) comparison = NULL;
    double change, path, differences;

    values[same] = others[same];
    from = re3_explanation_new (model, values, NULL);
    comparison = re3_comparison_new (from, to, c);
    change = to->forward->logits[c] - from->forward->logits[c];
    differences = to->region->D[c] - from->region->D[c];
    path = 0;
    for (gsize i = 0; i < 9; i++) {
      differences += re3_comparison_get_difference (comparison, i);
      path += comparison->path[i];
    }
    g_assert_cmpfloat_with_epsilon (differences, change, 1e-12);
    g_assert_cmpfloat_with_epsilon (path, change, 1e-12);
    g_assert_cmpfloat (comparison->path[same], ==, 0);
  }
}

/* Every feature once, the largest difference first. */
static void
test_order (void)
{
  g_autoptr (Re3Network) network = random_network (widths, 4, 3);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autofree double *values = random_numbers (9, 4, 4);
  g_autofree double *others = random_numbers (9, 4, 5);
  g_autoptr (Re3Explanation) from = re3_explanation_new (model, values, NULL);
  g_autoptr (Re3Explanation) to = re3_explanation_new (model, others, NULL);
  g_autoptr (Re3Comparison) comparison = re3_comparison_new (from, to, 1);
  g_autoptr (Re3Comparison) same = re3_comparison_new (to, to, 1);
  gboolean seen[9] = { FALSE };
  double last = INFINITY;

  for (gsize i = 0; i < 9; i++) {
    gsize feature = comparison->order[i];
    double size = fabs (re3_comparison_get_difference (comparison, feature));

    g_assert_false (seen[feature]);
    seen[feature] = TRUE;
    g_assert_cmpfloat (size, <=, last);
    last = size;
    g_assert_cmpuint (same->order[i], ==, i);
    g_assert_cmpfloat (same->path[i], ==, 0);
  }
}

/* Within one region the map is the same: each difference is A times that of the input. */
static void
test_one_region (void)
{
  g_autoptr (Re3Network) network = random_network (widths, 4, 3);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autofree double *values = random_numbers (9, 4, 4);
  g_autoptr (Re3Explanation) from = re3_explanation_new (model, values, NULL);
  double step = from->boundary.linf / 2;
  g_autoptr (Re3Explanation) to = NULL;
  g_autoptr (Re3Comparison) comparison = NULL;

  for (gsize i = 0; i < 9; i++)
    values[i] += step;
  to = re3_explanation_new (model, values, from->region);
  g_assert_true (to->region == from->region);
  comparison = re3_comparison_new (from, to, 2);
  for (gsize i = 0; i < 9; i++) {
    double expected = re3_matrix_row (from->region->A, 2)[i] * step;

    g_assert_cmpfloat_with_epsilon (re3_comparison_get_difference (comparison, i), expected, 1e-12);
    g_assert_cmpfloat_with_epsilon (comparison->path[i], expected, 1e-12);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/sums", test_sums);
  g_test_add_func ("/comparison/order", test_order);
  g_test_add_func ("/comparison/one-region", test_one_region);
  return g_test_run ();
}
