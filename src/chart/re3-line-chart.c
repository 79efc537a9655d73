/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-line-chart.h"

#include "re3-axis-private.h"
#include "re3-chart-private.h"
#include "re3-color-private.h"
#include "re3-legend-private.h"
#include "re3-number-format.h"
#include "re3-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NATURAL_ASPECT 0.62
#define LEAST_NATURAL  14.0
#define MOST_NATURAL   26.0

#define LINE_WIDTH   2.0
#define LEGEND_LINES 2
#define DOT_RADIUS   3.5

/* Around the plot, so that dots and strokes at its borders stay on the canvas. */
#define EDGE 4.0

/* Of the width, for the labels of the vertical axis. */
#define MOST_LABEL_SHARE 0.4
#define TICK_LENGTH      4.0

/* In lines; the uppermost label of the axis reaches half a line into it. */
#define Y_TITLE_HEIGHT 1.55

/* Between points that answer to the pointer. */
#define HIT_SPACING 4.0

/* Marker labels stand above the plot in at most this many rows. */
#define MARKER_ROWS 4

typedef struct {
  Re3Chart parent;
  Re3Line *lines;
  gsize n_lines;
  Re3LineMarker *markers;
  gsize n_markers;
  const char *x_title;
  const char *y_title;
  double low_x;
  double high_x;
  double low_y;
  double high_y;
} Re3LineChart;

typedef struct {
  Re3Axis x;
  Re3Axis y;
  double legend_height;
  gsize n_marker_rows;
  double left;
  double right;
  double top;
  double bottom;
  double y_title_y;
  double x_label_y;
  double x_title_y;
  double y_label_x;
} Frame;

/* Lines are told apart by their dashes too. */
static Re3Paint
line_paint (const Re3LineChart *self, const Re3Theme *theme, gsize line)
{
  static const double dashes[] = { 0, 6, 2, 10 };
  int index = self->lines[line].color_index;

  return (Re3Paint){
    .stroke = index < 0 ? theme->accent : re3_theme_class_color (theme, (gsize) index),
    .stroke_width = LINE_WIDTH,
    .dash = dashes[line % G_N_ELEMENTS (dashes)],
  };
}

static GArray *
make_legend (const Re3LineChart *self, const Re3Theme *theme)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Re3LegendEntry));

  for (gsize i = 0; i < self->n_lines && self->n_lines > 1; i++) {
    Re3LegendEntry entry = { self->lines[i].name, RE3_LEGEND_LINE, line_paint (self, theme, i), 0 };

    g_array_append_val (entries, entry);
  }
  return entries;
}

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  (void) chart;
  return ceil (CLAMP (NATURAL_ASPECT * width, LEAST_NATURAL * theme->font_size,
                      MOST_NATURAL * theme->font_size));
}

/* Where a marker's label stands: to the right of its line, or to the left near the end, in a row
 * above the plot; MARKER_ROWS: in none. */
typedef struct {
  double x;
  double start;
  double end;
  gboolean to_left;
  gsize row;
} MarkerPlace;

/* A label may neither touch another one in its row nor lie across the line of one above it; nor
 * may its own line, which ends at its row, cross one below. */
static gboolean
is_free (const MarkerPlace *places, const gboolean *placed, gsize n, gsize marker, gsize row)
{
  const MarkerPlace *own = &places[marker];

  for (gsize i = 0; i < n; i++) {
    const MarkerPlace *other = &places[i];

    if (!placed[i] || other->row == MARKER_ROWS)
      continue;
    if (other->row == row && own->start < other->end && other->start < own->end)
      return FALSE;
    if (other->row > row && other->x > own->start && other->x < own->end)
      return FALSE;
    if (other->row < row && own->x > other->start && own->x < other->end)
      return FALSE;
  }
  return TRUE;
}

/* Labels take the lowest free row, the rightmost first: so lines to the left pass it by.
 * Returns: the number of rows. */
