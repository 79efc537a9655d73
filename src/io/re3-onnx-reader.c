/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-reader.h"

#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>

/* A network on more numbers than these has regions that nobody can hold. */
#define MAX_WIDTH (1024 * 1024)

/* What constants and weights may take together, 2 GiB. */
#define MAX_NUMBERS (256 * 1024 * 1024)

static void
value_free (gpointer data)
{
  Re3OnnxValue *value = data;

  g_clear_pointer (&value->constant, re3_onnx_tensor_unref);
  g_free (value);
}

Re3OnnxReader *
re3_onnx_reader_new (const Re3OnnxGraph *graph)
{
  Re3OnnxReader *self = g_new0 (Re3OnnxReader, 1);

  self->graph = graph;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, value_free);
  self->tail = RE3_ONNX_ACTIVATION;
  self->notes = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
re3_onnx_reader_free (Re3OnnxReader *self)
{
  if (self == NULL)
    return;

  re3_network_steps_free (self->steps);
  g_hash_table_unref (self->values);
  g_strfreev (self->classes);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

void
re3_onnx_reader_take_note (Re3OnnxReader *self, char *note)
{
  g_ptr_array_add (self->notes, note);
}

gboolean
re3_onnx_reader_reserve (Re3OnnxReader *self,
                         const Re3OnnxNode *node,
                         gsize n_numbers,
                         GError **error)
{
  if (n_numbers > MAX_NUMBERS - self->n_numbers)
    return re3_onnx_node_refuse (node, error, _ ("makes more numbers than Re3 can hold."));

  self->n_numbers += n_numbers;
  return TRUE;
}

static Re3OnnxValue *
set_value (Re3OnnxReader *self, const char *name, Re3OnnxValue value)
{
  Re3OnnxValue *copy = g_memdup2 (&value, sizeof value);

  g_hash_table_insert (self->values, (gpointer) name, copy);

  return copy;
}

static Re3OnnxValue *
set_constant (Re3OnnxReader *self, const char *name, Re3OnnxTensor *constant)
{
  return set_value (self, name,
                    (Re3OnnxValue){ .kind = RE3_ONNX_CONSTANT,
                                    .constant = constant,
                                    .shape = re3_onnx_shape_of_tensor (constant) });
}

void
re3_onnx_reader_set_constant (Re3OnnxReader *self, const Re3OnnxNode *node, Re3OnnxTensor *constant)
{
  set_constant (self, node->proto->output[0], constant);
}

void
re3_onnx_reader_set_value (Re3OnnxReader *self,
                           const Re3OnnxNode *node,
                           Re3OnnxValueKind kind,
                           const Re3OnnxShape *shape,
                           gsize n_steps)
{
  set_value (self, node->proto->output[0],
             (Re3OnnxValue){ .kind = kind, .shape = *shape, .n_steps = n_steps });
}

/* @is_missing: (out): whether nothing by this name was made so far, which is no error yet */
static Re3OnnxValue *
lookup (Re3OnnxReader *self, const char *name, gboolean *is_missing, GError **error)
{
  Re3OnnxValue *value = g_hash_table_lookup (self->values, name);
  const Onnx__TensorProto *proto;
  g_autofree char *quote = NULL;
  g_autofree char *place = NULL;
  Re3OnnxTensor *tensor;

  *is_missing = FALSE;
  if (value != NULL)
    return value;

  proto = g_hash_table_lookup (self->graph->initializers, name);
  if (proto == NULL) {
    *is_missing = TRUE;
    return NULL;
  }

  quote = re3_io_quote (name);
  place = g_strdup_printf (_ ("%s: tensor '%s'"), self->graph->name, quote);
  tensor = re3_onnx_tensor_read (proto, self->graph->folder, place, error);

  return tensor != NULL ? set_constant (self, name, tensor) : NULL;
}

/* Only the first output of a node is read: others are for training. */
static void
set_missing_error (const Re3OnnxReader *self, const char *name, GError **error)
{
  g_autofree char *quote = re3_io_quote (name);
  g_autofree char *place = NULL;
  gpointer index;

  if (!g_hash_table_lookup_extended (self->graph->producers, name, NULL, &index)) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: there is no value '%s', but a node or an output needs it."),
                 self->graph->name, quote);
    return;
  }

  place = re3_onnx_graph_describe_node (self->graph, GPOINTER_TO_SIZE (index));
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
               _ ("%s: %s gives '%s' as an output that is not supported."), place,
               self->graph->proto->node[GPOINTER_TO_SIZE (index)]->op_type, quote);
}

