/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-model-file.h"

#include <string.h>

/* Two inputs and three outputs; x = (value - 0) / 1. */
#define NNET "1,2,3,3,\n2,3,\n0,\n-1,-1,\n1,1,\n0,0,0,\n1,1,1,\n1,0,\n0,1,\n1,1,\n0,\n0,\n0,\n"

#define HEAD "{\"format\": \"re3-model\", \"version\": 1"

/* Reads m.nnet, with @sidecar beside it as m.re3.json. */
static Re3Model *
read_beside (const char *sidecar, GError **error)
{
  GFile *file = write_file ("m.nnet", NNET, -1);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) beside = g_file_get_child (folder, "m.re3.json");
  g_autoptr (GError) local_error = NULL;
  Re3Model *model;

  g_file_set_contents (g_file_peek_path (beside), sidecar, -1, &local_error);
  g_assert_no_error (local_error);
  model = re3_model_file_read (file, NULL, error);
  g_file_delete (beside, NULL, &local_error);
  g_assert_no_error (local_error);
  remove_file (file);

  return model;
}

static void
test_sidecar (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = read_beside (
      HEAD ", \"name\": \"m\", \"features\": [\"p\", {\"name\": \"q\", \"unit\": \"mm\"}], "
           "\"classes\": [\"a\", \"b\", \"c\"], \"scaler\": {\"mean\": [1, 1], \"scale\": [2, 2]}, "
           "\"tests\": [{\"input\": [3, 5], \"logits\": [1, 2, 3], \"tolerance\": 0}]}",
      &error);
  double worst;

  g_assert_no_error (error);
  g_assert_cmpstr (re3_model_get_name (model), ==, "m");
  g_assert_cmpstr (re3_model_get_feature_unit (model, 1), ==, "mm");
  g_assert_cmpstr (re3_model_get_class_name (model, 2), ==, "c");
  g_assert_cmpfloat (re3_model_get_scaler_scale (model, 0), ==, 2);
  g_assert_true (re3_model_reproduces_tests (model, &worst));
  g_assert_cmpfloat (worst, ==, 0);
}

/* A model of its own that happens to be called alike is none. */
static void
test_no_sidecar (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Model) model = read_beside (
      HEAD ", \"name\": \"other\", \"layers\": [{\"type\": \"linear\", \"weight\": [[1]]}]}",
      &error);

  g_assert_no_error (error);
  g_assert_null (re3_model_get_name (model));
  g_assert_cmpuint (re3_model_get_n_features (model), ==, 2);
}

/* What is wrong with it is told with its own name. */
static void
test_refuse (void)
{
  static const struct {
    const char *sidecar;
    const char *saying;
  } cases[] = {
    { "{", "m.re3.json:1: the file ends in the middle" },
    { "{\"features\": [\"a\", \"b\"]}", "m.re3.json: this JSON is not a Re3 model" },
    { HEAD ", \"features\": [\"a\"]}", "m.re3.json: &names 1 features, but its network has 2" },
    { HEAD ", \"tests\": [{\"input\": [1]}]}", "m.re3.json: tests[0].input has 1 numbers, not 2" },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (read_beside (cases[i].sidecar, &error), &error, cases[i].saying);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/foreign-model/sidecar", test_sidecar);
  g_test_add_func ("/foreign-model/no-sidecar", test_no_sidecar);
  g_test_add_func ("/foreign-model/refuse", test_refuse);

  return g_test_run ();
}
