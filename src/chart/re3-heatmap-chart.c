/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-heatmap-private.h"

#include "re3-axis-private.h"
#include "re3-color-private.h"
#include "re3-number-format.h"
#include "re3-text-private.h"

#include <math.h>

/* More cells than this are one picture: nobody reads so many numbers. */
#define MOST_SHAPES 2500

/* Colours of a scale that are told apart: more than a screen does. An odd number, so that zero has
 * one of its own. */
#define COLOR_STEPS 2049

static double
value_at (const Re3HeatmapChart *self, gsize row, gsize column)
{
  return self->values[row * self->n_columns + column];
}

static gboolean
is_picture (const Re3HeatmapChart *self, const Re3HeatmapFrame *frame)
{
  return frame->gap == 0 || self->n_rows * self->n_columns > MOST_SHAPES;
}

/* In the middle of the rows and columns, or as near to it as the canvas lets them. */
static void
add_titles (const Re3HeatmapChart *self, Re3Scene *scene, const Re3HeatmapFrame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double size = re3_axis_text_size (theme);
  double line = re3_axis_line_height (theme);
  double bottom = re3_rows_get_bottom (&frame->rows);
  double right = re3_heatmap_column_left (self, frame, self->n_columns - 1) + frame->last_width;
  Re3TextStyle style = re3_text_style (size, &theme->muted, RE3_ANCHOR_MIDDLE);

  if (frame->column_title_height > 0) {
    double width = re3_scene_get_width (scene);
    double half = MIN (re3_texts_measure (theme, &self->column_title, 1, size, FALSE), width) / 2;

    re3_scene_add_text (scene, self->column_title, &style,
                        CLAMP ((frame->left + right) / 2, half, width - half), line / 2, width,
                        NULL);
  }
  style.vertical = TRUE;
  if (frame->row_title_width > 0)
    re3_scene_add_text (scene, self->row_title, &style, line / 2, (frame->rows.top + bottom) / 2,
                        bottom - frame->rows.top, NULL);
}

static void
add_column_label (const Re3HeatmapChart *self,
                  Re3Scene *scene,
                  const Re3HeatmapFrame *frame,
                  gsize column)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Re3TextStyle style = re3_text_style (frame->column_size, &theme->foreground,
                                       frame->vertical ? RE3_ANCHOR_START : RE3_ANCHOR_MIDDLE);
  const char *label = self->column_labels[column];
  double line = re3_text_get_line_height (theme, frame->column_size, FALSE, NULL);
  double bottom = frame->header_height - 0.4 * theme->font_size;
  double width = re3_heatmap_column_width (self, frame, column);
  double x = re3_heatmap_column_left (self, frame, column) + width / 2;
  double room = MAX (width, (double) frame->column_every * frame->cell_width);
  double half = MIN (re3_texts_measure (theme, &label, 1, frame->column_size, FALSE), room) / 2;

  style.vertical = frame->vertical;
  if (x + (frame->vertical ? line / 2 : half) <= re3_scene_get_width (scene))
    re3_scene_add_text (scene, label, &style, x, frame->vertical ? bottom : bottom - line / 2,
                        frame->vertical ? bottom - frame->column_title_height : room, NULL);
}

/* One in so many, and a last one that stands apart in any case. */
static void
add_column_labels (const Re3HeatmapChart *self, Re3Scene *scene, const Re3HeatmapFrame *frame)
{
  gsize n = self->n_columns - (frame->last_gap > 0 ? 1 : 0);
  double end = re3_heatmap_column_left (self, frame, self->n_columns - 1);

  for (gsize i = 0; i < n; i += frame->column_every) {
    double right = re3_heatmap_column_left (self, frame, i) +
                   (double) (frame->column_every + 1) / 2 * frame->cell_width;

    if (n == self->n_columns || right <= end)
      add_column_label (self, scene, frame, i);
  }
  if (n < self->n_columns)
    add_column_label (self, scene, frame, n);
}

static double
measure_values (const Re3HeatmapChart *self, const Re3Theme *theme, double size)
{
  gboolean is_signed = self->color_bar.scale == RE3_SCALE_DIVERGING;
  g_autofree char *number = NULL;
  const char *widest;

  if (self->texts != NULL)
    return re3_texts_measure (theme, self->texts, self->n_rows * self->n_columns, size, FALSE);
  widest = number = re3_format_fixed (is_signed ? -self->largest : self->largest, self->decimals);
  return re3_texts_measure (theme, &widest, 1, size, FALSE);
}

/* A text size at which the widest value fits every cell; 0 if there is none. */
static double
find_value_size (const Re3HeatmapChart *self, const Re3Theme *theme, const Re3HeatmapFrame *frame)
{
  double size = re3_axis_text_size (theme);

  /* Not even a digit would. */
  if (frame->cell_width < size)
    return 0;
  for (double share = 1; share >= 0.8; share -= 0.1) {
    if (measure_values (self, theme, share * size) + 0.6 * size <= frame->cell_width &&
        re3_text_get_line_height (theme, share * size, FALSE, NULL) <=
            frame->rows.pitch - frame->gap)
      return share * size;
  }
  return 0;
}

