/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-forward.h"
#include "re3-json-writer.h"
#include "re3-model-json.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define HEAD       "{\"format\": \"re3-model\", \"version\": 1, "
#define LINEAR_2_2 "{\"type\": \"linear\", \"weight\": [[1, 2], [3, 4]], \"bias\": [5, 6]}"
#define LAYERS     "\"layers\": [" LINEAR_2_2 "]"

/* Of the first neuron of hidden @layer. */
static double
negative_slope (const Re3Network *network, gsize layer)
{
  return re3_network_get_activation (network, layer)->activations[0].pieces[0].slope;
}

static Re3Model *
parse (const char *text, GError **error)
{
  return re3_model_json_parse (text, strlen (text), "m.re3.json", error);
}

static void
test_members (void)
{
  const char *text =
      HEAD "\"name\": \"two \\u00e4\", \"author\": {\"any\": [\"thing\"]},"
           "\"features\": [{\"name\": \"length\", \"unit\": \"cm\", \"more\": 1}, \"weight\"],"
           "\"classes\": [\"no\", \"yes\"],"
           "\"scaler\": {\"mean\": [1, -2], \"scale\": [0.5, 4]}," LAYERS ","
           "\"tests\": [{\"input\": [1.5, 2], \"logits\": [8, 13], \"tolerance\": 0}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = parse (text, &error);
  double worst;

  g_assert_no_error (error);
  g_assert_cmpstr (re3_model_get_name (model), ==, "two ä");
  g_assert_cmpuint (re3_model_get_n_features (model), ==, 2);
  g_assert_cmpstr (re3_model_get_feature_name (model, 0), ==, "length");
  g_assert_cmpstr (re3_model_get_feature_unit (model, 0), ==, "cm");
  g_assert_cmpstr (re3_model_get_feature_name (model, 1), ==, "weight");
  g_assert_null (re3_model_get_feature_unit (model, 1));
  g_assert_cmpstr (re3_model_get_class_name (model, 1), ==, "yes");
  g_assert_cmpfloat (re3_model_get_scaler_mean (model, 1), ==, -2);
  g_assert_cmpfloat (re3_model_get_scaler_scale (model, 0), ==, 0.5);

  /* x = (1, 1): z = (1 + 2 + 5, 3 + 4 + 6). */
  g_assert_cmpuint (re3_model_get_n_tests (model), ==, 1);
  g_assert_true (re3_model_reproduces_tests (model, &worst));
  g_assert_cmpfloat (worst, ==, 0);
}

static void
test_bare (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model =
      parse ("\xef\xbb\xbf \n" HEAD "\"name\": null, \"features\": null, \"scaler\": null, "
             "\"classes\": null, \"tests\": null, \"layers\": "
             "[{\"type\": \"linear\", \"weight\": [[1, 2], [3, 4]]}]}",
             &error);

  g_assert_no_error (error);
  g_assert_null (re3_model_get_name (model));
  g_assert_false (re3_model_has_feature_names (model));
  g_assert_false (re3_model_has_class_names (model));
  g_assert_false (re3_model_has_scaler (model));
  g_assert_cmpstr (re3_model_get_feature_name (model, 1), ==, "x2");
  g_assert_cmpstr (re3_model_get_class_name (model, 0), ==, "0");
}

