/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-file.h"

#include "re3-csv-format.h"
#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-model-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Enough of a file to know its kind. */
#define HEAD_SIZE (64 * 1024)

typedef enum {
  KIND_JSON,
  KIND_EMPTY,
  KIND_ONNX,
  KIND_NNET,
  KIND_SAFETENSORS,
  KIND_HDF5,
  KIND_ZIP,
  KIND_PICKLE,
  KIND_TFLITE,
  KIND_UTF16,
  KIND_TABLE,
  KIND_UNKNOWN,
} Kind;

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
  return head->len >= 3 && head->data[0] == 0x08 && head->data[1] > 0 && head->data[1] < 0x20 &&
         (head->data[2] == 0x12 || head->data[2] == 0x1a || head->data[2] == 0x3a ||
          head->data[2] == 0x42);
}

static gboolean
is_table (const GByteArray *head, gboolean whole, const char *name)
{
  g_autoptr (Re3CsvFormat) format = re3_csv_format_detect ((const char *) head->data, head->len,
                                                           whole, RE3_CSV_HEADER_GUESS, name, NULL);

  return format != NULL;
}

static Kind
find_kind (const GByteArray *head, gboolean whole, const char *name)
{
  if (head->len == 0)
    return KIND_EMPTY;
  if (is_json (head))
    return KIND_JSON;
  if (has_prefix (head, 0, "PK\x03\x04", 4))
    return KIND_ZIP;
  if (has_prefix (head, 0, "\x89HDF\r\n\x1a\n", 8))
    return KIND_HDF5;
  if (has_prefix (head, 0, "\xff\xfe", 2) || has_prefix (head, 0, "\xfe\xff", 2))
    return KIND_UTF16;
  if (has_prefix (head, 4, "TFL3", 4))
    return KIND_TFLITE;
  if (head->data[0] == 0x80 && head->len > 1 && head->data[1] <= 5)
    return KIND_PICKLE;
  if (is_safetensors (head))
    return KIND_SAFETENSORS;
  if (is_onnx (head))
    return KIND_ONNX;
  if (has_prefix (head, 0, "//", 2) || g_str_has_suffix (name, ".nnet"))
    return KIND_NNET;
  if (is_table (head, whole, name))
    return KIND_TABLE;
  return KIND_UNKNOWN;
}

static gboolean
has_any_suffix (const char *name, const char *const *suffixes)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);

  for (gsize i = 0; suffixes[i] != NULL; i++) {
    if (g_str_has_suffix (folded, suffixes[i]))
      return TRUE;
  }

  return FALSE;
}

/* What a file is that is no JSON, and how to get from it to a model that opens. */
static const char *
describe_refusal (Kind kind, const char *name)
{
  static const char *const torch_suffixes[] = { ".pt", ".pth", ".ckpt", NULL };

  switch (kind) {
  case KIND_EMPTY:
    return _ ("the file is empty.");
  case KIND_ONNX:
    return _ ("this is an ONNX model, which Re3 does not read yet; write its weights as Re3 JSON.");
  case KIND_NNET:
    return _ ("this is an NNet model, which Re3 does not read yet; write its weights as Re3 JSON.");
  case KIND_SAFETENSORS:
    return _ ("this is a safetensors file, which Re3 does not read yet; write its weights as Re3 "
              "JSON.");
  case KIND_HDF5:
    return _ ("this is an HDF5 file, such as Keras writes, which Re3 does not read; write the "
              "weights as Re3 JSON.");
  case KIND_ZIP:
    if (has_any_suffix (name, torch_suffixes))
      return _ (
          "this is a PyTorch file, which can run code when it is opened, so Re3 does not read "
          "it; write the weights as Re3 JSON from Python.");
    if (g_str_has_suffix (name, ".keras"))
      return _ ("this is a Keras archive, which Re3 does not read; write the weights as Re3 JSON.");
    return _ ("this is a ZIP archive and no model that Re3 reads; write the weights as Re3 JSON.");
  case KIND_PICKLE:
    return _ ("this is a Python pickle, which can run code when it is opened, so Re3 does not read "
              "it; write the weights as Re3 JSON from Python.");
  case KIND_TFLITE:
    return _ ("this is a TensorFlow Lite model, which Re3 does not read; write the weights as Re3 "
              "JSON.");
  case KIND_UTF16:
    return _ ("this is UTF-16 text; save it as UTF-8.");
  case KIND_TABLE:
    return _ ("this is a table of data and not a model; give the model first, then the data.");
  case KIND_JSON:
  case KIND_UNKNOWN:
  default:
    return _ ("this is no model that Re3 reads; it reads Re3 JSON.");
  }
}

Re3Model *
re3_model_file_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray) head = NULL;
  g_autofree char *name = NULL;
  Kind kind;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  stream = re3_io_file_open (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  name = re3_io_file_get_name (file);
  head = g_byte_array_new ();
  if (!re3_io_stream_read (stream, head, HEAD_SIZE, name, cancellable, error))
    return NULL;

  kind = find_kind (head, head->len < HEAD_SIZE, name);
  if (kind == KIND_JSON) {
    /* From the same stream, which may be a pipe. */
    if (!re3_io_stream_load (stream, head, RE3_MODEL_JSON_MAX_SIZE, name, cancellable, error))
      return NULL;
    return re3_model_json_parse ((const char *) head->data, head->len, name, error);
  }

  g_set_error (error, RE3_IO_ERROR,
               kind == KIND_UNKNOWN || kind == KIND_EMPTY ? RE3_IO_ERROR_FORMAT
                                                          : RE3_IO_ERROR_UNSUPPORTED,
               "%s: %s", name, describe_refusal (kind, name));
  return NULL;
}

gboolean
re3_model_file_write (Re3Model *model, GFile *file, GError **error)
{
  static const char *const json_suffixes[] = { ".json", NULL };
  g_autofree char *name = NULL;

  g_return_val_if_fail (model != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  name = re3_io_file_get_name (file);
  if (has_any_suffix (name, json_suffixes))
    return re3_model_json_write (model, file, error);

  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
               _ ("%s: Re3 writes models as Re3 JSON; let the name end in .re3.json."), name);
  return FALSE;
}

gboolean
re3_model_file_is_model_name (GFile *file)
{
  static const char *const suffixes[] = { ".json", ".onnx",   ".nnet",   ".safetensors", ".pt",
                                          ".pth",  ".ckpt",   ".h5",     ".hdf5",        ".keras",
                                          ".pkl",  ".pickle", ".joblib", ".tflite",      NULL };
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  name = re3_io_file_get_name (file);

  return has_any_suffix (name, suffixes);
}
