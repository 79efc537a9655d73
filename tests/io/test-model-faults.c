/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-core-error.h"
#include "re3-memory.h"
#include "re3-model-file.h"

#include <string.h>

/* Whatever piece of memory is not there, there is no model, and the message names the file, or the
 * one beside it, which is called the same but for the ending. */
static void
test_memory (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = g_build_filename (g_getenv ("RE3_SOURCE_ROOT"), name, NULL);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *stem = g_strndup (base, strcspn (base, "."));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (Re3Model) model = NULL;
  gsize n_failed = 0;
  double worst;

  while (model == NULL) {
    g_autoptr (GError) error = NULL;

    re3_memory_fail_at (n_failed + 1);
    model = re3_model_file_read (file, NULL, &error);
    g_assert_true ((model == NULL) == (error != NULL));
    if (error != NULL) {
      g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY);
      g_assert_true (g_str_has_prefix (error->message, stem));
      n_failed++;
    }
  }
  g_assert_true (re3_memory_will_fail ());
  re3_memory_fail_at (0);

  g_assert_cmpuint (n_failed, >=, 2);
  g_assert_true (re3_model_reproduces_tests (model, &worst));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/model-faults/json", "data/samples/iris-16-8-4.re3.json", test_memory);
  g_test_add_data_func ("/model-faults/nnet", "tests/fixtures/models/acas-like-f64.nnet",
                        test_memory);
  g_test_add_data_func ("/model-faults/onnx", "tests/fixtures/models/sklearn-iris-f64.onnx",
                        test_memory);
  g_test_add_data_func ("/model-faults/onnx-external",
                        "tests/fixtures/models/sklearn-external-f64.onnx", test_memory);

  g_test_add_data_func ("/model-faults/safetensors", "tests/fixtures/models/state-f64.safetensors",
                        test_memory);

  return g_test_run ();
}
