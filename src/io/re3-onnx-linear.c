/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-operator.h"

#include <glib/gi18n-lib.h>

/**
 * Matrix:
 * @n_rows: numbers that it takes
 * @n_columns: numbers that it gives
 * @row_stride, @column_stride: from one value to the next
 *
 * A constant tensor as a matrix that stands to the right of the samples.
 */
typedef struct {
  const double *values;
  gsize n_rows;
  gsize n_columns;
  gsize row_stride;
  gsize column_stride;
} Matrix;

/* Multiplies @matrix to each of the n_blocks pieces of a sample, whose output then has n_blocks
 * pieces too. @bias: (transfer full) (nullable): for all outputs. */
static gboolean
add_matrix (const Re3OnnxOperator *self,
            const Matrix *matrix,
            double factor,
            double *bias,
            const Re3OnnxShape *shape,
            GError **error)
{
  gsize n_blocks = self->width / matrix->n_rows;
  gsize n_outputs = n_blocks * matrix->n_columns;
  g_autofree double *own_bias = bias;
  double *weight;
  gsize n_weights;

  if (n_outputs == 0)
    return re3_onnx_node_refuse (self->node, error, _ ("has no outputs."));
  if (!g_size_checked_mul (&n_weights, n_outputs, self->width))
    n_weights = G_MAXSIZE;
  if (!re3_onnx_reader_reserve (self->reader, self->node, n_weights, error))
    return FALSE;

  weight = g_new0 (double, n_weights);
  for (gsize block = 0; block < n_blocks; block++)
    for (gsize row = 0; row < matrix->n_rows; row++)
      for (gsize column = 0; column < matrix->n_columns; column++)
        weight[(block * matrix->n_columns + column) * self->width + block * matrix->n_rows + row] =
            factor * matrix->values[row * matrix->row_stride + column * matrix->column_stride];

  re3_network_steps_add_affine (self->reader->steps, self->node->place, n_outputs, weight,
                                own_bias != NULL ? g_steal_pointer (&own_bias)
                                                 : g_new0 (double, n_outputs));
  re3_onnx_operator_set_output (self, shape);

  return TRUE;
}

static gboolean
refuse_matrix (const Re3OnnxOperator *self, const Re3OnnxTensor *matrix, GError **error)
{
  g_autofree char *found = re3_onnx_tensor_describe (matrix);
  g_autofree char *input = re3_onnx_shape_describe (&self->input->shape);

  return re3_onnx_node_refuse (self->node, error, _ ("of %s by a matrix of shape %s does not fit."),
                               input, found);
}

gboolean
re3_onnx_operator_add_gemm (const Re3OnnxOperator *self, GError **error)
{
  double alpha = re3_onnx_node_get_float (self->node, "alpha", 1);
  double beta = re3_onnx_node_get_float (self->node, "beta", 1);
  gsize transposed = re3_onnx_node_get_int (self->node, "transB", 0) != 0;
  Re3OnnxShape shape = self->input->shape;
  g_autofree double *bias = NULL;
  Re3OnnxTensor *b;
  Re3OnnxTensor *c;
  Matrix matrix;

  if (self->index != 0 || re3_onnx_node_get_int (self->node, "transA", 0) != 0)
    return re3_onnx_node_refuse (self->node, error,
                                 _ ("with the samples in its columns is not supported yet."));
  if (!re3_onnx_operator_need_constant (self, 1, &b, error) ||
      !re3_onnx_operator_get_constant (self, 2, &c, error))
    return FALSE;
  if (b->rank != 2 || shape.rank != 2 || shape.dims[1] != b->dims[transposed] ||
      (gsize) shape.dims[1] != self->width)
    return refuse_matrix (self, b, error);

  matrix = (Matrix){ b->values, self->width, (gsize) b->dims[!transposed],
                     transposed ? 1 : (gsize) b->dims[1], transposed ? (gsize) b->dims[1] : 1 };
  shape.dims[1] = b->dims[!transposed];
  if (c != NULL) {
    bias = re3_onnx_shape_broadcast (self->node, &shape, c, error);
    if (bias == NULL)
      return FALSE;
    for (gsize i = 0; i < matrix.n_columns; i++)
      bias[i] *= beta;
  }

  return add_matrix (self, &matrix, alpha, g_steal_pointer (&bias), &shape, error);
}

/* A constant times the samples: each is then a column, and the samples stand last or are one. */
static gboolean
add_left_matrix (const Re3OnnxOperator *self, GError **error)
{
  Re3OnnxShape shape = self->input->shape;
  gsize axis;
  Re3OnnxTensor *a;
  Matrix matrix;

  if (!re3_onnx_operator_need_constant (self, 0, &a, error))
    return FALSE;

  axis = shape.rank == 1 ? 0 : shape.rank - 2;
  if (a->rank != 2 || shape.rank == 0 || !re3_onnx_shape_is_along (&shape, axis) ||
      shape.dims[axis] != a->dims[1])
    return refuse_matrix (self, a, error);

  shape.dims[axis] = a->dims[0];
  matrix = (Matrix){ a->values, self->width, (gsize) a->dims[0], 1, (gsize) a->dims[1] };

  return add_matrix (self, &matrix, 1, NULL, &shape, error);
}

/* The last dimension of a sample is multiplied, in every place of the others. */
gboolean
re3_onnx_operator_add_mat_mul (const Re3OnnxOperator *self, GError **error)
{
  Re3OnnxShape shape = self->input->shape;
  Re3OnnxTensor *b;
  Matrix matrix;

  if (self->index == 1)
    return add_left_matrix (self, error);
  if (!re3_onnx_operator_need_constant (self, 1, &b, error))
    return FALSE;
  if (b->rank != 2 || shape.rank == 0 || shape.dims[shape.rank - 1] != b->dims[0])
    return refuse_matrix (self, b, error);

  shape.dims[shape.rank - 1] = b->dims[1];
  matrix = (Matrix){ b->values, (gsize) b->dims[0], (gsize) b->dims[1], (gsize) b->dims[1], 1 };

  return add_matrix (self, &matrix, 1, NULL, &shape, error);
}
