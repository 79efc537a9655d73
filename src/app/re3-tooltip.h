/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Sets a tooltip that is updated often. Whether or not the text is another, GTK asks the X server for
 * the place of the pointer when one is set. @text: (nullable) */
static inline void
re3_tooltip_set_text (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}
