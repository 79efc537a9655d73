/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-model-file.h"

#include <math.h>
#include <string.h>

#define NOT_INSTALLED 77

/* The file at @text's model written as ONNX, checked by onnx where that is installed, and read. */
static Re3Model *
write_and_read (Re3Model *model)
{
  GFile *file = write_file ("m.onnx", "", 0);
  const char *root = g_getenv ("RE3_SOURCE_ROOT");
  g_autofree char *script = g_build_filename (root, "tests", "io", "check_onnx.py", NULL);
  g_autoptr (GError) error = NULL;
  int status = 0;
  Re3Model *again;

  g_assert_true (re3_model_file_write (model, file, &error));
  g_assert_no_error (error);

  g_spawn_sync (NULL,
                (char *[]){ (char *) "/usr/bin/python3", script, (char *) g_file_peek_path (file),
                            NULL },
                NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  if (g_spawn_check_wait_status (status, &error)) {
    g_test_message ("onnx has checked it");
  } else {
    g_assert_error (error, G_SPAWN_EXIT_ERROR, NOT_INSTALLED);
    g_assert_null (g_getenv ("CI"));
    g_clear_error (&error);
  }

  again = re3_model_file_read (file, NULL, &error);
  g_assert_no_error (error);
  remove_file (file);

  return again;
}

/* The document of @model, in which every number has the digits that give its bits. */
static char *
describe (Re3Model *model)
{
  GFile *file = write_file ("m.re3.json", "", 0);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_true (re3_model_file_write (model, file, &error));
  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  remove_file (file);

  return text;
}

static Re3Model *
read_text (const char *text)
{
  GFile *file = write_file ("m.re3.json", text, -1);
  g_autoptr (GError) error = NULL;
  Re3Model *model = re3_model_file_read (file, NULL, &error);

  g_assert_no_error (error);
  remove_file (file);

  return model;
}

#define HEAD "{\"format\": \"re3-model\", \"version\": 1, "
#define FIRST                                                                                      \
  "{\"type\": \"linear\", \"weight\": [[0.1, -2], [3e-300, 4], [5, -0.0]], \"bias\": [1, 1e300, "  \
  "-1]}"
#define LAST              "{\"type\": \"linear\", \"weight\": [[1, 2, 0.3], [4, 5, 6]], \"bias\": [0.7, 8]}"
#define MODEL(activation) HEAD "\"layers\": [" FIRST ", " activation ", " LAST "]}"

static void
test_round_trip (gconstpointer data)
{
  g_autoptr (Re3Model) model = read_text (data);
  g_autoptr (Re3Model) again = write_and_read (model);
  g_autofree char *before = describe (model);
  g_autofree char *after = describe (again);

  g_assert_cmpstr (before, ==, after);
}

/* Numbers that fit in single precision are written in it, and the file is half as long. */
static void
test_precision (void)
{
  static const char *const biases[] = { "0.5", "0.1" };
  gsize sizes[2];

  for (gsize i = 0; i < 2; i++) {
    g_autofree char *text = g_strdup_printf (
        HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2, 3, 4], [5, 6, 7, 8]], "
             "\"bias\": [%s, 0]}]}",
        biases[i]);
    g_autoptr (Re3Model) model = read_text (text);
    GFile *file = write_file ("m.onnx", "", 0);
    g_autofree char *content = NULL;
    g_autoptr (GError) error = NULL;

    re3_model_file_write (model, file, &error);
    g_file_load_contents (file, NULL, &content, &sizes[i], NULL, &error);
    g_assert_no_error (error);
    remove_file (file);
  }

  g_assert_cmpuint (sizes[1] - sizes[0], ==, (8 + 2) * 4);
}

static void
test_refuse (void)
{
  g_autoptr (Re3Model) model = read_text (MODEL ("{\"type\": \"hard_sigmoid\"}"));
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/m.onnx");
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) plain = read_text (MODEL ("{\"type\": \"relu\"}"));

  g_assert_false (re3_model_file_write (model, file, &error));
  assert_refused (NULL, &error, "m.onnx: ONNX has no operator&hidden layer 1&Re3 JSON");
  g_assert_false (re3_model_file_write (plain, file, &error));
  assert_refused (NULL, &error, "/nowhere/m.onnx: &no such folder");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    const char *text;
  } cases[] = {
    { "relu", MODEL ("{\"type\": \"relu\"}") },
    { "leaky-float", MODEL ("{\"type\": \"leaky_relu\", \"slope\": 0.125}") },
    { "leaky-double", MODEL ("{\"type\": \"leaky_relu\", \"slope\": 0.01}") },
    { "abs", MODEL ("{\"type\": \"abs\"}") },
    { "prelu", MODEL ("{\"type\": \"prelu\", \"slope\": [0.1, 0, 0.25]}") },
    { "relu6", MODEL ("{\"type\": \"relu6\"}") },
    { "clip-low", MODEL ("{\"type\": \"clip\", \"min\": -0.3}") },
    { "clip-high", MODEL ("{\"type\": \"clip\", \"max\": 0.3}") },
    { "linear", HEAD "\"layers\": [" FIRST "]}" },
    { "regression", HEAD "\"name\": \"house\", \"output\": {\"name\": \"price\", \"unit\": \"€\"}, "
                         "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2]]}]}" },
    { "named", HEAD
      "\"name\": \"n\", \"features\": [{\"name\": \"a\", \"unit\": \"cm\"}, \"b\"], "
      "\"classes\": [\"no\", \"yes\"], \"scaler\": {\"mean\": [0.1, -3], \"scale\": [0.7, 2]}, "
      "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2], [3, 4]]}], "
      "\"tests\": [{\"input\": [1, 2], \"logits\": [6, 14], \"tolerance\": 1}]}" },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/model-onnx-writer/", cases[i].name, NULL);

    g_test_add_data_func (path, cases[i].text, test_round_trip);
  }
  g_test_add_func ("/model-onnx-writer/precision", test_precision);
  g_test_add_func ("/model-onnx-writer/refuse", test_refuse);

  return g_test_run ();
}
