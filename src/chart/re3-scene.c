/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-scene-private.h"

#include "re3-text-private.h"

#include <math.h>

struct _Re3Scene {
  Re3Chart *chart;
  Re3Theme theme;
  double width;
  double height;
  GArray *parts;
  GArray *elements;
  guint path_start;
  GStringChunk *texts; /* (nullable) */
  GPtrArray *scenes;   /* (nullable): whose marks were added, and whose texts are borrowed */
};

static void
clear_part (gpointer data)
{
  Re3ScenePart *part = data;

  g_clear_object (&part->text);
  g_clear_pointer (&part->cells, re3_cells_free);
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
  g_clear_pointer (&self->scenes, g_ptr_array_unref);
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

Re3Chart *
re3_scene_get_chart (const Re3Scene *self)
{
  return self->chart;
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
  part->lit_item = datum != NULL ? datum->item : RE3_NO_ITEM;
  part->lit_series = datum != NULL ? datum->series : 0;
  part->mark.item = part->lit_item;
  part->mark.series = part->lit_series;
  part->mark.tooltip = datum != NULL ? datum->tooltip : NULL;
  return part;
}

void
re3_scene_light_with (Re3Scene *self, const Re3Datum *datum)
{
  Re3ScenePart *part = &g_array_index (self->parts, Re3ScenePart, self->parts->len - 1);

  g_assert (self->parts->len > 0 && part->mark.item == RE3_NO_ITEM);
  part->lit_item = datum->item;
  part->lit_series = datum->series;
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

void
re3_scene_add_cells (Re3Scene *self, const Re3Rect *rectangle, Re3Cells *cells)
{
  Re3ScenePart *part = add_part (self, RE3_MARK_CELLS, NULL);

  part->mark.bounds = *rectangle;
  part->cells = cells;
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

static void
trace_ribbon (Re3Scene *self, const Re3Ribbon *ribbon)
{
  double bend = (ribbon->x0 + ribbon->x1) / 2;
  double bottom0 = ribbon->y0 + ribbon->width;
  double bottom1 = ribbon->y1 + ribbon->width;

  re3_scene_move_to (self, ribbon->x0, ribbon->y0);
  re3_scene_curve_to (self, bend, ribbon->y0, bend, ribbon->y1, ribbon->x1, ribbon->y1);
  re3_scene_line_to (self, ribbon->x1, bottom1);
  re3_scene_curve_to (self, bend, bottom1, bend, bottom0, ribbon->x0, bottom0);
  re3_scene_close_path (self);
}

void
re3_scene_add_ribbons (Re3Scene *self,
                       const Re3Ribbon *ribbons,
                       gsize n_ribbons,
                       const Re3Paint *paint,
                       const Re3Datum *datum)
{
  for (gsize i = 0; i < n_ribbons; i++)
    trace_ribbon (self, &ribbons[i]);
  re3_scene_add_path (self, paint, datum);
  g_array_index (self->parts, Re3ScenePart, self->parts->len - 1).is_ribbons = TRUE;
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
  before = re3_anchor_offset (style->anchor, width);

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

static void
free_scene (gpointer scene)
{
  re3_scene_free (scene);
}

/* Its marks are moved over, so that nothing is held twice; it stays for the texts that they borrow.
 */
void
re3_scene_add_scene (Re3Scene *self, Re3Scene *scene, double x, double y, int panel)
{
  guint n_elements = self->elements->len;

  g_assert (self->path_start == n_elements);

  for (guint i = 0; i < scene->elements->len; i++) {
    Re3PathElement element = g_array_index (scene->elements, Re3PathElement, i);

    for (gsize point = 0; point < G_N_ELEMENTS (element.x); point++) {
      element.x[point] += x;
      element.y[point] += y;
    }
    g_array_append_val (self->elements, element);
  }
  self->path_start = self->elements->len;
  for (guint i = 0; i < scene->parts->len; i++) {
    Re3ScenePart *part = &g_array_index (scene->parts, Re3ScenePart, i);
    Re3ScenePart moved = *part;

    part->text = NULL;
    part->cells = NULL;
    moved.mark.panel = panel;
    moved.mark.bounds.x += x;
    moved.mark.bounds.y += y;
    moved.x += x;
    moved.y += y;
    moved.first_element += n_elements;
    g_array_append_val (self->parts, moved);
  }
  g_array_set_size (scene->parts, 0);
  g_array_set_size (scene->elements, 0);
  if (self->scenes == NULL)
    self->scenes = g_ptr_array_new_with_free_func (free_scene);
  g_ptr_array_add (self->scenes, scene);
}
