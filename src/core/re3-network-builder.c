/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-core-error.h"
#include "re3-memory.h"
#include "re3-network-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The gradients of all hidden neurons of one region are held at once. More numbers than these
 * (8 GiB) are refused instead of running out of memory later. */
#define REGION_NUMBERS_MAX (G_GUINT64_CONSTANT (1) << 30)

/* And a map has no more than these, 1 GiB: a narrow layer between two wide ones takes little room
 * in a file, but once they are folded into one it takes their product. */
#define MAP_NUMBERS_MAX (G_GUINT64_CONSTANT (1) << 27)

struct _Re3NetworkBuilder {
  gsize n_inputs;
  gsize width;
  gsize n_neurons;
  gsize n_added;
  GArray *operations; /* finished ones: affine, activation, ..., activation */

  /* What stands behind the last activation and may still grow: an affine map, or else a scaling
   * that waits to be folded into the map that follows. */
  Re3Affine *affine;
  double *scale;
  double *shift;
};

static GArray *
operations_new (void)
{
  GArray *operations = g_array_new (FALSE, TRUE, sizeof (Re3Operation));

  g_array_set_clear_func (operations, re3_operation_clear);

  return operations;
}

Re3NetworkBuilder *
re3_network_builder_new (gsize n_inputs)
{
  Re3NetworkBuilder *self = g_new0 (Re3NetworkBuilder, 1);

  self->n_inputs = n_inputs;
  self->width = n_inputs;
  self->operations = operations_new ();

  return self;
}

void
re3_network_builder_free (Re3NetworkBuilder *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->operations);
  re3_affine_free (self->affine);
  g_free (self->scale);
  g_free (self->shift);
  g_free (self);
}

gsize
re3_network_builder_get_width (Re3NetworkBuilder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->width;
}

/* Operations, rows and columns are counted from 1 in sentences for people. */
static gboolean
check_finite (const double *numbers,
              gsize rows,
              gsize columns,
              const char *what,
              gsize operation,
              GError **error)
{
  for (gsize row = 0; row < rows; row++)
    for (gsize column = 0; column < columns; column++)
      if (!isfinite (numbers[row * columns + column])) {
        g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                     _ ("Operation %zu of the network has a %s that is not a finite number (row "
                        "%zu, column %zu); export the model again without NaN and infinity."),
                     operation, what, row + 1, column + 1);
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_size (gsize rows, gsize columns, gsize operation, GError **error)
{
  gsize n_weights;

  if (rows == 0 || columns == 0) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_SHAPE,
                 _ ("Operation %zu of the network is %zu wide and takes %zu inputs; both must be "
                    "at least 1."),
                 operation, rows, columns);
    return FALSE;
  }

  if (!g_size_checked_mul (&n_weights, rows, columns) || n_weights > MAP_NUMBERS_MAX) {
    g_set_error (
        error, RE3_CORE_ERROR, RE3_CORE_ERROR_SHAPE,
        _ ("Operation %zu of the network, with those before it that are one map with it, has "
           "%zu x %zu weights, which is more than Re3 holds; check the sizes in the model."),
        operation, rows, columns);
    return FALSE;
  }

  return TRUE;
}

/* Folding multiplies finite numbers, whose products may not be finite. */
static gboolean
check_folded (const Re3Affine *affine, gsize operation, GError **error)
{
  gsize n_weights = affine->n_inputs * affine->n_outputs;
  gboolean finite = TRUE;

  for (gsize i = 0; i < n_weights; i++)
    finite = finite && isfinite (affine->weight[i]);
  for (gsize i = 0; i < affine->n_outputs; i++)
    finite = finite && isfinite (affine->bias[i]);

  if (!finite)
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                 _ ("The weights of operation %zu of the network, multiplied by those of the one "
                    "before it, are too large for a number in double precision; rescale them."),
                 operation);

  return finite;
}

/* Makes of @next, (inout) (transfer full), what it is together with all that stands behind the last
 * activation. */
static gboolean
builder_fold (Re3NetworkBuilder *self, Re3Affine **next, gsize operation, GError **error)
{
  g_autoptr (Re3Affine) own = *next;

  if (self->affine != NULL)
    *next = re3_affine_compose (own, self->affine, error);
  else if (self->scale != NULL)
    *next = re3_affine_scale_inputs (own, self->scale, self->shift, error);
  else
    *next = g_steal_pointer (&own);

  return *next != NULL && check_folded (*next, operation, error);
}

static void
builder_take_affine (Re3NetworkBuilder *self, Re3Affine *affine)
{
  re3_affine_free (self->affine);
  g_clear_pointer (&self->scale, g_free);
  g_clear_pointer (&self->shift, g_free);
  self->affine = affine;
  self->width = affine->n_outputs;
}