static gsize
place_markers (const Re3LineChart *self,
               const Re3Theme *theme,
               const Re3Axis *axis,
               double right,
               MarkerPlace *places)
{
  double gap = 0.4 * theme->font_size;
  g_autofree gboolean *placed = g_new0 (gboolean, MAX (self->n_markers, 1));
  gsize n_rows = 0;

  for (gsize i = 0; i < self->n_markers; i++) {
    MarkerPlace *place = &places[i];
    const char *label = self->markers[i].label;
    double width = re3_texts_measure (theme, &label, 1, re3_axis_text_size (theme), FALSE) + gap;

    place->x = re3_axis_place (axis, self->markers[i].x);
    place->to_left = place->x + width > right;
    place->start = place->x - (place->to_left ? width : 0);
    place->end = place->start + width;
    place->row = MARKER_ROWS;
  }

  for (gsize step = 0; step < self->n_markers; step++) {
    gsize next = G_MAXSIZE;

    for (gsize i = 0; i < self->n_markers; i++)
      if (!placed[i] && (next == G_MAXSIZE || places[i].x > places[next].x))
        next = i;
    for (gsize row = 0; places[next].start >= 0 && row < MARKER_ROWS; row++)
      if (is_free (places, placed, self->n_markers, next, row)) {
        places[next].row = row;
        n_rows = MAX (n_rows, row + 1);
        break;
      }
    placed[next] = TRUE;
  }
  return n_rows;
}

static gboolean
make_frame (const Re3LineChart *self,
            const Re3Scene *scene,
            GArray *legend,
            MarkerPlace *places,
            Frame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double width = re3_scene_get_width (scene);
  double line = re3_axis_line_height (theme);
  double gap = 0.5 * theme->font_size;
  double remaining = re3_scene_get_height (scene) - 2 * EDGE;
  double keep = 3 * line;
  double labels = re3_take_room (&remaining, RE3_AXIS_LABELS_HEIGHT * line, keep);
  double x_title =
      *self->x_title != '\0' ? re3_take_room (&remaining, RE3_AXIS_TITLE_HEIGHT * line, keep) : 0;
  double y_title =
      *self->y_title != '\0' ? re3_take_room (&remaining, Y_TITLE_HEIGHT * line, keep) : 0;
  double markers;

  *frame = (Frame){ 0 };
  frame->legend_height =
      legend->len > 0 ? re3_take_room (&remaining,
                                       re3_legend_measure (theme, (Re3LegendEntry *) legend->data,
                                                           legend->len, width, LEGEND_LINES) +
                                           gap,
                                       keep)
                      : 0;

  /* Which rows markers need depends on the horizontal axis, which depends on the width of the
   * labels of the vertical one; those are the same for nearly equal heights. */
  re3_axis_init_to_fit (&frame->y, theme, self->low_y, self->high_y, remaining, 0, TRUE, FALSE);
  frame->left = MAX (re3_axis_measure (&frame->y, theme) + gap, EDGE);
  frame->y_label_x = frame->left - gap;
  if (labels == 0 || frame->left > MOST_LABEL_SHARE * width) {
    frame->left = EDGE;
    frame->y_label_x = NAN;
  }
  frame->right = width - EDGE;
  if (frame->right - frame->left < 4 || remaining < 4)
    return FALSE;
  re3_axis_init_to_fit (&frame->x, theme, self->low_x, self->high_x, frame->left, frame->right,
                        FALSE, FALSE);
  frame->n_marker_rows = place_markers (self, theme, &frame->x, width, places);
  markers = re3_take_room (&remaining, (double) frame->n_marker_rows * line, keep);
  if (markers == 0)
    frame->n_marker_rows = 0;

  frame->y_title_y = y_title > 0 ? frame->legend_height + line / 2 : NAN;
  frame->top = frame->legend_height + y_title + markers + EDGE;
  frame->bottom = frame->top + remaining;
  frame->x_label_y = labels > 0 ? frame->bottom + labels - line / 2 : NAN;
  frame->x_title_y = x_title > 0 ? frame->bottom + labels + x_title - line / 2 : NAN;
  re3_axis_init_to_fit (&frame->y, theme, self->low_y, self->high_y, frame->bottom, frame->top,
                        TRUE, FALSE);
  return TRUE;
}

