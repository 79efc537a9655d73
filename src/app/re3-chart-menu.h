/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives @chart, which shows the figure called @figure, a context menu of what can be done with a
 * figure: a click of the secondary button, the Menu key or Shift+F10 open it. The window has the
 * actions: win.copy-figure, win.export-figure and win.save-figure-data, each with the name. */
void        re3_chart_menu_attach     (GtkWidget  *chart,
                                       const char *figure);
/* The name of the figure that @widget shows or is a part of; @widget is (nullable). (nullable) */
const char *re3_chart_menu_get_figure (GtkWidget  *widget);

G_END_DECLS
