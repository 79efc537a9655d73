/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-json.h"
#include "re3-model-file.h"
#include "re3-model-sidecar.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Two inputs; three outputs, or one. */
#define NNET        "1,2,3,3,\n2,3,\n0,\n-1,-1,\n1,1,\n0,0,0,\n1,1,1,\n1,0,\n0,1,\n1,1,\n0,\n0,\n0,\n"
#define NNET_OF_ONE "1,2,1,2,\n2,1,\n0,\n-1,-1,\n1,1,\n0,0,0,\n1,1,1,\n1,1,\n0,\n"

#define HEAD "{\"format\": \"re3-model\", \"version\": 1"

typedef struct {
  GFile *model_file;
  GFile *sidecar;
} Pair;

/* @sidecar: (nullable): what stands beside the model */
static Pair
make_pair (const char *nnet, const char *sidecar)
{
  Pair pair = { .model_file = write_file ("m.nnet", nnet, -1) };
  g_autoptr (GError) error = NULL;

  pair.sidecar = re3_model_sidecar_get_file (pair.model_file);
  if (sidecar != NULL)
    g_file_set_contents (g_file_peek_path (pair.sidecar), sidecar, -1, &error);
  g_assert_no_error (error);

  return pair;
}

static void
clear_pair (Pair *pair)
{
  g_file_delete (pair->sidecar, NULL, NULL);
  g_object_unref (pair->sidecar);
  remove_file (pair->model_file);
}

static Re3Model *
read_model (const Pair *pair)
{
  g_autoptr (GError) error = NULL;
  Re3Model *model = re3_model_file_read (pair->model_file, NULL, &error);

  g_assert_no_error (error);
  return model;
}

