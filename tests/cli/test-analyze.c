/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-test.h"

#include <math.h>
#include <string.h>

#define COMMAND "analyze " MODEL " " DATA

/* A table of re3-cli without quoted cells: its lines, each a row of cells. (transfer full) */
static GPtrArray *
read_table (const char *name)
{
  g_autofree char *path = get_path (name);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strchr (content, '"'));
  g_assert_true (g_str_has_suffix (content, "\n"));
  lines = g_strsplit (content, "\n", -1);
  for (gsize i = 0; *lines[i] != '\0'; i++) {
    g_ptr_array_add (rows, g_strsplit (lines[i], ",", -1));
    g_assert_cmpuint (g_strv_length (rows->pdata[i]), ==, g_strv_length (rows->pdata[0]));
  }

  return rows;
}

/* The cell of a row, counted from 0 without the heading, in the column @heading. */
static const char *
get_cell (GPtrArray *table, gsize row, const char *heading)
{
  GStrv headings = table->pdata[0];

  for (gsize column = 0; headings[column] != NULL; column++)
    if (g_str_equal (headings[column], heading))
      return ((GStrv) table->pdata[row + 1])[column];
  g_error ("there is no column %s", heading);
}

static double
get_value (GPtrArray *table, gsize row, const char *heading)
{
  const char *cell = get_cell (table, row, heading);
  char *end;
  double value = g_ascii_strtod (cell, &end);

  g_assert_true (end != cell && *end == '\0');

  return value;
}

/* The value of summary.csv. */
static double
get_quantity (GPtrArray *summary, const char *name)
{
  for (gsize row = 0; row + 1 < summary->len; row++)
    if (g_str_equal (get_cell (summary, row, "quantity"), name))
      return get_value (summary, row, "value");
  g_error ("there is no quantity %s", name);
}

static void
test_json (void)
{
  g_autoptr (cJSON) json = run_json (COMMAND " --json");
  g_auto (Run) text = run_cli (COMMAND);
  const cJSON *item;
  double n_rows = 0;
  int i = 0;

  g_assert_cmpfloat (get_number (get (json, "data"), "rows"), ==, 150);
  g_assert_cmpfloat (get_number (get (json, "data"), "test"), ==, 30);
  g_assert_cmpfloat (get_number (get (json, "accuracy"), "test"), >=, 0.93);
  g_assert_cmpstr (get (get (json, "boundary"), "metric")->valuestring, ==, "l2");
  g_assert_cmpstr (get (get (json, "boundary_paper"), "metric")->valuestring, ==, "paper");
  g_assert_cmpfloat (get_number (json, "residual_max"), <, 1e-12);

  cJSON_ArrayForEach (item, get (json, "region_table")) n_rows +=
      get_number (item, "train") + get_number (item, "test");
  g_assert_cmpfloat (n_rows, ==, 150);
  g_assert_cmpfloat (get_number (get (json, "regions"), "all"), ==,
                     cJSON_GetArraySize (get (json, "region_table")));

  /* Each feature has some rank in each test sample. */
  cJSON_ArrayForEach (item, get (get (json, "importance"), "ranks"))
      g_assert_cmpfloat (sum (item), ==, 30);
  g_assert_cmpint (cJSON_GetArraySize (get (json, "neurons")), ==, 8 + 4);

  g_assert_cmpint (cJSON_GetArraySize (get (json, "report")), ==, 3);
  cJSON_ArrayForEach (item, get (json, "report")) g_assert_cmpfloat (
      get_number (item, "support"), ==, sum (cJSON_GetArrayItem (get (json, "confusion"), i++)));

  g_assert_cmpint (text.status, ==, 0);
  g_assert_nonnull (strstr (text.output, "setosa"));
  g_assert_nonnull (strstr (text.output, "L2\u00b74"));
  g_assert_nonnull (strstr (text.output, "about the test samples"));
  g_assert_null (strstr (text.output, " \n"));
  g_assert_null (strstr (text.output, "NaN"));
}

/* The validity curve falls from 1 to 0, and at eps50 half of the samples are left. */
static void
test_curve (void)
{
  g_autoptr (cJSON) json = run_json (COMMAND " --json");
  const cJSON *boundary = get (json, "boundary");
  double last = 1;
  const cJSON *point;

  cJSON_ArrayForEach (point, get (boundary, "curve"))
  {
    double step = get_number (point, "step");
    double valid = get_number (point, "valid");

    g_assert_cmpfloat (valid, <=, last);
    if (step < get_number (boundary, "min"))
      g_assert_cmpfloat (valid, ==, 1);
    g_assert_cmpint (step<get_number (boundary, "eps50"), ==, valid> 0.5);
    g_assert_cmpint (step<get_number (boundary, "max"), ==, valid> 0);
    last = valid;
  }
  g_assert_cmpfloat (last, ==, 0);
}

