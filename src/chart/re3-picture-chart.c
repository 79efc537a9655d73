/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-picture-chart.h"

#include "re3-axis-private.h"
#include "re3-cells-private.h"
#include "re3-chart-private.h"
#include "re3-color-bar-private.h"
#include "re3-number-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Its longer side is made no longer than this, in ems: pixels are to be seen as a whole. */
#define MOST_SIDE 26.0

/* Above the colour bar, in ems. */
#define COLOR_BAR_GAP 0.9

/* Pixels at least this large are made whole units, so that all are of one size on screen. */
#define LEAST_WHOLE 3.0

typedef struct {
  Re3Chart parent;
  double *values;
  gsize n_rows;
  gsize n_columns;
  const char **labels;
  const char **tooltips; /* (nullable) */
  Re3ColorBar color_bar;
} Re3PictureChart;

static double
legend_height (const Re3PictureChart *self, const Re3Theme *theme)
{
  return COLOR_BAR_GAP * theme->font_size + re3_color_bar_measure (&self->color_bar, theme);
}

/* The side of a pixel in a canvas of this size. */
static double
fit_pixel (const Re3PictureChart *self, const Re3Theme *theme, double width, double height)
{
  double n_rows = (double) self->n_rows;
  double n_columns = (double) self->n_columns;
  double most = MAX (MOST_SIDE * theme->font_size / MAX (n_rows, n_columns), 1);
  double side = MIN (MIN (width / n_columns, height / n_rows), most);

  return side >= LEAST_WHOLE ? floor (side) : MAX (side, 0);
}

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  Re3PictureChart *self = (Re3PictureChart *) chart;

  return ceil (fit_pixel (self, theme, width, INFINITY) * (double) self->n_rows +
               legend_height (self, theme));
}

/* (transfer full) */
static char *
describe_pixel (Re3Chart *chart, gsize row, gsize column)
{
  Re3PictureChart *self = (Re3PictureChart *) chart;
  gsize index = row * self->n_columns + column;
  g_autofree char *number = NULL;

  if (self->tooltips != NULL)
    return g_strdup (self->tooltips[index]);
  number = self->color_bar.scale == RE3_SCALE_DIVERGING
               ? re3_format_signed (self->values[index], 4)
               : re3_format_number (self->values[index], 4);
  return g_strdup_printf ("%s: %s", self->labels[index], number);
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3PictureChart *self = (Re3PictureChart *) chart;
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double remaining = re3_scene_get_height (scene);
  double legend =
      re3_take_room (&remaining, legend_height (self, theme), 4 * re3_axis_line_height (theme));
  double side = fit_pixel (self, theme, re3_scene_get_width (scene), remaining);
  Re3Rect body = { 0, 0, side * (double) self->n_columns, side * (double) self->n_rows };
  double largest = self->color_bar.largest;
  g_autofree int *items = g_new (int, self->n_rows);
  Re3Cells *cells;

  if (side <= 0)
    return;

  for (gsize row = 0; row < self->n_rows; row++)
    items[row] = (int) row;
  cells = re3_cells_new (chart, self->n_rows, self->n_columns, items, describe_pixel);
  for (gsize row = 0; row < self->n_rows; row++)
    for (gsize column = 0; column < self->n_columns; column++) {
      double value = self->values[row * self->n_columns + column];
      double share = largest > 0 ? CLAMP (re3_axis_tame (value) / largest, -1, 1) : 0;
      Re3Color color = re3_theme_scale_color (theme, self->color_bar.scale, share);

      re3_cells_set (cells, row, column, &color, fabs (value));
    }
  re3_scene_add_cells (scene, &body, cells);
  if (legend > 0)
    re3_color_bar_add (&self->color_bar, scene, 0, body.height + COLOR_BAR_GAP * theme->font_size,
                       MAX (body.width, 1));
}

static void
fill_table (Re3Chart *chart, Re3ChartTable *table)
{
  Re3PictureChart *self = (Re3PictureChart *) chart;

  re3_chart_table_add_column (table, _ ("pixel"), NULL);
  re3_chart_table_add_column (table, _ ("row"), NULL);
  re3_chart_table_add_column (table, _ ("column"), NULL);
  re3_chart_table_add_column (table, self->color_bar.title, NULL);
  for (gsize i = 0; i < self->n_rows * self->n_columns; i++) {
    re3_chart_table_add_text (table, self->labels[i]);
    re3_chart_table_add_number (table, (double) (i / self->n_columns + 1));
    re3_chart_table_add_number (table, (double) (i % self->n_columns + 1));
    re3_chart_table_add_number (table, self->values[i]);
  }
}

static void
finalize (Re3Chart *chart)
{
  Re3PictureChart *self = (Re3PictureChart *) chart;

  g_free (self->values);
  g_free (self->labels);
  g_free (self->tooltips);
}

static const Re3ChartKind picture_chart_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

Re3Chart *
re3_picture_chart_new (const Re3PictureData *data)
{
  Re3PictureChart *self;
  Re3Chart *chart;
  gsize n_pixels;

  g_return_val_if_fail (data != NULL && data->values != NULL && data->labels != NULL, NULL);
  g_return_val_if_fail (data->n_rows > 0 && data->n_columns > 0, NULL);

  self = g_new0 (Re3PictureChart, 1);
  chart = &self->parent;
  n_pixels = data->n_rows * data->n_columns;
  re3_chart_init (chart, &picture_chart_kind, data->title, data->description);
  self->n_rows = data->n_rows;
  self->n_columns = data->n_columns;
  self->values = g_memdup2 (data->values, n_pixels * sizeof (double));
  self->labels = re3_chart_copy_texts (chart, data->labels, n_pixels);
  if (data->tooltips != NULL)
    self->tooltips = re3_chart_copy_texts (chart, data->tooltips, n_pixels);
  self->color_bar.scale = data->scale;
  self->color_bar.title =
      data->color_title != NULL ? re3_chart_copy_text (chart, data->color_title) : "";
  self->color_bar.largest = re3_axis_tame (data->largest);
  for (gsize i = 0; i < n_pixels && data->largest <= 0; i++)
    self->color_bar.largest = MAX (self->color_bar.largest, fabs (re3_axis_tame (data->values[i])));
  return chart;
}
