/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-network.h"

G_BEGIN_DECLS

typedef enum {
  RE3_STEP_AFFINE,     /* y = weight x + bias */
  RE3_STEP_SCALING,    /* y_i = x_i * scale_i + shift_i */
  RE3_STEP_DIVISION,   /* y_i = x_i / scale_i */
  RE3_STEP_ACTIVATION, /* y_i = activation_i (x_i) */
} Re3StepKind;

/**
 * Re3Step:
 * @kind: what it does
 * @place: (nullable): where it comes from, for messages: "m.onnx: node 7 'fc1'"
 * @n_inputs: width of what goes in
 * @n_outputs: width of what comes out
 * @weight: (n_outputs, n_inputs); or scale_i, n_outputs numbers
 * @bias: n_outputs numbers, or shift_i
 * @activations: n_outputs of them, or one for all
 * @is_uniform: whether it is one for all
 * @is_trained: whether a scaling is a layer of the network (batch normalisation), and so not what
 *   people mean by a scaler
 *
 * One operation of a model as a foreign file has it, before it becomes part of a network.
 */
typedef struct {
  Re3StepKind kind;
  char *place;
  gsize n_inputs;
  gsize n_outputs;
  double *weight;
  double *bias;
  Re3Activation *activations;
  gboolean is_uniform;
  gboolean is_trained;
} Re3Step;

/**
 * Re3NetworkSteps:
 *
 * The operations of a model in order, each of which takes what the one before it gives: what the
 * readers of foreign formats have in common.
 */
typedef struct _Re3NetworkSteps Re3NetworkSteps;

Re3NetworkSteps *re3_network_steps_new            (gsize             n_inputs);
void             re3_network_steps_free           (Re3NetworkSteps  *self);
gsize            re3_network_steps_get_n_inputs   (const Re3NetworkSteps *self);
gsize            re3_network_steps_get_n_steps    (const Re3NetworkSteps *self);
/* Of what comes out of the last step. */
gsize            re3_network_steps_get_width      (const Re3NetworkSteps *self);

/* Each takes the arrays, and copies @place (nullable). */
void             re3_network_steps_add_affine     (Re3NetworkSteps  *self,
                                                   const char       *place,
                                                   gsize             n_outputs,
                                                   double           *weight,
                                                   double           *bias);
void             re3_network_steps_add_scaling    (Re3NetworkSteps  *self,
                                                   const char       *place,
                                                   double           *scale,
                                                   double           *shift,
                                                   gboolean          is_trained);
void             re3_network_steps_add_division   (Re3NetworkSteps  *self,
                                                   const char       *place,
                                                   double           *divisor);
void             re3_network_steps_add_activation (Re3NetworkSteps  *self,
                                                   const char       *place,
                                                   Re3Activation     activation);
/* One for each number. */
void             re3_network_steps_add_activations (Re3NetworkSteps *self,
                                                    const char      *place,
                                                    Re3Activation   *activations);

/* Takes the scalings and divisions that the steps start with off them, as the scaler that they
 * are: x = (value - mean) / scale. Stops before one that is no scaler, because a factor of it is
 * not above 0. @mean, @scale: (out) (transfer full): n_inputs numbers each.
 * Returns: %FALSE if there is none */
gboolean         re3_network_steps_take_scaler    (Re3NetworkSteps  *self,
                                                   double          **mean,
                                                   double          **scale);
/* The network that they are. Where an activation stands first or last, a linear layer that changes
 * nothing stands before or behind it. @name: of the file. (transfer full) */
Re3Network      *re3_network_steps_build          (const Re3NetworkSteps *self,
                                                   const char       *name,
                                                   GError          **error);

/* @n times @value: the scale or shift that is the same for every number. (transfer full) */
double *re3_repeat_number (double value,
                           gsize  n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3NetworkSteps, re3_network_steps_free)

G_END_DECLS
