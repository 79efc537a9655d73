/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_WHAT_IF_PANEL (re3_what_if_panel_get_type ())
G_DECLARE_FINAL_TYPE (Re3WhatIfPanel, re3_what_if_panel, RE3, WHAT_IF_PANEL, GtkWidget)

/**
 * Re3WhatIfPanel:
 *
 * The selected sample under the hand: a slider for each feature, what the network answers to the
 * edited sample, and whether it has left its region. The data set is never changed.
 */
void re3_what_if_panel_set_session (Re3WhatIfPanel *self,
                                    Re3Session     *session);

G_END_DECLS
