/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-model-json.h"
#include "re3-model-onnx.h"
#include "re3-onnx.pb-c.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What every runtime of today reads. */
#define IR_VERSION 7
#define OPSET      13

/* The dimension that counts the samples. */
#define SAMPLES "N"

/**
 * Writer:
 * @type: ONNX data type of all numbers
 * @value: name of what the last node gives
 * @memory: what the messages are made of
 */
typedef struct {
  int type;
  char *value;
  GPtrArray *nodes;
  GPtrArray *tensors;
  GPtrArray *memory;
} Writer;

static gpointer
keep (Writer *self, gpointer memory)
{
  g_ptr_array_add (self->memory, memory);

  return memory;
}

/* A message on the heap, as protobuf-c initialises it. */
#define NEW_MESSAGE(self, Type, INIT)                                                              \
  ((Type *) keep ((self), g_memdup2 (&(Type) INIT, sizeof (Type))))

static char *
keep_text (Writer *self, const char *text)
{
  return keep (self, g_strdup (text));
}

static gpointer
keep_one (Writer *self, gpointer item)
{
  gpointer *array = keep (self, g_new (gpointer, 1));

  array[0] = item;

  return array;
}

static gboolean
fits_float (double number)
{
  return (double) (float) number == number;
}

static gboolean
all_fit_float (const double *numbers, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!fits_float (numbers[i]))
      return FALSE;

  return TRUE;
}

/* Least byte first, whatever the processor. */
static void
put_bits (guint8 *bytes, guint64 bits, gsize size)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (bits >> (8 * i));
}

static void
add_tensor (Writer *self, const char *name, gsize rank, const gsize *dims, const double *numbers)
{
  Onnx__TensorProto *tensor = NEW_MESSAGE (self, Onnx__TensorProto, ONNX__TENSOR_PROTO__INIT);
  gsize size = self->type == ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT ? 4 : 8;
  gsize n_numbers = 1;

  tensor->name = keep_text (self, name);
  tensor->has_data_type = TRUE;
  tensor->data_type = self->type;
  tensor->n_dims = rank;
  tensor->dims = keep (self, g_new (int64_t, rank + 1));
  for (gsize i = 0; i < rank; i++) {
    tensor->dims[i] = (int64_t) dims[i];
    n_numbers *= dims[i];
  }

  tensor->has_raw_data = TRUE;
  tensor->raw_data.len = n_numbers * size;
  tensor->raw_data.data = keep (self, g_malloc (MAX (n_numbers * size, 1)));
  for (gsize i = 0; i < n_numbers; i++) {
    float single = (float) numbers[i];
    guint32 single_bits;
    guint64 bits;

    memcpy (&single_bits, &single, sizeof single_bits);
    memcpy (&bits, &numbers[i], sizeof bits);
    put_bits (tensor->raw_data.data + i * size, size == 4 ? single_bits : bits, size);
  }
  g_ptr_array_add (self->tensors, tensor);
}

/* A node on the value so far and on @inputs, which ends in %NULL; the value is then @output. */
static Onnx__NodeProto *
add_node (Writer *self, const char *type, const char *const *inputs, const char *output)
{
  Onnx__NodeProto *node = NEW_MESSAGE (self, Onnx__NodeProto, ONNX__NODE_PROTO__INIT);

  node->op_type = keep_text (self, type);
  node->name = keep_text (self, output);
  node->n_input = 1 + g_strv_length ((char **) inputs);
  node->input = keep (self, g_new (char *, node->n_input));
  node->input[0] = self->value;
  for (gsize i = 1; i < node->n_input; i++)
    node->input[i] = keep_text (self, inputs[i - 1]);
  self->value = keep_text (self, output);
  node->n_output = 1;
  node->output = keep_one (self, self->value);
  g_ptr_array_add (self->nodes, node);

  return node;
}

static Onnx__AttributeProto *
add_attribute (Writer *self, Onnx__NodeProto *node, const char *name, int type)
{
  Onnx__AttributeProto *attribute =
      NEW_MESSAGE (self, Onnx__AttributeProto, ONNX__ATTRIBUTE_PROTO__INIT);

  attribute->name = keep_text (self, name);
  attribute->has_type = TRUE;
  attribute->type = type;
  node->n_attribute = 1;
  node->attribute = keep_one (self, attribute);

  return attribute;
}

