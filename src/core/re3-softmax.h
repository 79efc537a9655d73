/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* exp(x), the same digits on every processor: the C library picks its exp by processor, and
 * variants differ in the last digit. */
double re3_exp     (double        x);

/* probabilities_c = exp(logits_c) / sum, shifted by the largest logit, so nothing overflows. */
void   re3_softmax (const double *logits,
                    gsize         n,
                    double       *probabilities);

G_END_DECLS
