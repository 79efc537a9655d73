/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-test.h"

#include <string.h>

#define EXPLAIN "explain " MODEL " " DATA " --json "

/* What is explained of row 60 from row 3 adds up to what the two rows' own explanations differ by.
 */
static void
test_from_row (void)
{
  g_autoptr (cJSON) here = run_json (EXPLAIN "--row 60 --class virginica --baseline 3");
  g_autoptr (cJSON) there = run_json (EXPLAIN "--row 3");
  const cJSON *contributions = get (here, "contributions");
  const cJSON *start = get (contributions, "path_baseline");
  double logit = cJSON_GetArrayItem (get (here, "logits"), 2)->valuedouble;
  double probability = cJSON_GetArrayItem (get (here, "probabilities"), 2)->valuedouble;
  double logit_there = cJSON_GetArrayItem (get (there, "logits"), 2)->valuedouble;
  double probability_there = cJSON_GetArrayItem (get (there, "probabilities"), 2)->valuedouble;

  g_assert_true (cJSON_Compare (get (start, "values"), get (there, "values"), TRUE));
  g_assert_cmpfloat (get_number (start, "logit"), ==, logit_there);
  g_assert_cmpfloat (get_number (start, "probability"), ==, probability_there);
  g_assert_cmpfloat_with_epsilon (sum (get (contributions, "path_logit")), logit - logit_there,
                                  1e-12);
  g_assert_cmpfloat_with_epsilon (sum (get (contributions, "path")),
                                  probability - probability_there, 1e-12);
}

/* Zero is that of the original units, the mean that of the training rows. */
static void
test_named (void)
{
  g_autoptr (cJSON) zero = run_json (EXPLAIN "--row 60 --baseline zero");
  g_autoptr (cJSON) mean = run_json (EXPLAIN "--row 60 --baseline mean");
  const cJSON *zeros = get (get (get (zero, "contributions"), "path_baseline"), "values");
  const cJSON *means = get (get (get (mean, "contributions"), "path_baseline"), "values");
  g_auto (Run) text = run_cli ("explain " MODEL " " DATA " --row 60 --baseline mean");

  for (int i = 0; i < 4; i++)
    g_assert_cmpfloat (cJSON_GetArrayItem (zeros, i)->valuedouble, ==, 0);
  /* The model's scaler was fitted to 120 of the rows, which are not quite those of the split. */
  g_assert_cmpfloat_with_epsilon (cJSON_GetArrayItem (means, 0)->valuedouble, 5.84, 0.05);
  g_assert_nonnull (strstr (text.output, "change of p from training mean"));
}

static void
assert_refused (const char *command, int status, const char *part)
{
  g_auto (Run) run = run_cli (command);

  g_assert_cmpint (run.status, ==, status);
  if (strstr (run.errors, part) == NULL)
    g_error ("“%s” is not in: %s", part, run.errors);
}

static void
test_refusals (void)
{
  assert_refused (EXPLAIN "--row 60 --baseline middle", 2,
                  "--baseline is mean, zero or a data row");
  assert_refused (EXPLAIN "--row 60 --baseline -1", 2, "--baseline is mean");
  assert_refused (EXPLAIN "--row 60 --baseline 3x", 2, "--baseline");
  assert_refused (EXPLAIN "--row 60 --baseline 150", 1, "no row 150");
  assert_refused ("render contributions " MODEL " " DATA " --row 1 --baseline x -o x.svg", 2,
                  "--baseline");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baseline/from-row", test_from_row);
  g_test_add_func ("/baseline/named", test_named);
  g_test_add_func ("/baseline/refusals", test_refusals);

  fill_folder ();
  status = g_test_run ();
  empty_folder ();
  return status;
}