static char *
read_sidecar (const Pair *pair)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (g_file_peek_path (pair->sidecar), &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
rename_to (char **names, gsize index, const char *name)
{
  g_free (names[index]);
  names[index] = g_strdup (name);
}

static void
write_names (const Pair *pair, const Re3Model *model, const Re3ModelNames *names)
{
  g_autoptr (GError) error = NULL;

  re3_model_sidecar_write (pair->model_file, model, names, &error);
  g_assert_no_error (error);
}

static void
test_names (void)
{
  Pair pair = make_pair (NNET, NULL);
  g_autoptr (Re3Model) before = read_model (&pair);
  g_autoptr (Re3ModelNames) names = re3_model_names_new (before);
  g_autoptr (Re3Model) after = NULL;

  rename_to (names->features, 0, "speed \"v\"");
  rename_to (names->feature_units, 0, "m/s²");
  rename_to (names->features, 1, "Höhe");
  rename_to (names->classes, 2, "left");
  write_names (&pair, before, names);
  after = read_model (&pair);

  g_assert_cmpstr (re3_model_get_feature_name (after, 0), ==, "speed \"v\"");
  g_assert_cmpstr (re3_model_get_feature_unit (after, 0), ==, "m/s²");
  g_assert_cmpstr (re3_model_get_feature_name (after, 1), ==, "Höhe");
  g_assert_null (re3_model_get_feature_unit (after, 1));
  g_assert_cmpstr (re3_model_get_class_name (after, 0), ==, "0");
  g_assert_cmpstr (re3_model_get_class_name (after, 2), ==, "left");
  clear_pair (&pair);
}

/* Names that nobody gave stay those of Re3, which columns need not be called by. */
static void
test_only_what_was_named (void)
{
  Pair pair = make_pair (NNET, NULL);
  g_autoptr (Re3Model) before = read_model (&pair);
  g_autoptr (Re3ModelNames) names = re3_model_names_new (before);
  g_autoptr (Re3Model) after = NULL;

  rename_to (names->classes, 0, "stay");
  write_names (&pair, before, names);
  after = read_model (&pair);

  g_assert_false (re3_model_has_feature_names (after));
  g_assert_cmpstr (re3_model_get_feature_name (after, 1), ==, "x2");
  g_assert_true (re3_model_has_class_names (after));
  clear_pair (&pair);
}

/* Where a column is not called as its feature, the sidecar says so, and a model that is written
 * anew from it does, too. */
static void
test_columns (void)
{
  Pair pair = make_pair (NNET, NULL);
  g_autoptr (Re3Model) before = read_model (&pair);
  g_autoptr (Re3ModelNames) names = re3_model_names_new (before);
  g_autoptr (Re3ModelNames) names_after = NULL;
  g_autoptr (Re3Model) after = NULL;
  g_autoptr (Re3Model) third = NULL;
  g_autoptr (Re3Model) converted = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GFile *whole = write_file ("whole.re3.json", "", -1);

  rename_to (names->features, 0, "speed");
  rename_to (names->feature_columns, 0, "col_9");
  write_names (&pair, before, names);
  after = read_model (&pair);
  text = read_sidecar (&pair);

  g_assert_nonnull (strstr (text, "{\"name\": \"speed\", \"column\": \"col_9\"}"));
  g_assert_nonnull (strstr (text, "{\"name\": \"x2\"}"));
  g_assert_cmpstr (re3_model_get_feature_column (after, 0), ==, "col_9");
  g_assert_null (re3_model_get_feature_column (after, 1));

  g_assert_true (re3_model_file_write (after, whole, &error));
  g_assert_no_error (error);
  converted = re3_model_file_read (whole, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (re3_model_get_feature_column (converted, 0), ==, "col_9");

  names_after = re3_model_names_new (after);
  rename_to (names_after->feature_columns, 0, "");
  write_names (&pair, after, names_after);
  third = read_model (&pair);
  g_assert_cmpstr (re3_model_get_feature_name (third, 0), ==, "speed");
  g_assert_null (re3_model_get_feature_column (third, 0));

  remove_file (whole);
  clear_pair (&pair);
}

static void
test_outputs (void)
{
  Pair pair =
      make_pair (NNET_OF_ONE, HEAD ", \"output\": {\"name\": \"price\", \"unit\": \"EUR\"}}");
  g_autoptr (Re3Model) before = read_model (&pair);
  g_autoptr (Re3ModelNames) names = re3_model_names_new (before);
  g_autoptr (Re3Model) after = NULL;

  g_assert_cmpstr (names->classes[0], ==, "price");
  g_assert_cmpstr (names->class_units[0], ==, "EUR");
  rename_to (names->classes, 0, "rent");
  rename_to (names->class_units, 0, "CHF");
  write_names (&pair, before, names);
  after = read_model (&pair);

  g_assert_true (re3_model_is_regression (after));
  g_assert_cmpstr (re3_model_get_class_name (after, 0), ==, "rent");
  g_assert_cmpstr (re3_model_get_output_unit (after, 0), ==, "CHF");
  clear_pair (&pair);
}

/* To the last bit of a number, and also what this Re3 does not know. The two features swap their
 * names, and the group goes with them. */
static void
test_keeps_the_rest (void)
{
  Pair pair =
      make_pair (NNET,
                 HEAD ", \"note\": {\"by\": [\"me\", null, true, {\"at\": 0.1}]}, \"name\": \"m\", "
                      "\"features\": [{\"name\": \"p\", \"about\": \"first\"}, \"q\"], "
                      "\"groups\": [{\"name\": \"g\", \"features\": [\"q\", \"p\"]}], "
                      "\"scaler\": {\"mean\": [0.30000000000000004, 1], \"scale\": [2, 1e-300]}, "
                      "\"tests\": [{\"input\": [0, 1], \"logits\": [1, 2, 3], "
                      "\"tolerance\": 9.999999999999999e-06}]}");
  g_autoptr (Re3Model) before = read_model (&pair);
  g_autoptr (Re3ModelNames) names = re3_model_names_new (before);
  g_autoptr (Re3Model) after = NULL;
  g_autoptr (cJSON) document = NULL;
  g_autofree char *text = NULL;
  const cJSON *note;
  const Re3FeatureGroup *group;

  rename_to (names->features, 0, "q");
  rename_to (names->features, 1, "p");
  write_names (&pair, before, names);
  after = read_model (&pair);
  text = read_sidecar (&pair);

  g_assert_cmpstr (re3_model_get_name (after), ==, "m");
  g_assert_cmpfloat (re3_model_get_scaler_mean (after, 0), ==, 0.1 + 0.2);
  g_assert_cmpfloat (re3_model_get_scaler_scale (after, 1), ==, 1e-300);
  g_assert_cmpuint (re3_model_get_n_tests (after), ==, 1);
  g_assert_cmpfloat (re3_model_get_test (after, 0)->tolerance, ==, 9.999999999999999e-06);
  g_assert_cmpuint (re3_model_get_groups (after)->len, ==, 1);
  group = g_ptr_array_index (re3_model_get_groups (after), 0);
  for (gsize i = 0; i < 2; i++)
    g_assert_cmpuint (
        group->features[i], ==,
        ((Re3FeatureGroup *) g_ptr_array_index (re3_model_get_groups (before), 0))->features[i]);

  document = cJSON_Parse (text);
  note = cJSON_GetObjectItemCaseSensitive (document, "note");
  note = cJSON_GetObjectItemCaseSensitive (note, "by");
  g_assert_cmpint (cJSON_GetArraySize (note), ==, 4);
  g_assert_cmpstr (cJSON_GetArrayItem (note, 0)->valuestring, ==, "me");
  g_assert_true (cJSON_IsNull (cJSON_GetArrayItem (note, 1)));
  g_assert_true (cJSON_IsTrue (cJSON_GetArrayItem (note, 2)));
  note = cJSON_GetArrayItem (note, 3);
  g_assert_cmpfloat (cJSON_GetObjectItemCaseSensitive (note, "at")->valuedouble, ==, 0.1);
  g_assert_nonnull (strstr (text, "{\"name\": \"q\", \"about\": \"first\"}"));
  clear_pair (&pair);
}

/* Nothing is written then. */
static void
test_refuse_names (void)
{
  static const struct {
    const char *first;
    const char *second;
    const char *saying;
  } cases[] = {
    { "a", "a", "Two of the model's features have the name “a”" },
    { "a", "", "Name 2 of the model's features is empty" },
    { "\xff", "b", "Name 1 of the model's features is not UTF-8" },
  };
  Pair pair = make_pair (NNET, NULL);
  g_autoptr (Re3Model) model = read_model (&pair);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Re3ModelNames) names = re3_model_names_new (model);
    g_autoptr (GError) error = NULL;

    rename_to (names->features, 0, cases[i].first);
    rename_to (names->features, 1, cases[i].second);
    g_assert_false (re3_model_sidecar_write (pair.model_file, model, names, &error));
    assert_refused (NULL, &error, cases[i].saying);
    g_assert_false (g_file_query_exists (pair.sidecar, NULL));
  }
  clear_pair (&pair);
}

