/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-theme.h"

#include "re3-color-private.h"

#include <math.h>

#define RGB(hex)                                                                                   \
  {                                                                                                \
    ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) &0xff) / 255.0, 1.0          \
  }

#define SCREEN_FONT "Cantarell, Inter, Noto Sans, DejaVu Sans, sans-serif"
#define PRINT_FONT  "Helvetica, Nimbus Sans, Liberation Sans, Arial, sans-serif"

/* Blue lowers and vermillion raises. The two have the same OKLab lightness, so that neither side
 * of the diverging map looks heavier; 0.60 on white, 0.70 in the dark, 0.53 for high contrast. */

const Re3Theme re3_theme_light = {
  .name = "light",
  .font_family = SCREEN_FONT,
  .font_size = 13,
  .background = RGB (0xffffff),
  .foreground = RGB (0x26262b),
  .muted = RGB (0x66666e),
  .grid = RGB (0xe4e4e8),
  .surface = RGB (0xd4d4da),
  .accent = RGB (0x1c71d8),
  .positive = RGB (0xcb5900),
  .negative = RGB (0x2a87c8),
  .dark = FALSE,
};

const Re3Theme re3_theme_dark = {
  .name = "dark",
  .font_family = SCREEN_FONT,
  .font_size = 13,
  .background = RGB (0x1e1e1e),
  .foreground = RGB (0xf2f2f4),
  .muted = RGB (0xa9a9b1),
  .grid = RGB (0x36363b),
  .surface = RGB (0x55555d),
  .accent = RGB (0x78aeed),
  .positive = RGB (0xee7934),
  .negative = RGB (0x4ea6e9),
  .dark = TRUE,
};

const Re3Theme re3_theme_high_contrast = {
  .name = "high-contrast",
  .font_family = SCREEN_FONT,
  .font_size = 13,
  .background = RGB (0xffffff),
  .foreground = RGB (0x000000),
  .muted = RGB (0x303030),
  .grid = RGB (0x8c8c8c),
  .surface = RGB (0x8c8c8c),
  .accent = RGB (0x0a3d91),
  .positive = RGB (0xa74f19),
  .negative = RGB (0x0471b1),
  .dark = FALSE,
};

const Re3Theme re3_theme_high_contrast_dark = {
  .name = "high-contrast-dark",
  .font_family = SCREEN_FONT,
  .font_size = 13,
  .background = RGB (0x000000),
  .foreground = RGB (0xffffff),
  .muted = RGB (0xdcdcdc),
  .grid = RGB (0x7a7a7a),
  .surface = RGB (0x8c8c8c),
  .accent = RGB (0x9cc9ff),
  .positive = RGB (0xf98e54),
  .negative = RGB (0x5eb6fa),
  .dark = TRUE,
};

const Re3Theme re3_theme_print = {
  .name = "print",
  .font_family = PRINT_FONT,
  .font_size = 10,
  .background = RGB (0xffffff),
  .foreground = RGB (0x000000),
  .muted = RGB (0x555555),
  .grid = RGB (0xdddddd),
  .surface = RGB (0xcfcfcf),
  .accent = RGB (0x1c71d8),
  .positive = RGB (0xcb5900),
  .negative = RGB (0x2a87c8),
  .dark = FALSE,
};

static const Re3Theme *const themes[] = {
  &re3_theme_light, &re3_theme_dark, &re3_theme_high_contrast, &re3_theme_high_contrast_dark,
  &re3_theme_print,
};

/* Okabe and Ito's eight, in the order in which the first ones differ most for people with
 * protanopia or deuteranopia. Their black comes last and is a light grey in the dark. */
static const Re3Color class_colors[] = {
  RGB (0xe69f00), /* orange */
  RGB (0x56b4e9), /* sky blue */
  RGB (0x009e73), /* bluish green */
  RGB (0x0072b2), /* blue */
  RGB (0xd55e00), /* vermillion */
  RGB (0xf0e442), /* yellow */
  RGB (0xcc79a7), /* reddish purple */
  RGB (0x000000), /* black */
};

static const Re3Color black = RGB (0x000000);
static const Re3Color white = RGB (0xffffff);
static const Re3Color light_grey = RGB (0xdadada);

const Re3Theme *
re3_theme_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++)
    if (g_str_equal (themes[i]->name, name))
      return themes[i];
  return NULL;
}

Re3Color
re3_theme_class_color (const Re3Theme *self, gsize index)
{
  /* How each further round of the palette is told from the first; black has one way only. */
  static const struct {
    const Re3Color *towards;
    double share;
    double share_of_black;
  } rounds[] = { { &white, 0.0, 0.0 }, { &white, 0.5, 0.5 }, { &black, 0.4, 0.3 } };
  gsize place = index % G_N_ELEMENTS (class_colors);
  gsize round = index / G_N_ELEMENTS (class_colors) % G_N_ELEMENTS (rounds);

  g_return_val_if_fail (self != NULL, black);

  if (place == G_N_ELEMENTS (class_colors) - 1)
    return self->dark ? re3_color_mix (&light_grey, &black, rounds[round].share_of_black)
                      : re3_color_mix (&black, &white, rounds[round].share_of_black);
  return round == 0
             ? class_colors[place]
             : re3_color_mix (&class_colors[place], rounds[round].towards, rounds[round].share);
}

/* A little off the background, so that a cell that holds 0 is not taken for an empty one. */
static Re3Color
zero_color (const Re3Theme *self)
{
  return re3_color_mix (&self->background, &self->surface, 0.25);
}

Re3Color
re3_theme_diverging (const Re3Theme *self, double value)
{
  Re3Color middle;

  g_return_val_if_fail (self != NULL, black);

  middle = zero_color (self);
  if (!(fabs (value) > 0))
    return middle;
  return re3_color_mix (&middle, value > 0 ? &self->positive : &self->negative,
                        MIN (fabs (value), 1));
}

Re3Color
re3_theme_sequential (const Re3Theme *self, double value)
{
  Re3Color start;
  Re3Color end;

  g_return_val_if_fail (self != NULL, black);

  /* On beyond the blue of the signed map. */
  start = zero_color (self);
  end = re3_color_mix (&self->negative, self->dark ? &white : &black, 0.4);
  return value > 0 ? re3_color_mix (&start, &end, MIN (value, 1)) : start;
}

Re3Color
re3_theme_scale_color (const Re3Theme *self, Re3ColorScale scale, double value)
{
  double grey = CLAMP (scale == RE3_SCALE_SIGNED_GREY ? (value + 1) / 2 : value, 0, 1);

  switch (scale) {
  case RE3_SCALE_DIVERGING:
    return re3_theme_diverging (self, value);
  case RE3_SCALE_SEQUENTIAL:
    return re3_theme_sequential (self, value);
  case RE3_SCALE_GREY:
  case RE3_SCALE_SIGNED_GREY:
    return (Re3Color){ grey, grey, grey, 1 };
  default:
    g_assert_not_reached ();
  }
}

gboolean
re3_color_scale_is_signed (Re3ColorScale scale)
{
  return scale == RE3_SCALE_DIVERGING || scale == RE3_SCALE_SIGNED_GREY;
}

Re3Color
re3_theme_text_on (const Re3Color *fill)
{
  g_return_val_if_fail (fill != NULL, black);

  return re3_color_contrast (fill, &black) >= re3_color_contrast (fill, &white) ? black : white;
}
