/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-scene-private.h"

G_BEGIN_DECLS

#define RE3_AXIS_MOST_TICKS 32

/**
 * Re3Axis:
 * @low, @high: the numbers at its two ends, @low < @high
 * @start, @end: where those ends are drawn
 * @exponent: labels are given in this power of ten, which stands in the title
 * @decimals: digits after the point of every label
 *
 * Numbers along a line, with ticks at multiples of 1, 2 or 5 times a power of ten.
 */
typedef struct {
  double low;
  double high;
  double start;
  double end;
  double step;
  int exponent;
  int decimals;
  gsize n_ticks;
  double ticks[RE3_AXIS_MOST_TICKS];
} Re3Axis;

/* Up to @most_ticks ticks within the ends; @whole: only at whole numbers, for counts. Ends that
 * are equal or not finite are moved apart. */
void   re3_axis_init          (Re3Axis        *self,
                               double          low,
                               double          high,
                               double          start,
                               double          end,
                               gsize           most_ticks,
                               gboolean        whole);
/* As many ticks as leave room between their labels: in a row or, where @vertical, in a column. */
void   re3_axis_init_to_fit   (Re3Axis        *self,
                               const Re3Theme *theme,
                               double          low,
                               double          high,
                               double          start,
                               double          end,
                               gboolean        vertical,
                               gboolean        whole);
double re3_axis_place         (const Re3Axis  *self,
                               double          value);
/* (transfer full) */
char  *re3_axis_format_tick   (const Re3Axis  *self,
                               gsize           tick);
/* @title, with the power of ten that labels are given in. (transfer full) */
char  *re3_axis_format_title  (const Re3Axis  *self,
                               const char     *title);
/* The widest label. */
double re3_axis_measure       (const Re3Axis  *self,
                               const Re3Theme *theme);
/* The size of the labels and of other quiet text, and the height of a line of it. */
double re3_axis_text_size     (const Re3Theme *theme);
double re3_axis_line_height   (const Re3Theme *theme);

/* Of the height of a line: what labels take with the space above them, and their title likewise. */
#define RE3_AXIS_LABELS_HEIGHT 1.55
#define RE3_AXIS_TITLE_HEIGHT  1.2

/* Grid lines from @top to @bottom, and labels whose middle is at @label_y; without labels if that
 * is NAN. Labels that would leave the canvas are left out. */
void   re3_axis_add_across    (const Re3Axis  *self,
                               Re3Scene       *scene,
                               double          top,
                               double          bottom,
                               double          label_y);
/* Grid lines from @left to @right, and labels that end at @label_x. */
void   re3_axis_add_upward    (const Re3Axis  *self,
                               Re3Scene       *scene,
                               double          left,
                               double          right,
                               double          label_x);

/* The largest of 1, 2, 5 times a power of ten that is not above @value > 0. */
double re3_nice_below         (double          value);

/* The title, in the middle at (@x, @y) or as near to it as the canvas lets it. */
void   re3_axis_add_title     (const Re3Axis  *self,
                               Re3Scene       *scene,
                               const char     *title,
                               double          x,
                               double          y);

/* What a large or odd number counts as where it becomes a length: finite, and far from overflow. */
double re3_axis_tame          (double          value);

G_END_DECLS