static void
add_axes (const Re3LineChart *self, Re3Scene *scene, const Frame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double width = re3_scene_get_width (scene);
  Re3TextStyle style = re3_text_style (re3_axis_text_size (theme), &theme->muted, RE3_ANCHOR_START);

  re3_axis_add_upward (&frame->y, scene, frame->left, frame->right, frame->y_label_x);
  if (!isnan (frame->x_label_y))
    re3_axis_add_across (&frame->x, scene, frame->bottom, frame->bottom + TICK_LENGTH,
                         frame->x_label_y);
  re3_scene_add_line (scene, frame->left,
                      re3_scene_snap (frame->bottom, re3_scene_get_height (scene)), frame->right,
                      re3_scene_snap (frame->bottom, re3_scene_get_height (scene)),
                      &theme->foreground, 1);
  if (!isnan (frame->y_title_y)) {
    g_autofree char *title = re3_axis_format_title (&frame->y, self->y_title);

    re3_scene_add_text (scene, title, &style, 0, frame->y_title_y, width, NULL);
  }
  if (!isnan (frame->x_title_y))
    re3_axis_add_title (&frame->x, scene, self->x_title, (frame->left + frame->right) / 2,
                        frame->x_title_y);
}

/* Of the points that fall on one unit of width the first, the lowest, the highest and the last
 * are drawn: what the eye can see of them. */
static void
trace_line (const Re3Line *line, Re3Scene *scene, const Frame *frame)
{
  double last_x = -1;
  double last_y = 0;

  for (gsize start = 0, end; start < line->n_points; start = end) {
    double column = floor (re3_axis_place (&frame->x, line->x[start]));
    gsize lowest = start;
    gsize highest = start;
    gsize kept[4];

    for (end = start;
         end < line->n_points && floor (re3_axis_place (&frame->x, line->x[end])) == column;
         end++) {
      if (line->y[end] < line->y[lowest])
        lowest = end;
      if (line->y[end] > line->y[highest])
        highest = end;
    }
    kept[0] = start;
    kept[1] = MIN (lowest, highest);
    kept[2] = MAX (lowest, highest);
    kept[3] = end - 1;
    for (gsize i = 0; i < G_N_ELEMENTS (kept); i++) {
      double x = re3_axis_place (&frame->x, line->x[kept[i]]);
      double y = re3_axis_place (&frame->y, line->y[kept[i]]);

      if (i > 0 && kept[i] == kept[i - 1])
        continue;
      if (start == 0 && i == 0) {
        re3_scene_move_to (scene, x, y);
      } else {
        if (line->is_step)
          re3_scene_line_to (scene, x, last_y);
        re3_scene_line_to (scene, x, y);
      }
      last_x = x;
      last_y = y;
    }
  }
  if (line->is_step && last_x >= 0 && last_x < frame->right &&
      line->x[line->n_points - 1] < frame->x.high)
    re3_scene_line_to (scene, frame->right, last_y);
}

static void
add_lines (const Re3LineChart *self, Re3Scene *scene, const Frame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);

  for (gsize i = 0; i < self->n_lines; i++) {
    Re3Paint paint = line_paint (self, theme, i);

    if (self->lines[i].n_points == 0)
      continue;
    trace_line (&self->lines[i], scene, frame);
    re3_scene_add_path (scene, &paint, NULL);
  }
}

