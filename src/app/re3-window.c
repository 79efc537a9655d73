/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-window.h"

#include "re3-dialogs.h"
#include "re3-document-text.h"
#include "re3-edit-actions.h"
#include "re3-figure-actions.h"
#include "re3-file-actions.h"
#include "re3-progress-box.h"
#include "re3-recent-files.h"
#include "re3-session-files.h"
#include "re3-settings.h"
#include "re3-workspace.h"

#include <glib/gi18n.h>

struct _Re3Window {
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toast_overlay;
  GtkRevealer *warning_revealer;
  GtkLabel *warning_label;
  GtkStack *stack;
  AdwStatusPage *no_data_page;
  AdwViewSwitcherTitle *switcher_title;
  AdwViewSwitcherBar *switcher_bar;
  Re3ProgressBox *progress_box;
  GMenu *recent_menu;

  AdwViewStack *pages;
  Re3Workspace *workspace; /* (nullable): before anything was to be opened */

  guint header_id;

  Re3Session *session;
  Re3EditActions *edit_actions;
  Re3FigureActions *figure_actions;
  Re3SessionFiles *session_files;
  Re3FileActions *file_actions;
};

G_DEFINE_FINAL_TYPE (Re3Window, re3_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- What is open --------------------------------------------------------------------------- */

/* Below the pages, while the header shows the title instead, for lack of room. */
static void
show_page_bar (Re3Window *self)
{
  gboolean is_shown = adw_view_switcher_title_get_view_switcher_enabled (self->switcher_title) &&
                      adw_view_switcher_title_get_title_visible (self->switcher_title);

  /* Most windows are wide, and its buttons are as slow to make as the rest of the window. */
  if (is_shown)
    adw_view_switcher_bar_set_stack (self->switcher_bar, self->pages);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, is_shown);
}

static gboolean
header_shown_cb (gpointer user_data)
{
  Re3Window *self = user_data;

  self->header_id = 0;
  show_page_bar (self);
  return G_SOURCE_REMOVE;
}

/* Which of names and title the header has room for is known once it has been laid out, and while
 * that is done nothing else can be shown. */
static void
header_changed_cb (Re3Window *self)
{
  if (self->header_id == 0)
    self->header_id = g_idle_add (header_shown_cb, self);
}

/* Pages can be chosen while there is something on them. */
static void
show_page_names (Re3Window *self, gboolean has_data)
{
  if (adw_view_switcher_title_get_view_switcher_enabled (self->switcher_title) == has_data)
    return;

  if (has_data)
    adw_view_switcher_title_set_stack (self->switcher_title, self->pages);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, has_data);
  header_changed_cb (self);
}

/* What takes the place below the header bar. */
static void
show_place (Re3Window *self)
{
  gboolean has_data = re3_session_get_dataset (self->session) != NULL;
  gboolean is_opening = re3_file_actions_is_waiting (self->file_actions) ||
                        re3_worker_is_busy (re3_session_get_loader (self->session));

  gtk_stack_set_visible_child_name (self->stack, has_data ? "content"
                                                 : re3_session_get_document (self->session) != NULL
                                                     ? "no-data"
                                                 : is_opening ? "opening"
                                                              : "welcome");
  show_page_names (self, has_data);
}

void
re3_window_open_files (Re3Window *self, GFile **files, gsize n_files)
{
  g_return_if_fail (RE3_IS_WINDOW (self));

  re3_file_actions_open_when_shown (self->file_actions, files, n_files);
  show_place (self);
}

void
re3_window_offer_last (Re3Window *self)
{
  g_return_if_fail (RE3_IS_WINDOW (self));

  re3_session_files_offer_last (self->session_files);
}

static void
show_warning (Re3Window *self, const char *warning)
{
  if (warning != NULL)
    gtk_label_set_text (self->warning_label, warning);
  gtk_revealer_set_reveal_child (self->warning_revealer, warning != NULL);
}

static void
hide_warning_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  show_warning (RE3_WINDOW (widget), NULL);
}

/* Why there is no data set, or what one would show; its description is markup. */
static void
show_no_data (Re3Window *self, const char *notice)
{
  g_autofree char *escaped = notice != NULL ? g_markup_escape_text (notice, -1) : NULL;

  adw_status_page_set_description (self->no_data_page,
                                   escaped != NULL
                                       ? escaped
                                       : _ ("Open a data set to see its answers, or drop the file "
                                            "here."));
}

