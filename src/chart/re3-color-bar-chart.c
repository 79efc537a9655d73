/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-color-bar-chart.h"

#include "re3-axis-private.h"
#include "re3-chart-private.h"
#include "re3-color-bar-private.h"

#include <math.h>

/* Beside the bar, for the labels at its ends, in ems. */
#define MARGIN 2.0

typedef struct {
  Re3Chart parent;
  Re3ColorBar bar;
} Re3ColorBarChart;

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  (void) width;
  return ceil (re3_color_bar_measure (&((Re3ColorBarChart *) chart)->bar, theme));
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3ColorBarChart *self = (Re3ColorBarChart *) chart;
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double margin = MARGIN * theme->font_size;
  double width = re3_scene_get_width (scene) - 2 * margin;

  if (width >= margin && re3_scene_get_height (scene) >= re3_color_bar_measure (&self->bar, theme))
    re3_color_bar_add (&self->bar, scene, margin, 0, width);
}

static void
fill_table (Re3Chart *chart, Re3ChartTable *table)
{
  (void) chart;
  (void) table;
}

static void
finalize (Re3Chart *chart)
{
  (void) chart;
}

static const Re3ChartKind color_bar_chart_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

Re3Chart *
re3_color_bar_chart_new (const Re3ColorBarData *data)
{
  Re3ColorBarChart *self;
  Re3Chart *chart;

  g_return_val_if_fail (data != NULL, NULL);

  self = g_new0 (Re3ColorBarChart, 1);
  chart = &self->parent;
  re3_chart_init (chart, &color_bar_chart_kind, data->color_title, NULL);
  self->bar = (Re3ColorBar){
    .scale = data->scale,
    .largest = re3_axis_tame (data->largest),
    .title = data->color_title != NULL ? re3_chart_copy_text (chart, data->color_title) : "",
  };
  return chart;
}
