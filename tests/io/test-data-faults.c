/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-core-error.h"
#include "re3-data-file.h"
#include "re3-memory.h"
#include "re3-model-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than is looked at before the rows are read, so that much of it is read afterwards. */
#define N_ROWS 90000

static GFile *
get_sample (const char *name)
{
  return g_file_new_build_filename (g_getenv ("RE3_SOURCE_ROOT"), "data", "samples", name, NULL);
}

static Re3Dataset *
read_data (GFile *file, Re3Model *model, Re3DataReport **report, GError **error)
{
  const Re3DataOptions options = { .test_fraction = 0.2, .seed = 42 };

  return re3_data_file_read (file, model, &options, NULL, report, error);
}

static void
assert_same (const Re3Dataset *a, const Re3Dataset *b)
{
  gsize n_rows = re3_dataset_get_n_rows (a);

  g_assert_cmpuint (re3_dataset_get_n_rows (b), ==, n_rows);
  for (gsize feature = 0; feature < re3_dataset_get_n_features (a); feature++)
    g_assert_cmpmem (re3_dataset_get_column (a, feature), n_rows * sizeof (double),
                     re3_dataset_get_column (b, feature), n_rows * sizeof (double));
  for (gsize row = 0; row < n_rows; row++) {
    g_assert_cmpint (re3_dataset_get_label (a, row), ==, re3_dataset_get_label (b, row));
    g_assert_cmpint (re3_dataset_is_test (a, row), ==, re3_dataset_is_test (b, row));
  }
}

/* --- Without memory ------------------------------------------------------------------------ */

typedef struct {
  const char *model;
  const char *data;
  const char *names; /* how the names of its files begin */
} Sample;

/* Whatever piece of memory is not there, there is no data set, and the message names the file. */
static void
test_memory (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr (GFile) model_file = get_sample (sample->model);
  g_autoptr (GFile) data_file = get_sample (sample->data);
  g_autoptr (Re3Model) model = re3_model_file_read (model_file, NULL, NULL);
  g_autoptr (Re3Dataset) expected = read_data (data_file, model, NULL, NULL);
  g_autoptr (Re3Dataset) dataset = NULL;
  gsize n_failed = 0;

  while (dataset == NULL) {
    g_autoptr (GError) error = NULL;

    re3_memory_fail_at (n_failed + 1);
    dataset = read_data (data_file, model, NULL, &error);
    g_assert_true ((dataset == NULL) == (error != NULL));
    if (error != NULL) {
      g_assert_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_MEMORY);
      g_assert_true (g_str_has_prefix (error->message, sample->names));
      n_failed++;
    }
  }
  g_assert_true (re3_memory_will_fail ());
  re3_memory_fail_at (0);

  g_assert_cmpuint (n_failed, >, 10);
  assert_same (dataset, expected);
}

/* Row i is i, 2 i. */
static char *
write_rows (gsize *length)
{
  GString *text = g_string_new ("x1,x2\n");

  for (guint row = 0; row < N_ROWS; row++)
    g_string_append_printf (text, "%u,%u.000\n", row, 2 * row);
  *length = text->len;

  return g_string_free (text, FALSE);
}

/* --- Packed with gzip ---------------------------------------------------------------------- */

/* A table reads as if it was not packed, wherever the head of it ends; what is wrong with a row is
 * told with its line in the unpacked text, and what is wrong with the packing in a sentence. */
