/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sankey-private.h"

#include "re3-axis-private.h"
#include "re3-color-private.h"
#include "re3-rows-private.h"
#include "re3-text-private.h"

#include <math.h>

/* Of the width, for the labels of the first and of the last column. */
#define MOST_OUTER_SHARE 0.28
#define LEAST_OUTER_EMS  3.0
#define MOST_INNER_SHARE 0.6
#define PILL_ALPHA       0.72

/* A node's texts and where they go. */
typedef struct {
  guint node;
  double wanted;
  double y;
  gboolean is_shown;
} Label;

static double
value_size (const Re3Theme *theme)
{
  return 0.92 * theme->font_size;
}

static double
text_gap (const Re3Theme *theme)
{
  return 0.45 * theme->font_size;
}

/* The room that one outer column's labels take: names and values side by side where that is not
 * too much, else below each other, else names alone. */
static double
measure_outer (const Re3SankeyChart *chart,
               const Re3Theme *theme,
               gsize column,
               double width,
               double height,
               double *names,
               gboolean *stacked,
               gboolean *with_values)
{
  double gap = text_gap (theme);
  double most = MOST_OUTER_SHARE * width - gap;
  gsize n = chart->column_start[column + 1] - chart->column_start[column];
  double line = re3_text_get_line_height (theme, theme->font_size, FALSE, NULL) +
                re3_text_get_line_height (theme, value_size (theme), FALSE, NULL);
  double widest = 0;
  double values = 0;
  double side_by_side;

  *names = 0;
  *stacked = FALSE;
  *with_values = FALSE;
  for (gsize i = chart->column_start[column]; i < chart->column_start[column + 1]; i++) {
    const Re3SankeyNode *node = &chart->nodes[chart->column_nodes[i]];

    widest = MAX (widest, re3_texts_measure (theme, &node->label, 1, theme->font_size, FALSE));
    values = MAX (values, re3_texts_measure (theme, &node->value, 1, value_size (theme), FALSE));
  }
  if (most < LEAST_OUTER_EMS * theme->font_size)
    return 0;

  side_by_side = widest + (values > 0 ? gap + values : 0);
  if (side_by_side <= most) {
    *names = widest;
    *with_values = values > 0;
    return side_by_side + gap;
  }
  *stacked = (double) n * line <= 0.9 * height && values <= most;
  *with_values = *stacked;
  *names = MIN (widest, most);
  return MAX (*names, *stacked ? values : 0) + gap;
}

void
re3_sankey_labels_measure (const Re3SankeyChart *chart,
                           const Re3Theme *theme,
                           double width,
                           double height,
                           Re3SankeyLabels *labels)
{
  *labels = (Re3SankeyLabels){ 0 };
  labels->left = measure_outer (chart, theme, 0, width, height, &labels->names_left,
                                &labels->stacked_left, &labels->values_left);
  if (chart->n_columns > 1)
    labels->right =
        measure_outer (chart, theme, chart->n_columns - 1, width, height, &labels->names_right,
                       &labels->stacked_right, &labels->values_right);
}

/* Moves labels as little as possible, in the sense of squares, so that neighbours are @line apart
 * and all stay between @top and @bottom. Neighbours that would collide are pooled into a block
 * around their mean (Ayer and others 1955). */
