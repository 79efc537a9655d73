/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart-private.h"
#include "re3-ribbon-private.h"
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

/**
 * Re3SankeyGeometry:
 * @boxes: n_nodes rectangles
 * @ribbons: n_links bands
 * @node_width: of all boxes
 * @scale: chart units to a unit of value; 0 where nothing flows
 */
typedef struct {
  Re3Rect *boxes;
  Re3Ribbon *ribbons;
  double node_width;
  double scale;
} Re3SankeyGeometry;

/* @area: what nodes and ribbons stay in; @gap: what lies between nodes where there is room */
Re3SankeyGeometry *re3_sankey_geometry_new  (const Re3SankeyChart *chart,
                                             const Re3Rect        *area,
                                             double                node_width,
                                             double                gap);
void               re3_sankey_geometry_free (Re3SankeyGeometry    *self);

/**
 * Re3SankeySide:
 * @room: what the labels of an outer column get beside it; 0: there are none
 * @names: of it, what the names get
 * @with_values: whether values are shown
 * @stacked: values stand below the names
 */
typedef struct {
  double room;
  double names;
  gboolean with_values;
  gboolean stacked;
} Re3SankeySide;

typedef struct {
  Re3SankeySide left;
  Re3SankeySide right;
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

/* What a Re3ChartKind does: all that flows through a node or a link is lit with it; a node is known
 * by its id and a link by those of its ends; and one goes from a node along its links. */
void     re3_sankey_light               (Re3Chart                *chart,
                                         int                      item,
                                         int                      series,
                                         Re3Highlight            *highlight);
void     re3_sankey_get_key             (Re3Chart                *chart,
                                         int                      item,
                                         int                      series,
                                         Re3DatumKey             *key);
gboolean re3_sankey_find_key            (Re3Chart                *chart,
                                         const Re3DatumKey       *key,
                                         int                     *item,
                                         int                     *series);
gboolean re3_sankey_move                (Re3Chart                *chart,
                                         Re3Direction             direction,
                                         int                     *item,
                                         int                     *series);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3SankeyGeometry, re3_sankey_geometry_free)

G_END_DECLS
