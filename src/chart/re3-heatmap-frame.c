/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-heatmap-private.h"

#include "re3-axis-private.h"
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

/* Labels of columns up to so many ems stay upright, and are thinned where there are too many. */
#define MOST_SHORT_LABEL 2.4

/* Rows with a second line of text in their cells, in times of the others. */
#define TWO_LINES 1.6

/* Of a last column that stands apart, in ems. */
#define APART_GAP   0.6
#define APART_WIDTH 2.0

/* So many rows of a compact map still have room for their names. */
#define COMPACT_ROWS 24.0

/* Above the colour bar, in ems. */
#define COLOR_BAR_GAP 0.9

/* Of the line of a title of the rows or columns. */
#define TITLE_HEIGHT 1.3

static double
legend_height (const Re3HeatmapChart *self, const Re3Theme *theme)
{
  return self->hide_color_bar
             ? 0
             : COLOR_BAR_GAP * theme->font_size + re3_color_bar_measure (&self->color_bar, theme);
}

static gboolean
is_last (const Re3HeatmapChart *self, gsize column)
{
  return column + 1 == self->n_columns;
}

double
re3_heatmap_column_left (const Re3HeatmapChart *self, const Re3HeatmapFrame *frame, gsize column)
{
  return frame->left + (double) column * frame->cell_width +
         (is_last (self, column) ? frame->last_gap : 0);
}

double
re3_heatmap_column_width (const Re3HeatmapChart *self, const Re3HeatmapFrame *frame, gsize column)
{
  return is_last (self, column) ? frame->last_width : frame->cell_width;
}

static double
natural_pitch (const Re3HeatmapChart *self, const Re3Theme *theme)
{
  return ceil ((self->details != NULL ? TWO_LINES : 1) * re3_rows_natural_pitch (theme));
}

/* Labels stand upright where the widest one fits its column or all are short, else they read
 * upward. */
static void
measure_header (const Re3HeatmapChart *self,
                const Re3Theme *theme,
                double height,
                Re3HeatmapFrame *frame)
{
  double size = re3_axis_text_size (theme);
  double line = re3_text_get_line_height (theme, size, FALSE, NULL);
  double widest = re3_texts_measure (theme, self->column_labels, self->n_columns, size, FALSE);
  double gap = 0.4 * theme->font_size;

  frame->column_size = size;
  frame->vertical =
      widest + 0.5 * size > frame->cell_width && widest > MOST_SHORT_LABEL * theme->font_size;
  frame->column_title_height = self->column_title != NULL ? TITLE_HEIGHT * line : 0;
  frame->header_height = (frame->vertical ? MIN (widest, MOST_COLUMN_SHARE * height) : line) + gap +
                         frame->column_title_height;
  frame->column_every = (gsize) MAX (
      1, ceil ((frame->vertical ? line : widest + 0.5 * size) / frame->cell_width - 1e-6));
}

static void
measure_columns (const Re3HeatmapChart *self,
                 const Re3Theme *theme,
                 double width,
                 Re3HeatmapFrame *frame)
{
  double gap = 0.6 * theme->font_size;
  double swatch = self->row_colors != NULL ? 0.9 * theme->font_size : 0;
  double n_columns = (double) MAX (self->n_columns, 1);
  double widest =
      re3_texts_measure (theme, self->row_labels, self->n_rows, theme->font_size, FALSE);

  frame->row_title_width =
      self->row_title != NULL ? TITLE_HEIGHT * re3_axis_line_height (theme) : 0;
  if (frame->row_title_width > 0.5 * MOST_LABEL_SHARE * width)
    frame->row_title_width = 0;
  frame->label_width = MIN (widest, MOST_LABEL_SHARE * width - frame->row_title_width);
  frame->label_end = frame->row_title_width + frame->label_width;
  frame->swatch_x = swatch > 0 ? frame->label_end + 0.4 * theme->font_size : NAN;
  frame->left = frame->label_end + (swatch > 0 ? 0.4 * theme->font_size + swatch : 0) + gap;
  if (self->last_apart && self->n_columns > 1) {
    frame->last_gap = APART_GAP * theme->font_size;
    frame->last_width = APART_WIDTH * theme->font_size;
    n_columns--;
  }
  frame->cell_width = MIN ((width - frame->left - frame->last_gap - frame->last_width) / n_columns,
                           MOST_CELL_WIDTH * theme->font_size);
  /* A last column that is no wider than the others is one of them. */
  if (frame->last_width > 0 && frame->cell_width > frame->last_width)
    frame->last_width = frame->cell_width =
        MIN ((width - frame->left - frame->last_gap) / (n_columns + 1),
             MOST_CELL_WIDTH * theme->font_size);
  if (frame->cell_width >= LEAST_GAP_CELL)
    frame->cell_width = floor (frame->cell_width);
  frame->last_width = MAX (frame->last_width, frame->cell_width);
}

/* Of many rows, where only their pattern counts, all are as high as some are else. */
static double
natural_rows (const Re3HeatmapChart *self, const Re3Theme *theme)
{
  double n_rows = (double) self->n_rows;

  if (self->compact && n_rows > COMPACT_ROWS)
    return MAX (COMPACT_ROWS * natural_pitch (self, theme), n_rows);
  return n_rows * natural_pitch (self, theme);
}

double
re3_heatmap_get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  Re3HeatmapChart *self = (Re3HeatmapChart *) chart;
  double rows = natural_rows (self, theme);
  Re3HeatmapFrame frame = { 0 };

  measure_columns (self, theme, width, &frame);
  if (frame.cell_width > 0)
    measure_header (self, theme, rows + 20 * theme->font_size, &frame);
  return ceil (frame.header_height + rows + legend_height (self, theme));
}

Re3HeatmapFrame
re3_heatmap_make_frame (const Re3HeatmapChart *self, const Re3Scene *scene)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double height = re3_scene_get_height (scene);
  double remaining = height;
  double keep = MIN ((double) self->n_rows, 4) * re3_axis_line_height (theme);
  Re3HeatmapFrame frame = { 0 };
  double legend;

  measure_columns (self, theme, re3_scene_get_width (scene), &frame);
  if (frame.cell_width <= 0)
    return frame;
  measure_header (self, theme, height, &frame);
  frame.header_height = re3_take_room (&remaining, frame.header_height, keep);
  if (frame.header_height == 0)
    frame.column_title_height = 0;
  legend = re3_take_room (&remaining, legend_height (self, theme), keep);
  re3_rows_init (&frame.rows, theme, self->n_rows, frame.header_height, remaining,
                 MOST_STRETCH * natural_pitch (self, theme), 1);
  frame.legend_y =
      legend > 0 ? re3_rows_get_bottom (&frame.rows) + COLOR_BAR_GAP * theme->font_size : NAN;
  frame.gap = MIN (frame.cell_width, frame.rows.pitch) >= LEAST_GAP_CELL ? CELL_GAP : 0;
  return frame;
}