static void
enable_work (Re3Window *self)
{
  gboolean is_busy = re3_worker_is_busy (re3_session_get_loader (self->session)) ||
                     re3_worker_is_busy (re3_session_get_analyst (self->session));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.cancel", is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.analyse",
                                 !is_busy && re3_session_get_dataset (self->session) != NULL);
}

static void
document_changed_cb (Re3Window *self)
{
  Re3Document *document = re3_session_get_document (self->session);
  gboolean has_data = document != NULL && re3_document_get_dataset (document) != NULL;
  g_autofree char *alarm = NULL;
  g_autoptr (Re3Remark) remark = NULL;

  show_place (self);
  enable_work (self);
  show_warning (self, document != NULL ? re3_document_get_warning (document) : NULL);
  if (document == NULL)
    return;

  if (has_data)
    re3_samples_panel_focus_list (re3_workspace_get_samples (self->workspace));
  show_no_data (self, re3_document_get_notice (document));

  alarm = re3_document_make_alarm (document);
  remark = re3_document_make_remark (document);
  if (alarm != NULL)
    re3_show_message (GTK_WINDOW (self), _ ("The Model Fails Its Own Tests"), alarm);
  else if (remark != NULL)
    re3_show_toast (self->toast_overlay, remark->text, remark->button, remark->action,
                    remark->is_choice ? RE3_TOAST_CHOICE : RE3_TOAST_REMARK);
}

/* --- Work ----------------------------------------------------------------------------------- */

static void
work_changed_cb (Re3Window *self)
{
  /* The window is going away, and with it the session, whose work tells that it stops. */
  if (self->session == NULL)
    return;

  gboolean is_loading = re3_worker_is_busy (re3_session_get_loader (self->session));

  /* Not sooner, for the window's first frame would be long in coming. Now another thread reads. */
  if (is_loading && self->workspace == NULL) {
    self->workspace = RE3_WORKSPACE (re3_workspace_new (self->session, self->pages));
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->workspace), "content");
  }
  show_place (self);
  enable_work (self);
}

static void
analyse_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  re3_session_analyse (RE3_WINDOW (widget)->session);
}

static void
cancel_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  Re3Window *self = RE3_WINDOW (widget);

  if (re3_worker_is_busy (re3_session_get_analyst (self->session)))
    re3_show_toast (self->toast_overlay, _ ("The analysis was stopped"), _ ("Analyse Again"),
                    "win.analyse", RE3_TOAST_DONE);
  re3_worker_cancel (re3_session_get_loader (self->session));
  re3_worker_cancel (re3_session_get_analyst (self->session));
}

/* --- Samples and pages ---------------------------------------------------------------------- */

static void
search_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  Re3Workspace *workspace = RE3_WINDOW (widget)->workspace;

  if (workspace != NULL)
    re3_samples_panel_focus_search (re3_workspace_get_samples (workspace));
}

static void
sort_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  Re3Workspace *workspace = RE3_WINDOW (widget)->workspace;

  if (workspace != NULL)
    re3_samples_panel_sort (re3_workspace_get_samples (workspace), g_variant_get_int32 (parameter));
}

static void
clear_selection_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  re3_selection_clear (re3_session_get_selection (RE3_WINDOW (widget)->session));
}

static void
show_page_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  Re3Workspace *workspace = RE3_WINDOW (widget)->workspace;

  if (workspace != NULL)
    re3_workspace_show_page (workspace, g_variant_get_string (parameter, NULL));
}

