/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-bar-chart.h"
#include "re3-export.h"
#include "scene-check.h"

#include <cairo.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static Re3Chart *
make_chart (const char *title)
{
  static const Re3Bar bars[] = { { "petal width", "0.2 cm", NULL, 2.3, RE3_BAR_SIGNED, 0 },
                                 { "sepal <width> & \"more\"", NULL, NULL, -1, RE3_BAR_SIGNED,
                                   0 } };

  return re3_bar_chart_new (&(Re3BarData){
      .title = title,
      .axis_title = "contribution",
      .bars = bars,
      .n_bars = G_N_ELEMENTS (bars),
  });
}

static GBytes *
export_bytes (const char *ending, const Re3ExportOptions *options)
{
  g_autoptr (Re3Chart) chart = make_chart ("Contributions to <versicolor>");
  g_autoptr (GError) error = NULL;
  GBytes *bytes = re3_chart_export_to_bytes (chart, options, ending, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return bytes;
}

static guint32
big_endian (const guint8 *at)
{
  guint32 number;

  memcpy (&number, at, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* As many pixels as the dots per inch ask for, on the theme's background, and the file says how
 * large it is meant to be. */
static void
test_png (void)
{
  Re3ExportOptions options = { &re3_theme_dark, 480, 240, 192 };
  g_autoptr (GBytes) bytes = export_bytes ("png", &options);
  cairo_surface_t *surface = picture_parse_png (bytes);
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  const guint32 *pixels = (const guint32 *) (const void *) cairo_image_surface_get_data (surface);
  gboolean has_ink = FALSE;

  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 960);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 480);
  g_assert_cmphex (pixels[0] & 0xffffff, ==, 0x1e1e1e);
  for (int i = 0; i < 960 * 480; i++)
    has_ink |= (pixels[i] & 0xffffff) == 0xee7934;
  g_assert_true (has_ink);
  cairo_surface_destroy (surface);

  /* Signature and header, then the chunk: 192 dots to an inch are 7559 to a metre. */
  data += 8 + 25;
  g_assert_cmpuint (big_endian (data), ==, 9);
  g_assert_cmpint (memcmp (data + 4, "pHYs", 4), ==, 0);
  g_assert_cmpuint (big_endian (data + 8), ==, 7559);
  g_assert_cmpuint (big_endian (data + 12), ==, 7559);
  g_assert_cmpuint (data[16], ==, 1);
  /* From zlib's crc32 over these 13 bytes. */
  g_assert_cmphex (big_endian (data + 17), ==, 0x8fe5f165u);
}

/* The same page as the picture: its size in points, its title, and every text of the chart. */
static void
test_svg (void)
{
  Re3ExportOptions options = { &re3_theme_print, 480, 240, 0 };
  g_autoptr (Re3Chart) chart = make_chart ("Contributions to <versicolor>");
  g_autoptr (GBytes) bytes = export_bytes ("svg", &options);
  g_autoptr (Re3Scene) scene = re3_chart_layout (chart, &re3_theme_print, 456, 200);
  g_autofree char *svg = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  gsize n_texts = 0;

  g_assert_nonnull (strstr (svg, "width=\"360pt\" height=\"180pt\" viewBox=\"0 0 480 240\""));
  g_assert_nonnull (strstr (svg, "<title>Contributions to &lt;versicolor&gt;</title>"));
  g_assert_nonnull (strstr (svg, ">Contributions to &lt;versicolor&gt;</text>"));
  g_assert_nonnull (strstr (svg, "<g transform=\"translate(12 12)\">"));
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const char *text = re3_scene_get_text (scene, i);
    g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;
    g_autofree char *element = g_strdup_printf (">%s</text>", escaped);

    if (text == NULL)
      continue;
    n_texts++;
    if (strstr (svg, element) == NULL)
      g_error ("“%s” is not in the file", element);
  }
  g_assert_cmpuint (n_texts, >, 5);
}

