/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sankey-private.h"

#include <math.h>

/* All that leads to or from what is marked in @nodes, link by link: with as many rounds as there
 * are columns each link that could belong to it is reached, whatever the order of the links. */
static void
light_side (const Re3SankeyChart *self, gboolean *nodes, gboolean upstream, Re3Highlight *highlight)
{
  for (gsize round = 1; round < self->n_columns; round++)
    for (gsize i = 0; i < self->n_links; i++) {
      const Re3SankeyLink *link = &self->links[i];
      guint near = upstream ? link->target : link->source;
      guint far = upstream ? link->source : link->target;

      if (link->value != 0 && nodes[near])
        nodes[far] = TRUE;
    }
  for (gsize i = 0; i < self->n_links; i++) {
    const Re3SankeyLink *link = &self->links[i];

    if (link->value != 0 && nodes[upstream ? link->target : link->source])
      re3_highlight_add (highlight, (int) i, RE3_SANKEY_LINKS);
  }
  for (gsize i = 0; i < self->n_nodes; i++)
    if (nodes[i])
      re3_highlight_add (highlight, (int) i, RE3_SANKEY_NODES);
}

void
re3_sankey_light (Re3Chart *chart, int item, int series, Re3Highlight *highlight)
{
  Re3SankeyChart *self = (Re3SankeyChart *) chart;
  g_autofree gboolean *before = g_new0 (gboolean, MAX (self->n_nodes, 1));
  g_autofree gboolean *after = g_new0 (gboolean, MAX (self->n_nodes, 1));

  re3_highlight_add (highlight, item, series);
  if (series == RE3_SANKEY_LINKS) {
    before[self->links[item].source] = TRUE;
    after[self->links[item].target] = TRUE;
  } else {
    before[item] = TRUE;
    after[item] = TRUE;
  }
  light_side (self, before, TRUE, highlight);
  light_side (self, after, FALSE, highlight);
}

void
re3_sankey_get_key (Re3Chart *chart, int item, int series, Re3DatumKey *key)
{
  Re3SankeyChart *self = (Re3SankeyChart *) chart;

  key->series = series;
  if (series == RE3_SANKEY_LINKS) {
    key->first = self->nodes[self->links[item].source].id;
    key->second = self->nodes[self->links[item].target].id;
  } else {
    key->first = self->nodes[item].id;
    key->second = 0;
  }
}

gboolean
re3_sankey_find_key (Re3Chart *chart, const Re3DatumKey *key, int *item, int *series)
{
  Re3SankeyChart *self = (Re3SankeyChart *) chart;
  gsize n = key->series == RE3_SANKEY_LINKS ? self->n_links : self->n_nodes;

  for (gsize i = 0; i < n; i++) {
    Re3DatumKey found;

    re3_sankey_get_key (chart, (int) i, key->series, &found);
    if (found.first != key->first || found.second != key->second)
      continue;
    *item = (int) i;
    *series = key->series;
    return TRUE;
  }
  return FALSE;
}

/* The widest link that leaves or enters @node. */
static gboolean
find_widest (const Re3SankeyChart *self, guint node, gboolean leaves, int *item)
{
  double width = 0;

  for (gsize i = 0; i < self->n_links; i++) {
    const Re3SankeyLink *link = &self->links[i];

    if ((leaves ? link->source : link->target) != node || fabs (link->value) <= width)
      continue;
    width = fabs (link->value);
    *item = (int) i;
  }
  return width > 0;
}

static gboolean
step_in_column (const Re3SankeyChart *self, gboolean down, int *node)
{
  guint column = self->nodes[*node].column;

  for (gsize i = self->column_start[column]; i < self->column_start[column + 1]; i++) {
    if (self->column_nodes[i] != (guint) *node)
      continue;
    if (down ? i + 1 == self->column_start[column + 1] : i == self->column_start[column])
      return FALSE;
    *node = (int) self->column_nodes[down ? i + 1 : i - 1];
    return TRUE;
  }
  return FALSE;
}

/* By the node they come from, then by the one they go to. */
static int
compare_ends (const Re3SankeyLink *one, const Re3SankeyLink *other)
{
  if (one->source != other->source)
    return one->source < other->source ? -1 : 1;
  return one->target < other->target ? -1 : one->target > other->target;
}

static gboolean
step_among_links (const Re3SankeyChart *self, gboolean down, int *link)
{
  const Re3SankeyLink *from = &self->links[*link];
  const Re3SankeyLink *next = NULL;
  int sign = down ? 1 : -1;

  for (gsize i = 0; i < self->n_links; i++) {
    const Re3SankeyLink *it = &self->links[i];

    if (self->nodes[it->source].column == self->nodes[from->source].column &&
        sign * compare_ends (it, from) > 0 && (next == NULL || sign * compare_ends (it, next) < 0))
      next = it;
  }
  if (next == NULL)
    return FALSE;
  *link = (int) (next - self->links);
  return TRUE;
}

gboolean
re3_sankey_move (Re3Chart *chart, Re3Direction direction, int *item, int *series)
{
  Re3SankeyChart *self = (Re3SankeyChart *) chart;
  gboolean forward = direction == RE3_DIRECTION_RIGHT;
  gboolean is_link = *series == RE3_SANKEY_LINKS;

  switch (direction) {
  case RE3_DIRECTION_FIRST:
  case RE3_DIRECTION_LAST:
    *item = direction == RE3_DIRECTION_FIRST ? 0 : (int) self->n_nodes - 1;
    *series = RE3_SANKEY_NODES;
    return self->n_nodes > 0;
  case RE3_DIRECTION_LEFT:
  case RE3_DIRECTION_RIGHT:
    if (is_link) {
      *item = (int) (forward ? self->links[*item].target : self->links[*item].source);
      *series = RE3_SANKEY_NODES;
      return TRUE;
    }
    if (!find_widest (self, (guint) *item, forward, item))
      return FALSE;
    *series = RE3_SANKEY_LINKS;
    return TRUE;
  case RE3_DIRECTION_UP:
  case RE3_DIRECTION_DOWN:
    return is_link ? step_among_links (self, direction == RE3_DIRECTION_DOWN, item)
                   : step_in_column (self, direction == RE3_DIRECTION_DOWN, item);
  default:
    g_assert_not_reached ();
  }
}
