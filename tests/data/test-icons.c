/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>

#define ICON          "io.github.re3.Re3.svg"
#define SYMBOLIC_ICON "io.github.re3.Re3-symbolic.svg"

/* GTK finds the parts of a symbolic icon that it colours by this one. */
static const guint8 symbolic_colour[3] = { 0x2e, 0x34, 0x36 };

static const int sizes[] = { 16, 32, 128 };

static GdkPixbuf *
draw_icon (const char *name, int size)
{
  g_autofree char *path = g_build_filename (g_getenv ("RE3_ICONS"), name, NULL);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *picture = gdk_pixbuf_new_from_file_at_size (path, size, size, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, size);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, size);
  g_assert_true (gdk_pixbuf_get_has_alpha (picture));
  return picture;
}

static const guint8 *
get_pixel (GdkPixbuf *picture, int x, int y)
{
  return gdk_pixbuf_read_pixels (picture) + y * gdk_pixbuf_get_rowstride (picture) + 4 * x;
}

/* Relative luminance (WCAG 2). */
static double
get_luminance (const guint8 *pixel)
{
  static const double weights[3] = { 0.2126, 0.7152, 0.0722 };
  double luminance = 0.0;

  for (int i = 0; i < 3; i++) {
    double part = pixel[i] / 255.0;

    luminance += weights[i] * (part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
  }
  return luminance;
}

/* The picture stands out from its ground at every size, and the corners are left free. */
static void
test_icon (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GdkPixbuf) picture = draw_icon (ICON, sizes[i]);
    double darkest = 1.0;
    double lightest = 0.0;
    int n_opaque = 0;

    g_assert_cmpint (get_pixel (picture, 0, 0)[3], <, 16);
    for (int y = 0; y < sizes[i]; y++) {
      for (int x = 0; x < sizes[i]; x++) {
        const guint8 *pixel = get_pixel (picture, x, y);

        if (pixel[3] < 250)
          continue;
        n_opaque++;
        darkest = MIN (darkest, get_luminance (pixel));
        lightest = MAX (lightest, get_luminance (pixel));
      }
    }
    g_assert_cmpint (2 * n_opaque, >, sizes[i] * sizes[i]);
    g_assert_cmpfloat ((lightest + 0.05) / (darkest + 0.05), >, 4.5);
  }
}

/* One colour, which is GTK's to change; neither empty nor a blot. */
static void
test_symbolic_icon (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GdkPixbuf) picture = draw_icon (SYMBOLIC_ICON, sizes[i]);
    double coverage = 0.0;

    for (int y = 0; y < sizes[i]; y++) {
      for (int x = 0; x < sizes[i]; x++) {
        const guint8 *pixel = get_pixel (picture, x, y);

        coverage += pixel[3] / 255.0 / (sizes[i] * sizes[i]);
        /* Of what is nearly transparent the colour is rounded. */
        for (int part = 0; pixel[3] >= 128 && part < 3; part++)
          g_assert_cmpint (ABS (pixel[part] - symbolic_colour[part]), <=, 2);
      }
    }
    g_assert_cmpfloat (coverage, >, 0.15);
    g_assert_cmpfloat (coverage, <, 0.6);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/icons/icon", test_icon);
  g_test_add_func ("/icons/symbolic", test_symbolic_icon);
  return g_test_run ();
}
