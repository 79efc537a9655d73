/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-onnx.h"

#include "re3-onnx-message.h"
#include "re3-onnx-reader.h"

/* The key in the file's metadata that Re3's own document stands under. */
#define METADATA_KEY "re3"

static const char *
find_document (const Onnx__ModelProto *model)
{
  for (gsize i = 0; i < model->n_metadata_props; i++)
    if (g_strcmp0 (model->metadata_props[i]->key, METADATA_KEY) == 0)
      return model->metadata_props[i]->value;

  return NULL;
}

static Re3ForeignModel *
read_model (const Onnx__ModelProto *proto, GFile *folder, const char *name, GError **error)
{
  g_autoptr (Re3OnnxGraph) graph = re3_onnx_graph_new (proto, name, folder, error);
  g_autoptr (Re3OnnxReader) reader = NULL;
  Re3ForeignModel *model;

  if (graph == NULL)
    return NULL;

  reader = re3_onnx_reader_new (graph);
  if (!re3_onnx_reader_run (reader, error))
    return NULL;

  model = re3_foreign_model_new (name);
  model->steps = g_steal_pointer (&reader->steps);
  model->classes = g_steal_pointer (&reader->classes);
  model->document = g_strdup (find_document (proto));
  g_ptr_array_extend_and_steal (model->notes, g_steal_pointer (&reader->notes));
  reader->notes = g_ptr_array_new ();

  return model;
}

Re3ForeignModel *
re3_model_onnx_parse (const guint8 *bytes,
                      gsize length,
                      GFile *folder,
                      const char *name,
                      GError **error)
{
  ProtobufCMessage *message;
  Re3ForeignModel *model;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  message = re3_onnx_message_parse (&onnx__model_proto__descriptor, bytes, length, name, error);
  if (message == NULL)
    return NULL;

  model = read_model ((const Onnx__ModelProto *) message, folder, name, error);
  re3_onnx_message_free (message);

  return model;
}
