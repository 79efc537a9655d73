/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "onnx-file.h"

#include "re3-model-onnx.h"

#include <string.h>

struct _OnnxFile {
  GByteArray *graph;
  GByteArray *rest;
};

static void
put_varint (GByteArray *message, guint64 number)
{
  do {
    guint8 byte = (guint8) ((number & 0x7f) | (number > 0x7f ? 0x80 : 0));

    g_byte_array_append (message, &byte, 1);
    number >>= 7;
  } while (number > 0);
}

void
onnx_put_number (GByteArray *message, guint field, guint64 number)
{
  put_varint (message, field << 3);
  put_varint (message, number);
}

void
onnx_put_bytes (GByteArray *message, guint field, const void *bytes, gsize length)
{
  put_varint (message, field << 3 | 2);
  put_varint (message, length);
  g_byte_array_append (message, bytes, (guint) length);
}

void
onnx_put_text (GByteArray *message, guint field, const char *text)
{
  onnx_put_bytes (message, field, text, strlen (text));
}

static void
put_float (GByteArray *message, guint field, double number)
{
  float single = (float) number;

  put_varint (message, field << 3 | 5);
  g_byte_array_append (message, (const guint8 *) &single, sizeof single);
}

/* Takes @part. */
static void
put_message (GByteArray *message, guint field, GByteArray *part)
{
  onnx_put_bytes (message, field, part->data, part->len);
  g_byte_array_unref (part);
}

OnnxFile *
onnx_file_new (gint64 opset)
{
  static const char *const domains[] = { "", "ai.onnx.ml" };
  OnnxFile *self = g_new (OnnxFile, 1);

  self->graph = g_byte_array_new ();
  self->rest = g_byte_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++) {
    GByteArray *imported = g_byte_array_new ();

    onnx_put_text (imported, 1, domains[i]);
    onnx_put_number (imported, 2, i == 0 ? (guint64) opset : 1);
    put_message (self->rest, 8, imported);
  }

  return self;
}

void
onnx_file_free (OnnxFile *self)
{
  g_byte_array_unref (self->graph);
  g_byte_array_unref (self->rest);
  g_free (self);
}

void
onnx_file_add_input (OnnxFile *self, const char *name, const int *dims)
{
  GByteArray *shape = g_byte_array_new ();
  GByteArray *tensor = g_byte_array_new ();
  GByteArray *type = g_byte_array_new ();
  GByteArray *input = g_byte_array_new ();

  for (gsize i = 0; dims[i] != 0; i++) {
    GByteArray *dim = g_byte_array_new ();

    if (dims[i] == ONNX_SAMPLES)
      onnx_put_text (dim, 2, "N");
    else
      onnx_put_number (dim, 1, (guint64) dims[i]);
    put_message (shape, 1, dim);
  }
  onnx_put_number (tensor, 1, 1);
  put_message (tensor, 2, shape);
  put_message (type, 1, tensor);
  onnx_put_text (input, 1, name);
  put_message (input, 2, type);
  put_message (self->graph, 11, input);
}

void
onnx_file_add_output (OnnxFile *self, const char *name)
{
  GByteArray *output = g_byte_array_new ();

  onnx_put_text (output, 1, name);
  put_message (self->graph, 12, output);
}

void
onnx_file_add_message (OnnxFile *self, GByteArray *tensor)
{
  put_message (self->graph, 5, tensor);
}

void
onnx_file_add_tensor (OnnxFile *self, const char *name, const int *dims, const char *values)
{
  g_auto (GStrv) words = g_strsplit (values, " ", -1);
  GByteArray *tensor = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();

  for (gsize i = 0; dims[i] >= 0; i++)
    onnx_put_number (tensor, 1, (guint64) dims[i]);
  onnx_put_number (tensor, 2, 11);
  onnx_put_text (tensor, 8, name);
  for (gsize i = 0; words[i] != NULL; i++) {
    double number = g_ascii_strtod (words[i], NULL);

    g_byte_array_append (data, (const guint8 *) &number, sizeof number);
  }
  onnx_put_bytes (tensor, 9, data->data, data->len);
  onnx_file_add_message (self, tensor);
}

