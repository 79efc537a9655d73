/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-explanation.h"
#include "re3-trace-stretches.h"

/* Along random lines the forward pass predicts, in the middle of each stretch and a little inside
 * its ends, what the stretch says; stretches join, and neighbours differ. */
static void
test_forward (void)
{
  static const gsize widths[] = { 6, 12, 8, 5 };
  guint n_changes = 0;

  for (guint32 seed = 1; seed <= 40; seed++) {
    g_autoptr (Re3Network) network = random_network (widths, 4, 10 * seed);
    g_autoptr (Re3Model) model = model_of_network (network);
    g_autofree double *start = random_numbers (6, 8, 1000 + seed);
    g_autofree double *end = random_numbers (6, 8, 2000 + seed);
    g_autoptr (Re3Trace) trace = re3_trace_new (network, start, end);
    g_autoptr (GArray) stretches = re3_trace_find_stretches (trace);
    double last = 0;

    for (guint i = 0; i < stretches->len; i++) {
      const Re3TraceStretch *stretch = &g_array_index (stretches, Re3TraceStretch, i);
      double length = stretch->to - stretch->from;

      g_assert_cmpfloat (stretch->from, ==, last);
      g_assert_cmpfloat (length, >, 0);
      g_assert_true (i == 0 || stretch->class_index != stretch[-1].class_index);
      last = stretch->to;
      for (guint k = 1; k < 100; k += 49) {
        double t = stretch->from + length * k / 100;
        double values[6];
        g_autoptr (Re3Explanation) explanation = NULL;

        for (gsize j = 0; j < 6; j++)
          values[j] = (1 - t) * start[j] + t * end[j];
        explanation = re3_explanation_new (model, values, NULL);
        g_assert_cmpuint (explanation->prediction, ==, stretch->class_index);
        g_assert_cmpuint (re3_trace_get_prediction (trace, t), ==, stretch->class_index);
      }
    }
    g_assert_cmpfloat (last, ==, 1);
    n_changes += stretches->len - 1;
  }
  g_assert_cmpuint (n_changes, >, 20);
}

/* A line without length is one stretch of the class that is predicted there. */
static void
test_point (void)
{
  static const gsize widths[] = { 3, 5, 4 };
  g_autoptr (Re3Network) network = random_network (widths, 3, 7);
  g_autoptr (Re3Model) model = model_of_network (network);
  g_autofree double *point = random_numbers (3, 2, 8);
  g_autoptr (Re3Explanation) explanation = re3_explanation_new (model, point, NULL);
  g_autoptr (Re3Trace) trace = re3_trace_new (network, point, point);
  g_autoptr (GArray) stretches = re3_trace_find_stretches (trace);

  g_assert_cmpuint (trace->n_pieces, ==, 1);
  g_assert_cmpuint (stretches->len, ==, 1);
  g_assert_cmpuint (g_array_index (stretches, Re3TraceStretch, 0).class_index, ==,
                    explanation->prediction);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-stretches/forward", test_forward);
  g_test_add_func ("/trace-stretches/point", test_point);
  return g_test_run ();
}
