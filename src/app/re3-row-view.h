/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_ROW_VIEW (re3_row_view_get_type ())
G_DECLARE_FINAL_TYPE (Re3RowView, re3_row_view, RE3, ROW_VIEW, GtkWidget)

/**
 * Re3RowView:
 *
 * A row for each item of a list, one below the other, in something that scrolls. Widgets are made only
 * for what is in sight, a row more at each end for Tab to go to, and the row with the focus; scrolling
 * lays other items into them. (GtkListView of GTK 4.8 keeps two hundred rows, seen or not.)
 *
 * The types of rows may differ; rows of one type are all of the same height.
 */

/**
 * Re3RowSource:
 * @choose_type: the type of widget that shows an item
 * @bind: shows @item in @row, which may have shown another before
 *
 * How rows are made.
 */
typedef struct {
  GType (*choose_type) (gpointer   item);
  void  (*bind)        (GtkWidget *row,
                        gpointer   item,
                        gpointer   user_data);
} Re3RowSource;

/* @adjustment: where it is scrolled to. @source: static. @user_data: outlives the view */
void             re3_row_view_set_source  (Re3RowView         *self,
                                           GListModel         *items,
                                           GtkAdjustment      *adjustment,
                                           const Re3RowSource *source,
                                           gpointer            user_data);

/* Makes, binds and lets go of rows, so that there are those that are in sight. To be called before
 * the next frame where the list, the adjustment or the size have changed, but not while sizes are
 * given out. */
void             re3_row_view_fill        (Re3RowView         *self);
/* (nullable): the rows that there are, from the top, and %NULL beyond the last. */
GtkWidget *re3_row_view_get_row    (Re3RowView         *self,
                                    guint               index);
/* Scrolls as little as shows all of the row at @position, when the view is filled next. */
void             re3_row_view_scroll_to   (Re3RowView         *self,
                                           guint               position);

G_END_DECLS
