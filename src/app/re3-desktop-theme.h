/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-theme.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The chart theme that fits the desktop's style as it is now: light or dark, high contrast or not. */
const Re3Theme *re3_desktop_theme (void);
/* The same with the font of @widget. @family: (out): owns the name of the theme's font. */
Re3Theme        re3_desktop_theme_for_widget (GtkWidget *widget,
                                              char     **family);

G_END_DECLS