Re3OnnxValue *
re3_onnx_reader_find (Re3OnnxReader *self, const char *name, GError **error)
{
  gboolean is_missing;
  Re3OnnxValue *value = lookup (self, name, &is_missing, error);

  if (is_missing)
    set_missing_error (self, name, error);

  return value;
}

gboolean
re3_onnx_reader_get_constant (Re3OnnxReader *self,
                              const Re3OnnxNode *node,
                              gsize index,
                              Re3OnnxTensor **constant,
                              GError **error)
{
  const Re3OnnxValue *value;

  *constant = NULL;
  if (index >= node->proto->n_input || node->proto->input[index][0] == '\0')
    return TRUE;

  value = re3_onnx_reader_find (self, node->proto->input[index], error);
  if (value == NULL)
    return FALSE;
  if (value->kind != RE3_ONNX_CONSTANT)
    return re3_onnx_node_refuse (node, error,
                                 _ ("takes a computed value where Re3 reads only a constant."));

  *constant = value->constant;
  return TRUE;
}

static gboolean
check_node (const Re3OnnxNode *node, GError **error)
{
  const char *domain = node->proto->domain;

  if (domain != NULL && domain[0] != '\0' && !g_str_equal (domain, "ai.onnx") &&
      !g_str_equal (domain, RE3_ONNX_ML_DOMAIN)) {
    g_autofree char *quote = re3_io_quote (domain);

    return re3_onnx_node_refuse (node, error, _ ("of the domain “%s” is not supported."), quote);
  }
  if (node->proto->n_output == 0 || node->proto->output[0][0] == '\0')
    return re3_onnx_node_refuse (node, error, _ ("has no output."));

  return TRUE;
}

/* Whether all inputs of @node are constants that are known by now. */
static gboolean
is_constant (Re3OnnxReader *self, const Re3OnnxNode *node, gboolean *constant, GError **error)
{
  *constant = FALSE;
  for (gsize i = 0; i < node->proto->n_input; i++) {
    const Re3OnnxValue *value;
    gboolean is_missing;

    if (node->proto->input[i][0] == '\0')
      continue;
    value = lookup (self, node->proto->input[i], &is_missing, error);
    if (value == NULL)
      return is_missing;
    if (value->kind != RE3_ONNX_CONSTANT)
      return TRUE;
  }
  *constant = TRUE;

  return TRUE;
}

/* The first input of @node that is computed from the samples. */
static gboolean
find_activation (Re3OnnxReader *self,
                 const Re3OnnxNode *node,
                 const Re3OnnxValue **found,
                 GError **error)
{
  *found = NULL;
  for (gsize i = 0; i < node->proto->n_input; i++) {
    const Re3OnnxValue *value;

    if (node->proto->input[i][0] == '\0')
      continue;
    value = re3_onnx_reader_find (self, node->proto->input[i], error);
    if (value == NULL)
      return FALSE;
    if (value->kind == RE3_ONNX_CONSTANT)
      continue;
    if (value->kind == RE3_ONNX_ACTIVATION &&
        value->n_steps != re3_network_steps_get_n_steps (self->steps))
      return re3_onnx_node_refuse (
          node, error,
          _ ("takes a value that other nodes have gone on from: graphs with branches, such as skip "
             "connections, are not supported yet."));
    if (*found == NULL)
      *found = value;
  }

  return TRUE;
}

static gboolean
read_node (Re3OnnxReader *self, const Re3OnnxNode *node, GError **error)
{
  const Re3OnnxValue *input;
  gboolean constant;

  if (!check_node (node, error) || !is_constant (self, node, &constant, error))
    return FALSE;
  if (constant) {
    if (!re3_onnx_reader_fold (self, node, error))
      return FALSE;
    return g_hash_table_contains (self->values, node->proto->output[0]) ||
           re3_onnx_node_refuse (node, error, _ ("is not supported yet."));
  }

  if (!find_activation (self, node, &input, error))
    return FALSE;

  return input->kind != RE3_ONNX_ACTIVATION || re3_onnx_is_tail_operator (node->type)
             ? re3_onnx_reader_add_tail (self, node, input, error)
             : re3_onnx_reader_add_operator (self, node, input, error);
}

