/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double red;
  double green;
  double blue;
  double alpha;
} Re3Color;

/**
 * Re3Theme:
 * @name: "light", "dark", "high-contrast", "high-contrast-dark" or "print"
 * @font_family: Pango family names, separated by commas: the first one that is there
 * @font_size: of ordinary text, in chart units (1/96 inch)
 * @background: behind everything; not painted on screen, where the widget's own shows through
 * @foreground: text and axes
 * @muted: secondary text
 * @grid: grid lines and separators
 * @surface: fill of neutral shapes, such as an inactive node
 * @accent: selection and focus
 * @positive: raises the output
 * @negative: lowers it
 *
 * Colours, fonts and sizes of a figure: a value that is passed in, so that the same chart is drawn
 * on screen, for print and in the dark.
 */
typedef struct {
  const char *name;
  const char *font_family;
  double font_size;
  Re3Color background;
  Re3Color foreground;
  Re3Color muted;
  Re3Color grid;
  Re3Color surface;
  Re3Color accent;
  Re3Color positive;
  Re3Color negative;
  gboolean dark;
} Re3Theme;

typedef enum {
  RE3_SCALE_DIVERGING,  /* signed numbers, symmetric about 0 */
  RE3_SCALE_SEQUENTIAL, /* numbers from 0 on */
  RE3_SCALE_GREY,        /* the same as a picture in every theme: 0 is black, 1 is white */
  RE3_SCALE_SIGNED_GREY, /* signed numbers as a picture: -1 is black, 1 is white */
} Re3ColorScale;

extern const Re3Theme re3_theme_light;
extern const Re3Theme re3_theme_dark;
extern const Re3Theme re3_theme_high_contrast;
extern const Re3Theme re3_theme_high_contrast_dark;
extern const Re3Theme re3_theme_print;

/* (nullable): the theme called @name. */
const Re3Theme *re3_theme_find       (const char     *name);
/* The colour of class @index: Okabe and Ito's palette, told apart with the common deficiencies;
 * from the ninth on the colours return in other lightness. */
Re3Color        re3_theme_class_color (const Re3Theme *self,
                                       gsize           index);
/* A perceptually even diverging map: -1 is @negative, 0 near the background, 1 @positive. */
Re3Color        re3_theme_diverging  (const Re3Theme *self,
                                      double          value);
/* A perceptually even sequential map, for what has no sign: 0 near the background, 1 far from it in
 * lightness, so that it holds in grey too. */
Re3Color        re3_theme_sequential (const Re3Theme *self,
                                      double          value);
/* Any of them; @value: -1 to 1 where the scale is signed, else 0 to 1. */
Re3Color        re3_theme_scale_color (const Re3Theme *self,
                                       Re3ColorScale   scale,
                                       double          value);
gboolean        re3_color_scale_is_signed (Re3ColorScale scale);
/* Black or white, whichever reads better on @fill. */
Re3Color        re3_theme_text_on    (const Re3Color *fill);

G_END_DECLS