/* GTK would build it with the window if the resource had the name that it knows. */
static void
show_help_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (widget);

  if (gtk_application_window_get_help_overlay (window) == NULL) {
    g_autoptr (GtkBuilder) builder =
        gtk_builder_new_from_resource ("/io/github/re3/Re3/ui/re3-shortcuts.ui");

    gtk_application_window_set_help_overlay (
        window, GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
  }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

/* GTK 4.8 leaves the focus in a menu's closed submenu where a dialog has come from it: no key would
 * be heard from then on. */
static void
is_active_cb (Re3Window *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (gtk_window_is_active (GTK_WINDOW (self)) && focus != NULL && !gtk_widget_get_mapped (focus))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

static void
watch_worker (Re3Window *self, Re3Worker *worker)
{
  g_signal_connect_object (worker, "notify", G_CALLBACK (work_changed_cb), self, G_CONNECT_SWAPPED);
}

/* However the window goes: it is still as people left it. */
static void
re3_window_unmap (GtkWidget *widget)
{
  re3_settings_keep_layout ();
  re3_session_files_keep_last (RE3_WINDOW (widget)->session_files);

  GTK_WIDGET_CLASS (re3_window_parent_class)->unmap (widget);
}

/* Whether it is maximized is set while it is constructed: not sooner. */
static void
re3_window_constructed (GObject *object)
{
  G_OBJECT_CLASS (re3_window_parent_class)->constructed (object);

  re3_settings_bind_window (GTK_WINDOW (object));
}

static void
re3_window_dispose (GObject *object)
{
  Re3Window *self = RE3_WINDOW (object);

  g_clear_handle_id (&self->header_id, g_source_remove);
  g_clear_object (&self->pages);
  g_clear_object (&self->session);
  g_clear_pointer (&self->edit_actions, re3_edit_actions_free);
  g_clear_pointer (&self->figure_actions, re3_figure_actions_free);
  g_clear_pointer (&self->file_actions, re3_file_actions_free);
  g_clear_pointer (&self->session_files, re3_session_files_free);

  G_OBJECT_CLASS (re3_window_parent_class)->dispose (object);
}

static void
re3_window_class_init (Re3WindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = re3_window_constructed;
  G_OBJECT_CLASS (klass)->dispose = re3_window_dispose;
  widget_class->unmap = re3_window_unmap;

  g_type_ensure (RE3_TYPE_PROGRESS_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/re3/Re3/ui/re3-window.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3Window, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, Re3Window, warning_revealer);
  gtk_widget_class_bind_template_child (widget_class, Re3Window, warning_label);
  gtk_widget_class_bind_template_child (widget_class, Re3Window, stack);
  gtk_widget_class_bind_template_child (widget_class, Re3Window, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, Re3Window, no_data_page);
  gtk_widget_class_bind_template_child (widget_class, Re3Window, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, Re3Window, progress_box);
  gtk_widget_class_bind_template_child (widget_class, Re3Window, recent_menu);

  gtk_widget_class_install_action (widget_class, "win.hide-warning", NULL, hide_warning_action);
  gtk_widget_class_install_action (widget_class, "win.analyse", NULL, analyse_action);
  gtk_widget_class_install_action (widget_class, "win.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.sort", "i", sort_action);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_help_action);
  gtk_widget_class_install_action (widget_class, "win.clear-selection", NULL,
                                   clear_selection_action);
  /* Not of the application, so that an entry that uses the key gets it first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.clear-selection",
                                       NULL);
}

static void
re3_window_init (Re3Window *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->pages = g_object_ref_sink (ADW_VIEW_STACK (adw_view_stack_new ()));
  self->session = re3_session_new ();
  self->edit_actions = re3_edit_actions_new (GTK_WINDOW (self), self->toast_overlay, self->session);
  self->figure_actions =
      re3_figure_actions_new (GTK_WINDOW (self), self->toast_overlay, self->pages, self->session);
  self->session_files =
      re3_session_files_new (GTK_WINDOW (self), self->toast_overlay, self->pages, self->session);
  self->file_actions = re3_file_actions_new (GTK_WINDOW (self), self->session, self->session_files);
  g_signal_connect_object (self->session, "document-changed", G_CALLBACK (document_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->switcher_title, "notify::title-visible",
                           G_CALLBACK (header_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "failed", G_CALLBACK (show_place), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (is_active_cb), NULL);
  watch_worker (self, re3_session_get_loader (self->session));
  watch_worker (self, re3_session_get_analyst (self->session));

  re3_progress_box_set_session (self->progress_box, self->session);
  re3_recent_files_fill_menu (self->recent_menu);
  re3_file_actions_take_drops (self->file_actions, GTK_WIDGET (self));

  work_changed_cb (self);
  document_changed_cb (self);
}

GtkWidget *
re3_window_new (AdwApplication *application)
{
  return g_object_new (RE3_TYPE_WINDOW, "application", application, NULL);
}
