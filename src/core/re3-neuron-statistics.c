/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-neuron-statistics-private.h"

#include "re3-memory.h"
#include "re3-sample-kernels-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Training samples come first; in each half the classes, and the samples without one last. */
gsize
re3_neuron_tally_count_groups (gsize n_classes)
{
  return 2 * (n_classes + 1);
}

gsize
re3_neuron_tally_find_group (gsize n_classes, gboolean is_test, int label)
{
  gsize half = is_test ? n_classes + 1 : 0;

  return half + (label == RE3_NO_LABEL ? n_classes : (gsize) label);
}

Re3NeuronTally *
re3_neuron_tally_new (gsize n_classes, gsize n_neurons, GError **error)
{
  g_autoptr (Re3NeuronTally) self = g_new0 (Re3NeuronTally, 1);

  self->n_classes = n_classes;
  self->n_neurons = n_neurons;
  self->n_groups = re3_neuron_tally_count_groups (n_classes);
  self->n_samples = g_new0 (gsize, self->n_groups);
  self->counts =
      re3_try_new0 (Re3NeuronCounts, self->n_groups, n_neurons, error,
                    _ ("the counts of %zu neurons by %zu classes"), n_neurons, n_classes);
  if (self->counts == NULL)
    return NULL;
  self->sums = re3_try_new0 (double, self->n_groups, n_neurons, error,
                             _ ("the sums of %zu neurons by %zu classes"), n_neurons, n_classes);
  if (self->sums == NULL)
    return NULL;
  self->run_sums = g_new (double, 2 * n_neurons);

  return g_steal_pointer (&self);
}

void
re3_neuron_tally_free (Re3NeuronTally *self)
{
  if (self == NULL)
    return;

  g_free (self->n_samples);
  g_free (self->counts);
  g_free (self->sums);
  g_free (self->run_sums);
  g_free (self);
}

/* A layer of few neurons: all pairs are compared, of many samples at once. */
static void
count_tops_of_few (const Re3SampleRun *run,
                   const double *gradient,
                   gsize first_neuron,
                   gsize n_neurons,
                   Re3NeuronCounts *counts)
{
  guint32 n_ranked[RE3_SAMPLE_KERNELS_RANKED_MAX * RE3_N_TOPS];

  re3_sample_kernels_get ()->count_tops (run->activations + first_neuron * run->forward_stride,
                                         run->forward_stride, n_neurons, run->n,
                                         gradient + first_neuron, n_ranked);

  /* Who is the first is among the first two and three too. */
  for (gsize neuron = 0; neuron < n_neurons; neuron++)
    for (gsize rank = 0; rank < RE3_N_TOPS; rank++)
      for (gsize top = rank; top < RE3_N_TOPS; top++)
        counts[first_neuron + neuron].n_top[top] += n_ranked[neuron * RE3_N_TOPS + rank];
}

/* The same of one sample and a layer of many neurons. */
static void
count_tops (const Re3SampleRun *run,
            gsize index,
            const double *gradient,
            gsize first_neuron,
            gsize n_neurons,
            Re3NeuronCounts *counts)
{
  double sizes[RE3_N_TOPS];
  gsize best[RE3_N_TOPS];
  gsize n_best = 0;

  for (gsize i = first_neuron; i < first_neuron + n_neurons; i++) {
    double size = fabs (run->activations[i * run->forward_stride + index] * gradient[i]);
    gsize place = n_best;

    if (!(size > 0))
      continue;

    while (place > 0 && sizes[place - 1] < size)
      place--;
    if (place == RE3_N_TOPS)
      continue;

    n_best = MIN (n_best + 1, RE3_N_TOPS);
    for (gsize j = n_best - 1; j > place; j--) {
      best[j] = best[j - 1];
      sizes[j] = sizes[j - 1];
    }
    best[place] = i;
    sizes[place] = size;
  }

  for (gsize place = 0; place < n_best; place++)
    for (gsize top = place; top < RE3_N_TOPS; top++)
      counts[best[place]].n_top[top]++;
}

