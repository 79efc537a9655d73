/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-counterfactual-view.h"

#include "re3-counterfactual-search.h"
#include "re3-limits-check.h"
#include "re3-number-text.h"
#include "re3-tooltip.h"

#include <glib/gi18n.h>

#define DIGITS 4

struct _Re3CounterfactualView {
  GtkWidget parent_instance;

  GtkDropDown *class_drop_down;
  GtkDropDown *metric_drop_down;
  GtkDropDown *units_drop_down;
  GtkCheckButton *within_data_button;
  GtkLabel *limits_label;
  GtkButton *search_button;
  GtkProgressBar *progress_bar;
  GtkLabel *result_label;
  GtkBox *changes_box;
  GtkWidget *apply_all_button;

  Re3Session *session;
  Re3CounterfactualSearch *search;
};

G_DEFINE_FINAL_TYPE (Re3CounterfactualView, re3_counterfactual_view, GTK_TYPE_WIDGET)

static gboolean
is_busy (Re3CounterfactualView *self)
{
  return re3_worker_is_busy (re3_counterfactual_search_get_worker (self->search));
}

/* --- The result ----------------------------------------------------------------------------- */

/* "virginica at a distance of 1.23: proven to be the nearest" */
static char *
describe_result (Re3CounterfactualView *self, const Re3Counterfactual *result)
{
  const Re3Model *model = re3_session_get_model (self->session);
  g_autofree char *distance = re3_number_text_new (result->distance, DIGITS);
  g_autofree char *bound = re3_number_text_new (result->lower_bound, DIGITS);

  if (!result->found)
    return g_strdup (
        result->proven
            ? _ ("There is none: the network predicts no such class within these limits.")
            : _ ("None was found before the search was stopped."));
  if (result->proven)
    /* Translators: a class and a distance. */
    return g_strdup_printf (_ ("%s at a distance of %s: proven to be the nearest"),
                            re3_model_get_class_name (model, result->class_index), distance);
  /* Translators: a class, a distance, and a smaller distance. */
  return g_strdup_printf (_ ("%s at a distance of %s; none is nearer than %s"),
                          re3_model_get_class_name (model, result->class_index), distance, bound);
}

/* What the limits have to do with it. (nullable) (transfer full) */
static char *
describe_limits (Re3CounterfactualView *self, const Re3Counterfactual *result)
{
  Re3Limits *limits = re3_session_get_limits (self->session);

  if (!result->found)
    return re3_limits_check (limits, re3_session_get_what_if (self->session));
  if (re3_limits_hold (limits, re3_counterfactual_search_get_start (self->search)))
    return NULL;
  return g_strdup (_ ("The sample itself is beyond the limits; this answer is within."));
}

/* The result, how it came about, and what it did not look into. */
static char *
describe_search (Re3CounterfactualView *self, const Re3Counterfactual *result)
{
  g_autofree char *found = describe_result (self, result);
  g_autofree char *limits = describe_limits (self, result);
  g_autofree char *text =
      limits != NULL ? g_strdup_printf ("%s\n%s", found, limits) : g_steal_pointer (&found);

  if (!result->groups_kept)
    return g_steal_pointer (&text);
  return g_strdup_printf (
      _ ("%s\nOne-hot groups were kept as they are: together they have more than "
         "%d choices."),
      text, RE3_COUNTERFACTUAL_MAX_CHOICES);
}

/* What changes with @feature: it alone, or the group that the search kept to one choice. */
static Re3CounterfactualChange
find_change (Re3CounterfactualView *self, gsize feature)
{
  const GPtrArray *groups = re3_counterfactual_search_get_groups (self->search);

  return (Re3CounterfactualChange){ feature, re3_feature_groups_find (groups, feature) };
}

static void
apply_clicked_cb (Re3CounterfactualView *self, GtkButton *button)
{
  gsize feature = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "feature"));
  const Re3Counterfactual *result = re3_counterfactual_search_get_result (self->search);
  Re3WhatIf *what_if = re3_session_get_what_if (self->session);
  Re3CounterfactualChange change = find_change (self, feature);

  re3_what_if_end_step (what_if);
  if (change.group != NULL)
    re3_group_choices_choose (re3_session_get_groups (self->session), change.group,
                              (gsize) re3_feature_group_get_choice (change.group, result->values),
                              NULL);
  else
    re3_what_if_set_value (what_if, feature, result->values[feature], NULL);
  re3_what_if_end_step (what_if);
}

static void
apply_all_clicked_cb (Re3CounterfactualView *self)
{
  const Re3Counterfactual *result = re3_counterfactual_search_get_result (self->search);

  re3_what_if_set_values (re3_session_get_what_if (self->session), result->values, NULL);
}