/* AttributeProto's own numbers for its kinds. */
#define ATTRIBUTE_FLOAT 1
#define ATTRIBUTE_INT   2

static void
add_scaler (Writer *self, const Re3Model *model)
{
  gsize n_features = re3_model_get_n_features (model);
  g_autofree double *mean = g_new (double, n_features);
  g_autofree double *scale = g_new (double, n_features);

  if (!re3_model_has_scaler (model))
    return;

  for (gsize i = 0; i < n_features; i++) {
    mean[i] = re3_model_get_scaler_mean (model, i);
    scale[i] = re3_model_get_scaler_scale (model, i);
  }
  add_tensor (self, "mean", 1, &n_features, mean);
  add_node (self, "Sub", (const char *[]){ "mean", NULL }, "centred");
  add_tensor (self, "scale", 1, &n_features, scale);
  add_node (self, "Div", (const char *[]){ "scale", NULL }, "scaled");
}

static void
add_affine (Writer *self, const Re3Affine *affine, gsize layer, gboolean is_last)
{
  g_autofree char *weight = g_strdup_printf ("weight%zu", layer + 1);
  g_autofree char *bias = g_strdup_printf ("bias%zu", layer + 1);
  g_autofree char *output = is_last ? g_strdup ("logits") : g_strdup_printf ("z%zu", layer + 1);
  Onnx__NodeProto *node;
  Onnx__AttributeProto *transposed;

  add_tensor (self, weight, 2, (gsize[]){ affine->n_outputs, affine->n_inputs }, affine->weight);
  add_tensor (self, bias, 1, &affine->n_outputs, affine->bias);
  node = add_node (self, "Gemm", (const char *[]){ weight, bias, NULL }, output);
  transposed = add_attribute (self, node, "transB", ATTRIBUTE_INT);
  transposed->has_i = TRUE;
  transposed->i = 1;
}

/* --- Activations ----------------------------------------------------------------------------- */

/* Whether @activation is z where z > 0 and slope z elsewhere. */
static gboolean
is_rectifier (const Re3Activation *activation)
{
  Re3Activation rectifier = re3_activation_rectifier (activation->pieces[0].slope);

  return re3_activation_equal (activation, &rectifier);
}

static gboolean
is_clip (const Re3Activation *activation, double *low, double *high)
{
  double first = activation->thresholds[0];
  const double candidates[][2] = { { first, activation->thresholds[1] },
                                   { first, INFINITY },
                                   { -INFINITY, first } };

  for (gsize i = activation->n_thresholds == 2 ? 0 : 1; i < G_N_ELEMENTS (candidates); i++) {
    Re3Activation clip = re3_activation_clip (candidates[i][0], candidates[i][1]);

    *low = candidates[i][0];
    *high = candidates[i][1];
    if (re3_activation_equal (activation, &clip))
      return TRUE;
  }

  return FALSE;
}

static gboolean
are_equal (const Re3Operation *operation)
{
  for (gsize i = 1; i < operation->n_outputs; i++)
    if (!re3_activation_equal (&operation->activations[i], &operation->activations[0]))
      return FALSE;

  return TRUE;
}

static gboolean
are_rectifiers (const Re3Operation *operation)
{
  for (gsize i = 0; i < operation->n_outputs; i++)
    if (!is_rectifier (&operation->activations[i]))
      return FALSE;

  return TRUE;
}

/* The attribute of LeakyRelu is in single precision whatever the weights are; slopes that do not
 * fit, or differ, stand in a tensor. */
static void
add_rectifier (Writer *self, const Re3Operation *operation, gsize layer, const char *output)
{
  double slope = operation->activations[0].pieces[0].slope;
  g_autofree char *name = g_strdup_printf ("slope%zu", layer + 1);
  g_autofree double *slopes = NULL;

  if (are_equal (operation) && slope == 0) {
    add_node (self, "Relu", (const char *[]){ NULL }, output);
  } else if (are_equal (operation) && fits_float (slope)) {
    Onnx__NodeProto *node = add_node (self, "LeakyRelu", (const char *[]){ NULL }, output);
    Onnx__AttributeProto *alpha = add_attribute (self, node, "alpha", ATTRIBUTE_FLOAT);

    alpha->has_f = TRUE;
    alpha->f = (float) slope;
  } else {
    slopes = g_new (double, operation->n_outputs);
    for (gsize i = 0; i < operation->n_outputs; i++)
      slopes[i] = operation->activations[i].pieces[0].slope;
    add_tensor (self, name, 1, &operation->n_outputs, slopes);
    add_node (self, "PRelu", (const char *[]){ name, NULL }, output);
  }
}

