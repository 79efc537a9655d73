/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-color-bar-chart.h"
#include "re3-heatmap-chart.h"
#include "re3-names.h"
#include "re3-number-format.h"
#include "re3-panels-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Panels are this wide at least, in ems. */
#define LEAST_WIDTH 24.0

/* Of each neuron: active, top 1 to 3, contribution. */
#define N_COLUMNS (RE3_N_TOPS + 2)

/* One hidden layer. @order: its neurons, those that contribute most first. */
typedef struct {
  const Re3Network *network;
  gsize first;
  gsize width;
  Re3NeuronStatistics *neurons;
  double all_contributions;
  GArray *order;
  gsize n_always;
  gsize n_never;
} Layer;

static void
layer_init (Layer *self, const Re3Analysis *analysis, Re3SampleSet set, gsize layer)
{
  g_autofree double *sizes = NULL;

  self->network = re3_model_get_network (re3_analysis_get_model (analysis));
  self->first = re3_network_get_first_neuron (self->network, layer);
  self->width = re3_network_get_hidden_width (self->network, layer);
  self->neurons = g_new0 (Re3NeuronStatistics, self->width);
  sizes = g_new (double, self->width);
  for (gsize i = 0; i < self->width; i++) {
    Re3NeuronStatistics *neuron = &self->neurons[i];

    re3_analysis_get_neuron (analysis, set, RE3_ALL_CLASSES, self->first + i, neuron);
    sizes[i] = neuron->mean_absolute_contribution;
    self->all_contributions += sizes[i];
    self->n_always += neuron->is_always_active ? 1 : 0;
    self->n_never += neuron->is_never_active ? 1 : 0;
  }
  self->order = re3_figure_find_largest (sizes, self->width, self->width);
}

static void
layer_clear (Layer *self)
{
  g_free (self->neurons);
  g_array_unref (self->order);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layer, layer_clear)

/* A row of the map in the making. */
typedef struct {
  GPtrArray *labels;
  GArray *items;
  GArray *values;
  GArray *numbers;
  GPtrArray *texts;
  GPtrArray *tooltips;
} Rows;

static void
rows_init (Rows *self)
{
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->items = g_array_new (FALSE, FALSE, sizeof (int));
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->tooltips = g_ptr_array_new_with_free_func (g_free);
}

static void
rows_clear (Rows *self)
{
  g_ptr_array_unref (self->labels);
  g_array_unref (self->items);
  g_array_unref (self->values);
  g_array_unref (self->numbers);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->tooltips);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static char *
make_tooltip (const char *name, const Re3NeuronStatistics *neuron, double share)
{
  g_autofree char *active = re3_format_percent (neuron->active, 1);
  g_autofree char *top = re3_format_percent (neuron->top[0], 1);
  g_autofree char *contribution = re3_format_number (neuron->mean_absolute_contribution, 4);
  g_autofree char *of_layer = re3_format_percent (share, 1);

  /* Translators: a neuron's name, shares of the samples, a number, and its share of the layer. */
  return g_strdup_printf (_ ("%s: active in %s of the samples, first of its layer in %s\n"
                             "mean |contribution| %s, %s of the layer's"),
                          name, active, top, contribution, of_layer);
}

/* What it prints where it is on always or never: what rounding alone would make so is not. */
static char *
format_active (const Re3NeuronStatistics *neuron)
{
  if (neuron->n_samples > 0 && neuron->is_always_active)
    return g_strdup (_ ("always"));
  if (neuron->n_samples > 0 && neuron->is_never_active)
    return g_strdup (_ ("never"));
  return re3_format_percent (neuron->active, 0);
}

/* (transfer full) @name */
static void
add_row (Rows *rows, char *name, int item, const Re3NeuronStatistics *neuron, double all)
{
  double share = all > 0 ? neuron->mean_absolute_contribution / all : NAN;
  double values[N_COLUMNS] = { neuron->active };
  double numbers[N_COLUMNS];

  for (gsize i = 0; i < RE3_N_TOPS; i++)
    values[i + 1] = neuron->top[i];
  values[N_COLUMNS - 1] = share;
  g_ptr_array_add (rows->labels, name);
  g_array_append_val (rows->items, item);
  for (gsize i = 0; i < N_COLUMNS; i++) {
    numbers[i] = i + 1 < N_COLUMNS ? values[i] : neuron->mean_absolute_contribution;
    g_ptr_array_add (rows->tooltips, make_tooltip (name, neuron, share));
    g_ptr_array_add (rows->texts, i == 0              ? format_active (neuron)
                                  : i + 1 < N_COLUMNS ? re3_format_percent (values[i], 0)
                                                      : re3_format_number (numbers[i], 2));
  }
  g_array_append_vals (rows->values, values, N_COLUMNS);
  g_array_append_vals (rows->numbers, numbers, N_COLUMNS);
}

