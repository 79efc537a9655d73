/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-pattern.h"

#include <string.h>

gsize
re3_pattern_n_words (gsize n_neurons)
{
  return n_neurons / RE3_PATTERN_WORD_BITS + (n_neurons % RE3_PATTERN_WORD_BITS != 0);
}

gsize
re3_pattern_size (gsize n_neurons)
{
  return sizeof (Re3Pattern) + re3_pattern_n_words (n_neurons) * sizeof (guint64);
}

Re3Pattern *
re3_pattern_new (gsize n_neurons)
{
  Re3Pattern *self = g_malloc0 (re3_pattern_size (n_neurons));

  self->n_neurons = n_neurons;

  return self;
}

Re3Pattern *
re3_pattern_new_from_forward (const Re3Forward *forward, gsize n_neurons, gsize sample)
{
  Re3Pattern *self;

  g_return_val_if_fail (forward != NULL && sample < forward->n_samples, NULL);

  self = re3_pattern_new (n_neurons);
  for (gsize neuron = 0; neuron < n_neurons; neuron++) {
    gboolean active = forward->pre_activations[neuron * forward->n_samples + sample] > 0;

    self->words[neuron / RE3_PATTERN_WORD_BITS] |= (guint64) active
                                                   << (neuron % RE3_PATTERN_WORD_BITS);
  }

  return self;
}

Re3Pattern *
re3_pattern_copy (const Re3Pattern *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, re3_pattern_size (self->n_neurons));
}

void
re3_pattern_free (Re3Pattern *self)
{
  g_free (self);
}

void
re3_pattern_set_active (Re3Pattern *self, gsize neuron, gboolean active)
{
  guint64 bit;

  g_return_if_fail (self != NULL && neuron < self->n_neurons);

  bit = G_GUINT64_CONSTANT (1) << (neuron % RE3_PATTERN_WORD_BITS);
  if (active)
    self->words[neuron / RE3_PATTERN_WORD_BITS] |= bit;
  else
    self->words[neuron / RE3_PATTERN_WORD_BITS] &= ~bit;
}

guint
re3_pattern_hash (gconstpointer self)
{
  const Re3Pattern *pattern = self;
  guint64 hash = pattern->n_neurons;

  /* The finaliser of SplitMix64: patterns differ in few bits, and each must stir them all. */
  for (gsize i = 0; i < re3_pattern_n_words (pattern->n_neurons); i++) {
    hash ^= pattern->words[i];
    hash = (hash ^ (hash >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
    hash = (hash ^ (hash >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
    hash ^= hash >> 31;
  }

  return (guint) hash;
}

gboolean
re3_pattern_equal (gconstpointer self, gconstpointer other)
{
  const Re3Pattern *a = self;
  const Re3Pattern *b = other;

  return a->n_neurons == b->n_neurons && memcmp (a, b, re3_pattern_size (a->n_neurons)) == 0;
}

int
re3_pattern_compare (const Re3Pattern *self, const Re3Pattern *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, 0);
  g_return_val_if_fail (self->n_neurons == other->n_neurons, 0);

  for (gsize i = 0; i < re3_pattern_n_words (self->n_neurons); i++) {
    guint64 difference = self->words[i] ^ other->words[i];

    if (difference != 0) {
      guint64 first = difference & -difference;

      return (self->words[i] & first) != 0 ? 1 : -1;
    }
  }

  return 0;
}

gsize
re3_pattern_count_active (const Re3Pattern *self)
{
  gsize count = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (gsize neuron = 0; neuron < self->n_neurons; neuron++)
    count += re3_pattern_is_active (self, neuron);

  return count;
}

char *
re3_pattern_to_string (const Re3Pattern *self, const Re3Network *network)
{
  GString *text;

  g_return_val_if_fail (self != NULL && network != NULL, NULL);
  g_return_val_if_fail (self->n_neurons == re3_network_get_n_neurons (network), NULL);

  text = g_string_sized_new (self->n_neurons + re3_network_get_n_hidden_layers (network));
  for (gsize layer = 0; layer < re3_network_get_n_hidden_layers (network); layer++) {
    gsize first = re3_network_get_first_neuron (network, layer);

    if (layer > 0)
      g_string_append_c (text, '|');
    for (gsize i = 0; i < re3_network_get_hidden_width (network, layer); i++)
      g_string_append_c (text, re3_pattern_is_active (self, first + i) ? '1' : '0');
  }

  return g_string_free (text, FALSE);
}
