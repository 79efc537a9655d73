/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-operator.h"

#include <glib/gi18n-lib.h>

/* Operators that are neither piecewise linear nor ever will be. */
static const char *const smooth_types[] = {
  "Tanh", "Elu",  "Selu",  "Celu",  "Gelu",  "Softplus", "Softsign",   "Mish", "HardSwish", "Erf",
  "Exp",  "Log",  "Sqrt",  "Pow",   "Sin",   "Cos",      "Tan",        "Asin", "Acos",      "Atan",
  "Sinh", "Cosh", "Asinh", "Acosh", "Atanh", "Swish",    "Reciprocal", NULL,
};

void
re3_onnx_operator_set_output (const Re3OnnxOperator *self, const Re3OnnxShape *shape)
{
  re3_onnx_reader_set_value (self->reader, self->node, RE3_ONNX_ACTIVATION, shape,
                             re3_network_steps_get_n_steps (self->reader->steps));
}

gboolean
re3_onnx_operator_get_constant (const Re3OnnxOperator *self,
                                gsize index,
                                Re3OnnxTensor **constant,
                                GError **error)
{
  return re3_onnx_reader_get_constant (self->reader, self->node, index, constant, error);
}

/* A constant that has to be there, of numbers. */
gboolean
re3_onnx_operator_need_constant (const Re3OnnxOperator *self,
                                 gsize index,
                                 Re3OnnxTensor **constant,
                                 GError **error)
{
  if (!re3_onnx_operator_get_constant (self, index, constant, error))
    return FALSE;

  return (*constant != NULL && (*constant)->values != NULL) ||
         re3_onnx_node_refuse (self->node, error, _ ("lacks its input %zu, a tensor of numbers."),
                               index);
}

static gboolean
add_nothing (const Re3OnnxOperator *self, GError **error)
{
  re3_onnx_operator_set_output (self, &self->input->shape);

  return TRUE;
}

static gboolean
add_dropout (const Re3OnnxOperator *self, GError **error)
{
  Re3OnnxTensor *training;

  if (!re3_onnx_operator_get_constant (self, 2, &training, error))
    return FALSE;
  if (training != NULL && training->values != NULL && training->n_values == 1 &&
      training->values[0] != 0)
    re3_onnx_reader_take_note (
        self->reader,
        g_strdup_printf (_ ("%s: Dropout is in training mode; Re3 takes it as in use, where it "
                            "changes nothing. Export the model after model.eval()."),
                         self->node->place));

  return add_nothing (self, error);
}

static gboolean
add_cast (const Re3OnnxOperator *self, GError **error)
{
  gint64 type = re3_onnx_node_get_int (self->node, "to", 0);

  if (type != ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT && type != ONNX__TENSOR_PROTO__DATA_TYPE__DOUBLE)
    return re3_onnx_node_refuse (
        self->node, error,
        _ ("to ONNX's data type %lld rounds the activations, which is not supported."),
        (long long) type);

  return add_nothing (self, error);
}

static gboolean
add_shape_change (const Re3OnnxOperator *self, GError **error)
{
  Re3OnnxTensor *parameter;
  Re3OnnxShape shape;

  if (self->index != 0)
    return re3_onnx_node_refuse (self->node, error,
                                 _ ("takes its shape from a computed value, which is not supported "
                                    "yet."));
  if (!re3_onnx_operator_get_constant (self, 1, &parameter, error) ||
      !re3_onnx_shape_change (self->node, &self->input->shape, parameter, self->reader->n_samples,
                              &shape, error))
    return FALSE;

  re3_onnx_operator_set_output (self, &shape);

  return TRUE;
}

/* Where only dimensions of size 1 move, the numbers keep their order. */
static gboolean
add_transpose (const Re3OnnxOperator *self, GError **error)
{
  g_autoptr (Re3OnnxTensor) order = re3_onnx_node_get_list (self->node, "perm");
  const Re3OnnxShape *before = &self->input->shape;
  Re3OnnxShape after = { .rank = before->rank };
  double last = -1;

  for (gsize i = 0; i < before->rank; i++) {
    double axis = order == NULL                     ? (double) (before->rank - 1 - i)
                  : order->n_values == before->rank ? order->values[i]
                                                    : -1;

    if (!(axis >= 0 && axis < (double) before->rank))
      return re3_onnx_node_refuse (self->node, error, _ ("has a perm that is no order of axes."));
    after.dims[i] = before->dims[(gsize) axis];
    if (after.dims[i] == 1)
      continue;
    if (axis <= last || (after.dims[i] == RE3_ONNX_DIM_SAMPLES && i > 0))
      return re3_onnx_node_refuse (self->node, error,
                                   _ ("of the activations is not supported yet."));
    last = axis;
  }
  if (re3_onnx_shape_get_width (&after) != self->width)
    return re3_onnx_node_refuse (self->node, error, _ ("has a perm that is no order of axes."));

  re3_onnx_operator_set_output (self, &after);

  return TRUE;
}

