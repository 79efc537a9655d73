/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figure-page.h"

#include "re3-figures.h"
#include "re3-linked-figure.h"
#include "re3-tooltip.h"

#include <glib/gi18n.h>

#define MARGIN 12

/* A figure is never seen through a smaller gap than this. */
#define LEAST_HEIGHT 110

typedef struct {
  Re3LinkedFigure *figure;
  GtkLabel *title;
} Part;

struct _Re3FigurePage {
  GtkWidget parent_instance;

  const Re3PageDescription *description;
  Re3Session *session;
  GtkStack *stack; /* (nullable): of content and what stands in its place */
  GtkLabel *summary;
  Part parts[RE3_PAGE_MOST_FIGURES];
  gsize n_parts;
  guint refresh_id;
  gboolean is_stale; /* what the figures are made from has changed */
};

G_DEFINE_FINAL_TYPE (Re3FigurePage, re3_figure_page, GTK_TYPE_WIDGET)

/* --- Showing -------------------------------------------------------------------------------- */

static void
refresh (Re3FigurePage *self)
{
  if (self->summary != NULL) {
    g_autofree char *text = self->description->summarise (self->session);

    gtk_label_set_text (self->summary, text != NULL ? text : "");
  }
  for (gsize i = 0; i < self->n_parts; i++) {
    Re3Chart *chart;

    re3_linked_figure_refresh (self->parts[i].figure);
    chart = re3_chart_view_get_chart (re3_linked_figure_get_view (self->parts[i].figure));
    gtk_label_set_text (self->parts[i].title, chart != NULL ? re3_chart_get_title (chart) : "");
    if (i == 0 && self->stack != NULL)
      gtk_stack_set_visible_child_name (self->stack, chart != NULL ? "content" : "empty");
  }
}

static gboolean
refresh_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Re3FigurePage *self = RE3_FIGURE_PAGE (widget);

  self->refresh_id = 0;
  self->is_stale = FALSE;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (Re3FigurePage *self)
{
  if (self->is_stale && self->refresh_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->refresh_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), refresh_cb, NULL, NULL);
}

static void
changed_cb (Re3FigurePage *self)
{
  self->is_stale = TRUE;
  queue_refresh (self);
}

/* --- Building ------------------------------------------------------------------------------- */

static GtkWidget *
heading_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  re3_tooltip_show_cut (GTK_LABEL (label));
  return label;
}

static void
set_margins (GtkWidget *widget)
{
  gtk_widget_set_margin_start (widget, MARGIN);
  gtk_widget_set_margin_end (widget, MARGIN);
}

static GtkWidget *
scroller_new (Re3ChartView *view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (view), GTK_SCROLL_NATURAL);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LEAST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (view));
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static gsize
count_options (const Re3FigurePage *self)
{
  gsize n = 0;

  while (n < RE3_PAGE_MOST_OPTIONS && self->description->options[n] != NULL)
    n++;
  return n;
}

/* The title, and the options where it is the first: beside it, or below it where there are several,
 * for a page is not wide. */
static GtkWidget *
head_new (Re3FigurePage *self, gsize index)
{
  gsize n_options = index == 0 ? count_options (self) : 0;
  GtkWidget *head =
      gtk_box_new (n_options > 1 ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *options = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (gsize i = 0; i < n_options; i++)
    gtk_box_append (GTK_BOX (options), self->description->options[i](self->session));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->parts[index].title));
  gtk_box_append (GTK_BOX (head), options);
  set_margins (head);
  gtk_widget_set_margin_top (head, index == 0 && self->summary == NULL ? 12 : 6);
  return head;
}

