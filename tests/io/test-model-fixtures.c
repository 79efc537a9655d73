/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-forward.h"
#include "re3-model-file.h"

#include <math.h>

/* The models in tests/fixtures/models were written by PyTorch and scikit-learn, and the sidecar of
 * each holds what these answered. */

#define SINGLE_PRECISION 1e-6
#define DOUBLE_PRECISION 1e-12

static GFile *
get_fixture (const char *name)
{
  const char *root = g_getenv ("RE3_SOURCE_ROOT");

  g_assert_nonnull (root);

  return g_file_new_build_filename (root, "tests", "fixtures", "models", name, NULL);
}

static Re3Model *
read_fixture (const char *name)
{
  g_autoptr (GFile) file = get_fixture (name);
  g_autoptr (GError) error = NULL;
  Re3Model *model = re3_model_file_read (file, NULL, &error);

  g_assert_no_error (error);

  return model;
}

/* The largest difference from what the framework answered, as a part of its largest logit. */
static double
measure_difference (const Re3Model *model, const Re3ModelTest *test)
{
  gsize n_features = re3_model_get_n_features (model);
  g_autofree double *input = g_new (double, n_features);
  g_autoptr (Re3Forward) forward = NULL;
  double size = 0;
  double difference = 0;

  for (gsize i = 0; i < n_features; i++)
    input[i] = re3_model_scale (model, i, test->input[i]);
  forward = re3_network_forward (re3_model_get_network (model), input, 1);
  for (gsize c = 0; c < re3_model_get_n_classes (model); c++) {
    size = fmax (size, fabs (test->logits[c]));
    difference = fmax (difference, fabs (forward->logits[c] - test->logits[c]));
  }

  return difference / size;
}

static void
test_agree (gconstpointer data)
{
  const char *name = data;
  double tolerance = strstr (name, "-f64.") != NULL ? DOUBLE_PRECISION : SINGLE_PRECISION;
  g_autoptr (Re3Model) model = read_fixture (name);

  g_assert_cmpuint (re3_model_get_n_tests (model), ==, 5);
  for (gsize i = 0; i < re3_model_get_n_tests (model); i++)
    g_assert_cmpfloat (measure_difference (model, re3_model_get_test (model, i)), <, tolerance);
  g_assert_true (re3_model_reproduces_tests (model, NULL));
}

/* What scikit-learn's files say besides: the scaler, the classes, and one logit for two of them. */
static void
test_sklearn (void)
{
  g_autoptr (Re3Model) iris = read_fixture ("sklearn-iris-f64.onnx");
  g_autoptr (Re3Model) binary = read_fixture ("sklearn-binary-f64.onnx");

  g_assert_true (re3_model_has_scaler (iris));
  /* The means of the iris data, in single precision. */
  g_assert_cmpfloat_with_epsilon (re3_model_get_scaler_mean (iris, 0), 5.843333244323730, 1e-14);
  g_assert_cmpfloat_with_epsilon (re3_model_get_scaler_mean (iris, 3), 1.199333310127258, 1e-14);
  g_assert_cmpfloat_with_epsilon (re3_model_get_scaler_scale (iris, 2), 1.759404065775303, 1e-6);
  g_assert_true (re3_model_has_class_names (iris));
  g_assert_cmpstr (re3_model_get_class_name (iris, 1), ==, "versicolor");
  g_assert_cmpstr (re3_model_get_feature_name (iris, 2), ==, "petal length");

  g_assert_cmpuint (re3_model_get_n_classes (binary), ==, 2);
  g_assert_cmpfloat_with_epsilon (re3_model_get_scaler_mean (binary, 0), 5.843333333333334, 1e-14);
  g_assert_cmpfloat_with_epsilon (re3_model_get_scaler_scale (binary, 2), 1.759404065775303, 1e-14);
  g_assert_cmpstr (re3_model_get_class_name (binary, 1), ==, "1");
}

static void
test_nnet (void)
{
  g_autoptr (Re3Model) model = read_fixture ("acas-like-f64.nnet");

  g_assert_cmpfloat (re3_model_get_scaler_mean (model, 0), ==, 19791.091);
  g_assert_cmpfloat (re3_model_get_scaler_scale (model, 1), ==, 6.28318530718);
  g_assert_cmpstr (re3_model_get_feature_unit (model, 0), ==, "ft");
  g_assert_cmpuint (re3_model_get_n_notes (model), ==, 1);
  g_assert_nonnull (strstr (re3_model_get_note (model, 0), "ACAS Xu takes the smallest"));
}

static void
test_safetensors (void)
{
  g_autoptr (Re3Model) state = read_fixture ("state-f64.safetensors");
  g_autoptr (Re3Model) half = read_fixture ("half-f64.safetensors");

  g_assert_cmpuint (re3_model_get_n_notes (state), ==, 1);
  g_assert_nonnull (strstr (re3_model_get_note (state, 0), "0, 2, 4, 6, 8, 10, with ReLU"));
  /* From the metadata, while the sidecar has the tests. */
  g_assert_cmpstr (re3_model_get_name (half), ==, "half");
  g_assert_cmpstr (re3_model_get_class_name (half, 1), ==, "yes");
}

/* Every model file of the folder, so that a new one is tested without another word. */
static void
add_fixtures (void)
{
  static const char *const suffixes[] = { ".onnx", ".nnet", ".safetensors" };
  g_autoptr (GFile) folder = get_fixture ("");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) directory = g_dir_open (g_file_peek_path (folder), 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (directory)) != NULL)
    for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
      if (g_str_has_suffix (name, suffixes[i])) {
        g_autofree char *path = g_strconcat ("/model-fixtures/agree/", name, NULL);

        g_test_add_data_func_full (path, g_strdup (name), test_agree, g_free);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_fixtures ();
  g_test_add_func ("/model-fixtures/sklearn", test_sklearn);
  g_test_add_func ("/model-fixtures/nnet", test_nnet);
  g_test_add_func ("/model-fixtures/safetensors", test_safetensors);

  return g_test_run ();
}
