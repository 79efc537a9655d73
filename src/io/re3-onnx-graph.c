/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-graph.h"

#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>

static gboolean
is_named (const char *name)
{
  return name != NULL && name[0] != '\0';
}

char *
re3_onnx_graph_describe_node (const Re3OnnxGraph *self, gsize index)
{
  const Onnx__NodeProto *node = self->proto->node[index];
  g_autofree char *quote = NULL;

  if (!is_named (node->name))
    return g_strdup_printf (_ ("%s: node %zu"), self->name, index);

  quote = re3_io_quote (node->name);
  return g_strdup_printf (_ ("%s: node %zu '%s'"), self->name, index, quote);
}

static gboolean
read_opset (Re3OnnxGraph *self, const Onnx__ModelProto *model, GError **error)
{
  for (gsize i = 0; i < model->n_opset_import; i++) {
    const char *domain = model->opset_import[i]->domain;

    if (!is_named (domain) || g_str_equal (domain, "ai.onnx"))
      self->opset = model->opset_import[i]->version;
  }

  /* A file may use the operators of classical machine learning alone. */
  if (self->opset == 0 && model->n_opset_import > 0)
    self->opset = RE3_ONNX_MAX_OPSET;
  if (self->opset >= RE3_ONNX_MIN_OPSET && self->opset <= RE3_ONNX_MAX_OPSET)
    return TRUE;

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
               _ ("%s: it uses version %lld of ONNX's operators; Re3 reads versions "
                  "%d to %d. Export it with opset_version=17."),
               self->name, (long long) self->opset, RE3_ONNX_MIN_OPSET, RE3_ONNX_MAX_OPSET);
  return FALSE;
}

static gboolean
set_twice_error (const Re3OnnxGraph *self, const char *value, GError **error)
{
  g_autofree char *quote = re3_io_quote (value);

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
               _ ("%s: the value '%s' is made twice; export the model again."), self->name, quote);
  return FALSE;
}

static gboolean
index_names (Re3OnnxGraph *self, GError **error)
{
  const Onnx__GraphProto *proto = self->proto;

  for (gsize i = 0; i < proto->n_initializer; i++) {
    const char *name = proto->initializer[i]->name;

    if (is_named (name) &&
        !g_hash_table_insert (self->initializers, (gpointer) name, proto->initializer[i]))
      return set_twice_error (self, name, error);
  }

  for (gsize i = 0; i < proto->n_node; i++) {
    for (gsize j = 0; j < proto->node[i]->n_output; j++) {
      const char *name = proto->node[i]->output[j];

      if (is_named (name) &&
          (g_hash_table_contains (self->initializers, name) ||
           !g_hash_table_insert (self->producers, (gpointer) name, GSIZE_TO_POINTER (i))))
        return set_twice_error (self, name, error);
    }
  }

  return TRUE;
}

/* A node on the way from an output to what it needs. */
typedef struct {
  guint node;
  gsize next_input;
} Step;

typedef enum {
  NODE_NEW,
  NODE_OPEN,
  NODE_DONE,
} NodeState;

static gboolean
find_producer (const Re3OnnxGraph *self, const char *value, guint *node)
{
  gpointer index;

  if (!is_named (value) || !g_hash_table_lookup_extended (self->producers, value, NULL, &index))
    return FALSE;

  *node = GPOINTER_TO_UINT (index);
  return TRUE;
}