gboolean
re3_network_builder_add_affine (Re3NetworkBuilder *self,
                                gsize n_outputs,
                                const double *weight,
                                const double *bias,
                                GError **error)
{
  g_autoptr (Re3Affine) next = NULL;
  gsize operation;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (weight != NULL && bias != NULL, FALSE);

  operation = self->n_added + 1;
  if (!check_size (n_outputs, self->width, operation, error) ||
      !check_finite (weight, n_outputs, self->width, _ ("weight"), operation, error) ||
      !check_finite (bias, n_outputs, 1, _ ("bias"), operation, error) ||
      (self->affine != NULL && !check_size (n_outputs, self->affine->n_inputs, operation, error)))
    return FALSE;

  next = re3_affine_new (self->width, n_outputs, weight, bias, error);
  if (next == NULL || !builder_fold (self, &next, operation, error))
    return FALSE;

  builder_take_affine (self, g_steal_pointer (&next));
  self->n_added++;

  return TRUE;
}

static void
builder_take_scaling (Re3NetworkBuilder *self, const double *scale, const double *shift)
{
  g_free (self->scale);
  g_free (self->shift);
  self->scale = g_memdup2 (scale, self->width * sizeof (double));
  self->shift = g_memdup2 (shift, self->width * sizeof (double));
}

/* A scaling as a map of its own. */
static gboolean
builder_materialise_scaling (Re3NetworkBuilder *self, GError **error)
{
  Re3Affine *scaling;

  if (self->scale == NULL)
    return TRUE;
  if (!check_size (self->width, self->width, self->n_added, error))
    return FALSE;

  scaling = re3_affine_new_scaling (self->width, self->scale, self->shift, error);
  if (scaling == NULL)
    return FALSE;
  builder_take_affine (self, scaling);

  return TRUE;
}

gboolean
re3_network_builder_add_scaling (Re3NetworkBuilder *self,
                                 const double *scale,
                                 const double *shift,
                                 GError **error)
{
  gsize operation;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (scale != NULL && shift != NULL, FALSE);

  operation = self->n_added + 1;
  if (!check_size (self->width, 1, operation, error) ||
      !check_finite (scale, self->width, 1, _ ("scale"), operation, error) ||
      !check_finite (shift, self->width, 1, _ ("shift"), operation, error) ||
      !builder_materialise_scaling (self, error))
    return FALSE;

  if (self->affine != NULL) {
    g_autoptr (Re3Affine) folded = re3_affine_scale_outputs (self->affine, scale, shift, error);

    if (folded == NULL || !check_folded (folded, operation, error))
      return FALSE;
    builder_take_affine (self, g_steal_pointer (&folded));
  } else {
    builder_take_scaling (self, scale, shift);
  }
  self->n_added++;

  return TRUE;
}

static void
builder_push_affine (Re3NetworkBuilder *self)
{
  Re3Operation operation = {
    .kind = RE3_OPERATION_AFFINE,
    .n_inputs = self->affine->n_inputs,
    .n_outputs = self->affine->n_outputs,
    .affine = self->affine,
  };

  g_array_append_val (self->operations, operation);
  self->affine = NULL;
}

/* ReLU is known by its numbers, for a pass of its own. */
static gboolean
are_rectifiers (const Re3Activation *activations, gsize n)
{
  Re3Activation rectifier = re3_activation_rectifier (0);

  for (gsize i = 0; i < n; i++)
    if (!re3_activation_equal (&activations[i], &rectifier))
      return FALSE;

  return TRUE;
}

/* @activations: (transfer full) */
static void
builder_push_activations (Re3NetworkBuilder *self, Re3Activation *activations)
{
  Re3Operation operation = {
    .kind = RE3_OPERATION_ACTIVATION,
    .n_inputs = self->width,
    .n_outputs = self->width,
    .activations = activations,
    .is_rectifier = are_rectifiers (activations, self->width),
    .first_neuron = self->n_neurons,
  };

  g_array_append_val (self->operations, operation);
  self->n_neurons += self->width;
}

/* An activation behind an activation: each neuron applies one after the other.
 * @activations: (transfer full) */
static gboolean
builder_merge_activations (Re3NetworkBuilder *self, Re3Activation *activations, GError **error)
{
  Re3Operation *last = &g_array_index (self->operations, Re3Operation, self->operations->len - 1);
  g_autofree Re3Activation *merged = activations;

  for (gsize i = 0; i < self->width; i++) {
    const Re3Activation next = activations[i];

    if (!re3_activation_compose (&next, &last->activations[i], &merged[i])) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("The activation of neuron %zu in operation %zu of the network, applied to "
                      "that of the one before it, has numbers that are too large or more than %d "
                      "thresholds; make it simpler."),
                   i + 1, self->n_added + 1, RE3_THRESHOLDS_MAX);
      return FALSE;
    }
  }

  last->is_rectifier = are_rectifiers (merged, self->width);
  g_free ((Re3Activation *) last->activations);
  last->activations = g_steal_pointer (&merged);

  return TRUE;
}

