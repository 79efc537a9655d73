/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-network-private.h"

#include "re3-memory.h"
#include "re3-norm.h"

#include <glib/gi18n-lib.h>

void
re3_operation_clear (gpointer operation)
{
  Re3Operation *self = operation;

  re3_affine_free ((Re3Affine *) g_steal_pointer (&self->affine));
  g_free ((Re3Activation *) g_steal_pointer (&self->activations));
}

static void
network_add_neuron (Re3Network *self, gsize neuron, const Re3Activation *activation)
{
  gsize first = self->first_gates[neuron];

  for (gsize i = 0; i < activation->n_thresholds; i++)
    self->gates[first + i] = (Re3Gate){ neuron, activation->thresholds[i] };
  for (gsize state = 0; state <= activation->n_thresholds; state++) {
    self->pieces[first + neuron + state] = activation->pieces[state];
    self->active[first + neuron + state] = re3_activation_is_active (activation, state);
  }
  self->first_gates[neuron + 1] = first + activation->n_thresholds;
}

/* Room for what all neurons are made of. */
static gboolean
network_make_room (Re3Network *self, GError **error)
{
  gsize n_pieces = self->n_gates + self->n_neurons;

  return (self->gates = re3_try_new (Re3Gate, self->n_gates, 1, error,
                                     _ ("the activation functions of %zu neurons"),
                                     self->n_neurons)) != NULL &&
         (self->first_gates = re3_try_new0 (gsize, self->n_neurons + 1, 1, error,
                                            _ ("the activation functions of %zu neurons"),
                                            self->n_neurons)) != NULL &&
         (self->pieces = re3_try_new (Re3Piece, n_pieces, 1, error,
                                      _ ("the activation functions of %zu neurons"),
                                      self->n_neurons)) != NULL &&
         (self->active = re3_try_new (guint8, n_pieces, 1, error,
                                      _ ("the activation functions of %zu neurons"),
                                      self->n_neurons)) != NULL &&
         (self->weight_norms =
              re3_try_new (double, self->n_neurons, 1, error,
                           _ ("the activation functions of %zu neurons"), self->n_neurons)) != NULL;
}

static void
network_gather_neurons (Re3Network *self)
{
  for (gsize layer = 0; layer < re3_network_get_n_hidden_layers (self); layer++) {
    const Re3Operation *activation = re3_network_get_activation (self, layer);

    for (gsize i = 0; i < activation->n_outputs; i++)
      network_add_neuron (self, activation->first_neuron + i, &activation->activations[i]);
  }
}

static void
network_measure_weights (Re3Network *self)
{
  for (gsize layer = 0; layer < re3_network_get_n_hidden_layers (self); layer++) {
    const Re3Affine *affine = re3_network_get_affine (self, layer);
    double *norms = self->weight_norms + re3_network_get_first_neuron (self, layer);

    for (gsize row = 0; row < affine->n_outputs; row++)
      norms[row] = re3_norm_l2 (affine->weight + row * affine->n_inputs, affine->n_inputs);
  }
}

Re3Network *
re3_network_new_take (GArray *operations, GError **error)
{
  g_autoptr (Re3Network) self = NULL;

  g_assert (operations->len % 2 == 1);

  self = g_atomic_rc_box_new0 (Re3Network);
  self->operations = operations;
  for (gsize i = 0; i < operations->len; i++) {
    const Re3Operation *operation = re3_network_get_operation (self, i);

    g_assert (operation->kind == (i % 2 == 0 ? RE3_OPERATION_AFFINE : RE3_OPERATION_ACTIVATION));
    if (operation->kind == RE3_OPERATION_AFFINE) {
      self->n_parameters += operation->n_outputs * (operation->n_inputs + 1);
    } else {
      self->n_neurons += operation->n_outputs;
      for (gsize j = 0; j < operation->n_outputs; j++)
        self->n_gates += operation->activations[j].n_thresholds;
    }
  }
  if (!network_make_room (self, error))
    return NULL;
  network_gather_neurons (self);
  network_measure_weights (self);

  return g_steal_pointer (&self);
}

static void
network_clear (gpointer data)
{
  Re3Network *self = data;

  g_array_unref (self->operations);
  g_free (self->gates);
  g_free (self->first_gates);
  g_free (self->pieces);
  g_free (self->active);
  g_free (self->weight_norms);
}

Re3Network *
re3_network_ref (Re3Network *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
re3_network_unref (Re3Network *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, network_clear);
}

gsize
re3_network_get_n_inputs (const Re3Network *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return re3_network_get_operation (self, 0)->n_inputs;
}

gsize
re3_network_get_n_outputs (const Re3Network *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return re3_network_get_operation (self, self->operations->len - 1)->n_outputs;
}

gsize
re3_network_get_n_parameters (const Re3Network *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_parameters;
}

gsize
re3_network_get_n_operations (const Re3Network *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->operations->len;
}

const Re3Operation *
re3_network_get_operation (const Re3Network *self, gsize index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->operations->len, NULL);

  return &g_array_index (self->operations, Re3Operation, index);
}

gsize
re3_network_get_n_hidden_layers (const Re3Network *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->operations->len / 2;
}

gsize
re3_network_get_n_neurons (const Re3Network *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_neurons;
}

const Re3Operation *
re3_network_get_activation (const Re3Network *self, gsize layer)
{
  return re3_network_get_operation (self, 2 * layer + 1);
}

const Re3Affine *
re3_network_get_affine (const Re3Network *self, gsize layer)
{
  return re3_network_get_operation (self, 2 * layer)->affine;
}

gsize
re3_network_get_hidden_width (const Re3Network *self, gsize layer)
{
  return re3_network_get_activation (self, layer)->n_outputs;
}

gsize
re3_network_get_first_neuron (const Re3Network *self, gsize layer)
{
  return re3_network_get_activation (self, layer)->first_neuron;
}

gsize
re3_network_get_n_gates (const Re3Network *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_gates;
}

const Re3Gate *
re3_network_get_gates (const Re3Network *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->gates;
}

gsize
re3_network_get_first_gate (const Re3Network *self, gsize neuron)
{
  g_return_val_if_fail (self != NULL && neuron <= self->n_neurons, 0);

  return self->first_gates[neuron];
}

const double *
re3_network_get_weight_norms (const Re3Network *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->weight_norms;
}

void
re3_network_locate_neuron (const Re3Network *self, gsize neuron, gsize *layer, gsize *index)
{
  gsize found = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (neuron < self->n_neurons);

  while (neuron >=
         re3_network_get_first_neuron (self, found) + re3_network_get_hidden_width (self, found))
    found++;

  if (layer != NULL)
    *layer = found;
  if (index != NULL)
    *index = neuron - re3_network_get_first_neuron (self, found);
}

gboolean
re3_network_has_reference_class (const Re3Network *self)
{
  const Re3Affine *last;

  g_return_val_if_fail (self != NULL, FALSE);

  last = re3_network_get_affine (self, re3_network_get_n_hidden_layers (self));
  if (last->n_outputs != 2 || last->bias[0] != 0)
    return FALSE;
  for (gsize i = 0; i < last->n_inputs; i++)
    if (last->weight[i] != 0)
      return FALSE;

  return TRUE;
}

char *
re3_network_describe_shape (const Re3Network *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  g_string_append_printf (text, "%zu", re3_network_get_n_inputs (self));
  for (gsize layer = 0; layer <= re3_network_get_n_hidden_layers (self); layer++)
    g_string_append_printf (text, "-%zu", re3_network_get_affine (self, layer)->n_outputs);

  return g_string_free (text, FALSE);
}