static void
test_pdf (void)
{
  Re3ExportOptions options = { &re3_theme_print, 480, 240, 0 };
  g_autoptr (GBytes) bytes = export_bytes ("pdf", &options);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  g_assert_cmpint (memcmp (text, "%PDF-1.", 7), ==, 0);
  g_assert_cmpint (memcmp (text + size - 6, "%%EOF\n", 6), ==, 0);
  /* In points: three quarters of a unit. */
  g_assert_nonnull (memmem (text, size, "/MediaBox [ 0 0 360 180 ]", 25));
  g_assert_null (memmem (text, size, "CreationDate", 12));
}

/* The numbers that are drawn, as they are; no picture is too small for them. */
static void
test_csv (void)
{
  Re3ExportOptions options = { &re3_theme_print, 1, 1, 0 };
  g_autoptr (GBytes) bytes = export_bytes ("csv", &options);
  const char *expected = "name,note,contribution\n"
                         "petal width,0.2 cm,2.3\n"
                         "\"sepal <width> & \"\"more\"\"\",,-1\n";
  gsize size;
  const char *csv = g_bytes_get_data (bytes, &size);

  g_assert_cmpmem (csv, size, expected, strlen (expected));
}

/* Twice the same figure is twice the same file, whatever was drawn in between. */
static void
test_same_bytes (void)
{
  static const char *const endings[] = { "png", "svg", "pdf", "PDF" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    Re3ExportOptions options = { &re3_theme_light, 480, 0, 96 };
    g_autoptr (GBytes) first = export_bytes (endings[i], &options);
    g_autoptr (GBytes) other = NULL;
    g_autoptr (GBytes) second = NULL;

    options.theme = &re3_theme_dark;
    other = export_bytes (endings[i], &options);
    options.theme = &re3_theme_light;
    /* The clock that a file might hold goes by seconds. */
    if (g_str_equal (endings[i], "pdf"))
      g_usleep (1100000);
    second = export_bytes (endings[i], &options);
    g_assert_true (g_bytes_equal (first, second));
    g_assert_false (g_bytes_equal (first, other));
  }
}

static void
test_natural_height (void)
{
  Re3ExportOptions options = { &re3_theme_light, 480, 0, 96 };
  g_autoptr (Re3Chart) chart = make_chart ("");
  g_autoptr (Re3Chart) titled = make_chart ("A title");
  g_autoptr (Re3Chart) long_titled =
      make_chart ("A title that is so long that it takes two lines or maybe even three of them, "
                  "which a figure must be able to hold");
  int heights[3];
  Re3Chart *charts[] = { chart, titled, long_titled };

  for (gsize i = 0; i < 3; i++) {
    g_autoptr (GBytes) bytes = re3_chart_export_to_bytes (charts[i], &options, "png", NULL);
    cairo_surface_t *surface = picture_parse_png (bytes);

    heights[i] = cairo_image_surface_get_height (surface);
    cairo_surface_destroy (surface);
  }
  g_assert_cmpint (heights[0], >,
                   (int) re3_chart_get_natural_height (chart, &re3_theme_light, 456));
  g_assert_cmpint (heights[1], >, heights[0]);
  g_assert_cmpint (heights[2], >, heights[1]);
}

