/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-theme.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Lines of text, shaped once and kept: a chart that is laid out again for every frame of a drag
 * shapes only the words that changed. Geometry is the same for the screen and for files: nothing
 * is hinted to a pixel grid. What is returned is shared: look at it and draw it, no more. Each
 * thread has its own, as Pango's font maps are. */

/* One line of @text in at most @max_width (0: any width), with an ellipsis where it is cut;
 * %NULL where next to nothing of it would be left. (transfer full) */
PangoLayout *re3_text_shape           (const Re3Theme *theme,
                                       const char     *text,
                                       double          size,
                                       gboolean        bold,
                                       double          max_width);
double       re3_text_get_width       (PangoLayout    *layout);
/* The height of a line in this font, and how far down its baseline is: capitals and digits are in
 * the middle. The same for every text, whatever other fonts its characters come from. */
double       re3_text_get_line_height (const Re3Theme *theme,
                                       double          size,
                                       gboolean        bold,
                                       double         *baseline);
/* The widest of @n texts, of which some may be %NULL. */
double       re3_texts_measure        (const Re3Theme     *theme,
                                       const char *const  *texts,
                                       gsize               n,
                                       double              size,
                                       gboolean            bold);
/* Of what stands beside a name: a little smaller. */
double       re3_text_detail_size     (const Re3Theme *theme);

G_END_DECLS