/* With one test sample each distance is the one that explain tells of it. */
static void
test_metrics (void)
{
  static const char *const metrics[] = { "l2", "l1", "linf" };
  g_autoptr (cJSON) explained =
      run_json ("explain " MODEL " " DATA " --test eighth.csv --row 150 --json");

  for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++) {
    g_autofree char *command =
        g_strconcat (COMMAND " --test eighth.csv --json --metric ", metrics[i], NULL);
    g_autoptr (cJSON) json = run_json (command);

    g_assert_cmpfloat (get_number (get (json, "data"), "test"), ==, 1);
    g_assert_cmpstr (get (get (json, "boundary"), "metric")->valuestring, ==, metrics[i]);
    g_assert_cmpfloat_with_epsilon (get_number (get (json, "boundary"), "median"),
                                    get_number (get (explained, "boundary"), metrics[i]), 1e-14);
    g_assert_cmpfloat_with_epsilon (get_number (get (json, "boundary_paper"), "median"),
                                    get_number (get (explained, "boundary"), "paper"), 1e-14);
  }
}

static void
test_purity_threshold (void)
{
  static const double thresholds[] = { 0.5, 0.7, 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (thresholds); i++) {
    g_autofree char *command =
        g_strdup_printf (COMMAND " --json --purity-threshold %.1f", thresholds[i]);
    g_autoptr (cJSON) json = run_json (command);
    gsize n_confused = 0;
    const cJSON *region;

    cJSON_ArrayForEach (region, get (json, "region_table"))
    {
      gboolean is_confused = cJSON_IsTrue (get (region, "confusion"));

      g_assert_cmpint (is_confused, ==, get_number (region, "purity") < thresholds[i]);
      n_confused += is_confused;
    }
    /* One half-and-half region, and others that are not pure: were none, nothing were shown. */
    g_assert_cmpint (n_confused > 0, ==, thresholds[i] > 0.5);
  }
}

/* The tables say what the JSON says. */
static void
test_csv (void)
{
  g_autoptr (cJSON) json = run_json (COMMAND " --json --csv tables");
  g_autoptr (GPtrArray) summary = read_table ("tables/summary.csv");
  g_autoptr (GPtrArray) regions = read_table ("tables/regions.csv");
  g_autoptr (GPtrArray) samples = read_table ("tables/samples.csv");
  g_autoptr (GPtrArray) importance = read_table ("tables/importance.csv");
  g_autoptr (GPtrArray) confusion = read_table ("tables/confusion.csv");
  const cJSON *table = get (json, "region_table");
  const cJSON *boundary = get (json, "boundary");
  double nearest = INFINITY;
  gsize n_right = 0;

  g_assert_cmpfloat (get_quantity (summary, "rows"), ==, 150);
  g_assert_cmpfloat (get_quantity (summary, "distance l2 eps90"), ==,
                     get_number (boundary, "eps90"));
  g_assert_cmpfloat (get_quantity (summary, "largest residual"), ==,
                     get_number (json, "residual_max"));

  g_assert_cmpint (cJSON_GetArraySize (table), ==, regions->len - 1);
  for (int i = 0; i < cJSON_GetArraySize (table); i++) {
    const cJSON *region = cJSON_GetArrayItem (table, i);

    g_assert_cmpstr (get_cell (regions, i, "pattern"), ==, get (region, "pattern")->valuestring);
    g_assert_cmpfloat (get_value (regions, i, "test (samples)"), ==, get_number (region, "test"));
    g_assert_cmpfloat (get_value (regions, i, "class setosa (samples)"), ==,
                       get_number (get (region, "counts"), "setosa"));
    g_assert_cmpfloat (get_value (regions, i, "contribution of petal width (logit)"), ==,
                       cJSON_GetArrayItem (get (region, "profile"), 3)->valuedouble);
  }

  g_assert_cmpuint (samples->len, ==, 151);
  for (gsize row = 0; row < 150; row++) {
    g_assert_cmpfloat (get_value (samples, row, "row"), ==, (double) row);
    g_assert_cmpfloat (get_value (samples, row, "line"), ==, (double) row + 2);
    if (!g_str_equal (get_cell (samples, row, "split"), "test"))
      continue;
    n_right += g_str_equal (get_cell (samples, row, "true"), get_cell (samples, row, "predicted"));
    nearest = fmin (nearest, get_value (samples, row, "distance l2 (network units)"));
  }
  g_assert_cmpfloat (n_right / 30.0, ==, get_number (get (json, "accuracy"), "test"));
  g_assert_cmpfloat (nearest, ==, get_number (boundary, "min"));

  g_assert_cmpstr (get_cell (importance, 3, "unit"), ==, "cm");
  g_assert_cmpfloat (get_value (importance, 3, "mean absolute contribution (logit)"), ==,
                     cJSON_GetArrayItem (get (get (json, "importance"), "logit"), 3)->valuedouble);
  g_assert_cmpfloat (
      get_value (confusion, 2, "predicted virginica (samples)"), ==,
      cJSON_GetArrayItem (cJSON_GetArrayItem (get (json, "confusion"), 2), 2)->valuedouble);
}