static void
check_refused (const char *path,
               const Re3ExportOptions *options,
               GQuark domain,
               int code,
               const char *says)
{
  g_autoptr (Re3Chart) chart = make_chart ("Contributions");
  g_autoptr (GError) error = NULL;

  g_assert_false (re3_chart_export (chart, options, path, &error));
  g_assert_error (error, domain, code);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
test_refusals (void)
{
  Re3ExportOptions options = RE3_EXPORT_OPTIONS_DEFAULT;
  Re3ExportOptions tiny = { &re3_theme_print, 20, 20, 96 };
  Re3ExportOptions huge = { &re3_theme_print, 1e9, 100, 96 };
  Re3ExportOptions dense = { &re3_theme_print, 5000, 5000, 10000 };
  Re3ExportOptions odd = { &re3_theme_print, 640, 480, -3 };

  check_refused ("figure.jpg", &options, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_ENDING,
                 ".png, .svg or .pdf");
  check_refused ("figure.jpg", &options, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_ENDING, "jpg");
  check_refused ("figure", &options, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_ENDING,
                 ".png, .svg or .pdf");
  check_refused ("/tmp.d/figure", &options, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_ENDING,
                 ".png, .svg or .pdf");
  check_refused ("figure.png", &tiny, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_SIZE, "20");
  check_refused ("figure.svg", &huge, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_SIZE, "1000000000");
  check_refused ("figure.png", &dense, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_SIZE, "dots per inch");
  check_refused ("figure.png", &odd, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_SIZE, "dots per inch");
  check_refused ("/nowhere/at/all/figure.png", &options, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_WRITE,
                 "/nowhere/at/all");
}

/* A write that fails leaves what was there; one that succeeds replaces it whole. */
static void
test_old_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("re3-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "figure.png", NULL);
  g_autoptr (Re3Chart) chart = make_chart ("Contributions");
  Re3ExportOptions options = RE3_EXPORT_OPTIONS_DEFAULT;
  Re3ExportOptions tiny = { &re3_theme_print, 1, 1, 96 };
  g_autoptr (GError) error = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  gsize size;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_false (re3_chart_export (chart, &tiny, path, NULL));
  g_assert_true (g_file_get_contents (path, &old, NULL, NULL));
  g_assert_cmpstr (old, ==, "old");

  g_assert_true (re3_chart_export (chart, &options, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &new, &size, NULL));
  g_assert_cmpuint (size, >, 1000);
  g_assert_cmpint (memcmp (new, "\x89PNG", 4), ==, 0);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* That a write of every format into @folder fails, and why; nothing is left there. */
static void
check_unwritable (const char *folder, const char *why)
{
  static const char *const endings[] = { "png", "svg", "pdf", "csv" };
  Re3ExportOptions options = RE3_EXPORT_OPTIONS_DEFAULT;

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *name = g_strconcat ("figure.", endings[i], NULL);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = g_strdup_printf ("%s: %s; choose another folder.", path, why);
    g_autoptr (GDir) left = NULL;

    check_refused (path, &options, RE3_EXPORT_ERROR, RE3_EXPORT_ERROR_WRITE, text);
    left = g_dir_open (folder, 0, NULL);
    g_assert_nonnull (left);
    g_assert_null (g_dir_read_name (left));
  }
}

/* In a process of its own, which may write so few bytes to a file as a disk may have left. */
static void
test_full_disk (void)
{
  g_autofree char *folder = NULL;

  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
    return;
  }
  folder = g_dir_make_tmp ("re3-export-XXXXXX", NULL);
  g_assert_true (signal (SIGXFSZ, SIG_IGN) != SIG_ERR);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &(struct rlimit){ 20, 20 }), ==, 0);
  check_unwritable (folder, g_strerror (EFBIG));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* In a process of its own, since the superuser may write anywhere and must become somebody else. */
static void
test_read_only_folder (void)
{
  enum { NOBODY = 65534 };
  uid_t user = geteuid ();
  g_autofree char *folder = NULL;

  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
    return;
  }
  folder = g_dir_make_tmp ("re3-export-XXXXXX", NULL);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  g_assert_true (user != 0 || seteuid (NOBODY) == 0);
  check_unwritable (folder, "it may not be written to");
  g_assert_cmpint (seteuid (user), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/png", test_png);
  g_test_add_func ("/export/svg", test_svg);
  g_test_add_func ("/export/pdf", test_pdf);
  g_test_add_func ("/export/csv", test_csv);
  g_test_add_func ("/export/same-bytes", test_same_bytes);
  g_test_add_func ("/export/natural-height", test_natural_height);
  g_test_add_func ("/export/refusals", test_refusals);
  g_test_add_func ("/export/old-file", test_old_file);
  g_test_add_func ("/export/full-disk", test_full_disk);
  g_test_add_func ("/export/read-only-folder", test_read_only_folder);
  return g_test_run ();
}