/* All that @root needs, depth first, without recursion. */
static gboolean
visit_node (Re3OnnxGraph *self, guint root, guint8 *states, GArray *stack, GError **error)
{
  if (states[root] == NODE_DONE)
    return TRUE;

  states[root] = NODE_OPEN;
  g_array_append_val (stack, ((Step){ root, 0 }));

  while (stack->len > 0) {
    Step *step = &g_array_index (stack, Step, stack->len - 1);
    const Onnx__NodeProto *node = self->proto->node[step->node];
    guint producer;

    if (step->next_input == node->n_input) {
      states[step->node] = NODE_DONE;
      g_array_append_val (self->order, step->node);
      g_array_set_size (stack, stack->len - 1);
      continue;
    }

    if (!find_producer (self, node->input[step->next_input++], &producer) ||
        states[producer] == NODE_DONE)
      continue;

    if (states[producer] == NODE_OPEN) {
      g_autofree char *place = re3_onnx_graph_describe_node (self, producer);

      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                   _ ("%s: it needs its own result: the graph has a cycle, and no network does."),
                   place);
      return FALSE;
    }

    states[producer] = NODE_OPEN;
    g_array_append_val (stack, ((Step){ producer, 0 }));
  }

  return TRUE;
}

static gboolean
sort_nodes (Re3OnnxGraph *self, GError **error)
{
  g_autofree guint8 *states = g_new0 (guint8, self->proto->n_node + 1);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Step));

  for (gsize i = 0; i < self->proto->n_output; i++) {
    guint node;

    if (find_producer (self, self->proto->output[i]->name, &node) &&
        !visit_node (self, node, states, stack, error))
      return FALSE;
  }

  return TRUE;
}

static void
collect_node_inputs (const Re3OnnxGraph *self, GHashTable *used)
{
  for (guint i = 0; i < self->order->len; i++) {
    const Onnx__NodeProto *node = self->proto->node[g_array_index (self->order, guint, i)];

    for (gsize j = 0; j < node->n_input; j++)
      g_hash_table_add (used, node->input[j]);
  }
  for (gsize i = 0; i < self->proto->n_output; i++)
    if (self->proto->output[i]->name != NULL)
      g_hash_table_add (used, self->proto->output[i]->name);
}

/* The one input that is no default of a weight and that an output needs. */
static gboolean
find_input (Re3OnnxGraph *self, GError **error)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;

  collect_node_inputs (self, used);
  for (gsize i = 0; i < self->proto->n_input; i++) {
    const Onnx__ValueInfoProto *input = self->proto->input[i];

    if (is_named (input->name) && g_hash_table_contains (used, input->name) &&
        !g_hash_table_contains (self->initializers, input->name)) {
      if (g_hash_table_contains (self->producers, input->name))
        return set_twice_error (self, input->name, error);
      g_ptr_array_add (names, input->name);
      self->input = input;
    }
  }

  if (names->len == 1)
    return TRUE;

  if (names->len == 0) {
    g_set_error (
        error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
        _ ("%s: no output of this graph depends on an input: there is nothing to explain."),
        self->name);
    return FALSE;
  }

  list = re3_io_join_names ((const char *const *) names->pdata, names->len);
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
               _ ("%s: this model takes %u inputs (%s); Re3 reads models that take one. Export it "
                  "with all features in one tensor."),
               self->name, names->len, list);
  return FALSE;
}

Re3OnnxGraph *
re3_onnx_graph_new (const Onnx__ModelProto *model, const char *name, GFile *folder, GError **error)
{
  g_autoptr (Re3OnnxGraph) self = NULL;

  g_return_val_if_fail (model != NULL && name != NULL, NULL);

  if (model->graph == NULL || model->graph->n_node == 0 || model->graph->n_output == 0) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: this ONNX file has no graph with nodes and an output: it is no network."),
                 name);
    return NULL;
  }

  self = g_new0 (Re3OnnxGraph, 1);
  self->name = name;
  self->folder = folder;
  self->proto = model->graph;
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->initializers = g_hash_table_new (g_str_hash, g_str_equal);
  self->producers = g_hash_table_new (g_str_hash, g_str_equal);

  if (!read_opset (self, model, error) || !index_names (self, error) || !sort_nodes (self, error) ||
      !find_input (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
re3_onnx_graph_free (Re3OnnxGraph *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->order);
  g_hash_table_unref (self->initializers);
  g_hash_table_unref (self->producers);
  g_free (self);
}
