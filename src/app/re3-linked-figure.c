/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-linked-figure.h"

#include "re3-chart-menu.h"
#include "re3-session-figures.h"

struct _Re3LinkedFigure {
  Re3ChartView *view; /* which owns this */
  Re3Session *session;
  const Re3Figure *figure;
  gssize region; /* that the sample was in when the selection was last shown */
};

static void
linked_figure_free (gpointer data)
{
  Re3LinkedFigure *self = data;

  g_object_unref (self->session);
  g_free (self);
}

/* --- What the session has selected ---------------------------------------------------------- */

static gboolean
is_region_selected (Re3LinkedFigure *self, gsize region)
{
  const Re3SampleFilter *filter =
      re3_selection_get_filter (re3_session_get_selection (self->session), RE3_FILTER_REGION);

  return filter != NULL ? filter->region == region : self->region == (gssize) region;
}

static gboolean
is_neuron_selected (Re3Selection *selection, gsize neuron)
{
  return neuron != RE3_NO_NEURON && neuron == re3_selection_get_neuron (selection);
}

static gboolean
has_range (const Re3FigureSubject *subject)
{
  return subject->low < subject->high;
}

/* A range of distances, and of one class where that has one of its own. */
static gboolean
is_range_selected (Re3LinkedFigure *self, const Re3FigureSubject *subject)
{
  Re3Selection *selection = re3_session_get_selection (self->session);
  const Re3SampleFilter *distance = re3_selection_get_filter (selection, RE3_FILTER_DISTANCE);
  const Re3SampleFilter *classes = re3_selection_get_filter (selection, RE3_FILTER_CLASSES);

  return distance != NULL && distance->metric == subject->metric && distance->low == subject->low &&
         distance->high == subject->high &&
         (subject->actual == RE3_NO_LABEL ? classes == NULL
                                          : classes != NULL && classes->actual == subject->actual);
}

static gboolean
is_cell_selected (Re3LinkedFigure *self, const Re3FigureSubject *subject)
{
  const Re3SampleFilter *filter =
      re3_selection_get_filter (re3_session_get_selection (self->session), RE3_FILTER_CLASSES);
  gssize row = re3_session_get_row (self->session);
  Re3Dataset *dataset = re3_session_get_dataset (self->session);
  Re3Analysis *analysis = re3_session_get_analysis (self->session);

  if (filter != NULL)
    return (filter->actual == RE3_ALL_CLASSES || filter->actual == subject->actual) &&
           (filter->predicted == RE3_ALL_CLASSES || filter->predicted == subject->predicted);
  return row != RE3_NO_ROW && analysis != NULL &&
         (subject->set == RE3_SAMPLES_ALL ||
          re3_dataset_is_test (dataset, row) == (subject->set == RE3_SAMPLES_TEST)) &&
         re3_dataset_get_label (dataset, row) == subject->actual &&
         re3_analysis_get_prediction (analysis, row) == subject->predicted;
}

/* Returns: %FALSE while the session has nothing to draw the figure from */
static gboolean
get_subject (Re3LinkedFigure *self, int panel, int item, int series, Re3FigureSubject *subject)
{
  Re3FigureDatum datum = { re3_chart_view_get_chart (self->view), panel, item, series };
  Re3FigureInput input;

  if (!re3_session_get_figure_input (self->session, self->figure, &input))
    return FALSE;
  *subject = re3_figure_get_subject (self->figure, &input, &datum);
  return TRUE;
}

static gboolean
is_selected (const Re3Mark *mark, gpointer user_data)
{
  Re3LinkedFigure *self = user_data;
  Re3Selection *selection = re3_session_get_selection (self->session);
  Re3FigureSubject subject;

  if (!get_subject (self, mark->panel, mark->item, mark->series, &subject))
    return FALSE;
  return (subject.region != RE3_NO_SUBJECT && is_region_selected (self, subject.region)) ||
         (subject.feature != RE3_NO_SUBJECT &&
          subject.feature == re3_selection_get_feature (selection)) ||
         is_neuron_selected (selection, subject.neuron) ||
         is_neuron_selected (selection, subject.source) ||
         (has_range (&subject)
              ? is_range_selected (self, &subject)
              : subject.actual != RE3_NO_LABEL && is_cell_selected (self, &subject));
}

static void
show_selection (Re3LinkedFigure *self)
{
  self->region = re3_session_get_current_region (self->session);
  re3_chart_view_update_selected (self->view);
}

