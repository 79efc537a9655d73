/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-operator.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
add_scaling (const Re3OnnxOperator *self,
             double *scale,
             double *shift,
             gboolean is_trained,
             GError **error)
{
  re3_network_steps_add_scaling (self->reader->steps, self->node->place, scale, shift, is_trained);
  re3_onnx_operator_set_output (self, &self->input->shape);

  return TRUE;
}

/* The constant that meets the samples in Add, Sub, Mul and Div: width numbers. */
static double *
read_operand (const Re3OnnxOperator *self, GError **error)
{
  Re3OnnxTensor *constant;
  Re3OnnxValue *other;

  if (self->node->proto->n_input != 2) {
    re3_onnx_node_refuse (self->node, error, _ ("does not have two inputs."));
    return NULL;
  }

  other = re3_onnx_reader_find (self->reader, self->node->proto->input[1 - self->index], error);
  if (other == NULL)
    return NULL;
  if (other->kind != RE3_ONNX_CONSTANT) {
    re3_onnx_node_refuse (self->node, error,
                          _ ("of two computed values, such as a skip connection, is not supported "
                             "yet."));
    return NULL;
  }
  if (!re3_onnx_operator_need_constant (self, 1 - self->index, &constant, error) ||
      !re3_onnx_reader_reserve (self->reader, self->node, 2 * self->width, error))
    return NULL;

  return re3_onnx_shape_broadcast (self->node, &self->input->shape, constant, error);
}

gboolean
re3_onnx_operator_add_add (const Re3OnnxOperator *self, GError **error)
{
  double *operand = read_operand (self, error);

  return operand != NULL &&
         add_scaling (self, re3_repeat_number (1, self->width), operand, FALSE, error);
}

gboolean
re3_onnx_operator_add_sub (const Re3OnnxOperator *self, GError **error)
{
  double *operand = read_operand (self, error);

  if (operand == NULL)
    return FALSE;

  for (gsize i = 0; i < self->width && self->index == 0; i++)
    operand[i] = -operand[i];

  return add_scaling (self, re3_repeat_number (self->index == 0 ? 1 : -1, self->width), operand,
                      FALSE, error);
}

gboolean
re3_onnx_operator_add_mul (const Re3OnnxOperator *self, GError **error)
{
  double *operand = read_operand (self, error);

  return operand != NULL && add_scaling (self, operand, g_new0 (double, self->width), FALSE, error);
}

gboolean
re3_onnx_operator_add_div (const Re3OnnxOperator *self, GError **error)
{
  g_autofree double *operand = NULL;

  if (self->index != 0)
    return re3_onnx_node_refuse (self->node, error,
                                 _ ("by a computed value is not piecewise linear, and Re3's "
                                    "explanations are exact only for networks that are."));

  operand = read_operand (self, error);
  if (operand == NULL)
    return FALSE;
  for (gsize i = 0; i < self->width; i++)
    if (operand[i] == 0)
      return re3_onnx_node_refuse (self->node, error, _ ("divides by 0."));

  re3_network_steps_add_division (self->reader->steps, self->node->place,
                                  g_steal_pointer (&operand));
  re3_onnx_operator_set_output (self, &self->input->shape);

  return TRUE;
}

gboolean
re3_onnx_operator_add_neg (const Re3OnnxOperator *self, GError **error)
{
  return re3_onnx_reader_reserve (self->reader, self->node, 2 * self->width, error) &&
         add_scaling (self, re3_repeat_number (-1, self->width), g_new0 (double, self->width),
                      FALSE, error);
}

/* (x - offset) * scale, of ai.onnx.ml. */
gboolean
re3_onnx_operator_add_scaler (const Re3OnnxOperator *self, GError **error)
{
  g_autoptr (Re3OnnxTensor) offset = re3_onnx_node_get_list (self->node, "offset");
  g_autoptr (Re3OnnxTensor) scale = re3_onnx_node_get_list (self->node, "scale");
  g_autofree double *shifts = NULL;
  g_autofree double *factors = NULL;

  if (offset == NULL || scale == NULL)
    return re3_onnx_node_refuse (self->node, error, _ ("has no offset or no scale."));
  if (!re3_onnx_reader_reserve (self->reader, self->node, 4 * self->width, error))
    return FALSE;

  shifts = re3_onnx_shape_broadcast (self->node, &self->input->shape, offset, error);
  factors = shifts != NULL
                ? re3_onnx_shape_broadcast (self->node, &self->input->shape, scale, error)
                : NULL;
  if (factors == NULL)
    return FALSE;
  for (gsize i = 0; i < self->width; i++)
    shifts[i] = -shifts[i];

  return add_scaling (self, re3_repeat_number (1, self->width), g_steal_pointer (&shifts), FALSE,
                      error) &&
         add_scaling (self, g_steal_pointer (&factors), g_new0 (double, self->width), FALSE, error);
}

/* y = scale (x - mean) / sqrt (variance + epsilon) + bias, each of them one number for a channel,
 * which is the dimension behind the samples. */
gboolean
re3_onnx_operator_add_batch_normalization (const Re3OnnxOperator *self, GError **error)
{
  double epsilon = re3_onnx_node_get_float (self->node, "epsilon", (double) 1e-5f);
  const Re3OnnxShape *shape = &self->input->shape;
  g_autofree double *scale = NULL;
  g_autofree double *shift = NULL;
  Re3OnnxTensor *parameters[4];
  gsize n_channels;
  gsize channel_size;

  if (self->index != 0 || shape->rank < 2 ||
      (!re3_onnx_shape_has_samples (shape) && shape->dims[0] != 1) ||
      re3_onnx_node_get_int (self->node, "spatial", 1) != 1)
    return re3_onnx_node_refuse (self->node, error, _ ("of such an input is not supported yet."));

  n_channels = (gsize) shape->dims[1];
  channel_size = self->width / n_channels;
  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++) {
    if (!re3_onnx_operator_need_constant (self, i + 1, &parameters[i], error))
      return FALSE;
    if (parameters[i]->n_values != n_channels)
      return re3_onnx_node_refuse (self->node, error, _ ("has %zu numbers for %zu channels."),
                                   parameters[i]->n_values, n_channels);
  }
  if (!re3_onnx_reader_reserve (self->reader, self->node, 2 * self->width, error))
    return FALSE;

  if (re3_onnx_node_get_int (self->node, "training_mode", 0) != 0)
    re3_onnx_reader_take_note (
        self->reader,
        g_strdup_printf (
            _ ("%s: BatchNormalization is in training mode; Re3 takes its running mean "
               "and variance, as in use. Export the model after model.eval()."),
            self->node->place));

  scale = g_new (double, self->width);
  shift = g_new (double, self->width);
  for (gsize i = 0; i < self->width; i++) {
    gsize channel = i / channel_size;
    double variance = parameters[3]->values[channel] + epsilon;

    if (!(variance > 0))
      return re3_onnx_node_refuse (
          self->node, error, _ ("has a variance in channel %zu that is not above 0."), channel);
    scale[i] = parameters[0]->values[channel] / sqrt (variance);
    shift[i] = parameters[1]->values[channel] - parameters[2]->values[channel] * scale[i];
  }

  return add_scaling (self, g_steal_pointer (&scale), g_steal_pointer (&shift), TRUE, error);
}
