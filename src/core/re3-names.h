/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-pattern.h"

G_BEGIN_DECLS

/* Whether two names are the same but for case, white space, punctuation and bracketed unit. */
gboolean re3_names_match    (const char *a,
                             const char *b);

/* What is left of @name without these: "Petal_Width (cm)" and "petal width" both become
 * "petalwidth". %NULL where nothing is left, which matches no other name. (transfer full) */
char    *re3_name_normalise (const char *name);
/* The same with the unit: "petalwidth(cm", so that two names that differ in it alone stay two.
 * (transfer full) (nullable) */
char    *re3_name_normalise_with_unit (const char *name);

/* What regions and neurons are called wherever people read of them, counted from 1: "R3" for the
 * third region of the table, "L1·3" for the third neuron of the first hidden layer.
 * (transfer full) */
char    *re3_name_region    (gsize             region);
char    *re3_name_neuron    (const Re3Network *network,
                             gsize             neuron);
/* What becomes of @neuron where its state changes: "L1·3 on", "L2·1 off", and with more states than
 * two "L1·3 0 → 2". (transfer full) */
char    *re3_name_switch    (const Re3Network *network,
                             gsize             neuron,
                             gsize             state_before,
                             gsize             state);
/* "L1·3 on, L2·1 off": all that changes from @before to @after, and after @max_named of them "…".
 * (transfer full) */
char    *re3_name_switches  (const Re3Network *network,
                             const Re3Pattern *before,
                             const Re3Pattern *after,
                             gsize             max_named);

G_END_DECLS
