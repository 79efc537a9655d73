/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-workspace.h"

#include "re3-pages.h"
#include "re3-pathway-page.h"
#include "re3-session-figures.h"
#include "re3-settings.h"
#include "re3-what-if-panel.h"

#include <glib/gi18n.h>

/* Where there is less room, the figures need it more, and the samples reach so far at most. */
#define WIDE_WIDTH      1100
#define NARROW_POSITION 300

struct _Re3Workspace {
  GtkWidget parent_instance;

  GtkPaned *samples_pane;
  GtkPaned *what_if_pane;
  Re3SamplesPanel *samples_panel;
  GtkBox *pages_box;
  Re3WhatIfPanel *what_if_panel;

  gboolean is_narrow;
  int wide_position; /* of the samples' pane, while it is narrow */

  Re3Session *session;
  AdwViewStack *pages;
};

G_DEFINE_FINAL_TYPE (Re3Workspace, re3_workspace, GTK_TYPE_WIDGET)

/* A page of pictures is there where the samples are some. */
static void
document_changed_cb (Re3Workspace *self)
{
  gsize n_pages;
  const Re3PageDescription *pages = re3_pages_list (&n_pages);
  gsize n_rows;
  gsize n_columns;
  gboolean has_pictures = re3_session_find_picture_shape (self->session, &n_rows, &n_columns);

  for (gsize i = 0; i < n_pages; i++) {
    GtkWidget *child = adw_view_stack_get_child_by_name (self->pages, pages[i].name);

    if (re3_figures_find (pages[i].figures[0])->needs_picture)
      adw_view_stack_page_set_visible (adw_view_stack_get_page (self->pages, child), has_pictures);
  }
}

static void
add_pages (Re3Workspace *self)
{
  gsize n_pages;
  const Re3PageDescription *pages = re3_pages_list (&n_pages);
  GtkWidget *pathway = g_object_new (RE3_TYPE_PATHWAY_PAGE, NULL);

  re3_pathway_page_set_session (RE3_PATHWAY_PAGE (pathway), self->session);
  adw_view_stack_add_titled_with_icon (self->pages, pathway, "pathway", _ ("Pathway"),
                                       "view-continuous-symbolic");
  for (gsize i = 0; i < n_pages; i++)
    adw_view_stack_add_titled_with_icon (self->pages,
                                         re3_figure_page_new (self->session, &pages[i]),
                                         pages[i].name, _ (pages[i].title), pages[i].icon_name);
}

/* --- In a narrow window --------------------------------------------------------------------- */

/* Before the pane gives way to @width itself, and forgets where it was. */
static void
prepare_for_width (Re3Workspace *self, int width)
{
  gboolean is_narrow = width < WIDE_WIDTH;

  /* What a narrow window makes of it is not kept. */
  if (is_narrow && !self->is_narrow) {
    self->wide_position = gtk_paned_get_position (self->samples_pane);
    re3_settings_unbind_pane (self->samples_pane);
    gtk_paned_set_position (self->samples_pane, MIN (self->wide_position, NARROW_POSITION));
  } else if (!is_narrow && self->is_narrow) {
    gtk_paned_set_position (self->samples_pane, self->wide_position);
    re3_settings_bind_pane ("samples-position", self->samples_pane);
  }
  self->is_narrow = is_narrow;
}

static void
re3_workspace_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (RE3_WORKSPACE (widget)->samples_pane), orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);
}

static void
re3_workspace_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Re3Workspace *self = RE3_WORKSPACE (widget);

  prepare_for_width (self, width);
  gtk_widget_allocate (GTK_WIDGET (self->samples_pane), width, height, baseline, NULL);
}

/* --- For the window ------------------------------------------------------------------------- */

Re3SamplesPanel *
re3_workspace_get_samples (Re3Workspace *self)
{
  g_return_val_if_fail (RE3_IS_WORKSPACE (self), NULL);

  return self->samples_panel;
}

void
re3_workspace_show_page (Re3Workspace *self, const char *name)
{
  GtkWidget *child;

  g_return_if_fail (RE3_IS_WORKSPACE (self) && name != NULL);

  child = adw_view_stack_get_child_by_name (self->pages, name);
  if (child != NULL &&
      adw_view_stack_page_get_visible (adw_view_stack_get_page (self->pages, child)))
    adw_view_stack_set_visible_child (self->pages, child);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
re3_workspace_dispose (GObject *object)
{
  Re3Workspace *self = RE3_WORKSPACE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_object (&self->pages);

  G_OBJECT_CLASS (re3_workspace_parent_class)->dispose (object);
}

static void
re3_workspace_class_init (Re3WorkspaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_workspace_dispose;
  widget_class->measure = re3_workspace_measure;
  widget_class->size_allocate = re3_workspace_size_allocate;

  g_type_ensure (RE3_TYPE_SAMPLES_PANEL);
  g_type_ensure (RE3_TYPE_WHAT_IF_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-workspace.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3Workspace, samples_pane);
  gtk_widget_class_bind_template_child (widget_class, Re3Workspace, what_if_pane);
  gtk_widget_class_bind_template_child (widget_class, Re3Workspace, samples_panel);
  gtk_widget_class_bind_template_child (widget_class, Re3Workspace, pages_box);
  gtk_widget_class_bind_template_child (widget_class, Re3Workspace, what_if_panel);
}

static void
re3_workspace_init (Re3Workspace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
re3_workspace_new (Re3Session *session, AdwViewStack *pages)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);
  g_return_val_if_fail (ADW_IS_VIEW_STACK (pages), NULL);

  Re3Workspace *self = g_object_new (RE3_TYPE_WORKSPACE, NULL);

  self->session = g_object_ref (session);
  self->pages = g_object_ref (pages);
  adw_view_stack_set_hhomogeneous (pages, FALSE);
  adw_view_stack_set_vhomogeneous (pages, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (pages), TRUE);
  gtk_box_prepend (self->pages_box, GTK_WIDGET (pages));

  re3_samples_panel_set_session (self->samples_panel, session);
  add_pages (self);
  re3_what_if_panel_set_session (self->what_if_panel, session);
  re3_settings_bind_pane ("samples-position", self->samples_pane);
  re3_settings_bind_pane ("what-if-position", self->what_if_pane);
  g_signal_connect_object (session, "document-changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  document_changed_cb (self);
  return GTK_WIDGET (self);
}
