/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-activation.h"
#include "re3-affine.h"

G_BEGIN_DECLS

typedef enum {
  RE3_OPERATION_AFFINE,
  RE3_OPERATION_ACTIVATION,
} Re3OperationKind;

/**
 * Re3Operation:
 * @kind: what it does
 * @n_inputs: width of what goes in
 * @n_outputs: width of what comes out
 * @affine: (nullable): for an affine operation, its map
 * @activations: (nullable): for an activation, the function of each of its n_outputs neurons
 * @is_rectifier: whether all of these are ReLU: h = z where z > 0, and 0 elsewhere
 * @first_neuron: for an activation, the index of its first neuron among all hidden neurons
 *
 * One step of a network. An activation turns pre-activations z into activations h, each neuron for
 * itself, by a continuous piecewise linear function. Its neurons are a hidden layer.
 */
typedef struct {
  Re3OperationKind kind;
  gsize n_inputs;
  gsize n_outputs;
  const Re3Affine *affine;
  const Re3Activation *activations;
  gboolean is_rectifier;
  gsize first_neuron;
} Re3Operation;

/**
 * Re3Gate:
 * @neuron: the hidden neuron that it belongs to
 * @threshold: one of its thresholds
 *
 * The hyperplane z_neuron = @threshold, on whose sides the neuron is on different pieces. Gates are
 * counted over all hidden neurons, and of one neuron from its lowest threshold on. In a ReLU network
 * gate and neuron are the same number, and all thresholds are 0.
 */
typedef struct {
  gsize neuron;
  double threshold;
} Re3Gate;

/**
 * Re3Network:
 *
 * A trained network as a list of operations: affine, activation, affine, ..., affine. It is
 * piecewise affine, immutable and reference counted; threads share it without locks.
 */
typedef struct _Re3Network Re3Network;
typedef struct _Re3NetworkBuilder Re3NetworkBuilder;

Re3Network         *re3_network_ref                     (Re3Network       *self);
void                re3_network_unref                   (Re3Network       *self);

gsize               re3_network_get_n_inputs            (const Re3Network *self);
gsize               re3_network_get_n_outputs           (const Re3Network *self);
gsize               re3_network_get_n_parameters        (const Re3Network *self);
gsize               re3_network_get_n_operations        (const Re3Network *self);
const Re3Operation *re3_network_get_operation           (const Re3Network *self,
                                                         gsize             index);

/* Hidden layers and their neurons, counted from 0 from the input on. */
gsize               re3_network_get_n_hidden_layers     (const Re3Network *self);
gsize               re3_network_get_n_neurons           (const Re3Network *self);
gsize               re3_network_get_hidden_width        (const Re3Network *self,
                                                         gsize             layer);
/* The index, among all hidden neurons, of the first neuron of @layer. */
gsize               re3_network_get_first_neuron        (const Re3Network *self,
                                                         gsize             layer);
/* The activation of hidden @layer. */
const Re3Operation *re3_network_get_activation          (const Re3Network *self,
                                                         gsize             layer);
/* The map that leads into hidden @layer; with @layer = n_hidden_layers, into the logits. */
const Re3Affine    *re3_network_get_affine              (const Re3Network *self,
                                                         gsize             layer);
/* All gates: n_gates of them. */
gsize               re3_network_get_n_gates             (const Re3Network *self);
const Re3Gate      *re3_network_get_gates               (const Re3Network *self);
/* The gates of @neuron end where those of the next one start; with @neuron = n_neurons, n_gates. */
gsize               re3_network_get_first_gate          (const Re3Network *self,
                                                         gsize             neuron);
/* L2 norm of the weights that lead into each hidden neuron: n_neurons numbers. */
const double       *re3_network_get_weight_norms        (const Re3Network *self);
/* Where hidden @neuron stands: its layer, and its place in the layer (nullable). */
void                re3_network_locate_neuron           (const Re3Network *self,
                                                         gsize             neuron,
                                                         gsize            *layer,
                                                         gsize            *index);
/* Whether the logits are 0 and z, as re3_network_builder_add_two_classes() has them: then nothing
 * contributes to the first class, which is what the second one is compared with. */
gboolean            re3_network_has_reference_class     (const Re3Network *self);
/* "4-16-8-4-3" (transfer full). */
char               *re3_network_describe_shape          (const Re3Network *self);

/* The builder takes operations in order and folds affine ones that follow each other into one,
 * in float64. Each call fails with RE3_CORE_ERROR and leaves the builder as it was. */
Re3NetworkBuilder  *re3_network_builder_new             (gsize              n_inputs);
void                re3_network_builder_free            (Re3NetworkBuilder *self);
gsize               re3_network_builder_get_width       (Re3NetworkBuilder *self);
/* @weight: (n_outputs, current width), row-major; @bias: n_outputs numbers. Both copied. */
gboolean            re3_network_builder_add_affine      (Re3NetworkBuilder *self,
                                                         gsize              n_outputs,
                                                         const double      *weight,
                                                         const double      *bias,
                                                         GError           **error);
/* y_i = scale_i x_i + shift_i: what batch normalisation is once trained. */
gboolean            re3_network_builder_add_scaling     (Re3NetworkBuilder *self,
                                                         const double      *scale,
                                                         const double      *shift,
                                                         GError           **error);
/* The same for all neurons; copied. An activation behind an activation is one with it. */
gboolean            re3_network_builder_add_activation  (Re3NetworkBuilder *self,
                                                         const Re3Activation *activation,
                                                         GError           **error);
/* One for each neuron: current width of them, copied. */
gboolean            re3_network_builder_add_activations (Re3NetworkBuilder *self,
                                                         const Re3Activation *activations,
                                                         GError           **error);
/* ReLU with 0, else leaky ReLU. */
gboolean            re3_network_builder_add_rectifier   (Re3NetworkBuilder *self,
                                                         double             negative_slope,
                                                         GError           **error);
/* One logit z becomes two, 0 and z: their softmax gives the second class the probability
 * 1 / (1 + exp (-z)), so that a classifier with a sigmoid at its end has two classes. */
gboolean            re3_network_builder_add_two_classes (Re3NetworkBuilder *self,
                                                         GError           **error);
/* The network must end in an affine operation. A network without hidden
 * layers is one region and is accepted. (transfer full); the builder is empty afterwards, also where
 * there was no memory. */
Re3Network         *re3_network_builder_finish          (Re3NetworkBuilder *self,
                                                         GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Network, re3_network_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3NetworkBuilder, re3_network_builder_free)

G_END_DECLS
