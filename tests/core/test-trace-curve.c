/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-network.h"
#include "re3-explanation.h"
#include "re3-trace-curve.h"
#include "reference.h"

#include <math.h>

/* A curve along a random line of a random network, whose logits are up to about @range apart. */
typedef struct {
  Re3Model *model;
  double *start;
  double *end;
  gsize n_inputs;
  Re3Trace *trace;
} Line;

static void
line_init (Line *self, const gsize *widths, gsize n_widths, double range, guint32 seed)
{
  g_autoptr (Re3Network) network = random_network (widths, n_widths, seed);

  self->model = model_of_network (network);
  self->n_inputs = widths[0];
  self->start = random_numbers (widths[0], range, seed + 1);
  self->end = random_numbers (widths[0], range, seed + 2);
  self->trace = re3_trace_new (network, self->start, self->end);
}

static void
line_clear (Line *self)
{
  re3_model_unref (self->model);
  g_free (self->start);
  g_free (self->end);
  re3_trace_free (self->trace);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

/* The network's own answer at @t. */
static Re3Explanation *
answer (const Line *line, double t)
{
  g_autofree double *values = g_new (double, line->n_inputs);

  for (gsize i = 0; i < line->n_inputs; i++)
    values[i] = (1 - t) * line->start[i] + t * line->end[i];
  return re3_explanation_new (line->model, values, NULL);
}

static gboolean
has_point (const Re3TraceCurve *curve, double t)
{
  for (gsize i = 0; i < curve->n_points; i++)
    if (curve->t[i] == t)
      return TRUE;
  return FALSE;
}

/* Points are in order, hold all breakpoints and what is to be kept, and are the forward pass's. */
static void
test_points (void)
{
  static const gsize widths[] = { 6, 16, 8, 4 };
  static const double kept[] = { 0.75, 0.25, 0.25, 1, 0 };

  for (guint32 seed = 1; seed <= 20; seed++) {
    g_auto (Line) line = { 0 };
    g_autoptr (Re3TraceCurve) curve = NULL;

    line_init (&line, widths, G_N_ELEMENTS (widths), 4, 100 * seed);
    curve = re3_trace_curve_new (line.trace, 1e-3, kept, G_N_ELEMENTS (kept));
    g_assert_cmpfloat (curve->t[0], ==, 0);
    g_assert_cmpfloat (curve->t[curve->n_points - 1], ==, 1);
    for (gsize i = 1; i < curve->n_points; i++)
      g_assert_cmpfloat (curve->t[i - 1], <, curve->t[i]);
    for (gsize i = 0; i < line.trace->n_pieces; i++)
      g_assert_true (has_point (curve, line.trace->pieces[i].from));
    for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
      g_assert_true (has_point (curve, kept[i]));
    for (gsize i = 0; i < curve->n_points; i++) {
      g_autoptr (Re3Explanation) explanation = answer (&line, curve->t[i]);

      for (gsize c = 0; c < 4; c++) {
        assert_near (curve->logits[c * curve->n_points + i], explanation->forward->logits[c],
                     1e-11);
        assert_near (curve->probabilities[c * curve->n_points + i], explanation->probabilities[c],
                     1e-11);
      }
    }
  }
}

/* Between its points, too, the curve is where the network is: gentle or steep, of few classes or
 * many. */
static void
test_tolerance (void)
{
  static const gsize widths[][4] = { { 3, 16, 8, 2 }, { 5, 12, 12, 10 }, { 2, 4, 4, 3 } };
  static const double ranges[] = { 0.5, 5, 200 };
  static const double tolerances[] = { 1e-2, 1e-3, 2e-4 };
  double worst_share = 0;

  for (gsize shape = 0; shape < G_N_ELEMENTS (widths); shape++)
    for (guint32 seed = 1; seed <= 9; seed++) {
      double tolerance = tolerances[seed % 3];
      gsize n_classes = widths[shape][3];
      gsize segment = 1;
      g_auto (Line) line = { 0 };
      g_autoptr (Re3TraceCurve) curve = NULL;

      line_init (&line, widths[shape], 4, ranges[seed / 3 % 3], 1000 * seed + (guint32) shape);
      curve = re3_trace_curve_new (line.trace, tolerance, NULL, 0);
      for (gsize i = 0; i <= 3000; i++) {
        double t = (double) i / 3000;
        g_autoptr (Re3Explanation) explanation = answer (&line, t);
        double share;

        while (curve->t[segment] < t)
          segment++;
        share = (t - curve->t[segment - 1]) / (curve->t[segment] - curve->t[segment - 1]);
        for (gsize c = 0; c < n_classes; c++) {
          const double *p = curve->probabilities + c * curve->n_points + segment;
          double error = fabs ((1 - share) * p[-1] + share * p[0] - explanation->probabilities[c]);

          g_assert_cmpfloat (error, <=, tolerance + 1e-9);
          worst_share = MAX (worst_share, error / tolerance);
        }
      }
      /* Few points do: a step of the softmax from 0 to 1 takes about pi / sqrt (8 tolerance). */
      g_assert_cmpuint (curve->n_points, <,
                        line.trace->n_pieces * n_classes * (gsize) (10 / sqrt (tolerance)));
    }
  /* The bound is no idle one. */
  g_assert_cmpfloat (worst_share, >, 0.1);
}

/* Without a tolerance there are but the ends of the pieces. */
static void
test_breakpoints_alone (void)
{
  static const gsize widths[] = { 6, 16, 8, 4 };
  g_auto (Line) line = { 0 };
  g_autoptr (Re3TraceCurve) curve = NULL;

  line_init (&line, widths, G_N_ELEMENTS (widths), 10, 7);
  curve = re3_trace_curve_new (line.trace, INFINITY, NULL, 0);
  g_assert_cmpuint (line.trace->n_pieces, >, 3);
  g_assert_cmpuint (curve->n_points, ==, line.trace->n_pieces + 1);
  for (gsize i = 0; i < line.trace->n_pieces; i++)
    g_assert_cmpfloat (curve->t[i + 1], ==, line.trace->pieces[i].to);
}

static double
probability (const Re3TracePiece *piece, gsize n, gsize c, double t)
{
  double sum = 0;

  for (gsize k = 0; k < n; k++)
    sum +=
        exp (piece->intercept[k] - piece->intercept[c] + (piece->slope[k] - piece->slope[c]) * t);
  return 1 / sum;
}

/* Where the network answers with certainty nearly everywhere, however long the line is, points are
 * where the probabilities change, and few. */
static void
test_long_line (void)
{
  static const double lengths[] = { 1, 1e3, 1e9, 1e100, 1e300 };
  const double tolerance = 1e-3;

  for (gsize l = 0; l < G_N_ELEMENTS (lengths); l++) {
    double intercept[] = { 1, -1, 40 };
    double slope[] = { 3 * lengths[l], -2 * lengths[l], -lengths[l] };
    Re3TracePiece piece = { .from = 0, .to = 1, .intercept = intercept, .slope = slope };
    Re3Trace trace = { .n_outputs = 3, .n_pieces = 1, .pieces = &piece };
    g_autoptr (Re3TraceCurve) curve = re3_trace_curve_new (&trace, tolerance, NULL, 0);

    g_assert_cmpuint (curve->n_points, <, 5000);
    for (gsize i = 1; i < curve->n_points; i++)
      for (double share = 0.1; share < 1; share += 0.2)
        for (gsize c = 0; c < 3; c++) {
          const double *p = curve->probabilities + c * curve->n_points + i;
          double t = (1 - share) * curve->t[i - 1] + share * curve->t[i];

          g_assert_cmpfloat (
              fabs ((1 - share) * p[-1] + share * p[0] - probability (&piece, 3, c, t)), <=,
              tolerance);
        }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/trace-curve/points", test_points);
  g_test_add_func ("/trace-curve/tolerance", test_tolerance);
  g_test_add_func ("/trace-curve/long-line", test_long_line);
  g_test_add_func ("/trace-curve/breakpoints-alone", test_breakpoints_alone);

  return g_test_run ();
}