/* The neurons that are not shown one by one, with the means of their numbers. */
static void
add_rest (Rows *rows, const Layer *layer, gsize n_shown)
{
  double n = (double) (layer->width - n_shown);
  Re3NeuronStatistics mean = { .n_samples = layer->neurons[0].n_samples };
  g_autofree char *number = re3_figure_format_count (layer->width - n_shown);
  char *name;

  mean.is_always_active = mean.is_never_active = TRUE;
  for (gsize i = n_shown; i < layer->width; i++) {
    const Re3NeuronStatistics *neuron = &layer->neurons[g_array_index (layer->order, gsize, i)];

    mean.active += neuron->active / n;
    mean.mean_absolute_contribution += neuron->mean_absolute_contribution / n;
    mean.is_always_active &= neuron->is_always_active;
    mean.is_never_active &= neuron->is_never_active;
    for (gsize j = 0; j < RE3_N_TOPS; j++)
      mean.top[j] += neuron->top[j] / n;
  }
  /* Translators: how many neurons are not shown one by one. */
  name = g_strdup_printf (_ ("%s others, mean"), number);
  add_row (rows, name, RE3_NO_ITEM, &mean, layer->all_contributions);
}

static Re3Chart *
make_panel (const Layer *layer, gsize max_neurons, const char *title)
{
  const char *const columns[N_COLUMNS] = { _ ("active"), _ ("top 1"), _ ("top 2"), _ ("top 3"),
                                           _ ("|contr.|") };
  gsize n_shown = layer->width <= max_neurons + 1 ? layer->width : max_neurons;
  g_auto (Rows) rows = { 0 };

  rows_init (&rows);
  for (gsize i = 0; i < n_shown; i++) {
    gsize index = g_array_index (layer->order, gsize, i);

    add_row (&rows, re3_name_neuron (layer->network, layer->first + index),
             (int) (layer->first + index), &layer->neurons[index], layer->all_contributions);
  }
  if (n_shown < layer->width)
    add_rest (&rows, layer, n_shown);
  return re3_heatmap_chart_new (&(Re3HeatmapData){
      .title = title,
      .row_labels = (const char *const *) rows.labels->pdata,
      .n_rows = rows.labels->len,
      .column_labels = columns,
      .n_columns = N_COLUMNS,
      .values = (const double *) rows.values->data,
      .row_items = (const int *) rows.items->data,
      .scale = RE3_SCALE_SEQUENTIAL,
      .largest = 1,
      .color_title = _ ("neuron"),
      .hide_color_bar = TRUE,
      .numbers = (const double *) rows.numbers->data,
      .cell_texts = (const char *const *) rows.texts->pdata,
      .cell_tooltips = (const char *const *) rows.tooltips->pdata,
  });
}

/* "Layer 1: 16 neurons, 2 always active, 3 never" */
static char *
name_layer (const Layer *layer, gsize index)
{
  g_autofree char *number = re3_figure_format_count (layer->width);
  g_autofree char *always = re3_figure_format_count (layer->n_always);
  g_autofree char *never = re3_figure_format_count (layer->n_never);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "Layer %zu: %s neuron",
                                       "Layer %zu: %s neurons", layer->width),
                          index + 1, number);
  if (layer->neurons[0].n_samples > 0 && layer->n_always > 0)
    g_string_append_printf (text, _ (", %s always active"), always);
  if (layer->neurons[0].n_samples > 0 && layer->n_never > 0)
    g_string_append_printf (text, _ (", %s never active"), never);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
describe_layer (GString *text, const Layer *layer, const char *name)
{
  gsize best = g_array_index (layer->order, gsize, 0);
  g_autofree char *neuron = re3_name_neuron (layer->network, layer->first + best);
  g_autofree char *top = re3_format_percent (layer->neurons[best].top[0], 1);

  /* Translators: a layer with its numbers; a neuron; a share of the samples. */
  g_string_append_printf (text, _ ("%s%s; %s contributes most and is first in %s of the samples."),
                          text->len > 0 ? " " : "", name, neuron, top);
}

Re3Chart *
re3_figure_neurons (const Re3Analysis *analysis, Re3SampleSet set, gsize max_neurons)
{
  const Re3Network *network;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (Re3Chart) color_bar = NULL;
  g_autofree Re3Panel *panels = NULL;
  g_autofree char *title = NULL;
  gsize n_layers;
  Re3Chart *chart;

  g_return_val_if_fail (analysis != NULL && re3_analysis_is_complete (analysis), NULL);

  network = re3_model_get_network (re3_analysis_get_model (analysis));
  n_layers = re3_network_get_n_hidden_layers (network);
  panels = g_new0 (Re3Panel, MAX (n_layers, 1));
  for (gsize i = 0; i < n_layers; i++) {
    g_auto (Layer) layer = { 0 };
    char *name;

    layer_init (&layer, analysis, set, i);
    name = name_layer (&layer, i);
    g_ptr_array_add (titles, name);
    describe_layer (text, &layer, name);
    panels[i] = (Re3Panel){ make_panel (&layer, max_neurons, name), name };
  }
  if (n_layers == 0)
    g_string_append (text, _ ("The network has no hidden neurons."));

  color_bar = re3_color_bar_chart_new (&(Re3ColorBarData){
      .scale = RE3_SCALE_SEQUENTIAL,
      .largest = 1,
      .color_title = _ ("share of samples; of |contr.|, the mean |contribution| to the logit: "
                        "share of the layer"),
  });
  title = g_strdup_printf (_ ("Activity and dominance of neurons: %s"), re3_figure_name_set (set));
  chart = re3_panels_chart_new (&(Re3PanelsData){
      .title = title,
      .description = text->str,
      .panels = panels,
      .n_panels = n_layers,
      .footer = n_layers > 0 ? color_bar : NULL,
      .least_width = LEAST_WIDTH,
  });
  for (gsize i = 0; i < n_layers; i++)
    re3_chart_unref (panels[i].chart);
  return chart;
}
