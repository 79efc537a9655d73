/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-regions-page.h"

#include "re3-chart-view.h"
#include "re3-number-format.h"
#include "re3-session-figures.h"

#include <glib/gi18n.h>
#include <math.h>

struct _Re3RegionsPage {
  GtkWidget parent_instance;

  GtkLabel *summary_label;
  Re3ChartView *regions_view;
  Re3ChartView *profiles_view;
  GtkLabel *profiles_title;
  GtkSpinButton *threshold_button;

  Re3Session *session;
};

G_DEFINE_FINAL_TYPE (Re3RegionsPage, re3_regions_page, GTK_TYPE_WIDGET)

/* "17 regions · accuracy 97.5 % train, 96.7 % test · the largest holds 34.7 % of the test samples"
 */
static char *
describe_analysis (const Re3Analysis *analysis)
{
  const Re3RegionTable *table = re3_analysis_get_region_table (analysis);
  double train = re3_analysis_get_train_accuracy (analysis);
  double test = re3_analysis_get_test_accuracy (analysis);
  Re3RegionCounts counts;
  g_autofree char *n_regions = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  re3_region_table_count (table, &counts);
  n_regions = re3_format_number ((double) counts.all, G_MAXINT8);
  g_string_append_printf (text, ngettext ("%s region", "%s regions", counts.all), n_regions);
  if (!isnan (train) && !isnan (test)) {
    g_autofree char *train_share = re3_format_percent (train, 1);
    g_autofree char *test_share = re3_format_percent (test, 1);

    g_string_append (text, " · ");
    g_string_append_printf (text, _ ("accuracy %s train, %s test"), train_share, test_share);
  }
  if (!isnan (counts.top1)) {
    g_autofree char *share = re3_format_percent (counts.top1, 1);

    g_string_append (text, " · ");
    g_string_append_printf (text, _ ("the largest holds %s of the test samples"), share);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_filter (Re3RegionsPage *self)
{
  const Re3SampleFilter *filter =
      re3_selection_get_filter (re3_session_get_selection (self->session), RE3_FILTER_REGION);
  int item = filter != NULL ? (int) filter->region : RE3_NO_ITEM;

  re3_chart_view_set_selected_item (self->regions_view, item);
  re3_chart_view_set_selected_item (self->profiles_view, item);
}

static void
analysis_changed_cb (Re3RegionsPage *self)
{
  Re3Analysis *analysis = re3_session_get_analysis (self->session);
  g_autoptr (Re3Chart) regions = re3_session_make_figure (self->session, "regions");
  g_autoptr (Re3Chart) profiles = re3_session_make_figure (self->session, "profiles");
  g_autofree char *summary = NULL;

  re3_chart_view_set_chart (self->regions_view, regions);
  re3_chart_view_set_chart (self->profiles_view, profiles);
  show_filter (self);
  if (analysis == NULL) {
    gtk_label_set_text (self->summary_label, "");
    return;
  }

  summary = describe_analysis (analysis);
  gtk_label_set_text (self->summary_label, summary);
  gtk_label_set_text (self->profiles_title, profiles != NULL ? re3_chart_get_title (profiles) : "");
}

/* A second click on the same region shows all samples again. The bar after the last region stands
 * for all others and chooses none. */
static void
region_activated_cb (Re3RegionsPage *self, int item, int series, Re3ChartView *view)
{
  const Re3RegionTable *table =
      re3_analysis_get_region_table (re3_session_get_analysis (self->session));

  if ((gsize) item >= MIN (re3_region_table_get_n_regions (table), RE3_MAX_REGIONS_SHOWN))
    return;

  re3_selection_toggle_filter (re3_session_get_selection (self->session),
                               re3_sample_filter_new_region ((gsize) item));
}

static void
threshold_changed_cb (Re3RegionsPage *self)
{
  re3_session_set_purity_threshold (self->session,
                                    gtk_spin_button_get_value (self->threshold_button) / 100.0);
}

void
re3_regions_page_set_session (Re3RegionsPage *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_REGIONS_PAGE (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "analysis-changed", G_CALLBACK (analysis_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (re3_session_get_selection (session), "filters-changed",
                           G_CALLBACK (show_filter), self, G_CONNECT_SWAPPED);
  gtk_spin_button_set_value (self->threshold_button,
                             100.0 * re3_session_get_purity_threshold (session));
  g_signal_connect_object (self->threshold_button, "value-changed",
                           G_CALLBACK (threshold_changed_cb), self, G_CONNECT_SWAPPED);
  analysis_changed_cb (self);
}

static void
re3_regions_page_dispose (GObject *object)
{
  Re3RegionsPage *self = RE3_REGIONS_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_regions_page_parent_class)->dispose (object);
}

static void
re3_regions_page_class_init (Re3RegionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_regions_page_dispose;

  g_type_ensure (RE3_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-regions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3RegionsPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, Re3RegionsPage, regions_view);
  gtk_widget_class_bind_template_child (widget_class, Re3RegionsPage, profiles_view);
  gtk_widget_class_bind_template_child (widget_class, Re3RegionsPage, profiles_title);
  gtk_widget_class_bind_template_child (widget_class, Re3RegionsPage, threshold_button);
  gtk_widget_class_bind_template_callback (widget_class, region_activated_cb);
  gtk_widget_class_set_css_name (widget_class, "page");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_regions_page_init (Re3RegionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
