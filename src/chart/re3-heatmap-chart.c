/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-heatmap-chart.h"

#include "re3-axis-private.h"
#include "re3-chart-private.h"
#include "re3-color-private.h"
#include "re3-number-format.h"
#include "re3-rows-private.h"
#include "re3-text-private.h"

#include <math.h>

#define MOST_LABEL_SHARE  0.3
#define MOST_COLUMN_SHARE 0.4
#define MOST_STRETCH      1.5

/* Cells are not made wider than this, in ems. */
#define MOST_CELL_WIDTH 14.0

/* Cells at least this large spare a gap between them. */
#define LEAST_GAP_CELL 7.0
#define CELL_GAP       1.0

/* The colour bar, in ems. */
#define COLOR_BAR_HEIGHT 0.8
#define COLOR_BAR_WIDTH  18.0
#define COLOR_BAR_GAP    0.9
#define COLOR_BAR_STEPS  64

/* Below it, in chart units. */
#define TICK_LENGTH 3.0

typedef struct {
  Re3Chart parent;
  const char **row_labels;
  int *row_colors;
  gsize n_rows;
  const char **column_labels;
  gsize n_columns;
  double *values;
  const char **tooltips;
  const char *color_title;
  double largest;
  int decimals;
} Re3HeatmapChart;

typedef struct {
  Re3Rows rows;
  double label_width;
  double label_end;
  double swatch_x; /* NAN: none */
  double left;
  double cell_width;
  double gap;
  double header_height; /* 0: no room */
  gboolean vertical;
  gsize column_every;
  double column_size;
  double legend_y; /* NAN: no room */
  gboolean has_title;
} Frame;

static double
value_at (const Re3HeatmapChart *self, gsize row, gsize column)
{
  return self->values[row * self->n_columns + column];
}

static double
legend_height (const Re3HeatmapChart *self, const Re3Theme *theme)
{
  return (COLOR_BAR_HEIGHT + COLOR_BAR_GAP) * theme->font_size + TICK_LENGTH +
         re3_axis_line_height (theme) +
         (*self->color_title != '\0' ? re3_axis_line_height (theme) : 0);
}

/* Labels stand upright where the widest one fits its column, else they read upward. */
static void
measure_header (const Re3HeatmapChart *self, const Re3Theme *theme, double height, Frame *frame)
{
  double size = re3_axis_text_size (theme);
  double line = re3_text_get_line_height (theme, size, FALSE, NULL);
  double widest = re3_texts_measure (theme, self->column_labels, self->n_columns, size, FALSE);
  double gap = 0.4 * theme->font_size;

  frame->column_size = size;
  frame->vertical = widest + 0.5 * size > frame->cell_width;
  frame->header_height =
      frame->vertical ? MIN (widest, MOST_COLUMN_SHARE * height) + gap : line + gap;
  frame->column_every =
      frame->vertical ? (gsize) MAX (1, ceil (line / frame->cell_width - 1e-6)) : 1;
}

static void
measure_columns (const Re3HeatmapChart *self, const Re3Theme *theme, double width, Frame *frame)
{
  double gap = 0.6 * theme->font_size;
  double swatch = self->row_colors != NULL ? 0.9 * theme->font_size : 0;
  double widest =
      re3_texts_measure (theme, self->row_labels, self->n_rows, theme->font_size, FALSE);

  frame->label_width = MIN (widest, MOST_LABEL_SHARE * width);
  frame->label_end = frame->label_width;
  frame->swatch_x = swatch > 0 ? frame->label_end + 0.4 * theme->font_size : NAN;
  frame->left = frame->label_end + (swatch > 0 ? 0.4 * theme->font_size + swatch : 0) + gap;
  frame->cell_width = MIN ((width - frame->left) / (double) MAX (self->n_columns, 1),
                           MOST_CELL_WIDTH * theme->font_size);
  if (frame->cell_width >= LEAST_GAP_CELL)
    frame->cell_width = floor (frame->cell_width);
}

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  Re3HeatmapChart *self = (Re3HeatmapChart *) chart;
  double rows = (double) self->n_rows * re3_rows_natural_pitch (theme);
  Frame frame = { 0 };

  measure_columns (self, theme, width, &frame);
  if (frame.cell_width > 0)
    measure_header (self, theme, rows + 20 * theme->font_size, &frame);
  return ceil (frame.header_height + rows + legend_height (self, theme));
}