/* Every type of layer at once, against the same sum by hand. */
static void
test_layers (void)
{
  const char *text =
      HEAD "\"layers\": ["
           "{\"type\": \"flatten\"},"
           "{\"type\": \"batch_norm\", \"mean\": [1, 2], \"var\": [3, 8], \"gamma\": [4, 6],"
           " \"beta\": [0.5, -1], \"eps\": 1},"
           "{\"type\": \"linear\", \"name\": \"first\", \"weight\": [[1, 0], [0, 1], [1, -1]],"
           " \"bias\": [0, 0, 1]},"
           "{\"type\": \"leaky_relu\", \"slope\": 0.25},"
           "{\"type\": \"dropout\", \"p\": 0.5},"
           "{\"type\": \"batch_norm\", \"mean\": [0, 0, 0], \"var\": [0, 0, 0], \"eps\": 0.25},"
           "{\"type\": \"identity\"},"
           "{\"type\": \"linear\", \"weight\": [[1, 1, 1], [1, 0, -1]]},"
           "{\"type\": \"leaky_relu\"},"
           "{\"type\": \"linear\", \"weight\": [[1, 0], [0, 1]], \"bias\": [10, 20]},"
           "{\"type\": \"relu\"},"
           "{\"type\": \"linear\", \"weight\": [[1, 0], [0, 1]]},"
           "{\"type\": \"softmax\", \"dim\": 1}]}";
  const double input[] = { 2, -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = parse (text, &error);
  g_autoptr (Re3Forward) forward = NULL;
  Re3Network *network;

  g_assert_no_error (error);
  network = re3_model_get_network (model);
  g_assert_cmpuint (re3_network_get_n_hidden_layers (network), ==, 3);
  g_assert_cmpfloat (negative_slope (network, 0), ==, 0.25);
  g_assert_cmpfloat (negative_slope (network, 1), ==, 0.01);
  g_assert_cmpfloat (negative_slope (network, 2), ==, 0);

  /* Batch norm: (2 - 1) * 4 / 2 + 0.5 = 2.5 and (-1 - 2) * 6 / 3 - 1 = -7. Linear: 2.5, -7, 10.5.
   * Leaky: 2.5, -1.75, 10.5. Batch norm: twice that, 5, -3.5, 21. Linear: 22.5, -16. Leaky: 22.5,
   * -0.16. Linear: 32.5, 19.84. */
  forward = re3_network_forward (network, input, 1);
  g_assert_cmpfloat_with_epsilon (forward->logits[0], 32.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (forward->logits[1], 19.84, 1e-12);
}

static void
test_refuse (void)
{
  static const struct {
    const char *text;
    const char *saying;
  } cases[] = {
    /* Syntax, with line and column. */
    { "", "m.re3.json:1: &cut off" },
    { "{\"format\": \"re3-model\",\n \"version\": 1,\n", "m.re3.json:3: &cut off" },
    { "{\"format\": \"re3-model\",\n \"version\": one}", "m.re3.json:2: &column 13&“one}”" },
    { "{\"ü\": 1, oops}", "m.re3.json:1: &column 10&oops" },
    { HEAD LAYERS "} trailing", "m.re3.json:1: &trailing" },
    { HEAD LAYERS "}\n{}", "m.re3.json:2: &column 1" },
    { HEAD "\"scaler\": {\"mean\": [NaN, 1]}}", "m.re3.json:1: &finite&NaN" },
    { HEAD "\"scaler\": {\"mean\": [\n-Infinity, 1]}}", "m.re3.json:2: &finite&-Infinity" },
    { "{\"a\": \"\xff\"}", "m.re3.json:1: &column 8&UTF-8" },
    { HEAD "\"name\": \"a\\u0000b\", " LAYERS "}", "m.re3.json:1: &\\u0000" },

    /* What the document is. */
    { "[1, 2]", "an array&re3-model" },
    { "{\"weights\": []}", "no \"format\"" },
    { "{\"format\": 1}", "format is a number" },
    { "{\"format\": \"onnx\", \"version\": 1}", "“onnx”" },
    { "{\"format\": \"re3-model\"}", "version is missing" },
    { "{\"format\": \"re3-model\", \"version\": \"1\"}", "version is a text" },
    { "{\"format\": \"re3-model\", \"version\": 2}", "version is 2&newer Re3" },
    { "{\"format\": \"re3-model\", \"version\": 1.5}", "version is 1.5" },
    { HEAD "\"classes\": [\"a\", \"b\"]}", "no \"layers\"&another file" },
    { HEAD "\"name\": 1, \"name\": 2, " LAYERS "}", "name is there twice" },
    { HEAD "\"layers\": [{\"type\": \"relu\"}, {\"type\": \"relu\", \"type\": \"linear\"}]}",
      "layers[1].type is there twice" },

    /* Layers. */
    { HEAD "\"layers\": {}}", "layers is an object; it must be an array" },
    { HEAD "\"layers\": []}", "no layer of type “linear”" },
    { HEAD "\"layers\": [{\"type\": \"relu\"}]}", "no layer of type “linear”" },
    { HEAD "\"layers\": [1, " LINEAR_2_2 "]}", "layers[0] is a number; it must be an object" },
    { HEAD "\"layers\": [{\"weight\": 1}, " LINEAR_2_2 "]}", "layers[0].type is missing" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"conv2d\"}]}",
      "layers[1]&“conv2d”&linear, batch_norm&relu, leaky_relu" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"Linear\"}]}", "layers[1]&“Linear”" },
    { HEAD "\"layers\": [{\"type\": \"linear\"}]}", "layers[0].weight is missing" },
    { HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": []}]}", "layers[0].weight is empty" },
    { HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[]]}]}",
      "layers[0].weight[0] has 0 numbers" },
    { HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [1, 2]}]}",
      "layers[0].weight[0] is a number; it must be an array" },
    { HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2], [3]]}]}",
      "layers[0].weight[1] has 1 numbers, not 2" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"linear\", \"weight\": [[1, 2, 3]]}]}",
      "layers[1].weight[0] has 3 numbers, not 2" },
    { HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2], [3, \"4\"]]}]}",
      "layers[0].weight[1][1] is a text; it must be a number" },
    { HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2], [null, 4]]}]}",
      "layers[0].weight[1][0] is null" },
    { HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 1e999], [3, 4]]}]}",
      "layers[0].weight[0][1] is too large" },
    { HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2], [3, 4]], \"bias\": [1]}]}",
      "layers[0].bias has 1 numbers, not 2" },
    { HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2], [3, 4]], "
           "\"activation\": \"relu\"}]}",
      "layers[0] has a member “activation”" },
    { HEAD "\"layers\": [{\"type\": \"softmax\"}, " LINEAR_2_2 "]}", "layers[0] is a softmax" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"relu\"}]}", "m.re3.json: &activation" },
    { HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2]]}, {\"type\": \"softmax\"}]}",
      "softmax of one output" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"sigmoid\"}]}", "layers[1]: &2 outputs" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"tanh\"}, " LINEAR_2_2 "]}",
      "layers[1]: tanh is not piecewise linear&relu" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"sigmoid\"}, " LINEAR_2_2 "]}",
      "layers[1]: sigmoid is not piecewise linear" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"clip\"}, " LINEAR_2_2 "]}",
      "layers[1] has the bounds -inf and inf" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"hardtanh\", \"min\": 2}, " LINEAR_2_2 "]}",
      "layers[1] has the bounds 2 and 1" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"prelu\", \"slope\": [1]}, " LINEAR_2_2 "]}",
      "layers[1].slope has 1 numbers, not 2" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"piecewise_linear\", \"thresholds\": [1], "
           "\"slopes\": [0, 0], \"intercepts\": [0, 1]}, " LINEAR_2_2 "]}",
      "layers[1]: &jumps from 0 to 1 at its threshold 1" },
    { HEAD "\"layers\": [" LINEAR_2_2
           ", {\"type\": \"piecewise_linear\", \"neurons\": [{}]}, " LINEAR_2_2 "]}",
      "layers[1].neurons has 1 functions, not 2" },
    { HEAD "\"layers\": [" LINEAR_2_2
           ", {\"type\": \"piecewise_linear\", \"thresholds\": []}, " LINEAR_2_2 "]}",
      "layers[1].slopes" },
    { HEAD "\"task\": \"ranking\", " LAYERS "}", "task is “ranking”" },
    { HEAD "\"task\": \"regression\", \"classes\": [\"a\", \"b\"], " LAYERS "}",
      "names classes, but it is a regression network" },
    { HEAD "\"task\": \"classification\", \"outputs\": [\"a\", \"b\"], " LAYERS "}",
      "names outputs" },
    { HEAD
      "\"task\": \"classification\", \"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2]]}]}",
      "m.re3.json: &for classification&one output" },
    { HEAD "\"output\": \"a\", " LAYERS "}", "names 1 outputs, but its network has 2" },
    { HEAD "\"task\": \"regression\", \"layers\": [" LINEAR_2_2 ", {\"type\": \"softmax\"}]}",
      "makes probabilities" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"leaky_relu\", \"slope\": 1e200}, "
           "{\"type\": \"leaky_relu\", \"slope\": 1e200}, " LINEAR_2_2 "]}",
      "layers[2]: &too large" },
    { HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"leaky_relu\", \"slope\": \"a\"}]}",
      "layers[1].slope is a text" },
    { HEAD "\"layers\": [{\"type\": \"batch_norm\", \"mean\": [1, 2], \"var\": [1, -1],"
           "\"eps\": 0.1}, " LINEAR_2_2 "]}",
      "layers[0].var[1]" },
    { HEAD "\"layers\": [{\"type\": \"batch_norm\", \"mean\": [1, 2], \"var\": [1, 0],"
           "\"eps\": 0}, " LINEAR_2_2 "]}",
      "layers[0].var[1]" },
    { HEAD "\"layers\": [{\"type\": \"batch_norm\", \"mean\": [1, 2], \"var\": [1, 1]}, " LINEAR_2_2
           "]}",
      "layers[0].eps is missing" },

    /* The other members. */
    { HEAD "\"name\": 7, " LAYERS "}", "name is a number; it must be a text" },
    { HEAD "\"features\": \"a\", " LAYERS "}", "features is a text; it must be an array" },
    { HEAD "\"features\": [\"a\", 2], " LAYERS "}", "features[1] is a number" },
    { HEAD "\"features\": [\"a\", {\"unit\": \"cm\"}], " LAYERS "}",
      "features[1].name is missing" },
    { HEAD "\"features\": [\"a\", {\"name\": \"b\", \"unit\": 1}], " LAYERS "}",
      "features[1].unit is a number" },
    { HEAD "\"features\": [\"a\"], " LAYERS "}", "m.re3.json: &1 features&2" },
    { HEAD "\"features\": [\"a\", \"a\"], " LAYERS "}", "features&“a”" },
    { HEAD "\"classes\": [\"a\", null], " LAYERS "}", "classes[1] is null; it must be a text" },
    { HEAD "\"classes\": [\"a\", \"b\", \"c\"], " LAYERS "}", "m.re3.json: &3 classes&2" },
    { HEAD "\"scaler\": [], " LAYERS "}", "scaler is an array; it must be an object" },
    { HEAD "\"scaler\": {\"mean\": [0, 0]}, " LAYERS "}", "scaler.scale is missing" },
    { HEAD "\"scaler\": {\"mean\": [0], \"scale\": [1, 1]}, " LAYERS "}", "scaler.mean has 1" },
    { HEAD "\"scaler\": {\"mean\": [0, 0], \"scale\": [1, 0]}, " LAYERS "}", "m.re3.json: &scale" },
    { HEAD "\"scaler\": {\"mean\": [0, 0], \"scale\": [1, 1], \"min\": [0, 0]}, " LAYERS "}",
      "scaler has a member “min”" },
    { HEAD "\"tests\": [{\"input\": [1], \"logits\": [1, 2], \"tolerance\": 1}], " LAYERS "}",
      "tests[0].input has 1 numbers, not 2" },
    { HEAD "\"tests\": [{\"input\": [1, 2], \"logits\": [1, 2]}], " LAYERS "}",
      "tests[0].tolerance is missing" },
    { HEAD "\"tests\": [{\"input\": [1, 2], \"logits\": [1, 2], \"tolerance\": -1}], " LAYERS "}",
      "tests[0].tolerance is below 0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    assert_refused (parse (cases[i].text, &error), &error, cases[i].saying);
  }
}

