/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_CHART_VIEW (re3_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (Re3ChartView, re3_chart_view, RE3, CHART_VIEW, GtkWidget)

/**
 * Re3ChartView:
 *
 * Shows a chart: lays it out for its size, draws it in the style of the desktop (light, dark,
 * high contrast), tells the numbers under the pointer. What belongs together with the item under
 * the pointer or the keyboard's focus is lit while the rest fades; a click or Return pins that,
 * once more or Escape takes it back, and it stays with its datum when the chart is replaced by
 * that of another sample. Arrows, Home and End move between items.
 *
 * It is a GtkScrollable: zoomed by Ctrl with the wheel or +, - and 0, or by a pinch, it is laid out
 * larger than the widget, and moved by scrolling or dragging. With GTK_SCROLL_NATURAL as its
 * vscroll-policy it is always as high as it needs.
 *
 * Signals:
 *  - item-activated (int item, int series, int panel): an item was clicked or chosen by key; the
 *    indices are those of its mark (see Re3Mark)
 *
 * CSS node: "chart", with the class .activatable while items answer to a click.
 */
GtkWidget *re3_chart_view_new               (void);
/* @chart: (nullable) */
void       re3_chart_view_set_chart         (Re3ChartView *self,
                                             Re3Chart     *chart);
Re3Chart  *re3_chart_view_get_chart         (Re3ChartView *self);
/* Outlines what @is_selected says yes to. It is asked when the view is drawn, and not again before what
 * is drawn is another or re3_chart_view_update_selected() is called. */
void       re3_chart_view_set_selected_func (Re3ChartView *self,
                                             Re3MarkFunc   is_selected,
                                             gpointer      user_data);
/* Tells that it may now answer otherwise. */
void       re3_chart_view_update_selected  (Re3ChartView *self);
/* Whether items answer to a click. */
void       re3_chart_view_set_activatable   (Re3ChartView *self,
                                             gboolean      activatable);

G_END_DECLS