static void
add_clip (Writer *self, double low, double high, gsize layer, const char *output)
{
  g_autofree char *low_name = isinf (low) ? g_strdup ("") : g_strdup_printf ("low%zu", layer + 1);
  g_autofree char *high_name =
      isinf (high) ? g_strdup ("") : g_strdup_printf ("high%zu", layer + 1);

  if (low_name[0] != '\0')
    add_tensor (self, low_name, 0, NULL, &low);
  if (high_name[0] != '\0')
    add_tensor (self, high_name, 0, NULL, &high);
  add_node (self, "Clip", (const char *[]){ low_name, high_name, NULL }, output);
}

static gboolean
add_activation (Writer *self, const Re3Operation *operation, gsize layer, GError **error)
{
  g_autofree char *output = g_strdup_printf ("h%zu", layer + 1);
  double low;
  double high;

  if (are_rectifiers (operation)) {
    add_rectifier (self, operation, layer, output);
    return TRUE;
  }
  if (are_equal (operation) && is_clip (&operation->activations[0], &low, &high)) {
    add_clip (self, low, high, layer, output);
    return TRUE;
  }

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
               _ ("ONNX has no operator for the activation of hidden layer %zu; write the model as "
                  "Re3 JSON."),
               layer + 1);
  return FALSE;
}

/* --- The file -------------------------------------------------------------------------------- */

static gboolean
activations_fit_float (const Re3Operation *operation)
{
  for (gsize i = 0; i < operation->n_outputs; i++) {
    const Re3Activation *activation = &operation->activations[i];

    if (!all_fit_float (activation->thresholds, activation->n_thresholds))
      return FALSE;
    for (gsize j = 0; j <= activation->n_thresholds; j++)
      if (!fits_float (activation->pieces[j].slope) ||
          !fits_float (activation->pieces[j].intercept))
        return FALSE;
  }

  return TRUE;
}

static int
find_type (const Re3Model *model)
{
  const Re3Network *network = re3_model_get_network (model);
  gboolean fits = TRUE;

  for (gsize i = 0; i < re3_model_get_n_features (model); i++)
    fits = fits && fits_float (re3_model_get_scaler_mean (model, i)) &&
           fits_float (re3_model_get_scaler_scale (model, i));
  for (gsize i = 0; i < re3_network_get_n_operations (network) && fits; i++) {
    const Re3Operation *operation = re3_network_get_operation (network, i);

    fits = operation->kind == RE3_OPERATION_AFFINE
               ? all_fit_float (operation->affine->weight,
                                operation->n_inputs * operation->n_outputs) &&
                     all_fit_float (operation->affine->bias, operation->n_outputs)
               : activations_fit_float (operation);
  }

  return fits ? ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT : ONNX__TENSOR_PROTO__DATA_TYPE__DOUBLE;
}

static gboolean
add_network (Writer *self, const Re3Network *network, GError **error)
{
  gsize n_operations = re3_network_get_n_operations (network);
  gsize layer = 0;

  for (gsize i = 0; i < n_operations; i++) {
    const Re3Operation *operation = re3_network_get_operation (network, i);

    if (operation->kind == RE3_OPERATION_AFFINE)
      add_affine (self, operation->affine, layer, i + 1 == n_operations);
    else if (!add_activation (self, operation, layer++, error))
      return FALSE;
  }

  return TRUE;
}

