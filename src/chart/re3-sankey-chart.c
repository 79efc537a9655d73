/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sankey-chart.h"

#include "re3-axis-private.h"
#include "re3-color-private.h"
#include "re3-legend-private.h"
#include "re3-number-format.h"
#include "re3-sankey-private.h"
#include "re3-text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* In ems. */
#define NODE_WIDTH        0.85
#define NODE_GAP          1.3
#define NATURAL_ROW       2.6
#define LEAST_NATURAL     22.0
#define MOST_NATURAL      60.0
#define TITLES_HEIGHT     1.5 /* in lines */
#define LEGEND_HEIGHT     (RE3_LEGEND_LINE_HEIGHT + 0.6)
#define KEY_HEIGHT        1.2
#define LEAST_WITH_TITLES 6.0
#define LEAST_WITH_LEGEND 12.0

/* Of ribbons: what lies below shines through. */
#define RIBBON_ALPHA      0.5
#define RIBBON_ALPHA_DARK 0.7

/* Ribbons that belong to no class stay behind those that do. */
#define NEUTRAL_ALPHA_SHARE 0.7

/* A ribbon that lowers is paler and has an edge, so it is told apart without its colour too. */
#define LOWER_ALPHA_SHARE 0.5
#define EDGE_WIDTH        0.08 /* in ems */
#define LEAST_EDGED_WIDTH 0.2  /* in ems */

/* Thinner ones cannot be seen: they would be a twentieth of a pixel. */
#define LEAST_RIBBON_WIDTH 0.05

static double
get_natural_height (Re3Chart *chart, const Re3Theme *theme, double width)
{
  Re3SankeyChart *self = (Re3SankeyChart *) chart;
  gsize most = 0;

  (void) width;
  for (gsize column = 0; column < self->n_columns; column++)
    most = MAX (most, self->column_start[column + 1] - self->column_start[column]);
  return ceil (CLAMP (NATURAL_ROW * (double) most + 4, LEAST_NATURAL, MOST_NATURAL) *
               theme->font_size);
}

static Re3Color
ribbon_color (const Re3SankeyChart *self, const Re3Theme *theme, const Re3SankeyLink *link)
{
  double alpha = theme->dark ? RIBBON_ALPHA_DARK : RIBBON_ALPHA;
  const Re3SankeyNode *source = &self->nodes[link->source];
  const Re3SankeyNode *target = &self->nodes[link->target];
  int index = source->color_index >= 0 ? source->color_index : target->color_index;
  Re3Color color;

  if (self->is_signed)
    return re3_color_with_alpha (link->value < 0 ? &theme->negative : &theme->positive, alpha);
  if (index < 0)
    return re3_color_with_alpha (&theme->muted, NEUTRAL_ALPHA_SHARE * alpha);
  color = re3_theme_class_color (theme, (gsize) index);
  return re3_color_with_alpha (&color, alpha);
}

/* Edges are areas, not strokes: Cairo fills them several times faster. */
static void
add_ribbon (const Re3SankeyChart *self,
            Re3Scene *scene,
            const Re3SankeyGeometry *geometry,
            guint index)
{
  const Re3Ribbon *ribbon = &geometry->ribbons[index];
  const Re3SankeyLink *link = &self->links[index];
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Re3Color color = ribbon_color (self, theme, link);
  Re3Datum datum = { (int) index, RE3_SANKEY_LINKS, link->tooltip };
  double edge = EDGE_WIDTH * theme->font_size;
  gboolean has_edges =
      self->is_signed && link->value < 0 && ribbon->width >= LEAST_EDGED_WIDTH * theme->font_size;
  Re3Paint paint = { .fill = color };
  Re3Ribbon edges[2];

  if (ribbon->width < LEAST_RIBBON_WIDTH)
    return;
  if (has_edges)
    paint.fill.alpha *= LOWER_ALPHA_SHARE;
  re3_scene_add_ribbons (scene, ribbon, 1, &paint, &datum);
  if (!has_edges)
    return;
  edges[0] = re3_ribbon_get_part (ribbon, 0, edge);
  edges[1] = re3_ribbon_get_part (ribbon, ribbon->width - edge, ribbon->width);
  re3_scene_add_ribbons (scene, edges, 2, &(Re3Paint){ .fill = re3_color_with_alpha (&color, 1) },
                         NULL);
  re3_scene_light_with (scene, &datum);
}

