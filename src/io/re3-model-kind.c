/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-kind.h"

#include "re3-array.h"
#include "re3-csv-format.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
has_prefix (const GByteArray *head, gsize offset, const char *prefix, gsize length)
{
  return head->len >= offset + length && memcmp (head->data + offset, prefix, length) == 0;
}

static gboolean
is_json (const GByteArray *head)
{
  gsize i = has_prefix (head, 0, "\xef\xbb\xbf", 3) ? 3 : 0;

  while (i < head->len && g_ascii_isspace (head->data[i]))
    i++;

  return i < head->len && (head->data[i] == '{' || head->data[i] == '[');
}

/* A length in 8 bytes, least first, and a JSON object of that length. */
static gboolean
is_safetensors (const GByteArray *head)
{
  guint64 length;

  if (head->len < 9 || head->data[8] != '{')
    return FALSE;

  memcpy (&length, head->data, sizeof length);

  return GUINT64_FROM_LE (length) < 100 * 1024 * 1024;
}

/* Protocol buffers have no magic number, but ONNX files start with their version (field 1, a
 * small number) and go on with another field of the model. */
static gboolean
is_onnx (const GByteArray *head)
{
  /* Producer, its version, domain, version, description, graph and operators. */
  static const guint8 next_fields[] = { 0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42 };

  return head->len >= 3 && head->data[0] == 0x08 && head->data[1] > 0 && head->data[1] < 0x20 &&
         memchr (next_fields, head->data[2], sizeof next_fields) != NULL;
}

/* Any text has lines; a table of data has numbers in one of its columns. */
static gboolean
is_table (const GByteArray *head, gboolean whole, const char *name)
{
  g_autoptr (Re3CsvFormat) format =
      re3_csv_format_detect ((const char *) head->data, head->len, whole, RE3_CSV_GUESS_DELIMITER,
                             RE3_CSV_HEADER_GUESS, name, NULL);

  for (gsize i = 0; format != NULL && i < format->n_columns; i++)
    if (format->is_numeric[i])
      return TRUE;
  return FALSE;
}

Re3ModelKind
re3_model_kind_find (const GByteArray *head, gboolean whole, const char *name)
{
  g_autofree char *unpacked_name = re3_io_get_unpacked_name (name);

  if (head->len == 0)
    return RE3_MODEL_KIND_EMPTY;
  if (is_json (head))
    return RE3_MODEL_KIND_JSON;
  if (has_prefix (head, 0, "PK\x03\x04", 4))
    return RE3_MODEL_KIND_ZIP;
  if (has_prefix (head, 0, "\x89HDF\r\n\x1a\n", 8))
    return RE3_MODEL_KIND_HDF5;
  if (has_prefix (head, 0, "\xff\xfe", 2) || has_prefix (head, 0, "\xfe\xff", 2))
    return RE3_MODEL_KIND_UTF16;
  if (has_prefix (head, 4, "TFL3", 4))
    return RE3_MODEL_KIND_TFLITE;
  if (head->data[0] == 0x80 && head->len > 1 && head->data[1] <= 5)
    return RE3_MODEL_KIND_PICKLE;
  if (is_safetensors (head))
    return RE3_MODEL_KIND_SAFETENSORS;
  if (is_onnx (head))
    return RE3_MODEL_KIND_ONNX;
  if (has_prefix (head, 0, "//", 2) || g_str_has_suffix (unpacked_name, ".nnet"))
    return RE3_MODEL_KIND_NNET;
  /* A file that was cut off, or is damaged, is told as such by the reader that its name promises.
   */
  if (g_str_has_suffix (unpacked_name, ".onnx"))
    return RE3_MODEL_KIND_ONNX;
  if (g_str_has_suffix (unpacked_name, ".safetensors"))
    return RE3_MODEL_KIND_SAFETENSORS;
  if (is_table (head, whole, name) || re3_array_is_array (head->data, head->len))
    return RE3_MODEL_KIND_TABLE;
  return RE3_MODEL_KIND_UNKNOWN;
}

gboolean
re3_has_any_suffix (const char *name, const char *const *suffixes)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);

  for (gsize i = 0; suffixes[i] != NULL; i++) {
    if (g_str_has_suffix (folded, suffixes[i]))
      return TRUE;
  }

  return FALSE;
}

/* Python from here on is not for translation. */
#define TORCH_LINES                                                                                \
  "\n    import torch"                                                                             \
  "\n    model = torch.load(\"model.pt\").eval()"                                                  \
  "\n    torch.onnx.export(model, torch.zeros(1, N_FEATURES), \"model.onnx\")"

#define SKLEARN_LINES                                                                              \
  "\n    import joblib; from export_sklearn import export"                                         \
  "\n    model = joblib.load(\"model.pkl\")"                                                       \
  "\n    export(model, \"model.re3.json\", tests=X_test)"

#define KERAS_LINES                                                                                \
  "\n    import keras; from export_keras import export"                                            \
  "\n    model = keras.models.load_model(\"model.keras\")"                                         \
  "\n    export(model, \"model.re3.json\", tests=X_test)"

const char *
re3_model_kind_refuse (Re3ModelKind kind, const char *name)
{
  static const char *const torch_suffixes[] = { ".pt", ".pth", ".ckpt", NULL };

  switch (kind) {
  case RE3_MODEL_KIND_EMPTY:
    return _ ("the file is empty.");
  case RE3_MODEL_KIND_HDF5:
    return _ ("this is an HDF5 file, such as Keras writes, which Re3 does not read. Three lines of "
              "Python, with export_keras.py of Re3, make a model of it that opens:" KERAS_LINES);
  case RE3_MODEL_KIND_ZIP:
    if (re3_has_any_suffix (name, torch_suffixes))
      return _ (
          "this is a PyTorch file, which can run code when it is opened, so Re3 does not read "
          "it. Three lines of Python make a model of it that opens:" TORCH_LINES);
    if (g_str_has_suffix (name, ".keras"))
      return _ ("this is a Keras archive, which Re3 does not read. Three lines of Python, with "
                "export_keras.py of Re3, make a model of it that opens:" KERAS_LINES);
    return _ ("this is a ZIP archive and no model that Re3 reads; write the model as ONNX or Re3 "
              "JSON.");
  case RE3_MODEL_KIND_PICKLE:
    if (re3_has_any_suffix (name, torch_suffixes))
      return _ (
          "this is a PyTorch file, which can run code when it is opened, so Re3 does not read "
          "it. Three lines of Python make a model of it that opens:" TORCH_LINES);
    return _ ("this is a Python pickle, which can run code when it is opened, so Re3 does not read "
              "it. Three lines of Python, with export_sklearn.py of Re3, make a model of it that "
              "opens:" SKLEARN_LINES);
  case RE3_MODEL_KIND_TFLITE:
    return _ ("this is a TensorFlow Lite model, which Re3 does not read; write the model as ONNX "
              "with tf2onnx.");
  case RE3_MODEL_KIND_UTF16:
    return _ ("this is UTF-16 text; save it as UTF-8.");
  case RE3_MODEL_KIND_TABLE:
    return _ ("this is a table of data and not a model; give the model first, then the data.");
  case RE3_MODEL_KIND_JSON:
  case RE3_MODEL_KIND_ONNX:
  case RE3_MODEL_KIND_NNET:
  case RE3_MODEL_KIND_SAFETENSORS:
  case RE3_MODEL_KIND_UNKNOWN:
  default:
    return _ ("this is no model that Re3 reads; it reads ONNX, Re3 JSON, NNet and safetensors.");
  }
}
