/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-model-file.h"

#include <string.h>

#define MODEL                                                                                      \
  "{\"format\": \"re3-model\", \"version\": 1, \"layers\": ["                                      \
  "{\"type\": \"linear\", \"weight\": [[1, 2], [3, 4]]}]}"

static Re3Model *
read_content (const char *name, const char *content, gssize length, GError **error)
{
  GFile *file = write_file (name, content, length);
  Re3Model *model = re3_model_file_read (file, NULL, error);

  remove_file (file);

  return model;
}

/* The content decides, not the name. */
static void
test_read (void)
{
  static const char *const names[] = { "m.re3.json", "m.json", "m", "m.onnx", NULL };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; names[i] != NULL; i++) {
    g_autoptr (Re3Model) model = read_content (names[i], MODEL, -1, &error);
    g_autoptr (Re3Model) marked = read_content (names[i], "\xef\xbb\xbf\n " MODEL, -1, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (re3_model_get_n_features (model), ==, 2);
    g_assert_cmpuint (re3_model_get_n_features (marked), ==, 2);
  }
}

/* Longer than the part by which the kind is told. */
static void
test_read_long (void)
{
  g_autofree char *blanks = g_strnfill (1000000, ' ');
  g_autofree char *text = g_strconcat (MODEL, blanks, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = read_content ("m.re3.json", text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (model);
}

static void
test_packed (void)
{
  g_autoptr (GByteArray) model = pack ((const guint8 *) MODEL, strlen (MODEL));
  g_autoptr (GByteArray) table = load_fixture ("packed/table.csv.gz");
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) read =
      read_content ("m.re3.json.gz", (const char *) model->data, model->len, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (re3_model_get_n_features (read), ==, 2);
  assert_refused (read_content ("m.re3.json.gz", (const char *) model->data, model->len - 1,
                                &error),
                  &error, "m.re3.json.gz: &cut off");
  assert_refused (read_content ("table.csv.gz", (const char *) table->data, table->len, &error),
                  &error, "table.csv.gz: &table of data&model first");
}

static void
test_refuse (void)
{
#define BYTES(text) (text), sizeof (text) - 1
  static const struct {
    const char *name;
    const char *content;
    gsize length;
    const char *saying;
  } cases[] = {
    { "m.re3.json", BYTES (""), "m.re3.json: &empty" },
    { "m.onnx",
      BYTES ("\x08\x07\x12\x07pytorch\x1a\x05"
             "1.13"),
      "m.onnx: &cut off" },
    { "cut.onnx", BYTES ("\x08"), "cut.onnx: &cut off" },
    { "m.nnet", BYTES ("// Neural Network File Format by Kyle Julian\n2,2,2,5\n"), "m.nnet:" },
    { "m.safetensors", BYTES ("\x20\0\0\0\0\0\0\0{\"a\":{\"dtype\":\"F32\"}}"),
      "m.safetensors&cut off" },
    { "m.pt", BYTES ("PK\x03\x04\0\0\0\0"), "PyTorch&can run code&torch.onnx.export(model" },
    { "m.pth", BYTES ("\x80\x02\x8a\x0a"), "PyTorch&can run code&torch.onnx.export(model" },
    { "m.keras", BYTES ("PK\x03\x04\0\0\0\0"), "Keras&export_keras.py&export(model" },
    { "m.zip", BYTES ("PK\x03\x04\0\0\0\0"), "ZIP&ONNX or Re3 JSON" },
    { "m.pkl", BYTES ("\x80\x04\x95\0\0"), "pickle&can run code&export_sklearn.py" },
    { "m.h5", BYTES ("\x89HDF\r\n\x1a\n\0\0"), "HDF5&Keras&export_keras.py" },
    { "m.tflite", BYTES ("\x1c\0\0\0TFL3\0"), "TensorFlow Lite&tf2onnx" },
    { "iris.csv", BYTES ("a,b,kind\n1,2,x\n3,4,y\n"), "iris.csv: &table of data&model first" },
    { "m.re3.json", BYTES ("\xff\xfe{\0}\0"), "UTF-16&UTF-8" },
    { "m.txt", BYTES ("just a text\n"), "m.txt: &no model" },
    { "m.bin", BYTES ("\0\1\2\3"), "m.bin: &no model" },
  };
#undef BYTES
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) missing = g_file_new_for_path ("/nowhere/m.re3.json");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (read_content (cases[i].name, cases[i].content, (gssize) cases[i].length,
                                  &error),
                    &error, cases[i].saying);

  assert_refused (re3_model_file_read (missing, NULL, &error), &error,
                  "/nowhere/m.re3.json: &no such file");
}

static void
test_write (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = make_model (3, 2, "\"name\": \"kept\", ");
  g_autoptr (Re3Model) again = NULL;
  g_autoptr (GFile) keras = g_file_new_for_path ("/nowhere/m.h5");
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/m.json");
  GFile *file = write_file ("M.JSON", "old", -1);

  g_assert_true (re3_model_file_write (model, file, &error));
  g_assert_no_error (error);
  again = re3_model_file_read (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (re3_model_get_name (again), ==, "kept");

  g_assert_false (re3_model_file_write (model, keras, &error));
  assert_refused (NULL, &error, "m.h5: &Re3 JSON&ONNX&.re3.json or .onnx");
  g_assert_false (re3_model_file_write (model, nowhere, &error));
  g_assert_true (g_str_has_prefix (error->message, "/nowhere/m.json: "));

  remove_file (file);
}

static void
test_is_model_name (void)
{
  static const struct {
    const char *name;
    gboolean is_model;
  } cases[] = {
    { "iris.re3.json", TRUE }, { "m.ONNX", TRUE },         { "m.nnet", TRUE },
    { "m.pt", TRUE },          { "iris.csv", FALSE },      { "seeds.txt", FALSE },
    { "json", FALSE },         { "spambase.data", FALSE }, { "m.onnx.gz", TRUE },
    { "m.re3.json.GZ", TRUE }, { "iris.csv.gz", FALSE },   { "json.gz", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GFile) file = g_file_new_for_path (cases[i].name);

    g_assert_cmpint (re3_model_file_is_model_name (file), ==, cases[i].is_model);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-file/read", test_read);
  g_test_add_func ("/model-file/read-long", test_read_long);
  g_test_add_func ("/model-file/packed", test_packed);
  g_test_add_func ("/model-file/refuse", test_refuse);
  g_test_add_func ("/model-file/write", test_write);
  g_test_add_func ("/model-file/is-model-name", test_is_model_name);

  return g_test_run ();
}
