/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session-opener.h"

#include <glib/gstdio.h>
#include <math.h>

/* Iris with values that are missing in three of its rows. */
typedef struct {
  char *folder;
  GFile *model;
  GFile *data;
  GFile *saved;
} Fixture;

/* A row, and the values that it has instead, or keeps. */
static const struct {
  gsize row;
  const char *cells[4];
} holes[] = {
  { 3, { NULL, "", NULL, NULL } },
  { 10, { "NA", NULL, "nan", NULL } },
  { 20, { NULL, "?", NULL, NULL } },
};

#define N_HOLES 4

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("RE3_SAMPLES"), "iris.csv", NULL);
  g_autofree char *to = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  fixture->folder = g_dir_make_tmp ("re3-fill-XXXXXX", NULL);
  fixture->model = g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), "iris-8.re3.json", NULL);
  fixture->data = g_file_new_build_filename (fixture->folder, "holes.csv", NULL);
  fixture->saved = g_file_new_build_filename (fixture->folder, "holes.re3session", NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (holes); i++) {
    char **line = &lines[holes[i].row + 1];
    g_auto (GStrv) cells = g_strsplit (*line, ",", -1);

    for (gsize j = 0; j < 4; j++)
      if (holes[i].cells[j] != NULL) {
        g_free (cells[j]);
        cells[j] = g_strdup (holes[i].cells[j]);
      }
    g_free (*line);
    *line = g_strjoinv (",", cells);
  }
  to = g_strjoinv ("\n", lines);
  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->data), to, -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_file_delete (fixture->data, NULL, NULL);
  g_file_delete (fixture->saved, NULL, NULL);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_object_unref (fixture->model);
  g_object_unref (fixture->data);
  g_object_unref (fixture->saved);
  g_free (fixture->folder);
}

static void
wait_for (Re3Session *session)
{
  while (re3_worker_is_busy (re3_session_get_loader (session)) ||
         re3_worker_is_busy (re3_session_get_analyst (session)))
    g_main_context_iteration (NULL, TRUE);
}

static void
choose_fill (Re3Session *session, GFile *file, Re3DataFill fill)
{
  g_autoptr (GVariant) empty =
      g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("(sa{sv})"), NULL, 0));
  g_autoptr (Re3Reading) reading = re3_reading_new ();

  reading->fill = fill;
  re3_session_set_readings (session, re3_readings_add (empty, file, reading));
}

static Re3Session *
open_filled (Fixture *fixture)
{
  Re3Session *session = re3_session_new ();

  choose_fill (session, fixture->data, RE3_DATA_FILL_MEAN);
  re3_session_open (session, fixture->model, fixture->data);
  wait_for (session);
  g_assert_cmpuint (re3_dataset_get_n_rows (re3_session_get_dataset (session)), ==, 150);
  return session;
}

static gboolean
is_hole (gsize row, gsize feature)
{
  for (gsize i = 0; i < G_N_ELEMENTS (holes); i++)
    if (holes[i].row == row)
      return holes[i].cells[feature] != NULL;
  return FALSE;
}

/* What stands in the holes, added up here. */
static double
get_training_mean (Re3Dataset *dataset, gsize feature)
{
  double sum = 0.0;
  gsize n = 0;

  for (gsize row = 0; row < 150; row++)
    if (!re3_dataset_is_test (dataset, row) && !is_hole (row, feature)) {
      sum += re3_dataset_get_value (dataset, row, feature);
      n++;
    }
  return sum / (double) n;
}

static void
assert_is_filled (Re3Session *session)
{
  Re3Dataset *dataset = re3_session_get_dataset (session);
  const Re3DataReport *report = re3_document_get_data_report (re3_session_get_document (session));

  g_assert_cmpuint (re3_dataset_get_n_rows (dataset), ==, 150);
  g_assert_cmpuint (report->n_filled, ==, N_HOLES);
  g_assert_cmpuint (report->n_filled_rows, ==, G_N_ELEMENTS (holes));
  g_assert_cmpuint (report->n_skipped, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (holes); i++)
    for (gsize j = 0; j < 4; j++)
      if (holes[i].cells[j] != NULL)
        g_assert_cmpfloat_with_epsilon (re3_dataset_get_value (dataset, holes[i].row, j),
                                        get_training_mean (dataset, j), 1e-12);
}

