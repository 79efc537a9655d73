/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-json.h"
#include "re3-model.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A larger file is not read. cJSON takes 64 bytes for a number of a few characters, and a network
 * whose every hidden gradient can be shown has far fewer numbers than fit here. */
#define RE3_MODEL_JSON_MAX_SIZE (64 * 1024 * 1024)

/* Reads a model in Re3's JSON format. Layers other than linear are folded (batch_norm, identity,
 * dropout, flatten), kept (relu and the other activations that are piecewise linear), or end the
 * list (softmax, sigmoid). (transfer full) */
Re3Model *re3_model_json_read  (GFile        *file,
                                GCancellable *cancellable,
                                GError      **error);

/* The same from memory: @text has a NUL after its @length bytes; @name is the file's, for
 * messages. (transfer full) */
Re3Model *re3_model_json_parse (const char   *text,
                                gsize         length,
                                const char   *name,
                                GError      **error);

/* Writes it, whole or not at all. Numbers are written so that reading gives the same bits. */
gboolean  re3_model_json_write (Re3Model     *model,
                                GFile        *file,
                                GError      **error);

/* What describes the network of @model without being it: all but its layers and its scaler.
 * (transfer full) */
char     *re3_model_json_write_description (const Re3Model *model);

/* The pieces that a document without "layers", which describes a model in another file, shares with
 * one that is a model: whether @document is one of Re3's, and what it says of name, features,
 * classes, scaler and tests. */
gboolean  re3_model_json_check_format (const cJSON       *document,
                                       const char        *name,
                                       GError           **error);
gboolean  re3_model_json_describe     (const cJSON       *document,
                                       const char        *name,
                                       const Re3Network  *network,
                                       Re3ModelBuilder   *builder,
                                       GError           **error);

G_END_DECLS
