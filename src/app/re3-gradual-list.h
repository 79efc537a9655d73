/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * The items of a list, of which its view gets a screenful first and more with each of the next frames:
 * a list of GTK 4.8 makes two hundred rows at once, seen or not, and the window would wait for them
 * before it shows anything.
 *
 * @items: (transfer full): from the first to the last they have the same positions in what is returned
 * @view: what shows them, and outlives them
 *
 * Returns: (transfer full)
 */
GtkSliceListModel *re3_gradual_list_new   (GListModel        *items,
                                           GtkWidget         *view);

/* There are items up to @position now, if @items has as many. */
void               re3_gradual_list_reach (GtkSliceListModel *self,
                                           guint              position);

G_END_DECLS
