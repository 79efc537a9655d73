/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-table.h"

#include <cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So many times as many runs are made before a row is given up as noisy. */
#define PATIENCE 4

/* What one side took. The runs that count come first in @milliseconds. */
typedef struct {
  double milliseconds[BENCH_N_RUNS];
  double processor[BENCH_N_RUNS * PATIENCE]; /* of all runs, noisy or not */
  double median;
  double min;
  double max;
} Times;

typedef struct {
  Times baseline;
  Times ours;
  gsize n_counted;
  gsize n_made;
} Result;

struct _BenchTable {
  char **names;
  gboolean quick;
  cJSON *rows;
};

BenchTable *
bench_table_new (const char *const *names, gboolean quick)
{
  BenchTable *self = g_new0 (BenchTable, 1);

  self->names = g_strdupv ((char **) names);
  self->quick = quick;
  self->rows = cJSON_CreateArray ();
  g_print ("%-16s %28s %28s %9s %8s  %s\n", "row", "baseline, ms (min to max)",
           "ours, ms (min to max)", "ratio", "target", "");

  return self;
}

void
bench_table_free (BenchTable *self)
{
  g_strfreev (self->names);
  cJSON_Delete (self->rows);
  g_free (self);
}

gboolean
bench_table_wants (const BenchTable *self, const char *name)
{
  return self->names == NULL || self->names[0] == NULL ||
         g_strv_contains ((const char *const *) self->names, name);
}

gboolean
bench_table_is_quick (const BenchTable *self)
{
  return self->quick;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Sorts @numbers. */
static double
median_of (double *numbers, gsize n)
{
  qsort (numbers, n, sizeof (double), compare_doubles);

  return n % 2 == 1 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}

static void
times_summarise (Times *self, gsize n)
{
  self->median = median_of (self->milliseconds, n);
  self->min = self->milliseconds[0];
  self->max = self->milliseconds[n - 1];
}

static BenchTime
run_side (const BenchSide *side)
{
  double scale = side->scale > 0 ? side->scale : 1;
  BenchTime time = { side->limit / 1000, side->limit / 1000, 1 };

  if (side->run != NULL)
    time = side->run (side->data);
  time.wall *= scale;
  time.processor *= scale;

  return time;
}

static void
measure (const BenchRow *row, gboolean quick, Result *result)
{
  gsize n_wanted = quick ? 1 : BENCH_N_RUNS;
  gsize n_max = quick ? 1 : BENCH_N_RUNS * PATIENCE;

  memset (result, 0, sizeof *result);
  while (result->n_counted < n_wanted && result->n_made < n_max) {
    BenchTime baseline = run_side (&row->baseline);
    BenchTime ours = run_side (&row->ours);

    result->baseline.processor[result->n_made] = 1000 * baseline.processor;
    result->ours.processor[result->n_made] = 1000 * ours.processor;
    result->n_made++;
    if (!quick && MIN (baseline.share, ours.share) < BENCH_SHARE_MIN)
      continue;

    result->baseline.milliseconds[result->n_counted] = 1000 * baseline.wall;
    result->ours.milliseconds[result->n_counted] = 1000 * ours.wall;
    result->n_counted++;
  }
}

static void
print_times (const Times *times)
{
  g_autofree char *text =
      g_strdup_printf ("%.4g (%.4g to %.4g)", times->median, times->min, times->max);

  g_print (" %28s", text);
}

static cJSON *
times_to_json (const Times *times, const BenchSide *side, gsize n)
{
  cJSON *json = cJSON_CreateObject ();

  cJSON_AddStringToObject (json, "what", side->label);
  cJSON_AddNumberToObject (json, "median", times->median);
  cJSON_AddNumberToObject (json, "min", times->min);
  cJSON_AddNumberToObject (json, "max", times->max);
  cJSON_AddItemToObject (json, "runs", cJSON_CreateDoubleArray (times->milliseconds, (int) n));

  return json;
}

/* (transfer none) */
static cJSON *
table_add (BenchTable *self, const char *name, const char *verdict)
{
  cJSON *json = cJSON_CreateObject ();

  cJSON_AddStringToObject (json, "name", name);
  cJSON_AddStringToObject (json, "verdict", verdict);
  cJSON_AddItemToArray (self->rows, json);

  return json;
}

/* Too few runs got their processors: what can be said is the processor time, which others only
 * make a little longer. */
static void
table_add_noisy (BenchTable *self, const BenchRow *row, Result *result)
{
  double ratio = median_of (result->baseline.processor, result->n_made) /
                 median_of (result->ours.processor, result->n_made);
  cJSON *json = table_add (self, row->name, "noisy");

  cJSON_AddStringToObject (json, "work", row->work);
  cJSON_AddNumberToObject (json, "processor_ratio", ratio);
  cJSON_AddNumberToObject (json, "target", row->target);
  g_print (" %57s %9s %8g  noisy: %zu of %zu runs got their processors; "
           "by processor time %.3g x\n",
           "", "-", row->target, result->n_counted, result->n_made, ratio);
}

void
bench_table_measure (BenchTable *self, const BenchRow *row)
{
  const char *verdict;
  double ratio;
  Result result;
  cJSON *json;

  g_print ("%-16s", row->name);
  fflush (stdout);
  measure (row, self->quick, &result);
  if (result.n_counted < (self->quick ? 1 : BENCH_N_RUNS)) {
    table_add_noisy (self, row, &result);
    return;
  }

  times_summarise (&result.baseline, result.n_counted);
  times_summarise (&result.ours, result.n_counted);
  ratio = result.baseline.median / result.ours.median;
  if (self->quick)
    verdict = "quick";
  else
    verdict = ratio >= row->target ? "met" : "missed";

  print_times (&result.baseline);
  print_times (&result.ours);
  g_print (" %7.3g x %8g  %s\n", ratio, row->target, verdict);

  json = table_add (self, row->name, verdict);
  cJSON_AddStringToObject (json, "work", row->work);
  cJSON_AddItemToObject (json, "baseline",
                         times_to_json (&result.baseline, &row->baseline, result.n_counted));
  cJSON_AddItemToObject (json, "ours", times_to_json (&result.ours, &row->ours, result.n_counted));
  cJSON_AddNumberToObject (json, "ratio", ratio);
  cJSON_AddNumberToObject (json, "target", row->target);
  cJSON_AddNumberToObject (json, "noisy_runs", (double) (result.n_made - result.n_counted));
}

void
bench_table_skip (BenchTable *self, const char *name, const char *why)
{
  cJSON *json = table_add (self, name, "skipped");

  cJSON_AddStringToObject (json, "why", why);
  g_print ("%-16s skipped: %s\n", name, why);
}

/* "AMD EPYC 7B13" */
static char *
describe_processor (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL))
    return g_strdup ("unknown");
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "model name"))
      return g_strstrip (g_strdup (strchr (lines[i], ':') + 1));

  return g_strdup ("unknown");
}

gboolean
bench_table_write (const BenchTable *self, const char *path, GError **error)
{
  cJSON *document = cJSON_CreateObject ();
  g_autofree char *processor = describe_processor ();
  char *text;
  gboolean done;

  cJSON_AddStringToObject (document, "processor", processor);
  cJSON_AddNumberToObject (document, "processors", g_get_num_processors ());
  cJSON_AddStringToObject (document, "unit", "ms");
  cJSON_AddItemReferenceToObject (document, "rows", self->rows);
  text = cJSON_Print (document);
  done = g_file_set_contents (path, text, -1, error);
  cJSON_free (text);
  cJSON_Delete (document);

  return done;
}
