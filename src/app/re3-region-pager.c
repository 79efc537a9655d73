/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-region-pager.h"

#include "re3-number-text.h"
#include "re3-session-figures.h"

#include <glib/gi18n.h>

#define PAGE_REGIONS RE3_MAX_REGIONS_SHOWN

struct _Re3RegionPager {
  GtkWidget parent_instance;

  GtkWidget *previous_button;
  GtkWidget *next_button;
  GtkLabel *label;
  Re3Session *session;
};

G_DEFINE_FINAL_TYPE (Re3RegionPager, re3_region_pager, GTK_TYPE_WIDGET)

static gsize
count_regions (Re3RegionPager *self)
{
  const Re3Analysis *analysis = re3_session_get_analysis (self->session);

  return analysis != NULL
             ? re3_region_table_get_n_regions (re3_analysis_get_region_table (analysis))
             : 0;
}

static gsize
get_first (Re3RegionPager *self)
{
  return re3_session_get_view_options (self->session)->first_region;
}

static void
turn_to (Re3RegionPager *self, gsize first)
{
  Re3ViewOptions options = *re3_session_get_view_options (self->session);

  options.first_region = first;
  re3_session_set_view_options (self->session, &options);
}

static void
update (Re3RegionPager *self)
{
  gsize n = count_regions (self);
  gsize first = get_first (self);
  g_autofree char *from = re3_number_text_new ((double) first + 1, G_MAXINT8);
  g_autofree char *to = re3_number_text_new ((double) MIN (first + PAGE_REGIONS, n), G_MAXINT8);
  g_autofree char *all = re3_number_text_new ((double) n, G_MAXINT8);
  /* Translators: the first and the last region shown, and the number of all. */
  g_autofree char *text = g_strdup_printf (_ ("%s to %s of %s"), from, to, all);

  gtk_label_set_text (self->label, text);
  gtk_widget_set_sensitive (self->previous_button, first > 0);
  gtk_widget_set_sensitive (self->next_button, first + PAGE_REGIONS < n);
  gtk_widget_set_visible (GTK_WIDGET (self), n > PAGE_REGIONS);
}

static void
filters_changed_cb (Re3RegionPager *self)
{
  const Re3SampleFilter *filter =
      re3_selection_get_filter (re3_session_get_selection (self->session), RE3_FILTER_REGION);

  if (filter != NULL)
    turn_to (self, filter->region - filter->region % PAGE_REGIONS);
}

static void
previous_cb (Re3RegionPager *self)
{
  turn_to (self, get_first (self) - MIN (get_first (self), PAGE_REGIONS));
}

static void
next_cb (Re3RegionPager *self)
{
  turn_to (self, get_first (self) + PAGE_REGIONS);
}

static void
re3_region_pager_dispose (GObject *object)
{
  Re3RegionPager *self = RE3_REGION_PAGER (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_region_pager_parent_class)->dispose (object);
}

static void
re3_region_pager_class_init (Re3RegionPagerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = re3_region_pager_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *
add_button (Re3RegionPager *self, const char *icon_name, const char *text, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
re3_region_pager_init (Re3RegionPager *self)
{
  self->previous_button =
      add_button (self, "go-previous-symbolic", _ ("Previous regions"), G_CALLBACK (previous_cb));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  self->next_button =
      add_button (self, "go-next-symbolic", _ ("Next regions"), G_CALLBACK (next_cb));
}

GtkWidget *
re3_region_pager_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  Re3RegionPager *self = g_object_new (RE3_TYPE_REGION_PAGER, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "analysis-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "view-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (re3_session_get_selection (session), "filters-changed",
                           G_CALLBACK (filters_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
