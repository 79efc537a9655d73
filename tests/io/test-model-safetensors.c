/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-model-safetensors.h"

#include <string.h>

/* A file of @header and @n_bytes zeros. */
static Re3ForeignModel *
parse (const char *header, gsize n_bytes, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (n_bytes + 1);
  guint64 length = GUINT64_TO_LE ((guint64) strlen (header));

  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  g_byte_array_append (bytes, zeros, (guint) n_bytes);

  return re3_model_safetensors_parse (bytes->data, bytes->len, "m.safetensors", error);
}

#define TENSOR(name, shape, from, to)                                                              \
  "\"" name "\": {\"dtype\": \"F32\", \"shape\": " shape ", \"data_offsets\": [" from ", " to "]}"

#define FIRST  TENSOR ("a.weight", "[3, 2]", "0", "24")
#define BIAS   TENSOR ("a.bias", "[3]", "24", "36")
#define SECOND TENSOR ("b.weight", "[2, 3]", "36", "60")

/* The order is that of the data, and the last layer needs no bias. */
static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3ForeignModel) model = parse ("{" SECOND ", " BIAS ", " FIRST "}", 60, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (re3_network_steps_get_n_inputs (model->steps), ==, 2);
  g_assert_cmpuint (re3_network_steps_get_n_steps (model->steps), ==, 3);
  g_assert_cmpuint (model->notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (model->notes, 0), "in the order a, b, with ReLU"));
}

static void
test_refuse (void)
{
  static const struct {
    const char *header;
    gsize n_bytes;
    const char *saying;
  } cases[] = {
    { "{", 0, "m.safetensors:1: the file ends in the middle of its JSON" },
    { "[]", 0, "m.safetensors: the header is an array" },
    { "{}", 0, "no tensor called “….weight”" },
    { "{\"__metadata__\": {}}", 0, "no tensor called “….weight”" },
    { "{" FIRST "}", 20, "tensor 'a.weight' is not within the file" },
    { "{" FIRST "}", 25, "the file goes on behind its last tensor" },
    { "{" FIRST ", " TENSOR ("a.bias", "[3]", "20", "32") "}", 32,
      "tensor 'a.bias' does not start where the one before it ends" },
    { "{" TENSOR ("a.weight", "[3, 2]", "0", "20") "}", 20,
      "not as many bytes as its shape takes" },
    { "{" TENSOR ("a.weight", "[4294967296, 4294967296, 4]", "0", "0") "}", 0,
      "has a shape that no memory holds" },
    { "{" TENSOR ("a.weight", "[-3, 2]", "0", "24") "}", 24, "has a number that is no size" },
    { "{" TENSOR ("a.weight", "[3, 2]", "24", "0") "}", 24, "is not within the file" },
    { "{\"a.weight\": {\"dtype\": \"I64\", \"shape\": [1, 2], \"data_offsets\": [0, 16]}}", 16,
      "is of a type that Re3 does not read" },
    { "{\"a.weight\": 3}", 0, "tensor 'a.weight' is a number; it must be an object" },
    { "{" FIRST ", " BIAS ", " TENSOR ("bn.running_mean", "[3]", "36", "48") "}", 48,
      "tensor 'bn.running_mean' is no weight or bias of a linear layer&ONNX" },
    { "{" TENSOR ("conv.weight", "[1, 1, 3, 2]", "0", "24") "}", 24, "tensor 'conv.weight' is no" },
    { "{" FIRST ", " TENSOR ("a.bias", "[2]", "24", "32") "}", 32, "tensor 'a.bias' is no weight" },
    { "{" FIRST ", " BIAS ", " TENSOR ("b.weight", "[3, 2]", "36", "60") "}", 60,
      "tensor 'b.weight' takes 2 numbers, but the layer before it gives 3" },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].header);
    assert_refused (parse (cases[i].header, cases[i].n_bytes, &error), &error, cases[i].saying);
  }

  assert_refused (
      re3_model_safetensors_parse ((const guint8 *) "\xff\xff\xff\xff\xff\xff\xff\xff{}", 10,
                                   "m.safetensors", &error),
      &error, "the header is longer than the file");
  assert_refused (re3_model_safetensors_parse ((const guint8 *) "\2\0", 2, "m.safetensors", &error),
                  &error, "the header is longer than the file");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-safetensors/read", test_read);
  g_test_add_func ("/model-safetensors/refuse", test_refuse);

  return g_test_run ();
}