static Frame
make_frame (const Re3HeatmapChart *self, const Re3Scene *scene)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double height = re3_scene_get_height (scene);
  double remaining = height;
  double keep = MIN ((double) self->n_rows, 4) * re3_axis_line_height (theme);
  Frame frame = { 0 };
  double legend;

  measure_columns (self, theme, re3_scene_get_width (scene), &frame);
  if (frame.cell_width <= 0)
    return frame;
  measure_header (self, theme, height, &frame);
  frame.header_height = re3_take_room (&remaining, frame.header_height, keep);
  legend = re3_take_room (&remaining, legend_height (self, theme), keep);
  re3_rows_init (&frame.rows, theme, self->n_rows, frame.header_height, remaining,
                 MOST_STRETCH * re3_rows_natural_pitch (theme), 1);
  frame.legend_y =
      legend > 0 ? re3_rows_get_bottom (&frame.rows) + COLOR_BAR_GAP * theme->font_size : NAN;
  frame.gap = MIN (frame.cell_width, frame.rows.pitch) >= LEAST_GAP_CELL ? CELL_GAP : 0;
  return frame;
}

static void
add_column_labels (const Re3HeatmapChart *self, Re3Scene *scene, const Frame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double gap = 0.4 * theme->font_size;
  double line = re3_text_get_line_height (theme, frame->column_size, FALSE, NULL);
  Re3TextStyle style = re3_text_style (frame->column_size, &theme->foreground, RE3_ANCHOR_MIDDLE);

  style.vertical = frame->vertical;
  if (frame->vertical)
    style.anchor = RE3_ANCHOR_START;
  for (gsize i = 0; i < self->n_columns; i += frame->column_every) {
    double x = frame->left + ((double) i + 0.5) * frame->cell_width;
    double bottom = frame->header_height - gap;

    if (x + line / 2 > re3_scene_get_width (scene))
      break;
    re3_scene_add_text (scene, self->column_labels[i], &style, x,
                        frame->vertical ? bottom : bottom - line / 2,
                        frame->vertical ? bottom : frame->cell_width, NULL);
  }
}

/* A text size at which the widest value fits every cell; 0 if there is none. */
static double
find_value_size (const Re3HeatmapChart *self, const Re3Theme *theme, const Frame *frame)
{
  double size = re3_axis_text_size (theme);
  g_autofree char *widest = re3_format_fixed (-self->largest, self->decimals);

  for (double share = 1; share >= 0.8; share -= 0.1) {
    const char *text = widest;
    double width = re3_texts_measure (theme, &text, 1, share * size, FALSE);

    if (width + 0.6 * size <= frame->cell_width &&
        re3_text_get_line_height (theme, share * size, FALSE, NULL) <= frame->rows.pitch)
      return share * size;
  }
  return 0;
}

