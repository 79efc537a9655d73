/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"

#include "re3-model-json.h"

#include <string.h>

GFile *
write_file (const char *name, const char *content, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("re3-test-XXXXXX", &error);
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  path = g_build_filename (directory, name, NULL);
  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

void
remove_file (GFile *file)
{
  g_autoptr (GFile) directory = g_file_get_parent (file);
  g_autoptr (GError) error = NULL;

  g_file_delete (file, NULL, &error);
  g_assert_no_error (error);
  g_file_delete (directory, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (file);
}

GByteArray *
load_fixture (const char *name)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("RE3_SOURCE_ROOT"), "tests", "fixtures", name, NULL);
  g_autoptr (GError) error = NULL;
  GByteArray *bytes = g_byte_array_new ();
  g_autofree char *content = NULL;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  g_byte_array_append (bytes, (const guint8 *) content, (guint) length);

  return bytes;
}

GByteArray *
pack (const guint8 *content, gsize length)
{
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);
  g_autoptr (GBytes) bytes = NULL;
  GByteArray *packed = g_byte_array_new ();

  g_assert_true (g_output_stream_write_all (stream, content, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  g_byte_array_append (packed, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));

  return packed;
}

Re3Model *
make_model (gsize n_features, gsize n_classes, const char *names)
{
  g_autoptr (GString) text = g_string_new ("{\"format\": \"re3-model\", \"version\": 1, ");
  g_autoptr (GError) error = NULL;
  Re3Model *model;

  g_string_append (text, names != NULL ? names : "");
  g_string_append (text, "\"layers\": [{\"type\": \"linear\", \"weight\": [");
  for (gsize i = 0; i < n_classes; i++) {
    g_string_append (text, i == 0 ? "[" : ", [");
    for (gsize j = 0; j < n_features; j++)
      g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, j == 0 ? "" : ", ", i + j);
    g_string_append_c (text, ']');
  }
  g_string_append (text, "]}]}");

  model = re3_model_json_parse (text->str, text->len, "model.re3.json", &error);
  g_assert_no_error (error);

  return model;
}

Re3Model *
make_small_model (void)
{
  const char *text =
      "{\"format\": \"re3-model\", \"version\": 1, \"name\": \"small\", "
      "\"features\": [{\"name\": \"a\", \"unit\": \"mm\"}, \"b\"], \"classes\": [\"no\", \"yes\"], "
      "\"scaler\": {\"mean\": [0, 0], \"scale\": [2, 2]}, \"layers\": ["
      "{\"type\": \"linear\", \"weight\": [[1, 0], [0, 1]], \"bias\": [-1, 1]}, "
      "{\"type\": \"relu\"}, "
      "{\"type\": \"linear\", \"weight\": [[1, 0], [-1, 1]], \"bias\": [3, 0]}]}";
  g_autoptr (GError) error = NULL;
  Re3Model *model = re3_model_json_parse (text, strlen (text), "small.re3.json", &error);

  g_assert_no_error (error);

  return model;
}

Re3Dataset *
make_small_dataset (gboolean with_labels)
{
  const double values[2][6] = { { 6, 8, 0, 0, 6, 0 }, { 0, 0, 0, 2, 0, 8 } };
  const int labels[6] = { 0, 1, 1, 1, 0, 0 };
  const guint8 is_test[6] = { 0, 0, 0, 0, 1, 1 };

  return re3_dataset_new (2, 6, 2, g_memdup2 (values, sizeof values),
                          with_labels ? g_memdup2 (labels, sizeof labels) : NULL, NULL,
                          g_memdup2 (is_test, sizeof is_test));
}

void
assert_refused (gconstpointer result, GError **error, const char *saying)
{
  g_auto (GStrv) parts = g_strsplit (saying, "&", -1);

  g_assert_null (result);
  g_assert_nonnull (*error);
  for (gsize i = 0; parts[i] != NULL; i++) {
    if (strstr ((*error)->message, parts[i]) == NULL)
      g_error ("“%s” does not say “%s”", (*error)->message, parts[i]);
  }
  /* A sentence may end in lines of code, which are indented. */
  if (!g_str_has_suffix ((*error)->message, ".") && !g_str_has_suffix ((*error)->message, "?") &&
      strstr ((*error)->message, ":\n    ") == NULL)
    g_error ("“%s” is no sentence", (*error)->message);
  g_clear_error (error);
}
