/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-scene-private.h"

#include "re3-text-private.h"

#include <math.h>

/* How near to a thin line the pointer must be to hit it. */
#define HIT_WIDTH 8.0

#define FOCUS_WIDTH 2.0

struct _Re3Scene {
  Re3Chart *chart;
  Re3Theme theme;
  double width;
  double height;
  GArray *parts;
  GArray *elements;
  guint path_start;
  GStringChunk *texts; /* (nullable) */
};

static void
clear_part (gpointer data)
{
  Re3ScenePart *part = data;

  g_clear_object (&part->text);
}

Re3Scene *
re3_scene_new (Re3Chart *chart, const Re3Theme *theme, double width, double height)
{
  Re3Scene *self = g_new0 (Re3Scene, 1);

  self->chart = chart != NULL ? re3_chart_ref (chart) : NULL;
  self->theme = *theme;
  self->theme.font_family = g_intern_string (theme->font_family);
  self->width = width;
  self->height = height;
  self->parts = g_array_new (FALSE, TRUE, sizeof (Re3ScenePart));
  g_array_set_clear_func (self->parts, clear_part);
  self->elements = g_array_new (FALSE, FALSE, sizeof (Re3PathElement));
  return self;
}

void
re3_scene_free (Re3Scene *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->parts);
  g_array_unref (self->elements);
  g_clear_pointer (&self->texts, g_string_chunk_free);
  g_clear_pointer (&self->chart, re3_chart_unref);
  g_free (self);
}

double
re3_scene_get_width (const Re3Scene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->width;
}

double
re3_scene_get_height (const Re3Scene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->height;
}

gsize
re3_scene_get_n_marks (const Re3Scene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->parts->len;
}

const Re3Mark *
re3_scene_get_mark (const Re3Scene *self, gsize index)
{
  g_return_val_if_fail (self != NULL && index < self->parts->len, NULL);

  return &re3_scene_get_part (self, index)->mark;
}

const char *
re3_scene_get_text (const Re3Scene *self, gsize index)
{
  const Re3ScenePart *part;

  g_return_val_if_fail (self != NULL && index < self->parts->len, NULL);

  part = re3_scene_get_part (self, index);
  return part->text != NULL ? pango_layout_get_text (part->text) : NULL;
}

const Re3Theme *
re3_scene_get_theme (const Re3Scene *self)
{
  return &self->theme;
}

const Re3ScenePart *
re3_scene_get_part (const Re3Scene *self, gsize index)
{
  return &g_array_index (self->parts, Re3ScenePart, index);
}

const Re3PathElement *
re3_scene_get_elements (const Re3Scene *self, const Re3ScenePart *part)
{
  return &g_array_index (self->elements, Re3PathElement, part->first_element);
}

/* Adding marks. */

static Re3ScenePart *
add_part (Re3Scene *self, Re3MarkKind kind, const Re3Datum *datum)
{
  Re3ScenePart *part;

  g_array_set_size (self->parts, self->parts->len + 1);
  part = &g_array_index (self->parts, Re3ScenePart, self->parts->len - 1);
  part->mark.kind = kind;
  part->mark.item = datum != NULL ? datum->item : RE3_NO_ITEM;
  part->mark.series = datum != NULL ? datum->series : 0;
  part->mark.tooltip = datum != NULL ? datum->tooltip : NULL;
  return part;
}

void
re3_scene_add_rectangle (Re3Scene *self,
                         const Re3Rect *rectangle,
                         const Re3Paint *paint,
                         const Re3Datum *datum)
{
  Re3ScenePart *part = add_part (self, RE3_MARK_RECTANGLE, datum);

  part->mark.bounds = *rectangle;
  part->paint = *paint;
}

static Re3PathElement *
add_element (Re3Scene *self, Re3PathVerb verb)
{
  Re3PathElement element = { .verb = verb };

  g_array_append_val (self->elements, element);
  return &g_array_index (self->elements, Re3PathElement, self->elements->len - 1);
}

void
re3_scene_move_to (Re3Scene *self, double x, double y)
{
  Re3PathElement *element = add_element (self, RE3_PATH_MOVE);

  element->x[0] = x;
  element->y[0] = y;
}

void
re3_scene_line_to (Re3Scene *self, double x, double y)
{
  Re3PathElement *element = add_element (self, RE3_PATH_LINE);

  element->x[0] = x;
  element->y[0] = y;
}

