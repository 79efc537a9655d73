/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "onnx-file.h"
#include "re3-model-file.h"
#include "re3-model-onnx.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define N2 ((int[]){ ONNX_SAMPLES, 2, 0 })

static Re3ForeignModel *
parse (const GByteArray *bytes, GError **error)
{
  return re3_model_onnx_parse (bytes->data, bytes->len, NULL, "m.onnx", error);
}

static void
append (GByteArray *bytes, const char *text, gsize length)
{
  g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
}

/* --- Bytes ----------------------------------------------------------------------------------- */

static GByteArray *
make_good_file (void)
{
  g_autoptr (OnnxFile) file = onnx_file_new (13);

  onnx_file_add_input (file, "x", N2);
  onnx_file_add_output (file, "y");
  onnx_file_add_tensor (file, "w", (int[]){ 2, 3, -1 }, "1 2 3 4 5 6");
  onnx_file_add_node (file, "Gemm fc: x w -> y");

  return onnx_file_finish (file);
}

/* A file that is cut off anywhere is refused in a sentence, or is one that says less. */
static void
test_truncated (void)
{
  g_autoptr (GByteArray) bytes = make_good_file ();
  g_autoptr (GError) error = NULL;
  gsize n_refused = 0;

  for (guint length = 0; length < bytes->len; length++) {
    g_autoptr (Re3ForeignModel) model =
        re3_model_onnx_parse (bytes->data, length, NULL, "m.onnx", &error);

    if (model == NULL) {
      assert_refused (model, &error, "m.onnx: ");
      n_refused++;
    }
  }

  /* Only without a part of what follows the graph it still is a network. */
  g_assert_cmpuint (n_refused, >=, bytes->len - 4);
}

static void
test_trailing (void)
{
  static const char *const tails[] = { "\x07", "\x0b", "garbage after the end" };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++) {
    g_autoptr (GByteArray) bytes = make_good_file ();

    append (bytes, tails[i], strlen (tails[i]));
    assert_refused (parse (bytes, &error), &error, "m.onnx: ");
  }
}

/* A graph in an attribute of a node of a graph in an attribute ..., 6666 times: no message of ours
 * holds itself, so these are bytes of a field that is not read, and the innermost node is never
 * met. */
static void
test_deep (void)
{
  /* AttributeProto.g, NodeProto.attribute, GraphProto.node: from the inside out. */
  static const guint fields[] = { 6, 5, 1 };
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) model = g_byte_array_new ();
  g_autoptr (GByteArray) output = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3 * 6666; i++) {
    GByteArray *outer = g_byte_array_new ();

    onnx_put_bytes (outer, fields[i % 3], inner->data, inner->len);
    g_byte_array_unref (inner);
    inner = outer;
  }
  onnx_put_text (output, 1, "y");
  onnx_put_bytes (inner, 12, output->data, output->len);
  onnx_put_number (model, 1, 8);
  onnx_put_bytes (model, 7, inner->data, inner->len);
  assert_refused (parse (model, &error), &error, "version 0 of ONNX's operators");
}

/* Two bytes each, and some hundred in memory. */
static void
test_many_nodes (void)
{
  const gsize n_nodes = 10 * 1000 * 1000;
  g_autoptr (GByteArray) nodes = g_byte_array_sized_new (2 * (guint) n_nodes);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  g_byte_array_set_size (nodes, 2 * (guint) n_nodes);
  for (gsize i = 0; i < n_nodes; i++) {
    nodes->data[2 * i] = 0x0a;
    nodes->data[2 * i + 1] = 0;
  }
  onnx_put_number (bytes, 1, 8);
  onnx_put_bytes (bytes, 7, nodes->data, nodes->len);

  assert_refused (parse (bytes, &error), &error, "m.onnx: &more than 1048576 fields");
}

/* --- Tensors --------------------------------------------------------------------------------- */

/* A tensor called "w" with sizes @dims, which end in 0, and @length bytes of raw data. */
static GByteArray *
make_tensor (const gint64 *dims, guint type, gsize length)
{
  GByteArray *tensor = g_byte_array_new ();
  g_autofree char *data = g_malloc0 (length + 1);

  for (gsize i = 0; dims[i] != 0; i++)
    onnx_put_number (tensor, 1, (guint64) dims[i]);
  onnx_put_number (tensor, 2, type);
  onnx_put_text (tensor, 8, "w");
  onnx_put_bytes (tensor, 9, data, length);

  return tensor;
}

