/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-onnx-node.h"

#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>

gboolean
re3_onnx_node_refuse (const Re3OnnxNode *self, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED, "%s: %s %s", self->place, self->type,
               reason);

  return FALSE;
}

static const Onnx__AttributeProto *
find_attribute (const Re3OnnxNode *self, const char *name)
{
  for (gsize i = 0; i < self->proto->n_attribute; i++)
    if (g_strcmp0 (self->proto->attribute[i]->name, name) == 0)
      return self->proto->attribute[i];

  return NULL;
}

gboolean
re3_onnx_node_check_attributes (const Re3OnnxNode *self, const char *const *names, GError **error)
{
  for (gsize i = 0; i < self->proto->n_attribute; i++) {
    const char *name = self->proto->attribute[i]->name;
    g_autofree char *quote = NULL;

    if (name != NULL && g_strv_contains (names, name))
      continue;

    quote = re3_io_quote (name != NULL ? name : "");
    return re3_onnx_node_refuse (self, error,
                                 _ ("has the attribute “%s”, which Re3 does not read."), quote);
  }

  return TRUE;
}

gboolean
re3_onnx_node_check_lists (const Re3OnnxNode *self, GError **error)
{
  for (gsize i = 0; i < self->proto->n_attribute; i++) {
    const Onnx__AttributeProto *attribute = self->proto->attribute[i];
    g_autofree char *quote = NULL;

    if (attribute->n_floats == 0 || attribute->n_ints == 0)
      continue;

    quote = re3_io_quote (attribute->name != NULL ? attribute->name : "");
    return re3_onnx_node_refuse (
        self, error, _ ("has the attribute “%s” with two lists: floats and integers."), quote);
  }

  return TRUE;
}

gboolean
re3_onnx_node_has (const Re3OnnxNode *self, const char *name)
{
  return find_attribute (self, name) != NULL;
}

gint64
re3_onnx_node_get_int (const Re3OnnxNode *self, const char *name, gint64 missing)
{
  const Onnx__AttributeProto *attribute = find_attribute (self, name);

  return attribute != NULL && attribute->has_i ? attribute->i : missing;
}

double
re3_onnx_node_get_float (const Re3OnnxNode *self, const char *name, double missing)
{
  const Onnx__AttributeProto *attribute = find_attribute (self, name);

  return attribute != NULL && attribute->has_f ? (double) attribute->f : missing;
}

Re3OnnxTensor *
re3_onnx_node_get_list (const Re3OnnxNode *self, const char *name)
{
  const Onnx__AttributeProto *attribute = find_attribute (self, name);
  Re3OnnxTensor *list;
  gboolean is_float;
  gint64 n_values;

  if (attribute == NULL)
    return NULL;

  is_float = attribute->n_floats > 0;
  n_values = (gint64) (is_float ? attribute->n_floats : attribute->n_ints);
  list = re3_onnx_tensor_new (is_float ? ONNX__TENSOR_PROTO__DATA_TYPE__FLOAT
                                       : ONNX__TENSOR_PROTO__DATA_TYPE__INT64,
                              1, &n_values);
  for (gsize i = 0; i < list->n_values; i++)
    list->values[i] = is_float ? (double) attribute->floats[i] : (double) attribute->ints[i];

  return list;
}

GStrv
re3_onnx_node_get_strings (const Re3OnnxNode *self, const char *name)
{
  const Onnx__AttributeProto *attribute = find_attribute (self, name);
  GStrv texts;

  if (attribute == NULL || attribute->n_strings == 0)
    return NULL;

  texts = g_new0 (char *, attribute->n_strings + 1);
  for (gsize i = 0; i < attribute->n_strings; i++)
    texts[i] = g_utf8_make_valid ((const char *) attribute->strings[i].data,
                                  (gssize) attribute->strings[i].len);

  return texts;
}

char *
re3_onnx_node_get_string (const Re3OnnxNode *self, const char *name)
{
  const Onnx__AttributeProto *attribute = find_attribute (self, name);

  if (attribute == NULL || !attribute->has_s)
    return NULL;

  return g_utf8_make_valid ((const char *) attribute->s.data, (gssize) attribute->s.len);
}

const Onnx__TensorProto *
re3_onnx_node_get_tensor (const Re3OnnxNode *self, const char *name)
{
  const Onnx__AttributeProto *attribute = find_attribute (self, name);

  return attribute != NULL ? attribute->t : NULL;
}
