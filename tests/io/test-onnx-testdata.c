/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-float-bits.h"
#include "re3-forward.h"
#include "re3-model-file.h"
#include "re3-onnx-message.h"
#include "re3-onnx-tensor.h"

#include <math.h>
#include <string.h>

/* The models that ONNX tests its runtimes with, as Debian's libonnx-testdata has them, with their
 * own inputs and outputs. */

#define DATA "/usr/share/libonnx-testdata/data"

/* The exit status by which a test says that it was skipped. */
#define SKIPPED 77

/* Inputs and outputs are in single precision. */
#define TOLERANCE 1e-5

/* What may be opened at all, written down apart from the reader's own tables. */
static const char *const known_types[] = {
  "Gemm",    "MatMul",  "Add",       "Sub",         "Mul",       "Div",     "Neg",
  "Relu",    "Abs",     "LeakyRelu", "HardSigmoid", "PRelu",     "Clip",    "BatchNormalization",
  "Flatten", "Reshape", "Squeeze",   "Unsqueeze",   "Identity",  "Dropout", "Cast",
  "Shape",   "Gather",  "Constant",  "Concat",      "Transpose", "Softmax", "LogSoftmax",
  "Sigmoid", "ArgMax",  "Slice",     NULL,
};

typedef struct {
  gsize n_agreeing;
  gsize n_refused;
} Counts;

static Onnx__ModelProto *
load_model (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  ProtobufCMessage *message;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  message = re3_onnx_message_parse (&onnx__model_proto__descriptor, (const guint8 *) bytes, length,
                                    path, &error);
  g_assert_no_error (error);

  return (Onnx__ModelProto *) message;
}

static Re3OnnxTensor *
load_tensor (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  ProtobufCMessage *message;
  Re3OnnxTensor *tensor;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  message = re3_onnx_message_parse (&onnx__tensor_proto__descriptor, (const guint8 *) bytes, length,
                                    path, &error);
  g_assert_no_error (error);
  tensor = re3_onnx_tensor_read ((const Onnx__TensorProto *) message, NULL, path, &error);
  g_assert_no_error (error);
  re3_onnx_message_free (message);

  return tensor;
}

/* What a model answers whose last node is of @type, for one sample. @n: numbers of it */
static void
finish_answer (const char *type, const double *logits, gsize n_logits, double *answer, gsize *n)
{
  double sum = 0;
  gsize best = 0;

  for (gsize i = 0; i < n_logits; i++)
    best = logits[i] > logits[best] ? i : best;
  for (gsize i = 0; i < n_logits; i++)
    sum += exp (logits[i] - logits[best]);

  *n = n_logits;
  for (gsize i = 0; i < n_logits; i++) {
    double difference = logits[i] - logits[best];

    answer[i] = g_str_equal (type, "Softmax")      ? exp (difference) / sum
                : g_str_equal (type, "LogSoftmax") ? difference - log (sum)
                                                   : logits[i];
  }
  if (g_str_equal (type, "ArgMax")) {
    *n = 1;
    answer[0] = (double) best;
  }
}

/* Data sets hold finite numbers; a test of casts goes beyond. */
static gboolean
are_finite (const double *values, gsize n)
{
  gboolean finite = TRUE;

  for (gsize i = 0; i < n; i++)
    finite = finite && isfinite (values[i]);

  return finite;
}

static void
check_answers (const Re3Model *model, const char *folder, const char *last_type)
{
  g_autoptr (Re3OnnxTensor) input = load_tensor (folder, "input_0.pb");
  g_autoptr (Re3OnnxTensor) output = load_tensor (folder, "output_0.pb");
  gsize n_features = re3_model_get_n_features (model);
  gsize n_logits = re3_model_get_n_classes (model);
  gsize n_samples = input->n_values / n_features;
  g_autofree double *values = g_new (double, n_features);
  g_autofree double *answer = g_new (double, n_logits);
  gsize n_checked = 0;

  /* NumPy has no bfloat16: these files hold its bits as integers. */
  if (input->type == ONNX__TENSOR_PROTO__DATA_TYPE__UINT16)
    for (gsize i = 0; i < input->n_values; i++)
      input->values[i] = re3_float32_from_bits ((guint32) input->values[i] << 16);

  for (gsize sample = 0; sample < n_samples; sample++) {
    g_autoptr (Re3Forward) forward = NULL;
    gsize n;

    for (gsize i = 0; i < n_features; i++)
      values[i] = re3_model_scale (model, i, input->values[sample * n_features + i]);
    forward = re3_network_forward (re3_model_get_network (model), values, 1);
    finish_answer (last_type, forward->logits, n_logits, answer, &n);
    for (gsize i = 0; i < n && are_finite (values, n_features); i++)
      g_assert_cmpfloat_with_epsilon (answer[i], output->values[n_checked + i],
                                      TOLERANCE * fmax (1, fabs (answer[i])));
    n_checked += n;
  }

  g_assert_cmpuint (n_checked, ==, output->n_values);
}