static int
compare_widths (gconstpointer a, gconstpointer b, gpointer data)
{
  const Re3Ribbon *ribbons = data;
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  if (ribbons[left].width != ribbons[right].width)
    return ribbons[left].width > ribbons[right].width ? -1 : 1;
  return left < right ? -1 : left > right;
}

/* Wide ones first, so that the thin ones on top of them can be seen and hit. */
static void
add_ribbons (const Re3SankeyChart *self, Re3Scene *scene, const Re3SankeyGeometry *geometry)
{
  g_autofree guint *order = g_new (guint, MAX (self->n_links, 1));

  for (guint i = 0; i < self->n_links; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) self->n_links, sizeof *order, compare_widths, geometry->ribbons);
  for (gsize i = 0; i < self->n_links; i++)
    add_ribbon (self, scene, geometry, order[i]);
}

static Re3Color
node_color (const Re3Theme *theme)
{
  return re3_color_mix (&theme->background, &theme->foreground, 0.65);
}

static Re3Paint
node_paint (const Re3SankeyNode *node, const Re3Theme *theme)
{
  Re3Color color = node->color_index >= 0 ? re3_theme_class_color (theme, (gsize) node->color_index)
                                          : node_color (theme);

  if (node->muted)
    color = theme->surface;
  if (node->is_offset)
    return (Re3Paint){ .fill = re3_color_mix (&theme->background, &color, 0.25),
                       .stroke = color,
                       .stroke_width = 1 };
  return (Re3Paint){ .fill = color, .radius = 1.5 };
}

static void
add_nodes (const Re3SankeyChart *self, Re3Scene *scene, const Re3SankeyGeometry *geometry)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);

  for (gsize i = 0; i < self->n_nodes; i++) {
    Re3Paint paint = node_paint (&self->nodes[i], theme);
    Re3Datum datum = { (int) i, RE3_SANKEY_NODES, self->nodes[i].tooltip };
    Re3Rect box = geometry->boxes[i];
    double inset =
        paint.stroke.alpha > 0 ? MIN (paint.stroke_width, MIN (box.width, box.height)) / 2 : 0;

    box.x += inset;
    box.y += inset;
    box.width -= 2 * inset;
    box.height -= 2 * inset;
    re3_scene_add_rectangle (scene, &box, &paint, &datum);
  }
}

/* Whether the titles between the outer ones fit whole: "la…" would help nobody. */
static gboolean
inner_titles_fit (const Re3SankeyChart *self, const Re3Theme *theme, double room)
{
  return self->n_columns > 2 &&
         re3_texts_measure (theme, self->column_titles + 1, self->n_columns - 2,
                            re3_axis_text_size (theme), FALSE) <= room;
}

/* Titles stand over their columns: the first one ends and the last one starts with its nodes, as
 * their labels do. */
static void
add_titles (const Re3SankeyChart *self,
            Re3Scene *scene,
            const Re3Rect *area,
            double node_width,
            double y)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double size = re3_axis_text_size (theme);
  double width = re3_scene_get_width (scene);
  gsize last = self->n_columns - 1;
  double step = last > 0 ? (area->width - node_width) / (double) last : 0;
  gboolean has_inner = inner_titles_fit (self, theme, step - size);

  for (gsize column = 0; column <= last; column++) {
    Re3TextStyle style = re3_text_style (size, &theme->muted, RE3_ANCHOR_MIDDLE);
    double left = area->x + (double) column * step;

    if (column == 0) {
      style.anchor = RE3_ANCHOR_END;
      re3_scene_add_text (scene, self->column_titles[0], &style, left + node_width, y,
                          left + node_width, NULL);
    } else if (column == last) {
      style.anchor = RE3_ANCHOR_START;
      if (width > left)
        re3_scene_add_text (scene, self->column_titles[last], &style, left, y, width - left, NULL);
    } else if (has_inner) {
      re3_scene_add_text (scene, self->column_titles[column], &style, left + node_width / 2, y, 0,
                          NULL);
    }
  }
}

