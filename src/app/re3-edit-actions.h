/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * Re3EditActions:
 *
 * What can be done with the edited sample of a window's session: undo, redo, reset, pin.
 */
typedef struct _Re3EditActions Re3EditActions;

/* Adds to @window, an action map, "undo", "redo", "reset", "pin" and "unpin". @window and @toasts
 * own what is returned, and outlive it. */
Re3EditActions *re3_edit_actions_new  (GtkWindow       *window,
                                       AdwToastOverlay *toasts,
                                       Re3Session      *session);
void            re3_edit_actions_free (Re3EditActions  *self);

G_END_DECLS