/* Every activation reads as the function that it is called after, and is written so that it reads
 * the same again. */
static void
test_activations (void)
{
  static const struct {
    const char *layer;
    double z[4];
    double h[4];
  } cases[] = {
    { "\"relu\"", { -2, 0, 0.5, 7 }, { 0, 0, 0.5, 7 } },
    { "\"abs\"", { -2, 0, 0.5, 7 }, { 2, 0, 0.5, 7 } },
    { "\"relu6\"", { -2, 0, 0.5, 7 }, { 0, 0, 0.5, 6 } },
    { "\"leaky_relu\"", { -2, 0, 0.5, 7 }, { -0.02, 0, 0.5, 7 } },
    { "\"prelu\", \"slope\": -0.5", { -2, 0, 0.5, 7 }, { 1, 0, 0.5, 7 } },
    { "\"prelu\", \"slope\": [0.25, 4]", { -2, 0, 0.5, 7 }, { -0.5, 0, 0.5, 7 } },
    { "\"hardtanh\"", { -2, 0, 0.5, 7 }, { -1, 0, 0.5, 1 } },
    { "\"hardtanh\", \"min\": -1.5, \"max\": 5", { -2, 0, 0.5, 7 }, { -1.5, 0, 0.5, 5 } },
    { "\"clip\", \"min\": 0.5", { -2, 0, 0.75, 7 }, { 0.5, 0.5, 0.75, 7 } },
    { "\"clip\", \"max\": 0.5", { -2, 0, 0.75, 7 }, { -2, 0, 0.5, 0.5 } },
    { "\"hard_sigmoid\"", { -4, 0, 1.5, 7 }, { 0, 0.5, 0.75, 1 } },
    { "\"hard_sigmoid\", \"slope\": 0.25", { -4, 0, 1, 7 }, { 0, 0.5, 0.75, 1 } },
    { "\"piecewise_linear\", \"thresholds\": [0, 1], \"slopes\": [-1, 2, 0], "
      "\"intercepts\": [0, 0, 2]",
      { -2, 0, 0.5, 7 },
      { 2, 0, 1, 2 } },
    { "\"piecewise_linear\", \"neurons\": [{\"thresholds\": [0], \"slopes\": [3, 2], "
      "\"intercepts\": [0, 0]}, {\"thresholds\": [0, 1], \"slopes\": [1, 1, 0], \"intercepts\": "
      "[0, 0, 1]}]",
      { -2, 0, 0.5, 7 },
      { -6, 0, 1, 14 } },
  };
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("re3-XXXXXX.re3.json", &stream, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        g_strdup_printf (HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[1], [1]]}, "
                              "{\"type\": %s}, {\"type\": \"linear\", \"weight\": [[1, 0]]}]}",
                         cases[i].layer);
    g_autoptr (Re3Model) model = parse (text, &error);
    g_autoptr (Re3Model) again = NULL;

    g_assert_no_error (error);
    g_assert_true (re3_model_json_write (model, file, &error));
    g_assert_no_error (error);
    again = re3_model_json_read (file, NULL, &error);
    g_assert_no_error (error);
    for (gsize j = 0; j < 4; j++) {
      g_autoptr (Re3Forward) forward =
          re3_network_forward (re3_model_get_network (model), &cases[i].z[j], 1);

      g_assert_cmpfloat_with_epsilon (forward->logits[0], cases[i].h[j], 1e-15);
    }
    for (gsize neuron = 0; neuron < 2; neuron++)
      g_assert_true (re3_activation_equal (
          &re3_network_get_activation (re3_model_get_network (model), 0)->activations[neuron],
          &re3_network_get_activation (re3_model_get_network (again), 0)->activations[neuron]));
  }
  g_file_delete (file, NULL, NULL);
}