/* Whether a second line fits every cell, below the first one of @size. */
static gboolean
has_room_for_details (const Re3HeatmapChart *self,
                      const Re3Theme *theme,
                      const Re3HeatmapFrame *frame,
                      double size)
{
  return self->details != NULL &&
         2 * re3_text_get_line_height (theme, size, FALSE, NULL) <=
             frame->rows.pitch - frame->gap &&
         re3_texts_measure (theme, self->details, self->n_rows * self->n_columns, size, FALSE) +
                 0.6 * size <=
             frame->cell_width;
}

static void
add_cell_text (const Re3HeatmapChart *self,
               Re3Scene *scene,
               gsize index,
               const Re3Rect *cell,
               const Re3Color *fill,
               double size,
               gboolean has_details,
               const Re3Datum *datum)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Re3Color color = re3_theme_text_on (fill);
  Re3TextStyle style = re3_text_style (size, &color, RE3_ANCHOR_MIDDLE);
  g_autofree char *number =
      self->texts == NULL ? re3_format_fixed (self->values[index], self->decimals) : NULL;
  const char *text = self->texts != NULL ? self->texts[index] : number;
  double half = re3_text_get_line_height (theme, size, FALSE, NULL) / 2;
  double x = cell->x + cell->width / 2;
  double y = cell->y + cell->height / 2;

  has_details &= self->details != NULL && self->details[index] != NULL;
  if (text != NULL)
    re3_scene_add_text (scene, text, &style, x, has_details ? y - half : y, 0, datum);
  if (has_details)
    re3_scene_add_text (scene, self->details[index], &style, x, y + half, 0, datum);
}

static double
scale_share (const Re3HeatmapChart *self, double value)
{
  return self->color_bar.largest > 0
             ? CLAMP (re3_axis_tame (value) / self->color_bar.largest, -1, 1)
             : 0;
}

/* (transfer full) (nullable) */
static char *
describe_cell (Re3Chart *chart, gsize row, gsize column)
{
  Re3HeatmapChart *self = (Re3HeatmapChart *) chart;
  double value = value_at (self, row, column);
  g_autofree char *number = NULL;

  if (self->tooltips != NULL)
    return g_strdup (self->tooltips[row * self->n_columns + column]);
  number = self->color_bar.scale == RE3_SCALE_DIVERGING ? re3_format_signed (value, 4)
                                                        : re3_format_number (value, 4);
  return g_strdup_printf ("%s, %s: %s", self->row_labels[row], self->column_labels[column], number);
}

static void
add_cell (Re3HeatmapChart *self,
          Re3Scene *scene,
          const Re3HeatmapFrame *frame,
          gsize row,
          gsize column,
          double value_size,
          gboolean has_details)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  gsize index = row * self->n_columns + column;
  double value = self->values[index];
  g_autofree char *tooltip = NULL;
  Re3Datum datum = { self->row_items[row], (int) column, NULL };
  Re3Rect cell = { re3_heatmap_column_left (self, frame, column),
                   frame->rows.top + (double) row * frame->rows.pitch,
                   re3_heatmap_column_width (self, frame, column) - frame->gap,
                   frame->rows.pitch - frame->gap };
  Re3Color fill;

  if (isnan (value))
    return;
  tooltip = describe_cell (&self->parent, row, column);
  if (tooltip != NULL)
    datum.tooltip = re3_scene_keep_text (scene, tooltip);
  fill = re3_theme_scale_color (theme, self->color_bar.scale, scale_share (self, value));
  re3_scene_add_rectangle (scene, &cell, &(Re3Paint){ .fill = fill }, &datum);
  if (value_size > 0)
    add_cell_text (self, scene, index, &cell, &fill, value_size, has_details, &datum);
}

/* Small cells, and very many, as one mark; but for a last column that stands apart. */
static void
add_picture (Re3HeatmapChart *self, Re3Scene *scene, const Re3HeatmapFrame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  gsize n_columns = self->n_columns - (frame->last_gap > 0 ? 1 : 0);
  Re3Cells *cells =
      re3_cells_new (&self->parent, self->n_rows, n_columns, self->row_items, describe_cell);
  Re3Rect body = { frame->left, frame->rows.top, (double) n_columns * frame->cell_width,
                   (double) self->n_rows * frame->rows.pitch };
  g_autofree Re3Color *colors = g_new (Re3Color, COLOR_STEPS);

  /* Mixing a colour evenly takes long. */
  for (int i = 0; i < COLOR_STEPS; i++)
    colors[i] =
        re3_theme_scale_color (theme, self->color_bar.scale, 2.0 * i / (COLOR_STEPS - 1) - 1);
  for (gsize row = 0; row < self->n_rows; row++)
    for (gsize column = 0; column < n_columns; column++) {
      double value = value_at (self, row, column);
      double share = scale_share (self, value);

      if (!isnan (value))
        re3_cells_set (cells, row, column,
                       &colors[(int) round ((share + 1) / 2 * (COLOR_STEPS - 1))], fabs (value));
    }
  re3_scene_add_cells (scene, &body, cells);
  for (gsize row = 0; row < self->n_rows && n_columns < self->n_columns; row++)
    add_cell (self, scene, frame, row, n_columns, 0, FALSE);
}

