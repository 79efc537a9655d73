/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io-test.h"
#include "re3-data-preview.h"

#include <string.h>

static const char *const names = "\"features\": [\"a\", \"b\"], \"classes\": [\"no\", \"yes\"], ";

static Re3DataPreview *
look (const char *content, const Re3DataOptions *options)
{
  g_autoptr (Re3Model) model = make_model (2, 2, names);
  g_autoptr (GError) error = NULL;
  GFile *file = write_file ("a.csv", content, -1);
  Re3DataPreview *preview = re3_data_preview_new (file, model, options, NULL, &error);

  g_assert_no_error (error);
  remove_file (file);
  return preview;
}

static void
test_rows (void)
{
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (Re3DataPreview) preview =
      look ("a;b;kind\n1;2;yes\n?;2;no\n1;2\n\n3;\"4\n\";maybe\n5;6;no\n", &options);
  static const struct {
    guint line;
    const char *first;
    const char *reason;
  } rows[] = {
    { 2, "1", NULL },          { 3, "?", "missing" }, { 4, "1", "2 cells, not 3" },
    { 6, "3", "no class of" }, { 8, "5", NULL },
  };

  g_assert_no_error (preview->error);
  g_assert_true (preview->whole);
  g_assert_cmpuint (preview->n_rows, ==, 2);
  g_assert_cmpint (preview->format->delimiter, ==, ';');
  g_assert_cmpstr (preview->report->label_column, ==, "kind");
  g_assert_cmpuint (preview->rows->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < preview->rows->len; i++) {
    const Re3PreviewRow *row = g_ptr_array_index (preview->rows, i);

    g_assert_cmpuint (row->line, ==, rows[i].line);
    g_assert_cmpstr (row->cells[0], ==, rows[i].first);
    g_assert_cmpint (row->reason == NULL, ==, rows[i].reason == NULL);
    if (row->reason != NULL)
      g_assert_nonnull (strstr (row->reason, rows[i].reason));
  }
}

/* What cannot be read is shown as far as it is a table, so that the person sees what to change. */
static void
test_unreadable (void)
{
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (Re3DataPreview) preview = look ("a,kind\n1,yes\n2,no\n", &options);
  g_autoptr (Re3DataPreview) none = look ("", &options);

  g_assert_nonnull (preview->error);
  g_assert_null (preview->report);
  g_assert_cmpuint (preview->rows->len, ==, 2);
  g_assert_nonnull (none->error);
  g_assert_null (none->format);
  g_assert_cmpuint (none->rows->len, ==, 0);
}

/* What a packed file holds is shown, by its lines. */
static void
test_packed (void)
{
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (GByteArray) packed = load_fixture ("packed/table.csv.gz");
  GFile *file = write_file ("a.csv.gz", (const char *) packed->data, packed->len);
  g_autoptr (Re3Model) model = make_model (2, 2, names);
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3DataPreview) preview = re3_data_preview_new (file, model, &options, NULL, &error);
  const Re3PreviewRow *row;

  g_assert_no_error (error);
  g_assert_no_error (preview->error);
  g_assert_true (preview->whole);
  g_assert_cmpuint (preview->n_rows, ==, 200);
  row = g_ptr_array_index (preview->rows, 99);
  g_assert_cmpuint (row->line, ==, 101);
  g_assert_cmpstr (row->cells[1], ==, "198");
  remove_file (file);

  packed->data[packed->len / 4] ^= 0xff;
  file = write_file ("a.csv.gz", (const char *) packed->data, packed->len);
  assert_refused (re3_data_preview_new (file, model, &options, NULL, &error), &error,
                  "a.csv.gz: &gzip file is damaged");
  remove_file (file);
}

static void
test_large (void)
{
  Re3DataOptions options = RE3_DATA_OPTIONS_DEFAULT;
  g_autoptr (GString) content = g_string_new ("a,b,kind\n");
  g_autoptr (Re3DataPreview) preview = NULL;

  while (content->len < 3 << 20)
    g_string_append (content, "1.25,123456789,yes\n");
  preview = look (content->str, &options);
  g_assert_no_error (preview->error);
  g_assert_false (preview->whole);
  g_assert_cmpuint (preview->rows->len, ==, RE3_MAX_PREVIEW_ROWS);
  g_assert_cmpuint (preview->n_rows, <, content->len / 19 / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data-preview/rows", test_rows);
  g_test_add_func ("/data-preview/unreadable", test_unreadable);
  g_test_add_func ("/data-preview/packed", test_packed);
  g_test_add_func ("/data-preview/large", test_large);
  return g_test_run ();
}
