/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-onnx-node.h"

G_BEGIN_DECLS

/* The size of the dimension that counts the samples, which is the first one if it is there at all.
 * A dimension of a fixed size 1 is like any other: then a sample is the whole tensor. */
#define RE3_ONNX_DIM_SAMPLES (-1)

/**
 * Re3OnnxShape:
 * @rank: number of dimensions
 * @dims: their sizes
 *
 * The shape of a tensor that is computed from the samples, or of a constant.
 */
typedef struct {
  gsize rank;
  gint64 dims[RE3_ONNX_MAX_RANK];
} Re3OnnxShape;

Re3OnnxShape  re3_onnx_shape_of_tensor    (const Re3OnnxTensor  *tensor);
gboolean      re3_onnx_shape_has_samples  (const Re3OnnxShape   *self);
/* Numbers of one sample: the product of all other dimensions. */
gsize         re3_onnx_shape_get_width    (const Re3OnnxShape   *self);
/* "(N, 3, 4)" (transfer full) */
char         *re3_onnx_shape_describe     (const Re3OnnxShape   *self);
/* Whether dimension @axis holds all numbers of a sample. */
gboolean      re3_onnx_shape_is_along     (const Re3OnnxShape   *self,
                                           gsize                 axis);
/* @axis, counted from the end where it is below 0. Returns: %FALSE where there is none such. */
gboolean      re3_onnx_shape_find_axis    (const Re3OnnxShape   *self,
                                           gint64                axis,
                                           gsize                *found);

/* The shape that Reshape, Flatten, Squeeze or Unsqueeze gives. @parameter: (nullable): its second input; @n_samples: where the
 * model fixes their number, or else 0. Fails where numbers of different samples would mix. */
gboolean      re3_onnx_shape_change       (const Re3OnnxNode    *node,
                                           const Re3OnnxShape   *before,
                                           const Re3OnnxTensor  *parameter,
                                           gint64                n_samples,
                                           Re3OnnxShape         *after,
                                           GError              **error);
/* The numbers of @constant that meet those of one sample in an operation element by element: width
 * of them. Fails where they are not as many. (transfer full) */
double       *re3_onnx_shape_broadcast    (const Re3OnnxNode    *node,
                                           const Re3OnnxShape   *self,
                                           const Re3OnnxTensor  *constant,
                                           GError              **error);

G_END_DECLS
