/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"

#include "re3-csv-reader.h"
#include "re3-csv-writer.h"

#include <float.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static char *folder;

static char *
get_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static Re3CsvWriter *
make_writer (const char *name)
{
  g_autofree char *path = get_path (name);
  g_autoptr (GError) error = NULL;
  Re3CsvWriter *writer = re3_csv_writer_new (path, &error);

  g_assert_no_error (error);

  return writer;
}

static void
finish (Re3CsvWriter *writer)
{
  g_autoptr (GError) error = NULL;

  re3_csv_writer_finish (writer, &error);
  g_assert_no_error (error);
  re3_csv_writer_commit (writer, &error);
  g_assert_no_error (error);
}

/* (transfer full) */
static char *
take_content (const char *name)
{
  g_autofree char *path = get_path (name);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);

  return content;
}

static gsize
count_files (void)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  gsize n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;

  return n;
}

static void
test_quotes (void)
{
  g_autoptr (Re3CsvWriter) writer = make_writer ("a.csv");
  g_autofree char *content = NULL;

  re3_csv_writer_add_heading (writer, "petal width", "cm");
  re3_csv_writer_add_heading (writer, "class", NULL);
  re3_csv_writer_add_heading (writer, "note", "");
  re3_csv_writer_end_row (writer);
  re3_csv_writer_add_text (writer, "a,b");
  re3_csv_writer_add_text (writer, "say \"no\"");
  re3_csv_writer_add_text (writer, "two\nlines");
  re3_csv_writer_end_row (writer);
  re3_csv_writer_add_text (writer, " spaced");
  re3_csv_writer_add_text (writer, NULL);
  re3_csv_writer_add_text (writer, "größer; plain");
  re3_csv_writer_end_row (writer);
  finish (writer);

  content = take_content ("a.csv");
  g_assert_cmpstr (content, ==,
                   "petal width (cm),class,note\n"
                   "\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\n"
                   "\" spaced\",,größer; plain\n");
}

static void
test_numbers (void)
{
  g_autoptr (Re3CsvWriter) writer = make_writer ("a.csv");
  g_autofree char *content = NULL;

  re3_csv_writer_add_number (writer, 0.1);
  re3_csv_writer_add_number (writer, -2.5e-300);
  re3_csv_writer_add_number (writer, NAN);
  re3_csv_writer_add_number (writer, INFINITY);
  re3_csv_writer_add_number (writer, -INFINITY);
  re3_csv_writer_add_count (writer, G_MAXUINT32);
  re3_csv_writer_add_boolean (writer, TRUE);
  re3_csv_writer_add_boolean (writer, FALSE);
  re3_csv_writer_end_row (writer);
  finish (writer);

  content = take_content ("a.csv");
  g_assert_cmpstr (content, ==, "0.1,-2.5e-300,,inf,-inf,4294967295,yes,no\n");
}

typedef struct {
  const char *const *texts;
  const double *numbers;
  gsize n;
  gsize n_rows;
} Expected;

static gboolean
check_row (const char *const *cells, gsize n_cells, guint line, gpointer user_data, GError **error)
{
  Expected *expected = user_data;
  double number;

  g_assert_cmpuint (n_cells, ==, 2);
  g_assert_cmpuint (expected->n_rows, <, expected->n);
  g_assert_cmpstr (cells[0], ==, expected->texts[expected->n_rows]);
  number = g_ascii_strtod (cells[1], NULL);
  g_assert_cmpmem (&number, sizeof number, &expected->numbers[expected->n_rows], sizeof number);
  expected->n_rows++;

  return TRUE;
}

