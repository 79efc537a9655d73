/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart-private.h"
#include "re3-sankey-chart.h"

G_BEGIN_DECLS

/* What a Sankey is made of, shared by its three steps: the chart (numbers), its geometry (where
 * nodes and ribbons are) and its labels. */

/**
 * Re3SankeyChart:
 * @flow: of each node, the larger of the sums of |value| that enter and that leave it
 * @inflow: the sum that enters; @outflow: the sum that leaves
 * @column_start: n_columns + 1 places in @column_nodes
 * @column_nodes: the nodes column by column, in the order given
 */
typedef struct {
  Re3Chart parent;
  Re3SankeyNode *nodes;
  gsize n_nodes;
  Re3SankeyLink *links;
  gsize n_links;
  const char **column_titles;
  gsize n_columns;
  gboolean is_signed;
  double *inflow;
  double *outflow;
  double *flow;
  gsize *column_start;
  guint *column_nodes;
} Re3SankeyChart;

/* A band from (x0, y0), its upper edge at the source, to (x1, y1), as wide as @width upright. */
typedef struct {
  double x0;
  double y0;
  double x1;
  double y1;
  double width;
} Re3SankeyRibbon;

/**
 * Re3SankeyGeometry:
 * @boxes: n_nodes rectangles
 * @ribbons: n_links bands
 * @scale: chart units to a unit of value; 0 where nothing flows
 */
typedef struct {
  Re3Rect *boxes;
  Re3SankeyRibbon *ribbons;
  double scale;
} Re3SankeyGeometry;

/* @area: what nodes and ribbons stay in; @gap: what lies between nodes where there is room */
Re3SankeyGeometry *re3_sankey_geometry_new  (const Re3SankeyChart *chart,
                                             const Re3Rect        *area,
                                             double                node_width,
                                             double                gap);
void               re3_sankey_geometry_free (Re3SankeyGeometry    *self);

/**
 * Re3SankeyLabels:
 * @left: room for labels before the first column; @right: after the last one
 * @names_left: of @left, what the names get; @names_right: of @right
 * @stacked_left: values stand below the names; @stacked_right: likewise
 * @values_left: whether values are shown; @values_right: likewise
 */
typedef struct {
  double left;
  double right;
  double names_left;
  double names_right;
  gboolean stacked_left;
  gboolean stacked_right;
  gboolean values_left;
  gboolean values_right;
} Re3SankeyLabels;

/* How much room the outer labels take of a picture so large. */
void re3_sankey_labels_measure (const Re3SankeyChart    *chart,
                                const Re3Theme          *theme,
                                double                   width,
                                double                   height,
                                Re3SankeyLabels         *labels);
/* Adds the texts of all nodes; where there is no room for all, the largest nodes keep theirs. */
void re3_sankey_labels_add     (const Re3SankeyChart    *chart,
                                Re3Scene                *scene,
                                const Re3SankeyGeometry *geometry,
                                const Re3Rect           *area,
                                const Re3SankeyLabels   *labels);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3SankeyGeometry, re3_sankey_geometry_free)

G_END_DECLS