static void
test_csv_faults (void)
{
  static const struct {
    const char *command;
    const char *message;
  } cases[] = {
    { COMMAND " --csv " DATA, DATA ": this is a file; give a folder for the tables.\n" },
    { COMMAND " --csv no/tables", "no/tables: there is no such folder to make this one in.\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Run) run = run_cli (cases[i].command);

    g_assert_cmpint (run.status, ==, 1);
    g_assert_cmpstr (run.output, ==, "");
    g_assert_true (g_str_has_prefix (run.errors, "re3-cli: "));
    g_assert_true (g_str_has_suffix (run.errors, cases[i].message));
  }
}

static void
assert_split (const char *options, double n_train, double n_test)
{
  g_autofree char *command =
      g_strconcat ("analyze umlaut.re3.json scaled.csv --json ", options, NULL);
  g_autoptr (cJSON) json = run_json (command);

  g_assert_cmpfloat (get_number (get (json, "data"), "train"), ==, n_train);
  g_assert_cmpfloat (get_number (get (json, "data"), "test"), ==, n_test);
}

static void
test_splits (void)
{
  g_autoptr (cJSON) first = run_json (COMMAND " --json --csv first --test-fraction 0.5 --seed 7");
  g_autoptr (cJSON) again = run_json (COMMAND " --json --csv again --test-fraction 0.5 --seed 7");
  g_autoptr (cJSON) other = run_json (COMMAND " --json --csv other --test-fraction 0.5 --seed 8");
  g_autoptr (GPtrArray) first_samples = read_table ("first/samples.csv");
  g_autoptr (GPtrArray) other_samples = read_table ("other/samples.csv");
  g_autoptr (GPtrArray) by_column = NULL;
  g_auto (Run) none = run_cli (COMMAND " --test-fraction 0");
  g_auto (Run) with_column =
      run_cli ("analyze umlaut.re3.json scaled.csv --label y --split set --csv by-column");
  gsize n_moved = 0;

  g_assert_true (cJSON_Compare (first, again, TRUE));
  g_assert_false (cJSON_Compare (first, other, TRUE));
  g_assert_cmpfloat (get_number (get (first, "data"), "test"), ==, 75);
  for (gsize row = 0; row < 150; row++)
    n_moved += !g_str_equal (get_cell (first_samples, row, "split"),
                             get_cell (other_samples, row, "split"));
  g_assert_cmpuint (n_moved, >, 0);

  g_assert_cmpint (none.status, ==, 0);
  g_assert_nonnull (strstr (none.output, "about all samples"));

  g_assert_cmpint (with_column.status, ==, 0);
  by_column = read_table ("by-column/samples.csv");
  g_assert_cmpstr (get_cell (by_column, 0, "split"), ==, "train");
  g_assert_cmpstr (get_cell (by_column, 1, "split"), ==, "test");
  g_assert_cmpstr (get_cell (by_column, 2, "split"), ==, "train");

  assert_split ("--label y --split set", 2, 1);
  assert_split ("--label y --test scaled.csv", 3, 3);
  assert_split ("--label y --test-fraction 0.34", 2, 1);
}

/* The training rows are 1 and 3: of mean 2 and deviation 1. So the test row, 4, is 2, and its logit
 * for "größer" is 2. */
static void
test_fit_scaler (void)
{
  g_auto (Run) run = run_cli ("analyze umlaut.re3.json scaled.csv --label y --split set --json "
                              "--fit-scaler train");
  g_auto (Run) text = run_cli ("analyze umlaut.re3.json scaled.csv --label y --split set "
                               "--fit-scaler train");
  g_auto (Run) refused = run_cli (COMMAND " --fit-scaler train");
  g_auto (Run) without_rows =
      run_cli ("analyze umlaut.re3.json scaled.csv --label y --test-fraction 1 --fit-scaler train");
  g_autoptr (cJSON) json = cJSON_Parse (run.output);
  g_autoptr (cJSON) raw =
      run_json ("analyze umlaut.re3.json scaled.csv --label y --split set --json");

  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.errors, "re3-cli: note: umlaut.re3.json has no scaler"));
  g_assert_cmpstr (get (get (json, "data"), "scaler")->valuestring, ==, "train");
  g_assert_cmpfloat (sum (get (get (json, "importance"), "logit")), ==, 2);
  g_assert_nonnull (strstr (text.output, "fitted to the training rows"));

  /* Not asked for, nothing is scaled. */
  g_assert_true (cJSON_IsNull (get (get (raw, "data"), "scaler")));
  g_assert_cmpfloat (sum (get (get (raw, "importance"), "logit")), ==, 4);

  g_assert_cmpint (refused.status, ==, 1);
  g_assert_cmpstr (refused.errors, ==,
                   "re3-cli: " MODEL ": the model has a scaler of its own; leave --fit-scaler "
                   "out.\n");
  g_assert_cmpint (without_rows.status, ==, 1);
  g_assert_nonnull (strstr (without_rows.errors, "scaled.csv: A scaler is fitted to the training"));
}

