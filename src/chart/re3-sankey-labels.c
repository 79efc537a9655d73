/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sankey-private.h"

#include "re3-axis-private.h"
#include "re3-color-private.h"
#include "re3-text-private.h"

#include <math.h>

/* Of the width, for the labels of the first and of the last column; with less than so many ems
 * there are none. */
#define MOST_OUTER_SHARE 0.28
#define LEAST_OUTER_EMS  3.0

/* Of the height, for labels of two lines. */
#define MOST_STACKED_SHARE 0.9

/* Of the way to the next column, for labels over the ribbons with their values. */
#define MOST_INNER_SHARE 0.6

/* Of the ground under them. */
#define GROUND_ALPHA 0.72

/* A label that stands further from its node, in lines, could be taken for another one's. */
#define MOST_SHIFT 0.8

/* What a width may be off by where it is measured twice. */
#define ROUNDING 0.01

/* A node's texts and where they go. */
typedef struct {
  guint node;
  double wanted;
  double y;
  gboolean is_shown;
} Label;

static double
text_gap (const Re3Theme *theme)
{
  return 0.45 * theme->font_size;
}

/* The room that one outer column's labels take: names and values side by side where that is not
 * too much, else below each other, else names alone. */
static Re3SankeySide
measure_side (const Re3SankeyChart *chart,
              const Re3Theme *theme,
              gsize column,
              double width,
              double height)
{
  double gap = text_gap (theme);
  double most = MOST_OUTER_SHARE * width - gap;
  gsize n = chart->column_start[column + 1] - chart->column_start[column];
  double line = re3_text_get_line_height (theme, theme->font_size, FALSE, NULL) +
                re3_text_get_line_height (theme, re3_text_detail_size (theme), FALSE, NULL);
  Re3SankeySide side = { 0 };
  double names = 0;
  double values = 0;

  if (most < LEAST_OUTER_EMS * theme->font_size)
    return side;
  for (gsize i = chart->column_start[column]; i < chart->column_start[column + 1]; i++) {
    const Re3SankeyNode *node = &chart->nodes[chart->column_nodes[i]];

    names = MAX (names, re3_texts_measure (theme, &node->label, 1, theme->font_size, FALSE));
    values = MAX (values,
                  re3_texts_measure (theme, &node->value, 1, re3_text_detail_size (theme), FALSE));
  }

  side.names = MIN (names, most);
  if (names + gap + values <= most) {
    side.with_values = values > 0;
    side.room = names + (values > 0 ? gap + values : 0) + gap;
    return side;
  }
  side.stacked = values > 0 && values <= most && (double) n * line <= MOST_STACKED_SHARE * height;
  side.with_values = side.stacked;
  side.room = MAX (side.names, side.stacked ? values : 0) + gap;
  return side;
}

void
re3_sankey_labels_measure (const Re3SankeyChart *chart,
                           const Re3Theme *theme,
                           double width,
                           double height,
                           Re3SankeyLabels *labels)
{
  *labels = (Re3SankeyLabels){ 0 };
  labels->left = measure_side (chart, theme, 0, width, height);
  if (chart->n_columns > 1)
    labels->right = measure_side (chart, theme, chart->n_columns - 1, width, height);
}

/* Moves labels as little as possible, in the sense of squares, so that neighbours are @line apart
 * and all stay between @top and @bottom. Neighbours that would collide are pooled into a block
 * around their mean (Ayer and others 1955). Returns: %FALSE if there is no room for all of them
 * near enough to their nodes. */
