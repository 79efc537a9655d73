/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-page.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_PAGE_PREVIEW (re3_page_preview_get_type ())
G_DECLARE_FINAL_TYPE (Re3PagePreview, re3_page_preview, RE3, PAGE_PREVIEW, GtkWidget)

/**
 * Re3PagePreview:
 *
 * Shows a page as a file will hold it, made smaller where there is not the room for it.
 *
 * CSS node: "pagepreview"
 */

/* @page: (transfer full) (nullable) */
void re3_page_preview_set_page (Re3PagePreview *self,
                                Re3Page        *page);

G_END_DECLS
