/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-forward.h"

G_BEGIN_DECLS

#define RE3_PATTERN_WORD_BITS 64

/**
 * Re3Pattern:
 * @n_gates: number of bits
 * @words: the bits, 64 to a word, gate 0 in the lowest bit of the first word; spare bits are 0
 *
 * The activation pattern of a sample: one bit for each gate, set where z > threshold. The number of
 * set bits of a neuron is its state. In a ReLU network a bit is a hidden neuron, set where z > 0.
 */
typedef struct {
  gsize n_gates;
  guint64 words[];
} Re3Pattern;

/* No bit is set. */
Re3Pattern *re3_pattern_new          (gsize             n_gates);
Re3Pattern *re3_pattern_new_from_forward (const Re3Forward *forward,
                                      const Re3Network *network,
                                      gsize             sample);
Re3Pattern *re3_pattern_copy         (const Re3Pattern *self);
void        re3_pattern_free         (Re3Pattern       *self);
gsize       re3_pattern_n_words      (gsize             n_gates);
/* In bytes. */
gsize       re3_pattern_size         (gsize             n_gates);

static inline gboolean
re3_pattern_is_set (const Re3Pattern *self, gsize gate)
{
  return (self->words[gate / RE3_PATTERN_WORD_BITS] >> (gate % RE3_PATTERN_WORD_BITS)) & 1;
}

static inline void
re3_pattern_set (Re3Pattern *self, gsize gate, gboolean is_set)
{
  guint64 *word = &self->words[gate / RE3_PATTERN_WORD_BITS];
  guint64 bit = G_GUINT64_CONSTANT (1) << (gate % RE3_PATTERN_WORD_BITS);

  *word = is_set ? *word | bit : *word & ~bit;
}

/* How many thresholds of @neuron lie below its z: the number of its set bits. */
gsize       re3_pattern_get_state    (const Re3Pattern *self,
                                      const Re3Network *network,
                                      gsize             neuron);
/* Whether @neuron follows its input as steeply as it can: where z > 0 for ReLU. For all activations
 * see re3_activation_is_active(). */
gboolean    re3_pattern_is_active    (const Re3Pattern *self,
                                      const Re3Network *network,
                                      gsize             neuron);
/* The same of all neurons: n_neurons flags. */
void        re3_pattern_get_active   (const Re3Pattern *self,
                                      const Re3Network *network,
                                      guint8           *active);
gsize       re3_pattern_count_active (const Re3Pattern *self,
                                      const Re3Network *network);
/* The piece that @neuron is on. */
const Re3Piece *re3_pattern_get_piece (const Re3Pattern *self,
                                      const Re3Network *network,
                                      gsize             neuron);
/* The piece that each of the n_neurons is on: its slopes are the diagonals of all S. */
void        re3_pattern_get_pieces   (const Re3Pattern *self,
                                      const Re3Network *network,
                                      Re3Piece         *pieces);

/* For GHashTable. */
guint       re3_pattern_hash         (gconstpointer     self);
gboolean    re3_pattern_equal        (gconstpointer     self,
                                      gconstpointer     other);
/* The order of their texts: the first neuron that differs decides, the lower state first. */
int         re3_pattern_compare      (const Re3Pattern *self,
                                      const Re3Pattern *other);
/* "10110101|0110": a digit for each neuron, its state, a bar between hidden layers. (transfer full) */
char       *re3_pattern_to_string    (const Re3Pattern *self,
                                      const Re3Network *network);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Pattern, re3_pattern_free)

G_END_DECLS
