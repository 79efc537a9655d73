/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lengths of figures. Charts count in units of 1/96 inch, which is the pixel of CSS and SVG;
 * a picture holds more pixels than that where it has more dots per inch. */

#define RE3_UNITS_PER_INCH 96.0
#define RE3_UNITS_PER_MM   (RE3_UNITS_PER_INCH / 25.4)

typedef enum {
  RE3_LENGTH_MM,
  RE3_LENGTH_PX,
} Re3LengthUnit;

double   re3_length_to_units   (double         length,
                                Re3LengthUnit  unit);
double   re3_length_from_units (double         units,
                                Re3LengthUnit  unit);
/* Reads "85mm", "640px" or "640", which are pixels, in any locale, with or without a space before
 * the unit. @units: (out): in chart units; set only if @text is a finite length. */
gboolean re3_length_parse      (const char    *text,
                                double        *units);

G_END_DECLS
