/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-trace-curve.h"

#include "re3-forward.h"
#include "re3-softmax.h"
#include "re3-sort.h"

#include <math.h>
#include <string.h>

/* |p (1 - p)| is nowhere more. */
#define LARGEST_VARIANCE 0.25

/* The smallest number above 0. */
#define LEAST_PROBABILITY 0x1p-1074

/* The points of one piece after the other. @probabilities: n_outputs numbers for each point. */
typedef struct {
  gsize n_outputs;
  double tolerance;
  GArray *t;
  GArray *logits;
  GArray *probabilities;

  const Re3TracePiece *piece;
  double spread; /* how fast its logits move apart */
} Sampling;

static double
piece_spread (const Re3TracePiece *piece, gsize n_outputs)
{
  double smallest = piece->slope[0];
  double largest = piece->slope[0];

  for (gsize c = 1; c < n_outputs; c++) {
    smallest = MIN (smallest, piece->slope[c]);
    largest = MAX (largest, piece->slope[c]);
  }
  return largest - smallest;
}

static void
evaluate (const Sampling *self, double t, double *logits, double *probabilities)
{
  for (gsize c = 0; c < self->n_outputs; c++)
    logits[c] = self->piece->intercept[c] + self->piece->slope[c] * t;
  re3_softmax (logits, self->n_outputs, probabilities);
}

static void
add_point (Sampling *self, double t)
{
  gsize n = self->n_outputs;
  g_autofree double *logits = g_new (double, n);
  g_autofree double *probabilities = g_new (double, n);

  evaluate (self, t, logits, probabilities);
  g_array_append_val (self->t, t);
  g_array_append_vals (self->logits, logits, (guint) n);
  g_array_append_vals (self->probabilities, probabilities, (guint) n);
}

/* The most that p_c is between two points, relative to p_k: of two outputs the logarithm of the
 * ratio is a straight line, so that it is largest at an end. */
static double
bound_ratio (const double *at_from, const double *at_to, gsize c, gsize k)
{
  if (at_from[k] <= 0 || at_to[k] <= 0)
    return INFINITY;
  return MAX (at_from[c] / at_from[k], at_to[c] / at_to[k]);
}

/* How far p leaves its chord at most where one output leads: the others together have no more than
 * the sum of their largest ratios to it, so that each p and its chord are in a range of that
 * length. However long an interval is, this is small where the same output is certain at both ends.
 */
static double
bound_certain (const Sampling *self, const double *at_from, const double *at_to)
{
  gsize leader = re3_argmax (at_from, self->n_outputs, 1);
  double others = 0;

  for (gsize c = 0; c < self->n_outputs; c++)
    others += c == leader ? 0 : bound_ratio (at_from, at_to, c, leader);
  return others;
}

/* The geometric mean. A probability of 0 has been rounded to it, and what is multiplied with the
 * mean may be as large as that is small. */
static double
mean_probability (double p, double q)
{
  return sqrt (MAX (p, LEAST_PROBABILITY)) * sqrt (MAX (q, LEAST_PROBABILITY));
}

/* How far p leaves its chord at most. With R the spread of the slopes, p'' is at most
 * R^2 p (1 - p) by size, and log p and log (1 - p) are no steeper than R: so that between the ends
 * of an interval of length h neither p nor 1 - p is more than the geometric mean of what they are
 * there times exp (R h / 2). A chord is off by h^2 / 8 times the largest |p''|. */
static double
bound_curved (const Sampling *self, double length, const double *at_from, const double *at_to)
{
  double reach = self->spread * length;
  double growth = re3_exp (reach / 2);
  double worst = 0;

  for (gsize c = 0; c < self->n_outputs; c++) {
    double others_from = 0;
    double others_to = 0;
    double most;
    double most_others;

    for (gsize k = 0; k < self->n_outputs; k++) {
      others_from += k == c ? 0 : at_from[k];
      others_to += k == c ? 0 : at_to[k];
    }
    most = MIN (mean_probability (at_from[c], at_to[c]) * growth, 1);
    most_others = MIN (mean_probability (others_from, others_to) * growth, 1);
    worst = MAX (worst, MIN (most * most_others, LARGEST_VARIANCE));
  }
  return reach * reach / 8 * worst;
}

