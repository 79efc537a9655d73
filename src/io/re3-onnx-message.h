/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-onnx.pb-c.h"

#include <glib.h>

G_BEGIN_DECLS

/* More fields than these are no network that can be shown: of the smallest ones, each takes two
 * bytes of the file and some hundred of memory. */
#define RE3_ONNX_MAX_FIELDS (1024 * 1024)

/* Parses the @length bytes of a message of the type @descriptor. All its fields are walked through
 * before anything is allocated, so that what is cut off, too many or no protocol buffer is told
 * with its place and costs nothing. @name: the file's. (transfer full): for
 * re3_onnx_message_free() */
ProtobufCMessage *re3_onnx_message_parse (const ProtobufCMessageDescriptor *descriptor,
                                          const guint8                     *bytes,
                                          gsize                             length,
                                          const char                       *name,
                                          GError                          **error);

/* (nullable) */
void              re3_onnx_message_free  (ProtobufCMessage                 *message);

G_END_DECLS
