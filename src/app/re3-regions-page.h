/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_REGIONS_PAGE (re3_regions_page_get_type ())
G_DECLARE_FINAL_TYPE (Re3RegionsPage, re3_regions_page, RE3, REGIONS_PAGE, GtkWidget)

/**
 * Re3RegionsPage:
 *
 * The regions that the samples fall into: how many of each class, how pure, and what each feature
 * contributes there. Choosing a region filters the samples.
 */
void re3_regions_page_set_session (Re3RegionsPage *self,
                                   Re3Session     *session);

G_END_DECLS