static void
check_all_answers (const Re3Model *model, const char *folder, const char *last_type)
{
  for (gsize i = 0;; i++) {
    g_autofree char *name = g_strdup_printf ("test_data_set_%zu", i);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_IS_DIR)) {
      g_assert_cmpuint (i, >, 0);
      return;
    }
    check_answers (model, path, last_type);
  }
}

/* A refusal has to say where: the node and its type, or what about the whole model. */
static void
check_refusal (const Onnx__ModelProto *proto, const char *message)
{
  static const char *const reasons[] = {
    "no output of this graph depends on an input",
    "inputs (",
    "the input '",
    "of ONNX's operators",
    "no graph with nodes",
    NULL,
  };

  for (gsize i = 0; reasons[i] != NULL; i++)
    if (strstr (message, reasons[i]) != NULL)
      return;

  for (gsize i = 0; i < proto->graph->n_node; i++) {
    const Onnx__NodeProto *node = proto->graph->node[i];
    g_autofree char *named = g_strdup_printf ("node %zu '%s': %s ", i, node->name, node->op_type);
    g_autofree char *bare = g_strdup_printf ("node %zu: %s ", i, node->op_type);

    if (strstr (message, node->name != NULL && node->name[0] != '\0' ? named : bare) != NULL)
      return;
  }

  g_error ("“%s” does not name a node", message);
}

static void
check_model (const char *folder, Counts *counts)
{
  g_autofree char *path = g_build_filename (folder, "model.onnx", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = re3_model_file_read (file, NULL, &error);
  Onnx__ModelProto *proto = load_model (path);
  const Onnx__GraphProto *graph = proto->graph;

  g_test_message ("%s: %s", folder, error != NULL ? error->message : "opened");
  if (model == NULL) {
    check_refusal (proto, error->message);
    counts->n_refused++;
  } else {
    for (gsize i = 0; i < graph->n_node; i++)
      g_assert_true (g_strv_contains (known_types, graph->node[i]->op_type));
    check_all_answers (model, folder, graph->node[graph->n_node - 1]->op_type);
    counts->n_agreeing++;
  }
  protobuf_c_message_free_unpacked (&proto->base, NULL);
}

/* Models that are sequential and piecewise linear, and so must not be refused. */
static const char *const sequential[] = {
  "node/test_abs",
  "node/test_argmax_keepdims_example",
  "node/test_clip_default_inbounds",
  "node/test_dropout_default",
  "node/test_flatten_axis1",
  "node/test_identity",
  "node/test_leakyrelu",
  "node/test_leakyrelu_default",
  "node/test_neg",
  "node/test_relu",
  "node/test_softmax_example",
  "node/test_logsoftmax_large_number",
  "node/test_transpose_all_permutations_0",
  "node/test_unsqueeze_axis_3",
  "pytorch-converted/test_BatchNorm1d_3d_input_eval",
  "pytorch-converted/test_BatchNorm2d_eval",
  "pytorch-converted/test_BatchNorm3d_momentum_eval",
  "pytorch-converted/test_LeakyReLU_with_negval",
  "pytorch-converted/test_Linear",
  "pytorch-converted/test_Linear_no_bias",
  "pytorch-converted/test_LogSoftmax",
  "pytorch-converted/test_PReLU_1d",
  "pytorch-converted/test_PReLU_2d_multiparam",
  "pytorch-converted/test_PReLU_3d_multiparam",
  "pytorch-converted/test_ReLU",
  "pytorch-converted/test_Softmax",
  "pytorch-converted/test_Softmin",
  "pytorch-operator/test_operator_addconstant",
  "pytorch-operator/test_operator_clip",
  "pytorch-operator/test_operator_flatten",
  "simple/test_single_relu_model",
};

static void
test_sequential (void)
{
  Counts counts = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (sequential); i++) {
    g_autofree char *folder = g_build_filename (DATA, sequential[i], NULL);

    check_model (folder, &counts);
    if (counts.n_refused > 0)
      g_error ("%s is refused", sequential[i]);
  }
}

static void
test_all (void)
{
  static const char *const groups[] = { "node", "pytorch-converted", "pytorch-operator", "simple" };
  Counts counts = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++) {
    g_autofree char *path = g_build_filename (DATA, groups[i], NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GDir) directory = g_dir_open (path, 0, &error);
    const char *name;

    g_assert_no_error (error);
    while ((name = g_dir_read_name (directory)) != NULL) {
      g_autofree char *folder = g_build_filename (path, name, NULL);

      check_model (folder, &counts);
    }
  }

  g_print ("# %zu models agree, %zu are refused by name\n", counts.n_agreeing, counts.n_refused);
  g_assert_cmpuint (counts.n_agreeing, >=, G_N_ELEMENTS (sequential));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  if (!g_file_test (DATA, G_FILE_TEST_IS_DIR)) {
    g_print ("1..0 # SKIP libonnx-testdata is not installed\n");
    return g_getenv ("CI") != NULL ? EXIT_FAILURE : SKIPPED;
  }

  g_test_add_func ("/onnx-testdata/sequential", test_sequential);
  g_test_add_func ("/onnx-testdata/all", test_all);

  return g_test_run ();
}
