/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-model.h"

G_BEGIN_DECLS

/* A ReLU network with random weights, the same for the same @seed. @widths: from the inputs to the
 * logits, @n_widths of them. (transfer full) */
Re3Network *random_network        (const gsize *widths,
                                   gsize        n_widths,
                                   guint32      seed);
/* The same with @activation in all hidden layers. (transfer full) */
Re3Network *random_network_with   (const gsize         *widths,
                                   gsize                n_widths,
                                   const Re3Activation *activation,
                                   guint32              seed);
/* @n numbers between -@range and @range. (transfer full) */
double     *random_numbers        (gsize        n,
                                   double       range,
                                   guint32      seed);
/* A model without names or scaler. (transfer full) */
Re3Model   *model_of_network      (Re3Network  *network);

G_END_DECLS
