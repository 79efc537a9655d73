/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simple-sample.h"

#include <math.h>
#include <stdlib.h>

void
simple_sample_init (SimpleSample *self, const Re3Network *network)
{
  gsize n_inputs = re3_network_get_n_inputs (network);
  gsize n_neurons = re3_network_get_n_neurons (network);
  gsize n_logits = re3_network_get_n_outputs (network);
  double *norm;

  *self = (SimpleSample){ .n_inputs = n_inputs, .n_neurons = n_neurons, .n_logits = n_logits };
  simple_network_init (&self->network, network);
  self->x = g_new (double, n_inputs);
  self->z = g_new (double, n_neurons);
  self->logits = g_new (double, n_logits);
  self->probabilities = g_new (double, n_logits);
  self->gradients = g_malloc_n (n_neurons * n_inputs, sizeof (double));
  self->A = g_malloc_n (n_logits * n_inputs, sizeof (double));
  self->D = g_new (double, n_logits);
  self->logit_gradients = g_malloc_n (n_logits * n_neurons, sizeof (double));
  self->logit_contributions = g_new (double, n_inputs);
  self->probability_contributions = g_new (double, n_inputs);
  self->neuron_contributions = g_new (double, n_neurons);
  self->magnitudes = g_new (double, MAX (n_inputs, n_neurons));
  self->order = g_new (gsize, MAX (n_inputs, n_neurons));

  norm = self->weight_norms = g_new (double, n_neurons);
  for (gsize layer = 0; layer + 1 < self->network.n_layers; layer++)
    for (gsize row = 0; row < self->network.widths[layer + 1]; row++)
      *norm++ = simple_norm (self->network.weights[layer] + row * self->network.widths[layer],
                             self->network.widths[layer]);
}

void
simple_sample_clear (SimpleSample *self)
{
  g_free (self->x);
  g_free (self->z);
  g_free (self->logits);
  g_free (self->probabilities);
  g_free (self->gradients);
  g_free (self->A);
  g_free (self->D);
  g_free (self->logit_gradients);
  g_free (self->logit_contributions);
  g_free (self->probability_contributions);
  g_free (self->neuron_contributions);
  g_free (self->weight_norms);
  g_free (self->magnitudes);
  g_free (self->order);
}

static gsize
argmax (const double *numbers, gsize n)
{
  gsize largest = 0;

  for (gsize i = 1; i < n; i++)
    if (numbers[i] > numbers[largest])
      largest = i;

  return largest;
}

static void
softmax (const double *logits, gsize n, double *probabilities)
{
  double largest = logits[argmax (logits, n)];
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += probabilities[i] = exp (logits[i] - largest);
  for (gsize i = 0; i < n; i++)
    probabilities[i] /= sum;
}

static void
measure_distances (SimpleSample *self)
{
  for (gsize metric = 0; metric < RE3_N_METRICS; metric++)
    self->distances[metric] = INFINITY;

  for (gsize j = 0; j < self->n_neurons; j++) {
    const double *gradient = self->gradients + j * self->n_inputs;
    double norms[RE3_N_METRICS] = { 0 };

    for (gsize i = 0; i < self->n_inputs; i++) {
      double size = fabs (gradient[i]);

      norms[RE3_METRIC_L2] += size * size;
      /* Dual norms. */
      norms[RE3_METRIC_L1] = MAX (norms[RE3_METRIC_L1], size);
      norms[RE3_METRIC_LINF] += size;
    }
    norms[RE3_METRIC_L2] = sqrt (norms[RE3_METRIC_L2]);
    norms[RE3_METRIC_PAPER] = self->weight_norms[j];

    for (gsize metric = 0; metric < RE3_N_METRICS; metric++)
      if (norms[metric] > 0)
        self->distances[metric] = MIN (self->distances[metric], fabs (self->z[j]) / norms[metric]);
  }
}

static void
measure_residual (SimpleSample *self)
{
  self->residual = 0;
  for (gsize c = 0; c < self->n_logits; c++) {
    double logit = self->D[c];

    for (gsize i = 0; i < self->n_inputs; i++)
      logit += self->A[c * self->n_inputs + i] * self->x[i];
    self->residual = MAX (self->residual, fabs (logit - self->logits[c]));
  }
}

static void
contribute (SimpleSample *self)
{
  const double *p = self->probabilities;
  gsize top = self->prediction;

  for (gsize i = 0; i < self->n_inputs; i++) {
    double sum = 0;

    self->logit_contributions[i] = self->A[top * self->n_inputs + i] * self->x[i];
    for (gsize c = 0; c < self->n_logits; c++)
      sum += p[top] * ((c == top) - p[c]) * self->A[c * self->n_inputs + i];
    self->probability_contributions[i] = sum * self->x[i];
  }
  for (gsize j = 0; j < self->n_neurons; j++)
    self->neuron_contributions[j] =
        MAX (self->z[j], 0.0) * self->logit_gradients[top * self->n_neurons + j];
}

void
simple_sample_explain (SimpleSample *self)
{
  simple_forward (&self->network, self->x, self->z, self->logits);
  softmax (self->logits, self->n_logits, self->probabilities);
  self->prediction = argmax (self->logits, self->n_logits);

  simple_gradients (&self->network, self->z, self->gradients, self->A, self->D);
  simple_logit_gradients (&self->network, self->z, self->logit_gradients);
  measure_residual (self);
  measure_distances (self);
  contribute (self);
}

static int
compare_magnitudes (const void *a, const void *b, void *magnitudes)
{
  gsize i = *(const gsize *) a;
  gsize j = *(const gsize *) b;
  double x = ((const double *) magnitudes)[i];
  double y = ((const double *) magnitudes)[j];

  if (x != y)
    return x > y ? -1 : 1;

  return (i > j) - (i < j);
}

void
simple_sample_rank (SimpleSample *self, const double *contributions, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    self->magnitudes[i] = fabs (contributions[i]);
    self->order[i] = i;
  }
  qsort_r (self->order, n, sizeof (gsize), compare_magnitudes, self->magnitudes);
}
