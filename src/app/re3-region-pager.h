/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_REGION_PAGER (re3_region_pager_get_type ())
G_DECLARE_FINAL_TYPE (Re3RegionPager, re3_region_pager, RE3, REGION_PAGER, GtkWidget)

/**
 * Re3RegionPager:
 *
 * Turns the pages of a table of regions that is too long for one: "201 to 400 of 10 000".
 * It turns to the region that is selected too. Hidden where there is one page only.
 */
GtkWidget *re3_region_pager_new (Re3Session *session);

G_END_DECLS
