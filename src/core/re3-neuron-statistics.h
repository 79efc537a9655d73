/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-sample-set.h"

G_BEGIN_DECLS

/* In place of a true class: samples of any class, and those without a label too. (RE3_NO_LABEL
 * stands for those without a label alone.) */
#define RE3_ALL_CLASSES (-2)

/* "Among the top 1, 2, 3." */
#define RE3_N_TOPS 3

/**
 * Re3NeuronStatistics:
 * @n_samples: the samples that it is about; without any, the shares and means are NAN
 * @active: share of them in which the neuron is active: z > 0 for ReLU, and else as
 *   re3_activation_is_active() has it
 * @is_always_active: active in all of them
 * @is_never_active: in none of them: a dead neuron, as far as they tell
 * @mean_absolute_contribution: mean |contribution| to the logit of the predicted class (design 4.4)
 * @top: share of them in which it is among the 1 (2, 3) neurons of its layer with the largest
 *   |contribution|. One that contributes 0 is never among them, and of equal ones the first stands
 *   before: a neuron with a large top[0] is what the paper calls a super-neuron.
 *
 * What one hidden neuron does over many samples.
 */
typedef struct {
  gsize n_samples;
  double active;
  gboolean is_always_active;
  gboolean is_never_active;
  double mean_absolute_contribution;
  double top[RE3_N_TOPS];
} Re3NeuronStatistics;

G_END_DECLS