static gboolean
spread_labels (Label *labels, gsize n, double line, double top, double bottom)
{
  g_autofree double *means = g_new (double, MAX (n, 1));
  g_autofree gsize *sizes = g_new (gsize, MAX (n, 1));
  double least = top + line / 2;
  double most = bottom - line / 2 - (double) (MAX (n, 1) - 1) * line;
  gsize n_blocks = 0;
  gsize at = 0;

  if (most < least)
    return FALSE;

  for (gsize i = 0; i < n; i++) {
    means[n_blocks] = labels[i].wanted - (double) i * line;
    sizes[n_blocks++] = 1;
    while (n_blocks > 1 && means[n_blocks - 2] > means[n_blocks - 1]) {
      gsize size = sizes[n_blocks - 2] + sizes[n_blocks - 1];

      means[n_blocks - 2] = (means[n_blocks - 2] * (double) sizes[n_blocks - 2] +
                             means[n_blocks - 1] * (double) sizes[n_blocks - 1]) /
                            (double) size;
      sizes[n_blocks - 2] = size;
      n_blocks--;
    }
  }

  for (gsize block = 0; block < n_blocks; block++)
    for (gsize i = 0; i < sizes[block]; i++, at++) {
      labels[at].y = CLAMP (means[block], least, most) + (double) at * line;
      if (fabs (labels[at].y - labels[at].wanted) > MOST_SHIFT * line)
        return FALSE;
    }

  for (gsize i = 0; i < n; i++)
    labels[i].is_shown = TRUE;
  return TRUE;
}

static int
compare_flows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Re3SankeyChart *chart = data;
  const Label *left = *(const Label *const *) a;
  const Label *right = *(const Label *const *) b;

  if (chart->flow[left->node] != chart->flow[right->node])
    return chart->flow[left->node] > chart->flow[right->node] ? -1 : 1;
  return left->node < right->node ? -1 : 1;
}

/* Where not all labels have room: the largest nodes keep theirs, each at its place. */
static void
thin_labels (const Re3SankeyChart *chart,
             Label *labels,
             gsize n,
             double line,
             double top,
             double bottom)
{
  g_autofree Label **order = g_new (Label *, MAX (n, 1));
  g_autofree double *taken = g_new (double, MAX (n, 1));
  gsize n_taken = 0;

  for (gsize i = 0; i < n; i++)
    order[i] = &labels[i];
  g_qsort_with_data (order, (int) n, sizeof *order, compare_flows, (gpointer) chart);
  for (gsize i = 0; i < n; i++) {
    double y = MAX (MIN (order[i]->wanted, bottom - line / 2), top + line / 2);
    gboolean is_free = TRUE;

    for (gsize other = 0; other < n_taken && is_free; other++)
      is_free = fabs (taken[other] - y) >= line;
    if (!is_free)
      continue;
    taken[n_taken++] = y;
    order[i]->y = y;
    order[i]->is_shown = TRUE;
  }
}

/* One label before or after its box. */
static void
add_outer_label (const Re3SankeyChart *chart,
                 Re3Scene *scene,
                 const Label *label,
                 const Re3Rect *box,
                 const Re3SankeySide *side,
                 gboolean on_left)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  const Re3SankeyNode *node = &chart->nodes[label->node];
  Re3Datum datum = { (int) label->node, RE3_SANKEY_NODES, node->tooltip };
  gboolean with_value = side->with_values && node->value != NULL;
  double gap = text_gap (theme);
  double x = on_left ? box->x - gap : box->x + box->width + gap;
  Re3TextStyle name =
      re3_text_style (theme->font_size, node->muted ? &theme->muted : &theme->foreground,
                      on_left ? RE3_ANCHOR_END : RE3_ANCHOR_START);
  Re3TextStyle value = re3_text_style (re3_text_detail_size (theme), &theme->muted, name.anchor);
  double room = side->names + ROUNDING;

  if (with_value && side->stacked) {
    double upper = re3_text_get_line_height (theme, name.size, FALSE, NULL);
    double lower = re3_text_get_line_height (theme, value.size, FALSE, NULL);

    re3_scene_add_text (scene, node->label, &name, x, label->y - lower / 2, room, &datum);
    re3_scene_add_text (scene, node->value, &value, x, label->y + upper / 2, 0, &datum);
  } else if (on_left) {
    /* The value stands next to the box, and the name before it. */
    if (with_value)
      x -= re3_scene_add_text (scene, node->value, &value, x, label->y, 0, &datum) + gap;
    re3_scene_add_text (scene, node->label, &name, x, label->y, room, &datum);
  } else {
    x += re3_scene_add_text (scene, node->label, &name, x, label->y, room, &datum) + gap;
    if (with_value)
      re3_scene_add_text (scene, node->value, &value, x, label->y, 0, &datum);
  }
}