void
re3_scene_curve_to (Re3Scene *self,
                    double x1,
                    double y1,
                    double x2,
                    double y2,
                    double x3,
                    double y3)
{
  Re3PathElement *element = add_element (self, RE3_PATH_CURVE);

  *element = (Re3PathElement){ RE3_PATH_CURVE, { x1, x2, x3 }, { y1, y2, y3 } };
}

void
re3_scene_close_path (Re3Scene *self)
{
  add_element (self, RE3_PATH_CLOSE);
}

static guint
count_points (Re3PathVerb verb)
{
  switch (verb) {
  case RE3_PATH_MOVE:
  case RE3_PATH_LINE:
    return 1;
  case RE3_PATH_CURVE:
    return 3;
  case RE3_PATH_CLOSE:
    return 0;
  default:
    g_assert_not_reached ();
  }
}

/* A Bézier curve stays within the hull of its points. A stroke takes @margin more on all sides;
 * but the ends of an upright or level line are cut straight. */
static Re3Rect
measure_path (const Re3PathElement *elements, guint n_elements, double margin)
{
  double left = INFINITY;
  double top = INFINITY;
  double right = -INFINITY;
  double bottom = -INFINITY;
  double across;
  double down;

  for (guint i = 0; i < n_elements; i++)
    for (guint point = 0; point < count_points (elements[i].verb); point++) {
      left = MIN (left, elements[i].x[point]);
      right = MAX (right, elements[i].x[point]);
      top = MIN (top, elements[i].y[point]);
      bottom = MAX (bottom, elements[i].y[point]);
    }
  across = top == bottom ? 0 : margin;
  down = left == right ? 0 : margin;
  return (Re3Rect){ left - across, top - down, right - left + 2 * across, bottom - top + 2 * down };
}

void
re3_scene_add_path (Re3Scene *self, const Re3Paint *paint, const Re3Datum *datum)
{
  Re3ScenePart *part = add_part (self, RE3_MARK_PATH, datum);

  part->paint = *paint;
  part->first_element = self->path_start;
  part->n_elements = self->elements->len - self->path_start;
  self->path_start = self->elements->len;
  g_assert (part->n_elements > 0);
  part->mark.bounds = measure_path (re3_scene_get_elements (self, part), part->n_elements,
                                    paint->stroke.alpha > 0 ? paint->stroke_width / 2 : 0);
}

double
re3_scene_snap (double position, double most)
{
  return MIN (floor (position) + 0.5, most - 0.5);
}

void
re3_scene_add_line (Re3Scene *self,
                    double x0,
                    double y0,
                    double x1,
                    double y1,
                    const Re3Color *color,
                    double stroke_width)
{
  Re3Paint paint = { .stroke = *color, .stroke_width = stroke_width };

  re3_scene_move_to (self, x0, y0);
  re3_scene_line_to (self, x1, y1);
  re3_scene_add_path (self, &paint, NULL);
}

void
re3_scene_add_dot (Re3Scene *self, double x, double y, double radius, const Re3Color *color)
{
  Re3Rect square = { x - radius, y - radius, 2 * radius, 2 * radius };

  re3_scene_add_rectangle (self, &square, &(Re3Paint){ .fill = *color, .radius = radius }, NULL);
}

const char *
re3_scene_keep_text (Re3Scene *self, const char *text)
{
  if (self->texts == NULL)
    self->texts = g_string_chunk_new (1024);
  return g_string_chunk_insert (self->texts, text);
}

void
re3_scene_add_diamond (Re3Scene *self,
                       double x,
                       double y,
                       double radius,
                       const Re3Color *color,
                       const Re3Datum *datum)
{
  re3_scene_move_to (self, x - radius, y);
  re3_scene_line_to (self, x, y - radius);
  re3_scene_line_to (self, x + radius, y);
  re3_scene_line_to (self, x, y + radius);
  re3_scene_close_path (self);
  re3_scene_add_path (self, &(Re3Paint){ .fill = *color }, datum);
}

/* How far before the anchor a text starts. */
static double
anchor_offset (Re3Anchor anchor, double width)
{
  switch (anchor) {
  case RE3_ANCHOR_START:
    return 0;
  case RE3_ANCHOR_MIDDLE:
    return width / 2;
  case RE3_ANCHOR_END:
    return width;
  default:
    g_assert_not_reached ();
  }
}

