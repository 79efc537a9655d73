/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session-files.h"

#include "re3-actions.h"
#include "re3-dialogs.h"
#include "re3-io-file.h"
#include "re3-last-session.h"
#include "re3-recent-files.h"
#include "re3-session-opener.h"
#include "re3-settings.h"

#include <glib/gi18n.h>

struct _Re3SessionFiles {
  GtkWindow *window;
  AdwToastOverlay *toasts;
  AdwViewStack *pages;
  Re3Session *session;
  Re3SessionOpener *opener;
  GFile *file;       /* (nullable): what the session is kept in */
  GFile *opening;    /* (nullable): what is being opened */
  char *opened_page; /* (nullable): the page that was seen when it was saved */
  GFile *chosen;     /* (nullable): what it may be saved to, once the person agrees */
  gboolean is_reopening;
  Re3SessionFile *closed; /* (nullable): what can be opened again, with its edits */
  GFile *closed_file;     /* (nullable): what it was kept in */
  gboolean is_undoing;    /* it is being opened again */
  gboolean offers_last;   /* what a closed window had, once a document is there */
  gboolean has_offered;   /* and so says what becomes of it */
  char *offered_version;  /* (nullable) */
  GFile *model_file;      /* (nullable): of the document that was last there */
  GFile *data_file;       /* (nullable) */
};

/* What the session, which has a document, is at now. (transfer full) */
static Re3SessionFile *
capture (Re3SessionFiles *self)
{
  return re3_session_file_capture (self->session,
                                   adw_view_stack_get_visible_child_name (self->pages));
}

static void
show_title (Re3SessionFiles *self)
{
  Re3Document *document = re3_session_get_document (self->session);
  const char *title = document != NULL ? re3_document_get_title (document) : "Re3";
  g_autofree char *name = NULL;
  g_autofree char *whole = NULL;

  if (self->file == NULL) {
    gtk_window_set_title (self->window, title);
    return;
  }
  name = re3_session_file_make_title (self->file);
  /* Translators: the name of a session, and the model and the data set that it is about. */
  whole = g_strdup_printf (_ ("%s: %s"), name, title);
  gtk_window_set_title (self->window, whole);
}

static void
enable_actions (Re3SessionFiles *self)
{
  gboolean has_document = re3_session_get_document (self->session) != NULL;

  re3_action_set_enabled (G_ACTION_MAP (self->window), "save-session", has_document);
  re3_action_set_enabled (G_ACTION_MAP (self->window), "save-session-as", has_document);
}

static gboolean
is_same_file (GFile *a, GFile *b)
{
  return a == b || (a != NULL && b != NULL && g_file_equal (a, b));
}

/* A session whose files have gone is offered no more: nobody asked for it. */
static void
offer_last_session (Re3SessionFiles *self)
{
  g_autofree char *version = NULL;
  g_autoptr (Re3SessionFile) last = re3_last_session_read (&version, NULL);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  self->offers_last = FALSE;
  if (last == NULL)
    return;

  title = re3_document_make_title (last->model_file, last->data_file);
  /* Translators: a model and a data set, and how many values were changed there. */
  text = g_strdup_printf (ngettext ("Last closed: %s, with %u edit",
                                    "Last closed: %s, with %u edits", last->edits->len),
                          title, last->edits->len);
  re3_show_toast (self->toasts, text, _ ("Reopen"), "win.reopen-last", RE3_TOAST_CHOICE);
  self->has_offered = TRUE;
  self->offered_version = g_steal_pointer (&version);
}

/* Other files are another session, which is not to be saved over this one. */
static void
document_changed_cb (Re3SessionFiles *self)
{
  Re3Document *document = re3_session_get_document (self->session);
  GFile *model_file = re3_document_get_model_file (document);
  GFile *data_file = re3_document_get_data_file (document);

  if (!is_same_file (self->model_file, model_file) || !is_same_file (self->data_file, data_file))
    g_clear_object (&self->file);
  g_set_object (&self->model_file, model_file);
  g_set_object (&self->data_file, data_file);
  show_title (self);
  enable_actions (self);
  if (self->offers_last)
    offer_last_session (self);
}

static void
opening_cb (Re3SessionFiles *self)
{
  g_clear_object (&self->opening);
  self->is_reopening = FALSE;
  self->is_undoing = FALSE;
}

static void
take_page (Re3SessionFiles *self, const Re3SessionFile *saved)
{
  g_free (self->opened_page);
  self->opened_page = g_strdup (saved->page);
}

static void
offer_to_undo (Re3SessionFiles *self)
{
  g_autofree char *title =
      re3_document_make_title (self->closed->model_file, self->closed->data_file);
  guint n_edits = self->closed->edits->len;
  /* Translators: a model and a data set, and how many values were changed there. */
  g_autofree char *text = g_strdup_printf (
      ngettext ("Closed %s, with %u edit", "Closed %s, with %u edits", n_edits), title, n_edits);

  re3_show_toast (self->toasts, text, _ ("Undo"), "win.undo-closing", RE3_TOAST_CHOICE);
}

