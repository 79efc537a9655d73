/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The names that views give to things, the same in all of them. (transfer full) */

/* "R3": the region's place in the table, from 1. */
char *re3_label_region  (gsize             region);
/* "L1·3": a hidden neuron, from 1 in its layer. */
char *re3_label_neuron  (const Re3Network *network,
                        gsize             neuron);
/* The class's name behind a dot in its colour, as Pango markup; a dash for RE3_NO_LABEL. */
char *re3_label_class_markup (const Re3Model   *model,
                        int               class_index);

G_END_DECLS
