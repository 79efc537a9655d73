/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-data.h"

#include "re3-memory.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

#define SEED_LABELS   98
#define SEED_CAUSES   1
#define SEED_LOADINGS 2
#define SEED_NOISE    3

double *
bench_random_numbers (gsize n, double range, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;
  /* As a reader's: large arrays are not where malloc() would have them. */
  double *numbers = re3_try_new (double, n, 1, &error, "%zu random numbers", n);

  if (numbers == NULL)
    g_error ("%s", error->message);
  for (gsize i = 0; i < n; i++)
    numbers[i] = g_rand_double_range (random, -range, range);

  return numbers;
}

Re3Model *
bench_random_model (const gsize *widths, gsize n_widths)
{
  g_autoptr (Re3NetworkBuilder) builder = re3_network_builder_new (widths[0]);
  g_autoptr (Re3Network) network = NULL;
  g_autoptr (Re3ModelBuilder) model_builder = NULL;
  g_autoptr (GError) error = NULL;

  for (guint32 layer = 0; layer + 1 < n_widths; layer++) {
    gsize n_inputs = widths[layer];
    gsize n_outputs = widths[layer + 1];
    g_autofree double *weight =
        bench_random_numbers (n_inputs * n_outputs, 2 / sqrt ((double) n_inputs), 2 * layer);
    g_autofree double *bias = bench_random_numbers (n_outputs, 0.5, 2 * layer + 1);

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

static double *
correlated_samples (gsize n_features, gsize n_samples)
{
  const gsize n_causes = 3;
  const double noise = 0.05;
  g_autofree double *causes = bench_random_numbers (n_causes * n_samples, 1, SEED_CAUSES);
  g_autofree double *loadings = bench_random_numbers (n_causes * n_features, 1, SEED_LOADINGS);
  double *samples = bench_random_numbers (n_features * n_samples, noise, SEED_NOISE);

  for (gsize feature = 0; feature < n_features; feature++)
    for (gsize cause = 0; cause < n_causes; cause++)
      for (gsize s = 0; s < n_samples; s++)
        samples[feature * n_samples + s] +=
            loadings[feature * n_causes + cause] * causes[cause * n_samples + s];

  return samples;
}

Re3Dataset *
bench_random_data (const Re3Model *model, gsize n_rows)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED_LABELS);
  gsize n_features = re3_model_get_n_features (model);
  gsize n_classes = re3_model_get_n_classes (model);
  guint8 *is_test = g_new (guint8, n_rows);
  int *labels = g_new (int, n_rows);

  for (gsize row = 0; row < n_rows; row++) {
    is_test[row] = row % 5 == 0;
    labels[row] = g_rand_int_range (random, 0, (gint32) n_classes);
  }

  return re3_dataset_new (n_features, n_rows, n_classes, correlated_samples (n_features, n_rows),
                          labels, NULL, is_test);
}

static FILE *
open_file (const char *path)
{
  FILE *file = fopen (path, "wb");

  if (file == NULL)
    g_error ("Cannot write %s: %s", path, g_strerror (errno));

  return file;
}

void
bench_write_csv (const Re3Model *model,
                 const Re3Dataset *dataset,
                 gboolean with_split,
                 const char *path)
{
  gsize n_features = re3_dataset_get_n_features (dataset);
  FILE *file = open_file (path);

  for (gsize i = 0; i < n_features; i++)
    fprintf (file, "%s,", re3_model_get_feature_name (model, i));
  fputs (with_split ? "label,split\n" : "label\n", file);
  for (gsize row = 0; row < re3_dataset_get_n_rows (dataset); row++) {
    for (gsize i = 0; i < n_features; i++)
      fprintf (file, "%.6f,", re3_dataset_get_value (dataset, row, i));
    fprintf (file, "%d", re3_dataset_get_label (dataset, row));
    if (with_split)
      fputs (re3_dataset_is_test (dataset, row) ? ",test" : ",train", file);
    fputc ('\n', file);
  }
  fclose (file);
}

void
bench_write_binary (const Re3Dataset *dataset, const char *path)
{
  gsize n_rows = re3_dataset_get_n_rows (dataset);
  FILE *file = open_file (path);

  for (gsize i = 0; i < re3_dataset_get_n_features (dataset); i++)
    fwrite (re3_dataset_get_column (dataset, i), sizeof (double), n_rows, file);
  for (gsize row = 0; row < n_rows; row++)
    fwrite (&(double){ re3_dataset_get_label (dataset, row) }, sizeof (double), 1, file);
  for (gsize row = 0; row < n_rows; row++)
    fwrite (&(double){ re3_dataset_is_test (dataset, row) }, sizeof (double), 1, file);
  fclose (file);
}

char *
bench_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("re3-bench-XXXXXX", &error);

  if (folder == NULL)
    g_error ("%s", error->message);

  return folder;
}

void
bench_folder_remove (char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_dir_close (dir);
  g_rmdir (folder);
  g_free (folder);
}