/* What colours and heights mean. */
static void
add_legend (const Re3SankeyChart *self, Re3Scene *scene, double scale, double x, double y)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double alpha = theme->dark ? RIBBON_ALPHA_DARK : RIBBON_ALPHA;
  double key = scale > 0 ? re3_nice_below (KEY_HEIGHT * theme->font_size / scale) : 0;
  g_autofree char *number = re3_format_number (key, 1);
  g_autofree char *equals = g_strdup_printf ("= %s", number);
  Re3LegendEntry entries[3];
  gsize n = 0;

  if (self->is_signed) {
    entries[n++] = (Re3LegendEntry){
      .label = _ ("raises"),
      .shape = RE3_LEGEND_SWATCH,
      .paint.fill = re3_color_with_alpha (&theme->positive, alpha),
    };
    entries[n++] = (Re3LegendEntry){
      .label = _ ("lowers"),
      .shape = RE3_LEGEND_SWATCH,
      .paint = { .fill = re3_color_with_alpha (&theme->negative, LOWER_ALPHA_SHARE * alpha),
                 .stroke = theme->negative,
                 .stroke_width = EDGE_WIDTH * theme->font_size },
    };
  }
  if (key > 0)
    entries[n++] = (Re3LegendEntry){
      .label = equals,
      .shape = RE3_LEGEND_HEIGHT,
      .paint.fill = node_color (theme),
      .height = key * scale,
    };
  re3_legend_add (scene, entries, n, x, y, re3_scene_get_width (scene) - x, 1);
}

static void
layout (Re3Chart *chart, Re3Scene *scene)
{
  Re3SankeyChart *self = (Re3SankeyChart *) chart;
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double em = theme->font_size;
  double line = re3_axis_line_height (theme);
  double width = re3_scene_get_width (scene);
  double remaining = re3_scene_get_height (scene);
  double titles = re3_take_room (&remaining, TITLES_HEIGHT * line, LEAST_WITH_TITLES * em);
  double legend = re3_take_room (&remaining, LEGEND_HEIGHT * em, LEAST_WITH_LEGEND * em);
  g_autoptr (Re3SankeyGeometry) geometry = NULL;
  Re3SankeyLabels labels;
  Re3Rect area;
  double node_width;

  if (self->n_nodes == 0 || remaining <= 0 || width <= 0)
    return;

  node_width = MIN (NODE_WIDTH * em, 0.2 * width / (double) self->n_columns);
  re3_sankey_labels_measure (self, theme, width, remaining, &labels);
  area = (Re3Rect){ labels.left.room, titles, width - labels.left.room - labels.right.room,
                    remaining };
  geometry = re3_sankey_geometry_new (self, &area, node_width, NODE_GAP * em);
  add_ribbons (self, scene, geometry);
  add_nodes (self, scene, geometry);
  re3_sankey_labels_add (self, scene, geometry, &area, &labels);
  if (titles > 0)
    add_titles (self, scene, &area, node_width, line / 2);
  if (legend > 0)
    add_legend (self, scene, geometry->scale, labels.left.room,
                re3_scene_get_height (scene) - RE3_LEGEND_LINE_HEIGHT * em);
}

static void
add_table_node (const Re3SankeyChart *self, Re3ChartTable *table, const Re3SankeyNode *node)
{
  re3_chart_table_add_text (table, self->column_titles[node->column]);
  re3_chart_table_add_text (table, node->label);
  re3_chart_table_add_text (table, node->value);
}

/* Link by link. */
static void
fill_table (Re3Chart *chart, Re3ChartTable *table)
{
  Re3SankeyChart *self = (Re3SankeyChart *) chart;

  re3_chart_table_add_column (table, _ ("source column"), NULL);
  re3_chart_table_add_column (table, _ ("source"), NULL);
  re3_chart_table_add_column (table, _ ("source value"), NULL);
  re3_chart_table_add_column (table, _ ("target column"), NULL);
  re3_chart_table_add_column (table, _ ("target"), NULL);
  re3_chart_table_add_column (table, _ ("target value"), NULL);
  re3_chart_table_add_column (table, _ ("flow"), NULL);
  for (gsize i = 0; i < self->n_links; i++) {
    const Re3SankeyLink *link = &self->links[i];

    add_table_node (self, table, &self->nodes[link->source]);
    add_table_node (self, table, &self->nodes[link->target]);
    re3_chart_table_add_number (table, link->value);
  }
}

