/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-stacked-bar-chart.h"

#include "re3-axis-private.h"
#include "re3-chart-private.h"
#include "re3-color-private.h"
#include "re3-legend-private.h"
#include "re3-number-format.h"
#include "re3-rows-private.h"
#include "re3-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define BAR_SHARE        0.68
#define MOST_LABEL_SHARE 0.3
#define MOST_STRETCH     1.4
#define LEGEND_LINES     3

/* A rest that is this much longer than any other bar is drawn broken. */
#define MOST_REST 1.5

/* Of the break, in ems. */
#define BREAK_AT    1.6
#define BREAK_WIDTH 0.35
#define BREAK_SLANT 0.4

/* Between segments that are wide enough to spare it. */
#define SEGMENT_GAP 1.0

typedef struct {
  Re3StackedBar bar;
  int item;
  double total;
} Row;

typedef struct {
  Re3Chart parent;
  const char **series_names;
  int *series_colors;
  gsize n_series;
  Row *rows;
  gsize n_rows;
  double *values;
  gboolean is_whole;
  gboolean has_marks;
  gboolean hide_legend;
  const char *axis_title;
  const char *mark_text;
} Re3StackedBarChart;

typedef struct {
  Re3Rows rows;
  double legend_height;
  double name_width;
  double mark_x; /* NAN: no room for marks */
  double plot_left;
  double plot_right;
  double detail_left; /* NAN: no room for details */
  double axis_y;
  double title_y;
} Frame;

static Re3Color
series_color (const Re3StackedBarChart *self, const Re3Theme *theme, gsize series)
{
  int index = self->series_colors[series];

  return index < 0 ? theme->surface : re3_theme_class_color (theme, (gsize) index);
}

static double
detail_size (const Re3Theme *theme, const Re3Rows *rows)
{
  return MIN (re3_text_detail_size (theme), rows->text_size);
}

static GArray *
make_legend (const Re3StackedBarChart *self, const Re3Theme *theme)
{
  return re3_legend_make_series (theme, self->series_names, self->series_colors,
                                 self->hide_legend ? 0 : self->n_series,
                                 self->has_marks && !self->hide_legend ? self->mark_text : NULL);
}

static double
legend_height (const Re3Theme *theme, GArray *legend, double width)
{
  if (legend->len == 0)
    return 0;
  return re3_legend_measure (theme, (const Re3LegendEntry *) legend->data, legend->len, width,
                             LEGEND_LINES) +
         0.5 * theme->font_size;
}

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  Re3StackedBarChart *self = (Re3StackedBarChart *) chart;
  g_autoptr (GArray) legend = make_legend (self, theme);

  return ceil (legend_height (theme, legend, width) +
               (double) self->n_rows * re3_rows_natural_pitch (theme) +
               (RE3_AXIS_LABELS_HEIGHT + RE3_AXIS_TITLE_HEIGHT) * re3_axis_line_height (theme));
}

