/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-foreign-model.h"

G_BEGIN_DECLS

/* A larger file is not read. */
#define RE3_MODEL_ONNX_MAX_SIZE (512 * 1024 * 1024)

/* Reads a network from the @length bytes of an ONNX file: a sequence of linear layers and piecewise
 * linear activations, with what exporters put around them. What it does to its raw input, number by
 * number, becomes the scaler of the model, and softmax, sigmoid, labels and tables at its end are cut
 * off. Everything else is refused by the name of the node, which is counted from 0 as in
 * model.graph.node.
 *
 * @folder: (nullable): that the file is in, for tensors in files of their own
 * @name: of the file, for messages
 * (transfer full) */
Re3ForeignModel *re3_model_onnx_parse (const guint8  *bytes,
                                       gsize          length,
                                       GFile         *folder,
                                       const char    *name,
                                       GError       **error);

/* Writes @model as an ONNX file (opset 13), whole or not at all: from original units to logits, the
 * scaler in front as Sub and Div, the names and tests in the metadata. Numbers are in single
 * precision where all of them fit in it, or else in double precision, so that reading gives the same
 * bits. Fails for activations that ONNX has no operator for. */
gboolean         re3_model_onnx_write (const Re3Model *model,
                                       GFile          *file,
                                       GError        **error);

G_END_DECLS
