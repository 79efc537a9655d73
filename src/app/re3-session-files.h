/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * Re3SessionFiles:
 *
 * The file that a window's session is kept in: saves it there, opens it again, and shows its name
 * in the title. A session that was opened or saved has that file until other files are opened. What a
 * person did there is remembered then, and can be put back.
 */
typedef struct _Re3SessionFiles Re3SessionFiles;

/* How the files of a document are opened again. */
typedef enum {
  RE3_REOPEN_AS_IT_IS,    /* as they are now, say with other names */
  RE3_REOPEN_AS_CHOSEN,   /* the data set is read as is chosen for it now */
  RE3_REOPEN_WITH_SCALER, /* fitted to the training samples */
} Re3Reopening;

/* Adds to @window, an action map, "save-session", "save-session-as", "undo-closing", which a toast
 * offers when another document takes the place of one with edits, and "reopen-last". @window, @toasts and @pages
 * own what is returned, and outlive it. @pages: whose visible child is saved too */
Re3SessionFiles *re3_session_files_new     (GtkWindow       *window,
                                            AdwToastOverlay *toasts,
                                            AdwViewStack    *pages,
                                            Re3Session      *session);
void             re3_session_files_free    (Re3SessionFiles *self);
/* What cannot be read is told in a message, and what was open stays. */
void             re3_session_files_open    (Re3SessionFiles *self,
                                            GFile           *file);
/* Whether what is about to be shown is a session's. */
gboolean         re3_session_files_is_opening (Re3SessionFiles *self);
/* Opens the files of the document again, and puts back what was selected, edited and filtered. Needs a
 * document. */
void             re3_session_files_reopen  (Re3SessionFiles *self,
                                            Re3Reopening     how);
/* Offers in a toast, once a document is there, what was kept when a window closed. */
void             re3_session_files_offer_last (Re3SessionFiles *self);
/* Keeps edits that are saved nowhere, as the window closes. */
void             re3_session_files_keep_last (Re3SessionFiles *self);

G_END_DECLS