static Frame
make_frame (const Re3StackedBarChart *self, const Re3Scene *scene, GArray *legend)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double width = re3_scene_get_width (scene);
  double line = re3_axis_line_height (theme);
  double gap = 0.6 * theme->font_size;
  double remaining = re3_scene_get_height (scene);
  double keep = MIN ((double) self->n_rows, 4) * line;
  double axis = re3_take_room (&remaining, RE3_AXIS_LABELS_HEIGHT * line, keep);
  double legend_room = re3_take_room (&remaining, legend_height (theme, legend, width), keep);
  double title = *self->axis_title != '\0'
                     ? re3_take_room (&remaining, RE3_AXIS_TITLE_HEIGHT * line, keep)
                     : 0;
  double names = 0;
  double details = 0;
  Frame frame = { 0 };
  double bottom;

  re3_rows_init (&frame.rows, theme, self->n_rows, legend_room, remaining,
                 MOST_STRETCH * re3_rows_natural_pitch (theme), BAR_SHARE);
  for (gsize i = 0; i < self->n_rows; i++) {
    const Re3StackedBar *bar = &self->rows[i].bar;

    names = MAX (names, re3_texts_measure (theme, &bar->label, 1, frame.rows.text_size, FALSE));
    details = MAX (details, re3_texts_measure (theme, &bar->detail, 1,
                                               detail_size (theme, &frame.rows), FALSE));
  }
  if (details + gap > MOST_LABEL_SHARE * width)
    details = 0;

  frame.legend_height = legend_room;
  frame.name_width = MIN (names, MOST_LABEL_SHARE * width);
  frame.plot_left = frame.name_width + gap;
  frame.mark_x = NAN;
  if (self->has_marks) {
    frame.mark_x = frame.plot_left + 0.2 * theme->font_size;
    frame.plot_left += gap + 0.4 * theme->font_size;
  }
  frame.plot_left = re3_scene_snap (frame.plot_left, width);
  frame.plot_right = width - (details > 0 ? details + gap : 0);
  frame.detail_left = details > 0 ? width - details : NAN;
  bottom = re3_rows_get_bottom (&frame.rows);
  frame.axis_y = axis > 0 ? bottom + axis - line / 2 : NAN;
  frame.title_y = title > 0 ? bottom + axis + title - line / 2 : NAN;
  return frame;
}

static void
add_axis (const Re3StackedBarChart *self, Re3Scene *scene, const Frame *frame, const Re3Axis *axis)
{
  re3_axis_add_across (axis, scene, frame->rows.top, re3_rows_get_bottom (&frame->rows),
                       frame->axis_y);
  if (!isnan (frame->title_y))
    re3_axis_add_title (axis, scene, self->axis_title, (frame->plot_left + frame->plot_right) / 2,
                        frame->title_y);
}

static void
add_segment_text (Re3Scene *scene,
                  const Re3Rows *rows,
                  const Re3Rect *segment,
                  const Re3Color *fill,
                  double value,
                  const Re3Datum *datum)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Re3Color color = re3_theme_text_on (fill);
  double size = MIN (re3_text_detail_size (theme), rows->text_size);
  g_autofree char *text = re3_format_number (value, 4);
  g_autoptr (PangoLayout) layout = re3_text_shape (theme, text, size, FALSE, 0);
  Re3TextStyle style = re3_text_style (size, &color, RE3_ANCHOR_MIDDLE);

  if (re3_text_get_width (layout) + 0.8 * size <= segment->width &&
      re3_text_get_line_height (theme, size, FALSE, NULL) <= rows->thickness + 2)
    re3_scene_add_text (scene, text, &style, segment->x + segment->width / 2,
                        segment->y + segment->height / 2, 0, datum);
}

/* A slanted gap through a bar: its length is not to the scale of the others. */
static void
add_break (Re3Scene *scene, const Frame *frame, double y)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double em = theme->font_size;
  double x = frame->plot_left + BREAK_AT * em;
  double bottom = y + frame->rows.thickness;

  if (x + (BREAK_WIDTH + BREAK_SLANT) * em > frame->plot_right)
    return;
  re3_scene_move_to (scene, x + BREAK_SLANT * em, y);
  re3_scene_line_to (scene, x + (BREAK_SLANT + BREAK_WIDTH) * em, y);
  re3_scene_line_to (scene, x + BREAK_WIDTH * em, bottom);
  re3_scene_line_to (scene, x, bottom);
  re3_scene_close_path (scene);
  re3_scene_add_path (scene, &(Re3Paint){ .fill = theme->background }, NULL);
}

