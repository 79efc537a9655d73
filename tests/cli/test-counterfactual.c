/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-test.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#define COUNTERFACTUAL "counterfactual " MODEL " " DATA " --row 60"

static double
get_item (const cJSON *array, int index)
{
  g_assert_cmpint (index, <, cJSON_GetArraySize (array));

  return cJSON_GetArrayItem (array, index)->valuedouble;
}

/* What `explain` predicts for the values. (transfer full) */
static char *
explain_class (const cJSON *values)
{
  static const char *const names[] = { "sepal length", "sepal width", "petal length",
                                       "petal width" };
  g_autoptr (GString) command = g_string_new ("explain " MODEL " " DATA " --row 60 --json");
  g_autoptr (cJSON) json = NULL;

  for (int f = 0; f < 4; f++)
    g_string_append_printf (command, " --set '%s=%.17g'", names[f], get_item (values, f));
  json = run_json (command->str);

  return g_strdup (get (json, "prediction")->valuestring);
}

static void
test_json (void)
{
  static const char *const keys[] = { "found",       "class",  "values",  "distance",
                                      "lower_bound", "proven", "changed", "regions_opened" };
  /* Row 60, as the file has it. */
  static const double row[] = { 5, 2, 3.5, 1 };
  g_autoptr (cJSON) json = run_json (COUNTERFACTUAL " --units original --json");
  const cJSON *values = get (json, "values");
  g_autofree char *predicted = explain_class (values);
  double squares = 0;
  const cJSON *item;

  g_assert_cmpint (cJSON_GetArraySize (json), ==, G_N_ELEMENTS (keys));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_cmpstr (cJSON_GetArrayItem (json, (int) i)->string, ==, keys[i]);

  g_assert_true (cJSON_IsTrue (get (json, "found")));
  g_assert_true (cJSON_IsTrue (get (json, "proven")));
  g_assert_cmpstr (get (json, "class")->valuestring, ==, "virginica");
  g_assert_cmpstr (predicted, ==, "virginica");
  for (int f = 0; f < 4; f++)
    squares += pow (get_item (values, f) - row[f], 2);
  g_assert_cmpfloat_with_epsilon (get_number (json, "distance"), sqrt (squares), 1e-12);
  g_assert_cmpfloat_with_epsilon (get_number (json, "distance"), get_number (json, "lower_bound"),
                                  1e-9);
  cJSON_ArrayForEach (item, get (json, "changed"))
      g_assert_cmpfloat (get_number (item, "from"), !=, get_number (item, "to"));
}

static void
test_constraints (void)
{
  g_autoptr (cJSON) json = run_json (
      COUNTERFACTUAL " --class setosa --metric L1 --lock 'sepal length' --integer Petal.Length "
                     "--range 'sepal width=:2.75' --order 'petal width <= sepal width' "
                     "--set 'petal width=1.2' --json");
  const cJSON *values = get (json, "values");
  g_autofree char *predicted = explain_class (values);
  g_autoptr (cJSON) none =
      run_json (COUNTERFACTUAL " --range 'petal length=3:4' --range 'petal width=5:6' "
                               "--order 'petal width<=petal length' --json");

  g_assert_cmpstr (predicted, ==, "setosa");
  g_assert_cmpfloat (get_item (values, 0), ==, 5);
  g_assert_cmpfloat (get_item (values, 1), <=, 2.75);
  g_assert_cmpfloat (get_item (values, 2), ==, rint (get_item (values, 2)));
  g_assert_cmpfloat (get_item (values, 3), <=, get_item (values, 1));
  g_assert_true (cJSON_IsTrue (get (json, "proven")));

  g_assert_true (cJSON_IsFalse (get (none, "found")));
  g_assert_true (cJSON_IsTrue (get (none, "proven")));
  g_assert_true (cJSON_IsNull (get (none, "class")));
  g_assert_true (cJSON_IsNull (get (none, "values")));
  g_assert_true (cJSON_IsNull (get (none, "distance")));
  g_assert_true (cJSON_IsNull (get (none, "lower_bound")));
  g_assert_cmpint (cJSON_GetArraySize (get (none, "changed")), ==, 0);
}

