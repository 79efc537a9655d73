/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-rows-private.h"

#include "re3-text-private.h"

#include <math.h>

/* Text may shrink this much before labels are thinned. */
#define LEAST_TEXT_SHARE 0.7

/* From this pitch on rows start on whole units, so that they look alike on screen. */
#define LEAST_EVEN_PITCH 6.0

/* What a sum of heights may be off by. */
#define ROUNDING 1e-6

/* Labels may be bold, and bold fonts may be higher. */
static double
row_line_height (const Re3Theme *theme, double size)
{
  return MAX (re3_text_get_line_height (theme, size, FALSE, NULL),
              re3_text_get_line_height (theme, size, TRUE, NULL));
}

double
re3_rows_natural_pitch (const Re3Theme *theme)
{
  return ceil (1.9 * theme->font_size);
}

void
re3_rows_init (Re3Rows *self,
               const Re3Theme *theme,
               gsize n_rows,
               double top,
               double height,
               double most_pitch,
               double share)
{
  double line = row_line_height (theme, theme->font_size);
  double least = LEAST_TEXT_SHARE * theme->font_size;

  self->n_rows = n_rows;
  self->top = ceil (top);
  self->pitch = MIN (MAX (height - (self->top - top), 0) / (double) MAX (n_rows, 1), most_pitch);
  if (self->pitch >= LEAST_EVEN_PITCH)
    self->pitch = floor (self->pitch + ROUNDING);
  self->thickness = share * self->pitch;
  if (self->thickness >= LEAST_EVEN_PITCH)
    self->thickness = floor (self->thickness);

  /* A line's height grows with its size. */
  self->text_size = CLAMP (theme->font_size * self->pitch / line, least, theme->font_size);
  self->text_size = MAX (least, floor (2 * self->text_size) / 2);
  line = row_line_height (theme, self->text_size);
  self->every = self->pitch > 0 ? (gsize) MAX (1, ceil (line / self->pitch - 1e-6)) : G_MAXSIZE;
}

double
re3_rows_get_middle (const Re3Rows *self, gsize row)
{
  return self->top + ((double) row + 0.5) * self->pitch;
}

double
re3_rows_get_bottom (const Re3Rows *self)
{
  return self->top + (double) self->n_rows * self->pitch;
}

gboolean
re3_rows_has_text (const Re3Rows *self, gsize row)
{
  return row % self->every == self->every / 2 && row + (self->every + 2) / 2 <= self->n_rows;
}
