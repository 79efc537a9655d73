/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-answer-view.h"

#include "re3-labels.h"
#include "re3-number-text.h"
#include "re3-region-change.h"
#include "re3-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

/* So many switched neurons are told of one by one, in the panel and in its tooltip. */
#define SHOWN_SWITCHES 3
#define MOST_SWITCHES  20

#define CHANGE_DIGITS 3

struct _Re3AnswerView {
  GtkWidget parent_instance;

  GtkLabel *prediction_label;
  GtkLabel *original_label;
  GtkLabel *region_label;
  GtkLabel *switched_label;

  Re3Session *session;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (Re3AnswerView, re3_answer_view, GTK_TYPE_WIDGET)

static char *
describe_prediction (const Re3Explanation *explanation)
{
  const Re3Model *model = explanation->model;
  g_autofree char *name = re3_label_class_markup (model, explanation->prediction);
  g_autofree char *answer =
      re3_model_is_regression (model)
          ? re3_label_output (model, explanation->forward->logits[explanation->prediction])
          : re3_number_text_new_percent (explanation->probabilities[explanation->prediction], 1);
  g_autofree char *escaped = g_markup_escape_text (answer, -1);

  return g_strdup_printf ("%s  %s", name, escaped);
}

static gsize
find_largest (const double *numbers, gsize n)
{
  gsize largest = 0;

  for (gsize i = 1; i < n; i++)
    if (fabs (numbers[i]) > fabs (numbers[largest]))
      largest = i;
  return largest;
}

/* "L2·3 on: petal width +0.8 per cm": what the switch of @neuron makes of the map to the logit of
 * @class_index, for the feature that it changes most. */
static char *
describe_switch (const Re3Explanation *now,
                 const Re3Explanation *before,
                 gsize neuron,
                 gsize class_index)
{
  const Re3Model *model = now->model;
  const Re3Network *network = re3_model_get_network (model);
  gsize n_features = re3_model_get_n_features (model);
  g_autofree double *slope = g_new (double, n_features);
  g_autofree char *name =
      re3_name_switch (network, neuron,
                       re3_pattern_get_state (before->region->pattern, network, neuron),
                       re3_pattern_get_state (now->region->pattern, network, neuron));
  g_autofree char *change = NULL;
  const char *unit;
  double offset;
  gsize largest;

  re3_region_get_change (network, before->region, now->region, neuron, class_index, slope, &offset);
  largest = find_largest (slope, n_features);
  if (slope[largest] == 0)
    /* Translators: %s is a neuron and its new state, such as "L2·3 on". */
    return g_strdup_printf (_ ("%s: no change"), name);

  change = re3_number_text_new_signed (slope[largest] / re3_model_get_scaler_scale (model, largest),
                                       CHANGE_DIGITS);
  unit = re3_model_get_feature_unit (model, largest);
  if (unit != NULL)
    /* Translators: a neuron and its new state, a feature, a change of the slope, a unit. */
    return g_strdup_printf (_ ("%s: %s %s per %s"), name,
                            re3_model_get_feature_name (model, largest), change, unit);
  return g_strdup_printf (_ ("%s: %s %s per unit"), name,
                          re3_model_get_feature_name (model, largest), change);
}

/* The first @n_shown of @lines, and how many of @n_switched neurons are left out. (transfer full)
 */
static char *
join_switches (GPtrArray *lines, guint n_shown, guint n_switched)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (lines->len, n_shown); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (lines, i));
  if (n_switched > n_shown) {
    guint rest = n_switched - n_shown;

    g_string_append_c (text, '\n');
    g_string_append_printf (text, ngettext ("and %u more neuron", "and %u more neurons", rest),
                            rest);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_switches (Re3AnswerView *self, const Re3Explanation *now, const Re3Explanation *before)
{
  gsize class_index = re3_session_get_class_index (self->session);
  g_autoptr (GArray) neurons =
      re3_region_find_switched (re3_model_get_network (now->model), before->region, now->region);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *shown = NULL;
  g_autofree char *all = NULL;
  g_autofree char *tooltip = NULL;

  if (neurons->len == 0) {
    gtk_label_set_text (self->switched_label, _ ("No neuron has switched"));
    re3_tooltip_set_text (GTK_WIDGET (self->switched_label), NULL);
    return;
  }

  for (guint i = 0; i < MIN (neurons->len, MOST_SWITCHES); i++)
    g_ptr_array_add (lines,
                     describe_switch (now, before, g_array_index (neurons, gsize, i), class_index));
  shown = join_switches (lines, SHOWN_SWITCHES, neurons->len);
  all = join_switches (lines, MOST_SWITCHES, neurons->len);
  /* Translators: the first %s is a class, the second a list of neurons and changes. */
  tooltip = g_strdup_printf (_ ("What each switch adds to the map to the logit of %s, for the "
                                "feature that it changes most:\n%s"),
                             re3_model_get_class_name (now->model, class_index), all);
  gtk_label_set_text (self->switched_label, shown);
  re3_tooltip_set_text (GTK_WIDGET (self->switched_label), tooltip);
}

static char *
describe_region (Re3Session *session)
{
  gboolean left = re3_session_has_left_region (session);
  gssize region = re3_session_get_current_region (session);
  Re3Analysis *analysis = re3_session_get_analysis (session);
  const Re3RegionRow *row;
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;
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
  number = re3_number_text_new (n_samples, G_MAXINT8);
  if (left)
    return g_strdup_printf (ngettext ("Another region, %s: %s sample",
                                      "Another region, %s: %s samples", n_samples),
                            name, number);
  return g_strdup_printf (ngettext ("Its own region, %s: %s sample",
                                    "Its own region, %s: %s samples", n_samples),
                          name, number);
}

static void
show_nothing (Re3AnswerView *self)
{
  gtk_label_set_text (self->prediction_label, "–");
  gtk_label_set_text (self->original_label, "");
  gtk_label_set_text (self->region_label, "");
  gtk_label_set_text (self->switched_label, "");
  re3_tooltip_set_text (GTK_WIDGET (self->switched_label), NULL);
}

static void
show_answer (Re3AnswerView *self)
{
  const Re3Explanation *now = re3_session_get_explanation (self->session);
  const Re3Explanation *before = re3_session_get_original (self->session);
  g_autofree char *prediction = describe_prediction (now);
  g_autofree char *region = describe_region (self->session);

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
  if (re3_session_has_left_region (self->session))
    gtk_widget_add_css_class (GTK_WIDGET (self->region_label), "left-region");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->region_label), "left-region");
  show_switches (self, now, before);
}

