/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-data.h"
#include "bench-partner.h"
#include "bench-rows.h"
#include "re3-model-file.h"
#include "simple-analysis.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* As many rows as the largest data set of the paper. */
#define N_ROWS       253680
#define N_ROWS_QUICK 2000

typedef struct {
  Re3Model *model;
  Re3Dataset *dataset;
} Case;

static Re3Analysis *
analyse (const Case *self, gsize n_threads)
{
  const Re3AnalysisOptions options = { .n_threads = n_threads };
  g_autoptr (GError) error = NULL;
  Re3Analysis *analysis =
      re3_analysis_new_with_options (self->model, self->dataset, &options, &error);

  if (analysis == NULL)
    g_error ("%s", error->message);

  return analysis;
}

static BenchTime
run_one_thread (gpointer data)
{
  BenchWatch watch = bench_watch_start (FALSE);
  g_autoptr (Re3Analysis) analysis G_GNUC_UNUSED = analyse (data, 1);

  return bench_watch_stop (&watch);
}

static BenchTime
run_two_threads (gpointer data)
{
  BenchWatch watch = bench_watch_start (TRUE);
  g_autoptr (Re3Analysis) analysis G_GNUC_UNUSED = analyse (data, 2);

  return bench_watch_stop (&watch);
}

static BenchTime
run_simple (gpointer data)
{
  const Case *self = data;
  BenchWatch watch = bench_watch_start (FALSE);
  SimpleAnalysis *analysis = simple_analysis_new (self->model, self->dataset);
  BenchTime time = bench_watch_stop (&watch);

  simple_analysis_free (analysis);

  return time;
}

static void
check_simple (const Case *self)
{
  SimpleAnalysis *simple = simple_analysis_new (self->model, self->dataset);
  g_autoptr (Re3Analysis) analysis = analyse (self, 1);

  simple_analysis_check (simple, analysis);
  simple_analysis_free (simple);
}

/* What NumPy wrote: the number of regions, all distances, and two kinds of importance. */
static void
check_numpy (const Case *self, const char *path)
{
  g_autoptr (Re3Analysis) analysis = analyse (self, 1);
  const Re3Importance *importance = re3_analysis_get_importance (analysis, RE3_SAMPLES_ALL);
  g_autofree char *bytes = NULL;
  const double *numbers;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    g_error ("NumPy wrote no results");
  numbers = (const double *) bytes;
  g_assert (length / sizeof (double) == 1 + RE3_N_METRICS * re3_dataset_get_n_rows (self->dataset) +
                                            2 * importance->n_features);
  if (*numbers++ !=
      (double) re3_region_table_get_n_regions (re3_analysis_get_region_table (analysis)))
    g_error ("NumPy finds another number of regions");
  for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++)
    for (gsize row = 0; row < re3_dataset_get_n_rows (self->dataset); row++, numbers++)
      if (!(fabs (*numbers - re3_analysis_get_boundary (analysis, row, metric, NULL)) < 1e-9))
        g_error ("NumPy finds another %s distance of row %zu", re3_metric_get_name (metric), row);
  for (gsize i = 0; i < importance->n_features; i++)
    if (!(fabs (numbers[i] - importance->logit_absolute[i]) < 1e-9) ||
        !(fabs (numbers[importance->n_features + i] - importance->probability_absolute[i]) < 1e-9))
      g_error ("NumPy finds another importance of feature %zu", i);
}

static void
measure_narrow (BenchTable *table, Case *self)
{
  const BenchRow row = {
    .name = "analyse-narrow",
    .work = "everything of the analysis, 1 thread, 253,680 rows of 16 features, 16-8-4-2",
    .baseline = { .label = "plain C, sample by sample", .run = run_simple, .data = self },
    .ours = { .label = "Re3", .run = run_one_thread, .data = self },
    .target = 8,
  };

  check_simple (self);
  bench_table_measure (table, &row);
}

static void
measure_numpy (BenchTable *table, Case *self)
{
  char *folder = bench_folder_new ();
  g_autofree char *model = g_build_filename (folder, "model.re3.json", NULL);
  g_autofree char *data = g_build_filename (folder, "data.bin", NULL);
  g_autofree char *check = g_build_filename (folder, "check.bin", NULL);
  const char *command[] = {
    RE3_BENCH_PYTHON, RE3_BENCH_SOURCE "/numpy_analysis.py", "serve", model, data, check, NULL
  };
  g_autoptr (GFile) model_file = g_file_new_for_path (model);
  g_autoptr (BenchPartner) partner = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;
  BenchRequest request = { .what = "analyse" };
  const BenchRow row = {
    .name = "analyse-numpy",
    .work = "the same",
    .baseline = { .label = "NumPy, all samples at once",
                  .run = bench_partner_run,
                  .data = &request },
    .ours = { .label = "Re3", .run = run_one_thread, .data = self },
    .target = 10,
  };

  if (!re3_model_file_write (self->model, model_file, &error))
    g_error ("%s", error->message);
  bench_write_binary (self->dataset, data);
  request.partner = partner = bench_partner_new (command, "1", &why);
  if (partner != NULL) {
    check_numpy (self, check);
    bench_table_measure (table, &row);
  } else {
    bench_table_skip (table, row.name, why);
  }
  bench_folder_remove (folder);
}

static void
measure_threads (BenchTable *table, Case *self)
{
  const BenchRow row = {
    .name = "threads",
    .work = "the same",
    .baseline = { .label = "1 thread", .run = run_one_thread, .data = self },
    .ours = { .label = "2 threads", .run = run_two_threads, .data = self },
    .target = 1.6,
  };

  if (g_get_num_processors () < 2)
    bench_table_skip (table, row.name, "there is one processor only");
  else
    bench_table_measure (table, &row);
}

void
bench_analysis (BenchTable *table)
{
  static const gsize widths[] = { 16, 8, 4, 2 };
  gboolean narrow = bench_table_wants (table, "analyse-narrow");
  gboolean numpy = bench_table_wants (table, "analyse-numpy");
  gboolean threads = bench_table_wants (table, "threads");
  Case self;

  if (!narrow && !numpy && !threads)
    return;

  self.model = bench_random_model (widths, G_N_ELEMENTS (widths));
  self.dataset =
      bench_random_data (self.model, bench_table_is_quick (table) ? N_ROWS_QUICK : N_ROWS);
  if (narrow)
    measure_narrow (table, &self);
  if (numpy)
    measure_numpy (table, &self);
  if (threads)
    measure_threads (table, &self);
  re3_dataset_unref (self.dataset);
  re3_model_unref (self.model);
}
