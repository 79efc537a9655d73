/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-network.h"

G_BEGIN_DECLS

/* @operations: (transfer full) (element-type Re3Operation): affine, rectifier, ..., affine, with
 * widths that fit and two or more outputs. For the builder only. */
Re3Network *re3_network_new_take (GArray *operations);

/* Frees what an Re3Operation owns: clear function of such an array. */
void        re3_operation_clear  (gpointer operation);

G_END_DECLS
