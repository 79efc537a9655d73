/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RE3_NAME_NOT_FOUND (-1)
#define RE3_NAME_AMBIGUOUS (-2)

/* What of a name counts. (transfer full) (nullable): nothing, which matches no other name */
typedef char *(*Re3NameKey) (const char *name);

/**
 * Re3NameIndex:
 *
 * Finds names as people write them among many. The names outlive it.
 */
typedef struct _Re3NameIndex Re3NameIndex;

/* Names are found exactly, or else by the first of @keys that one has in common, which end in %NULL.
 * An empty name is none. (transfer full) */
Re3NameIndex *re3_name_index_new  (const char *const  *names,
                                   gsize               n_names,
                                   const Re3NameKey   *keys);
void          re3_name_index_free (Re3NameIndex       *self);
/* The index of the name, RE3_NAME_NOT_FOUND, or RE3_NAME_AMBIGUOUS where several would fit. */
gssize        re3_name_index_find (const Re3NameIndex *self,
                                   const char         *name);

/* For features, columns and groups: but for case, white space and punctuation; then but for a unit
 * in brackets too. */
extern const Re3NameKey re3_name_keys[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3NameIndex, re3_name_index_free)

G_END_DECLS
