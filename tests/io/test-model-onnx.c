/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "onnx-file.h"
#include "re3-forward.h"
#include "re3-model-onnx.h"

#include <math.h>
#include <string.h>

/* Small graphs whose answers are computed by hand. Every file has the constants below. */

static OnnxFile *
make_file (gint64 opset, const int *input, const char *nodes)
{
  g_auto (GStrv) lines = g_strsplit (nodes, "\n", -1);
  OnnxFile *file = onnx_file_new (opset);

  onnx_file_add_input (file, "x", input);
  onnx_file_add_output (file, "y");
  onnx_file_add_tensor (file, "w", (int[]){ 2, 3, -1 }, "1 2 3 4 5 6");
  onnx_file_add_tensor (file, "wt", (int[]){ 3, 2, -1 }, "1 4 2 5 3 6");
  onnx_file_add_tensor (file, "b", (int[]){ 3, -1 }, "0.5 -1 2");
  onnx_file_add_tensor (file, "c", (int[]){ 2, -1 }, "2 4");
  onnx_file_add_tensor (file, "d", (int[]){ 2, -1 }, "0.5 -0.5");
  onnx_file_add_tensor (file, "one", (int[]){ -1 }, "1");
  onnx_file_add_tensor (file, "two", (int[]){ 1, -1 }, "2");
  onnx_file_add_tensor (file, "column", (int[]){ 2, 1, -1 }, "1 2");
  onnx_file_add_tensor (file, "nan", (int[]){ 2, -1 }, "nan 1");
  onnx_file_add_tensor (file, "zero", (int[]){ 2, -1 }, "0 1");
  onnx_file_add_integers (file, "axis0", "0");
  onnx_file_add_integers (file, "axis1", "1");
  onnx_file_add_integers (file, "axis2", "2");
  onnx_file_add_integers (file, "last", "-1");
  onnx_file_add_integers (file, "flat", "-1 2");
  onnx_file_add_integers (file, "keep", "0 -1");
  onnx_file_add_integers (file, "deep", "-1 1 2 1");
  onnx_file_add_integers (file, "mixed", "2 -1");
  for (gsize i = 0; lines[i] != NULL; i++)
    onnx_file_add_node (file, lines[i]);

  return file;
}

/* The logits for @values in original units. */
static double *
answer (const Re3Model *model, const double *values)
{
  gsize n_features = re3_model_get_n_features (model);
  g_autofree double *input = g_new (double, n_features);
  g_autoptr (Re3Forward) forward = NULL;

  for (gsize i = 0; i < n_features; i++)
    input[i] = re3_model_scale (model, i, values[i]);
  forward = re3_network_forward (re3_model_get_network (model), input, 1);

  return g_memdup2 (forward->logits, re3_model_get_n_classes (model) * sizeof (double));
}

#define N2 ((int[]){ ONNX_SAMPLES, 2, 0 })

