/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-what-if-panel.h"

#include "re3-feature-row.h"
#include "re3-labels.h"
#include "re3-number-format.h"

#include <glib/gi18n.h>

/* So many switched neurons are named one by one. */
#define MAX_NAMED_NEURONS 12

/* Room above and below a row that is scrolled to. */
#define ROW_MARGIN 8.0

struct _Re3WhatIfPanel {
  GtkWidget parent_instance;

  GtkLabel *prediction_label;
  GtkLabel *original_label;
  GtkLabel *region_label;
  GtkLabel *switched_label;
  GtkWidget *reset_all_button;
  GtkScrolledWindow *scrolled_window;
  GtkBox *features_box;

  Re3Session *session;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (Re3WhatIfPanel, re3_what_if_panel, GTK_TYPE_WIDGET)

static char *
describe_prediction (const Re3Explanation *explanation)
{
  g_autofree char *name = re3_label_class_markup (explanation->model, explanation->prediction);
  g_autofree char *share =
      re3_format_percent (explanation->probabilities[explanation->prediction], 1);

  return g_strdup_printf ("%s  %s", name, share);
}

/* "2 neurons switched: L1·3 on, L2·1 off" */
static char *
describe_switched (const Re3Explanation *now, const Re3Explanation *before)
{
  const Re3Network *network = re3_model_get_network (now->model);
  gsize n_neurons = re3_network_get_n_neurons (network);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_switched = 0;

  for (gsize j = 0; j < n_neurons; j++) {
    gsize state = re3_pattern_get_state (now->region->pattern, network, j);
    gsize state_before = re3_pattern_get_state (before->region->pattern, network, j);
    g_autofree char *name = NULL;

    if (state == state_before)
      continue;
    if (++n_switched > MAX_NAMED_NEURONS)
      continue;

    name = re3_name_switch (network, j, state_before, state);
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
  }

  if (n_switched == 0)
    return g_strdup (_ ("No neuron has switched"));
  if (n_switched > MAX_NAMED_NEURONS)
    g_string_append (names, ", …");
  /* Translators: the second %s lists them, such as "L1·3 on, L2·1 off". */
  return g_strdup_printf (ngettext ("%u neuron switched: %s", "%u neurons switched: %s",
                                    n_switched),
                          n_switched, names->str);
}

static char *
describe_region (Re3Session *session)
{
  gboolean left = re3_session_has_left_region (session);
  gssize region = re3_session_get_current_region (session);
  Re3Analysis *analysis = re3_session_get_analysis (session);
  const Re3RegionRow *row;
  g_autofree char *name = NULL;
  guint n_samples;

  if (re3_session_get_explanation (session)->boundary.n_undecided > 0)
    return g_strdup (_ ("On a boundary: region undecided"));
  if (analysis == NULL)
    return g_strdup (left ? _ ("Another region") : _ ("Its own region"));
  if (region < 0)
    return g_strdup (_ ("Another region, with no samples"));

  row = re3_region_table_get_region (re3_analysis_get_region_table (analysis), region);
  n_samples = row->n_train + row->n_test;
  name = re3_name_region (region);
  if (left)
    return g_strdup_printf (ngettext ("Another region, %s: %u sample",
                                      "Another region, %s: %u samples", n_samples),
                            name, n_samples);
  return g_strdup_printf (ngettext ("Its own region, %s: %u sample",
                                    "Its own region, %s: %u samples", n_samples),
                          name, n_samples);
}

static void
set_class (gpointer widget, const char *name, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_answer (Re3WhatIfPanel *self)
{
  const Re3Explanation *now = re3_session_get_explanation (self->session);
  const Re3Explanation *before = re3_session_get_original (self->session);
  gboolean left = re3_session_has_left_region (self->session);
  g_autofree char *prediction = NULL;
  g_autofree char *region = NULL;
  g_autofree char *switched = NULL;

  gtk_widget_set_sensitive (self->reset_all_button,
                            re3_what_if_has_edits (re3_session_get_what_if (self->session)));
  if (now == NULL) {
    gtk_label_set_text (self->prediction_label, "–");
    gtk_label_set_text (self->original_label, "");
    gtk_label_set_text (self->region_label, "");
    gtk_label_set_text (self->switched_label, "");
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->switched_label), NULL);
    return;
  }

  prediction = describe_prediction (now);
  region = describe_region (self->session);
  switched = describe_switched (now, before);

