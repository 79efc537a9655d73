/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-onnx.pb-c.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads the numbers of @proto from the file beside the model that it names: exactly @size bytes.
 * The file has to be a regular one within @folder (nullable: where the model is not in the file
 * system), also where links lead. @place: where the tensor stands, for messages.
 * (transfer full): @size bytes */
guint8 *re3_onnx_external_read (const Onnx__TensorProto  *proto,
                                GFile                    *folder,
                                gsize                     size,
                                const char               *place,
                                GError                  **error);

G_END_DECLS