static Re3ForeignModel *
parse_with_tensor (GByteArray *tensor, GFile *folder, GError **error)
{
  g_autoptr (OnnxFile) file = onnx_file_new (13);
  g_autoptr (GByteArray) bytes = NULL;

  onnx_file_add_input (file, "x", N2);
  onnx_file_add_output (file, "y");
  onnx_file_add_message (file, tensor);
  onnx_file_add_node (file, "Gemm fc: x w -> y");
  bytes = onnx_file_finish (file);

  return re3_model_onnx_parse (bytes->data, bytes->len, folder, "m.onnx", error);
}

static void
test_tensors (void)
{
  static const struct {
    gint64 dims[20];
    guint type;
    gsize length;
    const char *saying;
  } cases[] = {
    { { 2, -3 }, 1, 24, "tensor 'w': its dimension 1 has the size -3" },
    { { 2, 3 }, 1, 20, "its shape takes 24 bytes, but it has 20" },
    { { G_MAXINT64, G_MAXINT64 }, 1, 24, "more than 134217728 numbers" },
    { { 4294967296, 4294967296, 2 }, 11, 0, "more than 134217728 numbers" },
    { { 100000000 }, 3, 5, "its shape takes 100000000 bytes, but it has 5" },
    { { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 6 }, 1, 24, "17 dimensions" },
    { { 2, 3 }, 14, 48, "ONNX's data type 14" },
    { { 2, 3 }, 99, 48, "ONNX's data type 99" },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (parse_with_tensor (make_tensor (cases[i].dims, cases[i].type, cases[i].length),
                                       NULL, &error),
                    &error, cases[i].saying);
}

/* --- External data --------------------------------------------------------------------------- */

static void
put_entry (GByteArray *tensor, const char *key, const char *value)
{
  g_autoptr (GByteArray) entry = g_byte_array_new ();

  onnx_put_text (entry, 1, key);
  onnx_put_text (entry, 2, value);
  onnx_put_bytes (tensor, 13, entry->data, entry->len);
}

/* A float64 tensor of shape (2, 3) at @location. @offset, @length: (nullable) */
static GByteArray *
make_external (const char *location, const char *offset, const char *length)
{
  GByteArray *tensor = g_byte_array_new ();

  onnx_put_number (tensor, 1, 2);
  onnx_put_number (tensor, 1, 3);
  onnx_put_number (tensor, 2, 11);
  onnx_put_text (tensor, 8, "w");
  if (location != NULL)
    put_entry (tensor, "location", location);
  if (offset != NULL)
    put_entry (tensor, "offset", offset);
  if (length != NULL)
    put_entry (tensor, "length", length);
  onnx_put_number (tensor, 14, 1);

  return tensor;
}

static void
test_external (void)
{
  static const struct {
    const char *location;
    const char *offset;
    const char *length;
    const char *saying; /* %NULL where it is read */
  } cases[] = {
    { "weights", NULL, NULL, NULL },
    { "weights", "8", "48", NULL },
    { "deeper/weights", NULL, NULL, NULL },
    { "inside", NULL, NULL, NULL },
    { "weights", "16", NULL, "behind the end of “weights”" },
    { "weights", "9223372036854775800", NULL, "behind the end" },
    { "weights", "-8", NULL, "the offset of its external data is no number" },
    { "weights", "99999999999999999999", NULL, "the offset of its external data is no number" },
    { "weights", NULL, "40", "takes 48 bytes, but its external data are 40" },
    { "nothing", NULL, NULL, "“nothing”, which is not beside the model" },
    { "../secret", NULL, NULL, "outside the folder" },
    { "deeper/../../secret", NULL, NULL, "outside the folder" },
    { "/etc/passwd", NULL, NULL, "outside the folder" },
    { "outside", NULL, NULL, "outside the folder" },
    { "out/secret", NULL, NULL, "outside the folder" },
    { "pipe", NULL, NULL, "no regular file" },
    { "deeper", NULL, NULL, "no regular file" },
    { "", NULL, NULL, "does not say in which" },
    { NULL, NULL, NULL, "does not say in which" },
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("re3-test-XXXXXX", &error);
  g_autofree char *secret = g_build_filename (root, "secret", NULL);
  g_autofree char *path = g_build_filename (root, "model", NULL);
  g_autofree char *deeper = g_build_filename (path, "deeper", NULL);
  g_autofree char *weights = g_build_filename (path, "weights", NULL);
  g_autofree char *deeper_weights = g_build_filename (deeper, "weights", NULL);
  g_autofree char *inside = g_build_filename (path, "inside", NULL);
  g_autofree char *outside = g_build_filename (path, "outside", NULL);
  g_autofree char *out = g_build_filename (path, "out", NULL);
  g_autofree char *pipe_path = g_build_filename (path, "pipe", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  double numbers[7] = { 0.5, 1, 2, 3, 4, 5, 6 };
  const char *const made[] = { weights,        inside, outside, out,    pipe_path,
                               deeper_weights, deeper, path,    secret, root };

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (deeper, 0700), ==, 0);
  g_file_set_contents (weights, (const char *) numbers, sizeof numbers, &error);
  g_file_set_contents (deeper_weights, (const char *) numbers, sizeof numbers, &error);
  g_file_set_contents (secret, (const char *) numbers, sizeof numbers, &error);
  g_assert_no_error (error);
  g_assert_cmpint (symlink ("weights", inside), ==, 0);
  g_assert_cmpint (symlink ("../secret", outside), ==, 0);
  g_assert_cmpint (symlink ("..", out), ==, 0);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Re3ForeignModel) model = parse_with_tensor (
        make_external (cases[i].location, cases[i].offset, cases[i].length), folder, &error);

    g_test_message ("%s", cases[i].location);
    if (cases[i].saying != NULL) {
      assert_refused (model, &error, cases[i].saying);
    } else {
      g_assert_no_error (error);
      g_assert_cmpuint (re3_network_steps_get_width (model->steps), ==, 3);
    }
  }
  assert_refused (parse_with_tensor (make_external ("weights", NULL, NULL), NULL, &error), &error,
                  "copy both to a folder");

  for (gsize i = 0; i < G_N_ELEMENTS (made); i++)
    g_assert_cmpint (remove (made[i]), ==, 0);
}

