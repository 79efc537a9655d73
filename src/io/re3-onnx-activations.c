/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-operator.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
add_activation (const Re3OnnxOperator *self, Re3Activation activation)
{
  re3_network_steps_add_activation (self->reader->steps, self->node->place, activation);
  re3_onnx_operator_set_output (self, &self->input->shape);

  return TRUE;
}

gboolean
re3_onnx_operator_add_relu (const Re3OnnxOperator *self, GError **error)
{
  return add_activation (self, re3_activation_rectifier (0));
}

gboolean
re3_onnx_operator_add_leaky_relu (const Re3OnnxOperator *self, GError **error)
{
  double slope = re3_onnx_node_get_float (self->node, "alpha", (double) 0.01f);

  return add_activation (self, re3_activation_rectifier (slope));
}

gboolean
re3_onnx_operator_add_abs (const Re3OnnxOperator *self, GError **error)
{
  return add_activation (self, re3_activation_rectifier (-1));
}

gboolean
re3_onnx_operator_add_hard_sigmoid (const Re3OnnxOperator *self, GError **error)
{
  double slope = re3_onnx_node_get_float (self->node, "alpha", (double) 0.2f);
  double intercept = re3_onnx_node_get_float (self->node, "beta", 0.5);

  if (!(slope > 0))
    return re3_onnx_node_refuse (self->node, error, _ ("with such an alpha is not supported."));

  return add_activation (self, re3_activation_hard_sigmoid (slope, intercept));
}

/* Before version 7, a list has a number for each channel, which is the dimension behind the
 * samples: now that would be as many dimensions as stand behind the samples. */
static Re3OnnxTensor *
spread_channels (const Re3OnnxTensor *slopes, const Re3OnnxShape *shape)
{
  gint64 dims[RE3_ONNX_MAX_RANK] = { slopes->dims[0] };

  for (gsize i = 1; i < shape->rank - 1; i++)
    dims[i] = 1;

  return re3_onnx_tensor_reshape (slopes, shape->rank - 1, dims);
}

gboolean
re3_onnx_operator_add_p_relu (const Re3OnnxOperator *self, GError **error)
{
  const Re3OnnxShape *shape = &self->input->shape;
  g_autoptr (Re3OnnxTensor) by_channel = NULL;
  g_autofree double *values = NULL;
  Re3OnnxTensor *slopes;
  Re3Activation *activations;

  if (self->index != 0)
    return re3_onnx_node_refuse (self->node, error, _ ("with computed slopes is not supported."));
  if (!re3_onnx_operator_need_constant (self, 1, &slopes, error) ||
      !re3_onnx_reader_reserve (self->reader, self->node,
                                self->width * sizeof (Re3Activation) / sizeof (double), error))
    return FALSE;

  if (self->node->opset < 7 && slopes->rank == 1 && slopes->n_values > 1 && shape->rank >= 2) {
    by_channel = spread_channels (slopes, shape);
    slopes = by_channel;
  }
  values = re3_onnx_shape_broadcast (self->node, shape, slopes, error);
  if (values == NULL)
    return FALSE;

  activations = g_new (Re3Activation, self->width);
  for (gsize i = 0; i < self->width; i++)
    activations[i] = re3_activation_rectifier (values[i]);
  re3_network_steps_add_activations (self->reader->steps, self->node->place, activations);
  re3_onnx_operator_set_output (self, shape);

  return TRUE;
}

/* A bound of Clip: an attribute before opset 11, and then an input. */
static gboolean
read_bound (const Re3OnnxOperator *self,
            const char *name,
            gsize index,
            double *bound,
            GError **error)
{
  double missing = *bound;
  Re3OnnxTensor *constant;

  *bound = re3_onnx_node_get_float (self->node, name, missing);
  if (!re3_onnx_operator_get_constant (self, index, &constant, error))
    return FALSE;
  if (constant != NULL && (constant->values == NULL || constant->n_values != 1))
    return re3_onnx_node_refuse (self->node, error, _ ("has a bound that is not one number."));
  if (constant != NULL)
    *bound = constant->values[0];

  /* What stands for no bound in float32. */
  if (fabs (*bound) >= (double) FLT_MAX)
    *bound = missing;

  return TRUE;
}

gboolean
re3_onnx_operator_add_clip (const Re3OnnxOperator *self, GError **error)
{
  double low = -INFINITY;
  double high = INFINITY;

  if (self->index != 0)
    return re3_onnx_node_refuse (self->node, error, _ ("with computed bounds is not supported."));
  if (!read_bound (self, "min", 1, &low, error) || !read_bound (self, "max", 2, &high, error))
    return FALSE;
  if (!(low < high))
    return re3_onnx_node_refuse (self->node, error, _ ("has bounds that let nothing through."));

  if (isinf (low) && isinf (high)) {
    re3_onnx_operator_set_output (self, &self->input->shape);
    return TRUE;
  }

  return add_activation (self, re3_activation_clip (low, high));
}