static void
test_regression (void)
{
  const char *one = HEAD "\"output\": {\"name\": \"price\", \"unit\": \"k$\"}, "
                         "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2]]}]}";
  const char *unnamed = HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[1, 2]]}]}";
  const char *two = HEAD "\"task\": \"regression\", " LAYERS "}";
  const char *binary = HEAD "\"classes\": [\"no\", \"yes\"], \"layers\": [{\"type\": \"linear\", "
                            "\"weight\": [[1, 2]]}, {\"type\": \"sigmoid\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) price = parse (one, &error);
  g_autoptr (Re3Model) plain = parse (unnamed, &error);
  g_autoptr (Re3Model) pair = parse (two, &error);
  g_autoptr (Re3Model) classifier = parse (binary, &error);
  g_autoptr (Re3Forward) forward = NULL;
  double input[] = { 3, 4 };

  g_assert_no_error (error);
  g_assert_true (re3_model_is_regression (price));
  g_assert_cmpstr (re3_model_get_class_name (price, 0), ==, "price");
  g_assert_cmpstr (re3_model_get_output_unit (price, 0), ==, "k$");
  g_assert_true (re3_model_is_regression (plain));
  g_assert_cmpstr (re3_model_get_class_name (plain, 0), ==, "y");
  g_assert_null (re3_model_get_output_unit (plain, 0));
  g_assert_true (re3_model_is_regression (pair));
  g_assert_cmpstr (re3_model_get_class_name (pair, 1), ==, "y2");

  g_assert_false (re3_model_is_regression (classifier));
  g_assert_cmpuint (re3_model_get_n_classes (classifier), ==, 2);
  forward = re3_network_forward (re3_model_get_network (classifier), input, 1);
  g_assert_cmpfloat (forward->logits[0], ==, 0);
  g_assert_cmpfloat (forward->logits[1], ==, 11);
}

