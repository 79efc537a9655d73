/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-onnx-reader.h"

G_BEGIN_DECLS

/**
 * Re3OnnxOperator:
 * @input: the activation that it works on
 * @index: which of the node's inputs that is
 * @width: numbers of a sample in it
 *
 * A node that works on what is computed from the samples.
 */
typedef struct {
  Re3OnnxReader *reader;
  const Re3OnnxNode *node;
  const Re3OnnxValue *input;
  gsize index;
  gsize width;
} Re3OnnxOperator;

/* The output of the node: an activation of @shape. */
void     re3_onnx_operator_set_output    (const Re3OnnxOperator  *self,
                                          const Re3OnnxShape     *shape);
/* Input @index as a constant, or %NULL where there is none. */
gboolean re3_onnx_operator_get_constant  (const Re3OnnxOperator  *self,
                                          gsize                   index,
                                          Re3OnnxTensor         **constant,
                                          GError                **error);
/* One that has to be there, of numbers. */
gboolean re3_onnx_operator_need_constant (const Re3OnnxOperator  *self,
                                          gsize                   index,
                                          Re3OnnxTensor         **constant,
                                          GError                **error);

/* Each makes steps of the node, or refuses it. In re3-onnx-linear.c: */
gboolean re3_onnx_operator_add_gemm    (const Re3OnnxOperator  *self,
                                        GError                **error);
gboolean re3_onnx_operator_add_mat_mul (const Re3OnnxOperator  *self,
                                        GError                **error);
/* In re3-onnx-elementwise.c: */
gboolean re3_onnx_operator_add_add                 (const Re3OnnxOperator  *self,
                                                    GError                **error);
gboolean re3_onnx_operator_add_sub                 (const Re3OnnxOperator  *self,
                                                    GError                **error);
gboolean re3_onnx_operator_add_mul                 (const Re3OnnxOperator  *self,
                                                    GError                **error);
gboolean re3_onnx_operator_add_div                 (const Re3OnnxOperator  *self,
                                                    GError                **error);
gboolean re3_onnx_operator_add_neg                 (const Re3OnnxOperator  *self,
                                                    GError                **error);
gboolean re3_onnx_operator_add_scaler              (const Re3OnnxOperator  *self,
                                                    GError                **error);
gboolean re3_onnx_operator_add_batch_normalization (const Re3OnnxOperator  *self,
                                                    GError                **error);
/* In re3-onnx-activations.c: */
gboolean re3_onnx_operator_add_relu         (const Re3OnnxOperator  *self,
                                             GError                **error);
gboolean re3_onnx_operator_add_leaky_relu   (const Re3OnnxOperator  *self,
                                             GError                **error);
gboolean re3_onnx_operator_add_abs          (const Re3OnnxOperator  *self,
                                             GError                **error);
gboolean re3_onnx_operator_add_hard_sigmoid (const Re3OnnxOperator  *self,
                                             GError                **error);
gboolean re3_onnx_operator_add_p_relu       (const Re3OnnxOperator  *self,
                                             GError                **error);
gboolean re3_onnx_operator_add_clip         (const Re3OnnxOperator  *self,
                                             GError                **error);

G_END_DECLS