/* It is still there to be tried again: say, once a file that was missing is back. */
static void
not_opened_cb (Re3SessionFiles *self)
{
  if (self->is_undoing)
    offer_to_undo (self);
  self->is_undoing = FALSE;
}

/* Nothing is asked before edits go; they can be taken back. Files and numbers are kept of the
 * session, not model and data: it costs no memory, and as long to put back as to open. */
static void
closing_cb (Re3SessionFiles *self)
{
  g_autoptr (Re3SessionFile) closed = capture (self);

  if (self->is_reopening) {
    take_page (self, closed);
    return;
  }
  if (self->is_undoing)
    g_clear_pointer (&self->closed, re3_session_file_unref);
  if (closed->edits->len == 0)
    return;

  g_clear_pointer (&self->closed, re3_session_file_unref);
  self->closed = g_steal_pointer (&closed);
  g_set_object (&self->closed_file, self->file);
  offer_to_undo (self);
}

static void
restored_cb (Re3SessionFiles *self)
{
  self->is_reopening = FALSE;
  if (self->opening != NULL) {
    g_set_object (&self->file, self->opening);
    re3_recent_files_add (self->file, NULL);
    g_clear_object (&self->opening);
  }
  if (self->opened_page != NULL &&
      adw_view_stack_get_child_by_name (self->pages, self->opened_page) != NULL)
    adw_view_stack_set_visible_child_name (self->pages, self->opened_page);
  show_title (self);
}

static void
finished_cb (Re3SessionFiles *self, guint n_left_out)
{
  g_autofree char *text = NULL;

  if (n_left_out == 0)
    return;
  text = g_strdup_printf (ngettext ("%u thing of the session was left out: model or data have "
                                    "changed since",
                                    "%u things of the session were left out: model or data have "
                                    "changed since",
                                    n_left_out),
                          n_left_out);
  re3_show_note (self->toasts, text);
}

/* @saved: (transfer full); @file: (nullable): what it is kept in */
static void
put_back (Re3SessionFiles *self, Re3SessionFile *saved, GFile *file)
{
  take_page (self, saved);
  re3_session_opener_open (self->opener, saved);
  g_set_object (&self->opening, file);
}

void
re3_session_files_open (Re3SessionFiles *self, GFile *file)
{
  g_autoptr (Re3SessionFile) saved = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self != NULL && G_IS_FILE (file));

  saved = re3_session_file_read (file, &error);
  if (saved == NULL) {
    re3_show_message (self->window, _ ("Could Not Open"), error->message);
    return;
  }
  put_back (self, g_steal_pointer (&saved), file);
}

void
re3_session_files_reopen (Re3SessionFiles *self, Re3Reopening how)
{
  g_autoptr (Re3SessionFile) now = NULL;

  g_return_if_fail (self != NULL && re3_session_get_document (self->session) != NULL);

  now = capture (self);
  re3_session_opener_reopen (self->opener, how == RE3_REOPEN_AS_CHOSEN ? NULL : now->reading,
                             how == RE3_REOPEN_WITH_SCALER);
  self->is_reopening = TRUE;
}

static void
undo_closing_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3SessionFiles *self = user_data;

  if (self->closed == NULL)
    return;
  put_back (self, re3_session_file_ref (self->closed), self->closed_file);
  self->is_undoing = TRUE;
}

static void
reopen_last_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3SessionFiles *self = user_data;
  g_autofree char *version = NULL;
  g_autoptr (GError) error = NULL;
  Re3SessionFile *last = re3_last_session_read (&version, &error);

  if (last == NULL) {
    re3_show_message (self->window, _ ("Could Not Open"), error->message);
    return;
  }
  put_back (self, last, NULL);
  g_free (self->offered_version);
  self->offered_version = g_steal_pointer (&version);
}

void
re3_session_files_offer_last (Re3SessionFiles *self)
{
  g_return_if_fail (self != NULL);

  self->offers_last = TRUE;
}

/* Whether the file of the session, if it has one, tells all @edits. */
static gboolean
are_saved (Re3SessionFiles *self, const GArray *edits)
{
  g_autoptr (Re3SessionFile) saved =
      self->file != NULL ? re3_session_file_read (self->file, NULL) : NULL;

  if (saved == NULL || saved->edits->len != edits->len)
    return edits->len == 0;
  for (guint i = 0; i < edits->len; i++) {
    const Re3SavedEdit *a = &g_array_index (edits, Re3SavedEdit, i);
    const Re3SavedEdit *b = &g_array_index (saved->edits, Re3SavedEdit, i);

    if (a->row != b->row || a->feature != b->feature || a->value != b->value)
      return FALSE;
  }
  return TRUE;
}

void
re3_session_files_keep_last (Re3SessionFiles *self)
{
  g_autoptr (Re3SessionFile) last = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self != NULL);

  if (re3_session_get_document (self->session) != NULL)
    last = capture (self);
  if (last == NULL || are_saved (self, last->edits)) {
    /* What was offered here was passed over, or taken and put right again. */
    if (self->has_offered)
      re3_last_session_forget (self->offered_version);
    return;
  }

  if (!re3_last_session_write (last, &error))
    g_warning ("What was changed is not kept for the next time: %s", error->message);
}

