/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RE3_TYPE_EXPORT_DIALOG (re3_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (Re3ExportDialog, re3_export_dialog, RE3, EXPORT_DIALOG, AdwWindow)

/**
 * Re3ExportDialog:
 *
 * Writes a figure, or all of them, to files: which, as what, how large, in which look, with a
 * preview of the page as it will be. It shows what the session shows when it is opened, and keeps
 * the choices for the next time.
 *
 * Signals:
 *  - exported (char *text): files were written, as @text tells; the dialog closes itself
 */

/* @figure: the name of the one to begin with, which is there now. */
GtkWidget *re3_export_dialog_new (GtkWindow  *parent,
                                  Re3Session *session,
                                  const char *figure);

G_END_DECLS