/* A figure below its head. */
static GtkWidget *
part_new (Re3FigurePage *self, gsize index)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  Re3ChartView *view = RE3_CHART_VIEW (re3_chart_view_new ());
  Part *part = &self->parts[index];

  part->title = GTK_LABEL (heading_new ());
  part->figure = re3_linked_figure_attach (view, self->session, self->description->figures[index]);
  gtk_box_append (GTK_BOX (box), head_new (self, index));
  gtk_widget_set_margin_start (GTK_WIDGET (view), MARGIN);
  gtk_widget_set_margin_end (GTK_WIDGET (view), MARGIN);
  gtk_box_append (GTK_BOX (box), scroller_new (view));
  return box;
}

static GtkWidget *
parts_new (Re3FigurePage *self)
{
  GtkWidget *first = part_new (self, 0);
  GtkWidget *paned;

  if (self->n_parts == 1)
    return first;

  paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  gtk_paned_set_start_child (GTK_PANED (paned), first);
  gtk_paned_set_end_child (GTK_PANED (paned), part_new (self, 1));
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_widget_set_vexpand (paned, TRUE);
  return paned;
}

static void
build (Re3FigurePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  while (self->n_parts < RE3_PAGE_MOST_FIGURES && self->description->figures[self->n_parts] != NULL)
    self->n_parts++;

  if (self->description->summarise != NULL) {
    GtkWidget *summary = heading_new ();

    gtk_label_set_wrap (GTK_LABEL (summary), TRUE);
    gtk_label_set_ellipsize (GTK_LABEL (summary), PANGO_ELLIPSIZE_NONE);
    gtk_widget_add_css_class (summary, "numeric");
    set_margins (summary);
    gtk_widget_set_margin_top (summary, 12);
    gtk_widget_set_margin_bottom (summary, 6);
    gtk_box_append (GTK_BOX (box), summary);
    self->summary = GTK_LABEL (summary);
  }
  gtk_box_append (GTK_BOX (box), parts_new (self));
  if (self->description->extra != NULL)
    gtk_box_append (GTK_BOX (box), self->description->extra (self->session));
  if (self->description->empty == NULL) {
    gtk_widget_set_parent (box, GTK_WIDGET (self));
    return;
  }
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, box, "content");
  gtk_stack_add_named (self->stack, self->description->empty (self->session), "empty");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/* A page that nobody looks at costs nothing. */
static void
re3_figure_page_map (GtkWidget *widget)
{
  Re3FigurePage *self = RE3_FIGURE_PAGE (widget);

  if (self->n_parts == 0)
    build (self);
  GTK_WIDGET_CLASS (re3_figure_page_parent_class)->map (widget);

  queue_refresh (self);
}

static void
re3_figure_page_dispose (GObject *object)
{
  Re3FigurePage *self = RE3_FIGURE_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->n_parts = 0;
  self->summary = NULL;
  self->stack = NULL;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_figure_page_parent_class)->dispose (object);
}

static void
re3_figure_page_class_init (Re3FigurePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_figure_page_dispose;
  widget_class->map = re3_figure_page_map;

  gtk_widget_class_set_css_name (widget_class, "page");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_figure_page_init (Re3FigurePage *self)
{
  self->is_stale = TRUE;
}

/* Whether some figure is of the selected sample, and with it of the selected feature. */
static gboolean
needs_sample (const Re3PageDescription *description)
{
  for (gsize i = 0; i < RE3_PAGE_MOST_FIGURES && description->figures[i] != NULL; i++)
    if (re3_figures_find (description->figures[i])->needs_sample)
      return TRUE;
  return FALSE;
}

GtkWidget *
re3_figure_page_new (Re3Session *session, const Re3PageDescription *description)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);
  g_return_val_if_fail (description != NULL && description->figures[0] != NULL, NULL);

  Re3FigurePage *self = g_object_new (RE3_TYPE_FIGURE_PAGE, NULL);

  self->description = description;
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "analysis-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "view-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (needs_sample (description)) {
    g_signal_connect_object (session, "explanation-changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (session, "pin-changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (re3_session_get_selection (session), "unit-changed",
                             G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  }
  return GTK_WIDGET (self);
}
