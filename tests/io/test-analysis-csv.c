/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-analysis-csv.h"
#include "re3-core-error.h"
#include "re3-csv-reader.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  Re3Model *model;
  Re3Dataset *dataset;
  Re3Analysis *analysis;
  GFile *parent;
  GFile *folder;
} Fixture;

static void
set_up (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_dir_make_tmp ("re3-tables-XXXXXX", &error);

  g_assert_no_error (error);
  self->model = make_small_model ();
  self->dataset = make_small_dataset (user_data == NULL);
  self->analysis = re3_analysis_new (self->model, self->dataset, NULL, &error);
  g_assert_no_error (error);
  self->parent = g_file_new_for_path (path);
  self->folder = g_file_get_child (self->parent, "tables");
}

static char *
get_path (const Fixture *self, const char *name)
{
  g_autofree char *folder = g_file_get_path (self->folder);

  return g_build_filename (folder, name, NULL);
}

static gsize
count_files (const Fixture *self)
{
  g_autofree char *path = g_file_get_path (self->folder);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  gsize n = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n++;

  return n;
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  g_autofree char *path = g_file_get_path (self->folder);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);

    g_unlink (file);
  }
  g_remove (path);
  g_assert_true (g_file_delete (self->parent, NULL, NULL));
  g_object_unref (self->folder);
  g_object_unref (self->parent);
  re3_analysis_unref (self->analysis);
  re3_dataset_unref (self->dataset);
  re3_model_unref (self->model);
}

