/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-neuron-statistics-private.h"

#include "re3-memory.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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
  g_free (self);
}

/* Counts the neurons with the largest contributions of one layer. */
static void
count_tops (const double *contributions, gsize n, Re3NeuronCounts *counts)
{
  gsize best[RE3_N_TOPS];
  gsize n_best = 0;

  for (gsize i = 0; i < n; i++) {
    double size = fabs (contributions[i]);
    gsize place = n_best;

    if (!(size > 0))
      continue;

    while (place > 0 && fabs (contributions[best[place - 1]]) < size)
      place--;
    if (place == RE3_N_TOPS)
      continue;

    n_best = MIN (n_best + 1, RE3_N_TOPS);
    for (gsize j = n_best - 1; j > place; j--)
      best[j] = best[j - 1];
    best[place] = i;
  }

  /* Who is the first is among the first two and three too. */
  for (gsize place = 0; place < n_best; place++)
    for (gsize top = place; top < RE3_N_TOPS; top++)
      counts[best[place]].n_top[top]++;
}

void
re3_neuron_tally_add_sample (Re3NeuronTally *self,
                             const Re3Network *network,
                             const guint8 *active,
                             gsize group,
                             const double *contributions,
                             double *sums)
{
  Re3NeuronCounts *counts = self->counts + group * self->n_neurons;

  self->n_samples[group]++;
  sums += group * self->n_neurons;
  for (gsize neuron = 0; neuron < self->n_neurons; neuron++) {
    counts[neuron].n_active += active[neuron];
    sums[neuron] += fabs (contributions[neuron]);
  }

  for (gsize layer = 0; layer < re3_network_get_n_hidden_layers (network); layer++) {
    gsize first = re3_network_get_first_neuron (network, layer);

    count_tops (contributions + first, re3_network_get_hidden_width (network, layer),
                counts + first);
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