/* cJSON gives up below a depth instead of running out of stack. */
static void
test_deep (void)
{
  g_autofree char *brackets = g_strnfill (1000000, '[');
  g_autoptr (GError) error = NULL;

  assert_refused (parse (brackets, &error), &error, "m.re3.json:1: ");
}

/* A few rows of one file must not ask for the memory of a square of them. */
static void
test_ragged (void)
{
  g_autoptr (GString) text =
      g_string_new (HEAD "\"layers\": [{\"type\": \"linear\", \"weight\": [[0");
  g_autoptr (GError) error = NULL;

  for (gsize i = 1; i < 200000; i++)
    g_string_append (text, ",0");
  g_string_append (text, "]");
  for (gsize i = 1; i < 200000; i++)
    g_string_append (text, ",[]");
  g_string_append (text, "]}]}");

  assert_refused (parse (text->str, &error), &error,
                  "layers[0].weight[1] has 0 numbers, not 200000");
}

static void
test_too_large (void)
{
  g_autofree char *blanks = g_strnfill (RE3_MODEL_JSON_MAX_SIZE + 1, ' ');
  GFile *file = write_file ("big.re3.json", blanks, -1);
  g_autoptr (GError) error = NULL;

  assert_refused (re3_model_json_read (file, NULL, &error), &error, "big.re3.json: &MiB");
  remove_file (file);
}

