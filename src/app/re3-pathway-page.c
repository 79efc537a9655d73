/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-pathway-page.h"

#include "re3-labels.h"
#include "re3-linked-figure.h"
#include "re3-number-text.h"
#include "re3-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_FIGURES 3

struct _Re3PathwayPage {
  GtkWidget parent_instance;

  GtkLabel *sample_label;
  GtkLabel *about_label;
  GtkDropDown *class_drop_down;
  GtkDropDown *mode_drop_down;
  GtkSpinButton *nodes_button;
  GtkLabel *output_label;
  GtkDropDown *output_drop_down;
  GtkDropDown *form_drop_down;
  GtkDropDown *baseline_drop_down; /* in the order of Re3BaselineKind */
  GtkWidget *probabilities_box;
  Re3ChartView *sankey_view;
  Re3ChartView *probabilities_view;
  Re3ChartView *contributions_view;
  GtkLabel *probabilities_title;
  GtkLabel *contributions_title;

  Re3LinkedFigure *figures[N_FIGURES];

  Re3Session *session;
  guint refresh_id;
  gboolean is_syncing; /* the drop-downs are being set to the session's state */
};

G_DEFINE_FINAL_TYPE (Re3PathwayPage, re3_pathway_page, GTK_TYPE_WIDGET)

/* "true class setosa · boundary 0.21 away" */
static char *
describe_sample (Re3PathwayPage *self)
{
  const Re3Explanation *explanation = re3_session_get_explanation (self->session);
  int label = re3_dataset_get_label (re3_session_get_dataset (self->session),
                                     re3_session_get_row (self->session));
  double target = re3_dataset_get_target (re3_session_get_dataset (self->session),
                                          re3_session_get_row (self->session));
  g_autofree char *distance = re3_number_text_new (explanation->boundary.l2, 3);
  g_autoptr (GString) text = g_string_new (NULL);

  if (!isnan (target)) {
    g_autofree char *value = re3_label_output (explanation->model, target);

    g_string_append_printf (text, _ ("true value %s"), value);
    g_string_append (text, " · ");
  }
  if (label != RE3_NO_LABEL) {
    g_string_append_printf (text, _ ("true class %s"),
                            re3_model_get_class_name (explanation->model, label));
    g_string_append (text, " · ");
  }
  if (explanation->boundary.n_undecided > 0)
    g_string_append (text, _ ("on a boundary: region undecided"));
  else
    /* Translators: %s is the distance to the nearest change of the activation pattern. */
    g_string_append_printf (text, _ ("boundary %s away"), distance);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Two columns of contributions have all the width, and scroll where there is too little height; one
 * has its share, and is drawn in what there is. */
static void
make_room (Re3PathwayPage *self)
{
  const Re3Model *model = re3_session_get_model (self->session);
  gboolean is_regression = model != NULL && re3_model_is_regression (model);
  gboolean has_two_columns =
      re3_session_get_baseline (self->session) != NULL &&
      (is_regression ||
       re3_session_get_view_options (self->session)->contribution_output != RE3_CONTRIBUTION_PATH);

  gtk_widget_set_visible (self->probabilities_box, !is_regression && !has_two_columns);
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (self->contributions_view),
                                     has_two_columns ? GTK_SCROLL_NATURAL : GTK_SCROLL_MINIMUM);
}

static void
refresh (Re3PathwayPage *self)
{
  Re3Chart *contributions;
  g_autofree char *sample = NULL;
  g_autofree char *about = NULL;

  for (gsize i = 0; i < N_FIGURES; i++)
    re3_linked_figure_refresh (self->figures[i]);
  make_room (self);

  contributions = re3_chart_view_get_chart (self->contributions_view);
  if (contributions == NULL) {
    gtk_label_set_text (self->sample_label, "");
    gtk_label_set_text (self->about_label, "");
    return;
  }
  gtk_label_set_text (self->contributions_title, re3_chart_get_title (contributions));
  /* Translators: %s is the number of a data row. */
  sample = g_strdup_printf (_ ("Sample %zd"), re3_session_get_row (self->session));
  about = describe_sample (self);
  gtk_label_set_text (self->sample_label, sample);
  gtk_label_set_text (self->about_label, about);
}

static gboolean
refresh_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Re3PathwayPage *self = RE3_PATHWAY_PAGE (widget);

  self->refresh_id = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* However many edits arrive between two frames, the figures are made once; and not at all while
 * another page is seen. */
static void
queue_refresh (Re3PathwayPage *self)
{
  if (self->refresh_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->refresh_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), refresh_cb, NULL, NULL);
}