static void
test_text (void)
{
  g_auto (Run) run = run_cli (COUNTERFACTUAL);
  g_auto (Run) cut = run_cli (COUNTERFACTUAL " --max-regions 1");

  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.errors, ==, "");
  g_assert_nonnull (strstr (run.output, "The nearest input of virginica"));
  g_assert_nonnull (strstr (run.output, "Proven"));
  g_assert_nonnull (strstr (run.output, "petal length"));
  g_assert_null (strstr (run.output, " \n"));
  g_assert_cmpint (cut.status, ==, 0);
  g_assert_nonnull (strstr (cut.output, "Not proven: there is none nearer than"));
  g_assert_nonnull (strstr (cut.output, "1 region was looked into"));
}

static void
test_usage (void)
{
  static const struct {
    const char *command;
    int status;
    const char *message;
  } cases[] = {
    { "counterfactual " MODEL " " DATA, 2, "--row N is missing" },
    { COUNTERFACTUAL " --metric paper", 2, "--metric is one of l2, l1, linf" },
    { COUNTERFACTUAL " --units cm", 2, "--units is" },
    { COUNTERFACTUAL " --range 'petal width'", 2, "--range takes a feature" },
    { COUNTERFACTUAL " --range 'petal width=2:x'", 2, "finite numbers" },
    { COUNTERFACTUAL " --range 'petal width=2:1'", 2, "the first number is larger" },
    { COUNTERFACTUAL " --order 'petal width<sepal width'", 2, "--order takes two features" },
    { COUNTERFACTUAL " --lock weight", 1, "there is no feature “weight”" },
    { COUNTERFACTUAL " --order 'weight<=petal width'", 1, "there is no feature “weight”" },
    { COUNTERFACTUAL " --class tulip", 1, "there is no class “tulip”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Run) run = run_cli (cases[i].command);

    g_assert_cmpint (run.status, ==, cases[i].status);
    g_assert_nonnull (strstr (run.errors, cases[i].message));
    g_assert_cmpstr (run.output, ==, "");
  }
}

/* The logits are 0 and relu(size) / 2 + 3 blue - 2: of a red one of size 1, blue is nearer than
 * size 4.
 */
#define GROUPED "grouped.re3.json grouped.csv --row 0"

static void
write_grouped (void)
{
  write_file ("grouped.re3.json",
              "{\"format\": \"re3-model\", \"version\": 1, \"classes\": [\"no\", \"yes\"], "
              "\"features\": [{\"name\": \"size\"}, {\"name\": \"colour=red\"}, "
              "{\"name\": \"colour=green\"}, {\"name\": \"colour=blue\"}], "
              "\"groups\": [{\"name\": \"colour\", \"features\": "
              "[\"colour=red\", \"colour=green\", \"colour=blue\"]}], \"layers\": ["
              "{\"type\": \"linear\", \"weight\": [[1, 0, 0, 0], [0, 0, 0, 1]]}, "
              "{\"type\": \"relu\"}, "
              "{\"type\": \"linear\", \"weight\": [[0, 0], [0.5, 3]], \"bias\": [0, -2]}]}");
  write_file ("grouped.csv", "size,colour=red,colour=green,colour=blue,kind\n1,1,0,0,no\n"
                             "2,0,1,0,no\n3,0.5,0.5,0,no\n");
}

static void
test_groups (void)
{
  g_autoptr (cJSON) json = NULL;
  g_autoptr (cJSON) locked = NULL;
  g_autoptr (cJSON) none = NULL;
  g_autoptr (cJSON) edited = NULL;
  g_auto (Run) text = { 0 };
  g_auto (Run) grey = { 0 };
  const cJSON *change;

  write_grouped ();
  json = run_json ("counterfactual " GROUPED " --json");
  text = run_cli ("counterfactual " GROUPED);
  locked = run_json ("counterfactual " GROUPED " --lock Colour --json");
  none = run_json ("counterfactual grouped.re3.json grouped.csv --row 2 --json");
  edited = run_json ("explain " GROUPED " --set colour=blue --json");
  grey = run_cli ("explain " GROUPED " --set colour=grey");

  g_assert_true (cJSON_IsTrue (get (json, "proven")));
  g_assert_true (cJSON_IsFalse (get (json, "groups_kept")));
  g_assert_cmpfloat_with_epsilon (get_number (json, "distance"), sqrt (2), 1e-12);
  g_assert_cmpint (cJSON_GetArraySize (get (json, "changed")), ==, 1);
  change = cJSON_GetArrayItem (get (json, "changed"), 0);
  g_assert_cmpstr (get (change, "group")->valuestring, ==, "colour");
  g_assert_cmpstr (get (change, "from")->valuestring, ==, "red");
  g_assert_cmpstr (get (change, "to")->valuestring, ==, "blue");
  g_assert_nonnull (strstr (text.output, "colour"));
  g_assert_null (strstr (text.output, "colour="));
  g_assert_null (strstr (text.output, " \n"));

  g_assert_cmpfloat_with_epsilon (get_number (locked, "distance"), 3, 1e-9);
  change = cJSON_GetArrayItem (get (locked, "changed"), 0);
  g_assert_cmpstr (get (change, "feature")->valuestring, ==, "size");

  /* What has no choice may keep it: size 4 is nearer than blue. */
  g_assert_cmpfloat_with_epsilon (get_number (none, "distance"), 1, 1e-9);
  g_assert_cmpint (cJSON_GetArraySize (get (none, "changed")), ==, 1);

  g_assert_cmpstr (get (edited, "prediction")->valuestring, ==, "yes");
  g_assert_cmpfloat (get_item (get (edited, "values"), 1), ==, 0);
  g_assert_cmpfloat (get_item (get (edited, "values"), 3), ==, 1);
  g_assert_cmpint (grey.status, ==, 1);
  g_assert_nonnull (strstr (grey.errors, "“grey” is no choice of “colour”; the choices are: red, "
                                         "green, blue"));
}

#define N_FEATURES 60

static void
append_layer (GString *text, GRand *random, int n_outputs, int n_inputs)
{
  g_string_append (text, "{\"type\": \"linear\", \"weight\": [");
  for (int i = 0; i < n_outputs; i++) {
    g_string_append (text, i == 0 ? "[" : ", [");
    for (int j = 0; j < n_inputs; j++)
      g_string_append_printf (text, "%s%.3f", j == 0 ? "" : ", ",
                              g_rand_double_range (random, -1, 1) / sqrt (n_inputs));
    g_string_append_c (text, ']');
  }
  g_string_append (text, "]}");
}

/* A network with more regions than anyone waits for: Ctrl+C gives what is known by then. */
static void
test_interrupt (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GString) model = g_string_new ("{\"format\": \"re3-model\", \"version\": 1, "
                                            "\"layers\": [");
  g_autoptr (GString) data = g_string_new (NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (cJSON) json = NULL;

  append_layer (model, random, 60, N_FEATURES);
  g_string_append (model, ", {\"type\": \"relu\"}, ");
  append_layer (model, random, 60, 60);
  g_string_append (model, ", {\"type\": \"relu\"}, ");
  append_layer (model, random, 2, 60);
  g_string_append (model, "]}");
  write_file ("large.re3.json", model->str);
  for (int row = 0; row < 2; row++) {
    for (int j = 0; j < N_FEATURES; j++)
      g_string_append_printf (data, "%s%.2f", j == 0 ? "" : ",",
                              g_rand_double_range (random, -1, 1));
    g_string_append_c (data, '\n');
  }
  write_file ("large.csv", data->str);

  process = start_cli ("C.UTF-8",
                       "counterfactual large.re3.json large.csv --label '' --row 0 --json", -1);
  g_usleep (G_USEC_PER_SEC);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &errors, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_if_exited (process)) {
    g_test_skip ("This machine is so slow that the program had not begun.");
    return;
  }
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);

  json = cJSON_Parse (output);
  g_assert_nonnull (json);
  if (cJSON_IsTrue (get (json, "proven"))) {
    g_test_skip ("This machine is so fast that there is nothing to stop.");
    return;
  }
  g_assert_nonnull (strstr (errors, "the search was stopped"));
  g_assert_true (cJSON_IsNumber (get (json, "lower_bound")));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  /* A shell has it ignored in the background, and then so has the program. */
  signal (SIGINT, SIG_DFL);
  fill_folder ();

  g_test_add_func ("/cli/counterfactual/json", test_json);
  g_test_add_func ("/cli/counterfactual/constraints", test_constraints);
  g_test_add_func ("/cli/counterfactual/text", test_text);
  g_test_add_func ("/cli/counterfactual/usage", test_usage);
  g_test_add_func ("/cli/counterfactual/groups", test_groups);
  g_test_add_func ("/cli/counterfactual/interrupt", test_interrupt);

  status = g_test_run ();
  empty_folder ();

  return status;
}