/* A tensor of @width numbers for each sample. */
static Onnx__ValueInfoProto *
make_value_info (Writer *self, const char *name, gsize width)
{
  Onnx__ValueInfoProto *info =
      NEW_MESSAGE (self, Onnx__ValueInfoProto, ONNX__VALUE_INFO_PROTO__INIT);
  Onnx__TypeProto *type = NEW_MESSAGE (self, Onnx__TypeProto, ONNX__TYPE_PROTO__INIT);
  Onnx__TypeProto__Tensor *tensor =
      NEW_MESSAGE (self, Onnx__TypeProto__Tensor, ONNX__TYPE_PROTO__TENSOR__INIT);
  Onnx__TensorShapeProto *shape =
      NEW_MESSAGE (self, Onnx__TensorShapeProto, ONNX__TENSOR_SHAPE_PROTO__INIT);
  Onnx__TensorShapeProto__Dimension **dims =
      keep (self, g_new (Onnx__TensorShapeProto__Dimension *, 2));

  for (gsize i = 0; i < 2; i++)
    dims[i] = NEW_MESSAGE (self, Onnx__TensorShapeProto__Dimension,
                           ONNX__TENSOR_SHAPE_PROTO__DIMENSION__INIT);
  dims[0]->dim_param = keep_text (self, SAMPLES);
  dims[1]->has_dim_value = TRUE;
  dims[1]->dim_value = (int64_t) width;

  shape->n_dim = 2;
  shape->dim = dims;
  tensor->has_elem_type = TRUE;
  tensor->elem_type = self->type;
  tensor->shape = shape;
  type->tensor_type = tensor;
  info->name = keep_text (self, name);
  info->type = type;

  return info;
}

static Onnx__ModelProto *
make_model (Writer *self, const Re3Model *model)
{
  Onnx__ModelProto *proto = NEW_MESSAGE (self, Onnx__ModelProto, ONNX__MODEL_PROTO__INIT);
  Onnx__GraphProto *graph = NEW_MESSAGE (self, Onnx__GraphProto, ONNX__GRAPH_PROTO__INIT);
  Onnx__OperatorSetIdProto *opset =
      NEW_MESSAGE (self, Onnx__OperatorSetIdProto, ONNX__OPERATOR_SET_ID_PROTO__INIT);
  Onnx__StringStringEntryProto *entry =
      NEW_MESSAGE (self, Onnx__StringStringEntryProto, ONNX__STRING_STRING_ENTRY_PROTO__INIT);

  graph->name =
      keep_text (self, re3_model_get_name (model) != NULL ? re3_model_get_name (model) : "network");
  graph->n_node = self->nodes->len;
  graph->node = (Onnx__NodeProto **) self->nodes->pdata;
  graph->n_initializer = self->tensors->len;
  graph->initializer = (Onnx__TensorProto **) self->tensors->pdata;
  graph->n_input = 1;
  graph->input = keep_one (self, make_value_info (self, "input", re3_model_get_n_features (model)));
  graph->n_output = 1;
  graph->output =
      keep_one (self, make_value_info (self, "logits", re3_model_get_n_classes (model)));

  opset->domain = keep_text (self, "");
  opset->has_version = TRUE;
  opset->version = OPSET;
  entry->key = keep_text (self, "re3");
  entry->value = keep (self, re3_model_json_write_description (model));

  proto->has_ir_version = TRUE;
  proto->ir_version = IR_VERSION;
  proto->producer_name = keep_text (self, "re3");
  proto->producer_version = keep_text (self, RE3_VERSION);
  proto->graph = graph;
  proto->n_opset_import = 1;
  proto->opset_import = keep_one (self, opset);
  proto->n_metadata_props = 1;
  proto->metadata_props = keep_one (self, entry);

  return proto;
}

gboolean
re3_model_onnx_write (const Re3Model *model, GFile *file, GError **error)
{
  Writer writer = { 0 };
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (GPtrArray) tensors = g_ptr_array_new ();
  g_autoptr (GPtrArray) memory = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = NULL;
  g_autofree guint8 *bytes = NULL;
  Onnx__ModelProto *proto;
  gsize length;

  g_return_val_if_fail (model != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  writer = (Writer){ find_type (model), NULL, nodes, tensors, memory };
  writer.value = keep_text (&writer, "input");
  add_scaler (&writer, model);
  if (!add_network (&writer, re3_model_get_network (model), error)) {
    name = re3_io_file_get_name (file);
    g_prefix_error (error, "%s: ", name);
    return FALSE;
  }

  proto = make_model (&writer, model);
  length = onnx__model_proto__get_packed_size (proto);
  bytes = g_malloc (length);
  onnx__model_proto__pack (proto, bytes);

  return re3_io_file_replace (file, (const char *) bytes, length, error);
}
