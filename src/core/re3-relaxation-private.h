/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-counterfactual-space-private.h"

G_BEGIN_DECLS

/* What is known of a gate: all inputs are on one side of it, or it is open. */
typedef enum {
  RE3_GATE_BELOW,
  RE3_GATE_ABOVE,
  RE3_GATE_OPEN,
} Re3GateSide;

/**
 * Re3Relaxation:
 * @n: number of variables y
 * @stride: length of a row: 1 + n + n_neurons
 * @pre_activations: (n_neurons, stride): z as offset, gradient with respect to y, and the error that
 *   each neuron before it may add
 * @logits: (n_outputs, stride): the same of the logits
 * @low: n_neurons numbers: the least that z can be, as far as is known; likewise @high
 * @sides: n_gates Re3GateSide: what was given, and what follows from it
 * @n_open: how many gates are open
 * @is_empty: whether no input is left
 *
 * A network on the inputs of many regions at once. A neuron that is on one piece is exact. One that
 * is on several is a straight line, between the ends of what its z can be, and an error that lies
 * within bounds: h = slope z + offset + error * e with -1 <= e <= 1. So everything behind it is affine
 * in y and in these e, and what is affine can be bounded. (This is a zonotope, as G. Singh et al.,
 * "Fast and effective robustness certification", 2018, have it.)
 */
typedef struct {
  gsize n;
  gsize stride;
  double *pre_activations;
  double *logits;
  double *low;
  double *high;
  guint8 *sides;
  gsize n_open;
  gboolean is_empty;
  /*< private >*/
  double *activations;
} Re3Relaxation;

/* (nullable): %NULL where there is no memory for it */
Re3Relaxation *re3_relaxation_new  (const Re3CounterfactualSpace *space,
                                    GError                      **error);
void           re3_relaxation_free (Re3Relaxation *self);
/* Relaxes the network on the inputs with y shorter than @radius, within the bounds of @constraints, and
 * on the given sides of all gates. Returns: %FALSE when @monitor stops it */
gboolean       re3_relaxation_set  (Re3Relaxation                *self,
                                    const Re3CounterfactualSpace *space,
                                    const Re3Polyhedron          *constraints,
                                    const guint8                 *sides,
                                    double                        radius,
                                    const Re3Monitor             *monitor);
/* The largest sum of the errors in @row: INFINITY where they are not bounded. */
double         re3_relaxation_get_error (const Re3Relaxation *self,
                                    const double             *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Relaxation, re3_relaxation_free)

G_END_DECLS
