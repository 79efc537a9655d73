/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What was opened lately: models with their data, and sessions. The list is the program's own, for
 * the desktop's knows no pairs; each file is told to the desktop too, whose dialogs list it. All
 * windows share it. */

/* Puts it first. @first: a model or a session; @data: (nullable). What ships inside the program is
 * not kept. */
void re3_recent_files_add       (GFile *first,
                                 GFile *data);
void re3_recent_files_remove    (GFile *first,
                                 GFile *data);
/* Keeps @menu filled with items of the action win.open-recent, whose parameter is the (ss) of
 * re3-recent-list.h, and one of win.clear-recent. */
void re3_recent_files_fill_menu (GMenu *menu);
void re3_recent_files_clear     (void);

G_END_DECLS
