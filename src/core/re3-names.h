/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether two names are the same but for case, white space, punctuation and bracketed unit. */
gboolean re3_names_match    (const char *a,
                             const char *b);

/* What is left of @name without these: "Petal_Width (cm)" and "petal width" both become
 * "petalwidth". %NULL where nothing is left, which matches no other name. (transfer full) */
char    *re3_name_normalise (const char *name);

G_END_DECLS
