/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-sankey-chart.h"
#include "re3-violin-chart.h"

#include <math.h>

static const Re3FigureSubject no_subject = {
  .region = RE3_NO_SUBJECT,
  .feature = RE3_NO_SUBJECT,
  .neuron = RE3_NO_NEURON,
  .source = RE3_NO_NEURON,
  .class_index = RE3_NO_LABEL,
  .actual = RE3_NO_LABEL,
  .predicted = RE3_NO_LABEL,
  .set = RE3_SAMPLES_ALL,
};

static const Re3Model *
get_model (const Re3FigureInput *input)
{
  return input->explanation != NULL ? input->explanation->model
                                    : re3_analysis_get_model (input->analysis);
}

static Re3SampleSet
get_set (const Re3FigureInput *input)
{
  return input->has_set ? input->set : re3_analysis_get_default_set (input->analysis);
}

static gsize
index_below (int index, gsize n)
{
  return index >= 0 && (gsize) index < n ? (gsize) index : RE3_NO_SUBJECT;
}

void
re3_figure_identify_region (const Re3FigureInput *input,
                            const Re3FigureDatum *datum,
                            Re3FigureSubject *subject)
{
  const Re3RegionTable *table = re3_analysis_get_region_table (input->analysis);

  subject->region = index_below (datum->item, re3_region_table_get_n_regions (table));
}

void
re3_figure_identify_profile (const Re3FigureInput *input,
                             const Re3FigureDatum *datum,
                             Re3FigureSubject *subject)
{
  re3_figure_identify_region (input, datum, subject);
  subject->feature = index_below (datum->series, re3_model_get_n_features (get_model (input)));
}

void
re3_figure_identify_feature (const Re3FigureInput *input,
                             const Re3FigureDatum *datum,
                             Re3FigureSubject *subject)
{
  subject->feature = index_below (datum->item, re3_model_get_n_features (get_model (input)));
}

void
re3_figure_identify_pixel (const Re3FigureInput *input,
                           const Re3FigureDatum *datum,
                           Re3FigureSubject *subject)
{
  gsize row = index_below (datum->item, input->picture_rows);
  gsize column = index_below (datum->series, input->picture_columns);

  if (row != RE3_NO_SUBJECT && column != RE3_NO_SUBJECT)
    subject->feature = row * input->picture_columns + column;
}

void
re3_figure_identify_class (const Re3FigureInput *input,
                           const Re3FigureDatum *datum,
                           Re3FigureSubject *subject)
{
  if (index_below (datum->item, re3_model_get_n_classes (get_model (input))) != RE3_NO_SUBJECT)
    subject->class_index = datum->item;
}

/* The classes of a cell; of its row where it is the name of one. */
void
re3_figure_identify_confusion (const Re3FigureInput *input,
                               const Re3FigureDatum *datum,
                               Re3FigureSubject *subject)
{
  gsize n_classes = re3_model_get_n_classes (get_model (input));

  if (index_below (datum->item, n_classes) == RE3_NO_SUBJECT)
    return;

  subject->actual = datum->item;
  subject->predicted =
      datum->series >= 0 && (gsize) datum->series < n_classes ? datum->series : RE3_ALL_CLASSES;
  subject->set = get_set (input);
}

/* The first violin is of all classes. What is of no quarter of a violin is the name of its class.
 */
void
re3_figure_identify_violin (const Re3FigureInput *input,
                            const Re3FigureDatum *datum,
                            Re3FigureSubject *subject)
{
  double low;
  double high;

  if (datum->item > 0) {
    subject->actual = datum->item - 1;
    subject->predicted = RE3_ALL_CLASSES;
  }
  if (re3_violin_chart_get_band (datum->chart, datum->item, datum->series, &low, &high)) {
    subject->metric = input->metric;
    subject->low = low;
    /* The last quarter ends with the largest distance. */
    subject->high = datum->series == RE3_VIOLIN_BANDS - 1 ? nextafter (high, INFINITY) : high;
  }
  subject->set = get_set (input);
}

void
re3_figure_identify_neuron (const Re3FigureInput *input,
                            const Re3FigureDatum *datum,
                            Re3FigureSubject *subject)
{
  const Re3Network *network = re3_model_get_network (get_model (input));

  subject->neuron = index_below (datum->item, re3_network_get_n_neurons (network));
}

/* Of the three panels; the legend above them is none. */
void
re3_figure_identify_importance (const Re3FigureInput *input,
                                const Re3FigureDatum *datum,
                                Re3FigureSubject *subject)
{
  if (datum->panel < RE3_N_IMPORTANCE_PANELS)
    re3_figure_identify_feature (input, datum, subject);
}

/* The neuron or class of the row, and what feeds it: a feature or a neuron of the layer before. */
void
re3_figure_identify_weight (const Re3FigureInput *input,
                            const Re3FigureDatum *datum,
                            Re3FigureSubject *subject)
{
  const Re3Model *model = get_model (input);
  const Re3Network *network = re3_model_get_network (model);
  gsize n_hidden = re3_network_get_n_hidden_layers (network);
  gsize layer = (gsize) datum->panel;
  gsize row;
  gsize column;

  if (layer > n_hidden)
    return;

  row = index_below (datum->item, re3_network_get_affine (network, layer)->n_outputs);
  column = index_below (datum->series, re3_network_get_affine (network, layer)->n_inputs);
  if (row != RE3_NO_SUBJECT && layer < n_hidden)
    subject->neuron = re3_network_get_first_neuron (network, layer) + row;
  else if (row != RE3_NO_SUBJECT)
    subject->class_index = (int) row;
  if (column != RE3_NO_SUBJECT && layer > 0)
    subject->source = re3_network_get_first_neuron (network, layer - 1) + column;
  else if (column != RE3_NO_SUBJECT)
    subject->feature = column;
}

/* Of several features each has a panel; one alone needs not be chosen. */
void
re3_figure_identify_response (const Re3FigureInput *input,
                              const Re3FigureDatum *datum,
                              Re3FigureSubject *subject)
{
  g_autoptr (GArray) features = NULL;

  if (input->has_feature)
    return;
  features = re3_figure_find_responding (input);
  if (features->len > 1 && index_below (datum->panel, features->len) != RE3_NO_SUBJECT)
    subject->feature = g_array_index (features, gsize, datum->panel);
}

/* The ids of its nodes count features, hidden neurons and classes on from each other. */
void
re3_figure_identify_sankey (const Re3FigureInput *input,
                            const Re3FigureDatum *datum,
                            Re3FigureSubject *subject)
{
  const Re3Model *model = get_model (input);
  gsize n_features = re3_model_get_n_features (model);
  gsize n_neurons = re3_network_get_n_neurons (re3_model_get_network (model));
  gsize id;

  if (datum->series != RE3_SANKEY_NODES)
    return;

  id = re3_chart_get_key (datum->chart, datum->item, datum->series).first;
  if (id < n_features)
    subject->feature = id;
  else if (id < n_features + n_neurons)
    subject->neuron = id - n_features;
  else if (id < n_features + n_neurons + re3_model_get_n_classes (model))
    subject->class_index = (int) (id - n_features - n_neurons);
}

Re3FigureSubject
re3_figure_get_subject (const Re3Figure *figure,
                        const Re3FigureInput *input,
                        const Re3FigureDatum *datum)
{
  Re3FigureSubject subject = no_subject;

  g_return_val_if_fail (figure != NULL && input != NULL && datum != NULL, subject);

  if (figure->identify != NULL && datum->item >= 0)
    figure->identify (input, datum, &subject);
  return subject;
}