  gtk_label_set_markup (self->prediction_label, prediction);
  if (re3_what_if_has_edits (re3_session_get_what_if (self->session))) {
    g_autofree char *original = describe_prediction (before);
    /* Translators: %s is the prediction before the edits, such as "setosa 99.8 %". */
    g_autofree char *was = g_strdup_printf (_ ("was %s"), original);

    gtk_label_set_markup (self->original_label, was);
  } else {
    gtk_label_set_text (self->original_label, _ ("as in the data"));
  }
  gtk_label_set_text (self->region_label, region);
  set_class (self->region_label, "left-region", left);
  gtk_label_set_text (self->switched_label, switched);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->switched_label), switched);
}

static gboolean
is_seen (Re3WhatIfPanel *self, GtkWidget *row)
{
  GtkWidget *window = GTK_WIDGET (self->scrolled_window);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, window, &bounds) &&
         bounds.origin.y + bounds.size.height >= 0.0f &&
         bounds.origin.y <= (float) gtk_widget_get_height (window);
}

static void
update_seen_rows (Re3WhatIfPanel *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->features_box)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (is_seen (self, row))
      re3_feature_row_update (RE3_FEATURE_ROW (row));
}

static gboolean
refresh_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Re3WhatIfPanel *self = RE3_WHAT_IF_PANEL (widget);

  self->refresh_id = 0;
  show_answer (self);
  update_seen_rows (self);
  return G_SOURCE_REMOVE;
}

/* However many edits arrive between two frames, they are shown once. */
static void
queue_refresh (Re3WhatIfPanel *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), refresh_cb, NULL, NULL);
}

/* Scrolls as little as shows all of @row. */
static void
scroll_to_row (Re3WhatIfPanel *self, GtkWidget *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (row, GTK_WIDGET (self->features_box), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y - ROW_MARGIN,
                               bounds.origin.y + bounds.size.height + 2 * ROW_MARGIN);
}

static void
unit_changed_cb (Re3WhatIfPanel *self)
{
  gsize selected = re3_selection_get_feature (re3_session_get_selection (self->session));
  gsize feature = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->features_box)); row != NULL;
       row = gtk_widget_get_next_sibling (row), feature++) {
    re3_feature_row_set_selected (RE3_FEATURE_ROW (row), feature == selected);
    if (feature == selected)
      scroll_to_row (self, row);
  }
}

static void
document_changed_cb (Re3WhatIfPanel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->features_box))) != NULL)
    gtk_box_remove (self->features_box, child);

  if (re3_session_get_dataset (self->session) != NULL) {
    gsize n_features = re3_model_get_n_features (re3_session_get_model (self->session));

    for (gsize i = 0; i < n_features; i++)
      gtk_box_append (self->features_box, re3_feature_row_new (self->session, i));
  }
}

static void
reset_all_clicked_cb (Re3WhatIfPanel *self)
{
  re3_what_if_reset_all_values (re3_session_get_what_if (self->session));
}

void
re3_what_if_panel_set_session (Re3WhatIfPanel *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_WHAT_IF_PANEL (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "document-changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "analysis-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "explanation-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (re3_session_get_selection (session), "unit-changed",
                           G_CALLBACK (unit_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled_window),
                           "value-changed", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  document_changed_cb (self);
  queue_refresh (self);
}

static void
re3_what_if_panel_dispose (GObject *object)
{
  Re3WhatIfPanel *self = RE3_WHAT_IF_PANEL (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_what_if_panel_parent_class)->dispose (object);
}

static void
re3_what_if_panel_class_init (Re3WhatIfPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_what_if_panel_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-what-if-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3WhatIfPanel, prediction_label);
  gtk_widget_class_bind_template_child (widget_class, Re3WhatIfPanel, original_label);
  gtk_widget_class_bind_template_child (widget_class, Re3WhatIfPanel, region_label);
  gtk_widget_class_bind_template_child (widget_class, Re3WhatIfPanel, switched_label);
  gtk_widget_class_bind_template_child (widget_class, Re3WhatIfPanel, reset_all_button);
  gtk_widget_class_bind_template_child (widget_class, Re3WhatIfPanel, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, Re3WhatIfPanel, features_box);
  gtk_widget_class_bind_template_callback (widget_class, reset_all_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "whatif");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_what_if_panel_init (Re3WhatIfPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
