/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_GROUP_OFFER (re3_group_offer_get_type ())
G_DECLARE_FINAL_TYPE (Re3GroupOffer, re3_group_offer, RE3, GROUP_OFFER, GtkWidget)

/**
 * Re3GroupOffer:
 *
 * Offers to edit features as one choice that the data suggest to be one, a group at a time; hidden
 * without any.
 */
void re3_group_offer_set_session (Re3GroupOffer *self,
                                  Re3Session    *session);

G_END_DECLS
