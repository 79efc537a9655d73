/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-recent-list.h"

static GVariant *
make_list (const char *text)
{
  return g_variant_ref_sink (g_variant_new_parsed (text));
}

static GVariant *
add (GVariant *list, const char *first, const char *data)
{
  g_autoptr (GVariant) old = list;
  g_autoptr (GFile) first_file = g_file_new_for_uri (first);
  g_autoptr (GFile) data_file = data != NULL ? g_file_new_for_uri (data) : NULL;

  return g_variant_ref_sink (re3_recent_list_add (old, first_file, data_file));
}

static void
assert_list (GVariant *list, const char *expected)
{
  g_autofree char *text = g_variant_print (list, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_latest_first (void)
{
  g_autoptr (GVariant) list = make_list ("@a(ss) []");
  g_autoptr (GFile) model = g_file_new_for_uri ("file:///a.onnx");

  list = add (list, "file:///a.onnx", "file:///a.csv");
  list = add (list, "file:///b.re3session", NULL);
  assert_list (list, "[('file:///b.re3session', ''), ('file:///a.onnx', 'file:///a.csv')]");
  list = add (list, "file:///a.onnx", "file:///a.csv");
  assert_list (list, "[('file:///a.onnx', 'file:///a.csv'), ('file:///b.re3session', '')]");
  /* With other data it is another one. */
  list = add (list, "file:///a.onnx", NULL);
  assert_list (list, "[('file:///a.onnx', ''), ('file:///a.onnx', 'file:///a.csv'), "
                     "('file:///b.re3session', '')]");

  g_autoptr (GVariant) less = g_variant_ref_sink (re3_recent_list_remove (list, model, NULL));
  assert_list (less, "[('file:///a.onnx', 'file:///a.csv'), ('file:///b.re3session', '')]");
}

static void
test_old_ones_are_forgotten (void)
{
  g_autoptr (GVariant) list = make_list ("@a(ss) []");
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; i < 25; i++) {
    g_autofree char *uri = g_strdup_printf ("file:///%u.onnx", i);

    list = add (list, uri, NULL);
  }
  entries = re3_recent_list_read (list);
  g_assert_cmpuint (entries->len, ==, RE3_MAX_RECENT);
  last = g_file_get_uri (((Re3RecentEntry *) g_ptr_array_index (entries, 9))->first);
  g_assert_cmpstr (last, ==, "file:///15.onnx");
}

/* The settings are a file that people can write into. */
static void
test_strange_lists (void)
{
  g_autoptr (GVariant) list = make_list ("[('', 'file:///a.csv'), ('nonsense', ''), ('', '')]");
  g_autoptr (GPtrArray) entries = re3_recent_list_read (list);

  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_nonnull (re3_recent_entry_find_missing (g_ptr_array_index (entries, 0)));
}

static void
test_titles (void)
{
  g_autoptr (GVariant) list =
      make_list ("[('file:///m/iris%208.re3.json', 'file:///d/iris.csv'), "
                 "('file:///s/study.re3session', ''), ('file:///m/net.onnx', '')]");
  g_autoptr (GPtrArray) entries = re3_recent_list_read (list);
  static const char *const titles[] = { "iris 8 on iris.csv", "study", "net.onnx" };

  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (titles));
  for (guint i = 0; i < entries->len; i++) {
    g_autofree char *title = re3_recent_entry_get_title (g_ptr_array_index (entries, i));

    g_assert_cmpstr (title, ==, titles[i]);
  }
}

static void
test_missing (void)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) model = g_file_new_tmp ("re3-recent-XXXXXX.onnx", &stream, NULL);
  g_autoptr (GFile) data = g_file_new_for_path ("/no/such/data.csv");
  Re3RecentEntry entry = { model, NULL };

  g_assert_null (re3_recent_entry_find_missing (&entry));
  entry.data = data;
  g_assert_true (re3_recent_entry_find_missing (&entry) == data);
  g_assert_true (g_file_delete (model, NULL, NULL));
  g_assert_true (re3_recent_entry_find_missing (&entry) == model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recent-list/latest-first", test_latest_first);
  g_test_add_func ("/recent-list/old-ones-are-forgotten", test_old_ones_are_forgotten);
  g_test_add_func ("/recent-list/strange-lists", test_strange_lists);
  g_test_add_func ("/recent-list/titles", test_titles);
  g_test_add_func ("/recent-list/missing", test_missing);
  return g_test_run ();
}