/* While a slider moves within a region, nothing else is selected. */
static void
explanation_changed_cb (Re3LinkedFigure *self)
{
  if (re3_session_get_current_region (self->session) != self->region)
    show_selection (self);
}

/* --- What is chosen here -------------------------------------------------------------------- */

/* The samples of a range, of one class or of all; a second time takes them back. */
static void
choose_range (Re3LinkedFigure *self, const Re3FigureSubject *subject)
{
  Re3Selection *selection = re3_session_get_selection (self->session);

  if (is_range_selected (self, subject)) {
    re3_selection_remove_filter (selection, RE3_FILTER_DISTANCE);
    re3_selection_remove_filter (selection, RE3_FILTER_CLASSES);
    return;
  }

  if (subject->actual != RE3_NO_LABEL)
    re3_selection_add_filter (
        selection, re3_sample_filter_new_classes (subject->actual, RE3_ALL_CLASSES, subject->set));
  else
    re3_selection_remove_filter (selection, RE3_FILTER_CLASSES);
  re3_selection_add_filter (selection,
                            re3_sample_filter_new_distance (subject->metric, subject->low,
                                                            subject->high, subject->set));
}

static void
activated_cb (Re3LinkedFigure *self, int item, int series, int panel)
{
  Re3Selection *selection = re3_session_get_selection (self->session);
  Re3FigureSubject subject;

  if (!get_subject (self, panel, item, series, &subject))
    return;

  if (subject.region != RE3_NO_SUBJECT)
    re3_selection_toggle_filter (selection, re3_sample_filter_new_region (subject.region));
  if (has_range (&subject))
    choose_range (self, &subject);
  else if (subject.actual != RE3_NO_LABEL)
    re3_selection_toggle_filter (
        selection, re3_sample_filter_new_classes (subject.actual, subject.predicted, subject.set));
  if (subject.feature != RE3_NO_SUBJECT)
    re3_selection_select_feature (selection, subject.feature);
  if (subject.neuron != RE3_NO_NEURON)
    re3_selection_select_neuron (selection, subject.neuron);
  if (subject.class_index != RE3_NO_LABEL)
    re3_session_set_class_choice (self->session, subject.class_index);
}

/* --- The figure ----------------------------------------------------------------------------- */

void
re3_linked_figure_refresh (Re3LinkedFigure *self)
{
  g_return_if_fail (self != NULL);

  g_autoptr (Re3Chart) chart = re3_session_make_figure (self->session, self->figure->name);

  re3_chart_view_set_chart (self->view, chart);
  show_selection (self);
}

Re3ChartView *
re3_linked_figure_get_view (Re3LinkedFigure *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->view;
}

static void
connect (Re3LinkedFigure *self, gpointer instance, const char *signal, GCallback callback)
{
  GClosure *closure = g_cclosure_new_swap (callback, self, NULL);

  g_object_watch_closure (G_OBJECT (self->view), closure);
  g_signal_connect_closure (instance, signal, closure, FALSE);
}

Re3LinkedFigure *
re3_linked_figure_attach (Re3ChartView *view, Re3Session *session, const char *name)
{
  g_return_val_if_fail (RE3_IS_CHART_VIEW (view), NULL);
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);
  g_return_val_if_fail (re3_figures_find (name) != NULL, NULL);

  Re3LinkedFigure *self = g_new0 (Re3LinkedFigure, 1);
  Re3Selection *selection = re3_session_get_selection (session);

  self->view = view;
  self->session = g_object_ref (session);
  self->figure = re3_figures_find (name);
  self->region = -1;
  g_object_set_data_full (G_OBJECT (view), "re3-linked-figure", self, linked_figure_free);

  re3_chart_menu_attach (GTK_WIDGET (view), self->figure->name);
  re3_chart_view_set_activatable (view, self->figure->identify != NULL);
  re3_chart_view_set_selected_func (view, is_selected, self);
  connect (self, view, "item-activated", G_CALLBACK (activated_cb));
  connect (self, selection, "filters-changed", G_CALLBACK (show_selection));
  connect (self, selection, "unit-changed", G_CALLBACK (show_selection));
  connect (self, session, "row-changed", G_CALLBACK (show_selection));
  connect (self, session, "explanation-changed", G_CALLBACK (explanation_changed_cb));
  return self;
}
