/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-pattern.h"

G_BEGIN_DECLS

/**
 * Re3PatternSet:
 *
 * Distinct patterns, numbered in the order in which they came. They stand side by side in memory, so
 * that hundreds of thousands of them take little more than their bits.
 */
typedef struct _Re3PatternSet Re3PatternSet;

Re3PatternSet    *re3_pattern_set_new    (gsize                n_gates);
void              re3_pattern_set_free   (Re3PatternSet       *self);
guint32           re3_pattern_set_get_n  (const Re3PatternSet *self);
/* @number: (out): that of @pattern, which is copied if it is new. Fails where there is no memory for
 * it, and leaves the set as it was. */
gboolean          re3_pattern_set_add    (Re3PatternSet       *self,
                                          const Re3Pattern    *pattern,
                                          guint32             *number,
                                          GError             **error);
/* The number of @pattern, or -1. */
gssize            re3_pattern_set_find   (const Re3PatternSet *self,
                                          const Re3Pattern    *pattern);
/* Gives back the room that it has in reserve. */
void              re3_pattern_set_trim   (Re3PatternSet       *self);
/* Moves with the next re3_pattern_set_add(). */
const Re3Pattern *re3_pattern_set_get    (const Re3PatternSet *self,
                                          gsize                number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3PatternSet, re3_pattern_set_free)

G_END_DECLS
