/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-onnx-graph.h"

G_BEGIN_DECLS

/**
 * Re3OnnxNode:
 * @proto: as it is in the file
 * @place: "m.onnx: node 7 'fc1'"
 * @type: its operator, such as "Gemm"
 * @opset: version of ONNX's own operators
 *
 * What reading one node takes.
 */
typedef struct {
  const Onnx__NodeProto *proto;
  const char *place;
  const char *type;
  gint64 opset;
} Re3OnnxNode;

/* Sets @error to "PLACE: TYPE REASON". Returns: %FALSE */
gboolean      re3_onnx_node_refuse           (const Re3OnnxNode  *self,
                                              GError            **error,
                                              const char         *format,
                                              ...) G_GNUC_PRINTF (3, 4);
/* Whether all its attributes are of @names, which ends in %NULL: another one could mean something
 * that is not done. */
gboolean      re3_onnx_node_check_attributes (const Re3OnnxNode  *self,
                                              const char *const  *names,
                                              GError            **error);
/* Whether no attribute is two lists at once, of floats and of integers. */
gboolean      re3_onnx_node_check_lists      (const Re3OnnxNode  *self,
                                              GError            **error);
gboolean      re3_onnx_node_has              (const Re3OnnxNode  *self,
                                              const char         *name);
/* Each gives what the node says, or else @missing. */
gint64        re3_onnx_node_get_int          (const Re3OnnxNode  *self,
                                              const char         *name,
                                              gint64              missing);
double        re3_onnx_node_get_float        (const Re3OnnxNode  *self,
                                              const char         *name,
                                              double              missing);
/* (nullable) (transfer full): a list of numbers, of either kind. */
Re3OnnxTensor *re3_onnx_node_get_list        (const Re3OnnxNode  *self,
                                              const char         *name);
/* (nullable) (transfer full): a list of texts. */
GStrv         re3_onnx_node_get_strings      (const Re3OnnxNode  *self,
                                              const char         *name);
/* (nullable) (transfer full): one text. */
char         *re3_onnx_node_get_string       (const Re3OnnxNode  *self,
                                              const char         *name);
/* (nullable) */
const Onnx__TensorProto *re3_onnx_node_get_tensor (const Re3OnnxNode *self,
                                                   const char        *name);

G_END_DECLS
