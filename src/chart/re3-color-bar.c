/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-color-bar-private.h"

#include "re3-axis-private.h"

/* In ems. */
#define HEIGHT     0.8
#define MOST_WIDTH 18.0

/* Enough that steps are not seen. */
#define STEPS 64

/* Below the bar, in chart units. */
#define TICK_LENGTH 3.0

double
re3_color_bar_measure (const Re3ColorBar *self, const Re3Theme *theme)
{
  return HEIGHT * theme->font_size + TICK_LENGTH +
         (*self->title != '\0' ? 2 : 1) * re3_axis_line_height (theme);
}

void
re3_color_bar_add (const Re3ColorBar *self, Re3Scene *scene, double x, double y, double width)
{
  const Re3Theme *theme = re3_scene_get_theme (scene);
  double line = re3_axis_line_height (theme);
  double bar = MIN (width, MOST_WIDTH * theme->font_size);
  Re3TextStyle style = re3_text_style (re3_axis_text_size (theme), &theme->muted, RE3_ANCHOR_START);
  Re3Rect step = { x, y, bar, HEIGHT * theme->font_size };
  double bottom = y + step.height + TICK_LENGTH;
  double largest = self->largest > 0 ? self->largest : 1;
  double low = re3_color_scale_is_signed (self->scale) ? -1 : 0;
  g_autofree char *title = NULL;
  Re3Axis axis;

  /* Every step reaches to the end, and the next one covers the rest: no seams in between. */
  for (int i = 0; i < STEPS; i++) {
    double value = low + (1 - low) * (i + 0.5) / STEPS;

    step.x = x + (double) i / STEPS * bar;
    step.width = x + bar - step.x;
    re3_scene_add_rectangle (
        scene, &step, &(Re3Paint){ .fill = re3_theme_scale_color (theme, self->scale, value) },
        NULL);
  }

  re3_axis_init_to_fit (&axis, theme, low * largest, largest, x, x + bar, FALSE, self->whole);
  re3_axis_add_across (&axis, scene, y + step.height, bottom, bottom + line / 2);
  if (*self->title == '\0')
    return;
  title = re3_axis_format_title (&axis, self->title);
  re3_scene_add_text (scene, title, &style, x, bottom + 1.5 * line, re3_scene_get_width (scene) - x,
                      NULL);
}
