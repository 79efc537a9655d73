/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-dialogs.h"

#include <glib/gi18n.h>

/* A longer line of a message is broken. */
#define LINE_CHARS 60

typedef struct {
  Re3FileChosenFunc chosen;
  gpointer user_data;
} Choice;

static void
free_choice (gpointer choice, GClosure *closure)
{
  g_free (choice);
}

static void
response_cb (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_hide (dialog);
  if (file != NULL)
    choice->chosen (file, choice->user_data);
  g_object_unref (dialog);
}

/* The dialog owns itself until it is answered. */
static void
run_chooser (GtkFileChooserNative *chooser,
             GFile *folder,
             Re3FileChosenFunc chosen,
             gpointer user_data)
{
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice){ chosen, user_data };
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), choice, free_choice, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
re3_choose_file_to_open (GtkWindow *parent,
                         const char *title,
                         GtkFileFilter *filter,
                         GFile *folder,
                         Re3FileChosenFunc chosen,
                         gpointer user_data)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (chosen != NULL);

  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  run_chooser (chooser, folder, chosen, user_data);
}

void
re3_choose_file_to_save (GtkWindow *parent,
                         const char *title,
                         const char *name,
                         GFile *folder,
                         Re3FileChosenFunc chosen,
                         gpointer user_data)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (chosen != NULL);

  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  run_chooser (chooser, folder, chosen, user_data);
}

void
re3_choose_folder (GtkWindow *parent,
                   const char *title,
                   GFile *folder,
                   Re3FileChosenFunc chosen,
                   gpointer user_data)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (chosen != NULL);

  run_chooser (gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                            NULL, NULL),
               folder, chosen, user_data);
}

typedef struct {
  Re3ConfirmedFunc confirmed;
  gpointer user_data;
} Question;

static void
free_question (gpointer question, GClosure *closure)
{
  g_free (question);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_str_equal (response, "yes"))
    question->confirmed (question->user_data);
}

/* (transfer none): it shows a sentence in its middle, as dialogs do, but several lines side by
 * side, for they are a list, or a program. */
static AdwMessageDialog *
make_message (GtkWindow *parent, const char *heading, const char *body)
{
  gboolean has_lines = strchr (body, '\n') != NULL;
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, has_lines ? NULL : body));
  GtkWidget *label;

  if (!has_lines)
    return dialog;

  label = gtk_label_new (body);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARS);
  adw_message_dialog_set_extra_child (dialog, label);
  return dialog;
}

static void
run_question (GtkWindow *parent,
              const char *heading,
              const char *body,
              const char *no,
              const char *yes,
              AdwResponseAppearance appearance,
              Re3ConfirmedFunc confirmed,
              gpointer user_data)
{
  AdwMessageDialog *dialog = make_message (parent, heading, body);
  Question *question = g_new (Question, 1);

  *question = (Question){ confirmed, user_data };
  adw_message_dialog_add_responses (dialog, "no", no, "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (dialog, "yes", appearance);
  adw_message_dialog_set_default_response (dialog, "no");
  adw_message_dialog_set_close_response (dialog, "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), question, free_question, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
re3_ask (GtkWindow *parent,
         const char *heading,
         const char *body,
         const char *yes,
         Re3ConfirmedFunc confirmed,
         gpointer user_data)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (confirmed != NULL);

  run_question (parent, heading, body, _ ("_Cancel"), yes, ADW_RESPONSE_DESTRUCTIVE, confirmed,
                user_data);
}

void
re3_show_message_with_way_out (GtkWindow *parent,
                               const char *heading,
                               const char *body,
                               const char *way_out,
                               Re3ConfirmedFunc confirmed,
                               gpointer user_data)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (confirmed != NULL);

  run_question (parent, heading, body, _ ("_Close"), way_out, ADW_RESPONSE_SUGGESTED, confirmed,
                user_data);
}

void
re3_show_message (GtkWindow *parent, const char *heading, const char *body)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));

  AdwMessageDialog *dialog = make_message (parent, heading, body);

  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Toasts take markup. (transfer full) */
static AdwToast *
make_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

void
re3_show_note (AdwToastOverlay *toasts, const char *text)
{
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (toasts));
  g_return_if_fail (text != NULL);

  AdwToast *toast = make_toast (text);

  /* It answers what was just done, and what it is in front of comes again. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (toasts, toast);
}

void
re3_show_toast (AdwToastOverlay *toasts,
                const char *text,
                const char *button,
                const char *action_name,
                Re3ToastKind kind)
{
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (toasts));
  g_return_if_fail (text != NULL && button != NULL && action_name != NULL);

  static const guint seconds[] = {
    [RE3_TOAST_DONE] = 5,
    [RE3_TOAST_REMARK] = 8,
    [RE3_TOAST_CHOICE] = 15,
  };
  AdwToast *toast = make_toast (text);

  adw_toast_set_button_label (toast, button);
  adw_toast_set_detailed_action_name (toast, action_name);
  adw_toast_set_timeout (toast, seconds[kind]);
  adw_toast_overlay_add_toast (toasts, toast);
}
