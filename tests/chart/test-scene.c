/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-scene-private.h"
#include "scene-check.h"

#include <math.h>
#include <string.h>

#define SIDE     200
#define N_MARKS  12
#define N_PROBES 4000

static Re3Color
opaque (guint rgb)
{
  return (Re3Color){ (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0,
                     1 };
}

/* Well apart in red, so that a pixel of two colours is none of them. */
static guint
mark_color (int item)
{
  return (guint) (item * 20 + 10) << 16 | 0x40;
}

/* What is picked at a place is what is drawn there: rectangles, round ones, and curved paths. */
static void
test_pick_what_is_drawn (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  cairo_surface_t *surface;
  guint64 state = 7;
  gsize n_compared = 0;

  for (int item = 0; item < N_MARKS; item++) {
    Re3Paint paint = { .fill = opaque (mark_color (item)), .radius = item % 4 == 0 ? 25 : 0 };
    Re3Datum datum = { item, item + 100, "tip" };
    double x = 120 * next_random (&state);
    double y = 120 * next_random (&state);

    if (item % 2 == 0) {
      re3_scene_add_rectangle (scene, &(Re3Rect){ x, y, 80, 60 }, &paint, &datum);
      continue;
    }
    re3_scene_move_to (scene, x, y);
    re3_scene_curve_to (scene, x + 40, y, x + 40, y + 50, x + 80, y + 50);
    re3_scene_line_to (scene, x + 80, y + 75);
    re3_scene_curve_to (scene, x + 40, y + 75, x + 40, y + 25, x, y + 25);
    re3_scene_close_path (scene);
    re3_scene_add_path (scene, &paint, &datum);
  }

  surface = scene_picture (scene, SIDE);
  for (int probe = 0; probe < N_PROBES; probe++) {
    int x = (int) (SIDE * next_random (&state));
    int y = (int) (SIDE * next_random (&state));
    const Re3Mark *mark = re3_scene_pick (scene, x + 0.5, y + 0.5);
    guint pixel = picture_get_pixel (surface, x, y);

    /* Pixels on a border hold two colours. Corners are round to the eye, not to the pointer. */
    if (mark == NULL) {
      if (pixel == 0)
        n_compared++;
      else
        g_assert_cmpuint (pixel & 0xff, <=, 0x40);
      continue;
    }
    g_assert_cmpint (mark->series, ==, mark->item + 100);
    g_assert_cmpstr (mark->tooltip, ==, "tip");
    if (pixel == mark_color (mark->item))
      n_compared++;
  }
  g_assert_cmpuint (n_compared, >, N_PROBES * 93 / 100);
  cairo_surface_destroy (surface);
}

static void
test_pick_topmost (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  Re3Paint paint = { .fill = opaque (0x123456) };

  re3_scene_add_rectangle (scene, &(Re3Rect){ 10, 10, 50, 50 }, &paint, &(Re3Datum){ 1, 0, NULL });
  re3_scene_add_rectangle (scene, &(Re3Rect){ 30, 30, 50, 50 }, &paint, &(Re3Datum){ 2, 0, NULL });
  /* Decoration and empty areas: the one is passed through, the other is hit. */
  re3_scene_add_rectangle (scene, &(Re3Rect){ 0, 0, 200, 200 }, &paint, NULL);
  re3_scene_add_rectangle (scene, &(Re3Rect){ 100, 0, 20, 20 }, &(Re3Paint){ 0 },
                           &(Re3Datum){ 3, 0, NULL });

  g_assert_cmpint (re3_scene_pick (scene, 20, 20)->item, ==, 1);
  g_assert_cmpint (re3_scene_pick (scene, 40, 40)->item, ==, 2);
  g_assert_cmpint (re3_scene_pick (scene, 110, 10)->item, ==, 3);
  g_assert_null (re3_scene_pick (scene, 90, 90));
  g_assert_null (re3_scene_pick (scene, -5, 20));
}

/* A thin line can be hit from a little way off. */
static void
test_pick_line (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  Re3Paint paint = { .stroke = opaque (0x000000), .stroke_width = 1 };

  re3_scene_move_to (scene, 10, 50);
  re3_scene_line_to (scene, 100, 50);
  re3_scene_add_path (scene, &paint, &(Re3Datum){ 4, 0, NULL });

  g_assert_nonnull (re3_scene_pick (scene, 50, 53));
  g_assert_null (re3_scene_pick (scene, 50, 56));
  g_assert_null (re3_scene_pick (scene, 120, 50));
}

/* Ink stays where the marks say it is. */
static void
test_text_bounds (void)
{
  for (int i = 0; i < 6; i++) {
    g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
    Re3TextStyle style = re3_text_style (14, &(Re3Color){ 1, 1, 1, 1 }, (Re3Anchor) (i % 3));
    cairo_surface_t *surface;
    const Re3Rect *bounds;
    gsize n_ink = 0;
    double width;

    style.vertical = i >= 3;
    width = re3_scene_add_text (scene, "petal width", &style, 100, 100, 0, NULL);
    bounds = &re3_scene_get_mark (scene, 0)->bounds;
    g_assert_cmpfloat_with_epsilon (style.vertical ? bounds->height : bounds->width, width, 1e-9);
    g_assert_cmpstr (re3_scene_get_text (scene, 0), ==, "petal width");

    surface = scene_picture (scene, SIDE);
    for (int y = 0; y < SIDE; y++)
      for (int x = 0; x < SIDE; x++) {
        if (picture_get_pixel (surface, x, y) < 0x202020)
          continue;
        n_ink++;
        g_assert_true (x + 1 >= bounds->x - 1 && x <= bounds->x + bounds->width + 1);
        g_assert_true (y + 1 >= bounds->y - 1 && y <= bounds->y + bounds->height + 1);
      }
    g_assert_cmpuint (n_ink, >, 50);
    cairo_surface_destroy (surface);
  }
}

/* A long text is cut to its room, between whole characters, and says so; too little room takes
 * none at all. */
static void
test_ellipsis (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  Re3TextStyle style = re3_text_style (13, &(Re3Color){ 0, 0, 0, 1 }, RE3_ANCHOR_START);
  const char *name = "длина чашелистика é";
  double whole = re3_scene_add_text (scene, name, &style, 0, 10, 0, NULL);
  double last = whole;

  g_assert_cmpfloat (re3_scene_add_text (scene, name, &style, 0, 30, whole + 0.01, NULL), ==,
                     whole);
  for (double room = whole - 1; room > 0; room -= 2) {
    gsize n_before = re3_scene_get_n_marks (scene);
    double width = re3_scene_add_text (scene, name, &style, 0, 50, room, NULL);
    const char *text;

    g_assert_cmpfloat (width, <=, room);
    g_assert_cmpfloat (width, <=, last);
    last = width;
    g_assert_cmpuint (re3_scene_get_n_marks (scene), ==, n_before + (width > 0 ? 1 : 0));
    if (width == 0)
      continue;
    text = re3_scene_get_text (scene, n_before);
    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_true (g_str_has_suffix (text, "…"));
    g_assert_cmpint (strncmp (name, text, strlen (text) - strlen ("…")), ==, 0);
  }
  g_assert_cmpfloat (last, ==, 0);
}

/* The outline is drawn around the wanted marks and nowhere else. */
static void
test_focus (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  Re3Paint paint = { .fill = opaque (0x808080) };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);
  guint accent = 0x1c71d8;

  for (int i = 0; i < 3; i++)
    re3_scene_add_rectangle (scene, &(Re3Rect){ 10 + 60 * i, 10, 40, 40 }, &paint,
                             &(Re3Datum){ i / 2, i % 2, NULL });
  re3_scene_draw_focus (scene, cr, -1, 0, 1);
  cairo_surface_flush (surface);
  g_assert_cmpuint (picture_get_pixel (surface, 10, 30), ==, 0);
  g_assert_cmpuint (picture_get_pixel (surface, 70, 30), ==, accent);
  g_assert_cmpuint (picture_get_pixel (surface, 130, 30), ==, 0);

  re3_scene_draw_focus (scene, cr, -1, 0, -1);
  cairo_surface_flush (surface);
  g_assert_cmpuint (picture_get_pixel (surface, 10, 30), ==, accent);
  g_assert_cmpuint (picture_get_pixel (surface, 130, 30), ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* The marks of a scene that is added to another are drawn and hit where it was put, and say in
 * which panel they are. */
static void
test_panels (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  Re3Paint paint = { .fill = opaque (0x808080) };
  Re3TextStyle style = re3_text_style (10, &re3_theme_light.foreground, RE3_ANCHOR_START);
  cairo_surface_t *surface;
  const Re3Mark *mark;

  for (int panel = 0; panel < 2; panel++) {
    Re3Scene *part = re3_scene_new (NULL, &re3_theme_light, SIDE / 2, SIDE);
    g_autofree char *tooltip = g_strdup_printf ("in panel %d", panel);
    Re3Datum datum = { 3, 4, re3_scene_keep_text (part, tooltip) };

    re3_scene_add_diamond (part, 30, 40, 20, &paint.fill, &datum);
    re3_scene_add_text (part, tooltip, &style, 0, 100, 0, NULL);
    re3_scene_add_rectangle (part, &(Re3Rect){ 10, 120, 20, 20 }, &paint, &datum);
    re3_scene_add_scene (scene, part, 100 * panel, 5, panel);
  }
  g_assert_cmpuint (re3_scene_get_n_marks (scene), ==, 6);
  for (int panel = 0; panel < 2; panel++) {
    g_autofree char *tooltip = g_strdup_printf ("in panel %d", panel);

    mark = re3_scene_pick (scene, 100 * panel + 30, 45);
    g_assert_cmpint (mark->panel, ==, panel);
    g_assert_cmpint (mark->item, ==, 3);
    g_assert_cmpint (mark->series, ==, 4);
    g_assert_cmpstr (mark->tooltip, ==, tooltip);
    g_assert_cmpfloat (mark->bounds.x, ==, 100 * panel + 10);
    g_assert_cmpfloat (mark->bounds.y, ==, 25);
    g_assert_cmpuint (scene_count_text (scene, tooltip, &mark), ==, 1);
    g_assert_cmpfloat (mark->bounds.x, ==, 100 * panel);
    g_assert_cmpint (mark->panel, ==, panel);
    g_assert_null (re3_scene_pick (scene, 100 * panel + 30, 20));
  }

  surface = scene_picture (scene, SIDE);
  for (int panel = 0; panel < 2; panel++) {
    g_assert_cmpuint (picture_get_pixel (surface, 100 * panel + 30, 45), ==, 0x808080);
    g_assert_cmpuint (picture_get_pixel (surface, 100 * panel + 20, 130), ==, 0x808080);
    g_assert_cmpuint (picture_get_pixel (surface, 100 * panel + 20, 122), ==, 0);
  }
  cairo_surface_destroy (surface);

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  {
    cairo_t *cr = cairo_create (surface);

    re3_scene_draw_focus (scene, cr, 1, 3, 4);
    cairo_destroy (cr);
  }
  cairo_surface_flush (surface);
  g_assert_cmpuint (picture_get_pixel (surface, 10, 135), ==, 0);
  g_assert_cmpuint (picture_get_pixel (surface, 110, 135), ==, 0x1c71d8);
  cairo_surface_destroy (surface);
}

/* What is not in the light fades, with all that goes with it; what stands for nothing does not. */
static void
test_highlight (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  g_autoptr (Re3Highlight) highlight = re3_highlight_new ();
  Re3Paint paint = { .fill = opaque (0xff0000) };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);

  for (int item = 0; item < 4; item++) {
    Re3Datum datum = { item / 2, item % 2, "tip" };

    re3_scene_add_rectangle (scene, &(Re3Rect){ 20 * item, 0, 10, 10 }, &paint, &datum);
    re3_scene_add_rectangle (scene, &(Re3Rect){ 20 * item, 10, 10, 10 }, &paint, NULL);
    re3_scene_light_with (scene, &datum);
  }
  re3_scene_add_rectangle (scene, &(Re3Rect){ 100, 0, 10, 10 }, &paint, NULL);
  re3_highlight_add (highlight, 1, 0);
  g_assert_cmpuint (re3_highlight_get_size (highlight), ==, 1);

  re3_scene_draw_highlighted (scene, cr, highlight);
  cairo_surface_flush (surface);
  for (int item = 0; item < 4; item++)
    for (int y = 5; y < 20; y += 10) {
      guint red = picture_get_pixel (surface, 20 * item + 5, y) >> 16;

      if (item == 2)
        g_assert_cmpuint (red, ==, 0xff);
      else
        g_assert_cmpuint (red, <, 0x60);
      g_assert_cmpuint (red, >, 0x10);
    }
  g_assert_cmpuint (picture_get_pixel (surface, 105, 5), ==, 0xff0000);
  g_assert_null (re3_scene_pick (scene, 5, 15));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static gboolean
is_first_row (const Re3Mark *mark, gpointer user_data)
{
  return mark->item == 0;
}

/* Cells that touch are outlined as one: the outline is around them, and neither in them nor in the
 * gap between them. */
static void
test_outline (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);
  Re3Paint paint = { .fill = opaque (0x808080) };

  for (int item = 0; item < 2; item++)
    for (int series = 0; series < 2; series++) {
      Re3Rect cell = { 20 + 51 * series, 20 + 51 * item, 50, 50 };
      Re3Datum datum = { item, series, NULL };

      re3_scene_add_rectangle (scene, &cell, &paint, &datum);
    }
  re3_scene_draw_outline (scene, cr, is_first_row, NULL);
  cairo_surface_flush (surface);

  g_assert_cmpuint (picture_get_pixel (surface, 18, 45), !=, 0);  /* left */
  g_assert_cmpuint (picture_get_pixel (surface, 70, 18), !=, 0);  /* above both */
  g_assert_cmpuint (picture_get_pixel (surface, 123, 45), !=, 0); /* right */
  g_assert_cmpuint (picture_get_pixel (surface, 45, 72), !=, 0);  /* below */
  g_assert_cmpuint (picture_get_pixel (surface, 45, 45), ==, 0);
  g_assert_cmpuint (picture_get_pixel (surface, 70, 45), ==, 0); /* the gap */
  g_assert_cmpuint (picture_get_pixel (surface, 45, 100), ==, 0);
  g_assert_cmpuint (picture_get_pixel (surface, 18, 100), ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/pick-what-is-drawn", test_pick_what_is_drawn);
  g_test_add_func ("/scene/pick-topmost", test_pick_topmost);
  g_test_add_func ("/scene/pick-line", test_pick_line);
  g_test_add_func ("/scene/text-bounds", test_text_bounds);
  g_test_add_func ("/scene/ellipsis", test_ellipsis);
  g_test_add_func ("/scene/focus", test_focus);
  g_test_add_func ("/scene/panels", test_panels);
  g_test_add_func ("/scene/highlight", test_highlight);
  g_test_add_func ("/scene/outline", test_outline);
  return g_test_run ();
}
