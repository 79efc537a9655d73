/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-panels-chart.h"

#include "re3-axis-private.h"
#include "re3-chart-private.h"
#include "re3-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Between panels, in ems. */
#define COLUMN_GAP 1.8
#define ROW_GAP    1.4

/* In lines of the title's font. */
#define TITLE_HEIGHT 1.45

typedef struct {
  Re3Chart parent;
  Re3Panel *panels;
  gsize n_panels;
  Re3Chart *header; /* (nullable) */
  Re3Chart *footer; /* (nullable) */
  double least_width;
  gsize most_columns;
} Re3PanelsChart;

/* All in whole units. */
typedef struct {
  gsize n_columns;
  gsize n_rows;
  double column_gap;
  double row_gap;
  double width;
  double panel_width;
  double title_height;
} Grid;

static gboolean
has_titles (const Re3PanelsChart *self)
{
  for (gsize i = 0; i < self->n_panels; i++)
    if (self->panels[i].title != NULL)
      return TRUE;
  return FALSE;
}

static Grid
make_grid (const Re3PanelsChart *self, const Re3Theme *theme, double width)
{
  double line = re3_text_get_line_height (theme, theme->font_size, TRUE, NULL);
  double gap = round (COLUMN_GAP * theme->font_size);
  double least = MAX (self->least_width * theme->font_size, 1);
  double n_panels = (double) MAX (self->n_panels, 1);
  double most = self->most_columns > 0 ? MIN ((double) self->most_columns, n_panels) : n_panels;
  gsize n_columns = (gsize) CLAMP (floor ((width + gap) / (least + gap)), 1, most);
  Grid grid = { .width = width, .column_gap = gap, .row_gap = round (ROW_GAP * theme->font_size) };

  /* As few columns as the number of rows asks for, so that the last row is not nearly empty. */
  grid.n_rows = ((gsize) n_panels + n_columns - 1) / n_columns;
  grid.n_columns = ((gsize) n_panels + grid.n_rows - 1) / grid.n_rows;
  grid.panel_width =
      MAX (0, floor ((width - (double) (grid.n_columns - 1) * gap) / (double) grid.n_columns));
  grid.title_height = has_titles (self) ? ceil (TITLE_HEIGHT * line) : 0;
  return grid;
}

/* Panels of a last row that is not full share its width. */
static double
panel_width (const Re3PanelsChart *self, const Grid *grid, gsize row)
{
  gsize n_left = self->n_panels - row * grid->n_columns;
  double n = (double) MAX (MIN (n_left, grid->n_columns), 1);

  return n_left >= grid->n_columns ? grid->panel_width
                                   : floor ((grid->width - (n - 1) * grid->column_gap) / n);
}

/* The tallest panel of @row. */
static double
natural_row (const Re3PanelsChart *self, const Re3Theme *theme, const Grid *grid, gsize row)
{
  double width = panel_width (self, grid, row);
  double tallest = 0;

  for (gsize i = row * grid->n_columns; i < MIN ((row + 1) * grid->n_columns, self->n_panels); i++)
    tallest = MAX (tallest, re3_chart_get_natural_height (self->panels[i].chart, theme, width));
  return ceil (tallest);
}

static double
edge_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  return chart != NULL ? ceil (re3_chart_get_natural_height (chart, theme, width)) : 0;
}

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  Re3PanelsChart *self = (Re3PanelsChart *) chart;
  Grid grid = make_grid (self, theme, width);
  double height =
      edge_height (self->header, theme, width) + edge_height (self->footer, theme, width);

  for (gsize row = 0; row < grid.n_rows; row++)
    height +=
        (row > 0 ? grid.row_gap : 0) + grid.title_height + natural_row (self, theme, &grid, row);
  return height + (self->footer != NULL ? grid.row_gap : 0);
}

/* Returns: where it ends, which can be above the end of @area: rows are not stretched without end.
 */
static double
add_chart (Re3Scene *scene, Re3Chart *chart, const Re3Rect *area, gsize panel)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  gsize first = re3_scene_get_n_marks (scene);
  double bottom = area->y;

  if (area->width >= 1 && area->height >= 1)
    re3_scene_add_scene (scene, re3_chart_layout (chart, theme, area->width, area->height), area->x,
                         area->y, (int) panel);
  for (gsize i = first; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Rect *bounds = &re3_scene_get_mark (scene, i)->bounds;

    bottom = MAX (bottom, bounds->y + bounds->height);
  }
  return MIN (ceil (bottom), area->y + area->height);
}

