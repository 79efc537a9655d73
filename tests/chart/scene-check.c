/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene-check.h"

#include <math.h>
#include <string.h>

/* Rounding of positions to Pango's units, 1/1024. */
#define TOLERANCE 0.02

static gboolean
is_inside (const Re3Rect *bounds, double width, double height)
{
  return bounds->x >= -TOLERANCE && bounds->y >= -TOLERANCE &&
         bounds->x + bounds->width <= width + TOLERANCE &&
         bounds->y + bounds->height <= height + TOLERANCE && bounds->width >= -TOLERANCE &&
         bounds->height >= -TOLERANCE;
}

static gboolean
overlap (const Re3Rect *a, const Re3Rect *b)
{
  return a->x + TOLERANCE < b->x + b->width && b->x + TOLERANCE < a->x + a->width &&
         a->y + TOLERANCE < b->y + b->height && b->y + TOLERANCE < a->y + a->height;
}

Re3Scene *
scene_check_layout (Re3Chart *chart, const Re3Theme *theme, double width, double height)
{
  Re3Scene *scene = re3_chart_layout (chart, theme, width, height);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  g_assert_cmpfloat (re3_scene_get_width (scene), ==, width);
  g_assert_cmpfloat (re3_scene_get_height (scene), ==, height);
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);
    const Re3Rect *bounds = &mark->bounds;
    const char *text = re3_scene_get_text (scene, i);

    if (!is_inside (bounds, width, height))
      g_error ("%s at %g x %g: mark %zu (kind %d, item %d, “%s”) is at %g, %g with size %g x %g",
               re3_chart_get_title (chart), width, height, i, mark->kind, mark->item,
               text != NULL ? text : "", bounds->x, bounds->y, bounds->width, bounds->height);
    if (mark->kind != RE3_MARK_TEXT)
      continue;
    g_assert_nonnull (text);
    for (guint other = 0; other < texts->len; other++) {
      gsize index = GPOINTER_TO_SIZE (texts->pdata[other]);

      if (overlap (bounds, &re3_scene_get_mark (scene, index)->bounds))
        g_error ("%s at %g x %g: “%s” lies on “%s”", re3_chart_get_title (chart), width, height,
                 text, re3_scene_get_text (scene, index));
    }
    g_ptr_array_add (texts, GSIZE_TO_POINTER (i));
  }
  return scene;
}

void
scene_check_sizes (Re3Chart *chart, const Re3Theme *theme)
{
  static const struct {
    double width;
    double height;
  } sizes[] = {
    { 0, 0 },     { 1, 1 },     { 40, 500 },  { 500, 20 },    { 120, 80 },
    { 200, 150 }, { 300, 200 }, { 420, 333 }, { 2000, 1200 },
  };
  double natural;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    re3_scene_free (scene_check_layout (chart, theme, sizes[i].width, sizes[i].height));

  natural = re3_chart_get_natural_height (chart, theme, 640);
  g_assert_true (isfinite (natural) && natural > 0);
  re3_scene_free (scene_check_layout (chart, theme, 640, natural));
}

gsize
scene_count_text (const Re3Scene *scene, const char *text, const Re3Mark **mark)
{
  gsize n = 0;

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    if (g_strcmp0 (re3_scene_get_text (scene, i), text) != 0)
      continue;
    if (n == 0 && mark != NULL)
      *mark = re3_scene_get_mark (scene, i);
    n++;
  }
  return n;
}

const Re3Mark *
scene_find (const Re3Scene *scene, Re3MarkKind kind, int item, int series, gsize nth)
{
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);

    if (mark->kind == kind && mark->item == item && mark->series == series && nth-- == 0)
      return mark;
  }
  return NULL;
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
double
next_random (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (double) ((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

const Re3Mark *
scene_assert_move (const Re3Scene *scene,
                   const Re3Mark *from,
                   Re3Direction direction,
                   int item,
                   int series)
{
  const Re3Mark *mark = re3_scene_move (scene, from, direction);

  g_assert_nonnull (mark);
  g_assert_cmpint (mark->item, ==, item);
  g_assert_cmpint (mark->series, ==, series);
  return mark;
}

cairo_surface_t *
scene_picture (const Re3Scene *scene, int side)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, side, side);
  cairo_t *cr = cairo_create (surface);

  re3_scene_draw (scene, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

guint
picture_get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  const guint32 *line =
      (const guint32 *) (const void *) (data + y * cairo_image_surface_get_stride (surface));

  return line[x] & 0xffffff;
}

typedef struct {
  const guint8 *data;
  gsize size;
} Reader;

static cairo_status_t
read_bytes (gpointer closure, unsigned char *data, unsigned int length)
{
  Reader *reader = closure;

  if (length > reader->size)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data, length);
  reader->data += length;
  reader->size -= length;
  return CAIRO_STATUS_SUCCESS;
}

cairo_surface_t *
picture_parse_png (GBytes *bytes)
{
  Reader reader;
  cairo_surface_t *surface;

  reader.data = g_bytes_get_data (bytes, &reader.size);
  surface = cairo_image_surface_create_from_png_stream (read_bytes, &reader);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}
