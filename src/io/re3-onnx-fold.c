/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-reader.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_INPUTS 64

/**
 * Fold:
 * @inputs: n_inputs constants; %NULL where one is left out
 * @result: (nullable) (out): what the node gives; left %NULL by a node that is not known
 *
 * A node whose inputs are all constant.
 */
typedef struct {
  Re3OnnxReader *reader;
  const Re3OnnxNode *node;
  Re3OnnxTensor *inputs[MAX_INPUTS];
  gsize n_inputs;
  Re3OnnxTensor *result;
} Fold;

static gboolean
fold_constant (Fold *self, GError **error)
{
  const Re3OnnxNode *node = self->node;
  const Onnx__TensorProto *tensor = re3_onnx_node_get_tensor (node, "value");

  if (tensor != NULL)
    self->result = re3_onnx_tensor_read (tensor, self->reader->graph->folder, node->place, error);
  else if (re3_onnx_node_has (node, "value_float"))
    self->result =
        re3_onnx_tensor_new_list (ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT, 0,
                                  (double[]){ re3_onnx_node_get_float (node, "value_float", 0) },
                                  1);
  else if (re3_onnx_node_has (node, "value_int"))
    self->result = re3_onnx_tensor_new_list (
        ONNX__TENSOR_PROTO__DATA_TYPE__INT64, 0,
        (double[]){ (double) re3_onnx_node_get_int (node, "value_int", 0) }, 1);
  else if (re3_onnx_node_has (node, "value_floats"))
    self->result = re3_onnx_node_get_list (node, "value_floats");
  else if (re3_onnx_node_has (node, "value_ints"))
    self->result = re3_onnx_node_get_list (node, "value_ints");
  else
    return re3_onnx_node_refuse (node, error, _ ("has no value that Re3 reads."));

  return self->result != NULL;
}

static gboolean
fold_nothing (Fold *self, GError **error)
{
  if (self->n_inputs > 0 && self->inputs[0] != NULL)
    self->result = re3_onnx_tensor_ref (self->inputs[0]);

  return TRUE;
}

/* Whether the values of @type are integers. */
static gboolean
is_integer (int type)
{
  return type != ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT &&
         type != ONNX__TENSOR_PROTO__DATA_TYPE__DOUBLE;
}

static gboolean
fold_cast (Fold *self, GError **error)
{
  int type = (int) re3_onnx_node_get_int (self->node, "to", 0);
  const Re3OnnxTensor *input = self->inputs[0];

  if (input == NULL || input->values == NULL)
    return TRUE;
  if (type == ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT16 ||
      type == ONNX__TENSOR_PROTO__DATA_TYPE__BFLOAT16 ||
      type == ONNX__TENSOR_PROTO__DATA_TYPE__STRING)
    return re3_onnx_node_refuse (self->node, error,
                                 _ ("to ONNX's data type %d is not supported yet."), type);

  self->result = re3_onnx_tensor_reshape (input, input->rank, input->dims);
  self->result->type = type;
  for (gsize i = 0; i < input->n_values; i++) {
    double value = input->values[i];

    if (type == ONNX__TENSOR_PROTO__DATA_TYPE__BOOL && !isnan (value))
      value = value != 0;
    else if (type == ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT)
      value = (double) (float) value;
    else if (is_integer (type))
      value = trunc (value);
    self->result->values[i] = value;
  }

  return TRUE;
}

