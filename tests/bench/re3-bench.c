/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-analysis.h"
#include "re3-explanation.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long the heart of Re3 takes. Milliseconds depend on the machine; ratios between two ways of
 * one run hardly do, so that each row stands beside the baseline that it is to be read against. */

/* Each time is the median of so many. */
#define N_REPEATS 7

typedef void (*BenchFunc) (gpointer data);

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* In milliseconds. */
static double
measure (BenchFunc func, gpointer data)
{
  double times[N_REPEATS];

  for (gsize i = 0; i < N_REPEATS; i++) {
    gint64 start = g_get_monotonic_time ();

    func (data);
    times[i] = (double) (g_get_monotonic_time () - start) / 1000;
  }
  qsort (times, N_REPEATS, sizeof (double), compare_doubles);

  return times[N_REPEATS / 2];
}

static void
print_head (const char *title)
{
  g_print ("\n%s\n", title);
}

static void
print_row (const char *what, double milliseconds, double baseline)
{
  g_print ("  %-44s %10.3f ms  %8.2f x\n", what, milliseconds, milliseconds / baseline);
}

static double *
random_numbers (gsize n, double range, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  double *numbers = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    numbers[i] = g_rand_double_range (random, -range, range);

  return numbers;
}

static Re3Model *
random_model (const gsize *widths, gsize n_widths)
{
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (widths[0]);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3ModelBuilder) model_builder = NULL;
  g_autoptr (GError) error = NULL;

  for (guint32 layer = 0; layer + 1 < n_widths; layer++) {
    gsize n_inputs = widths[layer];
    gsize n_outputs = widths[layer + 1];
    g_autofree double *weight =
        random_numbers (n_inputs * n_outputs, 2 / sqrt ((double) n_inputs), 2 * layer);
    g_autofree double *bias = random_numbers (n_outputs, 0.5, 2 * layer + 1);

    if (layer > 0)
      re3_network_builder_add_rectifier (builder, 0, &error);
    re3_network_builder_add_affine (builder, n_outputs, weight, bias, &error);
  }
  network = re3_network_builder_finish (builder, &error);
  if (network == NULL)
    g_error ("%s", error->message);
  model_builder = re3_model_builder_new (network);

  return re3_model_builder_finish (model_builder);
}

/* A network, and samples for it both ways round. */
typedef struct {
  Re3Model *model;
  Re3Network *network;
  gsize n_features;
  gsize n_samples;
  double *by_feature;
  double *by_sample;
  Re3Dataset *dataset;
  Re3Explanation *known;
  gsize n_threads;
} Bench;

static void
bench_init (Bench *self, const gsize *widths, gsize n_widths, gsize n_samples)
{
  memset (self, 0, sizeof *self);
  self->model = random_model (widths, n_widths);
  self->network = re3_model_get_network (self->model);
  self->n_features = widths[0];
  self->n_samples = n_samples;
  self->by_feature = random_numbers (self->n_features * n_samples, 2, 99);
  self->by_sample = g_new (double, n_samples * self->n_features);
  for (gsize i = 0; i < self->n_features; i++)
    for (gsize s = 0; s < n_samples; s++)
      self->by_sample[s * self->n_features + i] = self->by_feature[i * n_samples + s];
}

static void
bench_clear (Bench *self)
{
  g_clear_pointer (&self->known, re3_explanation_unref);
  g_clear_pointer (&self->dataset, re3_dataset_unref);
  re3_model_unref (self->model);
  g_free (self->by_feature);
  g_free (self->by_sample);
}

static void
forward_one_by_one (gpointer data)
{
  const Bench *bench = data;

  for (gsize s = 0; s < bench->n_samples; s++)
    re3_forward_free (
        re3_network_forward (bench->network, bench->by_sample + s * bench->n_features, 1));
}

static void
forward_batched (gpointer data)
{
  const Bench *bench = data;

  re3_forward_free (re3_network_forward (bench->network, bench->by_feature, bench->n_samples));
}

/* As an analysis does it; any samples will do, so the same memory serves every block. */
static void
forward_in_blocks (gpointer data)
{
  const Bench *bench = data;
  const gsize block = 512;

  for (gsize first = 0; first < bench->n_samples; first += block)
    re3_forward_free (re3_network_forward (bench->network, bench->by_feature,
                                           MIN (block, bench->n_samples - first)));
}

static void
bench_forward (void)
{
  static const gsize widths[] = { 57, 16, 8, 4, 2 };
  const gsize n_samples = 10000;
  Bench bench;
  double baseline;

  bench_init (&bench, widths, G_N_ELEMENTS (widths), n_samples);
  baseline = measure (forward_one_by_one, &bench);

  print_head ("Forward pass, 57-16-8-4-2, 10,000 samples; baseline: one by one");
  print_row ("one by one", baseline, baseline);
  print_row ("in blocks of 512", measure (forward_in_blocks, &bench), baseline);
  print_row ("all at once", measure (forward_batched, &bench), baseline);
  bench_clear (&bench);
}