static void
add_cells (const Re3HeatmapChart *self, Re3Scene *scene, const Frame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double value_size = find_value_size (self, theme, frame);

  for (gsize row = 0; row < self->n_rows; row++)
    for (gsize column = 0; column < self->n_columns; column++) {
      double value = value_at (self, row, column);
      Re3Datum datum = { (int) row, (int) column, self->tooltips[row * self->n_columns + column] };
      Re3Rect cell = { frame->left + (double) column * frame->cell_width,
                       frame->rows.top + (double) row * frame->rows.pitch,
                       frame->cell_width - frame->gap, frame->rows.pitch - frame->gap };
      Re3Color fill;

      if (isnan (value))
        continue;
      fill = re3_theme_diverging (theme, self->largest > 0 ? value / self->largest : 0);
      re3_scene_add_rectangle (scene, &cell, &(Re3Paint){ .fill = fill }, &datum);
      if (value_size > 0) {
        Re3Color color = re3_theme_text_on (&fill);
        Re3TextStyle style = re3_text_style (value_size, &color, RE3_ANCHOR_MIDDLE);
        g_autofree char *text = re3_format_fixed (value, self->decimals);

        re3_scene_add_text (scene, text, &style, cell.x + cell.width / 2, cell.y + cell.height / 2,
                            0, &datum);
      }
    }
}

static void
add_row_labels (const Re3HeatmapChart *self, Re3Scene *scene, const Frame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Re3TextStyle style = re3_text_style (frame->rows.text_size, &theme->foreground, RE3_ANCHOR_END);

  for (gsize i = 0; i < self->n_rows; i++) {
    Re3Datum datum = { (int) i, -1, NULL };
    double y = re3_rows_get_middle (&frame->rows, i);
    double side = MIN (0.8 * theme->font_size, 0.7 * frame->rows.pitch);
    Re3Rect area = { 0, y - frame->rows.pitch / 2, frame->left, frame->rows.pitch };

    re3_scene_add_rectangle (scene, &area, &(Re3Paint){ 0 }, &datum);
    if (frame->label_width > 0 && re3_rows_has_text (&frame->rows, i))
      re3_scene_add_text (scene, self->row_labels[i], &style, frame->label_end, y,
                          frame->label_width + 0.01, &datum);
    if (!isnan (frame->swatch_x) && self->row_colors[i] >= 0) {
      Re3Rect swatch = { frame->swatch_x, y - side / 2, side, side };

      re3_scene_add_rectangle (
          scene, &swatch,
          &(Re3Paint){ .fill = re3_theme_class_color (theme, (gsize) self->row_colors[i]),
                       .radius = 1.5 },
          &datum);
    }
  }
}

static void
add_color_bar (const Re3HeatmapChart *self, Re3Scene *scene, const Frame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double size = re3_axis_text_size (theme);
  double line = re3_axis_line_height (theme);
  double width =
      MIN (re3_scene_get_width (scene) - frame->left, COLOR_BAR_WIDTH * theme->font_size);
  Re3TextStyle style = re3_text_style (size, &theme->muted, RE3_ANCHOR_START);
  Re3Rect step = { frame->left, frame->legend_y, width, COLOR_BAR_HEIGHT * theme->font_size };
  double largest = self->largest > 0 ? self->largest : 1;
  g_autofree char *title = NULL;
  Re3Axis axis;

  /* Every step reaches to the end, and the next one covers the rest: no seams in between. */
  for (int i = 0; i < COLOR_BAR_STEPS; i++) {
    double share = (double) i / COLOR_BAR_STEPS;

    step.x = frame->left + share * width;
    step.width = frame->left + width - step.x;
    re3_scene_add_rectangle (
        scene, &step,
        &(Re3Paint){ .fill = re3_theme_diverging (theme, 2 * (i + 0.5) / COLOR_BAR_STEPS - 1) },
        NULL);
  }

  re3_axis_init_to_fit (&axis, theme, -largest, largest, frame->left, frame->left + width, FALSE,
                        FALSE);
  re3_axis_add_across (&axis, scene, step.y + step.height, step.y + step.height + TICK_LENGTH,
                       step.y + step.height + TICK_LENGTH + line / 2);
  if (*self->color_title == '\0')
    return;
  title = re3_axis_format_title (&axis, self->color_title);
  re3_scene_add_text (scene, title, &style, frame->left,
                      step.y + step.height + TICK_LENGTH + 1.5 * line,
                      re3_scene_get_width (scene) - frame->left, NULL);
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3HeatmapChart *self = (Re3HeatmapChart *) chart;
  Frame frame = make_frame (self, scene);

  if (self->n_rows == 0 || self->n_columns == 0 || frame.cell_width <= 0 || frame.rows.pitch <= 0)
    return;
  add_cells (self, scene, &frame);
  add_row_labels (self, scene, &frame);
  if (frame.header_height > 0)
    add_column_labels (self, scene, &frame);
  if (!isnan (frame.legend_y))
    add_color_bar (self, scene, &frame);
}

