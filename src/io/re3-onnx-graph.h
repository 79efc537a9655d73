/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-onnx-tensor.h"

G_BEGIN_DECLS

/* The versions of ONNX's operators that Re3 knows. */
#define RE3_ONNX_MIN_OPSET 6
#define RE3_ONNX_MAX_OPSET 21

/* What ONNX calls the operators of classical machine learning. */
#define RE3_ONNX_ML_DOMAIN "ai.onnx.ml"

/**
 * Re3OnnxGraph:
 * @name: of the file, for messages
 * @folder: (nullable): that the file is in
 * @proto: the graph as it is in the file
 * @opset: version of ONNX's own operators
 * @order: (element-type guint): the nodes that an output needs, each after all that it needs
 * @input: the one that is given when the network is run
 * @initializers: name to Onnx__TensorProto
 * @producers: name to index of the node that makes it
 *
 * A graph with its names tied up. It borrows the message.
 */
typedef struct {
  const char *name;
  GFile *folder;
  const Onnx__GraphProto *proto;
  gint64 opset;
  GArray *order;
  const Onnx__ValueInfoProto *input;
  GHashTable *initializers;
  GHashTable *producers;
} Re3OnnxGraph;

/* @model, @name and @folder (nullable) have to outlive it. (transfer full) */
Re3OnnxGraph *re3_onnx_graph_new           (const Onnx__ModelProto  *model,
                                            const char              *name,
                                            GFile                   *folder,
                                            GError                 **error);
void          re3_onnx_graph_free          (Re3OnnxGraph            *self);
/* "m.onnx: node 7 'conv1'", as in model.graph.node[7]. (transfer full) */
char         *re3_onnx_graph_describe_node (const Re3OnnxGraph      *self,
                                            gsize                    index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3OnnxGraph, re3_onnx_graph_free)

G_END_DECLS
