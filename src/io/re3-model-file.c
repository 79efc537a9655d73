/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-model-file.h"

#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-model-json.h"
#include "re3-model-kind.h"
#include "re3-model-nnet.h"
#include "re3-model-onnx.h"
#include "re3-model-safetensors.h"
#include "re3-model-sidecar.h"

#include <glib/gi18n-lib.h>

typedef Re3ForeignModel *(*ParseBytes) (const GByteArray *bytes,
                                        GFile *folder,
                                        const char *name,
                                        GError **error);

static Re3ForeignModel *
parse_onnx (const GByteArray *bytes, GFile *folder, const char *name, GError **error)
{
  return re3_model_onnx_parse (bytes->data, bytes->len, folder, name, error);
}

static Re3ForeignModel *
parse_nnet (const GByteArray *bytes, GFile *folder, const char *name, GError **error)
{
  return re3_model_nnet_parse ((const char *) bytes->data, bytes->len, name, error);
}

static Re3ForeignModel *
parse_safetensors (const GByteArray *bytes, GFile *folder, const char *name, GError **error)
{
  return re3_model_safetensors_parse (bytes->data, bytes->len, name, error);
}

/* The formats that are not Re3's own. */
static const struct {
  Re3ModelKind kind;
  ParseBytes parse;
  gsize max_size;
} formats[] = {
  { RE3_MODEL_KIND_ONNX, parse_onnx, RE3_MODEL_ONNX_MAX_SIZE },
  { RE3_MODEL_KIND_NNET, parse_nnet, RE3_MODEL_NNET_MAX_SIZE },
  { RE3_MODEL_KIND_SAFETENSORS, parse_safetensors, RE3_MODEL_SAFETENSORS_MAX_SIZE },
};

static Re3Model *
read_foreign (GFile *file,
              const GByteArray *bytes,
              ParseBytes parse,
              const char *name,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (Re3ForeignModel) model = NULL;
  g_autofree char *sidecar = NULL;
  g_autofree char *sidecar_name = NULL;

  model = parse (bytes, folder, name, error);
  if (model == NULL || !re3_model_sidecar_load (file, &sidecar, &sidecar_name, cancellable, error))
    return NULL;

  return re3_foreign_model_build (model, sidecar, sidecar_name, error);
}

Re3Model *
re3_model_file_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *name = NULL;
  Re3ModelKind kind;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  stream = re3_io_file_open (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  name = re3_io_file_get_name (file);
  bytes = g_byte_array_new ();
  if (!re3_io_stream_read (stream, bytes, RE3_MODEL_KIND_HEAD_SIZE, name, cancellable, error))
    return NULL;

  /* What follows is from the same stream, which may be a pipe. */
  kind = re3_model_kind_find (bytes, bytes->len < RE3_MODEL_KIND_HEAD_SIZE, name);
  if (kind == RE3_MODEL_KIND_JSON)
    return re3_io_stream_load (stream, bytes, RE3_MODEL_JSON_MAX_SIZE, name, cancellable, error)
               ? re3_model_json_parse ((const char *) bytes->data, bytes->len, name, error)
               : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (kind == formats[i].kind)
      return re3_io_stream_load (stream, bytes, formats[i].max_size, name, cancellable, error)
                 ? read_foreign (file, bytes, formats[i].parse, name, cancellable, error)
                 : NULL;

  g_set_error (error, RE3_IO_ERROR,
               kind == RE3_MODEL_KIND_UNKNOWN || kind == RE3_MODEL_KIND_EMPTY
                   ? RE3_IO_ERROR_FORMAT
                   : RE3_IO_ERROR_UNSUPPORTED,
               "%s: %s", name, re3_model_kind_refuse (kind, name));
  return NULL;
}

gboolean
re3_model_file_write (Re3Model *model, GFile *file, GError **error)
{
  static const char *const json_suffixes[] = { ".json", NULL };
  static const char *const onnx_suffixes[] = { ".onnx", NULL };
  g_autofree char *name = NULL;

  g_return_val_if_fail (model != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  name = re3_io_file_get_name (file);
  if (re3_has_any_suffix (name, json_suffixes))
    return re3_model_json_write (model, file, error);
  if (re3_has_any_suffix (name, onnx_suffixes))
    return re3_model_onnx_write (model, file, error);

  g_set_error (
      error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
      _ ("%s: Re3 writes models as Re3 JSON and as ONNX; let the name end in .re3.json or .onnx."),
      name);
  return FALSE;
}

gboolean
re3_model_file_takes_sidecar (GFile *file)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *name = NULL;
  Re3ModelKind kind;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  /* A pipe can be read only once. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_REGULAR)
    return FALSE;

  name = re3_io_file_get_name (file);
  stream = re3_io_file_open (file, NULL, NULL);
  if (stream == NULL ||
      !re3_io_stream_read (stream, bytes, RE3_MODEL_KIND_HEAD_SIZE, name, NULL, NULL))
    return FALSE;

  kind = re3_model_kind_find (bytes, bytes->len < RE3_MODEL_KIND_HEAD_SIZE, name);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (kind == formats[i].kind)
      return TRUE;

  return FALSE;
}

gboolean
re3_model_file_is_model_name (GFile *file)
{
  static const char *const suffixes[] = { ".json", ".onnx",   ".nnet",   ".safetensors", ".pt",
                                          ".pth",  ".ckpt",   ".h5",     ".hdf5",        ".keras",
                                          ".pkl",  ".pickle", ".joblib", ".tflite",      NULL };
  g_autofree char *name = NULL;
  g_autofree char *unpacked_name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  name = re3_io_file_get_name (file);
  unpacked_name = re3_io_get_unpacked_name (name);

  return re3_has_any_suffix (unpacked_name, suffixes);
}
