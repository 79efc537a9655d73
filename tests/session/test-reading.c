/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-reading.h"
#include "re3-session.h"

static GVariant *
make_list (const char *text)
{
  return g_variant_ref_sink (g_variant_new_parsed (text));
}

static void
test_round_trip (void)
{
  g_autoptr (GVariant) empty = make_list ("@a(sa{sv}) []");
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) longer = NULL;
  g_autoptr (GFile) file = g_file_new_for_path ("/d/a.csv");
  g_autoptr (GFile) other = g_file_new_for_path ("/d/b.csv");
  g_autoptr (Re3Reading) reading = re3_reading_new ();
  g_autoptr (Re3Reading) nothing = re3_reading_new ();
  g_autoptr (Re3Reading) found = NULL;
  Re3DataOptions options;

  reading->delimiter = '\t';
  reading->header = RE3_CSV_HEADER_NONE;
  reading->label = g_strdup ("");
  reading->left_out = g_strsplit ("id,3", ",", -1);
  reading->fill = RE3_DATA_FILL_MEAN;
  list = g_variant_ref_sink (re3_readings_add (empty, file, reading));
  longer = g_variant_ref_sink (re3_readings_add (list, other, nothing));

  found = re3_readings_find (longer, file);
  options = re3_reading_get_options (found);
  g_assert_cmpint (options.delimiter, ==, '\t');
  g_assert_cmpint (options.header, ==, RE3_CSV_HEADER_NONE);
  g_assert_cmpstr (options.label, ==, "");
  g_assert_cmpstr (options.left_out[1], ==, "3");
  g_assert_null (options.left_out[2]);
  g_assert_cmpint (options.fill, ==, RE3_DATA_FILL_MEAN);
  g_assert_cmpfloat (options.test_fraction, ==, RE3_DEFAULT_TEST_FRACTION);
  g_assert_null (re3_readings_find (list, other));
}

static void
test_one_for_each_file (void)
{
  g_autoptr (GVariant) list = make_list ("@a(sa{sv}) []");
  g_autoptr (GFile) first = g_file_new_for_path ("/0.csv");
  g_autoptr (GFile) last = g_file_new_for_path ("/149.csv");
  g_autoptr (Re3Reading) reading = re3_reading_new ();
  g_autoptr (Re3Reading) found = NULL;

  for (guint i = 0; i < 300; i++) {
    g_autofree char *path = g_strdup_printf ("/%u.csv", i % 150);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autoptr (GVariant) old = g_steal_pointer (&list);

    reading->delimiter = i < 150 ? ',' : ';';
    list = g_variant_ref_sink (re3_readings_add (old, file, reading));
  }
  g_assert_cmpuint (g_variant_n_children (list), ==, RE3_MAX_READINGS);
  g_assert_null (re3_readings_find (list, first));
  found = re3_readings_find (list, last);
  g_assert_cmpint (found->delimiter, ==, ';');
}

/* The settings are a file that people can write into. */
static void
test_strange_lists (void)
{
  g_autoptr (GVariant) list =
      make_list ("[('file:///a.csv', {'delimiter': <'xy'>, 'header': <7>, 'label': <true>, "
                 "'later': <1.5>}), ('', {'delimiter': <'x'>})]");
  g_autoptr (GFile) file = g_file_new_for_path ("/a.csv");
  g_autoptr (Re3Reading) found = re3_readings_find (list, file);

  g_assert_cmpint (found->delimiter, ==, RE3_CSV_GUESS_DELIMITER);
  g_assert_cmpint (found->header, ==, RE3_CSV_HEADER_GUESS);
  g_assert_null (found->label);
}

static void
open_iris (Re3Session *session, GFile *data)
{
  g_autoptr (GFile) model =
      g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), "iris-8.re3.json", NULL);

  re3_session_open (session, model, data);
  while (re3_worker_is_busy (re3_session_get_loader (session)) ||
         re3_worker_is_busy (re3_session_get_analyst (session)))
    g_main_context_iteration (NULL, TRUE);
}

/* A session opens a file as was chosen for it. */
static void
test_session (void)
{
  g_autoptr (GVariant) empty = make_list ("@a(sa{sv}) []");
  g_autoptr (GFile) data = g_file_new_build_filename (g_getenv ("RE3_SAMPLES"), "iris.csv", NULL);
  g_autoptr (Re3Session) session = re3_session_new ();
  g_autoptr (Re3Reading) reading = re3_reading_new ();
  Re3Document *document;

  open_iris (session, data);
  g_assert_nonnull (
      re3_document_get_data_report (re3_session_get_document (session))->label_column);

  reading->label = g_strdup ("");
  re3_session_set_readings (session, re3_readings_add (empty, data, reading));
  open_iris (session, data);
  document = re3_session_get_document (session);
  g_assert_null (re3_document_get_data_report (document)->label_column);
  g_assert_cmpstr (re3_document_get_reading (document)->label, ==, "");
  g_assert_false (re3_dataset_has_labels (re3_session_get_dataset (session)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/round-trip", test_round_trip);
  g_test_add_func ("/reading/one-for-each-file", test_one_for_each_file);
  g_test_add_func ("/reading/strange-lists", test_strange_lists);
  g_test_add_func ("/reading/session", test_session);
  return g_test_run ();
}
