/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sankey-private.h"

#include <math.h>

/* A node through which little or nothing flows can still be seen and hit. */
#define LEAST_NODE_HEIGHT 2.5

/* Of the height of a column, gaps between nodes take at most this share, and nodes of the least
 * height this one. */
#define MOST_GAP_SHARE   0.45
#define MOST_LEAST_SHARE 0.4

/* Where there is room to spare, gaps grow up to this multiple. */
#define GAP_STRETCH 1.8

typedef struct {
  const Re3SankeyChart *chart;
  const Re3SankeyGeometry *geometry;
  gboolean by_source;
} LinkOrder;

static gsize
column_size (const Re3SankeyChart *chart, gsize column)
{
  return chart->column_start[column + 1] - chart->column_start[column];
}

static double
column_gap (const Re3SankeyChart *chart, gsize column, double height, double gap)
{
  gsize n = column_size (chart, column);

  return n > 1 ? MIN (gap, MOST_GAP_SHARE * height / (double) (n - 1)) : 0;
}

static double
least_height (const Re3SankeyChart *chart, gsize column, double height)
{
  return MIN (LEAST_NODE_HEIGHT,
              MOST_LEAST_SHARE * height / (double) MAX (column_size (chart, column), 1));
}

static double
node_height (const Re3SankeyChart *chart, guint node, double least, double scale)
{
  return MAX (least, chart->flow[node] * scale);
}

static double
nodes_height (const Re3SankeyChart *chart, gsize column, double least, double scale)
{
  double sum = 0;

  for (gsize i = chart->column_start[column]; i < chart->column_start[column + 1]; i++)
    sum += node_height (chart, chart->column_nodes[i], least, scale);
  return sum;
}

/* The largest scale at which every column fits: one scale for all, so that a ribbon is as wide
 * where it ends as where it starts. */
static double
find_scale (const Re3SankeyChart *chart, double height, double gap)
{
  double scale = INFINITY;

  for (gsize column = 0; column < chart->n_columns; column++) {
    double least = least_height (chart, column, height);
    double gaps = column_gap (chart, column, height, gap) *
                  (double) (MAX (column_size (chart, column), 1) - 1);
    double room = height - gaps;
    double flow = 0;
    double low = 0;
    double high;

    for (gsize i = chart->column_start[column]; i < chart->column_start[column + 1]; i++)
      flow += chart->flow[chart->column_nodes[i]];
    if (flow <= 0)
      continue;

    /* Small nodes take more than their share, so room / flow is too much. */
    high = MIN (scale, room / flow);
    if (nodes_height (chart, column, least, high) > room) {
      for (int i = 0; i < 50; i++) {
        double middle = (low + high) / 2;

        if (nodes_height (chart, column, least, middle) <= room)
          low = middle;
        else
          high = middle;
      }
      high = low;
    }
    scale = high;
  }
  return isfinite (scale) ? scale : 0;
}

static void
place_nodes (const Re3SankeyChart *chart, Re3SankeyGeometry *self, const Re3Rect *area, double gap)
{
  double step =
      chart->n_columns > 1 ? (area->width - self->node_width) / (double) (chart->n_columns - 1) : 0;

  for (gsize column = 0; column < chart->n_columns; column++) {
    gsize n = column_size (chart, column);
    double least = least_height (chart, column, area->height);
    double nodes = nodes_height (chart, column, least, self->scale);
    double between = column_gap (chart, column, area->height, gap);
    double y;

    if (n > 1)
      between = MIN (GAP_STRETCH * between, MAX (0, area->height - nodes) / (double) (n - 1));
    y = area->y + MAX (0, area->height - nodes - between * (double) (MAX (n, 1) - 1)) / 2;
    for (gsize i = chart->column_start[column]; i < chart->column_start[column + 1]; i++) {
      guint node = chart->column_nodes[i];
      double height = node_height (chart, node, least, self->scale);

      self->boxes[node] =
          (Re3Rect){ area->x + (double) column * step, y, self->node_width, height };
      y += height + between;
    }
  }
}

static double
middle_of (const Re3Rect *box)
{
  return box->y + box->height / 2;
}

/* By the node at which links meet, then by where they go or come from: so they do not cross
 * there. */
static int
compare_links (gconstpointer a, gconstpointer b, gpointer data)
{
  const LinkOrder *order = data;
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;
  const Re3SankeyLink *one = &order->chart->links[left];
  const Re3SankeyLink *two = &order->chart->links[right];
  guint near_one = order->by_source ? one->source : one->target;
  guint near_two = order->by_source ? two->source : two->target;
  double far_one =
      middle_of (&order->geometry->boxes[order->by_source ? one->target : one->source]);
  double far_two =
      middle_of (&order->geometry->boxes[order->by_source ? two->target : two->source]);

  if (near_one != near_two)
    return near_one < near_two ? -1 : 1;
  if (far_one != far_two)
    return far_one < far_two ? -1 : 1;
  return left < right ? -1 : left > right;
}

/* Stacks the ends of links along one side of their nodes, in the middle of it. */
static void
stack_ends (const Re3SankeyChart *chart, Re3SankeyGeometry *self, gboolean by_source)
{
  LinkOrder order = { chart, self, by_source };
  const double *sums = by_source ? chart->outflow : chart->inflow;
  g_autofree guint *links = g_new (guint, MAX (chart->n_links, 1));
  double y = 0;

  for (guint i = 0; i < chart->n_links; i++)
    links[i] = i;
  g_qsort_with_data (links, (int) chart->n_links, sizeof *links, compare_links, &order);

  for (gsize i = 0; i < chart->n_links; i++) {
    const Re3SankeyLink *link = &chart->links[links[i]];
    Re3Ribbon *ribbon = &self->ribbons[links[i]];
    guint node = by_source ? link->source : link->target;
    const Re3Rect *box = &self->boxes[node];

    if (i == 0 ||
        node != (by_source ? chart->links[links[i - 1]].source : chart->links[links[i - 1]].target))
      y = middle_of (box) - sums[node] * self->scale / 2;
    ribbon->width = fabs (link->value) * self->scale;
    if (by_source) {
      ribbon->x0 = box->x + box->width;
      ribbon->y0 = y;
    } else {
      ribbon->x1 = box->x;
      ribbon->y1 = y;
    }
    y += ribbon->width;
  }
}

Re3SankeyGeometry *
re3_sankey_geometry_new (const Re3SankeyChart *chart,
                         const Re3Rect *area,
                         double node_width,
                         double gap)
{
  Re3SankeyGeometry *self = g_new0 (Re3SankeyGeometry, 1);

  self->boxes = g_new0 (Re3Rect, MAX (chart->n_nodes, 1));
  self->ribbons = g_new0 (Re3Ribbon, MAX (chart->n_links, 1));
  self->node_width = node_width;
  self->scale = find_scale (chart, area->height, gap);
  place_nodes (chart, self, area, gap);
  stack_ends (chart, self, TRUE);
  stack_ends (chart, self, FALSE);
  return self;
}

void
re3_sankey_geometry_free (Re3SankeyGeometry *self)
{
  g_free (self->boxes);
  g_free (self->ribbons);
  g_free (self);
}
