/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-test.h"

#include <string.h>

#define PRICE "price.re3.json prices.csv"

/* price = 2 size - clip (rooms, 0, 3), and a fourth sample that is off by 2. */
static void
write_files (void)
{
  write_file ("price.re3.json",
              "{\"format\": \"re3-model\", \"version\": 1, \"features\": [\"size\", \"rooms\"], "
              "\"output\": {\"name\": \"price\", \"unit\": \"kEUR\"}, \"layers\": ["
              "{\"type\": \"linear\", \"weight\": [[0, 1], [1, 0], [-1, 0]]}, "
              "{\"type\": \"clip\", \"min\": 0, \"max\": 3}, "
              "{\"type\": \"linear\", \"weight\": [[-1, 2, -2]]}]}");
  write_file ("prices.csv", "size,year,rooms,price\n1,1990,1,1\n2,1991,5,1\n0.5,1992,2,-1\n"
                            "2.5,1993,1,2\n");
}

static void
test_explain (void)
{
  g_autoptr (cJSON) json = run_json ("explain " PRICE " --row 1 --json");
  const cJSON *contributions = get (json, "contributions");

  g_assert_cmpfloat (get_number (json, "label"), ==, 1);
  g_assert_cmpfloat (get_number (json, "prediction"), ==, 1);
  g_assert_true (cJSON_IsNull (get (json, "probabilities")));
  g_assert_cmpstr (get (json, "pattern")->valuestring, ==, "210");
  /* The rooms are past their bound, which is all base. */
  g_assert_cmpfloat (get_number (contributions, "base"), ==, -3);
  g_assert_cmpfloat (cJSON_GetArrayItem (get (contributions, "logit"), 0)->valuedouble, ==, 4);
  g_assert_cmpfloat (cJSON_GetArrayItem (get (contributions, "logit"), 1)->valuedouble, ==, 0);
}

static void
test_analyze (void)
{
  g_autoptr (cJSON) json = run_json ("analyze " PRICE " --test-fraction 0 --json");
  const cJSON *errors = get (get (json, "errors"), "train");
  g_auto (Run) text = run_cli ("analyze " PRICE);

  g_assert_cmpfloat (get_number (errors, "n"), ==, 4);
  g_assert_cmpfloat_with_epsilon (get_number (errors, "rmse"), 1, 1e-15);
  g_assert_cmpfloat_with_epsilon (get_number (errors, "mae"), 0.5, 1e-15);
  g_assert_true (cJSON_IsNull (get (json, "accuracy")));
  g_assert_cmpint (text.status, ==, 0);
  g_assert_nonnull (strstr (text.output, "root mean square error"));
  g_assert_null (strstr (text.output, "accuracy"));
}

/* What is about classes is refused by name, all other figures are drawn. */
static void
test_render (void)
{
  static const char *const drawn[] = { "sankey",   "contributions", "regions", "profiles",
                                       "validity", "importance",    "neurons" };
  static const char *const refused[] = { "probabilities", "confusion" };

  for (gsize i = 0; i < G_N_ELEMENTS (drawn); i++) {
    g_autofree char *path = get_path ("figure.png");
    g_autofree char *command =
        g_strdup_printf ("render %s " PRICE " --row 0 -o %s", drawn[i], path);
    g_auto (Run) run = run_cli (command);

    g_assert_cmpstr (run.errors, ==, "re3-cli: note: prices.csv: Left out: year.\n");
    g_assert_cmpint (run.status, ==, 0);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree char *path = get_path ("refused.png");
    g_autofree char *command =
        g_strdup_printf ("render %s " PRICE " --row 0 -o %s", refused[i], path);
    g_auto (Run) run = run_cli (command);

    g_assert_cmpint (run.status, ==, 2);
    g_assert_nonnull (strstr (run.errors, "is a regression network"));
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }
}

