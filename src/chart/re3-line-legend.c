/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-line-private.h"

#include <math.h>

typedef struct {
  Re3Chart parent;
  Re3Line *lines; /* without points */
  gsize n_lines;
} Re3LineLegend;

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  Re3LineLegend *self = (Re3LineLegend *) chart;
  g_autoptr (GArray) entries = re3_line_make_legend (self->lines, self->n_lines, theme);

  return ceil (re3_legend_measure (theme, (const Re3LegendEntry *) entries->data, entries->len,
                                   width, RE3_LINE_LEGEND_LINES) +
               (entries->len > 0 ? 0.5 * theme->font_size : 0));
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3LineLegend *self = (Re3LineLegend *) chart;
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double width = re3_scene_get_width (scene);
  g_autoptr (GArray) entries = re3_line_make_legend (self->lines, self->n_lines, theme);

  if (re3_scene_get_height (scene) >= get_natural_height (chart, theme, width))
    re3_legend_add (scene, (const Re3LegendEntry *) entries->data, entries->len, 0, 0, width,
                    RE3_LINE_LEGEND_LINES);
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
  g_free (((Re3LineLegend *) chart)->lines);
}

static const Re3ChartKind line_legend_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

Re3Chart *
re3_line_legend_new (const Re3Line *lines, gsize n_lines)
{
  Re3LineLegend *self;

  g_return_val_if_fail (lines != NULL || n_lines == 0, NULL);

  self = g_new0 (Re3LineLegend, 1);
  re3_chart_init (&self->parent, &line_legend_kind, NULL, NULL);
  self->n_lines = n_lines;
  self->lines = g_new0 (Re3Line, n_lines);
  for (gsize i = 0; i < n_lines; i++) {
    self->lines[i].name = re3_chart_copy_text (&self->parent, lines[i].name);
    self->lines[i].color_index = lines[i].color_index;
  }
  return &self->parent;
}
