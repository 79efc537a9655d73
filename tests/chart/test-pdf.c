/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-bar-chart.h"
#include "re3-export.h"

#include <gio/gio.h>
#include <string.h>

static Re3Chart *
make_chart (void)
{
  static const Re3Bar bars[] = { { "petal width", "0.2 cm", NULL, -2.3, RE3_BAR_SIGNED },
                                 { "Länge des Blüten·blatts", "1 µm", NULL, 1, RE3_BAR_TOTAL },
                                 { "ширина λ₀", NULL, NULL, 1e-20, RE3_BAR_SIGNED } };

  return re3_bar_chart_new (&(Re3BarData){
      .title = "Contributions to κ",
      .description = "What raises it",
      .axis_title = "contribution",
      .bars = bars,
      .n_bars = G_N_ELEMENTS (bars),
  });
}

/* What a compressed stream holds that starts at @data; %NULL if it is none. */
static GBytes *
inflate (const char *data, gsize size)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result == G_CONVERTER_CONVERTED) {
    guint8 buffer[4096];
    gsize n_read;
    gsize n_written;

    result = g_converter_convert (G_CONVERTER (zlib), data, size, buffer, sizeof buffer,
                                  G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
    if (result == G_CONVERTER_ERROR)
      return NULL;
    g_byte_array_append (whole, buffer, (guint) n_written);
    data += n_read;
    size -= n_read;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&whole));
}

/* The file and after it all its streams, so that objects are found whether or not Cairo packs
 * them. */
static GByteArray *
unpack (GBytes *pdf)
{
  GByteArray *whole = g_byte_array_new ();
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  const char *end = data + size;
  const char *at = data;

  g_byte_array_append (whole, (const guint8 *) data, (guint) size);
  while ((at = memmem (at, (gsize) (end - at), "\nstream\n", 8)) != NULL) {
    g_autoptr (GBytes) stream = NULL;

    at += 8;
    stream = inflate (at, (gsize) (end - at));
    if (stream != NULL)
      g_byte_array_append (whole, g_bytes_get_data (stream, NULL),
                           (guint) g_bytes_get_size (stream));
  }
  return whole;
}

static gsize
count (const GByteArray *bytes, const char *word)
{
  const guint8 *end = bytes->data + bytes->len;
  const guint8 *at = bytes->data;
  gsize n = 0;

  while ((at = memmem (at, (gsize) (end - at), word, strlen (word))) != NULL) {
    at++;
    n++;
  }
  return n;
}

/* Every font is embedded, and what its letters mean is said for every letter of the figure: the
 * text looks the same everywhere and can be searched and copied. */
static void
test_fonts (void)
{
  Re3ExportOptions options = { &re3_theme_print, 480, 240, 0 };
  g_autoptr (Re3Chart) chart = make_chart ();
  g_autoptr (Re3Scene) scene = re3_chart_layout (chart, &re3_theme_print, 456, 200);
  g_autoptr (GBytes) bytes = re3_chart_export_to_bytes (chart, &options, "pdf", NULL);
  g_autoptr (GByteArray) pdf = unpack (bytes);
  gsize n_letters = 0;

  g_assert_cmpuint (count (pdf, "/FontFile"), >, 0);
  g_assert_cmpuint (count (pdf, "/FontFile"), ==, count (pdf, "/Type /FontDescriptor"));
  g_assert_cmpuint (count (pdf, "beginbfchar"), >, 0);
  g_assert_cmpuint (count (pdf, "/Type3"), ==, 0);
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++)
    for (const char *at = re3_scene_get_text (scene, i); at != NULL && *at != '\0';
         at = g_utf8_next_char (at)) {
      g_autofree char *code = g_strdup_printf ("<%04x>", g_utf8_get_char (at));

      if (count (pdf, code) == 0)
        g_error ("the letter %s of “%s” cannot be read", code, re3_scene_get_text (scene, i));
      n_letters++;
    }
  g_assert_cmpuint (n_letters, >, 100);
}

/* Who looks the file up in a list finds what it shows. */
static void
test_title (void)
{
  Re3ExportOptions options = { &re3_theme_print, 480, 240, 0 };
  g_autoptr (Re3Chart) chart = make_chart ();
  g_autoptr (GBytes) bytes = re3_chart_export_to_bytes (chart, &options, "pdf", NULL);
  g_autoptr (GByteArray) pdf = unpack (bytes);

  /* UTF-16 with its mark, since there is a letter that needs it: "… to κ". */
  g_assert_cmpuint (count (pdf, "0074006F002003BA>") + count (pdf, "0074006f002003ba>"), ==, 1);
  g_assert_cmpuint (count (pdf, "/Subject (What raises it)"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf/fonts", test_fonts);
  g_test_add_func ("/pdf/title", test_title);
  return g_test_run ();
}