typedef gboolean (*ReadNode) (Re3OnnxReader *self, const Re3OnnxNode *node, GError **error);

static gboolean
fold_node (Re3OnnxReader *self, const Re3OnnxNode *node, GError **error)
{
  gboolean constant;

  if (node->proto->n_output == 0 || node->proto->output[0][0] == '\0')
    return TRUE;
  if (!is_constant (self, node, &constant, error))
    return FALSE;

  return !constant || re3_onnx_reader_fold (self, node, error);
}

/* Calls @read for every node that has no value yet. */
static gboolean
for_each_node (Re3OnnxReader *self, ReadNode read, GError **error)
{
  for (guint i = 0; i < self->graph->order->len; i++) {
    guint index = g_array_index (self->graph->order, guint, i);
    const Onnx__NodeProto *proto = self->graph->proto->node[index];
    g_autofree char *place = re3_onnx_graph_describe_node (self->graph, index);
    g_autofree char *type = re3_io_quote (proto->op_type != NULL ? proto->op_type : "?");
    Re3OnnxNode node = { proto, place, type, self->graph->opset };

    if (proto->n_output > 0 && g_hash_table_contains (self->values, proto->output[0]))
      continue;
    if (!re3_onnx_node_check_lists (&node, error) || !read (self, &node, error))
      return FALSE;
  }

  return TRUE;
}

/* How many numbers the constant beside the samples in @node says that each of them has; 0 if it
 * does not say. */
static gsize
guess_width (Re3OnnxReader *self, const Onnx__NodeProto *node)
{
  gboolean is_transposed = FALSE;
  const Re3OnnxValue *value;
  gboolean is_missing;

  if (g_strcmp0 (node->op_type, "Scaler") == 0) {
    Re3OnnxNode scaler = { node, "", "", 0 };
    g_autoptr (Re3OnnxTensor) offset = re3_onnx_node_get_list (&scaler, "offset");

    return offset != NULL && offset->n_values > 1 ? offset->n_values : 0;
  }

  if (node->n_input < 2)
    return 0;
  value = lookup (self, node->input[1], &is_missing, NULL);
  if (value == NULL || value->kind != RE3_ONNX_CONSTANT || value->shape.rank == 0)
    return 0;

  for (gsize i = 0; i < node->n_attribute; i++)
    if (g_strcmp0 (node->attribute[i]->name, "transB") == 0)
      is_transposed = node->attribute[i]->i != 0;

  if (g_strcmp0 (node->op_type, "Gemm") == 0 || g_strcmp0 (node->op_type, "MatMul") == 0)
    return value->shape.rank == 2 ? (gsize) value->shape.dims[is_transposed] : 0;

  return value->shape.dims[value->shape.rank - 1] > 1
             ? (gsize) value->shape.dims[value->shape.rank - 1]
             : 0;
}

/* Follows the input through the nodes until one tells its width. */
static gsize
infer_width (Re3OnnxReader *self)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_add (reached, self->graph->input->name);
  for (guint i = 0; i < self->graph->order->len; i++) {
    const Onnx__NodeProto *node =
        self->graph->proto->node[g_array_index (self->graph->order, guint, i)];
    gsize width;

    if (node->n_input == 0 || node->n_output == 0 ||
        !g_hash_table_contains (reached, node->input[0]))
      continue;
    width = guess_width (self, node);
    if (width > 0)
      return width;
    g_hash_table_add (reached, node->output[0]);
  }

  return 0;
}

static gboolean
refuse_input (const Re3OnnxReader *self, const char *reason, GError **error)
{
  g_autofree char *quote = re3_io_quote (self->graph->input->name);

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED, _ ("%s: the input '%s' %s"),
               self->graph->name, quote, reason);
  return FALSE;
}

