/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-export.h"

G_BEGIN_DECLS

/**
 * Re3Page:
 *
 * A chart laid out as a file holds it: on a background, with margins and its title above it. A
 * preview shows it and a file writer writes it: both are the same marks. Immutable.
 */
typedef struct _Re3Page Re3Page;

/* Lays @chart out for @options; dots per inch are of no matter to it.
 * Errors: RE3_EXPORT_ERROR_SIZE. (transfer full) */
Re3Page        *re3_page_new            (Re3Chart               *chart,
                                         const Re3ExportOptions *options,
                                         GError                **error);
void            re3_page_free           (Re3Page                *self);
/* In chart units. The height is the natural one where the options ask for it. */
double          re3_page_get_width      (const Re3Page          *self);
double          re3_page_get_height     (const Re3Page          *self);
/* The options' theme with their font. */
const Re3Theme *re3_page_get_theme      (const Re3Page          *self);
/* The lines of the title, and where their scene begins; %NULL where the page is too low for one.
 * (nullable) */
const Re3Scene *re3_page_get_title      (const Re3Page          *self,
                                         double                 *x,
                                         double                 *y);
/* The chart itself, and where its scene begins. */
const Re3Scene *re3_page_get_chart      (const Re3Page          *self,
                                         double                 *x,
                                         double                 *y);
/* Paints all of it on @cr, in chart units from (0, 0). */
void            re3_page_draw           (const Re3Page          *self,
                                         cairo_t                *cr);
/* How many pixels it takes at @dpi. Errors: RE3_EXPORT_ERROR_SIZE where a picture cannot hold as
 * many; they are set all the same. */
gboolean        re3_page_get_pixel_size (const Re3Page          *self,
                                         double                  dpi,
                                         double                 *width,
                                         double                 *height,
                                         GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Page, re3_page_free)

G_END_DECLS
