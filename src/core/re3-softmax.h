/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* exp(x), the same digits on every processor: the C library picks its exp by processor, and
 * variants differ in the last digit. */
double re3_exp              (double        x);

/* probabilities_c = exp(logits_c) / sum, shifted by the largest logit, so nothing overflows. */
void   re3_softmax          (const double *logits,
                             gsize         n,
                             double       *probabilities);

/* gradient_k = d p_c / d logit_k = p_c ([k = c] - p_k): row c of the Jacobian. 1 - p_c is taken as
 * the sum of the others, which keeps its digits where p_c is near 1. */
void   re3_softmax_gradient (const double *probabilities,
                             gsize         n,
                             gsize         class_index,
                             double       *gradient);

G_END_DECLS
