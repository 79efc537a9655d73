/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-data.h"
#include "bench-partner.h"
#include "bench-rows.h"
#include "re3-data-file.h"
#include "re3-model-file.h"
#include "re3-sample-set.h"

#include <cJSON.h>
#include <csv.h>
#include <math.h>
#include <stdio.h>

/* csv: 21 features and a label. */
#define N_ROWS_CSV   250000
#define N_ROWS_WHOLE 253680
#define N_ROWS_QUICK 2000

typedef struct {
  Re3Model *model;
  char *folder;
  char *model_path;
  char *data_path;
  gsize n_rows;
} Case;

static void
case_init (Case *self, const gsize *widths, gsize n_widths, gsize n_rows, gboolean with_split)
{
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  self->n_rows = n_rows;
  self->model = bench_random_model (widths, n_widths);
  self->folder = bench_folder_new ();
  self->model_path = g_build_filename (self->folder, "model.re3.json", NULL);
  self->data_path = g_build_filename (self->folder, "data.csv", NULL);
  dataset = bench_random_data (self->model, n_rows);
  bench_write_csv (self->model, dataset, with_split, self->data_path);
  file = g_file_new_for_path (self->model_path);
  if (!re3_model_file_write (self->model, file, &error))
    g_error ("%s", error->message);
}

static void
case_clear (Case *self)
{
  re3_model_unref (self->model);
  g_free (self->model_path);
  g_free (self->data_path);
  bench_folder_remove (self->folder);
}

static void
count_cell (void *text, size_t length, void *data)
{
  gsize *count = data;

  (*count)++;
}

static void
end_row (int end, void *data)
{
}

/* How quickly libcsv can be: the file read, its cells found, and nothing done with them. */
static BenchTime
run_libcsv (gpointer data)
{
  const Case *self = data;
  BenchWatch watch = bench_watch_start (FALSE);
  FILE *file = fopen (self->data_path, "rb");
  struct csv_parser parser;
  char buffer[65536];
  gsize n_cells = 0;
  gsize length;
  BenchTime time;

  csv_init (&parser, 0);
  while ((length = fread (buffer, 1, sizeof buffer, file)) > 0)
    csv_parse (&parser, buffer, length, count_cell, end_row, &n_cells);
  csv_fini (&parser, count_cell, end_row, &n_cells);
  csv_free (&parser);
  fclose (file);

  time = bench_watch_stop (&watch);
  if (n_cells != (self->n_rows + 1) * (re3_model_get_n_features (self->model) + 1))
    g_error ("libcsv finds %zu cells", n_cells);

  return time;
}

static BenchTime
run_reader (gpointer data)
{
  const Case *self = data;
  BenchWatch watch = bench_watch_start (FALSE);
  g_autoptr (GFile) file = g_file_new_for_path (self->data_path);
  const Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Dataset) dataset =
      re3_data_file_read (file, self->model, &options, NULL, NULL, &error);
  BenchTime time = bench_watch_stop (&watch);

  if (dataset == NULL)
    g_error ("%s", error->message);
  if (re3_dataset_get_n_rows (dataset) != self->n_rows)
    g_error ("Re3 reads %zu rows", re3_dataset_get_n_rows (dataset));

  return time;
}

static void
measure_csv (BenchTable *table)
{
  static const gsize widths[] = { 21, 16, 8, 2 };
  Case self;
  const BenchRow row = {
    .name = "csv",
    .work = "250,000 lines of 22 cells to a data set",
    .baseline = { .label = "libcsv, no conversion at all", .run = run_libcsv, .data = &self },
    .ours = { .label = "Re3", .run = run_reader, .data = &self },
    .target = 0.45,
  };

  case_init (&self, widths, G_N_ELEMENTS (widths),
             bench_table_is_quick (table) ? N_ROWS_QUICK : N_ROWS_CSV, FALSE);
  bench_table_measure (table, &row);
  case_clear (&self);
}