static const struct {
  const char *name;
  gint64 opset;
  int input[5];
  const char *nodes;
  double values[4];
  gsize n_outputs;
  double logits[4];
} graphs[] = {
  /* (x1, x2) W = (x1 + 4 x2, 2 x1 + 5 x2, 3 x1 + 6 x2) */
  { "gemm", 13, { -1, 2 }, "Gemm: x w b -> y", { 1, 2 }, 3, { 9.5, 11, 17 } },
  { "gemm-transposed", 13, { -1, 2 }, "Gemm: x wt b -> y; transB=1", { 1, 2 }, 3, { 9.5, 11, 17 } },
  { "gemm-factors",
    13,
    { -1, 2 },
    "Gemm: x w b -> y; alpha=2.0 beta=-1.0",
    { 1, 2 },
    3,
    { 17.5, 25, 28 } },
  { "gemm-no-bias", 9, { 1, 2 }, "Gemm: x w -> y", { 1, 2 }, 3, { 9, 12, 15 } },
  { "mat-mul", 13, { -1, 2 }, "MatMul: x w -> m\nAdd: b m -> y", { 1, 2 }, 3, { 9.5, 11, 17 } },
  { "mat-mul-vector", 13, { 2 }, "MatMul: x w -> y", { 1, 2 }, 3, { 9, 12, 15 } },
  { "mat-mul-left", 13, { 2 }, "MatMul: wt x -> y", { 1, 2 }, 3, { 9, 12, 15 } },
  { "mat-mul-column",
    13,
    { 1, 2, 1 },
    "MatMul: wt x -> m\nReshape: m flatter -> y\nConstant: -> flatter; value_ints=[1,3]",
    { 1, 2 },
    3,
    { 9, 12, 15 } },
  /* Each of the two rows of a sample by itself. */
  { "mat-mul-rows",
    13,
    { -1, 2, 2 },
    "MatMul: x w -> m\nFlatten: m -> f\nGemm: f six -> y\nReshape: ones shape -> six\n"
    "Constant: -> shape; value_ints=[6,2]\nConstant: -> ones; "
    "value_floats=[1.0,0.0,1.0,0.0,1.0,0.0,0.0,1.0,0.0,1.0,0.0,1.0]",
    { 1, 2, 3, 4 },
    2,
    { 36, 78 } },
  { "sub-right", 13, { -1, 2 }, "Sub: c x -> s\nGemm: s w -> y", { 1, 2 }, 3, { 9, 12, 15 } },
  { "mul-add",
    13,
    { -1, 2 },
    "Gemm: x w b -> g\nMul: g two -> m\nAdd: m b -> y",
    { 1, 2 },
    3,
    { 19.5, 21, 36 } },
  { "negative", 13, { -1, 2 }, "Gemm: x w b -> g\nNeg: g -> y", { 1, 2 }, 3, { -9.5, -11, -17 } },
  { "divide", 13, { -1, 2 }, "Gemm: x w b -> g\nDiv: g two -> y", { 1, 2 }, 3, { 4.75, 5.5, 8.5 } },
  { "relu",
    13,
    { -1, 2 },
    "Gemm: x w b -> g\nRelu: g -> r\nSub: r two -> y",
    { 1, -1 },
    3,
    { -2, -2, -2 } },
  { "leaky",
    13,
    { -1, 2 },
    "Gemm: x w b -> g\nLeakyRelu: g -> y; alpha=0.5",
    { 1, -1 },
    3,
    { -1.25, -2, -0.5 } },
  { "relu-alone", 13, { -1, 2 }, "Relu: x -> y", { 1, -1 }, 2, { 1, 0 } },
  { "abs", 13, { -1, 2 }, "Gemm: x w b -> g\nAbs: g -> y", { 1, -1 }, 3, { 2.5, 4, 1 } },
  { "p-relu", 13, { -1, 2 }, "Gemm: x w -> g\nPRelu: g b -> y", { 1, -1 }, 3, { -1.5, 3, -6 } },
  { "clip-6",
    6,
    { -1, 2 },
    "Gemm: x w b -> g\nClip: g -> y; min=0.0 max=10.0",
    { 1, 2 },
    3,
    { 9.5, 10, 10 } },
  { "clip-13", 13, { -1, 2 }, "Gemm: x w b -> g\nClip: g _ two -> y", { 1, 0 }, 3, { 1.5, 1, 2 } },
  { "clip-nothing", 13, { -1, 2 }, "Gemm: x w b -> g\nClip: g -> y", { 1, 2 }, 3, { 9.5, 11, 17 } },
  { "hard-sigmoid",
    13,
    { -1, 2 },
    "Gemm: x w -> g\nHardSigmoid: g -> y; alpha=0.125 beta=0.5",
    { 1, 0 },
    3,
    { 0.625, 0.75, 0.875 } },
  /* 2 (x - 0.5) / sqrt (3 + 1) + 0.5 for the first channel. */
  { "batch-norm",
    13,
    { -1, 2 },
    "Constant: -> v; value_floats=[3.0,15.0]\nBatchNormalization: x c d d v -> n; epsilon=1.0\n"
    "Gemm: n w -> y",
    { 2.5, 1.5 },
    3,
    { 2.5 + 4 * 1.5, 5 + 5 * 1.5, 7.5 + 6 * 1.5 } },
  { "reshape",
    13,
    { -1, 2 },
    "Reshape: x deep -> a\nReshape: a flat -> f\nGemm: f w -> y",
    { 1, 2 },
    3,
    { 9, 12, 15 } },
  { "reshape-keep",
    13,
    { -1, 2, 1 },
    "Reshape: x keep -> f\nGemm: f w -> y",
    { 1, 2 },
    3,
    { 9, 12, 15 } },
  { "squeeze-9",
    9,
    { -1, 1, 2 },
    "Squeeze: x -> s; axes=[1]\nUnsqueeze: s -> u; axes=[2]\n"
    "Flatten: u -> f\nGemm: f w -> y",
    { 1, 2 },
    3,
    { 9, 12, 15 } },
  { "squeeze-13",
    13,
    { -1, 1, 2 },
    "Squeeze: x axis1 -> s\nUnsqueeze: s axis2 -> u\n"
    "Flatten: u -> f\nGemm: f w -> y",
    { 1, 2 },
    3,
    { 9, 12, 15 } },
  { "view",
    13,
    { -1, 2, 1 },
    "Shape: x -> s\nGather: s zero64 -> n; axis=0\nConstant: -> zero64; value_int=0\n"
    "Unsqueeze: n axis0 -> u\nConcat: u last -> t; axis=0\nReshape: x t -> f\nGemm: f w -> y",
    { 1, 2 },
    3,
    { 9, 12, 15 } },
  { "transpose",
    13,
    { -1, 2 },
    "Transpose: wt -> t; perm=[1,0]\nGemm: x t b -> y",
    { 1, 2 },
    3,
    { 9.5, 11, 17 } },
  { "transpose-ones",
    13,
    { -1, 1, 2 },
    "Transpose: x -> t; perm=[0,2,1]\nFlatten: t -> f\n"
    "Gemm: f w -> y",
    { 1, 2 },
    3,
    { 9, 12, 15 } },
  { "fold",
    13,
    { -1, 2 },
    "Mul: w two -> w2\nAdd: w2 w -> w3\nCast: w3 -> w4; to=11\n"
    "Identity: w4 -> w5\nGemm: x w5 -> y",
    { 1, 2 },
    3,
    { 27, 36, 45 } },
  { "nothing",
    13,
    { -1, 2 },
    "Identity: x -> i\nDropout: i -> d1 mask\nCast: d1 -> k; to=1\n"
    "Gemm: k w b -> y",
    { 1, 2 },
    3,
    { 9.5, 11, 17 } },
  { "dead-branch",
    13,
    { -1, 2 },
    "Conv: x w -> unused\nGemm: x w b -> y",
    { 1, 2 },
    3,
    { 9.5, 11, 17 } },
  { "any-order", 13, { -1, 2 }, "Add: m b -> y\nMatMul: x w -> m", { 1, 2 }, 3, { 9.5, 11, 17 } },
  { "softmax-flat",
    11,
    { -1, 2 },
    "Gemm: x w b -> g\nSoftmax: g -> y",
    { 1, 2 },
    3,
    { 9.5, 11, 17 } },
  { "log-softmax",
    13,
    { -1, 2 },
    "Gemm: x w b -> g\nLogSoftmax: g -> y; axis=1",
    { 1, 2 },
    3,
    { 9.5, 11, 17 } },
  { "arg-max",
    13,
    { -1, 2 },
    "Gemm: x w b -> g\nArgMax: g -> y; axis=1",
    { 1, 2 },
    3,
    { 9.5, 11, 17 } },
  { "sigmoid", 13, { -1, 2 }, "Gemm: x column -> g\nSigmoid: g -> y", { 1, 2 }, 2, { 0, 5 } },
  { "regression", 13, { -1, 2 }, "Gemm: x column -> y", { 1, 2 }, 1, { 5 } },
  { "normalised",
    13,
    { -1, 2 },
    "Gemm: x w b -> g\nSoftmax: g -> p; axis=1\nai.onnx.ml/Normalizer: p -> y; norm=L1",
    { 1, 2 },
    3,
    { 9.5, 11, 17 } },
};