static gboolean
is_straight (const Sampling *self, double length, const double *at_from, const double *at_to)
{
  return bound_certain (self, at_from, at_to) <= self->tolerance ||
         bound_curved (self, length, at_from, at_to) <= self->tolerance;
}

/* Adds the points between @from and @to, and @to. */
static void
add_interval (Sampling *self, double from, double to, const double *at_from, const double *at_to)
{
  double middle = from + (to - from) / 2;

  if (middle > from && middle < to && isfinite (self->spread) &&
      !is_straight (self, to - from, at_from, at_to)) {
    g_autofree double *logits = g_new (double, self->n_outputs);
    g_autofree double *at_middle = g_new (double, self->n_outputs);

    evaluate (self, middle, logits, at_middle);
    add_interval (self, from, middle, at_from, at_middle);
    add_interval (self, middle, to, at_middle, at_to);
  } else {
    add_point (self, to);
  }
}

static void
add_piece (Sampling *self, const Re3TracePiece *piece, const double *kept, gsize n_kept)
{
  gsize n = self->n_outputs;
  g_autofree double *logits = g_new (double, n);
  g_autofree double *at_from = g_new (double, n);
  g_autofree double *at_to = g_new (double, n);
  double from = piece->from;

  self->piece = piece;
  self->spread = piece_spread (piece, n);
  if (self->t->len == 0)
    add_point (self, from);
  evaluate (self, from, logits, at_from);
  for (gsize i = 0; i <= n_kept; i++) {
    double to = i < n_kept ? kept[i] : piece->to;

    if (to <= from || to > piece->to)
      continue;
    evaluate (self, to, logits, at_to);
    add_interval (self, from, to, at_from, at_to);
    memcpy (at_from, at_to, n * sizeof *at_from);
    from = to;
  }
}

/* From point by point to output by output. */
static double *
transpose (GArray *numbers, gsize n_points, gsize n_outputs)
{
  double *transposed = g_new (double, n_points *n_outputs);

  for (gsize i = 0; i < n_points; i++)
    for (gsize c = 0; c < n_outputs; c++)
      transposed[c * n_points + i] = g_array_index (numbers, double, i *n_outputs + c);
  return transposed;
}

Re3TraceCurve *
re3_trace_curve_new (const Re3Trace *trace, double tolerance, const double *kept, gsize n_kept)
{
  g_autofree double *sorted = NULL;
  Sampling sampling;
  Re3TraceCurve *self;

  g_return_val_if_fail (trace != NULL && tolerance > 0, NULL);
  g_return_val_if_fail (kept != NULL || n_kept == 0, NULL);

  sorted = g_memdup2 (kept, n_kept * sizeof *kept);
  re3_sort_doubles (sorted, n_kept);
  sampling = (Sampling){
    .n_outputs = trace->n_outputs,
    .tolerance = tolerance,
    .t = g_array_new (FALSE, FALSE, sizeof (double)),
    .logits = g_array_new (FALSE, FALSE, sizeof (double)),
    .probabilities = g_array_new (FALSE, FALSE, sizeof (double)),
  };
  for (gsize i = 0; i < trace->n_pieces; i++)
    add_piece (&sampling, &trace->pieces[i], sorted, n_kept);

  self = g_new (Re3TraceCurve, 1);
  self->n_points = sampling.t->len;
  self->n_outputs = trace->n_outputs;
  self->logits = transpose (sampling.logits, self->n_points, self->n_outputs);
  self->probabilities = transpose (sampling.probabilities, self->n_points, self->n_outputs);
  self->t = (double *) g_array_free (sampling.t, FALSE);
  g_array_unref (sampling.logits);
  g_array_unref (sampling.probabilities);
  return self;
}

void
re3_trace_curve_free (Re3TraceCurve *self)
{
  if (self == NULL)
    return;

  g_free (self->t);
  g_free (self->logits);
  g_free (self->probabilities);
  g_free (self);
}
