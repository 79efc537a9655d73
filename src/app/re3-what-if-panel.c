/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-what-if-panel.h"

#include "re3-answer-view.h"
#include "re3-counterfactual-view.h"
#include "re3-feature-list.h"
#include "re3-limits-dialog.h"

struct _Re3WhatIfPanel {
  GtkWidget parent_instance;

  Re3AnswerView *answer_view;
  GtkExpander *counterfactual_expander;
  Re3FeatureList *feature_list;

  Re3Session *session;
  GtkWidget *counterfactual_place; /* (nullable): before it was asked for */
};

G_DEFINE_FINAL_TYPE (Re3WhatIfPanel, re3_what_if_panel, GTK_TYPE_WIDGET)

/* Scrolls where the window is low. */
static GtkWidget *
counterfactual_place_new (Re3Session *session)
{
  GtkWidget *place = gtk_scrolled_window_new ();
  GtkWidget *view = g_object_new (RE3_TYPE_COUNTERFACTUAL_VIEW, "margin-top", 6, NULL);

  re3_counterfactual_view_set_session (RE3_COUNTERFACTUAL_VIEW (view), session);
  g_object_set (place, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                "min-content-height", 120, "child", view, NULL);
  return place;
}

/* An expander of GTK 4.8 that is closed passes the focus to what is in it, which is in no window
 * then: so there is nothing in it. */
static void
expanded_cb (Re3WhatIfPanel *self)
{
  gboolean is_expanded = gtk_expander_get_expanded (self->counterfactual_expander);

  if (is_expanded && self->counterfactual_place == NULL)
    self->counterfactual_place = g_object_ref_sink (counterfactual_place_new (self->session));
  gtk_expander_set_child (self->counterfactual_expander,
                          is_expanded ? self->counterfactual_place : NULL);
}

/* A number has no other class. */
static void
document_changed_cb (Re3WhatIfPanel *self)
{
  Re3Model *model = re3_session_get_model (self->session);
  gboolean has_classes = model != NULL && !re3_model_is_regression (model);

  gtk_widget_set_visible (GTK_WIDGET (self->counterfactual_expander), has_classes);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "what-if.limits", has_classes);
}

/* Here, and not where its button is: what an expander hides has no shortcuts. */
static void
limits_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  Re3WhatIfPanel *self = RE3_WHAT_IF_PANEL (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_window_present (GTK_WINDOW (re3_limits_dialog_new (GTK_WINDOW (root), self->session)));
}

void
re3_what_if_panel_set_session (Re3WhatIfPanel *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_WHAT_IF_PANEL (self));
  g_return_if_fail (self->session == NULL && RE3_IS_SESSION (session));

  self->session = g_object_ref (session);
  re3_answer_view_set_session (self->answer_view, session);
  re3_feature_list_set_session (self->feature_list, session);
  g_signal_connect_object (session, "document-changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  document_changed_cb (self);
}

static void
re3_what_if_panel_dispose (GObject *object)
{
  Re3WhatIfPanel *self = RE3_WHAT_IF_PANEL (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->counterfactual_place);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_what_if_panel_parent_class)->dispose (object);
}

static void
re3_what_if_panel_class_init (Re3WhatIfPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_what_if_panel_dispose;

  g_type_ensure (RE3_TYPE_ANSWER_VIEW);
  g_type_ensure (RE3_TYPE_FEATURE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-what-if-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3WhatIfPanel, answer_view);
  gtk_widget_class_bind_template_child (widget_class, Re3WhatIfPanel, counterfactual_expander);
  gtk_widget_class_bind_template_child (widget_class, Re3WhatIfPanel, feature_list);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
  gtk_widget_class_install_action (widget_class, "what-if.limits", NULL, limits_action);
  gtk_widget_class_set_css_name (widget_class, "whatif");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_what_if_panel_init (Re3WhatIfPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
