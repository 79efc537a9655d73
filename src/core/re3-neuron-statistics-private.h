/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-network.h"
#include "re3-neuron-statistics.h"
#include "re3-sample-run-private.h"

G_BEGIN_DECLS

typedef struct {
  guint32 n_active;
  guint32 n_top[RE3_N_TOPS];
} Re3NeuronCounts;

/**
 * Re3NeuronTally:
 * @n_groups: training and test samples by true class, and those without a label
 * @n_samples: by group
 * @counts: (n_groups, n_neurons)
 * @sums: (n_groups, n_neurons): of |contribution|
 *
 * What is counted of all neurons. Counts can be added up in any order; sums are kept apart, for they
 * can not.
 */
typedef struct {
  gsize n_classes;
  gsize n_neurons;
  gsize n_groups;
  gsize *n_samples;
  Re3NeuronCounts *counts;
  double *sums;

  double *run_sums; /* of the run at hand: 2 for each neuron */
} Re3NeuronTally;

gsize           re3_neuron_tally_count_groups (gsize                  n_classes);
gsize           re3_neuron_tally_find_group   (gsize                  n_classes,
                                               gboolean               is_test,
                                               int                    label);
/* Fails where there is no memory for it. */
Re3NeuronTally *re3_neuron_tally_new          (gsize                  n_classes,
                                               gsize                  n_neurons,
                                               GError               **error);
void            re3_neuron_tally_free         (Re3NeuronTally        *self);
/* Counts the samples of @run, in whose region the neurons are @active or not (n_neurons flags), and
 * adds their |contributions| to @sums, as in the tally. */
void            re3_neuron_tally_add_run      (Re3NeuronTally        *self,
                                               const Re3Network      *network,
                                               const Re3SampleRun    *run,
                                               const guint8          *active,
                                               double                *sums);
/* Adds the counts of @other, but not the sums. */
void            re3_neuron_tally_add_counts   (Re3NeuronTally        *self,
                                               const Re3NeuronTally  *other);
void            re3_neuron_tally_summarise    (const Re3NeuronTally  *self,
                                               Re3SampleSet           set,
                                               int                    class_index,
                                               gsize                  neuron,
                                               Re3NeuronStatistics   *statistics);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3NeuronTally, re3_neuron_tally_free)

G_END_DECLS
