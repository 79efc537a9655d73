/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-pattern.h"

#include "re3-network-private.h"

#include <string.h>

gsize
re3_pattern_n_words (gsize n_gates)
{
  return n_gates / RE3_PATTERN_WORD_BITS + (n_gates % RE3_PATTERN_WORD_BITS != 0);
}

gsize
re3_pattern_size (gsize n_gates)
{
  return sizeof (Re3Pattern) + re3_pattern_n_words (n_gates) * sizeof (guint64);
}

Re3Pattern *
re3_pattern_new (gsize n_gates)
{
  Re3Pattern *self = g_malloc0 (re3_pattern_size (n_gates));

  self->n_gates = n_gates;

  return self;
}

Re3Pattern *
re3_pattern_new_from_forward (const Re3Forward *forward, const Re3Network *network, gsize sample)
{
  Re3Pattern *self;

  g_return_val_if_fail (forward != NULL && sample < forward->n_samples, NULL);
  g_return_val_if_fail (network != NULL, NULL);

  self = re3_pattern_new (network->n_gates);
  for (gsize gate = 0; gate < network->n_gates; gate++) {
    const Re3Gate *it = &network->gates[gate];
    gboolean is_set =
        forward->pre_activations[it->neuron * forward->stride + sample] > it->threshold;

    self->words[gate / RE3_PATTERN_WORD_BITS] |= (guint64) is_set << (gate % RE3_PATTERN_WORD_BITS);
  }

  return self;
}

Re3Pattern *
re3_pattern_copy (const Re3Pattern *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, re3_pattern_size (self->n_gates));
}

void
re3_pattern_free (Re3Pattern *self)
{
  g_free (self);
}

/* The place of the piece of @neuron among those of all neurons. */
static gsize
find_piece (const Re3Pattern *self, const Re3Network *network, gsize neuron)
{
  gsize first = network->first_gates[neuron];
  gsize end = network->first_gates[neuron + 1];
  gsize piece = first + neuron;

  for (gsize gate = first; gate < end; gate++)
    piece += (gsize) re3_pattern_is_set (self, gate);

  return piece;
}

gsize
re3_pattern_get_state (const Re3Pattern *self, const Re3Network *network, gsize neuron)
{
  g_return_val_if_fail (self != NULL && network != NULL, 0);
  g_return_val_if_fail (neuron < network->n_neurons && self->n_gates == network->n_gates, 0);

  return find_piece (self, network, neuron) - network->first_gates[neuron] - neuron;
}

gboolean
re3_pattern_is_active (const Re3Pattern *self, const Re3Network *network, gsize neuron)
{
  g_return_val_if_fail (self != NULL && network != NULL, FALSE);
  g_return_val_if_fail (neuron < network->n_neurons && self->n_gates == network->n_gates, FALSE);

  return network->active[find_piece (self, network, neuron)];
}

void
re3_pattern_get_active (const Re3Pattern *self, const Re3Network *network, guint8 *active)
{
  g_return_if_fail (self != NULL && network != NULL && self->n_gates == network->n_gates);
  g_return_if_fail (active != NULL || network->n_neurons == 0);

  for (gsize neuron = 0; neuron < network->n_neurons; neuron++)
    active[neuron] = network->active[find_piece (self, network, neuron)];
}

gsize
re3_pattern_count_active (const Re3Pattern *self, const Re3Network *network)
{
  gsize count = 0;

  g_return_val_if_fail (self != NULL && network != NULL, 0);

  for (gsize neuron = 0; neuron < network->n_neurons; neuron++)
    count += (gsize) re3_pattern_is_active (self, network, neuron);

  return count;
}

const Re3Piece *
re3_pattern_get_piece (const Re3Pattern *self, const Re3Network *network, gsize neuron)
{
  g_return_val_if_fail (self != NULL && network != NULL, NULL);
  g_return_val_if_fail (neuron < network->n_neurons && self->n_gates == network->n_gates, NULL);

  return &network->pieces[find_piece (self, network, neuron)];
}

void
re3_pattern_get_pieces (const Re3Pattern *self, const Re3Network *network, Re3Piece *pieces)
{
  g_return_if_fail (self != NULL && network != NULL && self->n_gates == network->n_gates);
  g_return_if_fail (pieces != NULL || network->n_neurons == 0);

  for (gsize neuron = 0; neuron < network->n_neurons; neuron++)
    pieces[neuron] = network->pieces[find_piece (self, network, neuron)];
}

guint
re3_pattern_hash (gconstpointer self)
{
  const Re3Pattern *pattern = self;
  gsize n_words = re3_pattern_n_words (pattern->n_gates);
  guint64 hash = pattern->n_gates;

  /* The finaliser of SplitMix64: patterns differ in few bits, and each must stir them all. */
  for (gsize i = 0; i < n_words; i++) {
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

  return a->n_gates == b->n_gates && memcmp (a, b, re3_pattern_size (a->n_gates)) == 0;
}

int
re3_pattern_compare (const Re3Pattern *self, const Re3Pattern *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, 0);
  g_return_val_if_fail (self->n_gates == other->n_gates, 0);

  for (gsize i = 0; i < re3_pattern_n_words (self->n_gates); i++) {
    guint64 difference = self->words[i] ^ other->words[i];

    if (difference != 0) {
      guint64 first = difference & -difference;

      return (self->words[i] & first) != 0 ? 1 : -1;
    }
  }

  return 0;
}

char *
re3_pattern_to_string (const Re3Pattern *self, const Re3Network *network)
{
  GString *text;

  g_return_val_if_fail (self != NULL && network != NULL, NULL);
  g_return_val_if_fail (self->n_gates == network->n_gates, NULL);

  text = g_string_sized_new (network->n_neurons + re3_network_get_n_hidden_layers (network));
  for (gsize layer = 0; layer < re3_network_get_n_hidden_layers (network); layer++) {
    gsize first = re3_network_get_first_neuron (network, layer);

    if (layer > 0)
      g_string_append_c (text, '|');
    for (gsize i = 0; i < re3_network_get_hidden_width (network, layer); i++)
      g_string_append_c (text, (char) ('0' + re3_pattern_get_state (self, network, first + i)));
  }

  return g_string_free (text, FALSE);
}
