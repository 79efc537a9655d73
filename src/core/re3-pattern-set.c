/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-pattern-set.h"

#include "re3-memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SLOTS_FIRST 64

/* Open addressing: a slot holds a number plus one, or 0, and at most half of them are taken. A
 * pattern stands in the first slot that was free from its hash on. */
struct _Re3PatternSet {
  gsize n_gates;
  gsize pattern_size;
  gsize n;
  gsize n_allocated;
  guint8 *patterns;
  gsize n_slots;
  guint32 *slots;
};

Re3PatternSet *
re3_pattern_set_new (gsize n_gates)
{
  Re3PatternSet *self = g_new0 (Re3PatternSet, 1);

  self->n_gates = n_gates;
  self->pattern_size = re3_pattern_size (n_gates);
  self->n_slots = SLOTS_FIRST;
  self->slots = g_new0 (guint32, self->n_slots);

  return self;
}

void
re3_pattern_set_free (Re3PatternSet *self)
{
  if (self == NULL)
    return;

  g_free (self->patterns);
  g_free (self->slots);
  g_free (self);
}

guint32
re3_pattern_set_get_n (const Re3PatternSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint32) self->n;
}

static const Re3Pattern *
get_pattern (const Re3PatternSet *self, gsize number)
{
  return (const Re3Pattern *) (self->patterns + number * self->pattern_size);
}

const Re3Pattern *
re3_pattern_set_get (const Re3PatternSet *self, gsize number)
{
  g_return_val_if_fail (self != NULL && number < self->n, NULL);

  return get_pattern (self, number);
}

/* Both have as many gates. */
static gboolean
has_same_words (const Re3Pattern *a, const Re3Pattern *b, gsize n_words)
{
  for (gsize i = 0; i < n_words; i++)
    if (a->words[i] != b->words[i])
      return FALSE;

  return TRUE;
}

/* The slot that holds @pattern, or else the one where it belongs. */
static guint32 *
find_slot (const Re3PatternSet *self, const Re3Pattern *pattern)
{
  gsize mask = self->n_slots - 1;
  gsize slot = re3_pattern_hash (pattern) & mask;
  gsize n_words = re3_pattern_n_words (self->n_gates);

  while (self->slots[slot] != 0 &&
         !has_same_words (get_pattern (self, self->slots[slot] - 1), pattern, n_words))
    slot = (slot + 1) & mask;

  return &self->slots[slot];
}

static gboolean
grow_slots (Re3PatternSet *self, GError **error)
{
  guint32 *slots =
      re3_try_new0 (guint32, 2, self->n_slots, error, _ ("an index of %zu regions"), self->n);

  if (slots == NULL)
    return FALSE;

  g_free (self->slots);
  self->slots = slots;
  self->n_slots *= 2;
  for (gsize i = 0; i < self->n; i++)
    *find_slot (self, re3_pattern_set_get (self, i)) = (guint32) i + 1;

  return TRUE;
}

static gboolean
grow_patterns (Re3PatternSet *self, GError **error)
{
  gsize n_allocated = MAX (2 * self->n_allocated, SLOTS_FIRST / 2);

  if (!re3_try_renew (guint8, &self->patterns, n_allocated, self->pattern_size, error,
                      _ ("the activation patterns of more than %zu regions"), self->n))
    return FALSE;
  self->n_allocated = n_allocated;

  return TRUE;
}

gboolean
re3_pattern_set_add (Re3PatternSet *self,
                     const Re3Pattern *pattern,
                     guint32 *number,
                     GError **error)
{
  guint32 *slot;

  g_return_val_if_fail (self != NULL && pattern != NULL && number != NULL, FALSE);
  g_return_val_if_fail (pattern->n_gates == self->n_gates, FALSE);

  slot = find_slot (self, pattern);
  if (*slot != 0) {
    *number = *slot - 1;
    return TRUE;
  }

  g_return_val_if_fail (self->n < G_MAXUINT32, FALSE);

  if (2 * (self->n + 1) > self->n_slots) {
    if (!grow_slots (self, error))
      return FALSE;
    slot = find_slot (self, pattern);
  }
  if (self->n == self->n_allocated && !grow_patterns (self, error))
    return FALSE;
  memcpy (self->patterns + self->n * self->pattern_size, pattern, self->pattern_size);
  *number = (guint32) self->n++;
  *slot = *number + 1;

  return TRUE;
}

gssize
re3_pattern_set_find (const Re3PatternSet *self, const Re3Pattern *pattern)
{
  g_return_val_if_fail (self != NULL && pattern != NULL, -1);

  return (gssize) *find_slot (self, pattern) - 1;
}

void
re3_pattern_set_trim (Re3PatternSet *self)
{
  g_return_if_fail (self != NULL);

  self->n_allocated = self->n;
  self->patterns = g_realloc_n (self->patterns, self->n, self->pattern_size);
}