static void
assert_is_skipped (Re3Session *session)
{
  const Re3DataReport *report = re3_document_get_data_report (re3_session_get_document (session));

  g_assert_cmpuint (re3_dataset_get_n_rows (re3_session_get_dataset (session)), ==,
                    150 - G_N_ELEMENTS (holes));
  g_assert_cmpuint (report->n_missing, ==, G_N_ELEMENTS (holes));
  g_assert_cmpuint (report->n_filled, ==, 0);
}

/* Rows are skipped unless a person has chosen otherwise, and again once that is taken back. */
static void
test_there_and_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Re3Session) session = re3_session_new ();

  re3_session_open (session, fixture->model, fixture->data);
  wait_for (session);
  assert_is_skipped (session);
  g_assert_true (re3_document_can_fill (re3_session_get_document (session)));

  choose_fill (session, fixture->data, RE3_DATA_FILL_MEAN);
  re3_session_open (session, NULL, fixture->data);
  wait_for (session);
  assert_is_filled (session);
  g_assert_false (re3_document_can_fill (re3_session_get_document (session)));

  choose_fill (session, fixture->data, RE3_DATA_FILL_NONE);
  re3_session_open (session, NULL, fixture->data);
  wait_for (session);
  assert_is_skipped (session);
}

/* Labels cannot be filled: nobody is offered that. */
static void
test_only_labels_are_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Re3Session) session = re3_session_new ();
  g_autofree char *path = g_build_filename (g_getenv ("RE3_SAMPLES"), "iris.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "virginica\n", "\n", 2), ==, 2);
  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->data), changed->str, -1, NULL));
  re3_session_open (session, fixture->model, fixture->data);
  wait_for (session);
  g_assert_cmpuint (re3_document_get_data_report (re3_session_get_document (session))->n_missing,
                    ==, 2);
  g_assert_false (re3_document_can_fill (re3_session_get_document (session)));
}

/* Another model reads the same data set as it was read, whatever is chosen for it elsewhere. */
static void
test_another_model (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Re3Session) session = open_filled (fixture);
  g_autoptr (GFile) model =
      g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), "iris-16-8-4.re3.json", NULL);

  choose_fill (session, fixture->data, RE3_DATA_FILL_NONE);
  re3_session_open (session, model, NULL);
  wait_for (session);
  assert_is_filled (session);
}

/* An edited value is the person's, until the edit is taken back. */
static void
test_what_if (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Re3Session) session = open_filled (fixture);
  Re3WhatIf *what_if = re3_session_get_what_if (session);

  for (gsize row = 0; row < 150; row++) {
    re3_session_select_row (session, (gssize) row);
    for (gsize j = 0; j < 4; j++)
      g_assert_cmpint (re3_what_if_is_filled (what_if, j), ==, is_hole (row, j));
  }

  re3_session_select_row (session, 10);
  g_assert_true (re3_what_if_set_value (what_if, 0, 5.5, NULL));
  g_assert_false (re3_what_if_is_filled (what_if, 0));
  g_assert_true (re3_what_if_is_filled (what_if, 2));
  re3_what_if_undo (what_if);
  g_assert_true (re3_what_if_is_filled (what_if, 0));
  re3_session_select_row (session, RE3_NO_ROW);
  g_assert_false (re3_what_if_is_filled (what_if, 0));
}

/* Saves @session, and opens it again where @fill is chosen for the file. */
static Re3Session *
reopen (Fixture *fixture, Re3Session *session, Re3DataFill fill)
{
  g_autoptr (Re3SessionFile) file = re3_session_file_capture (session, NULL);
  Re3Session *other = re3_session_new ();
  g_autoptr (Re3SessionOpener) opener = re3_session_opener_new (other);
  Re3SessionFile *read;

  g_assert_true (re3_session_file_write (file, fixture->saved, NULL));
  read = re3_session_file_read (fixture->saved, NULL);
  g_assert_nonnull (read);
  choose_fill (other, fixture->data, fill);
  re3_session_opener_open (opener, read);
  wait_for (other);
  return other;
}

