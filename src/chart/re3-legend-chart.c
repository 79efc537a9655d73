/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-legend-chart.h"

#include "re3-chart-private.h"
#include "re3-legend-private.h"

#include <math.h>

#define MOST_LINES 3

/* Below, in ems. */
#define GAP 0.5

typedef struct {
  Re3Chart parent;
  const char **series_names;
  int *series_colors;
  gsize n_series;
  const char *mark_text; /* (nullable) */
} Re3LegendChart;

static GArray *
make_entries (const Re3LegendChart *self, const Re3Theme *theme)
{
  return re3_legend_make_series (theme, self->series_names, self->series_colors, self->n_series,
                                 self->mark_text);
}

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  g_autoptr (GArray) entries = make_entries ((Re3LegendChart *) chart, theme);

  return ceil (re3_legend_measure (theme, (const Re3LegendEntry *) entries->data, entries->len,
                                   width, MOST_LINES) +
               GAP * theme->font_size);
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double width = re3_scene_get_width (scene);
  g_autoptr (GArray) entries = make_entries ((Re3LegendChart *) chart, theme);

  if (re3_scene_get_height (scene) >= get_natural_height (chart, theme, width))
    re3_legend_add (scene, (const Re3LegendEntry *) entries->data, entries->len, 0, 0, width,
                    MOST_LINES);
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
  Re3LegendChart *self = (Re3LegendChart *) chart;

  g_free (self->series_names);
  g_free (self->series_colors);
}

static const Re3ChartKind legend_chart_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

Re3Chart *
re3_legend_chart_new (const Re3LegendData *data)
{
  Re3LegendChart *self;
  Re3Chart *chart;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (
      data->n_series == 0 || (data->series_names != NULL && data->series_colors != NULL), NULL);

  self = g_new0 (Re3LegendChart, 1);
  chart = &self->parent;
  re3_chart_init (chart, &legend_chart_kind, data->title, NULL);
  self->series_names = re3_chart_copy_texts (chart, data->series_names, data->n_series);
  self->series_colors = g_memdup2 (data->series_colors, data->n_series * sizeof (int));
  self->n_series = data->n_series;
  self->mark_text = re3_chart_copy_text (chart, data->mark_text);
  return chart;
}