/* Points answer to the pointer over the stretch that they hold, one for each few units. */
static void
add_hits (const Re3LineChart *self, Re3Scene *scene, const Frame *frame, gsize index)
{
  const Re3Line *line = &self->lines[index];
  double last = -INFINITY;

  for (gsize i = 0; i < line->n_points; i++) {
    double x = re3_axis_place (&frame->x, line->x[i]);
    double y = re3_axis_place (&frame->y, line->y[i]);
    double end = i + 1 < line->n_points ? re3_axis_place (&frame->x, line->x[i + 1]) : frame->right;
    g_autofree char *x_text = NULL;
    g_autofree char *y_text = NULL;
    g_autofree char *tooltip = NULL;
    Re3Datum datum = { (int) i, (int) index, NULL };
    Re3Rect area;

    if (x - last < HIT_SPACING)
      continue;
    last = x;
    x_text = re3_format_number (line->x[i], 4);
    y_text = re3_format_number (line->y[i], 4);
    tooltip = g_strdup_printf ("%s: %s\n%s: %s", self->x_title, x_text, self->y_title, y_text);
    datum.tooltip = re3_scene_keep_text (scene, tooltip);
    area.x =
        line->is_step ? MIN (x, frame->right - HIT_SPACING) : MAX (frame->left, x - HIT_SPACING);
    area.width = (line->is_step ? MAX (end, x + HIT_SPACING) : x + HIT_SPACING) - area.x;
    area.width = MIN (area.width, frame->right - area.x);
    area.y = MAX (frame->top, y - 2 * HIT_SPACING);
    area.height = MIN (frame->bottom, y + 2 * HIT_SPACING) - area.y;
    if (area.width > 0 && area.height > 0)
      re3_scene_add_rectangle (scene, &area, &(Re3Paint){ 0 }, &datum);
  }
}

/* Where the first line is at @x. */
static double
value_at (const Re3Line *line, double x)
{
  gsize before = 0;
  double share;

  while (before + 1 < line->n_points && line->x[before + 1] <= x)
    before++;
  if (line->is_step || before + 1 == line->n_points)
    return line->y[before];
  share = CLAMP ((x - line->x[before]) / (line->x[before + 1] - line->x[before]), 0, 1);
  return line->y[before] + share * (line->y[before + 1] - line->y[before]);
}

static void
add_markers (const Re3LineChart *self,
             Re3Scene *scene,
             const Frame *frame,
             const MarkerPlace *places)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double size = re3_axis_text_size (theme);
  double line = re3_axis_line_height (theme);
  double gap = 0.4 * theme->font_size;
  Re3TextStyle style = re3_text_style (size, &theme->foreground, RE3_ANCHOR_START);
  Re3Paint paint = { .stroke = theme->muted, .stroke_width = 1, .dash = 3 };

  for (gsize i = 0; i < self->n_markers; i++) {
    const MarkerPlace *place = &places[i];
    gboolean has_label = place->row < frame->n_marker_rows;
    double y = frame->top - EDGE - ((double) place->row + 0.5) * line;

    re3_scene_move_to (scene, re3_scene_snap (place->x, frame->right), frame->bottom);
    re3_scene_line_to (scene, re3_scene_snap (place->x, frame->right),
                       has_label ? y - line / 2 : frame->top);
    re3_scene_add_path (scene, &paint, NULL);
    if (self->n_lines > 0 && self->lines[0].n_points > 0) {
      double height = re3_axis_place (&frame->y, value_at (&self->lines[0], self->markers[i].x));

      re3_scene_add_dot (scene, place->x, height, DOT_RADIUS, &theme->foreground);
    }
    if (!has_label)
      continue;
    style.anchor = place->to_left ? RE3_ANCHOR_END : RE3_ANCHOR_START;
    re3_scene_add_text (scene, self->markers[i].label, &style,
                        place->x + (place->to_left ? -gap : gap), y, 0, NULL);
  }
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3LineChart *self = (Re3LineChart *) chart;
  const Re3Theme *theme = re3_scene_get_theme (scene);
  g_autoptr (GArray) legend = make_legend (self, theme);
  g_autofree MarkerPlace *places = g_new0 (MarkerPlace, MAX (self->n_markers, 1));
  Frame frame;

  if (!make_frame (self, scene, legend, places, &frame))
    return;
  add_axes (self, scene, &frame);
  add_lines (self, scene, &frame);
  add_markers (self, scene, &frame, places);
  for (gsize i = 0; i < self->n_lines; i++)
    add_hits (self, scene, &frame, i);
  if (frame.legend_height > 0)
    re3_legend_add (scene, (const Re3LegendEntry *) legend->data, legend->len, 0, 0,
                    re3_scene_get_width (scene), LEGEND_LINES);
}