/* The corner says what the numbers are. */
static void
fill_table (Re3Chart *chart, Re3ChartTable *table)
{
  Re3HeatmapChart *self = (Re3HeatmapChart *) chart;

  re3_chart_table_add_column (table, self->color_title, NULL);
  for (gsize i = 0; i < self->n_columns; i++)
    re3_chart_table_add_column (table, self->column_labels[i], NULL);
  for (gsize row = 0; row < self->n_rows; row++) {
    re3_chart_table_add_text (table, self->row_labels[row]);
    for (gsize column = 0; column < self->n_columns; column++)
      re3_chart_table_add_number (table, value_at (self, row, column));
  }
}

static void
finalize (Re3Chart *chart)
{
  Re3HeatmapChart *self = (Re3HeatmapChart *) chart;

  g_free (self->row_labels);
  g_free (self->row_colors);
  g_free (self->column_labels);
  g_free (self->values);
  g_free (self->tooltips);
}

static const Re3ChartKind heatmap_chart_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

static void
copy_values (Re3HeatmapChart *self, const double *values)
{
  Re3Chart *chart = &self->parent;
  gsize n_cells = self->n_rows * self->n_columns;

  self->values = g_new (double, n_cells);
  self->tooltips = g_new0 (const char *, n_cells);
  for (gsize i = 0; i < n_cells; i++) {
    g_autofree char *number = re3_format_signed (values[i], 4);
    g_autofree char *tooltip = NULL;

    self->values[i] = isnan (values[i]) ? NAN : re3_axis_tame (values[i]);
    if (isnan (values[i]))
      continue;
    self->largest = MAX (self->largest, fabs (self->values[i]));
    tooltip = g_strdup_printf ("%s, %s: %s", self->row_labels[i / self->n_columns],
                               self->column_labels[i % self->n_columns], number);
    self->tooltips[i] = re3_chart_copy_text (chart, tooltip);
  }

  /* Two significant digits of the largest one, for all, and tenths up to a hundred: in a map of
   * small numbers and one large one, the small ones differ by tenths. */
  self->decimals = self->largest > 0 ? CLAMP (1 - (int) floor (log10 (self->largest)),
                                              self->largest < 100 ? 1 : 0, 4)
                                     : 0;
}

Re3Chart *
re3_heatmap_chart_new (const Re3HeatmapData *data)
{
  Re3HeatmapChart *self;
  Re3Chart *chart;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data->row_labels != NULL || data->n_rows == 0, NULL);
  g_return_val_if_fail (data->column_labels != NULL || data->n_columns == 0, NULL);
  g_return_val_if_fail (data->values != NULL || data->n_rows * data->n_columns == 0, NULL);

  self = g_new0 (Re3HeatmapChart, 1);
  chart = &self->parent;
  re3_chart_init (chart, &heatmap_chart_kind, data->title, data->description);
  self->n_rows = data->n_rows;
  self->n_columns = data->n_columns;
  self->row_labels = re3_chart_copy_texts (chart, data->row_labels, data->n_rows);
  self->column_labels = re3_chart_copy_texts (chart, data->column_labels, data->n_columns);
  self->row_colors =
      data->row_colors != NULL ? g_memdup2 (data->row_colors, data->n_rows * sizeof (int)) : NULL;
  self->color_title =
      data->color_title != NULL ? re3_chart_copy_text (chart, data->color_title) : "";
  copy_values (self, data->values);
  return chart;
}