/* A constant, but that the number of samples is left open. */
static gboolean
add_shape (const Re3OnnxOperator *self, GError **error)
{
  const Re3OnnxShape *shape = &self->input->shape;
  gint64 rank = (gint64) shape->rank;
  Re3OnnxTensor *sizes = re3_onnx_tensor_new (ONNX__TENSOR_PROTO__DATA_TYPE__INT64, 1, &rank);

  for (gsize i = 0; i < shape->rank; i++)
    sizes->values[i] = shape->dims[i] == RE3_ONNX_DIM_SAMPLES ? (double) RE3_ONNX_SAMPLES
                                                              : (double) shape->dims[i];
  re3_onnx_reader_set_constant (self->reader, self->node, sizes);

  return TRUE;
}

static const struct {
  const char *type;
  gboolean (*add) (const Re3OnnxOperator *self, GError **error);
  const char *attributes[8];
} operators[] = {
  { "Gemm", re3_onnx_operator_add_gemm, { "alpha", "beta", "transA", "transB", "broadcast" } },
  { "MatMul", re3_onnx_operator_add_mat_mul, { NULL } },
  { "Add", re3_onnx_operator_add_add, { "broadcast" } },
  { "Sub", re3_onnx_operator_add_sub, { "broadcast" } },
  { "Mul", re3_onnx_operator_add_mul, { "broadcast" } },
  { "Div", re3_onnx_operator_add_div, { "broadcast" } },
  { "Neg", re3_onnx_operator_add_neg, { NULL } },
  { "Scaler", re3_onnx_operator_add_scaler, { "offset", "scale" } },
  { "BatchNormalization",
    re3_onnx_operator_add_batch_normalization,
    { "epsilon", "momentum", "spatial", "is_test", "training_mode" } },
  { "Relu", re3_onnx_operator_add_relu, { NULL } },
  { "LeakyRelu", re3_onnx_operator_add_leaky_relu, { "alpha" } },
  { "Abs", re3_onnx_operator_add_abs, { NULL } },
  { "HardSigmoid", re3_onnx_operator_add_hard_sigmoid, { "alpha", "beta" } },
  { "PRelu", re3_onnx_operator_add_p_relu, { NULL } },
  { "Clip", re3_onnx_operator_add_clip, { "min", "max" } },
  { "Identity", add_nothing, { NULL } },
  { "Dropout", add_dropout, { "ratio", "seed", "is_test" } },
  { "Cast", add_cast, { "to", "saturate" } },
  { "Reshape", add_shape_change, { "allowzero" } },
  { "Flatten", add_shape_change, { "axis" } },
  { "Squeeze", add_shape_change, { "axes" } },
  { "Unsqueeze", add_shape_change, { "axes" } },
  { "Transpose", add_transpose, { "perm" } },
  { "Shape", add_shape, { NULL } },
};

static gsize
find_index (Re3OnnxReader *reader, const Re3OnnxNode *node)
{
  gsize index = 0;

  while (index + 1 < node->proto->n_input) {
    const Re3OnnxValue *value = g_hash_table_lookup (reader->values, node->proto->input[index]);

    if (value != NULL && value->kind == RE3_ONNX_ACTIVATION)
      break;
    index++;
  }

  return index;
}

gboolean
re3_onnx_reader_add_operator (Re3OnnxReader *self,
                              const Re3OnnxNode *node,
                              const Re3OnnxValue *input,
                              GError **error)
{
  Re3OnnxOperator operator= { self, node, input, find_index (self, node),
                              re3_onnx_shape_get_width (&input->shape) };

  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (node->type, operators[i].type))
      return re3_onnx_node_check_attributes (node, operators[i].attributes, error) &&
             operators[i].add (&operator, error);

  if (g_strv_contains (smooth_types, node->type))
    return re3_onnx_node_refuse (
        node, error,
        _ ("is not piecewise linear, and Re3's explanations are exact only "
           "for networks that are; train the network with ReLU."));

  return re3_onnx_node_refuse (node, error, _ ("is not supported yet."));
}