static void
test_graph (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  g_autoptr (OnnxFile) file =
      make_file (graphs[index].opset, graphs[index].input, graphs[index].nodes);
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = onnx_file_read (file, &error);
  g_autofree double *logits = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (re3_model_get_n_classes (model), ==, graphs[index].n_outputs);
  logits = answer (model, graphs[index].values);
  for (gsize i = 0; i < graphs[index].n_outputs; i++)
    g_assert_cmpfloat_with_epsilon (logits[i], graphs[index].logits[i], 1e-12);
}

/* Leading operations element by element are the scaler, exactly; a factor below 0 is not. */
static void
test_scaler (void)
{
  static const struct {
    const char *nodes;
    double mean;
    double scale;
  } cases[] = {
    { "Sub: x c -> s\nDiv: s c -> t\nGemm: t w -> y", 4, 4 },
    { "Div: x c -> t\nGemm: t w -> y", 0, 4 },
    { "Mul: x c -> t\nGemm: t w -> y", 0, 0.25 },
    { "Add: x c -> t\nGemm: t w -> y", -4, 1 },
    { "ai.onnx.ml/Scaler: x -> t; offset=[1.0,2.0] scale=[0.5,0.25]\nGemm: t w -> y", 2, 4 },
    { "Sub: x one -> s\nDiv: s two -> t\nRelu: t -> r\nGemm: r w -> y", 1, 2 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (OnnxFile) negative = make_file (13, N2, "Mul: x d -> t\nGemm: t w -> y");
  g_autoptr (Re3Model) none = onnx_file_read (negative, &error);

  g_assert_no_error (error);
  g_assert_false (re3_model_has_scaler (none));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (OnnxFile) file = make_file (13, N2, cases[i].nodes);
    g_autoptr (Re3Model) model = onnx_file_read (file, &error);

    g_assert_no_error (error);
    g_assert_true (re3_model_has_scaler (model));
    g_assert_cmpfloat (re3_model_get_scaler_mean (model, 1), ==, cases[i].mean);
    g_assert_cmpfloat (re3_model_get_scaler_scale (model, 1), ==, cases[i].scale);
  }
}

/* A document in the metadata; its scaler stands before what the graph does. */
static void
test_metadata (void)
{
  const char *document = "{\"format\": \"re3-model\", \"version\": 1, \"name\": \"m\", "
                         "\"features\": [\"a\", \"b\"], \"classes\": [\"p\", \"q\", \"r\"], "
                         "\"scaler\": {\"mean\": [1, 1], \"scale\": [2, 2]}, "
                         "\"tests\": [{\"input\": [3, 5], \"logits\": [-4.5, -6, -7.5], "
                         "\"tolerance\": 0}]}";
  g_autoptr (OnnxFile) file = make_file (13, N2, "Sub: x c -> t\nGemm: t w -> y");
  g_autoptr (OnnxFile) wrong = make_file (13, N2, "Gemm: x w -> y");
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = NULL;
  double worst;

  onnx_file_add_metadata (file, "re3", document);
  model = onnx_file_read (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (re3_model_get_name (model), ==, "m");
  g_assert_cmpstr (re3_model_get_feature_name (model, 1), ==, "b");
  g_assert_cmpstr (re3_model_get_class_name (model, 2), ==, "r");
  g_assert_cmpfloat (re3_model_get_scaler_scale (model, 0), ==, 2);
  /* ((3, 5) - 1) / 2 - (2, 4) = (-1, -2) */
  g_assert_false (re3_model_reproduces_tests (model, &worst));
  g_assert_cmpfloat (worst, ==, 7.5);

  onnx_file_add_metadata (wrong, "re3",
                          "{\"format\": \"re3-model\", \"version\": 1, \"classes\": 1}");
  assert_refused (onnx_file_read (wrong, &error), &error, "m.onnx, metadata “re3”: classes");
}

/* What stands beside the model has the last word. */
static void
test_task (void)
{
  static const char *const classes =
      "{\"format\": \"re3-model\", \"version\": 1, \"task\": \"classification\"}";
  g_autoptr (OnnxFile) file = make_file (13, N2, "Gemm: x w -> y");
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GError) error = NULL;

  onnx_file_add_metadata (file, "re3",
                          "{\"format\": \"re3-model\", \"version\": 1, \"outputs\": [\"p\", "
                          "\"q\", {\"name\": \"r\", \"unit\": \"mm\"}]}");
  bytes = onnx_file_finish (file);
  for (gsize i = 0; i < 2; i++) {
    g_autoptr (Re3ForeignModel) foreign =
        re3_model_onnx_parse (bytes->data, bytes->len, NULL, "m.onnx", &error);
    g_autoptr (Re3Model) model = re3_foreign_model_build (foreign, i == 0 ? NULL : classes,
                                                          i == 0 ? NULL : "m.re3.json", &error);

    g_assert_no_error (error);
    g_assert_true (re3_model_is_regression (model) == (i == 0));
    g_assert_true (re3_model_has_class_names (model) == (i == 0));
    g_assert_cmpstr (re3_model_get_class_name (model, 2), ==, i == 0 ? "r" : "2");
    g_assert_cmpstr (re3_model_get_output_unit (model, 2), ==, i == 0 ? "mm" : NULL);
  }
}

static void
test_notes (void)
{
  g_autoptr (OnnxFile) file =
      make_file (14, N2,
                 "Constant: -> yes; value_int=1\nDropout drop: x _ yes -> t\n"
                 "BatchNormalization norm: t c d d c -> n; training_mode=1\nGemm: n w -> y");
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = onnx_file_read (file, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (re3_model_get_n_notes (model), ==, 2);
  g_assert_true (g_str_has_prefix (re3_model_get_note (model, 0),
                                   "m.onnx: node 1 'drop': Dropout is in training mode"));
  g_assert_true (
      g_str_has_prefix (re3_model_get_note (model, 1),
                        "m.onnx: node 2 'norm': BatchNormalization is in training mode"));
}

static void
test_refuse (void)
{
  static const struct {
    const char *nodes;
    const char *saying;
  } cases[] = {
    { "Gemm: x w -> g\nRelu r: g -> h\nConv conv1: h w -> y",
      "m.onnx: node 2 'conv1': Conv is not supported yet." },
    { "MaxPool: x -> y", "m.onnx: node 0: MaxPool is not supported yet." },
    { "Gemm: x w -> g\nTanh: g -> y", "node 1: Tanh is not piecewise linear" },
    { "Gemm: x w -> g\nSigmoid: g -> h\nGemm: h wt -> y", "node 1: Sigmoid of 3 numbers" },
    { "Gemm: x column -> g\nSigmoid: g -> h\nGemm: h w -> y",
      "node 2: Gemm stands behind a softmax" },
    { "Gemm: x w -> g\nSoftmax: g -> p\nSoftmax: p -> y", "node 2: Softmax stands behind" },
    { "Gemm: x w -> g\nSoftmax: g -> y; axis=0", "node 1: Softmax does not run over the outputs" },
    { "Gemm: x w -> g\nRelu: g -> r\nAdd skip: r g -> y", "node 2 'skip': Add takes&branches" },
    { "Gemm: x w -> g\nGemm: x w -> h\nConcat: g h -> y; axis=1", "Gemm takes&branches" },
    { "Gemm: x w -> g\nAdd: g g -> y", "node 1: Add of two computed values" },
    { "Div: one x -> y", "node 0: Div by a computed value" },
    { "Div: x zero -> y", "node 0: Div divides by 0" },
    { "Gemm: x nope -> y", "m.onnx: there is no value 'nope'" },
    { "Gemm: x wt -> y", "node 0: Gemm of (N, 2) by a matrix of shape (3, 2) does not fit" },
    { "Gemm: x w -> y; transA=1", "node 0: Gemm with the samples in its columns" },
    { "Gemm: x w -> y; strange=1", "node 0: Gemm has the attribute “strange”" },
    { "com.microsoft/FusedGemm: x w -> y", "FusedGemm of the domain “com.microsoft”" },
    { "ai.onnx.ml/Normalizer: x -> y; norm=L2", "node 0: Normalizer is not piecewise linear" },
    { "Add: x b -> y", "node 0: Add has a constant of shape (3,), which does not fit" },
    { "Reshape: x mixed -> f\nGemm: f w -> y", "node 0: Reshape makes&mixes the samples" },
    { "Flatten: x -> f; axis=0\nGemm: f w -> y", "node 0: Flatten makes&mixes the samples" },
    { "Transpose: x -> t\nGemm: t w -> y", "node 0: Transpose of the activations" },
    { "Cast: x -> k; to=7\nGemm: k w -> y", "node 0: Cast to ONNX's data type 7 rounds" },
    { "Gemm: x w -> g\nClip: g two one -> y", "node 1: Clip has bounds that let nothing through" },
    { "Constant: -> k\nGemm: x k -> y", "node 0: Constant has no value" },
    { "Gemm: x w -> g\nAdd loop: g z -> z2\nAdd: z2 b -> z\nAdd: z2 b -> y",
      "'loop': it needs its own result" },
    { "Gemm: x w -> y\nGemm: x w -> y", "m.onnx: the value 'y' is made twice" },
    { "Add: x nan -> t\nRelu: t -> r\nGemm: r w -> y", "shift that is not a finite number" },
    { "Mul: x nan -> t\nGemm: t w -> y", "node 0: &scale that is not a finite number" },
    { "Identity: w -> y", "no output of this graph depends on an input" },
    { "If: x -> y", "node 0: If is not supported yet" },
    { "BatchNormalization: x c d d d -> y", "node 0: BatchNormalization has a variance" },
    { "Gather: flat axis2 -> k\nReshape: x k -> f\nGemm: f w -> y",
      "Gather takes what is behind the end" },
    { "Shape: x -> s\nMul: s s -> k\nReshape: x k -> f\nGemm: f w -> y",
      "Mul computes with the number of samples" },
    { "Squeeze: x axis1 -> s\nGemm: s w -> y", "takes away an axis of more than one number" },
    { "Dropout: x -> i mask\nGemm: mask w -> y", "node 0: Dropout gives 'mask' as an output" },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (OnnxFile) file = make_file (13, N2, cases[i].nodes);

    g_test_message ("%s", cases[i].nodes);
    assert_refused (onnx_file_read (file, &error), &error, cases[i].saying);
  }
}

/* A second output that the network does not tell of is not left out, whichever comes first. */
static void
test_second_output (void)
{
  static const struct {
    const char *nodes;
    const char *output;
    gboolean is_read;
  } cases[] = {
    { "Gemm: x w -> g\nSoftmax: g -> y", "g", TRUE },
    { "Gemm: x w -> g\nSoftmax: g -> p\nArgMax: p -> y; axis=1", "p", TRUE },
    { "Gemm: x w -> g\nSoftmax: g -> p\nMul: g two -> h\nSoftmax: h -> y", "p", FALSE },
    { "Gemm: x w -> g\nSoftmax: g -> y\nMul: g two -> h\nSoftmax: h -> p", "p", FALSE },
    { "Gemm: x w -> g\nSoftmax: g -> p\nMul: g two -> y\nIdentity: p -> q", "q", FALSE },
    { "Gemm: x column -> z\nSigmoid: z -> y", "z", TRUE },
    { "Gemm: x column -> g\nRelu: g -> r\nMul: r two -> z\nSigmoid: z -> y", "z", TRUE },
    { "Gemm: x column -> g\nRelu: g -> r\nMul: r two -> z\nSigmoid: z -> y", "g", FALSE },
    { "Gemm: x column -> g\nRelu: g -> r\nMul: r two -> z\nSigmoid: z -> y", "r", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (OnnxFile) file = make_file (13, N2, cases[i].nodes);
    g_autoptr (GError) error = NULL;
    g_autoptr (Re3Model) model = NULL;

    g_test_message ("%s", cases[i].nodes);
    onnx_file_add_output (file, cases[i].output);
    model = onnx_file_read (file, &error);
    if (cases[i].is_read)
      g_assert_no_error (error);
    else
      assert_refused (model, &error, "m.onnx: ");
  }
}

/* What is wrong with the file rather than with a node. */
static void
test_refuse_graphs (void)
{
  g_autoptr (OnnxFile) old = make_file (5, N2, "Gemm: x w -> y");
  g_autoptr (OnnxFile) new = make_file (22, N2, "Gemm: x w -> y");
  g_autoptr (OnnxFile) two = make_file (13, N2, "Add: x x2 -> a\nGemm: a w -> y");
  g_autoptr (OnnxFile) open = make_file (13, (int[]){ -1, -1, 0 }, "Relu: x -> y");
  g_autoptr (OnnxFile) empty = onnx_file_new (13);
  g_autoptr (OnnxFile) inferred =
      make_file (13, (int[]){ -1, -1, 0 }, "Relu: x -> r\nGemm: r w -> y");
  g_autoptr (Re3Model) model = NULL;
  g_autoptr (GError) error = NULL;

  onnx_file_add_input (two, "x2", N2);
  assert_refused (onnx_file_read (old, &error), &error, "version 5 of ONNX's operators&17");
  assert_refused (onnx_file_read (new, &error), &error, "version 22 of ONNX's operators");
  assert_refused (onnx_file_read (two, &error), &error, "takes 2 inputs (x, x2)");
  assert_refused (onnx_file_read (open, &error), &error, "the input 'x' does not say how many");
  assert_refused (onnx_file_read (empty, &error), &error, "no graph with nodes and an output");

  model = onnx_file_read (inferred, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_model_get_n_features (model), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (graphs); i++) {
    g_autofree char *path = g_strconcat ("/model-onnx/graph/", graphs[i].name, NULL);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_graph);
  }
  g_test_add_func ("/model-onnx/scaler", test_scaler);
  g_test_add_func ("/model-onnx/metadata", test_metadata);
  g_test_add_func ("/model-onnx/notes", test_notes);
  g_test_add_func ("/model-onnx/task", test_task);
  g_test_add_func ("/model-onnx/refuse", test_refuse);
  g_test_add_func ("/model-onnx/second-output", test_second_output);
  g_test_add_func ("/model-onnx/refuse-graphs", test_refuse_graphs);

  return g_test_run ();
}