/* The rows of a session are those of the data set as it was read when the session was saved. */
static void
test_session_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Re3Session) filled = open_filled (fixture);
  g_autoptr (Re3Session) skipped = re3_session_new ();
  g_autoptr (Re3Session) other = NULL;
  g_autoptr (Re3Session) another = NULL;

  re3_session_select_row (filled, 20);
  other = reopen (fixture, filled, RE3_DATA_FILL_NONE);
  assert_is_filled (other);
  g_assert_cmpint (re3_session_get_row (other), ==, 20);
  g_assert_true (re3_what_if_is_filled (re3_session_get_what_if (other), 1));

  re3_session_open (skipped, fixture->model, fixture->data);
  wait_for (skipped);
  another = reopen (fixture, skipped, RE3_DATA_FILL_MEAN);
  assert_is_skipped (another);
}

static void
finished_cb (guint *n_left_out, guint n)
{
  *n_left_out = n;
}

/* Edits and pins stay with the line that they are of, whichever rows there are around it; those of
 * a row that is skipped from now on are counted. */
static void
test_rows_are_found_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Re3Session) session = re3_session_new ();
  g_autoptr (Re3SessionOpener) opener = re3_session_opener_new (session);
  Re3WhatIf *what_if = re3_session_get_what_if (session);
  Re3Pin *pin = re3_session_get_pin (session);
  guint n_left_out = G_MAXUINT;
  double values[4];

  g_signal_connect_swapped (opener, "finished", G_CALLBACK (finished_cb), &n_left_out);
  re3_session_open (session, fixture->model, fixture->data);
  wait_for (session);
  re3_session_select_row (session, 12);
  re3_pin_take (pin, what_if);
  re3_session_select_row (session, 4);
  g_assert_true (re3_what_if_set_value (what_if, 1, 9.25, NULL));

  choose_fill (session, fixture->data, RE3_DATA_FILL_MEAN);
  re3_session_opener_reopen (opener, NULL, FALSE);
  re3_session_select_row (session, 40);
  g_assert_true (re3_what_if_set_value (what_if, 2, 0.125, NULL));
  wait_for (session);
  assert_is_filled (session);
  g_assert_cmpuint (n_left_out, ==, 0);
  g_assert_cmpint (re3_session_get_row (session), ==, 43);
  g_assert_cmpfloat (re3_what_if_get_value (what_if, 2), ==, 0.125);
  re3_what_if_copy_row (what_if, 5, values);
  g_assert_cmpfloat (values[1], ==, 9.25);
  g_assert_cmpint (re3_pin_get_row (pin), ==, 14);
  g_assert_false (re3_pin_is_edited (pin));

  re3_session_select_row (session, 10);
  g_assert_true (re3_what_if_set_value (what_if, 0, 5.5, NULL));
  re3_pin_take (pin, what_if);
  choose_fill (session, fixture->data, RE3_DATA_FILL_NONE);
  re3_session_opener_reopen (opener, NULL, FALSE);
  wait_for (session);
  assert_is_skipped (session);
  /* The edit and the pin of the row that is gone; the one behind it is selected. */
  g_assert_cmpuint (n_left_out, ==, 2);
  g_assert_cmpint (re3_session_get_row (session), ==, 9);
  g_assert_null (re3_pin_get_baseline (pin));
  re3_what_if_copy_row (what_if, 4, values);
  g_assert_cmpfloat (values[1], ==, 9.25);
  re3_what_if_copy_row (what_if, 40, values);
  g_assert_cmpfloat (values[2], ==, 0.125);
}