void
onnx_file_add_integers (OnnxFile *self, const char *name, const char *values)
{
  g_auto (GStrv) words = g_strsplit (values, " ", -1);
  GByteArray *tensor = g_byte_array_new ();

  onnx_put_number (tensor, 1, g_strv_length (words));
  onnx_put_number (tensor, 2, 7);
  for (gsize i = 0; words[i] != NULL; i++)
    onnx_put_number (tensor, 7, (guint64) g_ascii_strtoll (words[i], NULL, 10));
  onnx_put_text (tensor, 8, name);
  onnx_file_add_message (self, tensor);
}

static GByteArray *
make_attribute (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);
  GByteArray *attribute = g_byte_array_new ();
  const char *value = parts[1];
  gboolean is_list = value[0] == '[';
  g_auto (GStrv) numbers = g_strsplit_set (is_list ? value + 1 : value, ",]", -1);

  onnx_put_text (attribute, 1, parts[0]);
  if (!is_list && !g_ascii_isdigit (value[0]) && value[0] != '-') {
    onnx_put_text (attribute, 4, value);
    return attribute;
  }
  for (gsize i = 0; numbers[i] != NULL && numbers[i][0] != '\0'; i++)
    if (strchr (numbers[i], '.') != NULL)
      put_float (attribute, is_list ? 7 : 2, g_ascii_strtod (numbers[i], NULL));
    else
      onnx_put_number (attribute, is_list ? 8 : 3,
                       (guint64) g_ascii_strtoll (numbers[i], NULL, 10));

  return attribute;
}

static void
put_words (GByteArray *node, guint field, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  /* "_" stands for an input that is left out. */
  for (gsize i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      onnx_put_text (node, field, g_str_equal (words[i], "_") ? "" : words[i]);
}

void
onnx_file_add_node (OnnxFile *self, const char *text)
{
  g_auto (GStrv) halves = g_strsplit (text, ";", 2);
  g_auto (GStrv) parts = g_strsplit (halves[0], ":", 2);
  g_auto (GStrv) head = g_strsplit (parts[0], " ", 2);
  g_auto (GStrv) values = g_strsplit (parts[1], "->", 2);
  const char *slash = strchr (head[0], '/');
  g_auto (GStrv) attributes = g_strsplit (halves[1] != NULL ? halves[1] : "", " ", -1);
  GByteArray *node = g_byte_array_new ();

  put_words (node, 1, values[0]);
  put_words (node, 2, values[1]);
  if (head[1] != NULL)
    onnx_put_text (node, 3, head[1]);
  onnx_put_text (node, 4, slash != NULL ? slash + 1 : head[0]);
  for (gsize i = 0; attributes[i] != NULL; i++)
    if (attributes[i][0] != '\0')
      put_message (node, 5, make_attribute (attributes[i]));
  if (slash != NULL)
    onnx_put_bytes (node, 7, head[0], (gsize) (slash - head[0]));
  put_message (self->graph, 1, node);
}

void
onnx_file_add_metadata (OnnxFile *self, const char *key, const char *value)
{
  GByteArray *entry = g_byte_array_new ();

  onnx_put_text (entry, 1, key);
  onnx_put_text (entry, 2, value);
  put_message (self->rest, 14, entry);
}

GByteArray *
onnx_file_finish (OnnxFile *self)
{
  GByteArray *file = g_byte_array_new ();

  onnx_put_number (file, 1, 8);
  onnx_put_bytes (file, 7, self->graph->data, self->graph->len);
  g_byte_array_append (file, self->rest->data, self->rest->len);

  return file;
}

Re3Model *
onnx_file_read (OnnxFile *self, GError **error)
{
  g_autoptr (GByteArray) bytes = onnx_file_finish (self);
  g_autoptr (Re3ForeignModel) model =
      re3_model_onnx_parse (bytes->data, bytes->len, NULL, "m.onnx", error);

  return model != NULL ? re3_foreign_model_build (model, NULL, NULL, error) : NULL;
}