static void
test_packed (void)
{
  g_autoptr (Re3Model) model = make_model (2, 2, NULL);
  gsize length;
  g_autofree char *text = write_rows (&length);
  GFile *plain_file = write_file ("plain.csv", text, (gssize) length);
  g_autoptr (Re3Dataset) plain = read_data (plain_file, model, NULL, NULL);
  g_autoptr (GByteArray) packed = NULL;
  g_autoptr (Re3DataReport) report = NULL;
  g_autoptr (Re3Dataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fault = NULL;
  GFile *file;

  memcpy (strstr (text, "77777,"), "7x777,", strlen ("7x777,"));
  packed = pack ((const guint8 *) text, length);
  file = write_file ("rows.csv.gz", (const char *) packed->data, packed->len);
  dataset = read_data (file, model, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, N_ROWS - 1);
  g_assert_cmpfloat (re3_dataset_get_value (dataset, N_ROWS - 2, 1), ==,
                     re3_dataset_get_value (plain, N_ROWS - 1, 1));
  g_assert_cmpuint (report->skipped->len, ==, 1);
  fault = re3_skipped_row_describe (g_ptr_array_index (report->skipped, 0));
  g_assert_true (g_str_has_prefix (fault, "rows.csv.gz:77779: "));
  remove_file (file);

  file = write_file ("cut.csv.gz", (const char *) packed->data, packed->len / 2);
  assert_refused (read_data (file, model, NULL, &error), &error, "cut.csv.gz: &cut off");
  remove_file (file);

  remove_file (plain_file);
}

/* --- A file that changes while it is read -------------------------------------------------- */

/* Every row but the last, which may be cut, is one of the file, and none is missing between them.
 */
static void
assert_consistent (const Re3Dataset *dataset)
{
  gsize n_rows = re3_dataset_get_n_rows (dataset);

  g_assert_cmpuint (n_rows, <=, N_ROWS);
  for (gsize row = 0; row + 1 < n_rows; row++) {
    g_assert_cmpfloat (re3_dataset_get_value (dataset, row, 0), ==, (double) row);
    g_assert_cmpfloat (re3_dataset_get_value (dataset, row, 1), ==, 2.0 * (double) row);
  }
}

typedef struct {
  char *path;
  gulong delay;
  off_t length;
} Cut;

static gpointer
cut_file (gpointer data)
{
  const Cut *cut = data;

  g_usleep (cut->delay);
  g_assert_cmpint (truncate (cut->path, cut->length), ==, 0);

  return NULL;
}

/* Wherever the reader is when the file shrinks, it reads a part of it or says what is wrong. */
static void
test_shrinks (void)
{
  g_autoptr (Re3Model) model = make_model (2, 2, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (41);
  gsize length;
  g_autofree char *text = write_rows (&length);
  GFile *file = write_file ("shrinks.csv", text, (gssize) length);
  g_autofree char *path = g_file_get_path (file);

  for (gsize i = 0; i < 15; i++) {
    Cut cut = { .path = path };
    g_autoptr (GError) error = NULL;
    g_autoptr (Re3Dataset) dataset = NULL;
    GThread *thread;

    g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
    cut.delay = (gulong) g_rand_int_range (random, 0, 30000);
    cut.length = i % 3 == 0 ? 0 : g_rand_int_range (random, 0, (gint32) length);
    thread = g_thread_new ("cut", cut_file, &cut);
    dataset = read_data (file, model, NULL, &error);
    g_thread_join (thread);

    if (dataset != NULL)
      assert_consistent (dataset);
    else
      g_assert_true (g_str_has_prefix (error->message, "shrinks.csv"));
  }

  remove_file (file);
}

typedef struct {
  const char *path;
  const char *text;
  gsize length;
} Flow;

static gpointer
write_pipe (gpointer data)
{
  const Flow *flow = data;
  int fd = open (flow->path, O_WRONLY | O_CLOEXEC);
  gsize n_written = 0;

  g_assert_cmpint (fd, >=, 0);
  while (n_written < flow->length) {
    gssize n = write (fd, flow->text + n_written, flow->length - n_written);

    g_assert_cmpint (n, >, 0);
    n_written += (gsize) n;
  }
  close (fd);

  return NULL;
}

/* A pipe whose writer stops has no more rows than it wrote; the first ones may be none at all. */
static void
test_pipe_stops (void)
{
  g_autoptr (Re3Model) model = make_model (2, 2, NULL);
  gsize length;
  g_autofree char *text = write_rows (&length);
  GFile *file = write_file ("pipe.csv", "", 0);
  g_autofree char *path = g_file_get_path (file);
  const gsize lengths[] = { 0, 3, 8, 1024 * 1024 - 1, 1024 * 1024 + 7, length - 2, length };

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    Flow flow = { path, text, lengths[i] };
    GThread *thread = g_thread_new ("pipe", write_pipe, &flow);
    g_autoptr (GError) error = NULL;
    g_autoptr (Re3Dataset) dataset = read_data (file, model, NULL, &error);

    g_thread_join (thread);
    if (dataset == NULL) {
      g_assert_cmpuint (lengths[i], <, 10);
      g_assert_true (g_str_has_prefix (error->message, "pipe.csv"));
      continue;
    }
    assert_consistent (dataset);
    if (lengths[i] == length)
      g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, N_ROWS);
  }

  remove_file (file);
}

static void
test_becomes_folder (void)
{
  g_autoptr (Re3Model) model = make_model (2, 2, NULL);
  g_autoptr (GError) error = NULL;
  GFile *file = write_file ("folder.csv", "1,2\n3,4\n", -1);
  g_autofree char *path = g_file_get_path (file);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_refused (read_data (file, model, NULL, &error), &error, "folder.csv");
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  remove_file (file);
}

int
main (int argc, char *argv[])
{
  static const Sample csv = { "iris-8-4.re3.json", "iris.csv", "iris.csv" };
  static const Sample packed = { "fashion-32-16.re3.json", "fashion-images-idx3-ubyte.gz",
                                 "fashion-" };

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/data-faults/memory-csv", &csv, test_memory);
  g_test_add_data_func ("/data-faults/memory-packed-array", &packed, test_memory);
  g_test_add_func ("/data-faults/packed", test_packed);
  g_test_add_func ("/data-faults/shrinks", test_shrinks);
  g_test_add_func ("/data-faults/pipe-stops", test_pipe_stops);
  g_test_add_func ("/data-faults/becomes-folder", test_becomes_folder);

  return g_test_run ();
}
