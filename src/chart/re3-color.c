/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-color-private.h"

#include <math.h>

typedef struct {
  double lightness;
  double a;
  double b;
} Lab;

static double
to_linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
from_linear (double light)
{
  double channel = light <= 0.0031308 ? 12.92 * light : 1.055 * pow (light, 1 / 2.4) - 0.055;

  return CLAMP (channel, 0, 1);
}

static Lab
to_lab (const Re3Color *color)
{
  double red = to_linear (color->red);
  double green = to_linear (color->green);
  double blue = to_linear (color->blue);
  double l = cbrt (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  double m = cbrt (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  double s = cbrt (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);

  return (Lab){
    .lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
    .a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
    .b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
  };
}

static Re3Color
from_lab (const Lab *lab, double alpha)
{
  double l = lab->lightness + 0.3963377774 * lab->a + 0.2158037573 * lab->b;
  double m = lab->lightness - 0.1055613458 * lab->a - 0.0638541728 * lab->b;
  double s = lab->lightness - 0.0894841775 * lab->a - 1.2914855480 * lab->b;

  l = l * l * l;
  m = m * m * m;
  s = s * s * s;
  return (Re3Color){
    .red = from_linear (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    .green = from_linear (-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    .blue = from_linear (-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s),
    .alpha = alpha,
  };
}

Re3Color
re3_color_mix (const Re3Color *from, const Re3Color *to, double share)
{
  Lab low = to_lab (from);
  Lab high = to_lab (to);
  Lab mixed;

  mixed.lightness = low.lightness + share * (high.lightness - low.lightness);
  mixed.a = low.a + share * (high.a - low.a);
  mixed.b = low.b + share * (high.b - low.b);
  return from_lab (&mixed, from->alpha + share * (to->alpha - from->alpha));
}

Re3Color
re3_color_with_alpha (const Re3Color *self, double alpha)
{
  return (Re3Color){ self->red, self->green, self->blue, alpha };
}

static double
luminance (const Re3Color *color)
{
  return 0.2126 * to_linear (color->red) + 0.7152 * to_linear (color->green) +
         0.0722 * to_linear (color->blue);
}

double
re3_color_contrast (const Re3Color *a, const Re3Color *b)
{
  double of_a = luminance (a);
  double of_b = luminance (b);

  return (MAX (of_a, of_b) + 0.05) / (MIN (of_a, of_b) + 0.05);
}
