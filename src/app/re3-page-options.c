/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-page-options.h"

#include <glib/gi18n.h>

/* Has @choose answer to @signal of @widget, and @show set the widget to what @session has, now and
 * whenever @changed says that it may be another: a saved session brings its own. */
static void
connect_option (GtkWidget *widget,
                const char *signal,
                GCallback choose,
                Re3Session *session,
                const char *changed,
                void (*show) (Re3Session *, GtkWidget *))
{
  g_signal_connect_object (widget, signal, choose, session, 0);
  g_signal_connect_object (session, changed, G_CALLBACK (show), widget, 0);
  show (session, widget);
}

static double
get_purity (GtkSpinButton *button)
{
  return gtk_spin_button_get_value (button) / 100.0;
}

static void
purity_changed_cb (GtkSpinButton *button, Re3Session *session)
{
  re3_session_set_purity_threshold (session, get_purity (button));
}

/* What is being typed stays, and the session may have a threshold that is not whole percents. */
static void
show_purity (Re3Session *session, GtkWidget *button)
{
  double purity = re3_session_get_purity_threshold (session);

  if (get_purity (GTK_SPIN_BUTTON (button)) == purity)
    return;
  g_signal_handlers_block_matched (button, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, session);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (button), 100.0 * purity);
  g_signal_handlers_unblock_matched (button, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, session);
}

GtkWidget *
re3_purity_option_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("Purity below (%)"));
  GtkWidget *button = gtk_spin_button_new_with_range (1.0, 100.0, 1.0);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_tooltip_text (button,
                               _ ("Regions whose largest class has a smaller share of their "
                                  "samples are marked as confused"));
  connect_option (button, "value-changed", G_CALLBACK (purity_changed_cb), session,
                  "analysis-changed", show_purity);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
metric_changed_cb (GtkDropDown *drop_down, GParamSpec *property, Re3Session *session)
{
  Re3ViewOptions options = *re3_session_get_view_options (session);

  options.metric = (Re3Metric) gtk_drop_down_get_selected (drop_down);
  re3_session_set_view_options (session, &options);
}

static void
show_metric (Re3Session *session, GtkWidget *drop_down)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down),
                              re3_session_get_view_options (session)->metric);
}

GtkWidget *
re3_metric_option_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  /* In the order of Re3Metric. */
  const char *const names[] = { "L2", "L1", "L∞", _ ("Paper’s ρ"), NULL };
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (names);

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == RE3_N_METRICS + 1);
  gtk_widget_set_tooltip_text (drop_down, _ ("How distances to the boundary are measured"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How distances to the boundary are measured"), -1);
  connect_option (drop_down, "notify::selected", G_CALLBACK (metric_changed_cb), session,
                  "view-changed", show_metric);
  return drop_down;
}

/* A choice that is on or off: the member of @options that @button is for, a gboolean. */
static gboolean *
get_choice (Re3ViewOptions *options, gpointer button)
{
  gsize offset = GPOINTER_TO_SIZE (g_object_get_data (button, "offset"));

  return (gboolean *) ((char *) options + offset);
}

static void
choice_toggled_cb (GtkToggleButton *button, Re3Session *session)
{
  Re3ViewOptions options = *re3_session_get_view_options (session);

  *get_choice (&options, button) = gtk_toggle_button_get_active (button);
  re3_session_set_view_options (session, &options);
}

static void
show_choice (Re3Session *session, GtkWidget *button)
{
  Re3ViewOptions options = *re3_session_get_view_options (session);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), *get_choice (&options, button));
}

/* @offset: of the member of Re3ViewOptions */
static GtkWidget *
toggle_new (Re3Session *session, gsize offset, const char *label, const char *tooltip)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data (G_OBJECT (button), "offset", GSIZE_TO_POINTER (offset));
  connect_option (button, "toggled", G_CALLBACK (choice_toggled_cb), session, "view-changed",
                  show_choice);
  return button;
}

GtkWidget *
re3_both_metrics_option_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  return toggle_new (session, G_STRUCT_OFFSET (Re3ViewOptions, both_metrics), _ ("With ρ"),
                     _ ("Draw the paper’s distance beside it"));
}

GtkWidget *
re3_signed_option_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  return toggle_new (session, G_STRUCT_OFFSET (Re3ViewOptions, signed_importance), _ ("Signed"),
                     _ ("Means of contributions keep their sign"));
}

GtkWidget *
re3_cluster_option_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  return toggle_new (
      session, G_STRUCT_OFFSET (Re3ViewOptions, clustered_regions), _ ("Cluster"),
      _ ("Put regions with similar profiles together, instead of the largest first"));
}

GtkWidget *
re3_single_response_option_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  return toggle_new (session, G_STRUCT_OFFSET (Re3ViewOptions, single_response),
                     _ ("Selected feature"),
                     _ ("Draw the response to the selected feature alone, instead of to those that "
                        "contribute most"));
}

GtkWidget *
re3_unpin_option_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  GtkWidget *button = gtk_button_new_with_label (_ ("Unpin"));

  gtk_widget_set_tooltip_text (button, _ ("Compare with nothing any more"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.unpin");
  return button;
}