static const char *
get_name (Re3CounterfactualView *self, const Re3CounterfactualChange *change)
{
  return change->group != NULL
             ? change->group->name
             : re3_model_get_feature_name (re3_session_get_model (self->session), change->feature);
}

/* "petal width: 1.3 → 1.71 cm", "colour: red → blue" */
static char *
describe_change (Re3CounterfactualView *self,
                 const Re3Counterfactual *result,
                 const Re3CounterfactualChange *change)
{
  const double *start = re3_counterfactual_search_get_start (self->search);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (change->group != NULL) {
    const char *choice = re3_feature_group_get_choice_name (change->group, start);

    from = g_strdup (choice != NULL ? choice : _ ("not one choice"));
    to = g_strdup (re3_feature_group_get_choice_name (change->group, result->values));
  } else {
    from = re3_number_text_new (start[change->feature], DIGITS);
    to = re3_number_text_new_with_unit (
        result->values[change->feature], DIGITS,
        re3_model_get_feature_unit (re3_session_get_model (self->session), change->feature));
  }
  /* Translators: a feature, its value, and another value with its unit. */
  return g_strdup_printf (_ ("%s: %s → %s"), get_name (self, change), from, to);
}

static gboolean
is_locked (Re3CounterfactualView *self, const Re3CounterfactualChange *change)
{
  return change->group != NULL
             ? re3_group_choices_is_locked (re3_session_get_groups (self->session), change->group)
             : re3_what_if_is_locked (re3_session_get_what_if (self->session), change->feature);
}

/* @lock: (nullable): what is locked, and keeps the button from being pressed */
static void
allow_to_apply (Re3CounterfactualView *self, GtkWidget *button, const Re3CounterfactualChange *lock)
{
  g_autofree char *text = lock != NULL
                              ? g_strdup_printf (_ ("%s is locked; unlock it to change its value."),
                                                 get_name (self, lock))
                              : NULL;

  gtk_widget_set_sensitive (button, lock == NULL);
  re3_tooltip_set_text (button, text);
}

/* What changes, and a button that lays it over the sample. */
static GtkWidget *
make_change (Re3CounterfactualView *self,
             const Re3Counterfactual *result,
             const Re3CounterfactualChange *change)
{
  const char *name = get_name (self, change);
  g_autofree char *text = describe_change (self, result, change);
  g_autofree char *action = g_strdup_printf (_ ("Apply to %s"), name);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_with_label (_ ("Apply"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  re3_tooltip_show_cut (GTK_LABEL (label));
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  allow_to_apply (self, button, is_locked (self, change) ? change : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, action,
                                  -1);
  g_object_set_data (G_OBJECT (button), "feature", GSIZE_TO_POINTER (change->feature));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (apply_clicked_cb), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
show_changes (Re3CounterfactualView *self, const Re3Counterfactual *result)
{
  g_autoptr (GArray) changes = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->changes_box))) != NULL)
    gtk_box_remove (self->changes_box, child);
  if (result == NULL)
    return;
  changes =
      re3_counterfactual_list_changes (result, re3_counterfactual_search_get_groups (self->search));
  for (guint i = 0; i < changes->len; i++)
    gtk_box_append (self->changes_box,
                    make_change (self, result,
                                 &g_array_index (changes, Re3CounterfactualChange, i)));
}

/* All values are those of the answer then, also where the sample was edited since the search. */
static void
show_apply_all (Re3CounterfactualView *self)
{
  const Re3Counterfactual *result = re3_counterfactual_search_get_result (self->search);
  Re3WhatIf *what_if = re3_session_get_what_if (self->session);
  gboolean can_apply =
      result != NULL && result->found && re3_what_if_get_row (what_if) != RE3_NO_ROW;
  gsize n_features =
      can_apply ? re3_model_get_n_features (re3_session_get_model (self->session)) : 0;
  gsize feature = 0;

  while (feature < n_features &&
         (!re3_what_if_is_locked (what_if, feature) ||
          re3_what_if_get_value (what_if, feature) == result->values[feature]))
    feature++;
  if (feature < n_features) {
    Re3CounterfactualChange lock = find_change (self, feature);

    allow_to_apply (self, self->apply_all_button, &lock);
  } else {
    allow_to_apply (self, self->apply_all_button, NULL);
  }
  gtk_widget_set_visible (self->apply_all_button, can_apply);
}

static void
show_search (Re3CounterfactualView *self)
{
  const Re3Counterfactual *result = re3_counterfactual_search_get_result (self->search);
  const GError *error = re3_counterfactual_search_get_error (self->search);
  gboolean has_row = re3_session_get_explanation (self->session) != NULL;
  g_autofree char *text = NULL;

  if (error != NULL)
    text = g_strdup (error->message);
  else if (result != NULL)
    text = describe_search (self, result);
  gtk_button_set_label (self->search_button, is_busy (self) ? _ ("Stop") : _ ("Find"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), has_row);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), is_busy (self));
  gtk_widget_set_visible (GTK_WIDGET (self->result_label), text != NULL);
  gtk_label_set_text (self->result_label, text != NULL ? text : "");
  show_changes (self, result != NULL && result->found ? result : NULL);
  show_apply_all (self);
}