static void
spread_labels (Label *labels, gsize n, double line, double top, double bottom)
{
  g_autofree double *means = g_new (double, MAX (n, 1));
  g_autofree gsize *sizes = g_new (gsize, MAX (n, 1));
  gsize n_blocks = 0;
  gsize at = 0;

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

  for (gsize block = 0; block < n_blocks; block++) {
    double mean =
        MAX (MIN (means[block], bottom - line / 2 - (double) (n - 1) * line), top + line / 2);

    for (gsize i = 0; i < sizes[block]; i++, at++) {
      labels[at].y = mean + (double) at * line;
      labels[at].is_shown = TRUE;
    }
  }
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
  /* One flag for each slot of a line's height would not do: labels start anywhere. */
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

/* One label beside its box, at the side that @anchor leaves free. */
static void
add_outer_label (const Re3SankeyChart *chart,
                 Re3Scene *scene,
                 const Label *label,
                 const Re3Rect *box,
                 gboolean on_left,
                 double names,
                 gboolean stacked,
                 gboolean with_values)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  const Re3SankeyNode *node = &chart->nodes[label->node];
  Re3Datum datum = { (int) label->node, 0, node->tooltip };
  double gap = text_gap (theme);
  double x = on_left ? box->x - gap : box->x + box->width + gap;
  double towards = on_left ? -1 : 1;
  double name_line = re3_text_get_line_height (theme, theme->font_size, FALSE, NULL);
  double value_line = re3_text_get_line_height (theme, value_size (theme), FALSE, NULL);
  Re3TextStyle name =
      re3_text_style (theme->font_size, node->muted ? &theme->muted : &theme->foreground,
                      on_left ? RE3_ANCHOR_END : RE3_ANCHOR_START);
  Re3TextStyle value = re3_text_style (value_size (theme), &theme->muted, name.anchor);
  double width;

  if (node->value == NULL)
    with_values = FALSE;
  if (with_values && stacked) {
    double top = label->y - (name_line + value_line) / 2;

    re3_scene_add_text (scene, node->label, &name, x, top + name_line / 2, names + 0.01, &datum);
    re3_scene_add_text (scene, node->value, &value, x, top + name_line + value_line / 2, 0, &datum);
    return;
  }
  if (with_values && on_left) {
    width = re3_scene_add_text (scene, node->value, &value, x, label->y, 0, &datum);
    x += towards * (width + gap);
    re3_scene_add_text (scene, node->label, &name, x, label->y, names + 0.01, &datum);
    return;
  }
  width = re3_scene_add_text (scene, node->label, &name, x, label->y, names + 0.01, &datum);
  if (with_values)
    re3_scene_add_text (scene, node->value, &value, x + towards * (width + gap), label->y, 0,
                        &datum);
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
  Re3Datum datum = { (int) label->node, 0, node->tooltip };
  double size = re3_axis_text_size (theme);
  double gap = text_gap (theme);
  double line = re3_text_get_line_height (theme, size, FALSE, NULL);
  double x = box->x + box->width + gap;
  double names = re3_texts_measure (theme, &node->label, 1, size, FALSE);
  double values = re3_texts_measure (theme, &node->value, 1, size, FALSE);
  gboolean with_value = values > 0 && names + gap + values + 2 * gap <= room;
  double width = names + (with_value ? gap + values : 0);
  Re3Rect pill = { x - gap / 2, label->y - line / 2, width + gap, line };
  Re3Paint ground = { .fill = re3_color_with_alpha (&theme->background, PILL_ALPHA), .radius = 3 };
  Re3TextStyle name =
      re3_text_style (size, node->muted ? &theme->muted : &theme->foreground, RE3_ANCHOR_START);
  Re3TextStyle value = re3_text_style (size, &theme->muted, RE3_ANCHOR_START);

  if (names + 2 * gap > room)
    return;
  re3_scene_add_rectangle (scene, &pill, &ground, NULL);
  re3_scene_add_text (scene, node->label, &name, x, label->y, 0, &datum);
  if (with_value)
    re3_scene_add_text (scene, node->value, &value, x + names + gap, label->y, 0, &datum);
}

void
re3_sankey_labels_add (const Re3SankeyChart *chart,
                       Re3Scene *scene,
                       const Re3SankeyGeometry *geometry,
                       const Re3Rect *area,
                       const Re3SankeyLabels *sizes)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double step = chart->n_columns > 1 ? area->width / (double) (chart->n_columns - 1) : 0;

  for (gsize column = 0; column < chart->n_columns; column++) {
    gboolean first = column == 0;
    gboolean last = !first && column + 1 == chart->n_columns;
    gboolean stacked = (first && sizes->stacked_left) || (last && sizes->stacked_right);
    double size = first || last ? theme->font_size : re3_axis_text_size (theme);
    double line = re3_text_get_line_height (theme, size, FALSE, NULL);
    gsize n = chart->column_start[column + 1] - chart->column_start[column];
    g_autofree Label *labels = g_new0 (Label, MAX (n, 1));
    double top = area->y;
    double bottom = area->y + area->height;

    if ((first && sizes->left <= 0) || (last && sizes->right <= 0))
      continue;
    if (stacked)
      line += re3_text_get_line_height (theme, value_size (theme), FALSE, NULL);
    for (gsize i = 0; i < n; i++) {
      labels[i].node = chart->column_nodes[chart->column_start[column] + i];
      labels[i].wanted =
          geometry->boxes[labels[i].node].y + geometry->boxes[labels[i].node].height / 2;
    }
    if (line > area->height)
      continue;
    if ((double) n * line <= area->height)
      spread_labels (labels, n, line, top, bottom);
    else
      thin_labels (chart, labels, n, line, top, bottom);

    for (gsize i = 0; i < n; i++) {
      const Re3Rect *box = &geometry->boxes[labels[i].node];

      if (!labels[i].is_shown)
        continue;
      if (first)
        add_outer_label (chart, scene, &labels[i], box, TRUE, sizes->names_left,
                         sizes->stacked_left, sizes->values_left);
      else if (last)
        add_outer_label (chart, scene, &labels[i], box, FALSE, sizes->names_right,
                         sizes->stacked_right, sizes->values_right);
      else
        add_inner_label (chart, scene, &labels[i], box, MOST_INNER_SHARE * step);
    }
  }
}
