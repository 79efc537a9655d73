/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figure-actions.h"

#include "re3-dialogs.h"
#include "re3-export-choices.h"
#include "re3-export-dialog.h"
#include "re3-figure-clipboard.h"
#include "re3-session-figures.h"
#include "re3-settings.h"

#include <glib/gi18n.h>

struct _Re3FigureActions {
  GtkWindow *window;
  AdwToastOverlay *toasts;
  Re3Session *session;
  Re3Chart *data_chart; /* (nullable): whose data are being saved */
};

Re3FigureActions *
re3_figure_actions_new (GtkWindow *window, AdwToastOverlay *toasts, Re3Session *session)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);
  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (toasts), NULL);
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  Re3FigureActions *self = g_new0 (Re3FigureActions, 1);

  self->window = window;
  self->toasts = toasts;
  self->session = g_object_ref (session);
  return self;
}

void
re3_figure_actions_free (Re3FigureActions *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->session);
  g_clear_pointer (&self->data_chart, re3_chart_unref);
  g_free (self);
}

static void
show_note (AdwToastOverlay *toasts, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (toasts, adw_toast_new (escaped));
}

/* (transfer full) (nullable) */
static Re3Chart *
make_figure (Re3FigureActions *self, const char *figure)
{
  Re3Chart *chart = re3_session_make_figure (self->session, figure);

  if (chart == NULL)
    show_note (self->toasts, _ ("There is no such figure before the analysis is done"));
  return chart;
}

void
re3_figure_actions_export (Re3FigureActions *self, const char *figure)
{
  GtkWidget *dialog;

  g_return_if_fail (self != NULL && figure != NULL);

  dialog = re3_export_dialog_new (self->window, self->session, figure);
  g_signal_connect_object (dialog, "exported", G_CALLBACK (show_note), self->toasts,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
re3_figure_actions_copy (Re3FigureActions *self, const char *figure)
{
  g_auto (Re3ExportChoices) choices = { 0 };
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (GError) error = NULL;
  Re3ExportOptions options;

  g_return_if_fail (self != NULL && figure != NULL);

  chart = make_figure (self, figure);
  if (chart == NULL)
    return;
  re3_export_choices_load (&choices);
  options = re3_export_choices_get_options (&choices);
  if (re3_figure_copy (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), chart, &options,
                       &error))
    show_note (self->toasts, _ ("Figure copied"));
  else
    re3_show_message (self->window, _ ("Could Not Copy"), error->message);
}

static void
data_file_chosen_cb (GFile *file, gpointer user_data)
{
  Re3FigureActions *self = user_data;
  Re3ExportOptions options = RE3_EXPORT_OPTIONS_DEFAULT;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *saved = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (GError) error = NULL;

  re3_settings_set_folder ("export-folder", folder);
  if (path == NULL) {
    re3_show_message (self->window, _ ("Could Not Save"),
                      _ ("Data are saved to folders of this computer. Choose one of them."));
    return;
  }
  if (!re3_chart_export (self->data_chart, &options, path, &error)) {
    re3_show_message (self->window, _ ("Could Not Save"), error->message);
    return;
  }
  shown = g_filename_display_basename (path);
  /* Translators: %s is the name of a file. */
  saved = g_strdup_printf (_ ("Saved %s"), shown);
  show_note (self->toasts, saved);
}

void
re3_figure_actions_save_data (Re3FigureActions *self, const char *figure)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (self != NULL && figure != NULL);

  /* What is saved is what was seen when it was asked for, whatever comes while a name is chosen. */
  g_clear_pointer (&self->data_chart, re3_chart_unref);
  self->data_chart = make_figure (self, figure);
  if (self->data_chart == NULL)
    return;
  folder = re3_settings_get_folder ("export-folder");
  name = re3_session_name_figure_file (self->session, figure, "csv");
  re3_choose_file_to_save (self->window, _ ("Save Data Behind This Figure"), name, folder,
                           data_file_chosen_cb, self);
}