static void
add_bar (const Re3StackedBarChart *self,
         Re3Scene *scene,
         const Frame *frame,
         const Re3Axis *axis,
         gsize row)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  const Re3StackedBar *bar = &self->rows[row].bar;
  double total = self->rows[row].total;
  gboolean is_broken = bar->is_rest && total > axis->high;
  double scale = is_broken ? axis->high / total : 1;
  double y = re3_rows_get_middle (&frame->rows, row) - frame->rows.thickness / 2;
  double before = 0;

  for (gsize i = 0; i < self->n_series; i++) {
    double value = bar->values[i];
    Re3Color fill = series_color (self, theme, i);
    double left = re3_axis_place (axis, before * scale);
    double right = re3_axis_place (axis, (before + value) * scale);
    Re3Rect segment = { left, y, right - left, frame->rows.thickness };
    Re3Datum datum = { self->rows[row].item, (int) i, bar->tooltip };

    before += value;
    if (segment.width <= 0)
      continue;
    if (segment.width > 4 * SEGMENT_GAP && before < total)
      segment.width -= SEGMENT_GAP;
    re3_scene_add_rectangle (scene, &segment, &(Re3Paint){ .fill = fill }, &datum);
    add_segment_text (scene, &frame->rows, &segment, &fill, value, &datum);
  }
  if (is_broken)
    add_break (scene, frame, y);
}

static void
add_row (const Re3StackedBarChart *self,
         Re3Scene *scene,
         const Frame *frame,
         const Re3Axis *axis,
         gsize row)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  const Re3StackedBar *bar = &self->rows[row].bar;
  Re3TextStyle name = re3_text_style (frame->rows.text_size, &theme->foreground, RE3_ANCHOR_END);
  Re3TextStyle detail =
      re3_text_style (detail_size (theme, &frame->rows), &theme->muted, RE3_ANCHOR_END);
  Re3Rect area = { 0, frame->rows.top + (double) row * frame->rows.pitch,
                   re3_scene_get_width (scene), frame->rows.pitch };
  Re3Datum datum = { self->rows[row].item, -1, bar->tooltip };
  double y = re3_rows_get_middle (&frame->rows, row);

  /* The whole row answers to the pointer. */
  re3_scene_add_rectangle (scene, &area, &(Re3Paint){ 0 }, &datum);
  if (re3_rows_has_text (&frame->rows, row)) {
    if (frame->name_width > 0)
      re3_scene_add_text (scene, bar->label, &name, frame->name_width, y, frame->name_width + 0.01,
                          &datum);
    if (bar->detail != NULL && !isnan (frame->detail_left))
      re3_scene_add_text (scene, bar->detail, &detail, re3_scene_get_width (scene), y, 0, &datum);
  }
  if (bar->marked && !isnan (frame->mark_x))
    re3_scene_add_diamond (scene, frame->mark_x, y,
                           MIN (0.36 * theme->font_size, 0.5 * frame->rows.thickness),
                           &theme->foreground, &datum);
  add_bar (self, scene, frame, axis, row);
}

/* Where the axis ends. */
static double
find_longest (const Re3StackedBarChart *self)
{
  double longest = 0;
  double rest = 0;

  for (gsize i = 0; i < self->n_rows; i++)
    if (self->rows[i].bar.is_rest)
      rest = MAX (rest, self->rows[i].total);
    else
      longest = MAX (longest, self->rows[i].total);
  return longest > 0 && rest > MOST_REST * longest ? longest : MAX (longest, rest);
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3StackedBarChart *self = (Re3StackedBarChart *) chart;
  const Re3Theme *theme = re3_scene_get_theme (scene);
  g_autoptr (GArray) legend = make_legend (self, theme);
  Frame frame = make_frame (self, scene, legend);
  double most;
  Re3Axis axis;

  if (self->n_rows == 0 || frame.plot_right - frame.plot_left < 1 || frame.rows.pitch <= 0)
    return;
  most = find_longest (self);
  re3_axis_init_to_fit (&axis, theme, 0, most, frame.plot_left, frame.plot_right, FALSE,
                        self->is_whole);
  add_axis (self, scene, &frame, &axis);
  for (gsize i = 0; i < self->n_rows; i++)
    add_row (self, scene, &frame, &axis, i);
  re3_scene_add_line (scene, frame.plot_left, frame.rows.top, frame.plot_left,
                      re3_rows_get_bottom (&frame.rows), &theme->foreground, 1);
  if (frame.legend_height > 0)
    re3_legend_add (scene, (const Re3LegendEntry *) legend->data, legend->len, 0, 0,
                    re3_scene_get_width (scene), LEGEND_LINES);
}

