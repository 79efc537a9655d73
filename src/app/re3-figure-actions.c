/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figure-actions.h"

#include "re3-actions.h"
#include "re3-chart-menu.h"
#include "re3-dialogs.h"
#include "re3-export-choices.h"
#include "re3-export-dialog.h"
#include "re3-figure-clipboard.h"
#include "re3-pages.h"
#include "re3-session-figures.h"
#include "re3-settings.h"

#include <glib/gi18n.h>

struct _Re3FigureActions {
  GtkWindow *window;
  AdwToastOverlay *toasts;
  AdwViewStack *pages;
  Re3Session *session;
  Re3Chart *data_chart; /* (nullable): whose data are being saved */
};

/* Why there is nothing to draw @figure from. */
static const char *
explain_lack (Re3FigureActions *self, const Re3Figure *figure)
{
  if (figure->needs_classes && re3_model_is_regression (re3_session_get_model (self->session)))
    return _ ("This figure is of classes, which a regression network does not have");
  if (figure->needs_pin && re3_pin_get_baseline (re3_session_get_pin (self->session)) == NULL)
    return _ ("Pin a sample first, to compare with it");
  return _ ("There is no such figure before the analysis is done");
}

/* Whether there is the figure called @name; or else tells why not. */
static gboolean
check_figure (Re3FigureActions *self, const char *name)
{
  const Re3Figure *figure = re3_figures_find (name);
  Re3FigureInput input;

  g_return_val_if_fail (figure != NULL, FALSE);

  if (re3_session_get_figure_input (self->session, figure, &input))
    return TRUE;
  re3_show_note (self->toasts, explain_lack (self, figure));
  return FALSE;
}

/* (transfer full) (nullable) */
static Re3Chart *
make_figure (Re3FigureActions *self, const char *figure)
{
  return check_figure (self, figure) ? re3_session_make_figure (self->session, figure) : NULL;
}

/* The figure that @parameter names. Without one the figure that has the keyboard's focus, or else
 * the main one of the page that is seen. */
static const char *
get_figure (Re3FigureActions *self, GVariant *parameter)
{
  const char *focused = re3_chart_menu_get_figure (gtk_window_get_focus (self->window));
  const Re3PageDescription *page =
      re3_pages_find (adw_view_stack_get_visible_child_name (self->pages));

  if (parameter != NULL)
    return g_variant_get_string (parameter, NULL);
  if (focused != NULL)
    return focused;
  return page != NULL ? page->figures[0] : "sankey";
}

static void
export_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3FigureActions *self = user_data;
  const char *figure = get_figure (self, parameter);
  GtkWidget *dialog;

  if (!check_figure (self, figure))
    return;
  dialog = re3_export_dialog_new (self->window, self->session, figure);
  g_signal_connect_object (dialog, "exported", G_CALLBACK (re3_show_note), self->toasts,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What is copied is the page that would be exported: size and look are those of the last export. */
static void
copy_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3FigureActions *self = user_data;
  g_auto (Re3ExportChoices) choices = { 0 };
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (GError) error = NULL;
  Re3ExportOptions options;

  chart = make_figure (self, get_figure (self, parameter));
  if (chart == NULL)
    return;
  re3_export_choices_load (&choices);
  options = re3_export_choices_get_options (&choices);
  if (re3_figure_copy (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), chart, &options,
                       &error))
    re3_show_note (self->toasts, _ ("Figure copied"));
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
  re3_show_note (self->toasts, saved);
}

static void
save_data_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Re3FigureActions *self = user_data;
  const char *figure = get_figure (self, parameter);
  g_autoptr (GFile) folder = NULL;
  g_autofree char *name = NULL;

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

static const GActionEntry entries[] = {
  { .name = "export", .activate = export_action },
  { .name = "export-figure", .activate = export_action, .parameter_type = "s" },
  { .name = "copy", .activate = copy_action },
  { .name = "copy-figure", .activate = copy_action, .parameter_type = "s" },
  { .name = "save-figure-data", .activate = save_data_action, .parameter_type = "s" },
};

static void
document_changed_cb (Re3FigureActions *self)
{
  gboolean has_data = re3_session_get_dataset (self->session) != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    re3_action_set_enabled (G_ACTION_MAP (self->window), entries[i].name, has_data);
}

Re3FigureActions *
re3_figure_actions_new (GtkWindow *window,
                        AdwToastOverlay *toasts,
                        AdwViewStack *pages,
                        Re3Session *session)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window) && G_IS_ACTION_MAP (window), NULL);
  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (toasts), NULL);
  g_return_val_if_fail (ADW_IS_VIEW_STACK (pages), NULL);
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  Re3FigureActions *self = g_new0 (Re3FigureActions, 1);

  self->window = window;
  self->toasts = toasts;
  self->pages = pages;
  self->session = g_object_ref (session);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_swapped (session, "document-changed", G_CALLBACK (document_changed_cb), self);
  document_changed_cb (self);
  return self;
}

void
re3_figure_actions_free (Re3FigureActions *self)
{
  if (self == NULL)
    return;

  re3_actions_remove (G_ACTION_MAP (self->window), entries, G_N_ELEMENTS (entries));
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_clear_pointer (&self->data_chart, re3_chart_unref);
  g_free (self);
}