/* One label over the ribbons that leave its box, on a ground that keeps it legible. */
static void
add_inner_label (const Re3SankeyChart *chart,
                 Re3Scene *scene,
                 const Label *label,
                 const Re3Rect *box,
                 double room)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  const Re3SankeyNode *node = &chart->nodes[label->node];
  Re3Datum datum = { (int) label->node, RE3_SANKEY_NODES, node->tooltip };
  double size = re3_axis_text_size (theme);
  double gap = text_gap (theme);
  double line = re3_text_get_line_height (theme, size, FALSE, NULL);
  double x = box->x + box->width + gap;
  double names = re3_texts_measure (theme, &node->label, 1, size, FALSE);
  double values = re3_texts_measure (theme, &node->value, 1, size, FALSE);
  gboolean with_value = values > 0 && names + gap + values + 2 * gap <= MOST_INNER_SHARE * room;
  double width = names + (with_value ? gap + values : 0);
  Re3Rect area = { x - gap / 2, label->y - line / 2, width + gap, line };
  Re3Paint ground = { .fill = re3_color_with_alpha (&theme->background, GROUND_ALPHA),
                      .radius = 3 };
  Re3TextStyle name =
      re3_text_style (size, node->muted ? &theme->muted : &theme->foreground, RE3_ANCHOR_START);
  Re3TextStyle value = re3_text_style (size, &theme->muted, RE3_ANCHOR_START);

  if (names + 2 * gap > room)
    return;
  re3_scene_add_rectangle (scene, &area, &ground, NULL);
  re3_scene_light_with (scene, &datum);
  re3_scene_add_text (scene, node->label, &name, x, label->y, 0, &datum);
  if (with_value)
    re3_scene_add_text (scene, node->value, &value, x + names + gap, label->y, 0, &datum);
}

/* The labels of one column: beside it at @side, or over its ribbons without one. */
static void
add_column (const Re3SankeyChart *chart,
            Re3Scene *scene,
            const Re3SankeyGeometry *geometry,
            const Re3Rect *area,
            gsize column,
            const Re3SankeySide *side)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  gsize n = chart->column_start[column + 1] - chart->column_start[column];
  double size = side != NULL ? theme->font_size : re3_axis_text_size (theme);
  double line = re3_text_get_line_height (theme, size, FALSE, NULL);
  double room = area->width / (double) MAX (chart->n_columns - 1, 1) - geometry->node_width;
  g_autofree Label *labels = g_new0 (Label, MAX (n, 1));

  if (side != NULL && side->stacked)
    line += re3_text_get_line_height (theme, re3_text_detail_size (theme), FALSE, NULL);
  if (line > area->height)
    return;

  for (gsize i = 0; i < n; i++) {
    labels[i].node = chart->column_nodes[chart->column_start[column] + i];
    labels[i].wanted =
        geometry->boxes[labels[i].node].y + geometry->boxes[labels[i].node].height / 2;
  }
  if (!spread_labels (labels, n, line, area->y, area->y + area->height))
    thin_labels (chart, labels, n, line, area->y, area->y + area->height);

  for (gsize i = 0; i < n; i++) {
    const Re3Rect *box = &geometry->boxes[labels[i].node];

    if (!labels[i].is_shown)
      continue;
    if (side != NULL)
      add_outer_label (chart, scene, &labels[i], box, side, column == 0);
    else
      add_inner_label (chart, scene, &labels[i], box, room);
  }
}

void
re3_sankey_labels_add (const Re3SankeyChart *chart,
                       Re3Scene *scene,
                       const Re3SankeyGeometry *geometry,
                       const Re3Rect *area,
                       const Re3SankeyLabels *labels)
{
  gsize last = chart->n_columns - 1;

  if (labels->left.room > 0)
    add_column (chart, scene, geometry, area, 0, &labels->left);
  for (gsize column = 1; column < last; column++)
    add_column (chart, scene, geometry, area, column, NULL);
  if (last > 0 && labels->right.room > 0)
    add_column (chart, scene, geometry, area, last, &labels->right);
}