static void
explanation_changed_cb (Re3PathwayPage *self)
{
  const Re3ViewOptions *view = re3_session_get_view_options (self->session);

  self->is_syncing = TRUE;
  gtk_drop_down_set_selected (self->class_drop_down,
                              re3_session_get_class_choice (self->session) + 1);
  gtk_drop_down_set_selected (self->mode_drop_down, view->paper_pathway ? 1 : 0);
  gtk_spin_button_set_value (self->nodes_button, (double) view->pathway_nodes);
  gtk_drop_down_set_selected (self->output_drop_down, view->contribution_output);
  gtk_drop_down_set_selected (self->form_drop_down, view->waterfall ? 1 : 0);
  gtk_drop_down_set_selected (self->baseline_drop_down, view->baseline);
  self->is_syncing = FALSE;
  queue_refresh (self);
}

/* A regression network has no classes to choose from, and no probabilities. */
static void
show_what_applies (Re3PathwayPage *self, const Re3Model *model)
{
  gboolean has_classes = model == NULL || !re3_model_is_regression (model);

  gtk_widget_set_visible (GTK_WIDGET (self->class_drop_down),
                          has_classes || re3_model_get_n_classes (model) > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->output_label), has_classes);
  gtk_widget_set_visible (GTK_WIDGET (self->output_drop_down), has_classes);
}

static void
document_changed_cb (Re3PathwayPage *self)
{
  Re3Model *model = re3_session_get_model (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  show_what_applies (self, model);
  make_room (self);
  gtk_string_list_append (names, _ ("Predicted"));
  for (gsize c = 0; model != NULL && c < re3_model_get_n_classes (model); c++)
    gtk_string_list_append (names, re3_model_get_class_name (model, c));

  self->is_syncing = TRUE;
  gtk_drop_down_set_model (self->class_drop_down, G_LIST_MODEL (names));
  self->is_syncing = FALSE;
  explanation_changed_cb (self);
}

static void
class_selected_cb (Re3PathwayPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->class_drop_down);

  if (!self->is_syncing && selected != GTK_INVALID_LIST_POSITION)
    re3_session_set_class_choice (self->session, (int) selected - 1);
}

static void
view_chosen_cb (Re3PathwayPage *self)
{
  Re3ViewOptions options;

  if (self->is_syncing || self->session == NULL)
    return;
  options = *re3_session_get_view_options (self->session);
  options.paper_pathway = gtk_drop_down_get_selected (self->mode_drop_down) == 1;
  options.pathway_nodes = (gsize) gtk_spin_button_get_value_as_int (self->nodes_button);
  options.contribution_output =
      (Re3ContributionOutput) gtk_drop_down_get_selected (self->output_drop_down);
  options.waterfall = gtk_drop_down_get_selected (self->form_drop_down) == 1;
  options.baseline = (Re3BaselineKind) gtk_drop_down_get_selected (self->baseline_drop_down);
  re3_session_set_view_options (self->session, &options);
}

void
re3_pathway_page_set_session (Re3PathwayPage *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_PATHWAY_PAGE (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->figures[0] = re3_linked_figure_attach (self->sankey_view, session, "sankey");
  self->figures[1] = re3_linked_figure_attach (self->probabilities_view, session, "probabilities");
  self->figures[2] = re3_linked_figure_attach (self->contributions_view, session, "contributions");
  g_signal_connect_object (session, "document-changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "explanation-changed", G_CALLBACK (explanation_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "view-changed", G_CALLBACK (explanation_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "pin-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  document_changed_cb (self);
}

static void
re3_pathway_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (re3_pathway_page_parent_class)->map (widget);

  queue_refresh (RE3_PATHWAY_PAGE (widget));
}

static void
re3_pathway_page_dispose (GObject *object)
{
  Re3PathwayPage *self = RE3_PATHWAY_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_pathway_page_parent_class)->dispose (object);
}

static void
re3_pathway_page_class_init (Re3PathwayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_pathway_page_dispose;
  widget_class->map = re3_pathway_page_map;

  g_type_ensure (RE3_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-pathway-page.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, sample_label);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, about_label);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, class_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, mode_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, nodes_button);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, output_label);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, output_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, form_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, baseline_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, probabilities_box);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, sankey_view);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, probabilities_view);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, contributions_view);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, probabilities_title);
  gtk_widget_class_bind_template_child (widget_class, Re3PathwayPage, contributions_title);
  gtk_widget_class_bind_template_callback (widget_class, class_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_chosen_cb);
  gtk_widget_class_set_css_name (widget_class, "page");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_pathway_page_init (Re3PathwayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  re3_tooltip_show_cut (self->about_label);
  re3_tooltip_show_cut (self->probabilities_title);
  re3_tooltip_show_cut (self->contributions_title);
}
