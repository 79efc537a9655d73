/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-scene.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * Re3ChartViewport:
 *
 * Which part of a chart is seen in its widget: zoomed with Ctrl and the wheel, Ctrl and +, - or 0, or
 * by pinching; moved by dragging, the wheel, or the scrollbars of a GtkScrolledWindow. Zooming asks for
 * a larger layout instead of larger pixels, so text stays sharp.
 */
typedef struct _Re3ChartViewport Re3ChartViewport;

/* @is_resized: the content has another size, not only another place */
typedef void (*Re3ChartViewportFunc) (GtkWidget *widget,
                                      gboolean   is_resized);

/* Listens to @widget, which outlives it. */
Re3ChartViewport *re3_chart_viewport_new            (GtkWidget              *widget,
                                                     Re3ChartViewportFunc    changed);
void              re3_chart_viewport_free           (Re3ChartViewport       *self);
/* The four properties of a GtkScrollable. Without adjustments of a GtkScrolledWindow it has its own. */
void              re3_chart_viewport_set_property   (Re3ChartViewport       *self,
                                                     const char             *name,
                                                     const GValue           *value);
void              re3_chart_viewport_get_property   (const Re3ChartViewport *self,
                                                     const char             *name,
                                                     GValue                 *value);
/* Whether the content is as high as it needs, rather than as the widget. */
gboolean          re3_chart_viewport_is_natural     (const Re3ChartViewport *self);
/* What the widget is given, and what the content needs before it is zoomed. */
void              re3_chart_viewport_allocate       (Re3ChartViewport       *self,
                                                     double                  width,
                                                     double                  height,
                                                     double                  content_height);
/* The size of the content, and the part of it that is seen. */
double            re3_chart_viewport_get_width      (const Re3ChartViewport *self);
double            re3_chart_viewport_get_height     (const Re3ChartViewport *self);
Re3Rect           re3_chart_viewport_get_seen       (const Re3ChartViewport *self);
/* 1: as large as the widget or as the content needs. */
double            re3_chart_viewport_get_zoom       (const Re3ChartViewport *self);
/* Moves as little as possible, so that @area, in the content, is seen. */
void              re3_chart_viewport_show           (Re3ChartViewport       *self,
                                                     const Re3Rect          *area);
/* Returns: whether the key zooms */
gboolean          re3_chart_viewport_handle_key     (Re3ChartViewport       *self,
                                                     guint                   keyval,
                                                     GdkModifierType         state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3ChartViewport, re3_chart_viewport_free)

G_END_DECLS
