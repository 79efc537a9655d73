/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-violin-chart.h"

#include "re3-axis-private.h"
#include "re3-chart-private.h"
#include "re3-color-private.h"
#include "re3-rows-private.h"
#include "re3-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* In times of the rows of other charts. */
#define ROW_HEIGHT   2.4
#define MOST_STRETCH 1.6

/* Of a row. */
#define VIOLIN_SHARE 0.84

#define MOST_LABEL_SHARE 0.3

/* In chart units. */
#define QUARTILE_HEIGHT 4.0
#define MEDIAN_RADIUS   4.0
#define MEDIAN_EDGE     1.0
#define LEAST_PITCH     4.0
#define EDGE            4.0

/* Outer bands are so much lighter than the inner ones. */
#define OUTER_LIGHTNESS 0.45

typedef struct {
  Re3Violin violin;
  double largest; /* density */
} Row;

typedef struct {
  Re3Chart parent;
  Row *rows;
  gsize n_rows;
  const char *axis_title;
  double low;
  double high;
} Re3ViolinChart;

typedef struct {
  Re3Rows rows;
  double name_width;
  double plot_left;
  double plot_right;
  gboolean has_details;
  double axis_y; /* NAN: no room */
  double title_y;
} Frame;

static gboolean
has_numbers (const Re3Violin *violin)
{
  return isfinite (violin->quantiles[0]) && isfinite (violin->quantiles[RE3_VIOLIN_BANDS]);
}

static double
natural_pitch (const Re3Theme *theme)
{
  return ceil (ROW_HEIGHT * re3_rows_natural_pitch (theme));
}

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  Re3ViolinChart *self = (Re3ViolinChart *) chart;

  (void) width;
  return ceil ((double) self->n_rows * natural_pitch (theme) +
               (RE3_AXIS_LABELS_HEIGHT + RE3_AXIS_TITLE_HEIGHT) * re3_axis_line_height (theme));
}

static Frame
make_frame (const Re3ViolinChart *self, const Re3Scene *scene)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double width = re3_scene_get_width (scene);
  double line = re3_axis_line_height (theme);
  double gap = 0.6 * theme->font_size;
  double remaining = re3_scene_get_height (scene);
  double keep = MIN ((double) self->n_rows, 4) * line;
  double axis = re3_take_room (&remaining, RE3_AXIS_LABELS_HEIGHT * line, keep);
  double title = *self->axis_title != '\0'
                     ? re3_take_room (&remaining, RE3_AXIS_TITLE_HEIGHT * line, keep)
                     : 0;
  double names = 0;
  double details = 0;
  double bottom;
  Frame frame = { 0 };

  re3_rows_init (&frame.rows, theme, self->n_rows, 0, remaining,
                 MOST_STRETCH * natural_pitch (theme), VIOLIN_SHARE);
  for (gsize i = 0; i < self->n_rows; i++) {
    const Re3Violin *violin = &self->rows[i].violin;

    names = MAX (names, re3_texts_measure (theme, &violin->label, 1, frame.rows.text_size, FALSE));
    details = MAX (details, re3_texts_measure (theme, &violin->detail, 1,
                                               re3_axis_text_size (theme), FALSE));
  }
  frame.has_details = details > 0 && details + gap <= MOST_LABEL_SHARE * width;
  frame.name_width = MIN (names, MOST_LABEL_SHARE * width);
  frame.plot_left = re3_scene_snap (frame.name_width + gap, width);
  frame.plot_right = width - EDGE - (frame.has_details ? details + gap : 0);
  bottom = re3_rows_get_bottom (&frame.rows);
  frame.axis_y = axis > 0 ? bottom + axis - line / 2 : NAN;
  frame.title_y = title > 0 ? bottom + axis + title - line / 2 : NAN;
  return frame;
}