static double
random_double (GRand *random)
{
  double value;

  do {
    guint64 bits = ((guint64) g_rand_int (random) << 32) | g_rand_int (random);

    memcpy (&value, &bits, sizeof value);
  } while (!isfinite (value) || fabs (value) > 1e100);

  return value;
}

/* A document with numbers of any bits, in @text; they are also stored in @values. */
static void
make_document (GString *text, GRand *random, double *values)
{
  gsize n = 0;

  g_string_append (text, HEAD "\"name\": \"a \\\"b\\\"\\n\", \"features\": [\"p\", \"q\"], "
                              "\"classes\": [\"\\u00fc\", \"w\", \"v\"], \"layers\": "
                              "[{\"type\": \"linear\", \"weight\": [[");
  for (gsize i = 0; i < 3; i++) {
    for (gsize j = 0; j < 2; j++) {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      values[n] = random_double (random);
      g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.17g", values[n]));
      g_string_append (text, j == 0 ? ", " : i < 2 ? "], [" : "]]");
      n++;
    }
  }
  g_string_append (text, ", \"bias\": [-0, 1e-300, 0.1]}, {\"type\": \"leaky_relu\", \"slope\": "
                         "0.3}, {\"type\": \"linear\", \"weight\": [[1, 0, 0], [0, 1, 0], [0, 0, "
                         "1]]}], \"tests\": [{\"input\": [1, 2], \"logits\": [0.1, 0.2, 0.3], "
                         "\"tolerance\": 0.5}]}");
}

static void
test_round_trip (void)
{
  GRand *random = g_rand_new_with_seed (11);

  for (gsize round = 0; round < 200; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (Re3Model) model = NULL;
    g_autoptr (Re3Model) again = NULL;
    g_autofree char *written = NULL;
    g_autofree char *rewritten = NULL;
    GFile *file = write_file ("m.re3.json", "", 0);
    double values[6];
    const Re3Affine *map;
    const double bias[] = { -0.0, 1e-300, 0.1 };

    make_document (text, random, values);
    model = parse (text->str, &error);
    g_assert_no_error (error);

    g_assert_true (re3_model_json_write (model, file, &error));
    g_assert_no_error (error);
    again = re3_model_json_read (file, NULL, &error);
    g_assert_no_error (error);

    map = re3_network_get_affine (re3_model_get_network (again), 0);
    g_assert_cmpmem (map->weight, sizeof values, values, sizeof values);
    g_assert_cmpmem (map->bias, sizeof bias, bias, sizeof bias);
    g_assert_cmpstr (re3_model_get_name (again), ==, "a \"b\"\n");
    g_assert_cmpstr (re3_model_get_class_name (again, 0), ==, "ü");
    g_assert_cmpfloat (negative_slope (re3_model_get_network (again), 0), ==, 0.3);
    g_assert_cmpuint (re3_model_get_n_tests (again), ==, 1);

    /* What is written again is the same to the byte. */
    g_assert_true (g_file_load_contents (file, NULL, &written, NULL, NULL, &error));
    g_assert_true (re3_model_json_write (again, file, &error));
    g_assert_true (g_file_load_contents (file, NULL, &rewritten, NULL, NULL, &error));
    g_assert_cmpstr (written, ==, rewritten);
    remove_file (file);
  }

  g_rand_free (random);
}

