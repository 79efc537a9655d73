/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

enum { RE3_SANKEY_NODES, RE3_SANKEY_LINKS };

/**
 * Re3SankeyNode:
 * @label: short name
 * @value: (nullable): a second, quieter text, such as the value with its unit
 * @tooltip: (nullable): more
 * @id: the same wherever the figure shows this node, and no other node's
 * @column: the column it stands in, from 0
 * @color_index: class colour, or -1 for the neutral one
 * @muted: drawn faint: nothing flows through it
 * @is_offset: drawn as a frame: a constant such as a bias, no input
 */
typedef struct {
  const char *label;
  const char *value;
  const char *tooltip;
  guint id;
  guint column;
  int color_index;
  gboolean muted;
  gboolean is_offset;
} Re3SankeyNode;

/**
 * Re3SankeyLink:
 * @source: index of a node
 * @target: index of a node in a later column
 * @value: its width is |value|; its sign picks the colour where the chart is signed
 * @tooltip: (nullable)
 */
typedef struct {
  guint source;
  guint target;
  double value;
  const char *tooltip;
} Re3SankeyLink;

/**
 * Re3SankeyData:
 * @title: of the figure; @description: for screen readers
 * @column_titles: n_columns texts
 * @is_signed: colour links by sign, or else by the class colour of their source or
 *   target
 *
 * Marks: item = node index, series RE3_SANKEY_NODES; item = link index, series RE3_SANKEY_LINKS.
 */
typedef struct {
  const char *title;
  const char *description;
  const char *const *column_titles;
  gsize n_columns;
  const Re3SankeyNode *nodes;
  gsize n_nodes;
  const Re3SankeyLink *links;
  gsize n_links;
  gboolean is_signed;
} Re3SankeyData;

Re3Chart *re3_sankey_chart_new (const Re3SankeyData *data);

G_END_DECLS