static void
explain_same_region (gpointer data)
{
  const Bench *bench = data;

  for (gsize s = 0; s < bench->n_samples; s++)
    re3_explanation_unref (
        re3_explanation_new (bench->model, bench->known->values, bench->known->region));
}

static void
explain_fresh_region (gpointer data)
{
  const Bench *bench = data;

  for (gsize s = 0; s < bench->n_samples; s++)
    re3_explanation_unref (re3_explanation_new (bench->model, bench->known->values, NULL));
}

static void
path_contributions (gpointer data)
{
  const Bench *bench = data;

  for (gsize s = 0; s < bench->n_samples; s++)
    g_free (re3_explanation_path_contributions (bench->known, 0));
}

static void
bench_explanation (const gsize *widths, gsize n_widths, gsize n_samples)
{
  Bench bench;
  double baseline;
  g_autofree char *shape = NULL;
  g_autofree char *title = NULL;

  bench_init (&bench, widths, n_widths, n_samples);
  bench.known = re3_explanation_new (bench.model, bench.by_sample, NULL);
  baseline = measure (forward_one_by_one, &bench);

  shape = re3_network_describe_shape (bench.network);
  title = g_strdup_printf ("Explanation, %s, %zu samples; baseline: one forward pass each", shape,
                           n_samples);
  print_head (title);
  print_row ("forward pass", baseline, baseline);
  print_row ("explanation, region shared", measure (explain_same_region, &bench), baseline);
  print_row ("explanation, region made anew", measure (explain_fresh_region, &bench), baseline);
  print_row ("path contributions of one class", measure (path_contributions, &bench), baseline);
  bench_clear (&bench);
}

/* (transfer full) */
static Re3Analysis *
analyse_with (const Bench *bench, const Re3AnalysisOptions *options)
{
  g_autoptr (GError) error = NULL;
  Re3Analysis *analysis =
      re3_analysis_new_with_options (bench->model, bench->dataset, options, &error);

  if (analysis == NULL)
    g_error ("%s", error->message);

  return analysis;
}

static void
analyse (gpointer data)
{
  const Bench *bench = data;
  const Re3AnalysisOptions options = { .n_threads = bench->n_threads };

  re3_analysis_unref (analyse_with (bench, &options));
}

static void
note_time (Re3Analysis *first, gpointer user_data)
{
  gint64 *time = user_data;

  *time = g_get_monotonic_time ();
}

/* In milliseconds, until the first analysis is there. */
static double
measure_first (const Bench *bench)
{
  double times[N_REPEATS];

  for (gsize i = 0; i < N_REPEATS; i++) {
    gint64 start = g_get_monotonic_time ();
    gint64 time = start;
    const Re3AnalysisOptions options = { .n_threads = bench->n_threads,
                                         .take_first = note_time,
                                         .user_data = &time };

    re3_analysis_unref (analyse_with (bench, &options));
    times[i] = (double) (time - start) / 1000;
  }
  qsort (times, N_REPEATS, sizeof (double), compare_doubles);

  return times[N_REPEATS / 2];
}

/* In bytes. */
static double
peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (double) usage.ru_maxrss * 1024;
}

static double
current_memory (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return NAN;
  fields = g_strsplit (text, " ", 3);

  return g_ascii_strtod (fields[1], NULL) * (double) sysconf (_SC_PAGESIZE);
}

/* Rows as people measure them: a few causes behind all features, and some noise. */
static double *
correlated_samples (gsize n_features, gsize n_samples)
{
  const gsize n_causes = 3;
  const double noise = 0.05;
  g_autofree double *causes = random_numbers (n_causes * n_samples, 1, 1);
  g_autofree double *loadings = random_numbers (n_causes * n_features, 1, 2);
  double *samples = random_numbers (n_features * n_samples, noise, 3);

  for (gsize feature = 0; feature < n_features; feature++)
    for (gsize cause = 0; cause < n_causes; cause++)
      for (gsize s = 0; s < n_samples; s++)
        samples[feature * n_samples + s] +=
            loadings[feature * n_causes + cause] * causes[cause * n_samples + s];

  return samples;
}

/* Gives the bench a data set of @values (transfer full). Every fifth row is a test sample. */
static void
bench_set_data (Bench *self, double *values)
{
  guint8 *is_test = g_new (guint8, self->n_samples);
  int *labels = g_new (int, self->n_samples);

  for (gsize row = 0; row < self->n_samples; row++) {
    is_test[row] = row % 5 == 0;
    labels[row] = (int) (row % 2);
  }
  self->dataset =
      re3_dataset_new (self->n_features, self->n_samples, re3_model_get_n_classes (self->model),
                       values, labels, NULL, is_test);
}

