/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-forward.h"

G_BEGIN_DECLS

#define RE3_PATTERN_WORD_BITS 64

/**
 * Re3Pattern:
 * @n_neurons: number of bits
 * @words: the bits, 64 to a word, neuron 0 in the lowest bit of the first word; spare bits are 0
 *
 * The activation pattern of a sample: one bit for each hidden neuron, set where z > 0.
 */
typedef struct {
  gsize n_neurons;
  guint64 words[];
} Re3Pattern;

/* All inactive. */
Re3Pattern *re3_pattern_new          (gsize             n_neurons);
Re3Pattern *re3_pattern_new_from_forward (const Re3Forward *forward,
                                      gsize             n_neurons,
                                      gsize             sample);
Re3Pattern *re3_pattern_copy         (const Re3Pattern *self);
void        re3_pattern_free         (Re3Pattern       *self);
gsize       re3_pattern_n_words      (gsize             n_neurons);
/* In bytes. */
gsize       re3_pattern_size         (gsize             n_neurons);

static inline gboolean
re3_pattern_is_active (const Re3Pattern *self, gsize neuron)
{
  return (self->words[neuron / RE3_PATTERN_WORD_BITS] >> (neuron % RE3_PATTERN_WORD_BITS)) & 1;
}

/* What the rectifier of a hidden layer multiplies its neuron @index by: the diagonal of S. */
static inline double
re3_pattern_mask (const Re3Pattern *self, const Re3Operation *rectifier, gsize index)
{
  return re3_pattern_is_active (self, rectifier->first_neuron + index) ? 1
                                                                       : rectifier->negative_slope;
}

void        re3_pattern_set_active   (Re3Pattern       *self,
                                      gsize             neuron,
                                      gboolean          active);

/* For GHashTable. */
guint       re3_pattern_hash         (gconstpointer     self);
gboolean    re3_pattern_equal        (gconstpointer     self,
                                      gconstpointer     other);
/* The order of their texts: the first neuron that differs decides, inactive first. */
int         re3_pattern_compare      (const Re3Pattern *self,
                                      const Re3Pattern *other);
gsize       re3_pattern_count_active (const Re3Pattern *self);
/* "10110101|0110": a digit for each neuron, a bar between hidden layers. (transfer full) */
char       *re3_pattern_to_string    (const Re3Pattern *self,
                                      const Re3Network *network);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Pattern, re3_pattern_free)

G_END_DECLS