static void
show_progress (Re3CounterfactualView *self)
{
  double fraction = re3_worker_get_fraction (re3_counterfactual_search_get_worker (self->search));

  if (fraction >= 0.0)
    gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  else
    gtk_progress_bar_pulse (self->progress_bar);
}

/* --- The question --------------------------------------------------------------------------- */

static void
search_clicked_cb (Re3CounterfactualView *self)
{
  static const Re3Metric metrics[] = { RE3_METRIC_L2, RE3_METRIC_L1, RE3_METRIC_LINF };
  guint class_choice = gtk_drop_down_get_selected (self->class_drop_down);
  Re3CounterfactualQuestion question = {
    .target = class_choice == 0 ? RE3_ANY_OTHER_CLASS : class_choice - 1,
    .metric = metrics[gtk_drop_down_get_selected (self->metric_drop_down)],
    .units = gtk_drop_down_get_selected (self->units_drop_down) == 0 ? RE3_UNITS_SCALED
                                                                     : RE3_UNITS_ORIGINAL,
    .within_data = gtk_check_button_get_active (self->within_data_button),
  };

  if (is_busy (self))
    re3_counterfactual_search_stop (self->search);
  else
    re3_counterfactual_search_start (self->search, &question);
}

/* "2 limits, 3 features stay whole" */
static void
show_limits (Re3CounterfactualView *self)
{
  Re3Limits *limits = re3_session_get_limits (self->session);
  guint n_limits = re3_limits_get_ranges (limits)->len + re3_limits_get_orders (limits)->len;
  gsize n_integers = re3_limits_count_integers (limits);
  g_autofree char *number =
      n_limits == 0 ? g_strdup (_ ("No limits"))
                    : g_strdup_printf (ngettext ("%u limit", "%u limits", n_limits), n_limits);
  g_autofree char *integers = g_strdup_printf (ngettext ("%s, %zu feature stays whole",
                                                         "%s, %zu features stay whole", n_integers),
                                               number, n_integers);

  gtk_label_set_text (self->limits_label, n_integers > 0 ? integers : number);
}

static void
document_changed_cb (Re3CounterfactualView *self)
{
  Re3Model *model = re3_session_get_model (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Any Other Class"));
  for (gsize c = 0; model != NULL && c < re3_model_get_n_classes (model); c++)
    gtk_string_list_append (names, re3_model_get_class_name (model, c));
  gtk_drop_down_set_model (self->class_drop_down, G_LIST_MODEL (names));
  show_search (self);
}

void
re3_counterfactual_view_set_session (Re3CounterfactualView *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_COUNTERFACTUAL_VIEW (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->search = re3_counterfactual_search_new (re3_session_get_what_if (session),
                                                re3_session_get_groups (session),
                                                re3_session_get_limits (session));
  g_signal_connect_object (self->search, "changed", G_CALLBACK (show_search), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (re3_counterfactual_search_get_worker (self->search), "notify::fraction",
                           G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (re3_session_get_what_if (session), "locks-changed",
                           G_CALLBACK (show_search), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (re3_session_get_what_if (session), "changed",
                           G_CALLBACK (show_apply_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (re3_session_get_limits (session), "changed", G_CALLBACK (show_limits),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "document-changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "row-changed", G_CALLBACK (show_search), self,
                           G_CONNECT_SWAPPED);
  document_changed_cb (self);
  show_limits (self);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
re3_counterfactual_view_dispose (GObject *object)
{
  Re3CounterfactualView *self = RE3_COUNTERFACTUAL_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->search);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_counterfactual_view_parent_class)->dispose (object);
}

static void
re3_counterfactual_view_class_init (Re3CounterfactualViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_counterfactual_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-counterfactual-view.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3CounterfactualView, class_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3CounterfactualView, metric_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3CounterfactualView, units_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3CounterfactualView, within_data_button);
  gtk_widget_class_bind_template_child (widget_class, Re3CounterfactualView, limits_label);
  gtk_widget_class_bind_template_child (widget_class, Re3CounterfactualView, search_button);
  gtk_widget_class_bind_template_child (widget_class, Re3CounterfactualView, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, Re3CounterfactualView, result_label);
  gtk_widget_class_bind_template_child (widget_class, Re3CounterfactualView, changes_box);
  gtk_widget_class_bind_template_child (widget_class, Re3CounterfactualView, apply_all_button);
  gtk_widget_class_bind_template_callback (widget_class, search_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_all_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "counterfactual");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_counterfactual_view_init (Re3CounterfactualView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
