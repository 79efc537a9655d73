/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-line-chart.h"

#include "re3-line-private.h"
#include "re3-number-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NATURAL_ASPECT 0.62
#define LEAST_NATURAL  14.0
#define MOST_NATURAL   26.0

#define LINE_WIDTH 2.0

/* Of the width, for the labels of the vertical axis. */
#define MOST_LABEL_SHARE 0.4
#define TICK_LENGTH      4.0

/* In lines; the uppermost label of the axis reaches half a line into it. */
#define Y_TITLE_HEIGHT 1.55

/* Between points that answer to the pointer. */
#define HIT_SPACING 4.0

Re3Paint
re3_line_paint (const Re3Line *line, gsize index, const Re3Theme *theme)
{
  static const double dashes[] = { 0, 6, 3, 10 };

  return (Re3Paint){
    .stroke = line->color_index < 0 ? theme->accent
                                    : re3_theme_class_color (theme, (gsize) line->color_index),
    .stroke_width = LINE_WIDTH,
    .dash = dashes[index % G_N_ELEMENTS (dashes)],
  };
}

GArray *
re3_line_make_legend (const Re3Line *lines, gsize n_lines, const Re3Theme *theme)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Re3LegendEntry));

  for (gsize i = 0; i < n_lines && n_lines > 1; i++) {
    Re3LegendEntry entry = { lines[i].name, RE3_LEGEND_LINE, re3_line_paint (&lines[i], i, theme),
                             0 };

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

static gboolean
make_frame (const Re3LineChart *self,
            const Re3Scene *scene,
            GArray *legend,
            Re3MarkerPlace *places,
            Re3LineFrame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double width = re3_scene_get_width (scene);
  double line = re3_axis_line_height (theme);
  double gap = 0.5 * theme->font_size;
  double remaining = re3_scene_get_height (scene) - 2 * RE3_LINE_EDGE;
  double keep = 3 * line;
  double labels = re3_take_room (&remaining, RE3_AXIS_LABELS_HEIGHT * line, keep);
  double x_title =
      *self->x_title != '\0' ? re3_take_room (&remaining, RE3_AXIS_TITLE_HEIGHT * line, keep) : 0;
  double y_title =
      *self->y_title != '\0' ? re3_take_room (&remaining, Y_TITLE_HEIGHT * line, keep) : 0;
  double strip = re3_take_room (&remaining, re3_line_measure_strip (self, theme), keep);
  double markers;

  *frame = (Re3LineFrame){ .strip_height = strip };
  frame->legend_height =
      legend->len > 0
          ? re3_take_room (&remaining,
                           re3_legend_measure (theme, (Re3LegendEntry *) legend->data, legend->len,
                                               width, RE3_LINE_LEGEND_LINES) +
                               gap,
                           keep)
          : 0;

  /* Which rows markers need depends on the horizontal axis, which depends on the width of the
   * labels of the vertical one; those are the same for nearly equal heights. */
  re3_axis_init_to_fit (&frame->y, theme, self->low_y, self->high_y, remaining, 0, TRUE, FALSE);
  frame->left = MAX (re3_axis_measure (&frame->y, theme) + gap, RE3_LINE_EDGE);
  frame->y_label_x = frame->left - gap;
  if (labels == 0 || frame->left > MOST_LABEL_SHARE * width) {
    frame->left = RE3_LINE_EDGE;
    frame->y_label_x = NAN;
  }
  frame->right = width - RE3_LINE_EDGE;
  if (frame->right - frame->left < 4 || remaining < 4)
    return FALSE;
  re3_axis_init_to_fit (&frame->x, theme, self->low_x, self->high_x, frame->left, frame->right,
                        FALSE, FALSE);
  frame->n_marker_rows = re3_line_place_markers (self, theme, &frame->x, width, places);
  markers = re3_take_room (&remaining, (double) frame->n_marker_rows * line, keep);
  if (markers == 0)
    frame->n_marker_rows = 0;

  frame->y_title_y = y_title > 0 ? frame->legend_height + line / 2 : NAN;
  frame->top = frame->legend_height + y_title + markers + RE3_LINE_EDGE;
  frame->bottom = frame->top + remaining;
  frame->x_label_y = labels > 0 ? frame->bottom + strip + labels - line / 2 : NAN;
  frame->x_title_y = x_title > 0 ? frame->bottom + strip + labels + x_title - line / 2 : NAN;
  re3_axis_init_to_fit (&frame->y, theme, self->low_y, self->high_y, frame->bottom, frame->top,
                        TRUE, FALSE);
  return TRUE;
}

static void
add_axes (const Re3LineChart *self, Re3Scene *scene, const Re3LineFrame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double width = re3_scene_get_width (scene);
  Re3TextStyle style = re3_text_style (re3_axis_text_size (theme), &theme->muted, RE3_ANCHOR_START);

  re3_axis_add_upward (&frame->y, scene, frame->left, frame->right, frame->y_label_x);
  if (!isnan (frame->x_label_y))
    re3_axis_add_across (&frame->x, scene, frame->bottom + frame->strip_height,
                         frame->bottom + frame->strip_height + TICK_LENGTH, frame->x_label_y);
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
trace_line (const Re3Line *line, Re3Scene *scene, const Re3LineFrame *frame)
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
add_lines (const Re3LineChart *self, Re3Scene *scene, const Re3LineFrame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);

  for (gsize i = 0; i < self->n_lines; i++) {
    Re3Paint paint = re3_line_paint (&self->lines[i], i, theme);

    if (self->lines[i].n_points == 0)
      continue;
    trace_line (&self->lines[i], scene, frame);
    re3_scene_add_path (scene, &paint, NULL);
  }
}

/* Points answer to the pointer over the stretch that they hold, one for each few units. */
static void
add_hits (const Re3LineChart *self, Re3Scene *scene, const Re3LineFrame *frame, gsize index)
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

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3LineChart *self = (Re3LineChart *) chart;
  const Re3Theme *theme = re3_scene_get_theme (scene);
  g_autoptr (GArray) legend =
      re3_line_make_legend (self->lines, self->legend_elsewhere ? 0 : self->n_lines, theme);
  g_autofree Re3MarkerPlace *places = g_new0 (Re3MarkerPlace, MAX (self->n_markers, 1));
  Re3LineFrame frame;

  if (!make_frame (self, scene, legend, places, &frame))
    return;
  add_axes (self, scene, &frame);
  re3_line_add_breaks (self, scene, &frame);
  re3_line_add_bands (self, scene, &frame);
  add_lines (self, scene, &frame);
  re3_line_add_markers (self, scene, &frame, places);
  re3_line_add_piece_hits (self, scene, &frame);
  for (gsize i = 0; i < self->n_lines && self->n_pieces == 0; i++)
    add_hits (self, scene, &frame, i);
  if (frame.legend_height > 0)
    re3_legend_add (scene, (const Re3LegendEntry *) legend->data, legend->len, 0, 0,
                    re3_scene_get_width (scene), RE3_LINE_LEGEND_LINES);
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
    re3_chart_table_add_number (
        table, is_on_line ? re3_line_value_at (&self->lines[0], self->markers[i].x) : NAN);
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
  g_free (self->pieces);
  g_free (self->bands);
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

static void
copy_stretches (Re3LineChart *self, const Re3LineData *data)
{
  self->n_pieces = data->n_pieces;
  self->pieces = g_memdup2 (data->pieces, data->n_pieces * sizeof *data->pieces);
  for (gsize i = 0; i < data->n_pieces; i++)
    self->pieces[i].tooltip = re3_chart_copy_text (&self->parent, data->pieces[i].tooltip);
  self->n_bands = data->n_bands;
  self->bands = g_memdup2 (data->bands, data->n_bands * sizeof *data->bands);
  for (gsize i = 0; i < data->n_bands; i++)
    self->bands[i].tooltip = re3_chart_copy_text (&self->parent, data->bands[i].tooltip);
}

Re3Chart *
re3_line_chart_new (const Re3LineData *data)
{
  Re3LineChart *self;
  Re3Chart *chart;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data->lines != NULL || data->n_lines == 0, NULL);
  g_return_val_if_fail (data->markers != NULL || data->n_markers == 0, NULL);
  g_return_val_if_fail (data->pieces != NULL || data->n_pieces == 0, NULL);
  g_return_val_if_fail (data->bands != NULL || data->n_bands == 0, NULL);

  self = g_new0 (Re3LineChart, 1);
  chart = &self->parent;
  re3_chart_init (chart, &line_chart_kind, data->title, data->description);
  self->x_title = data->x_title != NULL ? re3_chart_copy_text (chart, data->x_title) : "";
  self->y_title = data->y_title != NULL ? re3_chart_copy_text (chart, data->y_title) : "";
  self->legend_elsewhere = data->legend_elsewhere;
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
    self->markers[i] = data->markers[i];
    self->markers[i].label = re3_chart_copy_text (chart, data->markers[i].label);
    self->markers[i].x = re3_axis_tame (data->markers[i].x);
    self->low_x = MIN (self->low_x, self->markers[i].x);
    self->high_x = MAX (self->high_x, self->markers[i].x);
  }
  copy_stretches (self, data);
  if (data->low_y < data->high_y) {
    self->low_y = data->low_y;
    self->high_y = data->high_y;
  }
  if (self->low_x > self->high_x)
    self->low_x = self->high_x = 0;
  if (self->low_y > self->high_y)
    self->low_y = self->high_y = 0;
  return chart;
}