static void
add_cells (Re3HeatmapChart *self, Re3Scene *scene, const Re3HeatmapFrame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double value_size = find_value_size (self, theme, frame);
  gboolean has_details = value_size > 0 && has_room_for_details (self, theme, frame, value_size);

  for (gsize row = 0; row < self->n_rows; row++)
    for (gsize column = 0; column < self->n_columns; column++)
      add_cell (self, scene, frame, row, column, value_size, has_details);
}

static void
add_row_labels (const Re3HeatmapChart *self, Re3Scene *scene, const Re3HeatmapFrame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Re3TextStyle style = re3_text_style (frame->rows.text_size, &theme->foreground, RE3_ANCHOR_END);

  for (gsize i = 0; i < self->n_rows; i++) {
    Re3Datum datum = { self->row_items[i], -1, NULL };
    double y = re3_rows_get_middle (&frame->rows, i);
    double side = MIN (0.8 * theme->font_size, 0.7 * frame->rows.pitch);
    Re3Rect area = { frame->row_title_width, y - frame->rows.pitch / 2,
                     frame->left - frame->row_title_width, frame->rows.pitch };

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
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3HeatmapChart *self = (Re3HeatmapChart *) chart;
  Re3HeatmapFrame frame = re3_heatmap_make_frame (self, scene);

  if (self->n_rows == 0 || self->n_columns == 0 || frame.cell_width <= 0 || frame.rows.pitch <= 0)
    return;
  if (is_picture (self, &frame))
    add_picture (self, scene, &frame);
  else
    add_cells (self, scene, &frame);
  add_row_labels (self, scene, &frame);
  if (frame.header_height > 0)
    add_column_labels (self, scene, &frame);
  add_titles (self, scene, &frame);
  if (!isnan (frame.legend_y))
    re3_color_bar_add (&self->color_bar, scene, frame.left, frame.legend_y,
                       re3_scene_get_width (scene) - frame.left);
}

/* The corner says what the numbers are. */
static void
fill_table (Re3Chart *chart, Re3ChartTable *table)
{
  Re3HeatmapChart *self = (Re3HeatmapChart *) chart;

  re3_chart_table_add_column (
      table, self->row_title != NULL ? self->row_title : self->color_bar.title, NULL);
  for (gsize i = 0; i < self->n_columns; i++)
    re3_chart_table_add_column (table, self->column_labels[i], NULL);
  for (gsize row = 0; row < self->n_rows; row++) {
    re3_chart_table_add_text (table, self->row_labels[row]);
    for (gsize column = 0; column < self->n_columns; column++)
      re3_chart_table_add_number (table, self->numbers != NULL
                                             ? self->numbers[row * self->n_columns + column]
                                             : value_at (self, row, column));
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
  g_free (self->row_items);
  g_free (self->numbers);
  g_free (self->texts);
  g_free (self->details);
}

static const Re3ChartKind heatmap_chart_kind = {
  .get_natural_height = re3_heatmap_get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

static void
copy_values (Re3HeatmapChart *self, const double *values, const char *const *tooltips)
{
  gsize n_cells = self->n_rows * self->n_columns;

  self->values = g_memdup2 (values, n_cells * sizeof (double));
  if (tooltips != NULL)
    self->tooltips = re3_chart_copy_texts (&self->parent, tooltips, n_cells);
  for (gsize i = 0; i < n_cells; i++)
    self->largest = MAX (self->largest, fabs (re3_axis_tame (values[i])));

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
  self->row_items = g_new (int, data->n_rows);
  for (gsize i = 0; i < data->n_rows; i++)
    self->row_items[i] = data->row_items != NULL ? data->row_items[i] : (int) i;
  self->row_title = re3_chart_copy_text (chart, data->row_title);
  self->column_title = re3_chart_copy_text (chart, data->column_title);
  if (data->cell_texts != NULL)
    self->texts = re3_chart_copy_texts (chart, data->cell_texts, data->n_rows * data->n_columns);
  if (data->cell_details != NULL)
    self->details =
        re3_chart_copy_texts (chart, data->cell_details, data->n_rows * data->n_columns);
  if (data->numbers != NULL)
    self->numbers = g_memdup2 (data->numbers, data->n_rows * data->n_columns * sizeof (double));
  self->hide_color_bar = data->hide_color_bar;
  self->last_apart = data->last_apart;
  self->compact = data->compact;
  self->color_bar.scale = data->scale;
  self->color_bar.title =
      data->color_title != NULL ? re3_chart_copy_text (chart, data->color_title) : "";
  copy_values (self, data->values, data->cell_tooltips);
  self->color_bar.largest = data->largest > 0 ? re3_axis_tame (data->largest) : self->largest;
  return chart;
}