/* Half of the height that a violin has at @value. */
static double
half_height (const Row *row, const Re3Rows *rows, double value)
{
  const Re3Violin *violin = &row->violin;
  double low = violin->quantiles[0];
  double high = violin->quantiles[RE3_VIOLIN_BANDS];
  double place = (value - low) / (high - low) * (double) (violin->n_points - 1);
  gsize before = (gsize) CLAMP (place, 0, (double) (violin->n_points - 2));
  double share = CLAMP (place - (double) before, 0, 1);
  double density = violin->densities[before] +
                   share * (violin->densities[before + 1] - violin->densities[before]);

  return row->largest > 0 ? density / row->largest * rows->thickness / 2 : 0;
}

/* One side of the outline from @from to @to, through the points in between. */
static void
trace_side (const Row *row,
            Re3Scene *scene,
            const Frame *frame,
            const Re3Axis *axis,
            double middle,
            double from,
            double to,
            double side)
{
  const Re3Violin *violin = &row->violin;
  double low = violin->quantiles[0];
  double step = (violin->quantiles[RE3_VIOLIN_BANDS] - low) / (double) (violin->n_points - 1);

  re3_scene_line_to (scene, re3_axis_place (axis, from),
                     middle + side * half_height (row, &frame->rows, from));
  for (gsize i = 0; i < violin->n_points; i++) {
    double value = low + step * (double) (from < to ? i : violin->n_points - 1 - i);

    if (value > MIN (from, to) && value < MAX (from, to))
      re3_scene_line_to (scene, re3_axis_place (axis, value),
                         middle + side * half_height (row, &frame->rows, value));
  }
  re3_scene_line_to (scene, re3_axis_place (axis, to),
                     middle + side * half_height (row, &frame->rows, to));
}

static void
add_band (const Row *row,
          Re3Scene *scene,
          const Frame *frame,
          const Re3Axis *axis,
          double middle,
          int item,
          gsize band)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  const Re3Violin *violin = &row->violin;
  double from = violin->quantiles[band];
  double to = violin->quantiles[band + 1];
  Re3Datum datum = { item, (int) band, violin->tooltips[band] };
  Re3Color color = violin->color_index < 0
                       ? theme->surface
                       : re3_theme_class_color (theme, (gsize) violin->color_index);
  gboolean is_outer = band == 0 || band + 1 == RE3_VIOLIN_BANDS;
  Re3Paint paint = {
    .fill = is_outer ? re3_color_mix (&color, &theme->background, OUTER_LIGHTNESS) : color,
  };

  if (violin->densities == NULL || !(to > from))
    return;
  re3_scene_move_to (scene, re3_axis_place (axis, from), middle);
  trace_side (row, scene, frame, axis, middle, from, to, -1);
  trace_side (row, scene, frame, axis, middle, to, from, +1);
  re3_scene_close_path (scene);
  re3_scene_add_path (scene, &paint, &datum);
}

/* The quartiles and the median, on the violin. */
static void
add_quartiles (const Row *row,
               Re3Scene *scene,
               const Frame *frame,
               const Re3Axis *axis,
               double middle)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  const double *quantiles = row->violin.quantiles;
  double height = MIN (QUARTILE_HEIGHT, frame->rows.pitch / 3);
  double radius = MIN (MEDIAN_RADIUS, frame->rows.pitch / 3);
  double left = re3_axis_place (axis, quantiles[1]);
  Re3Rect bar = { left, middle - height / 2, re3_axis_place (axis, quantiles[3]) - left, height };

  if (frame->rows.pitch < LEAST_PITCH)
    return;
  re3_scene_add_line (scene, re3_axis_place (axis, quantiles[0]), middle,
                      re3_axis_place (axis, quantiles[RE3_VIOLIN_BANDS]), middle,
                      &theme->foreground, 1);
  if (bar.width > 0)
    re3_scene_add_rectangle (scene, &bar, &(Re3Paint){ .fill = theme->foreground, .radius = 1 },
                             NULL);
  re3_scene_add_dot (scene, re3_axis_place (axis, quantiles[2]), middle, radius,
                     &theme->foreground);
  re3_scene_add_dot (scene, re3_axis_place (axis, quantiles[2]), middle, radius - MEDIAN_EDGE,
                     &theme->background);
}

