/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-line-private.h"

#include <math.h>

/* Of the strip, in ems, and above it. */
#define STRIP_HEIGHT 0.45
#define STRIP_GAP    2.0

/* Breakpoints that stand closer than this on average are ticks only. */
#define LEAST_SPACING 7.0
#define TICK_HEIGHT   5.0

double
re3_line_measure_strip (const Re3LineChart *self, const Re3Theme *theme)
{
  return self->n_bands > 0 ? ceil (STRIP_HEIGHT * theme->font_size) + STRIP_GAP : 0;
}

/* Breakpoints that are drawn in the same place are one line. */
void
re3_line_add_breaks (const Re3LineChart *self, Re3Scene *scene, const Re3LineFrame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double spacing = (frame->right - frame->left) / (double) MAX (self->n_pieces, 1);
  double tick = MIN (TICK_HEIGHT, frame->bottom - frame->top);
  double last = -1;

  for (gsize i = 1; i < self->n_pieces; i++) {
    double x = re3_scene_snap (re3_axis_place (&frame->x, self->pieces[i].from), frame->right);

    if (x == last)
      continue;
    last = x;
    if (spacing >= LEAST_SPACING)
      re3_scene_add_line (scene, x, frame->top, x, frame->bottom, &theme->grid, 1);
    re3_scene_add_line (scene, x, frame->bottom - tick, x, frame->bottom, &theme->muted, 1);
  }
}

/* Where on the plot the stretch of x between @from and @to is. */
static Re3Rect
find_area (const Re3LineFrame *frame, double from, double to)
{
  double left = CLAMP (re3_axis_place (&frame->x, from), frame->left, frame->right);
  double right = CLAMP (re3_axis_place (&frame->x, to), frame->left, frame->right);

  return (Re3Rect){ left, frame->top, right - left, frame->bottom - frame->top };
}

void
re3_line_add_bands (const Re3LineChart *self, Re3Scene *scene, const Re3LineFrame *frame)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);

  if (frame->strip_height == 0)
    return;
  for (gsize i = 0; i < self->n_bands; i++) {
    const Re3LineBand *band = &self->bands[i];
    Re3Rect area = find_area (frame, band->from, band->to);
    Re3Paint paint = { .fill = re3_theme_class_color (theme, (gsize) band->color_index) };
    Re3Datum datum = { (int) i, RE3_LINE_BAND, band->tooltip };

    area.y = frame->bottom + STRIP_GAP;
    area.height = frame->strip_height - STRIP_GAP;
    if (area.width > 0)
      re3_scene_add_rectangle (scene, &area, &paint, &datum);
  }
}

void
re3_line_add_piece_hits (const Re3LineChart *self, Re3Scene *scene, const Re3LineFrame *frame)
{
  for (gsize i = 0; i < self->n_pieces; i++) {
    Re3Rect area = find_area (frame, self->pieces[i].from, self->pieces[i].to);
    Re3Datum datum = { (int) i, 0, self->pieces[i].tooltip };

    if (area.width > 0)
      re3_scene_add_rectangle (scene, &area, &(Re3Paint){ 0 }, &datum);
  }
}
