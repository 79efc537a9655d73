/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Sets a tooltip that is updated often. Whether or not the text is another, GTK asks the X server
 * for the place of the pointer when one is set. @text: (nullable) */
void re3_tooltip_set_text (GtkWidget *widget, const char *text);
/* Has a label that has no other tooltip show its whole text in one, wherever it is cut. */
void re3_tooltip_show_cut (GtkLabel *label);

G_END_DECLS
