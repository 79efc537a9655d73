/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-test.h"

#include <string.h>

#define TRACE "trace " MODEL " " DATA " --row 60 --feature 'petal width'"

/* In the middle of each piece, `explain --set` has its pattern and the logits of its lines. */
static void
test_agrees_with_explain (void)
{
  g_autoptr (cJSON) json = run_json (TRACE " --json");
  const cJSON *pieces = get (json, "pieces");
  const cJSON *piece;
  double end = 0.1;

  g_assert_cmpstr (get (json, "feature")->valuestring, ==, "petal width");
  g_assert_cmpstr (get (json, "unit")->valuestring, ==, "cm");
  g_assert_cmpint (cJSON_GetArraySize (pieces), >, 3);
  cJSON_ArrayForEach (piece, pieces)
  {
    double from = get_number (piece, "from");
    double to = get_number (piece, "to");
    double value = (from + to) / 2;
    g_autofree char *command = g_strdup_printf (
        "explain " MODEL " " DATA " --row 60 --set 'petal width=%.17g' --json", value);
    g_autoptr (cJSON) explained = run_json (command);

    g_assert_cmpfloat (from, ==, end);
    end = to;
    g_assert_cmpstr (get (piece, "pattern")->valuestring, ==,
                     get (explained, "pattern")->valuestring);
    for (int c = 0; c < 3; c++)
      g_assert_cmpfloat_with_epsilon (
          cJSON_GetArrayItem (get (piece, "intercept"), c)->valuedouble +
              cJSON_GetArrayItem (get (piece, "slope"), c)->valuedouble * value,
          cJSON_GetArrayItem (get (explained, "logits"), c)->valuedouble, 1e-12);
  }
  /* The range of the column. */
  g_assert_cmpfloat (end, ==, 2.5);
}

static void
test_options (void)
{
  g_autoptr (cJSON) json = run_json (TRACE " --from -3 --to 12.5 --set petal_length=2 --json");
  const cJSON *predictions = get (json, "predictions");
  const cJSON *first = cJSON_GetArrayItem (predictions, 0);
  const cJSON *last = cJSON_GetArrayItem (predictions, cJSON_GetArraySize (predictions) - 1);
  g_autofree char *command = NULL;
  g_autoptr (cJSON) explained = NULL;
  g_auto (Run) text = run_cli (TRACE " --class setosa");

  g_assert_cmpfloat (get_number (first, "from"), ==, -3);
  g_assert_cmpfloat (get_number (last, "to"), ==, 12.5);
  command = g_strdup_printf ("explain " MODEL " " DATA " --row 60 --set petal_length=2 "
                             "--set 'petal width=%.17g' --json",
                             get_number (first, "to") - 1e-6);
  explained = run_json (command);
  g_assert_cmpstr (get (explained, "prediction")->valuestring, ==,
                   get (first, "class")->valuestring);

  g_assert_cmpint (text.status, ==, 0);
  g_assert_nonnull (strstr (text.output, "Logit of setosa"));
  g_assert_nonnull (strstr (text.output, "L2·3 off"));
}

static void
assert_refused (const char *command, int status, const char *part)
{
  g_auto (Run) run = run_cli (command);

  g_assert_cmpint (run.status, ==, status);
  g_assert_cmpstr (run.output, ==, "");
  if (strstr (run.errors, part) == NULL)
    g_error ("“%s” is not in: %s", part, run.errors);
}

static void
test_refusals (void)
{
  assert_refused ("trace " MODEL " " DATA " --feature 'petal width'", 2, "--row N is missing");
  assert_refused ("trace " MODEL " " DATA " --row 3", 2, "--feature F is missing");
  assert_refused ("trace " MODEL " " DATA " --row 3 --feature stalk", 1, "no feature “stalk”");
  assert_refused (TRACE " --from 3 --to 3", 2, "--from 3 is not below --to 3");
  assert_refused (TRACE " --from -1e308 --to 1e308", 2, "too far apart");
  assert_refused (TRACE " --from here", 2, "--from");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace/agrees-with-explain", test_agrees_with_explain);
  g_test_add_func ("/trace/options", test_options);
  g_test_add_func ("/trace/refusals", test_refusals);

  fill_folder ();
  status = g_test_run ();
  empty_folder ();
  return status;
}