/* --- Networks of a few bytes ------------------------------------------------------------------ */

static void
test_large (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OnnxFile) input = onnx_file_new (13);
  g_autoptr (OnnxFile) square = onnx_file_new (13);
  g_autoptr (OnnxFile) blocks = onnx_file_new (13);

  onnx_file_add_input (input, "x", (int[]){ ONNX_SAMPLES, 2000000000, 2000000000, 0 });
  onnx_file_add_output (input, "y");
  onnx_file_add_node (input, "Relu: x -> y");
  assert_refused (onnx_file_read (input, &error), &error, "more numbers than Re3 can show");

  /* An activation takes what a map gives, here one of 10^12 weights. */
  onnx_file_add_input (square, "x", (int[]){ ONNX_SAMPLES, 1000000, 0 });
  onnx_file_add_output (square, "y");
  onnx_file_add_node (square, "Relu: x -> y");
  assert_refused (onnx_file_read (square, &error), &error, "1000000 to 1000000 numbers");

  /* A matrix for each of 500,000 pieces of a sample. */
  onnx_file_add_input (blocks, "x", (int[]){ ONNX_SAMPLES, 500000, 2, 0 });
  onnx_file_add_output (blocks, "y");
  onnx_file_add_tensor (blocks, "w", (int[]){ 2, 2, -1 }, "1 0 0 1");
  onnx_file_add_node (blocks, "MatMul: x w -> y");
  assert_refused (onnx_file_read (blocks, &error), &error, "more numbers than Re3 can hold");
}

/* An attribute with a float and many integers: none is read as long as the other is. */
static void
test_two_lists (void)
{
  static const char *const nodes[] = {
    "Constant: -> c; value_floats=",
    "ai.onnx.ml/Scaler: x -> c; offset=",
    "Transpose: x -> c; perm=",
  };
  g_autoptr (GString) list = g_string_new ("[0.5");

  for (guint i = 0; i < 10000; i++)
    g_string_append (list, ",1");
  g_string_append_c (list, ']');

  for (gsize i = 0; i < G_N_ELEMENTS (nodes); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (OnnxFile) file = onnx_file_new (13);
    g_autofree char *node = g_strconcat (nodes[i], list->str, NULL);

    onnx_file_add_input (file, "x", (int[]){ ONNX_SAMPLES, ONNX_SAMPLES, 0 });
    onnx_file_add_output (file, "y");
    onnx_file_add_node (file, node);
    onnx_file_add_node (file, "Add: x c -> y");
    assert_refused (onnx_file_read (file, &error), &error, "two lists: floats and integers");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/onnx-safety/truncated", test_truncated);
  g_test_add_func ("/onnx-safety/trailing", test_trailing);
  g_test_add_func ("/onnx-safety/deep", test_deep);
  g_test_add_func ("/onnx-safety/many-nodes", test_many_nodes);
  g_test_add_func ("/onnx-safety/tensors", test_tensors);
  g_test_add_func ("/onnx-safety/external", test_external);
  g_test_add_func ("/onnx-safety/large", test_large);
  g_test_add_func ("/onnx-safety/two-lists", test_two_lists);

  return g_test_run ();
}