/* The points line after line, and then the marked places. */
static void
fill_table (Re3Chart *chart, Re3ChartTable *table)
{
  Re3LineChart *self = (Re3LineChart *) chart;

  re3_chart_table_add_column (table, _ ("name"), NULL);
  re3_chart_table_add_column (table, *self->x_title != '\0' ? self->x_title : "x", NULL);
  re3_chart_table_add_column (table, *self->y_title != '\0' ? self->y_title : "y", NULL);
  for (gsize i = 0; i < self->n_lines; i++)
    for (gsize point = 0; point < self->lines[i].n_points; point++) {
      re3_chart_table_add_text (table, self->lines[i].name);
      re3_chart_table_add_number (table, self->lines[i].x[point]);
      re3_chart_table_add_number (table, self->lines[i].y[point]);
    }
  for (gsize i = 0; i < self->n_markers; i++) {
    gboolean is_on_line = self->n_lines > 0 && self->lines[0].n_points > 0;

    re3_chart_table_add_text (table, self->markers[i].label);
    re3_chart_table_add_number (table, self->markers[i].x);
    re3_chart_table_add_number (table,
                                is_on_line ? value_at (&self->lines[0], self->markers[i].x) : NAN);
  }
}

static void
finalize (Re3Chart *chart)
{
  Re3LineChart *self = (Re3LineChart *) chart;

  for (gsize i = 0; i < self->n_lines; i++) {
    g_free ((double *) self->lines[i].x);
    g_free ((double *) self->lines[i].y);
  }
  g_free (self->lines);
  g_free (self->markers);
}

static const Re3ChartKind line_chart_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

static double *
copy_numbers (const double *numbers, gsize n, double *low, double *high)
{
  double *copy = g_new (double, n);

  for (gsize i = 0; i < n; i++) {
    copy[i] = re3_axis_tame (numbers[i]);
    *low = MIN (*low, copy[i]);
    *high = MAX (*high, copy[i]);
  }
  return copy;
}

Re3Chart *
re3_line_chart_new (const Re3LineData *data)
{
  Re3LineChart *self;
  Re3Chart *chart;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data->lines != NULL || data->n_lines == 0, NULL);
  g_return_val_if_fail (data->markers != NULL || data->n_markers == 0, NULL);

  self = g_new0 (Re3LineChart, 1);
  chart = &self->parent;
  re3_chart_init (chart, &line_chart_kind, data->title, data->description);
  self->x_title = data->x_title != NULL ? re3_chart_copy_text (chart, data->x_title) : "";
  self->y_title = data->y_title != NULL ? re3_chart_copy_text (chart, data->y_title) : "";
  self->low_x = self->low_y = INFINITY;
  self->high_x = self->high_y = -INFINITY;
  self->n_lines = data->n_lines;
  self->lines = g_new0 (Re3Line, data->n_lines);
  for (gsize i = 0; i < data->n_lines; i++) {
    const Re3Line *line = &data->lines[i];

    self->lines[i] = *line;
    self->lines[i].name = re3_chart_copy_text (chart, line->name != NULL ? line->name : "");
    self->lines[i].x = copy_numbers (line->x, line->n_points, &self->low_x, &self->high_x);
    self->lines[i].y = copy_numbers (line->y, line->n_points, &self->low_y, &self->high_y);
  }
  self->n_markers = data->n_markers;
  self->markers = g_new0 (Re3LineMarker, data->n_markers);
  for (gsize i = 0; i < data->n_markers; i++) {
    self->markers[i].label = re3_chart_copy_text (chart, data->markers[i].label);
    self->markers[i].x = re3_axis_tame (data->markers[i].x);
    self->low_x = MIN (self->low_x, self->markers[i].x);
    self->high_x = MAX (self->high_x, self->markers[i].x);
  }
  if (self->low_x > self->high_x)
    self->low_x = self->high_x = 0;
  if (self->low_y > self->high_y)
    self->low_y = self->high_y = 0;
  return chart;
}