/* No output is a class, however many there are: none is predicted along a line, and no input of
 * another one is looked for. */
static void
test_outputs (void)
{
  static const char files[] = "two.re3.json prices.csv --label \"\" --row 1";
  g_autoptr (cJSON) json = NULL;
  g_auto (Run) trace = { 0 };
  g_auto (Run) counterfactual = { 0 };
  g_autofree char *trace_command = g_strdup_printf ("trace %s --feature size", files);
  g_autofree char *json_command = g_strdup_printf ("%s --json", trace_command);
  g_autofree char *counterfactual_command = g_strdup_printf ("counterfactual %s", files);

  write_file ("two.re3.json", "{\"format\": \"re3-model\", \"version\": 1, "
                              "\"features\": [\"size\", \"rooms\"], \"task\": \"regression\", "
                              "\"layers\": [{\"type\": \"linear\", "
                              "\"weight\": [[1, 0], [-1, 2]]}]}");
  json = run_json (json_command);
  g_assert_true (cJSON_IsNull (get (json, "predictions")));
  g_assert_cmpint (cJSON_GetArraySize (get (json, "pieces")), ==, 1);
  trace = run_cli (trace_command);
  g_assert_cmpint (trace.status, ==, 0);
  g_assert_null (strstr (trace.output, "predicted"));
  g_assert_nonnull (strstr (trace.output, "Output y1, piece by piece"));

  counterfactual = run_cli (counterfactual_command);
  g_assert_cmpint (counterfactual.status, ==, 1);
  g_assert_nonnull (strstr (counterfactual.errors, "The model is a regression network"));
}

/* No column is about classes or probabilities, which there are none of. */
static void
test_tables (void)
{
  static const char *const names[] = { "regions.csv", "importance.csv", "confusion.csv" };
  g_autofree char *folder = get_path ("price-tables");
  g_autofree char *command = g_strdup_printf ("analyze " PRICE " --csv %s", folder);
  g_auto (Run) run = run_cli (command);
  g_auto (Run) info = run_cli ("info price.re3.json");
  g_auto (Run) array = run_cli ("analyze " PRICE " --labels prices.csv");

  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.output, "|output|"));
  g_assert_null (strstr (run.output, "robability"));
  g_assert_nonnull (strstr (info.output, "regression"));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = g_build_filename ("price-tables", names[i], NULL);
    g_autofree char *path = get_path (name);
    g_autofree char *content = NULL;

    g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
    g_assert_null (strstr (content, "probability"));
    g_assert_null (strstr (content, "class "));
    g_assert_null (strstr (content, "predicted"));
  }

  /* Labels beside a text file would be left out. */
  g_assert_cmpint (array.status, ==, 1);
  g_assert_nonnull (strstr (array.errors, "prices.csv: this is no array"));
}

static void
test_convert (void)
{
  g_autofree char *path = get_path ("again.re3.json");
  g_autofree char *command = g_strdup_printf ("convert price.re3.json -o %s", path);
  g_autofree char *explain = g_strdup_printf ("explain %s prices.csv --row 1 --json", path);
  g_auto (Run) run = run_cli (command);
  g_autoptr (cJSON) json = NULL;

  g_assert_cmpint (run.status, ==, 0);
  json = run_json (explain);
  g_assert_cmpfloat (get_number (json, "prediction"), ==, 1);
  g_assert_cmpstr (get (json, "pattern")->valuestring, ==, "210");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  fill_folder ();
  write_files ();

  g_test_add_func ("/cli/regression/explain", test_explain);
  g_test_add_func ("/cli/regression/analyze", test_analyze);
  g_test_add_func ("/cli/regression/render", test_render);
  g_test_add_func ("/cli/regression/outputs", test_outputs);
  g_test_add_func ("/cli/regression/tables", test_tables);
  g_test_add_func ("/cli/regression/convert", test_convert);

  status = g_test_run ();
  empty_folder ();

  return status;
}