double
re3_scene_add_text (Re3Scene *self,
                    const char *text,
                    const Re3TextStyle *style,
                    double x,
                    double y,
                    double max_width,
                    const Re3Datum *datum)
{
  PangoLayout *layout = re3_text_shape (&self->theme, text, style->size, style->bold, max_width);
  Re3ScenePart *part;
  double baseline;
  double height;
  double width;
  double before;

  if (layout == NULL || *text == '\0') {
    g_clear_object (&layout);
    return 0;
  }

  width = re3_text_get_width (layout);
  height = re3_text_get_line_height (&self->theme, style->size, style->bold, &baseline);
  before = anchor_offset (style->anchor, width);

  /* Baselines on whole units are crisp on screen. */
  part = add_part (self, RE3_MARK_TEXT, datum);
  part->text = layout;
  part->style = *style;
  if (style->vertical) {
    part->mark.bounds = (Re3Rect){ x - height / 2, y - width + before, height, width };
    part->x = round (x - height / 2 + baseline);
    part->y = y;
  } else {
    part->mark.bounds = (Re3Rect){ x - before, y - height / 2, width, height };
    part->x = x;
    part->y = round (y - height / 2 + baseline);
  }
  return width;
}

/* Drawing. */

static void
set_color (cairo_t *cr, const Re3Color *color)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
}

static void
trace_rectangle (cairo_t *cr, const Re3Rect *rectangle, double radius)
{
  double right = rectangle->x + rectangle->width;
  double bottom = rectangle->y + rectangle->height;

  radius = MIN (radius, MIN (rectangle->width, rectangle->height) / 2);
  if (radius <= 0) {
    cairo_rectangle (cr, rectangle->x, rectangle->y, rectangle->width, rectangle->height);
    return;
  }
  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, rectangle->y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, rectangle->x + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, rectangle->x + radius, rectangle->y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
trace_path (cairo_t *cr, const Re3PathElement *elements, guint n_elements)
{
  for (guint i = 0; i < n_elements; i++) {
    const double *x = elements[i].x;
    const double *y = elements[i].y;

    switch (elements[i].verb) {
    case RE3_PATH_MOVE:
      cairo_move_to (cr, x[0], y[0]);
      break;
    case RE3_PATH_LINE:
      cairo_line_to (cr, x[0], y[0]);
      break;
    case RE3_PATH_CURVE:
      cairo_curve_to (cr, x[0], y[0], x[1], y[1], x[2], y[2]);
      break;
    case RE3_PATH_CLOSE:
      cairo_close_path (cr);
      break;
    default:
      g_assert_not_reached ();
    }
  }
}

static void
trace_part (const Re3Scene *self, const Re3ScenePart *part, cairo_t *cr)
{
  cairo_new_path (cr);
  if (part->mark.kind == RE3_MARK_PATH)
    trace_path (cr, re3_scene_get_elements (self, part), part->n_elements);
  else
    trace_rectangle (cr, &part->mark.bounds, part->paint.radius);
}

static void
set_stroke (cairo_t *cr, const Re3Paint *paint)
{
  set_color (cr, &paint->stroke);
  cairo_set_line_width (cr, paint->stroke_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, &paint->dash, paint->dash > 0 ? 1 : 0, 0);
}

/* Cairo before 1.17.4 puts every letter of a picture on a whole pixel, which spaces small text
 * unevenly; outlines stand where they belong. In PDF and SVG files text stays text. */
static gboolean
draws_outlines (cairo_t *cr)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));

  return cairo_version () < CAIRO_VERSION_ENCODE (1, 17, 4) &&
         (type == CAIRO_SURFACE_TYPE_IMAGE || type == CAIRO_SURFACE_TYPE_RECORDING);
}

static void
draw_text (const Re3ScenePart *part, cairo_t *cr)
{
  double before = anchor_offset (part->style.anchor, re3_text_get_width (part->text));
  double baseline = (double) pango_layout_get_baseline (part->text) / PANGO_SCALE;

  cairo_save (cr);
  set_color (cr, &part->style.color);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
  cairo_translate (cr, part->x, part->y);
  if (part->style.vertical)
    cairo_rotate (cr, -G_PI_2);
  cairo_move_to (cr, -before, -baseline);
  if (draws_outlines (cr)) {
    pango_cairo_layout_path (cr, part->text);
    cairo_fill (cr);
  } else {
    pango_cairo_show_layout (cr, part->text);
  }
  cairo_restore (cr);
}

