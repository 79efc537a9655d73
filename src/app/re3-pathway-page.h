/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_PATHWAY_PAGE (re3_pathway_page_get_type ())
G_DECLARE_FINAL_TYPE (Re3PathwayPage, re3_pathway_page, RE3, PATHWAY_PAGE, GtkWidget)

/**
 * Re3PathwayPage:
 *
 * Why the network answers as it does to the sample at hand: the decision pathway, the class
 * probabilities, and the contributions to the class that is explained.
 */
void re3_pathway_page_set_session (Re3PathwayPage *self,
                                   Re3Session     *session);

G_END_DECLS
