/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-model.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads a model in Re3's JSON format (design §5). Layers other than linear and relu are folded
 * (batch_norm, identity, dropout, flatten), kept (leaky_relu), or end the list (softmax).
 * (transfer full) */
Re3Model *re3_model_json_read  (GFile        *file,
                                GCancellable *cancellable,
                                GError      **error);

/* Writes it, whole or not at all. Numbers are written so that reading gives the same bits. */
gboolean  re3_model_json_write (Re3Model     *model,
                                GFile        *file,
                                GError      **error);

G_END_DECLS
