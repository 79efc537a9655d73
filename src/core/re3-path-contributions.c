/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-backward.h"
#include "re3-contributions.h"
#include "re3-softmax.h"
#include "re3-trace.h"

#include <gsl/gsl_integration.h>
#include <math.h>
#include <string.h>

/* Where no two logits move apart by more than 1, the softmax is analytic far around the interval,
 * and ten nodes leave an error far below rounding. */
#define QUADRATURE_NODES  10
#define QUADRATURE_SPREAD 1.0

/* Where class c has all the probability but for exp (-50), or has no more of it than that, what is
 * left to change is below rounding. */
#define NEGLIGIBLE_LOG_ODDS 50.0

/* The softmax gradient of one class, integrated along one piece after the other. */
typedef struct {
  gsize n_outputs;
  gsize class_index;
  gsl_integration_glfixed_table *table;
  double *probabilities;
  double *gradient;

  /* The piece at hand, on which every logit is linear in t. */
  const Re3TracePiece *piece;
  double spread;
  double *integral;
} Integral;

static void
integral_init (Integral *self, gsize n_outputs, gsize class_index)
{
  self->n_outputs = n_outputs;
  self->class_index = class_index;
  self->table = gsl_integration_glfixed_table_alloc (QUADRATURE_NODES);
  self->probabilities = g_new (double, n_outputs);
  self->gradient = g_new (double, n_outputs);
  self->integral = g_new (double, n_outputs);
}

static void
integral_clear (Integral *self)
{
  gsl_integration_glfixed_table_free (self->table);
  g_free (self->probabilities);
  g_free (self->gradient);
  g_free (self->integral);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Integral, integral_clear)

static double
piece_logit (const Re3TracePiece *piece, gsize class_index, double t)
{
  return piece->intercept[class_index] + piece->slope[class_index] * t;
}

/* log (p_k / p_c), which is linear in t. */
static double
log_odds (const Integral *self, gsize other, double t)
{
  return piece_logit (self->piece, other, t) - piece_logit (self->piece, self->class_index, t);
}

/* Whether the softmax is flat all over [from, to]: class c has all the probability, or next to
 * nothing. Log odds are linear, so their ends bound them. */
static gboolean
is_flat (const Integral *self, double from, double to)
{
  gboolean has_all = TRUE;

  for (gsize k = 0; k < self->n_outputs; k++) {
    double at_from;
    double at_to;

    if (k == self->class_index)
      continue;

    at_from = log_odds (self, k, from);
    at_to = log_odds (self, k, to);
    if (MIN (at_from, at_to) > NEGLIGIBLE_LOG_ODDS)
      return TRUE;
    has_all = has_all && MAX (at_from, at_to) < -NEGLIGIBLE_LOG_ODDS;
  }

  return has_all;
}

static void
integrate_nodes (Integral *self, double from, double to)
{
  for (gsize node = 0; node < QUADRATURE_NODES; node++) {
    double t;
    double weight;

    gsl_integration_glfixed_point (from, to, node, &t, &weight, self->table);
    for (gsize k = 0; k < self->n_outputs; k++)
      self->probabilities[k] = piece_logit (self->piece, k, t);
    re3_softmax (self->probabilities, self->n_outputs, self->probabilities);
    re3_softmax_gradient (self->probabilities, self->n_outputs, self->class_index, self->gradient);
    for (gsize k = 0; k < self->n_outputs; k++)
      self->integral[k] += weight * self->gradient[k];
  }
}

/* Halves the interval until each part is flat or gentle. The parts that remain are few however
 * steep the logits are: the softmax turns from flat to flat within some hundred of log odds. */
static void
integrate (Integral *self, double from, double to)
{
  double middle = from + (to - from) / 2;
  gboolean divisible = middle > from && middle < to && isfinite (self->spread);

  if (is_flat (self, from, to))
    return;

  if (divisible && self->spread * (to - from) > QUADRATURE_SPREAD) {
    integrate (self, from, middle);
    integrate (self, middle, to);
  } else {
    integrate_nodes (self, from, to);
  }
}

/* How fast the logits move apart. */
static double
piece_spread (const Re3TracePiece *piece, gsize n_outputs)
{
  double smallest = piece->slope[0];
  double largest = piece->slope[0];

  for (gsize k = 1; k < n_outputs; k++) {
    smallest = MIN (smallest, piece->slope[k]);
    largest = MAX (largest, piece->slope[k]);
  }

  return largest - smallest;
}

static void
integrate_piece (Integral *self, const Re3TracePiece *piece)
{
  self->piece = piece;
  self->spread = piece_spread (piece, self->n_outputs);
  memset (self->integral, 0, self->n_outputs * sizeof (double));
  integrate (self, piece->from, piece->to);
}

/* Of each logit, what its gradient counts on @piece. */
typedef const double *(*WeighPieceFunc) (Integral *self, const Re3TracePiece *piece);

static const double *
weigh_probability (Integral *self, const Re3TracePiece *piece)
{
  integrate_piece (self, piece);
  return self->integral;
}

static const double *
weigh_logit (Integral *self, const Re3TracePiece *piece)
{
  memset (self->integral, 0, self->n_outputs * sizeof (double));
  self->integral[self->class_index] = piece->to - piece->from;
  return self->integral;
}

/* The affine map of a piece is not needed whole: one backward pass adds up its rows, each with its
 * weight. */
static void
sum_pieces (const Re3Network *network,
            const double *baseline,
            const double *input,
            gsize class_index,
            WeighPieceFunc weigh,
            double *contributions)
{
  gsize n_inputs = re3_network_get_n_inputs (network);
  g_auto (Integral) integral = { 0 };
  g_autoptr (Re3Trace) trace = re3_trace_new (network, baseline, input);
  g_autofree double *activation_gradients = g_new (double, re3_network_get_n_neurons (network));
  g_autofree double *input_gradient = g_new (double, n_inputs);

  integral_init (&integral, re3_network_get_n_outputs (network), class_index);
  memset (contributions, 0, n_inputs * sizeof (double));
  for (gsize i = 0; i < trace->n_pieces; i++) {
    const Re3TracePiece *piece = &trace->pieces[i];

    re3_network_backward (network, piece->pattern, weigh (&integral, piece), activation_gradients,
                          input_gradient);
    for (gsize feature = 0; feature < n_inputs; feature++)
      contributions[feature] += input_gradient[feature];
  }
  for (gsize feature = 0; feature < n_inputs; feature++)
    contributions[feature] *= input[feature] - baseline[feature];
}

void
re3_path_contributions (const Re3Network *network,
                        const double *baseline,
                        const double *input,
                        gsize class_index,
                        double *contributions)
{
  g_return_if_fail (network != NULL && baseline != NULL && input != NULL && contributions != NULL);
  g_return_if_fail (class_index < re3_network_get_n_outputs (network));

  sum_pieces (network, baseline, input, class_index, weigh_probability, contributions);
}

void
re3_path_logit_contributions (const Re3Network *network,
                              const double *baseline,
                              const double *input,
                              gsize class_index,
                              double *contributions)
{
  g_return_if_fail (network != NULL && baseline != NULL && input != NULL && contributions != NULL);
  g_return_if_fail (class_index < re3_network_get_n_outputs (network));

  sum_pieces (network, baseline, input, class_index, weigh_logit, contributions);
}
