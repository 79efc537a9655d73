/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_PROGRESS_BOX (re3_progress_box_get_type ())
G_DECLARE_FINAL_TYPE (Re3ProgressBox, re3_progress_box, RE3, PROGRESS_BOX, GtkBox)

/**
 * Re3ProgressBox:
 *
 * How far a session's opening or analysis is, and a button that stops it. There only while such
 * work lasts.
 */
void re3_progress_box_set_session (Re3ProgressBox *self,
                                   Re3Session     *session);

G_END_DECLS