static void
fill_table (Re3Chart *chart, Re3ChartTable *table)
{
  Re3StackedBarChart *self = (Re3StackedBarChart *) chart;
  gboolean has_details = FALSE;
  gboolean has_marks = self->has_marks && self->mark_text != NULL;

  for (gsize i = 0; i < self->n_rows; i++)
    has_details |= self->rows[i].bar.detail != NULL;

  re3_chart_table_add_column (table, _ ("name"), NULL);
  for (gsize i = 0; i < self->n_series; i++)
    re3_chart_table_add_column (table, self->series_names[i], self->axis_title);
  if (has_details)
    re3_chart_table_add_column (table, _ ("note"), NULL);
  if (has_marks)
    re3_chart_table_add_column (table, self->mark_text, NULL);
  for (gsize i = 0; i < self->n_rows; i++) {
    const Re3StackedBar *bar = &self->rows[i].bar;

    re3_chart_table_add_text (table, bar->label);
    for (gsize series = 0; series < self->n_series; series++)
      re3_chart_table_add_number (table, bar->values[series]);
    if (has_details)
      re3_chart_table_add_text (table, bar->detail);
    if (has_marks)
      re3_chart_table_add_text (table, bar->marked ? _ ("yes") : _ ("no"));
  }
}

static void
finalize (Re3Chart *chart)
{
  Re3StackedBarChart *self = (Re3StackedBarChart *) chart;

  g_free (self->series_names);
  g_free (self->series_colors);
  g_free (self->rows);
  g_free (self->values);
}

static const Re3ChartKind stacked_bar_chart_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

static void
copy_row (Re3StackedBarChart *self, gsize index, const Re3StackedBar *bar)
{
  Re3Chart *chart = &self->parent;
  Row *row = &self->rows[index];
  double *values = self->values + index * self->n_series;

  row->bar.label = re3_chart_copy_text (chart, bar->label);
  row->bar.detail = re3_chart_copy_text (chart, bar->detail);
  row->bar.tooltip = re3_chart_copy_text (chart, bar->tooltip);
  row->bar.marked = bar->marked;
  row->bar.is_rest = bar->is_rest;
  row->bar.values = values;
  self->has_marks |= bar->marked;
  for (gsize i = 0; i < self->n_series; i++) {
    values[i] = MAX (re3_axis_tame (bar->values[i]), 0);
    row->total += values[i];
    self->is_whole &= values[i] == floor (values[i]);
  }
}

Re3Chart *
re3_stacked_bar_chart_new (const Re3StackedBarData *data)
{
  Re3StackedBarChart *self;
  Re3Chart *chart;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data->bars != NULL || data->n_bars == 0, NULL);
  g_return_val_if_fail (data->series_names != NULL || data->n_series == 0, NULL);
  for (gsize i = 0; i < data->n_bars; i++)
    g_return_val_if_fail (data->bars[i].label != NULL, NULL);

  self = g_new0 (Re3StackedBarChart, 1);
  chart = &self->parent;
  re3_chart_init (chart, &stacked_bar_chart_kind, data->title, data->description);
  self->axis_title = data->axis_title != NULL ? re3_chart_copy_text (chart, data->axis_title) : "";
  self->mark_text = re3_chart_copy_text (chart, data->mark_text);
  self->series_names = re3_chart_copy_texts (chart, data->series_names, data->n_series);
  self->series_colors = g_new (int, data->n_series);
  for (gsize i = 0; i < data->n_series; i++)
    self->series_colors[i] = data->series_colors != NULL ? data->series_colors[i] : (int) i;
  self->n_series = data->n_series;
  self->hide_legend = data->hide_legend;
  self->n_rows = data->n_bars;
  self->rows = g_new0 (Row, data->n_bars);
  self->values = g_new0 (double, data->n_bars * data->n_series);
  self->is_whole = TRUE;
  for (gsize i = 0; i < data->n_bars; i++)
    self->rows[i].item = data->items != NULL ? data->items[i] : (int) i;
  for (gsize i = 0; i < data->n_bars; i++)
    copy_row (self, i, &data->bars[i]);
  return chart;
}
