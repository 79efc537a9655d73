/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RE3_TYPE_WINDOW (re3_window_get_type ())
G_DECLARE_FINAL_TYPE (Re3Window, re3_window, RE3, WINDOW, AdwApplicationWindow)

/**
 * Re3Window:
 *
 * One session on screen: a header with what can be done, and below it a workspace, or what is to be
 * done before there is one.
 */
GtkWidget *re3_window_new        (AdwApplication  *application);
/* Opens models, data sets and sessions, as re3_file_actions_open() does. */
void       re3_window_open_files (Re3Window       *self,
                                  GFile          **files,
                                  gsize            n_files);
/* Offers, once something is open, what a window had when it was closed with edits. */
void       re3_window_offer_last (Re3Window       *self);

G_END_DECLS