static gboolean
builder_check_activations (Re3NetworkBuilder *self,
                           const Re3Activation *activations,
                           GError **error)
{
  for (gsize i = 0; i < self->width; i++) {
    g_autofree char *complaint = NULL;

    if (re3_activation_check (&activations[i], &complaint))
      continue;
    /* Translators: %s says what is wrong, such as "jumps from 0 to 1 at its threshold 2". */
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                 _ ("The activation of neuron %zu in operation %zu of the network %s."), i + 1,
                 self->n_added + 1, complaint);
    return FALSE;
  }

  return TRUE;
}

/* @activations: (transfer full) */
static gboolean
builder_take_activations (Re3NetworkBuilder *self, Re3Activation *activations, GError **error)
{
  g_autofree Re3Activation *own = activations;

  if (!builder_check_activations (self, own, error) || !builder_materialise_scaling (self, error))
    return FALSE;

  if (self->affine != NULL) {
    builder_push_affine (self);
    builder_push_activations (self, g_steal_pointer (&own));
  } else if (self->operations->len > 0) {
    if (!builder_merge_activations (self, g_steal_pointer (&own), error))
      return FALSE;
  } else {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_STRUCTURE,
                         _ ("The network starts with an activation; a linear layer must come "
                            "before it."));
    return FALSE;
  }
  self->n_added++;

  return TRUE;
}

/* Room for one of each neuron: far larger than a number, of which a file may have as few as one for
 * each. (nullable) */
static Re3Activation *
builder_alloc_activations (Re3NetworkBuilder *self, GError **error)
{
  return re3_try_new (Re3Activation, self->width, 1, error,
                      _ ("the activation functions of %zu neurons"), self->width);
}

gboolean
re3_network_builder_add_activations (Re3NetworkBuilder *self,
                                     const Re3Activation *activations,
                                     GError **error)
{
  Re3Activation *copy;

  g_return_val_if_fail (self != NULL && activations != NULL, FALSE);

  copy = builder_alloc_activations (self, error);
  if (copy == NULL)
    return FALSE;
  memcpy (copy, activations, self->width * sizeof (Re3Activation));

  return builder_take_activations (self, copy, error);
}

gboolean
re3_network_builder_add_activation (Re3NetworkBuilder *self,
                                    const Re3Activation *activation,
                                    GError **error)
{
  Re3Activation *copies;

  g_return_val_if_fail (self != NULL && activation != NULL, FALSE);

  copies = builder_alloc_activations (self, error);
  if (copies == NULL)
    return FALSE;
  for (gsize i = 0; i < self->width; i++)
    copies[i] = *activation;

  return builder_take_activations (self, copies, error);
}

gboolean
re3_network_builder_add_rectifier (Re3NetworkBuilder *self, double negative_slope, GError **error)
{
  Re3Activation rectifier = re3_activation_rectifier (negative_slope);

  return re3_network_builder_add_activation (self, &rectifier, error);
}

gboolean
re3_network_builder_add_two_classes (Re3NetworkBuilder *self, GError **error)
{
  static const double weight[] = { 0, 1 };
  static const double bias[] = { 0, 0 };

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->width != 1) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_SHAPE,
                 _ ("A sigmoid at the end of the network makes two classes of one logit, but the "
                    "network has %zu outputs there; end it in a softmax instead."),
                 self->width);
    return FALSE;
  }

  return re3_network_builder_add_affine (self, G_N_ELEMENTS (weight), weight, bias, error);
}

static gboolean
builder_check_end (Re3NetworkBuilder *self, GError **error)
{
  if (self->affine == NULL && self->operations->len == 0) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_STRUCTURE,
                         _ ("The network has no linear layer; it needs at least one."));
    return FALSE;
  }

  if (self->affine == NULL) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_STRUCTURE,
                         _ ("The network ends in an activation; its last layer must be linear, so "
                            "that its outputs are logits."));
    return FALSE;
  }

  if (self->n_neurons > REGION_NUMBERS_MAX / MAX (self->n_inputs, self->width)) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_SHAPE,
                 _ ("The network has %zu hidden neurons, %zu inputs and %zu outputs: the "
                    "gradients of one region would take more than 8 GiB. Use a smaller network."),
                 self->n_neurons, self->n_inputs, self->width);
    return FALSE;
  }

  return TRUE;
}

Re3Network *
re3_network_builder_finish (Re3NetworkBuilder *self, GError **error)
{
  g_autoptr (GArray) operations = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (!builder_materialise_scaling (self, error) || !builder_check_end (self, error))
    return NULL;

  builder_push_affine (self);
  operations = g_steal_pointer (&self->operations);
  self->operations = operations_new ();
  self->width = self->n_inputs;
  self->n_neurons = 0;
  self->n_added = 0;

  return re3_network_new_take (g_steal_pointer (&operations), error);
}