gboolean
re3_session_files_is_opening (Re3SessionFiles *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->opening != NULL;
}

static void
save_to (Re3SessionFiles *self, GFile *file)
{
  g_autoptr (Re3SessionFile) saved = capture (self);
  g_autofree char *name = re3_io_file_get_name (file);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!re3_session_file_write (saved, file, &error)) {
    re3_show_message (self->window, _ ("Could Not Save"), error->message);
    return;
  }
  g_set_object (&self->file, file);
  re3_recent_files_add (file, NULL);
  show_title (self);
  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_ ("Saved %s"), name);
  re3_show_note (self->toasts, text);
}

static void
replace_confirmed_cb (gpointer user_data)
{
  Re3SessionFiles *self = user_data;

  save_to (self, self->chosen);
}

/* The dialog has asked about the name that was typed, but not about the one that it is given. */
static void
file_chosen_cb (GFile *file, gpointer user_data)
{
  Re3SessionFiles *self = user_data;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = NULL;
  g_autofree char *whole_name = NULL;
  g_autofree char *body = NULL;

  re3_settings_set_folder ("open-folder", folder);
  if (re3_session_file_is_name (file)) {
    save_to (self, file);
    return;
  }
  name = g_file_get_basename (file);
  whole_name = g_strconcat (name, RE3_SESSION_FILE_SUFFIX, NULL);
  g_clear_object (&self->chosen);
  self->chosen = g_file_get_child (folder, whole_name);
  if (!g_file_query_exists (self->chosen, NULL)) {
    save_to (self, self->chosen);
    return;
  }
  body = g_strdup_printf (_ ("A session of the name %s is there already. Saving this one replaces "
                             "it."),
                          whole_name);
  re3_ask (self->window, _ ("Replace the Session?"), body, _ ("_Replace"), replace_confirmed_cb,
           self);
}

static void
save_as_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3SessionFiles *self = user_data;
  g_autoptr (GFile) folder = NULL;
  g_autofree char *name = NULL;

  if (self->file != NULL) {
    folder = g_file_get_parent (self->file);
    name = re3_io_file_get_name (self->file);
  } else {
    folder = re3_settings_get_folder ("open-folder");
    name = g_strconcat (re3_document_get_title (re3_session_get_document (self->session)),
                        RE3_SESSION_FILE_SUFFIX, NULL);
  }
  re3_choose_file_to_save (self->window, _ ("Save Session"), name, folder, file_chosen_cb, self);
}

static void
save_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3SessionFiles *self = user_data;

  if (self->file != NULL)
    save_to (self, self->file);
  else
    save_as_action (action, parameter, self);
}

static const GActionEntry entries[] = {
  { .name = "save-session", .activate = save_action },
  { .name = "save-session-as", .activate = save_as_action },
  { .name = "undo-closing", .activate = undo_closing_action },
  { .name = "reopen-last", .activate = reopen_last_action },
};

Re3SessionFiles *
re3_session_files_new (GtkWindow *window,
                       AdwToastOverlay *toasts,
                       AdwViewStack *pages,
                       Re3Session *session)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window) && G_IS_ACTION_MAP (window), NULL);
  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (toasts), NULL);
  g_return_val_if_fail (ADW_IS_VIEW_STACK (pages), NULL);
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  Re3SessionFiles *self = g_new0 (Re3SessionFiles, 1);

  self->window = window;
  self->toasts = toasts;
  self->pages = pages;
  self->session = g_object_ref (session);
  self->opener = re3_session_opener_new (session);
  g_signal_connect_swapped (session, "opening", G_CALLBACK (opening_cb), self);
  g_signal_connect_swapped (session, "stopped", G_CALLBACK (not_opened_cb), self);
  g_signal_connect_swapped (session, "failed", G_CALLBACK (not_opened_cb), self);
  g_signal_connect_swapped (session, "closing", G_CALLBACK (closing_cb), self);
  g_signal_connect_swapped (session, "document-changed", G_CALLBACK (document_changed_cb), self);
  g_signal_connect_swapped (self->opener, "restored", G_CALLBACK (restored_cb), self);
  g_signal_connect_swapped (self->opener, "finished", G_CALLBACK (finished_cb), self);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  enable_actions (self);
  return self;
}

void
re3_session_files_free (Re3SessionFiles *self)
{
  if (self == NULL)
    return;

  re3_actions_remove (G_ACTION_MAP (self->window), entries, G_N_ELEMENTS (entries));
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (self->opener, self);
  g_object_unref (self->opener);
  g_object_unref (self->session);
  g_clear_object (&self->file);
  g_clear_object (&self->opening);
  g_free (self->opened_page);
  g_clear_object (&self->chosen);
  g_clear_pointer (&self->closed, re3_session_file_unref);
  g_clear_object (&self->closed_file);
  g_free (self->offered_version);
  g_clear_object (&self->model_file);
  g_clear_object (&self->data_file);
  g_free (self);
}