static gboolean
refresh_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Re3AnswerView *self = RE3_ANSWER_VIEW (widget);

  self->refresh_id = 0;
  if (re3_session_get_explanation (self->session) != NULL)
    show_answer (self);
  else
    show_nothing (self);
  return G_SOURCE_REMOVE;
}

/* However many edits arrive between two frames, they are shown once. */
static void
queue_refresh (Re3AnswerView *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), refresh_cb, NULL, NULL);
}

void
re3_answer_view_set_session (Re3AnswerView *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_ANSWER_VIEW (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "analysis-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "explanation-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  queue_refresh (self);
}

static void
re3_answer_view_dispose (GObject *object)
{
  Re3AnswerView *self = RE3_ANSWER_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_answer_view_parent_class)->dispose (object);
}

static void
re3_answer_view_class_init (Re3AnswerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_answer_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-answer-view.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3AnswerView, prediction_label);
  gtk_widget_class_bind_template_child (widget_class, Re3AnswerView, original_label);
  gtk_widget_class_bind_template_child (widget_class, Re3AnswerView, region_label);
  gtk_widget_class_bind_template_child (widget_class, Re3AnswerView, switched_label);
  gtk_widget_class_set_css_name (widget_class, "answer");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_answer_view_init (Re3AnswerView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  re3_tooltip_show_cut (self->prediction_label);
  re3_tooltip_show_cut (self->original_label);
  re3_tooltip_show_cut (self->region_label);
}