/* Far from what the network seems made for: a warning, and nothing else. */
static void
test_unscaled (void)
{
  g_auto (Run) run = run_cli ("analyze umlaut.re3.json unscaled.csv --label '' --json "
                              "--test-fraction 0");
  g_autoptr (cJSON) json = cJSON_Parse (run.output);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_str_has_prefix (run.errors, "re3-cli: warning: unscaled.csv: "));
  g_assert_nonnull (strstr (run.errors, "The features are: x1."));
  g_assert_nonnull (strstr (run.errors, "--fit-scaler train"));
  g_assert_true (strchr (run.errors, '\n') == run.errors + strlen (run.errors) - 1);
  g_assert_cmpfloat (sum (get (get (json, "importance"), "logit")), ==, 1000);
}

static void
test_usage (void)
{
  static const struct {
    const char *command;
    const char *message;
  } cases[] = {
    { COMMAND " --metric l3", "--metric is one of l2, l1, linf, not “l3”" },
    { COMMAND " --metric paper", "--metric is one of l2, l1, linf, not “paper”" },
    { COMMAND " --purity-threshold 0", "--purity-threshold takes a number above 0" },
    { COMMAND " --purity-threshold 1.01", "--purity-threshold takes a number above 0" },
    { COMMAND " --fit-scaler test", "--fit-scaler is “train”" },
    { "info " MODEL " --fit-scaler train", "--fit-scaler needs DATA" },
    { "info " MODEL " --seed 3", "--seed needs DATA" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Run) run = run_cli (cases[i].command);

    g_assert_cmpint (run.status, ==, 2);
    g_assert_cmpstr (run.output, ==, "");
    if (strstr (run.errors, cases[i].message) == NULL)
      g_error ("“%s” does not say “%s”", run.errors, cases[i].message);
  }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  fill_folder ();
  write_file ("eighth.csv", "sepal length,sepal width,petal length,petal width,species\n"
                            "5.0,3.4,1.5,0.2,setosa\n");
  write_file ("scaled.csv", "x1,set,y\n1,train,größer\n4,test,größer\n3,train,kleiner\n");
  write_file ("unscaled.csv", "x1\n990\n1000\n1010\n");

  g_test_add_func ("/cli/analyze/json", test_json);
  g_test_add_func ("/cli/analyze/curve", test_curve);
  g_test_add_func ("/cli/analyze/metrics", test_metrics);
  g_test_add_func ("/cli/analyze/purity-threshold", test_purity_threshold);
  g_test_add_func ("/cli/analyze/csv", test_csv);
  g_test_add_func ("/cli/analyze/csv-faults", test_csv_faults);
  g_test_add_func ("/cli/analyze/splits", test_splits);
  g_test_add_func ("/cli/analyze/fit-scaler", test_fit_scaler);
  g_test_add_func ("/cli/analyze/unscaled", test_unscaled);
  g_test_add_func ("/cli/analyze/usage", test_usage);

  status = g_test_run ();
  empty_folder ();

  return status;
}