static void
draw_part (const Re3Scene *self, const Re3ScenePart *part, cairo_t *cr)
{
  gboolean has_fill = part->paint.fill.alpha > 0;
  gboolean has_stroke = part->paint.stroke.alpha > 0 && part->paint.stroke_width > 0;

  if (part->mark.kind == RE3_MARK_TEXT) {
    draw_text (part, cr);
    return;
  }
  if (!has_fill && !has_stroke)
    return;

  /* Sixteen levels along the edges of curves cannot be told from Cairo's 255 and are drawn a good
   * deal faster; upright edges of rectangles keep them, and cost nothing. */
  cairo_set_antialias (cr, part->mark.kind == RE3_MARK_PATH ? CAIRO_ANTIALIAS_FAST
                                                            : CAIRO_ANTIALIAS_DEFAULT);
  trace_part (self, part, cr);
  if (has_fill) {
    set_color (cr, &part->paint.fill);
    if (!has_stroke) {
      cairo_fill (cr);
      return;
    }
    cairo_fill_preserve (cr);
  }
  set_stroke (cr, &part->paint);
  cairo_stroke (cr);
}

void
re3_scene_draw (const Re3Scene *self, cairo_t *cr)
{
  g_return_if_fail (self != NULL && cr != NULL);

  cairo_save (cr);
  for (guint i = 0; i < self->parts->len; i++)
    draw_part (self, re3_scene_get_part (self, i), cr);
  cairo_restore (cr);
}

static gboolean
is_visible_shape (const Re3ScenePart *part)
{
  return part->mark.kind != RE3_MARK_TEXT &&
         (part->paint.fill.alpha > 0 || part->paint.stroke.alpha > 0);
}

void
re3_scene_draw_focus (const Re3Scene *self, cairo_t *cr, int item, int series)
{
  g_return_if_fail (self != NULL && cr != NULL);

  cairo_save (cr);
  set_color (cr, &self->theme.accent);
  cairo_set_line_width (cr, FOCUS_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->parts->len; i++) {
    const Re3ScenePart *part = re3_scene_get_part (self, i);

    if (item == RE3_NO_ITEM || part->mark.item != item || !is_visible_shape (part) ||
        (series != -1 && part->mark.series != series))
      continue;
    trace_part (self, part, cr);
    cairo_stroke (cr);
  }
  cairo_restore (cr);
}

/* Hitting. */

static gboolean
rect_contains (const Re3Rect *rectangle, double x, double y, double margin)
{
  return x >= rectangle->x - margin && x <= rectangle->x + rectangle->width + margin &&
         y >= rectangle->y - margin && y <= rectangle->y + rectangle->height + margin;
}

static gboolean
is_hit (const Re3Scene *self, const Re3ScenePart *part, cairo_t *cr, double x, double y)
{
  if (part->mark.kind != RE3_MARK_PATH)
    return rect_contains (&part->mark.bounds, x, y, 0);
  if (!rect_contains (&part->mark.bounds, x, y, HIT_WIDTH / 2))
    return FALSE;

  trace_part (self, part, cr);
  if (part->paint.fill.alpha > 0 && cairo_in_fill (cr, x, y))
    return TRUE;
  if (part->paint.stroke.alpha <= 0)
    return FALSE;
  cairo_set_line_width (cr, MAX (part->paint.stroke_width, HIT_WIDTH));
  return cairo_in_stroke (cr, x, y);
}

const Re3Mark *
re3_scene_pick (const Re3Scene *self, double x, double y)
{
  const Re3Mark *picked = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;

  g_return_val_if_fail (self != NULL, NULL);

  surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cr = cairo_create (surface);
  for (guint i = self->parts->len; i > 0 && picked == NULL; i--) {
    const Re3ScenePart *part = re3_scene_get_part (self, i - 1);

    if (part->mark.item != RE3_NO_ITEM && is_hit (self, part, cr, x, y))
      picked = &part->mark;
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return picked;
}