static void
add_row (const Re3ViolinChart *self,
         Re3Scene *scene,
         const Frame *frame,
         const Re3Axis *axis,
         gsize index)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  const Row *row = &self->rows[index];
  double width = re3_scene_get_width (scene);
  double middle = re3_rows_get_middle (&frame->rows, index);
  Re3TextStyle name = re3_text_style (frame->rows.text_size, &theme->foreground, RE3_ANCHOR_END);
  Re3TextStyle detail = re3_text_style (MIN (re3_axis_text_size (theme), frame->rows.text_size),
                                        &theme->muted, RE3_ANCHOR_END);
  Re3Datum datum = { (int) index, -1, NULL };
  Re3Rect area = { 0, middle - frame->rows.pitch / 2, width, frame->rows.pitch };

  re3_scene_add_rectangle (scene, &area, &(Re3Paint){ 0 }, &datum);
  if (re3_rows_has_text (&frame->rows, index)) {
    if (frame->name_width > 0)
      re3_scene_add_text (scene, row->violin.label, &name, frame->name_width, middle,
                          frame->name_width + 0.01, &datum);
    if (frame->has_details && row->violin.detail != NULL)
      re3_scene_add_text (scene, row->violin.detail, &detail, width, middle, 0, &datum);
  }
  if (!has_numbers (&row->violin))
    return;
  for (gsize band = 0; band < RE3_VIOLIN_BANDS; band++)
    add_band (row, scene, frame, axis, middle, (int) index, band);
  add_quartiles (row, scene, frame, axis, middle);
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3ViolinChart *self = (Re3ViolinChart *) chart;
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Frame frame = make_frame (self, scene);
  double bottom = re3_rows_get_bottom (&frame.rows);
  Re3Axis axis;

  /* Dots and names have no place in less. */
  if (self->n_rows == 0 || frame.plot_right - frame.plot_left < 2 * EDGE || frame.rows.pitch <= 0)
    return;
  re3_axis_init_to_fit (&axis, theme, self->low, self->high, frame.plot_left, frame.plot_right,
                        FALSE, FALSE);
  re3_axis_add_across (&axis, scene, frame.rows.top, bottom, frame.axis_y);
  for (gsize i = 0; i < self->n_rows; i++)
    add_row (self, scene, &frame, &axis, i);
  if (!isnan (frame.title_y))
    re3_axis_add_title (&axis, scene, self->axis_title, (frame.plot_left + frame.plot_right) / 2,
                        frame.title_y);
}

/* Of what the whole violin has, each row says it. */
static void
add_table_row (const Re3Violin *violin, Re3ChartTable *table, double value, double density)
{
  re3_chart_table_add_text (table, violin->label);
  re3_chart_table_add_number (table, value);
  re3_chart_table_add_number (table, density);
  for (gsize i = 0; i <= RE3_VIOLIN_BANDS; i++)
    re3_chart_table_add_number (table, violin->quantiles[i]);
  re3_chart_table_add_number (table, (double) violin->n_infinite);
}

