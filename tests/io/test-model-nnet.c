/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-forward.h"
#include "re3-model-nnet.h"

#include <string.h>

#define SIZES  "2,2,1,3,\n2,3,1,\n"
#define LIMITS "0,\n-10,-10,\n10,10,\n"
#define NORMS  "1,2,3,\n2,4,10,\n"
#define FIRST  "1,0,\n0,1,\n1,1,\n0,\n-1,\n0.5,\n"
#define LAST   "1,2,3,\n-1,\n"

static Re3Model *
read_text (const char *text, GError **error)
{
  g_autoptr (Re3ForeignModel) model = re3_model_nnet_parse (text, strlen (text), "m.nnet", error);

  return model != NULL ? re3_foreign_model_build (model, NULL, NULL, error) : NULL;
}

/* x = ((5, 10) - (1, 2)) / (2, 4) = (2, 2); h = (2, 1, 4.5); y = 10 (2 + 2 + 13.5 - 1) + 3 */
static void
test_read (void)
{
  static const char *const texts[] = {
    "// A comment\n// and another, 1, 2\n" SIZES LIMITS NORMS FIRST LAST,
    SIZES LIMITS NORMS FIRST LAST "\n\n",
    "2, 2, 1, 3\r\n2, 3, 1\r\n0\r\n-10, -10\r\n10, 10\r\n1, 2, 3\r\n2, 4, 10\r\n1, 0\r\n0, 1\r\n1, "
    "1\r\n"
    "0\r\n-1\r\n0.5\r\n1, 2, 3\r\n-1",
  };
  const double values[2] = { 5, 10 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (Re3Model) model = read_text (texts[i], &error);
    g_autoptr (Re3Forward) forward = NULL;
    double input[2];

    g_assert_no_error (error);
    for (gsize j = 0; j < 2; j++)
      input[j] = re3_model_scale (model, j, values[j]);
    forward = re3_network_forward (re3_model_get_network (model), input, 1);
    g_assert_cmpfloat (re3_model_get_scaler_mean (model, 1), ==, 2);
    g_assert_cmpfloat (re3_model_get_scaler_scale (model, 1), ==, 4);
    g_assert_cmpfloat (forward->logits[0], ==, 168);
  }
}

static void
test_refuse (void)
{
  static const struct {
    const char *text;
    const char *saying;
  } cases[] = {
    { "", "m.nnet:1: there are 0 numbers (layers, inputs, outputs, widest layer) and not 4" },
    { "// only a comment", "m.nnet:1: there are 0 numbers" },
    { "2,2,1,\n", "m.nnet:1: there are 3 numbers" },
    { "2,2,1,3,4,\n", "m.nnet:1: there are more than 4 numbers" },
    { "two,2,1,3,\n", "m.nnet:1: “two,2,1,3, ” is no number" },
    { "0,2,1,3,\n", "m.nnet:1: number 1 (layers, inputs, outputs, widest layer) is no size" },
    { "2,1e9,1,3,\n2,3,1,\n", "m.nnet:1: number 2 &is no size that fits this file" },
    { "2,-2,1,3,\n2,3,1,\n", "m.nnet:1: number 2 &is no size" },
    { "2,2.5,1,3,\n2,3,1,\n" LIMITS, "m.nnet:1: number 2 &is no size" },
    { "2,2,1,3,\n3,3,1,\n" LIMITS, "do not start with 2 inputs" },
    { SIZES LIMITS "1,2,3,\n2,0,10,\n" FIRST LAST, "range 2 above is not greater than 0" },
    { SIZES LIMITS "1,nan,3,\n", "m.nnet:6: number 2 (means) is not finite" },
    { SIZES LIMITS "1,1e999,3,\n", "m.nnet:6: number 2 (means) is not finite" },
    { SIZES LIMITS NORMS "1,0,\n0,1,\n1,\n0,\n-1,\n0.5,\n" LAST,
      "m.nnet:10: there are 1 numbers (weights) and not 2" },
    { SIZES LIMITS NORMS FIRST "1,2,3,\n", "m.nnet:15: there are 0 numbers (bias) and not 1" },
    { SIZES LIMITS NORMS FIRST, "m.nnet:14: the file ends before the 1 x 3 weights of layer 2" },
    { SIZES LIMITS NORMS FIRST LAST "7,\n", "something stands behind the last layer" },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].text);
    assert_refused (read_text (cases[i].text, &error), &error, cases[i].saying);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-nnet/read", test_read);
  g_test_add_func ("/model-nnet/refuse", test_refuse);

  return g_test_run ();
}