static void
finalize (Re3Chart *chart)
{
  Re3SankeyChart *self = (Re3SankeyChart *) chart;

  g_free (self->nodes);
  g_free (self->links);
  g_free (self->column_titles);
  g_free (self->inflow);
  g_free (self->outflow);
  g_free (self->flow);
  g_free (self->column_start);
  g_free (self->column_nodes);
}

static const Re3ChartKind sankey_chart_kind = {
  .get_natural_height = get_natural_height,
  .layout = layout,
  .fill_table = fill_table,
  .finalize = finalize,
  .light = re3_sankey_light,
  .get_key = re3_sankey_get_key,
  .find_key = re3_sankey_find_key,
  .move = re3_sankey_move,
};

static void
copy_nodes (Re3SankeyChart *self, const Re3SankeyNode *nodes)
{
  Re3Chart *chart = &self->parent;
  gsize place = 0;

  self->nodes = g_new0 (Re3SankeyNode, self->n_nodes);
  for (gsize i = 0; i < self->n_nodes; i++) {
    self->nodes[i] = nodes[i];
    self->nodes[i].label = re3_chart_copy_text (chart, nodes[i].label);
    self->nodes[i].value = re3_chart_copy_text (chart, nodes[i].value);
    self->nodes[i].tooltip = re3_chart_copy_text (chart, nodes[i].tooltip);
  }

  self->column_start = g_new0 (gsize, self->n_columns + 1);
  self->column_nodes = g_new0 (guint, self->n_nodes);
  for (gsize column = 0; column < self->n_columns; column++) {
    self->column_start[column] = place;
    for (gsize i = 0; i < self->n_nodes; i++)
      if (nodes[i].column == column)
        self->column_nodes[place++] = (guint) i;
  }
  self->column_start[self->n_columns] = place;
}

static void
copy_links (Re3SankeyChart *self, const Re3SankeyLink *links)
{
  self->links = g_new0 (Re3SankeyLink, self->n_links);
  self->inflow = g_new0 (double, self->n_nodes);
  self->outflow = g_new0 (double, self->n_nodes);
  self->flow = g_new0 (double, self->n_nodes);
  for (gsize i = 0; i < self->n_links; i++) {
    Re3SankeyLink *link = &self->links[i];

    *link = links[i];
    link->value = re3_axis_tame (links[i].value);
    link->tooltip = re3_chart_copy_text (&self->parent, links[i].tooltip);
    self->outflow[link->source] += fabs (link->value);
    self->inflow[link->target] += fabs (link->value);
  }
  for (gsize i = 0; i < self->n_nodes; i++)
    self->flow[i] = MAX (self->inflow[i], self->outflow[i]);
}

static gboolean
is_sound (const Re3SankeyData *data)
{
  for (gsize i = 0; i < data->n_nodes; i++)
    if (data->nodes[i].column >= data->n_columns || data->nodes[i].label == NULL)
      return FALSE;
  for (gsize i = 0; i < data->n_links; i++)
    if (data->links[i].source >= data->n_nodes || data->links[i].target >= data->n_nodes ||
        data->nodes[data->links[i].source].column >= data->nodes[data->links[i].target].column)
      return FALSE;
  return TRUE;
}

Re3Chart *
re3_sankey_chart_new (const Re3SankeyData *data)
{
  Re3SankeyChart *self;
  Re3Chart *chart;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data->n_links <= G_MAXINT && data->n_nodes <= G_MAXINT, NULL);
  g_return_val_if_fail (is_sound (data), NULL);

  self = g_new0 (Re3SankeyChart, 1);
  chart = &self->parent;
  re3_chart_init (chart, &sankey_chart_kind, data->title, data->description);
  self->n_columns = data->n_columns;
  self->column_titles = re3_chart_copy_texts (chart, data->column_titles, data->n_columns);
  self->is_signed = data->is_signed;
  self->n_nodes = data->n_nodes;
  self->n_links = data->n_links;
  copy_nodes (self, data->nodes);
  copy_links (self, data->links);
  return chart;
}
