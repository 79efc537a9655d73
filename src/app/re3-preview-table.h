/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-data-preview.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows the first rows of @preview in @view, each column with what it is read as; rows that are
 * skipped are dimmed and say why. @preview outlives what is shown. */
void re3_preview_table_show (GtkColumnView        *view,
                             const Re3DataPreview *preview);

G_END_DECLS
