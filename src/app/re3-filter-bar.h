/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_FILTER_BAR (re3_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (Re3FilterBar, re3_filter_bar, RE3, FILTER_BAR, GtkWidget)

/**
 * Re3FilterBar:
 *
 * The filters that hold, in the order in which they were chosen, each as a button that takes it
 * back. Hidden while there are none. A search text is not among them: its entry shows it.
 *
 * CSS node: "filters".
 */
/* The keyboard goes on from a button that is taken back to the next one, or else to @neighbour, which
 * outlives it. */
void re3_filter_bar_set_session (Re3FilterBar *self,
                                 Re3Session   *session,
                                 GtkWidget    *neighbour);

G_END_DECLS