static gboolean
fold_transpose (Fold *self, GError **error)
{
  const Re3OnnxTensor *input = self->inputs[0];
  g_autoptr (Re3OnnxTensor) order = re3_onnx_node_get_list (self->node, "perm");
  gsize rank;
  gsize strides[RE3_ONNX_MAX_RANK];
  gsize from[RE3_ONNX_MAX_RANK];
  gint64 dims[RE3_ONNX_MAX_RANK];
  guint seen = 0;

  if (input == NULL || input->values == NULL)
    return TRUE;

  rank = input->rank;
  for (gsize i = rank, stride = 1; i-- > 0; stride *= (gsize) input->dims[i])
    strides[i] = stride;

  for (gsize i = 0; i < rank; i++) {
    double axis = order == NULL             ? (double) (rank - 1 - i)
                  : order->n_values == rank ? order->values[i]
                                            : -1;

    if (!(axis >= 0 && axis < (double) rank) || (seen & 1u << (guint) axis))
      return re3_onnx_node_refuse (self->node, error, _ ("has a perm that is no order of axes."));
    seen |= 1u << (guint) axis;
    from[i] = (gsize) axis;
    dims[i] = input->dims[from[i]];
  }

  self->result = re3_onnx_tensor_new (input->type, rank, dims);
  for (gsize i = 0; i < input->n_values; i++) {
    gsize rest = i;
    gsize index = 0;

    for (gsize j = rank; j-- > 0;) {
      index += rest % (gsize) dims[j] * strides[from[j]];
      rest /= (gsize) dims[j];
    }
    self->result->values[i] = input->values[index];
  }

  return TRUE;
}

static gboolean
fold_shape_change (Fold *self, GError **error)
{
  Re3OnnxShape before;
  Re3OnnxShape after;

  if (self->n_inputs == 0 || self->inputs[0] == NULL)
    return TRUE;

  before = re3_onnx_shape_of_tensor (self->inputs[0]);
  if (!re3_onnx_shape_change (self->node, &before, self->n_inputs > 1 ? self->inputs[1] : NULL, 0,
                              &after, error))
    return FALSE;
  self->result = re3_onnx_tensor_reshape (self->inputs[0], after.rank, after.dims);

  return TRUE;
}

/* Of a list, as shapes are put together with. */
static gboolean
fold_gather (Fold *self, GError **error)
{
  const Re3OnnxTensor *list = self->inputs[0];
  const Re3OnnxTensor *indices = self->n_inputs > 1 ? self->inputs[1] : NULL;

  if (list == NULL || indices == NULL || list->values == NULL || indices->values == NULL ||
      list->rank != 1 || re3_onnx_node_get_int (self->node, "axis", 0) != 0)
    return TRUE;

  self->result = re3_onnx_tensor_new (list->type, indices->rank, indices->dims);
  for (gsize i = 0; i < indices->n_values; i++) {
    double index =
        indices->values[i] < 0 ? indices->values[i] + (double) list->n_values : indices->values[i];

    if (!(index >= 0 && index < (double) list->n_values))
      return re3_onnx_node_refuse (self->node, error,
                                   _ ("takes what is behind the end of a list."));
    self->result->values[i] = list->values[(gsize) index];
  }

  return TRUE;
}

/* Where a Slice along the one axis of a list starts or ends. */
static gsize
find_bound (const Re3OnnxTensor *bounds, gsize n_values)
{
  double bound = bounds->values[0] < 0 ? bounds->values[0] + (double) n_values : bounds->values[0];

  return (gsize) CLAMP (bound, 0, (double) n_values);
}

static gboolean
is_one_number (const Re3OnnxTensor *tensor)
{
  return tensor != NULL && tensor->values != NULL && tensor->n_values == 1 &&
         !isnan (tensor->values[0]);
}

/* Of a list, in steps of one. */
static gboolean
fold_slice (Fold *self, GError **error)
{
  const Re3OnnxTensor *list = self->inputs[0];
  g_autoptr (Re3OnnxTensor) own_starts = re3_onnx_node_get_list (self->node, "starts");
  g_autoptr (Re3OnnxTensor) own_ends = re3_onnx_node_get_list (self->node, "ends");
  const Re3OnnxTensor *starts = self->n_inputs > 1 ? self->inputs[1] : own_starts;
  const Re3OnnxTensor *ends = self->n_inputs > 2 ? self->inputs[2] : own_ends;
  gsize start;
  gsize end;

  if (list == NULL || list->values == NULL || list->rank != 1 || !is_one_number (starts) ||
      !is_one_number (ends) ||
      (self->n_inputs > 4 && (!is_one_number (self->inputs[4]) || self->inputs[4]->values[0] != 1)))
    return TRUE;

  start = find_bound (starts, list->n_values);
  end = MAX (start, find_bound (ends, list->n_values));
  self->result = re3_onnx_tensor_new_list (list->type, 1, list->values + start, end - start);

  return TRUE;
}