/* All that can be chosen comes back, and nothing that cannot. */
static void
test_reading_in_the_file (Fixture *fixture, gconstpointer data)
{
  static const char delimiters[] = { RE3_CSV_GUESS_DELIMITER, ',', ';', '\t', '|', ' ' };
  static const char *const labels[] = { NULL, "", "“kind”\n\\" };

  for (gsize i = 0; i < 2 * 3 * 3 * 2 * G_N_ELEMENTS (delimiters); i++) {
    g_autoptr (Re3SessionFile) file = re3_session_file_new ();
    g_autoptr (Re3SessionFile) read = NULL;

    file->model_file = g_object_ref (fixture->model);
    file->data_file = g_object_ref (fixture->data);
    file->reading = re3_reading_new ();
    file->reading->fill = i % 2 ? RE3_DATA_FILL_MEAN : RE3_DATA_FILL_NONE;
    file->reading->header = (Re3CsvHeader) (i / 2 % 3);
    file->reading->label = g_strdup (labels[i / 6 % 3]);
    file->reading->left_out = i / 18 % 2 ? g_strsplit ("id\t3", "\t", -1) : NULL;
    file->reading->delimiter = delimiters[i / 36];
    g_assert_true (re3_session_file_write (file, fixture->saved, NULL));
    read = re3_session_file_read (fixture->saved, NULL);
    g_assert_nonnull (read);
    g_assert_cmpint (read->reading->fill, ==, file->reading->fill);
    g_assert_cmpint (read->reading->header, ==, file->reading->header);
    g_assert_cmpstr (read->reading->label, ==, file->reading->label);
    g_assert_cmpint (read->reading->left_out != NULL, ==, file->reading->left_out != NULL);
    if (read->reading->left_out != NULL)
      g_assert_cmpstrv (read->reading->left_out, file->reading->left_out);
    g_assert_cmpint (read->reading->delimiter, ==, file->reading->delimiter);
  }
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const readings[][2] = {
    { "[]", "reading" },
    { "{\"delimiter\": \"x\"}", "reading.delimiter" },
    { "{\"delimiter\": \",,\"}", "reading.delimiter" },
    { "{\"header\": 1}", "reading.header" },
    { "{\"label\": 1}", "reading.label" },
    { "{\"left_out\": \"id\"}", "reading.left_out" },
    { "{\"left_out\": [\"id\", 3]}", "reading.left_out[1]" },
    { "{\"fill\": \"median\"}", "reading.fill" },
    { "{\"fill\": true}", "reading.fill" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++) {
    g_autofree char *text = g_strdup_printf ("{\"format\": \"re3-session\", \"version\": 1,"
                                             " \"model\": \"%s\", \"reading\": %s}",
                                             g_file_peek_path (fixture->model), readings[i][0]);
    g_autofree char *start = g_strdup_printf ("holes.re3session: %s ", readings[i][1]);
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents (g_file_peek_path (fixture->saved), text, -1, NULL));
    g_assert_null (re3_session_file_read (fixture->saved, &error));
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, start));
  }
}

/* Sessions of before told nothing of it. */
static void
test_older_session (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text =
      g_strdup_printf ("{\"format\": \"re3-session\", \"version\": 1, \"model\": \"%s\","
                       " \"data\": \"holes.csv\"}",
                       g_file_peek_path (fixture->model));
  g_autoptr (Re3Session) session = re3_session_new ();
  g_autoptr (Re3SessionOpener) opener = re3_session_opener_new (session);
  Re3SessionFile *read;

  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->saved), text, -1, NULL));
  read = re3_session_file_read (fixture->saved, NULL);
  g_assert_null (read->reading);
  choose_fill (session, fixture->data, RE3_DATA_FILL_MEAN);
  re3_session_opener_open (opener, read);
  wait_for (session);
  assert_is_filled (session);
}

static void
add (const char *name, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/session-fill/%s", name);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("there-and-back", test_there_and_back);
  add ("only-labels-are-missing", test_only_labels_are_missing);
  add ("another-model", test_another_model);
  add ("what-if", test_what_if);
  add ("session-file", test_session_file);
  add ("rows-are-found-again", test_rows_are_found_again);
  add ("reading-in-the-file", test_reading_in_the_file);
  add ("refused", test_refused);
  add ("older-session", test_older_session);
  return g_test_run ();
}