static void
write_tables (Fixture *self, const Re3ResultOptions *options)
{
  g_autoptr (GError) error = NULL;

  re3_analysis_write_csv (self->analysis, options, self->folder, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_content (Fixture *self, const char *name, const char *expected)
{
  g_autofree char *path = get_path (self, name);
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

/* Every number follows from the few words in io-test.h. The test samples are x = (3, 0) of pattern
 * 11, logits (5, -1), and x = (0, 4) of pattern 01, logits (3, 5), both of class "no". */
static void
test_tables (Fixture *self, gconstpointer user_data)
{
  write_tables (self, NULL);

  g_assert_cmpuint (count_files (self), ==, 11);
  assert_content (self, "regions.csv",
                  "region,pattern,train (samples),test (samples),class no (samples),"
                  "class yes (samples),purity (share),majority,confusion,"
                  "contribution of a (logit),contribution of b (logit)\n"
                  "R1,01,2,1,1,2,0.6666666666666666,yes,yes,0,1.6666666666666667\n"
                  "R2,11,2,1,2,1,0.6666666666666666,no,yes,3.3333333333333335,0\n");
  assert_content (self, "class-profiles.csv",
                  "region,class,count (samples),contribution of a (logit),"
                  "contribution of b (logit)\n"
                  "R1,no,1,0,0\n"
                  "R1,yes,2,0,0.5\n"
                  "R2,no,2,3,0\n"
                  "R2,yes,1,-4,0\n");
  assert_content (self, "ranks.csv", "feature,rank 1 (samples),rank 2 (samples)\na,1,0\nb,1,0\n");
  assert_content (self, "neurons.csv",
                  "neuron,layer,index,count (samples),active (share),always active,never active,"
                  "mean absolute contribution (logit),top 1 (share),top 2 (share),top 3 (share)\n"
                  "L1·1,0,0,2,0.5,no,no,1,0.5,0.5,0.5\n"
                  "L1·2,0,1,2,1,yes,no,2.5,0.5,0.5,0.5\n");
  assert_content (self, "class-neurons.csv",
                  "neuron,class,count (samples),active (share),always active,never active,"
                  "mean absolute contribution (logit),top 1 (share),top 2 (share),top 3 (share)\n"
                  "L1·1,no,2,0.5,no,no,1,0.5,0.5,0.5\n"
                  "L1·1,yes,0,,,,,,,\n"
                  "L1·2,no,2,1,yes,no,2.5,0.5,0.5,0.5\n"
                  "L1·2,yes,0,,,,,,,\n");
  assert_content (self, "validity.csv",
                  "metric,distance (network units),valid (share)\n"
                  "l2,0,1\nl2,1,0\nl1,0,1\nl1,1,0\nlinf,0,1\nlinf,1,0\npaper,0,1\npaper,1,0\n");
  assert_content (self, "report.csv",
                  "class,precision (share),recall (share),f1 (share),support (samples)\n"
                  "no,1,0.5,0.6666666666666666,2\n"
                  "yes,0,,0,0\n");
  assert_content (self, "confusion.csv",
                  "true,predicted no (samples),predicted yes (samples)\nno,1,1\nyes,0,0\n");
}

typedef struct {
  gsize n_rows;
  gsize n_cells;
  GPtrArray *last;
} Table;

static gboolean
take_row (const char *const *cells, gsize n_cells, guint line, gpointer user_data, GError **error)
{
  Table *table = user_data;

  if (table->n_rows++ == 0)
    table->n_cells = n_cells;
  g_assert_cmpuint (n_cells, ==, table->n_cells);
  g_ptr_array_set_size (table->last, 0);
  for (gsize i = 0; i < n_cells; i++)
    g_ptr_array_add (table->last, g_strdup (cells[i]));

  return TRUE;
}

/* The rows and the last row of a table, as our own reader has it. */
static gsize
read_table (Fixture *self, const char *name, GPtrArray *last)
{
  g_autofree char *path = get_path (self, name);
  g_autofree char *content = NULL;
  Table table = { .last = last };
  g_autoptr (Re3CsvReader) reader = re3_csv_reader_new (',', name, take_row, &table);
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (re3_csv_reader_feed (reader, content, length, NULL));
  g_assert_true (re3_csv_reader_finish (reader, NULL));

  return table.n_rows;
}

static void
test_samples (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GPtrArray) last = g_ptr_array_new_with_free_func (g_free);
  /* x = (0, 4): z = (-1, 5), one line through x1 = 1 at 1, and another 5 away. */
  static const char *const expected[] = { "5",    "",  "test", "no", "yes",  NULL, "R1",  "1",
                                          "L1·1", "1", "L1·1", "1",  "L1·1", "1",  "L1·1" };

  write_tables (self, NULL);
  g_assert_cmpuint (read_table (self, "samples.csv", last), ==, 1 + 6);
  g_assert_cmpuint (last->len, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    if (expected[i] != NULL)
      g_assert_cmpstr (last->pdata[i], ==, expected[i]);
  /* 1 / (1 + exp (3 - 5)) */
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (last->pdata[5], NULL), 0.8807970779778823, 1e-15);
}

static void
test_options (Fixture *self, gconstpointer user_data)
{
  const Re3ResultOptions options = { .purity_threshold = 0.5, .scaler_is_fitted = TRUE };
  g_autoptr (GPtrArray) last = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = get_path (self, "summary.csv");
  g_autofree char *summary = NULL;

  write_tables (self, &options);
  read_table (self, "regions.csv", last);
  g_assert_cmpstr (last->pdata[8], ==, "no");

  g_assert_true (g_file_get_contents (path, &summary, NULL, NULL));
  g_assert_nonnull (strstr (summary, "\nrows,6,samples\n"));
  g_assert_nonnull (strstr (summary, "\nscaler,train,\n"));
  g_assert_nonnull (strstr (summary, "\npurity threshold,0.5,share\n"));
  g_assert_nonnull (strstr (summary, "\ntest accuracy,0.5,share\n"));
  g_assert_nonnull (strstr (summary, "\ndistance linf median,1,network units\n"));
}

static void
test_unlabelled (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GPtrArray) last = g_ptr_array_new_with_free_func (g_free);

  write_tables (self, NULL);
  g_assert_cmpuint (count_files (self), ==, 11);
  g_assert_cmpuint (read_table (self, "report.csv", last), ==, 1);
  g_assert_cmpuint (read_table (self, "class-neurons.csv", last), ==, 1);
  g_assert_cmpuint (read_table (self, "regions.csv", last), ==, 3);
  g_assert_cmpstr (last->pdata[6], ==, "");
  g_assert_cmpstr (last->pdata[7], ==, "");
}

typedef struct {
  gsize last;
  gsize total;
  gboolean goes_on;
} Watch;

static gboolean
watch (gsize done, gsize total, gpointer user_data)
{
  Watch *self = user_data;

  g_assert_cmpuint (done, >, self->last);
  g_assert_cmpuint (done, <=, total);
  self->last = done;
  self->total = total;

  return self->goes_on;
}

static void
test_monitor (Fixture *self, gconstpointer user_data)
{
  Watch state = { .goes_on = TRUE };
  const Re3Monitor monitor = { watch, &state };

  g_assert_true (re3_analysis_write_csv (self->analysis, NULL, self->folder, &monitor, NULL));
  /* 2 regions in two tables, 6 samples, 4 curves of 2 samples. */
  g_assert_cmpuint (state.total, ==, 2 + 2 + 6 + 8);
  g_assert_cmpuint (state.last, >, 0);
}

/* Stopped, what was there stays, and nothing comes to it; a new folder goes again. */
static void
test_stopped (Fixture *self, gconstpointer user_data)
{
  Watch state = { .goes_on = FALSE };
  const Re3Monitor monitor = { watch, &state };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = get_path (self, "report.csv");

  g_assert_false (re3_analysis_write_csv (self->analysis, NULL, self->folder, &monitor, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (g_file_query_exists (self->folder, NULL));

  write_tables (self, NULL);
  state.last = 0;
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_false (re3_analysis_write_csv (self->analysis, NULL, self->folder, &monitor, &error));
  g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED);
  assert_content (self, "report.csv", "old");
  g_assert_cmpuint (count_files (self), ==, 11);
}

static void
test_refused (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GFile) deep = g_file_get_child (self->folder, "deeper");
  g_autoptr (GFile) remote = g_file_new_for_uri ("http://example.org/tables");
  g_autofree char *path = g_file_get_path (self->folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (re3_analysis_write_csv (self->analysis, NULL, deep, NULL, &error));
  assert_refused (NULL, &error, "tables/deeper: there is no such folder");

  g_assert_true (g_file_set_contents (path, "a file", -1, NULL));
  g_assert_false (re3_analysis_write_csv (self->analysis, NULL, self->folder, NULL, &error));
  assert_refused (NULL, &error, "tables: this is a file");

  g_assert_false (re3_analysis_write_csv (self->analysis, NULL, remote, NULL, &error));
  assert_refused (NULL, &error, "example.org/tables: tables are written into folders");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test, data)                                                                      \
  g_test_add ("/analysis-csv/" name, Fixture, data, set_up, test, tear_down)
  ADD ("tables", test_tables, NULL);
  ADD ("samples", test_samples, NULL);
  ADD ("options", test_options, NULL);
  ADD ("unlabelled", test_unlabelled, "without labels");
  ADD ("monitor", test_monitor, NULL);
  ADD ("stopped", test_stopped, NULL);
  ADD ("refused", test_refused, NULL);
#undef ADD

  return g_test_run ();
}
