/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A neuron is in one of at most ten states, so that a digit tells which. */
#define RE3_THRESHOLDS_MAX 9

/* h = slope z + intercept on one piece of an activation. */
typedef struct {
  double slope;
  double intercept;
} Re3Piece;

/**
 * Re3Activation:
 * @n_thresholds: number of thresholds
 * @thresholds: in ascending order
 * @pieces: n_thresholds + 1 of them, from the lowest z to the highest
 *
 * What one neuron makes of its pre-activation z: a continuous, piecewise linear function. Piece s
 * holds where s thresholds lie below z (z = threshold is the lower piece), and s is the *state* of
 * the neuron: 0 or 1 for ReLU (inactive, active), 0, 1 or 2 for a hard tanh.
 */
typedef struct {
  gsize n_thresholds;
  double thresholds[RE3_THRESHOLDS_MAX];
  Re3Piece pieces[RE3_THRESHOLDS_MAX + 1];
} Re3Activation;

/* z where z > 0, @negative_slope z elsewhere: ReLU with 0, else leaky ReLU; abs with -1. */
Re3Activation re3_activation_rectifier (double               negative_slope);
/* z within @low and @high, and the nearer of the two elsewhere: hard tanh, and ReLU6 with 0 and 6.
 * Either may be infinite, and then bounds nothing. */
Re3Activation re3_activation_clip      (double               low,
                                        double               high);
/* A clip to 0 and 1 of @slope z + @intercept (@slope > 0): hard sigmoid. */
Re3Activation re3_activation_hard_sigmoid (double            slope,
                                        double               intercept);

/* The number of thresholds below @z. */
gsize         re3_activation_get_state (const Re3Activation *self,
                                        double               z);
double        re3_activation_apply     (const Re3Activation *self,
                                        double               z);
gboolean      re3_activation_equal     (const Re3Activation *self,
                                        const Re3Activation *other);

/* Whether its numbers are finite, its thresholds (one at least) ascend, and its pieces join. What
 * is wrong is said as the end of a sentence: "jumps from 0 to 1 at its threshold 2". */
gboolean      re3_activation_check     (const Re3Activation *self,
                                        char               **complaint);

/* What applies @first, then @second, without thresholds at which nothing changes.
 * Returns: %FALSE if it has too many of them, or numbers that are not finite */
gboolean      re3_activation_compose   (const Re3Activation *second,
                                        const Re3Activation *first,
                                        Re3Activation       *result);

/* The slopes are compared by size: the state in which @self follows its input most steeply, and any
 * as steep, is what "active" means: z > 0 for ReLU and leaky ReLU, the middle of a clip, all of abs. */
gboolean      re3_activation_is_active (const Re3Activation *self,
                                        gsize                state);

G_END_DECLS
