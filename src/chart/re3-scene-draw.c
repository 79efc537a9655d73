/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-scene-private.h"

#include "re3-glyphs-private.h"
#include "re3-text-private.h"

#include <math.h>

/* How near to a thin line the pointer must be to hit it. */
#define HIT_WIDTH 8.0

#define FOCUS_WIDTH 2.0
#define HOVER_WIDTH 1.0

/* Between what is outlined and the outline. */
#define OUTLINE_GAP 1.0

/* What is left of the colours of what does not belong to the light: texts can still be read. */
#define FADED_SHAPE 0.15
#define FADED_TEXT  0.4

/* In pixels; see set_dash(). */
#define LEAST_DASH 3.0

/* Drawing. */

static void
set_color (cairo_t *cr, const Re3Color *color)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
}

/* Dashes of fewer pixels than LEAST_DASH are made longer: Cairo 1.16 writes beyond the end of a
 * buffer where a row of an image holds another shade in every pixel, as a level row of such dashes
 * does, and nobody sees them. */
static void
set_dash (cairo_t *cr, double dash)
{
  double x = dash;
  double y = 0;
  double pixels;

  cairo_user_to_device_distance (cr, &x, &y);
  pixels = hypot (x, y);
  if (pixels > 0 && pixels < LEAST_DASH)
    dash *= LEAST_DASH / pixels;
  cairo_set_dash (cr, &dash, dash > 0 ? 1 : 0, 0);
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
  set_dash (cr, paint->dash);
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
  double before = re3_anchor_offset (part->style.anchor, re3_text_get_width (part->text));
  double baseline = (double) pango_layout_get_baseline (part->text) / PANGO_SCALE;

  if (draws_outlines (cr) &&
      re3_glyphs_draw (part->text, part->style.vertical ? part->x : part->x - before,
                       part->style.vertical ? part->y + before : part->y, part->style.vertical,
                       &part->style.color, cr))
    return;

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

/* How many pixels a unit has on @cr at most. */
static double
measure_density (cairo_t *cr)
{
  cairo_surface_t *target = cairo_get_target (cr);
  double across = 1;
  double down = 1;
  double scale_across;
  double scale_down;

  if (cairo_surface_get_type (target) == CAIRO_SURFACE_TYPE_PDF)
    return RE3_CELLS_FILE_DENSITY;
  cairo_user_to_device_distance (cr, &across, &down);
  cairo_surface_get_device_scale (target, &scale_across, &scale_down);
  return MIN (fabs (across * scale_across), fabs (down * scale_down));
}

/* Every pixel has the colour of one cell: their edges are sharp, and none is a mixture. */
static void
draw_cells (const Re3ScenePart *part, cairo_t *cr)
{
  const Re3Rect *bounds = &part->mark.bounds;
  cairo_surface_t *image = re3_cells_get_image (part->cells, bounds, measure_density (cr));
  int width = cairo_image_surface_get_width (image);
  int height = cairo_image_surface_get_height (image);

  cairo_save (cr);
  cairo_translate (cr, bounds->x, bounds->y);
  cairo_scale (cr, bounds->width / width, bounds->height / height);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  cairo_restore (cr);
}

static Re3Ribbon
read_ribbon (const Re3PathElement *elements)
{
  return (Re3Ribbon){ elements[0].x[0], elements[0].y[0], elements[1].x[2], elements[1].y[2],
                      elements[2].y[0] - elements[1].y[2] };
}

/* Returns: %FALSE where nothing is drawn and their path is to be filled. */
static gboolean
fill_ribbons (const Re3Scene *self, const Re3ScenePart *part, cairo_t *cr)
{
  const Re3PathElement *elements = re3_scene_get_elements (self, part);

  for (guint i = 0; i < part->n_elements; i += RE3_RIBBON_ELEMENTS) {
    Re3Ribbon ribbon = read_ribbon (&elements[i]);

    if (!re3_ribbon_fill (&ribbon, &part->paint.fill, cr))
      return FALSE;
  }
  return TRUE;
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
  if (part->mark.kind == RE3_MARK_CELLS) {
    draw_cells (part, cr);
    return;
  }
  if (!has_fill && !has_stroke)
    return;
  if (part->is_ribbons && !has_stroke && fill_ribbons (self, part, cr))
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

static void
draw_faded (const Re3Scene *self, const Re3ScenePart *part, cairo_t *cr)
{
  Re3ScenePart faded = *part;

  faded.paint.fill.alpha *= FADED_SHAPE;
  faded.paint.stroke.alpha *= FADED_SHAPE;
  faded.style.color.alpha *= FADED_TEXT;
  draw_part (self, &faded, cr);
}

/* Whether any of @part can be seen in what is to be drawn. */
static gboolean
is_in_sight (const Re3ScenePart *part, const Re3Rect *sight)
{
  double margin = part->paint.stroke_width;
  const Re3Rect *bounds = &part->mark.bounds;

  return bounds->x - margin <= sight->x + sight->width &&
         bounds->x + bounds->width + margin >= sight->x &&
         bounds->y - margin <= sight->y + sight->height &&
         bounds->y + bounds->height + margin >= sight->y;
}

void
re3_scene_draw (const Re3Scene *self, cairo_t *cr)
{
  re3_scene_draw_highlighted (self, cr, NULL);
}

void
re3_scene_draw_highlighted (const Re3Scene *self, cairo_t *cr, const Re3Highlight *highlight)
{
  double left;
  double top;
  double right;
  double bottom;
  Re3Rect sight;

  g_return_if_fail (self != NULL && cr != NULL);

  cairo_save (cr);
  cairo_clip_extents (cr, &left, &top, &right, &bottom);
  sight = (Re3Rect){ left, top, right - left, bottom - top };
  for (gsize i = 0; i < re3_scene_get_n_marks (self); i++) {
    const Re3ScenePart *part = re3_scene_get_part (self, i);

    if (!is_in_sight (part, &sight))
      continue;
    if (highlight == NULL || part->lit_item == RE3_NO_ITEM ||
        re3_highlight_contains (highlight, part->lit_item, part->lit_series))
      draw_part (self, part, cr);
    else
      draw_faded (self, part, cr);
  }
  cairo_restore (cr);
}

static gboolean
is_visible_shape (const Re3ScenePart *part)
{
  return part->mark.kind != RE3_MARK_TEXT &&
         (part->paint.fill.alpha > 0 || part->paint.stroke.alpha > 0);
}

/* A cell, or all of a row. */
static void
draw_cells_focus (const Re3ScenePart *part, cairo_t *cr, int item, int series)
{
  Re3Rect bounds;
  gsize row;

  if (!re3_cells_find_row (part->cells, item, &row) ||
      series >= (int) re3_cells_get_n_columns (part->cells))
    return;
  bounds = re3_cells_get_bounds (part->cells, &part->mark.bounds, row, (gsize) MAX (series, 0));
  if (series == -1)
    bounds.width = part->mark.bounds.width;
  cairo_new_path (cr);
  trace_rectangle (cr, &bounds, 0);
  cairo_stroke (cr);
}

static void
draw_outline (const Re3Scene *self,
              cairo_t *cr,
              int panel,
              int item,
              int series,
              const Re3Color *color,
              double width)
{
  cairo_save (cr);
  set_color (cr, color);
  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (gsize i = 0; i < re3_scene_get_n_marks (self); i++) {
    const Re3ScenePart *part = re3_scene_get_part (self, i);

    if (item == RE3_NO_ITEM || (panel != -1 && part->mark.panel != panel))
      continue;
    if (part->mark.kind == RE3_MARK_CELLS)
      draw_cells_focus (part, cr, item, series);
    if (part->mark.item != item || !is_visible_shape (part) ||
        (series != -1 && part->mark.series != series))
      continue;
    trace_part (self, part, cr);
    cairo_stroke (cr);
  }
  cairo_restore (cr);
}

void
re3_scene_draw_focus (const Re3Scene *self, cairo_t *cr, int panel, int item, int series)
{
  g_return_if_fail (self != NULL && cr != NULL);

  draw_outline (self, cr, panel, item, series, &re3_scene_get_theme (self)->accent, FOCUS_WIDTH);
}

void
re3_scene_draw_hover (const Re3Scene *self, cairo_t *cr, int panel, int item, int series)
{
  g_return_if_fail (self != NULL && cr != NULL);

  draw_outline (self, cr, panel, item, series, &re3_scene_get_theme (self)->foreground,
                HOVER_WIDTH);
}

static gboolean
is_outlined (const Re3ScenePart *part, Re3MarkFunc is_in, gpointer user_data)
{
  return part->mark.item != RE3_NO_ITEM && is_visible_shape (part) &&
         is_in (&part->mark, user_data);
}

/* The insides are taken out of what was stroked around each, and a little more, so that cells with
 * a gap between them are not outlined one by one. */
void
re3_scene_draw_outline (const Re3Scene *self, cairo_t *cr, Re3MarkFunc is_in, gpointer user_data)
{
  g_return_if_fail (self != NULL && cr != NULL && is_in != NULL);

  gsize n = re3_scene_get_n_marks (self);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Re3ScenePart *));

  for (gsize i = 0; i < n; i++) {
    const Re3ScenePart *part = re3_scene_get_part (self, i);

    if (is_outlined (part, is_in, user_data))
      g_array_append_val (parts, part);
  }
  if (parts->len == 0)
    return;

  cairo_push_group (cr);
  set_color (cr, &re3_scene_get_theme (self)->accent);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 2 * (FOCUS_WIDTH + OUTLINE_GAP));
  for (guint i = 0; i < parts->len; i++) {
    trace_part (self, g_array_index (parts, const Re3ScenePart *, i), cr);
    cairo_stroke (cr);
  }
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_set_line_width (cr, 2 * OUTLINE_GAP);
  for (guint i = 0; i < parts->len; i++) {
    trace_part (self, g_array_index (parts, const Re3ScenePart *, i), cr);
    cairo_fill_preserve (cr);
    cairo_stroke (cr);
  }
  cairo_pop_group_to_source (cr);
  cairo_paint (cr);
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
  for (gsize i = re3_scene_get_n_marks (self); i > 0 && picked == NULL; i--) {
    const Re3ScenePart *part = re3_scene_get_part (self, i - 1);
    gsize row;
    gsize column;

    if (part->mark.kind == RE3_MARK_CELLS &&
        re3_cells_locate (part->cells, &part->mark.bounds, x, y, &row, &column))
      picked = re3_cells_get_mark (part->cells, &part->mark, row, column);
    else if (part->mark.item != RE3_NO_ITEM && is_hit (self, part, cr, x, y))
      picked = &part->mark;
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return picked;
}
