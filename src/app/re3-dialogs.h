/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Everything that GTK calls differently from version to version, or will: choosing files and
 * telling people something. GTK 4.8 has neither GtkFileDialog nor GtkAlertDialog. */

/* Called with the file that was chosen; not at all where the person thought better of it. */
typedef void (*Re3FileChosenFunc) (GFile    *file,
                                   gpointer  user_data);

typedef void (*Re3ConfirmedFunc)  (gpointer  user_data);

/* @filter: (transfer none): what to show first; all files can be shown too.
 * The dialogs keep no reference to @user_data: it must live as long as @parent. */
void re3_choose_file_to_open (GtkWindow         *parent,
                              const char        *title,
                              GtkFileFilter     *filter,
                              GFile             *folder,
                              Re3FileChosenFunc  chosen,
                              gpointer           user_data);
void re3_choose_file_to_save (GtkWindow         *parent,
                              const char        *title,
                              const char        *name,
                              GFile             *folder,
                              Re3FileChosenFunc  chosen,
                              gpointer           user_data);
void re3_choose_folder       (GtkWindow         *parent,
                              const char        *title,
                              GFile             *folder,
                              Re3FileChosenFunc  chosen,
                              gpointer           user_data);
/* What is told, and so for how long: what the person has just done, what is to be read, or what can be
 * chosen otherwise or taken back. */
typedef enum {
  RE3_TOAST_DONE,
  RE3_TOAST_REMARK,
  RE3_TOAST_CHOICE,
} Re3ToastKind;

/* Asks whether to do what is described in @body and cannot be undone. @yes: the label of the
 * button that does it; @confirmed is called only then. */
void re3_ask                 (GtkWindow         *parent,
                              const char        *heading,
                              const char        *body,
                              const char        *yes,
                              Re3ConfirmedFunc   confirmed,
                              gpointer           user_data);
/* @body: a sentence for people. */
void re3_show_message        (GtkWindow         *parent,
                              const char        *heading,
                              const char        *body);
/* The same, with a button called @way_out for what the person can do about it. */
void re3_show_message_with_way_out (GtkWindow        *parent,
                                    const char       *heading,
                                    const char       *body,
                                    const char       *way_out,
                                    Re3ConfirmedFunc  confirmed,
                                    gpointer          user_data);
/* Tells @text over the page, for some seconds. */
void re3_show_note           (AdwToastOverlay   *toasts,
                              const char        *text);
/* The same, with a button for @action_name. */
void re3_show_toast          (AdwToastOverlay   *toasts,
                              const char        *text,
                              const char        *button,
                              const char        *action_name,
                              Re3ToastKind       kind);

G_END_DECLS