/* As many rows and features as the largest data set of the paper. */
static void
bench_analysis (const char *kind, double *(*make_samples) (gsize n_features, gsize n_samples))
{
  static const gsize widths[] = { 21, 16, 8, 4, 2 };
  const gsize n_rows = 253680;
  Bench bench;
  g_autoptr (Re3Analysis) analysis = NULL;
  g_autofree char *title = NULL;
  g_autofree char *all_title = NULL;
  gsize n_regions;
  double memory;
  double first;
  double all;
  double one;
  double two;
  double baseline;

  bench_init (&bench, widths, G_N_ELEMENTS (widths), n_rows);
  bench_set_data (&bench, make_samples (widths[0], n_rows));

  /* Before the forward pass of all rows at once, which takes more memory than an analysis. */
  memory = current_memory ();
  all = measure (analyse, &bench);
  memory = peak_memory () - memory;
  first = measure_first (&bench);
  bench.n_threads = 1;
  one = measure (analyse, &bench);
  bench.n_threads = 2;
  two = measure (analyse, &bench);
  analysis = re3_analysis_new (bench.model, bench.dataset, NULL, NULL);
  n_regions = re3_region_table_get_n_regions (re3_analysis_get_region_table (analysis));
  baseline = measure (forward_batched, &bench);

  title = g_strdup_printf ("Analysis, 21-16-8-4-2, %zu %s rows, %zu regions; baseline: one "
                           "forward pass of all, on one thread",
                           n_rows, kind, n_regions);
  all_title = g_strdup_printf ("analysis, as many as processors (%u)", g_get_num_processors ());
  print_head (title);
  print_row ("forward pass", baseline, baseline);
  print_row ("analysis, 1 thread", one, baseline);
  print_row ("analysis, 2 threads", two, baseline);
  print_row (all_title, all, baseline);
  print_row ("   of that, until the first table", first, baseline);
  g_print ("  2 threads are %.2f times as fast as 1; %.0f rows/s; peak memory %.1f MiB above the "
           "data, %.0f bytes a row\n",
           one / two, (double) n_rows / all * 1000, memory / (1024 * 1024),
           memory / (double) n_rows);
  bench_clear (&bench);
}

/* How long the calling thread went without asking whether it is to go on. */
typedef struct {
  gint64 last;
  gint64 longest;
} Pause;

static gboolean
note_pause (gsize done, gsize total, gpointer user_data)
{
  Pause *pause = user_data;
  gint64 now = g_get_monotonic_time ();

  pause->longest = MAX (pause->longest, now - pause->last);
  pause->last = now;

  return TRUE;
}

static void
bench_cancellation (const gsize *widths, gsize n_widths, gsize n_rows)
{
  Bench bench;
  Pause pause = { g_get_monotonic_time (), 0 };
  const Re3Monitor monitor = { note_pause, &pause };
  const Re3AnalysisOptions options = { .monitor = &monitor };
  g_autofree char *shape = NULL;
  gint64 start;

  bench_init (&bench, widths, n_widths, n_rows);
  bench_set_data (&bench, g_steal_pointer (&bench.by_feature));
  shape = re3_network_describe_shape (bench.network);
  start = pause.last = g_get_monotonic_time ();
  re3_analysis_unref (analyse_with (&bench, &options));
  g_print ("  %-24s %8zu rows %10.0f ms, longest wait %6.1f ms\n", shape, n_rows,
           (double) (g_get_monotonic_time () - start) / 1000, (double) pause.longest / 1000);
  bench_clear (&bench);
}

/* The worst case: most rows have a region of their own. */
static double *
scattered_samples (gsize n_features, gsize n_samples)
{
  return random_numbers (n_features * n_samples, 2, 4);
}

/* In a process of its own, so that the peak of its memory is its own too. */
static void
fork_bench_analysis (const char *kind, double *(*make_samples) (gsize n_features, gsize n_samples))
{
  pid_t child = fork ();

  if (child < 0)
    g_error ("Cannot fork: %s", g_strerror (errno));
  if (child == 0) {
    bench_analysis (kind, make_samples);
    exit (EXIT_SUCCESS);
  }
  waitpid (child, NULL, 0);
}

int
main (void)
{
  static const gsize small[] = { 57, 16, 8, 4, 2 };
  static const gsize large[] = { 784, 200, 200, 10 };
  static const gsize wide[] = { 784, 2000, 2000, 10 };

  fork_bench_analysis ("correlated", correlated_samples);
  fork_bench_analysis ("scattered", scattered_samples);
  bench_forward ();
  bench_explanation (small, G_N_ELEMENTS (small), 2000);
  bench_explanation (large, G_N_ELEMENTS (large), 2);

  print_head ("Cancellation: how long an analysis goes on before it sees that it is to stop");
  bench_cancellation (small, G_N_ELEMENTS (small), 100000);
  bench_cancellation (large, G_N_ELEMENTS (large), 200);
  bench_cancellation (wide, G_N_ELEMENTS (wide), 4);

  return 0;
}