/* Another model that is called like the sidecar stays as it is, and so does what cannot be read. */
static void
test_refuse_place (void)
{
  g_autofree char *deep_open = g_strnfill (20, '[');
  g_autofree char *deep_close = g_strnfill (20, ']');
  g_autofree char *deep = g_strconcat (HEAD ", \"x\": ", deep_open, deep_close, "}", NULL);
  const struct {
    const char *content;
    const char *saying;
  } cases[] = {
    { HEAD ", \"layers\": [{\"type\": \"linear\", \"weight\": [[1]]}]}",
      "m.re3.json: a model of its own&rename" },
    { "{", "m.re3.json:1: the file ends in the middle" },
    { "{}", "m.re3.json: this JSON is not a Re3 model" },
    { deep, "m.re3.json: this document is nested too deeply" },
  };
  Pair pair = make_pair (NNET, NULL);
  g_autoptr (Re3Model) model = read_model (&pair);
  g_autoptr (Re3ModelNames) names = re3_model_names_new (model);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *after = NULL;

    g_file_set_contents (g_file_peek_path (pair.sidecar), cases[i].content, -1, &error);
    g_assert_no_error (error);
    g_assert_false (re3_model_sidecar_write (pair.model_file, model, names, &error));
    assert_refused (NULL, &error, cases[i].saying);
    after = read_sidecar (&pair);
    g_assert_cmpstr (after, ==, cases[i].content);
  }
  clear_pair (&pair);
}

static void
test_read_only_folder (void)
{
  Pair pair = make_pair (NNET, NULL);
  g_autoptr (GFile) folder = g_file_get_parent (pair.model_file);
  g_autoptr (Re3Model) model = read_model (&pair);
  g_autoptr (Re3ModelNames) names = re3_model_names_new (model);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chmod (g_file_peek_path (folder), 0500), ==, 0);
  if (g_access (g_file_peek_path (folder), W_OK) == 0) {
    g_test_skip ("this user may write everywhere");
  } else {
    g_assert_false (re3_model_sidecar_write (pair.model_file, model, names, &error));
    assert_refused (NULL, &error, "m.re3.json: you may not write this file&folder");
  }
  g_assert_cmpint (g_chmod (g_file_peek_path (folder), 0700), ==, 0);
  clear_pair (&pair);
}

/* A folder has the sidecar's name: nobody can write there, whoever it is. */
static void
test_folder_in_its_place (void)
{
  Pair pair = make_pair (NNET, NULL);
  g_autoptr (Re3Model) model = read_model (&pair);
  g_autoptr (Re3ModelNames) names = re3_model_names_new (model);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_make_directory (pair.sidecar, NULL, NULL));
  g_assert_false (re3_model_sidecar_write (pair.model_file, model, names, &error));
  assert_refused (NULL, &error, "m.re3.json: a folder has this name");
  clear_pair (&pair);
}

static void
test_takes_sidecar (void)
{
  GFile *nnet = write_file ("m.nnet", NNET, -1);
  GFile *json = write_file ("m.onnx", HEAD ", \"layers\": []}", -1);
  g_autoptr (GFile) nothing = g_file_new_for_path ("/nonexistent/m.onnx");

  g_assert_true (re3_model_file_takes_sidecar (nnet));
  g_assert_false (re3_model_file_takes_sidecar (json));
  g_assert_false (re3_model_file_takes_sidecar (nothing));
  remove_file (nnet);
  remove_file (json);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-sidecar/names", test_names);
  g_test_add_func ("/model-sidecar/only-what-was-named", test_only_what_was_named);
  g_test_add_func ("/model-sidecar/columns", test_columns);
  g_test_add_func ("/model-sidecar/outputs", test_outputs);
  g_test_add_func ("/model-sidecar/keeps-the-rest", test_keeps_the_rest);
  g_test_add_func ("/model-sidecar/refuse-names", test_refuse_names);
  g_test_add_func ("/model-sidecar/refuse-place", test_refuse_place);
  g_test_add_func ("/model-sidecar/read-only-folder", test_read_only_folder);
  g_test_add_func ("/model-sidecar/folder-in-its-place", test_folder_in_its_place);
  g_test_add_func ("/model-sidecar/takes-sidecar", test_takes_sidecar);

  return g_test_run ();
}
