/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-line-private.h"

#include "re3-text-private.h"

/* Marker labels stand above the plot in at most this many rows; in this one there is none. */
#define MARKER_ROWS 4

#define DOT_RADIUS  3.5
#define GHOST_WIDTH 1.5

/* A label may neither touch another one in its row nor lie across the line of one above it; nor
 * may its own line, which ends at its row, cross one below. */
static gboolean
is_free (const Re3MarkerPlace *places, const gboolean *placed, gsize n, gsize marker, gsize row)
{
  const Re3MarkerPlace *own = &places[marker];

  for (gsize i = 0; i < n; i++) {
    const Re3MarkerPlace *other = &places[i];

    if (!placed[i] || other->row == MARKER_ROWS)
      continue;
    if (other->row == row && own->start < other->end && other->start < own->end)
      return FALSE;
    if (other->row > row && other->x > own->start && other->x < own->end)
      return FALSE;
    if (other->row < row && own->x > other->start && own->x < other->end)
      return FALSE;
  }
  return TRUE;
}

/* Labels take the lowest free row, the rightmost first: so lines to the left pass it by.
 * Returns: the number of rows. */
gsize
re3_line_place_markers (const Re3LineChart *self,
                        const Re3Theme *theme,
                        const Re3Axis *axis,
                        double right,
                        Re3MarkerPlace *places)
{
  double gap = 0.4 * theme->font_size;
  g_autofree gboolean *placed = g_new0 (gboolean, MAX (self->n_markers, 1));
  gsize n_rows = 0;

  for (gsize i = 0; i < self->n_markers; i++) {
    Re3MarkerPlace *place = &places[i];
    const char *label = self->markers[i].label;
    double width = re3_texts_measure (theme, &label, 1, re3_axis_text_size (theme), FALSE) + gap;

    place->x = re3_axis_place (axis, self->markers[i].x);
    place->to_left = place->x + width > right;
    place->start = place->x - (place->to_left ? width : 0);
    place->end = place->start + width;
    place->row = MARKER_ROWS;
  }

  for (gsize step = 0; step < self->n_markers; step++) {
    gsize next = G_MAXSIZE;

    for (gsize i = 0; i < self->n_markers; i++)
      if (!placed[i] && (next == G_MAXSIZE || places[i].x > places[next].x))
        next = i;
    for (gsize row = 0; places[next].start >= 0 && row < MARKER_ROWS; row++)
      if (is_free (places, placed, self->n_markers, next, row)) {
        places[next].row = row;
        n_rows = MAX (n_rows, row + 1);
        break;
      }
    placed[next] = TRUE;
  }
  return n_rows;
}

double
re3_line_value_at (const Re3Line *line, double x)
{
  gsize before = 0;
  double share;

  while (before + 1 < line->n_points && line->x[before + 1] <= x)
    before++;
  if (line->is_step || before + 1 == line->n_points)
    return line->y[before];
  share = CLAMP ((x - line->x[before]) / (line->x[before + 1] - line->x[before]), 0, 1);
  return line->y[before] + share * (line->y[before + 1] - line->y[before]);
}

/* A ghost is but the outline of one. */
static void
add_dot (const Re3LineMarker *marker, Re3Scene *scene, double x, double y)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  Re3Rect square = { x - DOT_RADIUS, y - DOT_RADIUS, 2 * DOT_RADIUS, 2 * DOT_RADIUS };
  Re3Paint paint = { .fill = theme->background,
                     .stroke = theme->muted,
                     .stroke_width = GHOST_WIDTH,
                     .radius = DOT_RADIUS };

  if (marker->is_ghost)
    re3_scene_add_rectangle (scene, &square, &paint, NULL);
  else
    re3_scene_add_dot (scene, x, y, DOT_RADIUS, &theme->foreground);
}

void
re3_line_add_markers (const Re3LineChart *self,
                      Re3Scene *scene,
                      const Re3LineFrame *frame,
                      const Re3MarkerPlace *places)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double size = re3_axis_text_size (theme);
  double line = re3_axis_line_height (theme);
  double gap = 0.4 * theme->font_size;
  Re3TextStyle style = re3_text_style (size, &theme->foreground, RE3_ANCHOR_START);
  Re3Paint paint = { .stroke = theme->muted, .stroke_width = 1, .dash = 3 };

  for (gsize i = 0; i < self->n_markers; i++) {
    const Re3MarkerPlace *place = &places[i];
    gboolean has_label = place->row < frame->n_marker_rows;
    double y = frame->top - RE3_LINE_EDGE - ((double) place->row + 0.5) * line;

    re3_scene_move_to (scene, re3_scene_snap (place->x, frame->right), frame->bottom);
    re3_scene_line_to (scene, re3_scene_snap (place->x, frame->right),
                       has_label ? y - line / 2 : frame->top);
    re3_scene_add_path (scene, &paint, NULL);
    for (gsize j = 0; j < self->n_lines; j++)
      if (self->lines[j].n_points > 0)
        add_dot (&self->markers[i], scene, place->x,
                 re3_axis_place (&frame->y,
                                 re3_line_value_at (&self->lines[j], self->markers[i].x)));
    if (!has_label)
      continue;
    style.color = self->markers[i].is_ghost ? theme->muted : theme->foreground;
    style.anchor = place->to_left ? RE3_ANCHOR_END : RE3_ANCHOR_START;
    re3_scene_add_text (scene, self->markers[i].label, &style,
                        place->x + (place->to_left ? -gap : gap), y, 0, NULL);
  }
}