#define GROUPED HEAD "\"features\": [\"red\", \"green\"], \"groups\": [%s]," LAYERS "}"

static void
test_groups (void)
{
  g_autofree char *text =
      g_strdup_printf (GROUPED, "{\"name\": \"colour\", \"features\": [\"green\", \"red\"]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = parse (text, &error);
  g_autoptr (Re3Model) again = NULL;
  g_autofree char *description = NULL;
  GFile *file = write_file ("m.re3.json", "", 0);
  const Re3FeatureGroup *group;

  g_assert_no_error (error);
  g_assert_true (re3_model_json_write (model, file, &error));
  again = re3_model_json_read (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_model_get_groups (again)->len, ==, 1);
  group = g_ptr_array_index (re3_model_get_groups (again), 0);
  g_assert_cmpstr (group->name, ==, "colour");
  g_assert_cmpuint (group->n_features, ==, 2);
  g_assert_cmpuint (group->features[0], ==, 1);
  g_assert_cmpuint (group->features[1], ==, 0);

  /* A sidecar says it too. */
  description = re3_model_json_write_description (model);
  g_assert_nonnull (strstr (description, "\"groups\""));
  remove_file (file);
}

static void
test_groups_refused (void)
{
  static const char *const bad[][2] = {
    { "7", "groups[0] is a number" },
    { "{\"name\": \"colour\"}", "groups[0].features is missing" },
    { "{\"features\": [\"red\", \"green\"]}", "groups[0].name is missing" },
    { "{\"name\": \"c\", \"features\": [\"red\", 1]}", "groups[0].features[1] is a number" },
    { "{\"name\": \"c\", \"features\": [\"red\", \"blue\"]}", "“blue”, which is no feature" },
    { "{\"name\": \"c\", \"features\": [\"red\", \"green\"], \"or\": 1}", "groups[0]&or" },
    { "{\"name\": \"c\", \"features\": [\"red\", \"green\"]}, "
      "{\"name\": \"d\", \"features\": [\"red\", \"green\"]}",
      "“red”, which is in a group already" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *text = g_strdup_printf (GROUPED, bad[i][0]);
    g_autoptr (GError) error = NULL;

    assert_refused (parse (text, &error), &error, bad[i][1]);
  }
}

/* What is always below the bound that follows becomes a constant, without any threshold. */
static void
test_constant (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model =
      parse (HEAD "\"layers\": [" LINEAR_2_2 ", {\"type\": \"relu\"}, {\"type\": \"clip\", "
                  "\"max\": -1}, " LINEAR_2_2 "]}",
             &error);
  GFile *file = write_file ("m.re3.json", "", 0);
  g_autoptr (Re3Model) again = NULL;

  g_assert_no_error (error);
  g_assert_true (re3_model_json_write (model, file, &error));
  again = re3_model_json_read (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_network_get_n_neurons (re3_model_get_network (again)), ==, 2);
  remove_file (file);
}

int
main (int argc, char **argv)
{
  /* Wherever numbers are written with a comma the file is the same. */
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    setlocale (LC_ALL, "");
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-json/members", test_members);
  g_test_add_func ("/model-json/bare", test_bare);
  g_test_add_func ("/model-json/layers", test_layers);
  g_test_add_func ("/model-json/refuse", test_refuse);
  g_test_add_func ("/model-json/activations", test_activations);
  g_test_add_func ("/model-json/regression", test_regression);
  g_test_add_func ("/model-json/deep", test_deep);
  g_test_add_func ("/model-json/ragged", test_ragged);
  g_test_add_func ("/model-json/too-large", test_too_large);
  g_test_add_func ("/model-json/round-trip", test_round_trip);
  g_test_add_func ("/model-json/constant", test_constant);
  g_test_add_func ("/model-json/groups", test_groups);
  g_test_add_func ("/model-json/groups-refused", test_groups_refused);

  return g_test_run ();
}