void
re3_neuron_tally_add_run (Re3NeuronTally *self,
                          const Re3Network *network,
                          const Re3SampleRun *run,
                          const guint8 *active,
                          double *sums)
{
  const double *gradient = re3_matrix_row (run->region->logit_gradients, run->prediction);
  Re3NeuronCounts *counts = self->counts + run->group * self->n_neurons;
  double *absolute_sums = self->run_sums + self->n_neurons;

  self->n_samples[run->group] += run->n;
  re3_sample_kernels_get ()->sum_rows (run->activations, run->forward_stride, self->n_neurons,
                                       run->n, self->run_sums, absolute_sums);
  sums += run->group * self->n_neurons;
  for (gsize neuron = 0; neuron < self->n_neurons; neuron++) {
    counts[neuron].n_active += active[neuron] ? (guint32) run->n : 0;
    sums[neuron] += fabs (gradient[neuron]) * absolute_sums[neuron];
  }

  for (gsize layer = 0; layer < re3_network_get_n_hidden_layers (network); layer++) {
    gsize first = re3_network_get_first_neuron (network, layer);
    gsize width = re3_network_get_hidden_width (network, layer);

    if (width <= RE3_SAMPLE_KERNELS_RANKED_MAX)
      count_tops_of_few (run, gradient, first, width, counts);
    else
      for (gsize i = 0; i < run->n; i++)
        count_tops (run, i, gradient, first, width, counts);
  }
}

void
re3_neuron_tally_add_counts (Re3NeuronTally *self, const Re3NeuronTally *other)
{
  for (gsize group = 0; group < self->n_groups; group++)
    self->n_samples[group] += other->n_samples[group];

  for (gsize i = 0; i < self->n_groups * self->n_neurons; i++) {
    self->counts[i].n_active += other->counts[i].n_active;
    for (gsize top = 0; top < RE3_N_TOPS; top++)
      self->counts[i].n_top[top] += other->counts[i].n_top[top];
  }
}

static gboolean
is_asked_for (gsize n_classes, gsize group, Re3SampleSet set, int class_index)
{
  gsize half = group / (n_classes + 1);
  gsize group_class = group % (n_classes + 1);

  if (set != RE3_SAMPLES_ALL && half != (gsize) set)
    return FALSE;
  if (class_index == RE3_ALL_CLASSES)
    return TRUE;

  return group_class == (class_index == RE3_NO_LABEL ? n_classes : (gsize) class_index);
}

static double
per_sample (double sum, gsize n_samples)
{
  return n_samples > 0 ? sum / (double) n_samples : NAN;
}

void
re3_neuron_tally_summarise (const Re3NeuronTally *self,
                            Re3SampleSet set,
                            int class_index,
                            gsize neuron,
                            Re3NeuronStatistics *statistics)
{
  gsize n_samples = 0;
  gsize n_active = 0;
  gsize n_top[RE3_N_TOPS] = { 0 };
  double sum = 0;

  for (gsize group = 0; group < self->n_groups; group++) {
    const Re3NeuronCounts *counts = &self->counts[group * self->n_neurons + neuron];

    if (!is_asked_for (self->n_classes, group, set, class_index))
      continue;

    n_samples += self->n_samples[group];
    n_active += counts->n_active;
    sum += self->sums[group * self->n_neurons + neuron];
    for (gsize top = 0; top < RE3_N_TOPS; top++)
      n_top[top] += counts->n_top[top];
  }

  *statistics = (Re3NeuronStatistics){
    .n_samples = n_samples,
    .active = per_sample ((double) n_active, n_samples),
    .is_always_active = n_samples > 0 && n_active == n_samples,
    .is_never_active = n_samples > 0 && n_active == 0,
    .mean_absolute_contribution = per_sample (sum, n_samples),
  };
  for (gsize top = 0; top < RE3_N_TOPS; top++)
    statistics->top[top] = per_sample ((double) n_top[top], n_samples);
}