static gboolean
read_dims (Re3OnnxReader *self,
           const Onnx__TensorShapeProto *proto,
           Re3OnnxShape *shape,
           gsize *n_open,
           GError **error)
{
  *n_open = 0;
  if (proto->n_dim > RE3_ONNX_MAX_RANK)
    return refuse_input (self, _ ("has more dimensions than Re3 reads."), error);

  shape->rank = proto->n_dim;
  for (gsize i = 0; i < proto->n_dim; i++) {
    gint64 size = proto->dim[i]->has_dim_value ? proto->dim[i]->dim_value : 0;

    if (size < 0)
      return refuse_input (self, _ ("has a dimension whose size is below 0."), error);
    if (i == 0 && size != 1 && (proto->n_dim > 1 || size == 0)) {
      self->n_samples = size;
      size = RE3_ONNX_DIM_SAMPLES;
    }
    *n_open += size == 0;
    shape->dims[i] = size;
  }

  return TRUE;
}

/* The shape of the input, with the samples in its first dimension. */
static gboolean
read_input (Re3OnnxReader *self, GError **error)
{
  const Onnx__TypeProto *type = self->graph->input->type;
  Re3OnnxShape shape = { 2, { RE3_ONNX_DIM_SAMPLES, 0 } };
  gsize n_open = 1;
  gsize width = 1;

  if (type == NULL || type->tensor_type == NULL)
    return refuse_input (self, _ ("is no tensor; Re3 reads models that take one."), error);
  if (type->tensor_type->elem_type == ONNX__TENSOR_PROTO__DATA_TYPE__STRING)
    return refuse_input (self, _ ("takes texts; Re3 reads models that take numbers."), error);
  if (type->tensor_type->shape != NULL && type->tensor_type->shape->n_dim > 0 &&
      !read_dims (self, type->tensor_type->shape, &shape, &n_open, error))
    return FALSE;

  for (gsize i = 0; i < shape.rank && n_open == 1; i++)
    if (shape.dims[i] == 0)
      shape.dims[i] = (gint64) infer_width (self);

  for (gsize i = re3_onnx_shape_has_samples (&shape); i < shape.rank; i++) {
    if (shape.dims[i] == 0)
      return refuse_input (self,
                           _ ("does not say how many features it has, and no node does; export the "
                              "model with an input of a fixed width."),
                           error);
    if (!g_size_checked_mul (&width, width, (gsize) shape.dims[i]) || width > MAX_WIDTH)
      return refuse_input (self, _ ("has more numbers than Re3 can show."), error);
  }

  self->steps = re3_network_steps_new (width);
  set_value (self, self->graph->input->name, (Re3OnnxValue){ RE3_ONNX_ACTIVATION, NULL, shape, 0 });

  return TRUE;
}

/* Whether @value tells of all of the network. The one logit of a sigmoid does: its last step only
 * sets a 0 beside it. */
static gboolean
is_whole (const Re3OnnxReader *self, const Re3OnnxValue *value)
{
  gsize n_steps = re3_network_steps_get_n_steps (self->steps);

  return value->n_steps == n_steps ||
         (value->kind == RE3_ONNX_ACTIVATION && self->tail == RE3_ONNX_POSITIVE &&
          value->n_steps + 1 == n_steps);
}

/* The network has to be all that the outputs tell of. */
static gboolean
check_outputs (Re3OnnxReader *self, GError **error)
{
  gsize n_answers = 0;

  for (gsize i = 0; i < self->graph->proto->n_output; i++) {
    const char *name = self->graph->proto->output[i]->name;
    const Re3OnnxValue *value = re3_onnx_reader_find (self, name != NULL ? name : "", error);
    g_autofree char *quote = re3_io_quote (name != NULL ? name : "");

    if (value == NULL)
      return FALSE;
    if (value->kind == RE3_ONNX_CONSTANT)
      continue;
    if (!is_whole (self, value)) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
                   _ ("%s: the output '%s' is computed on the way to another one; Re3 reads models "
                      "with one answer. Export it with the last one alone."),
                   self->graph->name, quote);
      return FALSE;
    }
    n_answers++;
  }

  if (n_answers > 0)
    return TRUE;

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
               _ ("%s: no output of this graph depends on an input: there is nothing to explain."),
               self->graph->name);
  return FALSE;
}

gboolean
re3_onnx_reader_run (Re3OnnxReader *self, GError **error)
{
  return for_each_node (self, fold_node, error) && read_input (self, error) &&
         for_each_node (self, read_node, error) && check_outputs (self, error);
}