/* Our own reader finds the same texts, and numbers of the same bits. */
static void
test_round_trip (void)
{
  static const char *const texts[] = { "plain", "a,b",           "\"",     "\"quoted\"", " x ",
                                       "a\nb",  "\"a\",\n\"b\"", "größer", "\t",         "'" };
  static const double numbers[] = { 0.1,    1.0 / 3, -0.0,          DBL_MAX, DBL_MIN,
                                    5e-324, 1e22,    123456789.125, -1.5e-7, 0.30000000000000004 };
  Expected expected = { texts, numbers, G_N_ELEMENTS (texts), 0 };
  g_autoptr (Re3CsvWriter) writer = make_writer ("a.csv");
  g_autoptr (Re3CsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    re3_csv_writer_add_text (writer, texts[i]);
    re3_csv_writer_add_number (writer, numbers[i]);
    re3_csv_writer_end_row (writer);
  }
  finish (writer);

  content = take_content ("a.csv");
  reader = re3_csv_reader_new (',', "a.csv", check_row, &expected);
  g_assert_true (re3_csv_reader_feed (reader, content, strlen (content), &error));
  g_assert_true (re3_csv_reader_finish (reader, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (expected.n_rows, ==, G_N_ELEMENTS (texts));
}

/* Until it is put in its place, what was there is there; and without that, nothing is left. */
static void
test_whole_or_not (void)
{
  g_autofree char *path = get_path ("a.csv");
  g_autofree char *content = NULL;
  Re3CsvWriter *writer;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  writer = make_writer ("a.csv");
  re3_csv_writer_add_text (writer, "new");
  re3_csv_writer_end_row (writer);
  g_assert_true (re3_csv_writer_finish (writer, NULL));
  g_assert_cmpuint (count_files (), ==, 2);
  re3_csv_writer_free (writer);

  g_assert_cmpuint (count_files (), ==, 1);
  content = take_content ("a.csv");
  g_assert_cmpstr (content, ==, "old");

  writer = make_writer ("a.csv");
  re3_csv_writer_free (writer);
  g_assert_cmpuint (count_files (), ==, 0);
}

static void
test_refused (void)
{
  g_autofree char *path = get_path ("no/a.csv");
  g_autofree char *taken = get_path ("taken.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3CsvWriter) writer = NULL;

  assert_refused (re3_csv_writer_new (path, &error), &error,
                  "no/a.csv: this file cannot be written");

  /* A folder stands where the file is to be. */
  g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
  writer = make_writer ("taken.csv");
  g_assert_true (re3_csv_writer_finish (writer, &error));
  g_assert_false (re3_csv_writer_commit (writer, &error));
  assert_refused (NULL, &error, "taken.csv: this file cannot be written");
  g_clear_pointer (&writer, re3_csv_writer_free);
  g_assert_cmpint (g_rmdir (taken), ==, 0);
  g_assert_cmpuint (count_files (), ==, 0);
}

/* What goes wrong while writing is told at the end. */
static void
test_full_disk (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3CsvWriter) writer = make_writer ("full.csv");
  struct rlimit old;
  struct rlimit small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 1 << 16;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  for (gsize i = 0; i < 20000; i++) {
    re3_csv_writer_add_count (writer, i);
    re3_csv_writer_end_row (writer);
  }
  g_assert_false (re3_csv_writer_finish (writer, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  assert_refused (NULL, &error, "full.csv: this file cannot be written: ");

  g_clear_pointer (&writer, re3_csv_writer_free);
  g_assert_cmpuint (count_files (), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  /* A file over the limit is an error then, and not the end. */
  signal (SIGXFSZ, SIG_IGN);
  folder = g_dir_make_tmp ("re3-csv-XXXXXX", &error);
  g_assert_no_error (error);

  g_test_add_func ("/csv-writer/quotes", test_quotes);
  g_test_add_func ("/csv-writer/numbers", test_numbers);
  g_test_add_func ("/csv-writer/round-trip", test_round_trip);
  g_test_add_func ("/csv-writer/whole-or-not", test_whole_or_not);
  g_test_add_func ("/csv-writer/refused", test_refused);
  g_test_add_func ("/csv-writer/full-disk", test_full_disk);

  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);

  return status;
}
