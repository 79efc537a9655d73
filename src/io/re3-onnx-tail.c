/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-reader.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Opset 13 changed Softmax from all numbers behind an axis to those along one. */
#define SOFTMAX_ALONG_AXIS 13

/* @n_steps: those of the network that lead to what the node makes */
typedef struct {
  Re3OnnxReader *reader;
  const Re3OnnxNode *node;
  const Re3OnnxValue *input;
  gsize n_steps;
} Tail;

static gboolean
set_output (const Tail *self, Re3OnnxValueKind kind)
{
  re3_onnx_reader_set_value (self->reader, self->node, kind, &self->input->shape, self->n_steps);

  return TRUE;
}

static gboolean
refuse_place (const Tail *self, GError **error)
{
  return re3_onnx_node_refuse (self->node, error,
                               _ ("stands behind a softmax or sigmoid: Re3 reads these only as the "
                                  "end of a network, because "
                                  "they are not piecewise linear."));
}

/* Whether the node works on the logits themselves. */
static gboolean
check_logits (const Tail *self, GError **error)
{
  return self->input->kind == RE3_ONNX_ACTIVATION || refuse_place (self, error);
}

/* Whether @axis holds all classes, so that the node does not work within or over samples. */
static gboolean
check_class_axis (const Tail *self, gint64 axis, gboolean is_flat, GError **error)
{
  const Re3OnnxShape *shape = &self->input->shape;
  gsize found;
  gsize n_before = 1;
  gboolean is_along;

  if (!re3_onnx_shape_find_axis (shape, axis, &found))
    return re3_onnx_node_refuse (self->node, error, _ ("has an axis that its input has not."));

  is_along = re3_onnx_shape_is_along (shape, found);
  for (gsize i = re3_onnx_shape_has_samples (shape); i < found && is_flat; i++)
    n_before *= (gsize) shape->dims[i];
  if (is_flat)
    is_along = n_before == 1 && (found > 0 || !re3_onnx_shape_has_samples (shape));

  return is_along || re3_onnx_node_refuse (self->node, error,
                                           _ ("does not run over the outputs of a sample, which "
                                              "is not supported yet."));
}

static gboolean
add_softmax (Tail *self, GError **error)
{
  gboolean is_flat = self->node->opset < SOFTMAX_ALONG_AXIS;
  gint64 axis = re3_onnx_node_get_int (self->node, "axis", is_flat ? 1 : -1);

  if (!check_logits (self, error) || !check_class_axis (self, axis, is_flat, error))
    return FALSE;

  self->reader->tail = RE3_ONNX_PROBABILITIES;
  return set_output (self, RE3_ONNX_PROBABILITIES);
}

/* The sigmoid of one logit z is the softmax of 0 and z: two classes. */
static gboolean
add_sigmoid (Tail *self, GError **error)
{
  const double weight[2] = { 0, 1 };
  gsize width = re3_onnx_shape_get_width (&self->input->shape);

  if (!check_logits (self, error))
    return FALSE;
  if (width != 1)
    return re3_onnx_node_refuse (
        self->node, error,
        _ ("of %zu numbers is not supported: as an activation it is not piecewise linear, and at "
           "the end of a network Re3 reads it for one output. Train with ReLU and a softmax."),
        width);

  re3_network_steps_add_affine (self->reader->steps, self->node->place, 2,
                                g_memdup2 (weight, sizeof weight), g_new0 (double, 2));
  self->reader->tail = RE3_ONNX_POSITIVE;
  self->n_steps++;

  return set_output (self, RE3_ONNX_POSITIVE);
}

static gboolean
add_arg_max (Tail *self, GError **error)
{
  if (self->input->kind != RE3_ONNX_ACTIVATION && self->input->kind != RE3_ONNX_PROBABILITIES)
    return refuse_place (self, error);
  if (!check_class_axis (self, re3_onnx_node_get_int (self->node, "axis", 0), FALSE, error))
    return FALSE;

  if (re3_onnx_node_get_int (self->node, "select_last_index", 0) != 0)
    return re3_onnx_node_refuse (self->node, error,
                                 _ ("takes the last of equal outputs, where Re3 takes the first."));

  if (self->reader->tail == RE3_ONNX_ACTIVATION)
    self->reader->tail = RE3_ONNX_LABEL;
  return set_output (self, RE3_ONNX_LABEL);
}

static gboolean
add_nothing (Tail *self, GError **error)
{
  return set_output (self, self->input->kind);
}

/* 1 - p */
static gboolean
add_sub (Tail *self, GError **error)
{
  Re3OnnxTensor *one;

  if (self->input->kind != RE3_ONNX_POSITIVE)
    return refuse_place (self, error);
  if (!re3_onnx_reader_get_constant (self->reader, self->node, 0, &one, error))
    return FALSE;
  if (one == NULL || one->values == NULL || one->n_values != 1 || one->values[0] != 1)
    return refuse_place (self, error);

  return set_output (self, RE3_ONNX_NEGATIVE);
}