static void
fill_table (Re3Chart *chart, Re3ChartTable *table)
{
  Re3ViolinChart *self = (Re3ViolinChart *) chart;
  const char *const quantiles[] = { _ ("least"), _ ("first quartile"), _ ("median"),
                                    _ ("third quartile"), _ ("largest") };

  G_STATIC_ASSERT (G_N_ELEMENTS (quantiles) == RE3_VIOLIN_BANDS + 1);
  re3_chart_table_add_column (table, _ ("name"), NULL);
  re3_chart_table_add_column (table, *self->axis_title != '\0' ? self->axis_title : _ ("value"),
                              NULL);
  re3_chart_table_add_column (table, _ ("density"), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (quantiles); i++)
    re3_chart_table_add_column (table, quantiles[i], NULL);
  re3_chart_table_add_column (table, _ ("infinite"), NULL);
  for (gsize i = 0; i < self->n_rows; i++) {
    const Re3Violin *violin = &self->rows[i].violin;
    double low = violin->quantiles[0];
    double high = violin->quantiles[RE3_VIOLIN_BANDS];

    if (violin->densities == NULL)
      add_table_row (violin, table, NAN, NAN);
    for (gsize j = 0; j < violin->n_points && violin->densities != NULL; j++)
      add_table_row (violin, table,
                     low + (high - low) * (double) j / (double) (violin->n_points - 1),
                     violin->densities[j]);
  }
}

static void
finalize (Re3Chart *chart)
{
  Re3ViolinChart *self = (Re3ViolinChart *) chart;

  for (gsize i = 0; i < self->n_rows; i++)
    g_free ((double *) self->rows[i].violin.densities);
  g_free (self->rows);
}

static const Re3ChartKind violin_chart_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

static void
copy_row (Re3ViolinChart *self, Row *row, const Re3Violin *violin)
{
  Re3Chart *chart = &self->parent;

  row->violin = *violin;
  row->violin.label = re3_chart_copy_text (chart, violin->label);
  row->violin.detail = re3_chart_copy_text (chart, violin->detail);
  row->violin.densities = NULL;
  for (gsize i = 0; i < RE3_VIOLIN_BANDS; i++)
    row->violin.tooltips[i] = re3_chart_copy_text (chart, violin->tooltips[i]);
  if (!has_numbers (violin))
    return;
  for (gsize i = 0; i <= RE3_VIOLIN_BANDS; i++) {
    row->violin.quantiles[i] = re3_axis_tame (violin->quantiles[i]);
    self->low = MIN (self->low, row->violin.quantiles[i]);
    self->high = MAX (self->high, row->violin.quantiles[i]);
  }
  if (violin->densities == NULL || violin->n_points < 2)
    return;
  row->violin.densities = g_memdup2 (violin->densities, violin->n_points * sizeof (double));
  for (gsize i = 0; i < violin->n_points; i++)
    row->largest = MAX (row->largest, violin->densities[i]);
}

Re3Chart *
re3_violin_chart_new (const Re3ViolinData *data)
{
  Re3ViolinChart *self;
  Re3Chart *chart;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data->violins != NULL || data->n_violins == 0, NULL);
  for (gsize i = 0; i < data->n_violins; i++)
    g_return_val_if_fail (data->violins[i].label != NULL, NULL);

  self = g_new0 (Re3ViolinChart, 1);
  chart = &self->parent;
  re3_chart_init (chart, &violin_chart_kind, data->title, data->description);
  self->axis_title = data->axis_title != NULL ? re3_chart_copy_text (chart, data->axis_title) : "";
  self->n_rows = data->n_violins;
  self->rows = g_new0 (Row, data->n_violins);
  for (gsize i = 0; i < data->n_violins; i++)
    copy_row (self, &self->rows[i], &data->violins[i]);
  return chart;
}

gboolean
re3_violin_chart_get_band (Re3Chart *chart, int item, int band, double *low, double *high)
{
  g_return_val_if_fail (chart != NULL && chart->kind == &violin_chart_kind, FALSE);
  g_return_val_if_fail (low != NULL && high != NULL, FALSE);

  const Re3ViolinChart *self = (const Re3ViolinChart *) chart;

  if (item < 0 || (gsize) item >= self->n_rows || band < 0 || band >= RE3_VIOLIN_BANDS)
    return FALSE;
  *low = self->rows[item].violin.quantiles[band];
  *high = self->rows[item].violin.quantiles[band + 1];
  return isfinite (*low) && isfinite (*high);
}
