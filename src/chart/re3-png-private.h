/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Says in the PNG file @bytes how many dots go to an inch (a pHYs chunk), which Cairo does not:
 * so a document takes the picture at the size it was made for. */
void re3_png_set_resolution (GByteArray *bytes,
                             double      dpi);

G_END_DECLS