/* Of 1 - p and p. */
static gboolean
add_concat (Tail *self, GError **error)
{
  const Re3OnnxValue *second;

  if (self->input->kind != RE3_ONNX_NEGATIVE || self->node->proto->n_input != 2)
    return refuse_place (self, error);
  second = re3_onnx_reader_find (self->reader, self->node->proto->input[1], error);
  if (second == NULL)
    return FALSE;
  if (second->kind != RE3_ONNX_POSITIVE || second->n_steps != self->n_steps)
    return refuse_place (self, error);

  re3_onnx_reader_set_value (self->reader, self->node, RE3_ONNX_PROBABILITIES,
                             &(Re3OnnxShape){ 2, { RE3_ONNX_DIM_SAMPLES, 2 } }, self->n_steps);

  return TRUE;
}

/* Probabilities add up to 1 and stay what they are. */
static gboolean
add_normalizer (Tail *self, GError **error)
{
  g_autofree char *norm = re3_onnx_node_get_string (self->node, "norm");

  if (self->input->kind == RE3_ONNX_ACTIVATION)
    return re3_onnx_node_refuse (
        self->node, error,
        _ ("is not piecewise linear, and Re3's explanations are exact only "
           "for networks that are."));
  if (self->input->kind != RE3_ONNX_PROBABILITIES || g_strcmp0 (norm, "L1") != 0)
    return refuse_place (self, error);

  return add_nothing (self, error);
}

static void
take_classes (Re3OnnxReader *reader, GStrv classes)
{
  if (reader->classes == NULL && classes != NULL)
    reader->classes = classes;
  else
    g_strfreev (classes);
}

/* Numbers as names, "0" rather than "0.0". */
static GStrv
name_numbers (const Re3OnnxTensor *numbers)
{
  GStrv names = g_new0 (char *, numbers->n_values + 1);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (gsize i = 0; i < numbers->n_values; i++)
    names[i] = g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", numbers->values[i]));

  return names;
}

/* A table from the names of the classes to their probabilities. */
static gboolean
add_zip_map (Tail *self, GError **error)
{
  g_autoptr (Re3OnnxTensor) numbers = re3_onnx_node_get_list (self->node, "classlabels_int64s");
  GStrv names = re3_onnx_node_get_strings (self->node, "classlabels_strings");

  if (names == NULL && numbers != NULL && numbers->n_values > 0)
    names = name_numbers (numbers);
  take_classes (self->reader, names);

  return set_output (self, RE3_ONNX_LABEL);
}

/* The name of the class that wins. */
static gboolean
add_extractor (Tail *self, GError **error)
{
  Re3OnnxTensor *classes;

  if (self->input->kind != RE3_ONNX_LABEL)
    return re3_onnx_node_refuse (self->node, error, _ ("is supported only for class labels."));
  if (!re3_onnx_reader_get_constant (self->reader, self->node, 0, &classes, error))
    return FALSE;

  if (classes != NULL)
    take_classes (self->reader,
                  classes->strings != NULL ? g_strdupv (classes->strings) : name_numbers (classes));

  return set_output (self, RE3_ONNX_LABEL);
}

static const struct {
  const char *type;
  gboolean (*add) (Tail *self, GError **error);
  const char *attributes[4];
} operators[] = {
  { "Softmax", add_softmax, { "axis" } },
  { "LogSoftmax", add_softmax, { "axis" } },
  { "Sigmoid", add_sigmoid, { NULL } },
  { "ArgMax", add_arg_max, { "axis", "keepdims", "select_last_index" } },
  { "Normalizer", add_normalizer, { "norm" } },
  { "ZipMap", add_zip_map, { "classlabels_strings", "classlabels_int64s" } },
  { "ArrayFeatureExtractor", add_extractor, { NULL } },
  /* These also stand before the logits. */
  { "Sub", add_sub, { NULL } },
  { "Concat", add_concat, { "axis" } },
  { "Identity", add_nothing, { NULL } },
  { "Cast", add_nothing, { "to", "saturate" } },
  { "Reshape", add_nothing, { "allowzero" } },
  { "Flatten", add_nothing, { "axis" } },
  { "Squeeze", add_nothing, { "axes" } },
  { "Unsqueeze", add_nothing, { "axes" } },
};

#define N_TAIL_ONLY 7

gboolean
re3_onnx_is_tail_operator (const char *type)
{
  for (gsize i = 0; i < N_TAIL_ONLY; i++)
    if (g_str_equal (type, operators[i].type))
      return TRUE;

  return FALSE;
}

gboolean
re3_onnx_reader_add_tail (Re3OnnxReader *self,
                          const Re3OnnxNode *node,
                          const Re3OnnxValue *input,
                          GError **error)
{
  Tail tail = { self, node, input, input->n_steps };

  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (node->type, operators[i].type))
      return re3_onnx_node_check_attributes (node, operators[i].attributes, error) &&
             operators[i].add (&tail, error);

  return refuse_place (&tail, error);
}
