/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-json-writer.h"
#include "re3-json.h"
#include "re3-network.h"

G_BEGIN_DECLS

/* The layers of a Re3 model that act on each neuron for itself:
 *
 *   relu; abs; relu6
 *   leaky_relu {"slope"}: 0.01 if it is not said
 *   prelu {"slope"}: a number, or one for each neuron
 *   hardtanh {"min", "max"}: -1 and 1 if they are not said
 *   clip {"min", "max"}: either may be left out
 *   hard_sigmoid {"slope", "intercept"}: a clip to 0 and 1 of slope z + intercept; 1/6 and 1/2 if
 *     they are not said
 *   piecewise_linear {"thresholds", "slopes", "intercepts"}: any other continuous function, h =
 *     slopes[s] z + intercepts[s] where s thresholds lie below z; or {"neurons": [...]}, such a
 *     function for each neuron
 */

/* (nullable): the members that a layer of @type has besides "type" and "name", a list that ends in
 * %NULL; %NULL if no activation is called so. */
const char *const *re3_model_json_get_activation_members (const char   *type);
/* "relu, abs, ..." (transfer full) */
char              *re3_model_json_list_activations       (void);
/* Whether @type is an activation that is not piecewise linear, such as tanh. */
gboolean           re3_model_json_is_smooth              (const char   *type);

/* Adds the activation @layer of @type to @builder. @name: the file's; @place: "layers[3]" */
gboolean           re3_model_json_read_activation        (const cJSON       *layer,
                                                          const char        *type,
                                                          const char        *name,
                                                          const char        *place,
                                                          Re3NetworkBuilder *builder,
                                                          GError           **error);
void               re3_model_json_write_activation       (Re3JsonWriter      *writer,
                                                          const Re3Operation *operation);

G_END_DECLS