/* Returns: where the tallest of its panels ends. */
static double
add_row (const Re3PanelsChart *self,
         Re3Scene *scene,
         const Grid *grid,
         gsize row,
         double top,
         double height)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Re3TextStyle style = re3_text_style (theme->font_size, &theme->foreground, RE3_ANCHOR_START);
  double line = re3_text_get_line_height (theme, theme->font_size, TRUE, NULL);
  double width = panel_width (self, grid, row);
  double bottom = top;

  style.bold = TRUE;
  for (gsize i = row * grid->n_columns; i < MIN ((row + 1) * grid->n_columns, self->n_panels);
       i++) {
    double left = (double) (i % grid->n_columns) * (width + grid->column_gap);
    Re3Rect area = { left, top + grid->title_height, width, height };
    double end;

    if (grid->title_height > 0 && self->panels[i].title != NULL && width > 0)
      re3_scene_add_text (scene, self->panels[i].title, &style, left, top + line / 2, width, NULL);
    end = add_chart (scene, self->panels[i].chart, &area, i);
    bottom = MAX (bottom, end);
  }
  return bottom;
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3PanelsChart *self = (Re3PanelsChart *) chart;
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double width = re3_scene_get_width (scene);
  double remaining = floor (re3_scene_get_height (scene));
  Grid grid = make_grid (self, theme, width);
  double n_rows = (double) grid.n_rows;
  double keep = n_rows * 4 * re3_axis_line_height (theme);
  g_autofree double *wanted = g_new0 (double, grid.n_rows);
  double all_wanted = 0;
  double gaps = re3_take_room (&remaining, (n_rows - 1) * grid.row_gap, keep);
  double footer = re3_take_room (
      &remaining,
      self->footer != NULL ? edge_height (self->footer, theme, width) + grid.row_gap : 0, keep);
  double header = re3_take_room (&remaining, edge_height (self->header, theme, width), keep);
  double titles = re3_take_room (&remaining, n_rows * grid.title_height, keep);
  double top = header;
  double bottom = top;

  grid.row_gap = gaps > 0 ? grid.row_gap : 0;
  grid.title_height = titles > 0 ? grid.title_height : 0;
  for (gsize row = 0; row < grid.n_rows; row++) {
    wanted[row] = natural_row (self, theme, &grid, row);
    all_wanted += wanted[row];
  }
  if (header > 0)
    add_chart (scene, self->header, &(Re3Rect){ 0, 0, width, header }, self->n_panels);
  for (gsize row = 0; row < grid.n_rows && remaining > 0 && all_wanted > 0; row++) {
    double height = floor (remaining * wanted[row] / all_wanted);

    bottom = add_row (self, scene, &grid, row, top, height);
    top += grid.title_height + height + grid.row_gap;
  }
  if (footer > 0) {
    double height = edge_height (self->footer, theme, width);
    Re3Rect area = { 0, bottom + footer - height, width, height };

    add_chart (scene, self->footer, &area, self->n_panels + 1);
  }
}

static guint
find_head (GPtrArray *heads, const char *head)
{
  guint index;

  if (g_ptr_array_find_with_equal_func (heads, head, g_str_equal, &index))
    return index;
  g_ptr_array_add (heads, g_strdup (head));
  return heads->len - 1;
}

static void
add_rows (Re3ChartTable *table, const Re3ChartTable *rows, const char *panel, GPtrArray *heads)
{
  g_autofree gssize *columns = g_new (gssize, MAX (heads->len, 1));

  for (guint i = 0; i < heads->len; i++)
    columns[i] = -1;
  for (gsize i = 0; i < re3_chart_table_get_n_columns (rows); i++)
    columns[find_head (heads, re3_chart_table_get_head (rows, i))] = (gssize) i;
  for (gsize row = 0; row < re3_chart_table_get_n_rows (rows); row++) {
    re3_chart_table_add_text (table, panel);
    for (guint i = 0; i < heads->len; i++)
      re3_chart_table_add_text (
          table, columns[i] >= 0 ? re3_chart_table_get_cell (rows, row, (gsize) columns[i]) : NULL);
  }
}

static void
free_table (gpointer table)
{
  re3_chart_table_free (table);
}

static void
fill_table (Re3Chart *chart, Re3ChartTable *table)
{
  Re3PanelsChart *self = (Re3PanelsChart *) chart;
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (free_table);
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < self->n_panels; i++) {
    Re3ChartTable *rows = re3_chart_get_data (self->panels[i].chart);

    g_ptr_array_add (tables, rows);
    for (gsize column = 0; column < re3_chart_table_get_n_columns (rows); column++)
      find_head (heads, re3_chart_table_get_head (rows, column));
  }
  re3_chart_table_add_column (table, _ ("panel"), NULL);
  for (guint i = 0; i < heads->len; i++)
    re3_chart_table_add_column (table, heads->pdata[i], NULL);
  for (gsize i = 0; i < self->n_panels; i++)
    add_rows (table, tables->pdata[i],
              self->panels[i].title != NULL ? self->panels[i].title
                                            : re3_chart_get_title (self->panels[i].chart),
              heads);
}

static void
finalize (Re3Chart *chart)
{
  Re3PanelsChart *self = (Re3PanelsChart *) chart;

  for (gsize i = 0; i < self->n_panels; i++)
    re3_chart_unref (self->panels[i].chart);
  g_free (self->panels);
  g_clear_pointer (&self->header, re3_chart_unref);
  g_clear_pointer (&self->footer, re3_chart_unref);
}

static const Re3ChartKind panels_chart_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
};

Re3Chart *
re3_panels_chart_new (const Re3PanelsData *data)
{
  Re3PanelsChart *self;
  Re3Chart *chart;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data->panels != NULL || data->n_panels == 0, NULL);
  for (gsize i = 0; i < data->n_panels; i++)
    g_return_val_if_fail (data->panels[i].chart != NULL, NULL);

  self = g_new0 (Re3PanelsChart, 1);
  chart = &self->parent;
  re3_chart_init (chart, &panels_chart_kind, data->title, data->description);
  self->n_panels = data->n_panels;
  self->panels = g_new0 (Re3Panel, data->n_panels);
  for (gsize i = 0; i < data->n_panels; i++) {
    self->panels[i].chart = re3_chart_ref (data->panels[i].chart);
    self->panels[i].title = re3_chart_copy_text (chart, data->panels[i].title);
  }
  if (data->header != NULL)
    self->header = re3_chart_ref (data->header);
  if (data->footer != NULL)
    self->footer = re3_chart_ref (data->footer);
  self->least_width = data->least_width;
  self->most_columns = data->most_columns;
  return chart;
}
