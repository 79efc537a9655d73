/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-export.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Puts @chart on @clipboard as it would be written to files, to be pasted as whatever the other
 * program takes: a picture, SVG or PDF. */
gboolean re3_figure_copy (GdkClipboard           *clipboard,
                          Re3Chart               *chart,
                          const Re3ExportOptions *options,
                          GError                **error);

G_END_DECLS