/* Of lists. */
static gboolean
fold_concat (Fold *self, GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize i = 0; i < self->n_inputs; i++) {
    const Re3OnnxTensor *list = self->inputs[i];

    if (list == NULL || list->values == NULL || list->rank != 1)
      return TRUE;
    if (!re3_onnx_reader_reserve (self->reader, self->node, list->n_values, error))
      return FALSE;
    g_array_append_vals (values, list->values, (guint) list->n_values);
  }

  if (self->n_inputs > 0)
    self->result = re3_onnx_tensor_new_list (self->inputs[0]->type, 1,
                                             (const double *) (gpointer) values->data, values->len);

  return TRUE;
}

/* Element by element; either shape may hold the other one. */
static gboolean
fold_arithmetic (Fold *self, GError **error)
{
  const Re3OnnxTensor *first = self->inputs[0];
  const Re3OnnxTensor *second = self->n_inputs > 1 ? self->inputs[1] : NULL;
  const char type = self->node->type[0];
  g_autofree double *a = NULL;
  g_autofree double *b = NULL;
  const Re3OnnxTensor *larger;
  Re3OnnxShape shape;

  if (first == NULL || second == NULL || first->values == NULL || second->values == NULL)
    return TRUE;

  larger = first->n_values > second->n_values ||
                   (first->n_values == second->n_values && first->rank >= second->rank)
               ? first
               : second;
  shape = re3_onnx_shape_of_tensor (larger);
  a = re3_onnx_shape_broadcast (self->node, &shape, first, error);
  b = a != NULL ? re3_onnx_shape_broadcast (self->node, &shape, second, error) : NULL;
  if (b == NULL)
    return FALSE;

  self->result = re3_onnx_tensor_new (larger->type, larger->rank, larger->dims);
  for (gsize i = 0; i < larger->n_values; i++) {
    double value = type == 'A'   ? a[i] + b[i]
                   : type == 'S' ? a[i] - b[i]
                   : type == 'M' ? a[i] * b[i]
                                 : a[i] / b[i];

    self->result->values[i] = is_integer (larger->type) ? trunc (value) : value;
  }

  /* The number of samples is no number to compute with. */
  for (gsize i = 0; i < larger->n_values; i++)
    if (isnan (self->result->values[i]) && is_integer (larger->type))
      return re3_onnx_node_refuse (self->node, error, _ ("computes with the number of samples."));

  return TRUE;
}

static const struct {
  const char *type;
  gboolean (*fold) (Fold *self, GError **error);
} folds[] = {
  { "Constant", fold_constant },
  { "Identity", fold_nothing },
  { "Dropout", fold_nothing },
  { "Cast", fold_cast },
  { "Transpose", fold_transpose },
  { "Reshape", fold_shape_change },
  { "Flatten", fold_shape_change },
  { "Squeeze", fold_shape_change },
  { "Unsqueeze", fold_shape_change },
  { "Gather", fold_gather },
  { "Slice", fold_slice },
  { "Concat", fold_concat },
  { "Add", fold_arithmetic },
  { "Sub", fold_arithmetic },
  { "Mul", fold_arithmetic },
  { "Div", fold_arithmetic },
};

gboolean
re3_onnx_reader_fold (Re3OnnxReader *self, const Re3OnnxNode *node, GError **error)
{
  Fold fold = { .reader = self, .node = node, .n_inputs = node->proto->n_input };

  if (fold.n_inputs > MAX_INPUTS)
    return TRUE;

  for (gsize i = 0; i < fold.n_inputs; i++)
    if (!re3_onnx_reader_get_constant (self, node, i, &fold.inputs[i], error))
      return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++) {
    if (!g_str_equal (node->type, folds[i].type))
      continue;
    if (!folds[i].fold (&fold, error) ||
        (fold.result != NULL &&
         !re3_onnx_reader_reserve (self, node, fold.result->n_values, error))) {
      g_clear_pointer (&fold.result, re3_onnx_tensor_unref);
      return FALSE;
    }
    if (fold.result != NULL)
      re3_onnx_reader_set_constant (self, node, fold.result);
    break;
  }

  return TRUE;
}
