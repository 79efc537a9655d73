/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

G_BEGIN_DECLS

#define RE3_EXPORT_ERROR (re3_export_error_quark ())

typedef enum {
  RE3_EXPORT_ERROR_ENDING, /* a file name that ends in none of .png .svg .pdf .csv */
  RE3_EXPORT_ERROR_SIZE,   /* a picture too large or too small to make */
  RE3_EXPORT_ERROR_DRAW,   /* Cairo could not draw it */
  RE3_EXPORT_ERROR_WRITE,  /* the file could not be written */
} Re3ExportError;

GQuark re3_export_error_quark (void);

/**
 * Re3ExportOptions:
 * @theme: colours and fonts; the background is painted
 * @width, @height: in chart units (1/96 inch); a height of 0 is the chart's natural one
 * @dpi: pixels to an inch, for PNG only
 * @font_family: (nullable): before those of @theme, one or more with commas between them
 */
typedef struct {
  const Re3Theme *theme;
  double width;
  double height;
  double dpi;
  const char *font_family;
} Re3ExportOptions;

#define RE3_EXPORT_OPTIONS_DEFAULT \
  ((Re3ExportOptions){ .theme = &re3_theme_print, .width = 640, .height = 0, .dpi = 300 })

/* Draws @chart into the file called @path, as PNG, SVG or PDF by its ending, with its title, or
 * writes the data behind it as CSV; the file is written whole or not at all, and two writes give
 * the same bytes. */
gboolean re3_chart_export (Re3Chart               *chart,
                           const Re3ExportOptions *options,
                           const char             *path,
                           GError                **error);
/* The file as bytes. @ending: "png", "svg", "pdf" or "csv". (transfer full) */
GBytes  *re3_chart_export_to_bytes (Re3Chart               *chart,
                                    const Re3ExportOptions *options,
                                    const char             *ending,
                                    GError                **error);

G_END_DECLS
