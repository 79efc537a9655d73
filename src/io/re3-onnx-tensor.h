/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-onnx.pb-c.h"

#include <gio/gio.h>
#include <math.h>

G_BEGIN_DECLS

#define RE3_ONNX_MAX_RANK 16

/* Stands in a tensor of sizes for the number of samples, which no constant may hold. */
#define RE3_ONNX_SAMPLES NAN

/**
 * Re3OnnxTensor:
 * @type: its ONNX data type
 * @rank: number of dimensions; 0 for a single number
 * @dims: their sizes
 * @n_values: the product of @dims
 * @values: (nullable): the numbers, whatever their type, widened exactly (but for integers beyond
 *   2^53, which are rounded)
 * @strings: (nullable): the texts of a tensor of texts, %NULL-terminated
 *
 * A constant of an ONNX graph. Immutable and reference counted.
 */
typedef struct {
  int type;
  gsize rank;
  gint64 dims[RE3_ONNX_MAX_RANK];
  gsize n_values;
  double *values;
  char **strings;
} Re3OnnxTensor;

/* All 0. @dims: none below 0, and their product fits in memory. (transfer full) */
Re3OnnxTensor *re3_onnx_tensor_new        (int                       type,
                                           gsize                     rank,
                                           const gint64             *dims);
/* One number, or a list of them. (transfer full) */
Re3OnnxTensor *re3_onnx_tensor_new_list   (int                       type,
                                           gsize                     rank,
                                           const double             *values,
                                           gsize                     n_values);
/* The same values in another shape of as many. (transfer full) */
Re3OnnxTensor *re3_onnx_tensor_reshape    (const Re3OnnxTensor      *self,
                                           gsize                     rank,
                                           const gint64             *dims);
Re3OnnxTensor *re3_onnx_tensor_ref        (Re3OnnxTensor            *self);
void           re3_onnx_tensor_unref      (Re3OnnxTensor            *self);

/* Reads @proto, whose numbers may be in another file of @folder (nullable). @place: where it
 * stands, for messages: "m.onnx: tensor 'w'". (transfer full) */
Re3OnnxTensor *re3_onnx_tensor_read       (const Onnx__TensorProto  *proto,
                                           GFile                    *folder,
                                           const char               *place,
                                           GError                  **error);

/* "(3, 4)" (transfer full) */
char          *re3_onnx_tensor_describe   (const Re3OnnxTensor      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3OnnxTensor, re3_onnx_tensor_unref)

G_END_DECLS