static gboolean
has_pandas (void)
{
  const char *const arguments[] = { RE3_BENCH_PYTHON, "-c", "import numpy, pandas", NULL };
  int status;

  return g_spawn_sync (NULL, (char **) arguments, NULL,
                       G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                       NULL, &status, NULL) &&
         status == 0;
}

/* (transfer full) */
static cJSON *
parse (const char *text, const char *who)
{
  cJSON *json = cJSON_Parse (text);

  if (json == NULL)
    g_error ("%s writes no JSON", who);

  return json;
}

/* The number of regions, and the smallest boundary distance of the test samples. */
static void
check_whole (char **theirs, const char *their_path, char **ours)
{
  g_autofree char *our_text = NULL;
  g_autofree char *their_text = NULL;
  cJSON *our_json;
  cJSON *their_json;
  double our_min;
  double their_min;

  bench_run_program (theirs);
  g_spawn_sync (NULL, ours, NULL, G_SPAWN_DEFAULT, NULL, NULL, &our_text, NULL, NULL, NULL);
  g_file_get_contents (their_path, &their_text, NULL, NULL);
  our_json = parse (our_text, ours[0]);
  their_json = parse (their_text, theirs[0]);

  if (cJSON_GetArraySize (cJSON_GetObjectItem (our_json, "region_table")) !=
      cJSON_GetArraySize (cJSON_GetObjectItem (their_json, "counts")))
    g_error ("NumPy and re3-cli find different numbers of regions");
  our_min = cJSON_GetNumberValue (
      cJSON_GetObjectItem (cJSON_GetObjectItem (our_json, "boundary"), "min"));
  their_min = cJSON_GetNumberValue (cJSON_GetArrayItem (
      cJSON_GetArrayItem (cJSON_GetObjectItem (cJSON_GetObjectItem (their_json, "boundary"), "l2"),
                          RE3_SAMPLES_TEST),
      0));
  if (!(fabs (our_min - their_min) <= 1e-9))
    g_error ("NumPy and re3-cli differ in the smallest distance: %.17g and %.17g", their_min,
             our_min);
  cJSON_Delete (our_json);
  cJSON_Delete (their_json);
}

static void
measure_whole (BenchTable *table)
{
  static const gsize widths[] = { 16, 8, 4, 2 };
  Case self;
  g_autofree char *out = NULL;
  BenchRow row = {
    .name = "end-to-end",
    .work = "whole processes: CSV file to the analysis as JSON, 253,680 rows of 16 features",
    .baseline = { .label = "pandas and NumPy", .run = bench_run_program },
    .ours = { .label = "re3-cli analyze --json", .run = bench_run_program },
    .target = 5,
  };

  if (!has_pandas ()) {
    bench_table_skip (table, row.name, RE3_BENCH_PYTHON " has no pandas and NumPy");
    return;
  }

  case_init (&self, widths, G_N_ELEMENTS (widths),
             bench_table_is_quick (table) ? N_ROWS_QUICK : N_ROWS_WHOLE, TRUE);
  out = g_build_filename (self.folder, "out.json", NULL);
  row.baseline.data = (const char *[]){ RE3_BENCH_PYTHON,
                                        RE3_BENCH_SOURCE "/numpy_analysis.py",
                                        "whole",
                                        self.model_path,
                                        self.data_path,
                                        out,
                                        NULL };
  row.ours.data = (const char *[]){ RE3_BENCH_BUILD "/src/cli/re3-cli",
                                    "analyze",
                                    self.model_path,
                                    self.data_path,
                                    "--label",
                                    "label",
                                    "--split",
                                    "split",
                                    "--json",
                                    NULL };
  check_whole (row.baseline.data, out, row.ours.data);
  bench_table_measure (table, &row);
  case_clear (&self);
}

void
bench_files (BenchTable *table)
{
  if (bench_table_wants (table, "csv"))
    measure_csv (table);
  if (bench_table_wants (table, "end-to-end"))
    measure_whole (table);
}
