/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-edit-actions.h"

#include "re3-actions.h"
#include "re3-dialogs.h"

#include <glib/gi18n.h>

struct _Re3EditActions {
  GtkWindow *window;
  AdwToastOverlay *toasts;
  Re3Session *session;
};

static void
undo_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3EditActions *self = user_data;

  re3_what_if_undo (re3_session_get_what_if (self->session));
}

static void
redo_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3EditActions *self = user_data;

  re3_what_if_redo (re3_session_get_what_if (self->session));
}

static void
reset_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3EditActions *self = user_data;

  re3_what_if_reset_all_values (re3_session_get_what_if (self->session));
}

static void
pin_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3EditActions *self = user_data;
  Re3Pin *pin = re3_session_get_pin (self->session);
  g_autofree char *text = NULL;

  re3_pin_take (pin, re3_session_get_what_if (self->session));
  /* Translators: %zd is the number of a data row. */
  text = g_strdup_printf (_ ("Row %zd is pinned"), re3_pin_get_row (pin));
  re3_show_toast (self->toasts, text, _ ("Compare"), "win.show-page::compare", RE3_TOAST_DONE);
}

static void
unpin_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3EditActions *self = user_data;

  re3_pin_clear (re3_session_get_pin (self->session));
}

static const GActionEntry entries[] = {
  { .name = "undo", .activate = undo_action },   { .name = "redo", .activate = redo_action },
  { .name = "reset", .activate = reset_action }, { .name = "pin", .activate = pin_action },
  { .name = "unpin", .activate = unpin_action },
};

static void
edited_cb (Re3EditActions *self)
{
  GActionMap *map = G_ACTION_MAP (self->window);
  Re3WhatIf *what_if = re3_session_get_what_if (self->session);

  re3_action_set_enabled (map, "undo", re3_what_if_can_undo (what_if));
  re3_action_set_enabled (map, "redo", re3_what_if_can_redo (what_if));
  re3_action_set_enabled (map, "reset", re3_what_if_has_edits (what_if));
  re3_action_set_enabled (map, "pin", re3_what_if_get_explanation (what_if) != NULL);
}

Re3EditActions *
re3_edit_actions_new (GtkWindow *window, AdwToastOverlay *toasts, Re3Session *session)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window) && G_IS_ACTION_MAP (window), NULL);
  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (toasts), NULL);
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  Re3EditActions *self = g_new0 (Re3EditActions, 1);

  self->window = window;
  self->toasts = toasts;
  self->session = g_object_ref (session);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_swapped (session, "explanation-changed", G_CALLBACK (edited_cb), self);
  /* Its history is gone, and without data nothing is explained. */
  g_signal_connect_swapped (session, "document-changed", G_CALLBACK (edited_cb), self);
  edited_cb (self);
  return self;
}

void
re3_edit_actions_free (Re3EditActions *self)
{
  if (self == NULL)
    return;

  re3_actions_remove (G_ACTION_MAP (self->window), entries, G_N_ELEMENTS (entries));
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_free (self);
}
