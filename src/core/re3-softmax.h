/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* exp(x), off by less than two thirds of the last digit, and the same digits on every processor: the C
 * library picks its exp by processor, and variants differ in the last digit. */
double re3_exp              (double        x);

/* probabilities_c = exp(logits_c) / sum, shifted by the largest logit, so nothing overflows. */
void   re3_softmax          (const double *logits,
                             gsize         n,
                             double       *probabilities);
/* The same of many samples, to the last bit: @logits (n_classes, n_samples), its rows @stride apart;
 * @probabilities (n_classes, n_samples). */
void   re3_softmax_block    (const double *logits,
                             gsize         stride,
                             gsize         n_classes,
                             gsize         n_samples,
                             double       *probabilities);

/* gradient_k = d p_c / d logit_k = p_c ([k = c] - p_k): row c of the Jacobian. 1 - p_c is taken as
 * the sum of the others, which keeps its digits where p_c is near 1. */
void   re3_softmax_gradient (const double *probabilities,
                             gsize         n,
                             gsize         class_index,
                             double       *gradient);
/* The same of many samples: @probabilities (n_classes, n), its rows @stride apart; @gradients
 * (n_classes, n). */
void   re3_softmax_gradient_block (const double *probabilities,
                             gsize         stride,
                             gsize         n_classes,
                             gsize         n,
                             gsize         class_index,
                             double       *gradients);

G_END_DECLS
