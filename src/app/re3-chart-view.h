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
 * high contrast), tells the numbers under the pointer. With the keyboard, arrows move between the
 * chart's items and Return activates one.
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
/* Outlines what @is_selected says yes to. It is asked when the view is drawn. */
void       re3_chart_view_set_selected_func (Re3ChartView *self,
                                             Re3MarkFunc   is_selected,
                                             gpointer      user_data);
/* Tells that it may now answer otherwise. */
void       re3_chart_view_update_selected  (Re3ChartView *self);
/* Whether items answer to a click. */
void       re3_chart_view_set_activatable   (Re3ChartView *self,
                                             gboolean      activatable);

G_END_DECLS
