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
#define LEAST_WIDTH 26.0

/* More cells than this make no more of a picture: of a larger layer the first neurons are shown. */
#define MOST_CELLS 1000000

static double
find_largest (const Re3Affine *affine, double largest)
{
  for (gsize i = 0; i < affine->n_inputs * affine->n_outputs; i++)
    largest = MAX (largest, fabs (affine->weight[i]));
  for (gsize i = 0; i < affine->n_outputs; i++)
    largest = MAX (largest, fabs (affine->bias[i]));
  return largest;
}

static gsize
count_shown (const Re3Affine *affine)
{
  return CLAMP (MOST_CELLS / (affine->n_inputs + 1), 1, affine->n_outputs);
}

/* What feeds @layer, and the layer's own neurons or the classes. (transfer full) */
static char *
name_input (const Re3Model *model, gsize layer, gsize index)
{
  const Re3Network *network = re3_model_get_network (model);

  return layer == 0
             ? g_strdup (re3_model_get_feature_name (model, index))
             : re3_name_neuron (network, re3_network_get_first_neuron (network, layer - 1) + index);
}

static char *
name_output (const Re3Model *model, gsize layer, gsize index)
{
  const Re3Network *network = re3_model_get_network (model);

  return layer == re3_network_get_n_hidden_layers (network)
             ? g_strdup (re3_model_get_class_name (model, index))
             : re3_name_neuron (network, re3_network_get_first_neuron (network, layer) + index);
}

static Re3Chart *
make_panel (const Re3Model *model, gsize layer, double largest, const char *title)
{
  const Re3Network *network = re3_model_get_network (model);
  const Re3Affine *affine = re3_network_get_affine (network, layer);
  gsize n_rows = count_shown (affine);
  gsize n_columns = affine->n_inputs + 1;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autofree double *values = g_new (double, n_rows *n_columns);
  g_autofree int *colors = NULL;

  for (gsize i = 0; i < affine->n_inputs; i++)
    g_ptr_array_add (columns, name_input (model, layer, i));
  g_ptr_array_add (columns, g_strdup (_ ("bias")));
  for (gsize row = 0; row < n_rows; row++) {
    g_ptr_array_add (rows, name_output (model, layer, row));
    for (gsize i = 0; i < affine->n_inputs; i++)
      values[row * n_columns + i] = affine->weight[row * affine->n_inputs + i];
    values[row * n_columns + affine->n_inputs] = affine->bias[row];
  }
  if (layer == re3_network_get_n_hidden_layers (network)) {
    colors = g_new (int, n_rows);
    for (gsize row = 0; row < n_rows; row++)
      colors[row] = (int) row;
  }
  return re3_heatmap_chart_new (&(Re3HeatmapData){
      .title = title,
      .row_labels = (const char *const *) rows->pdata,
      .row_colors = colors,
      .n_rows = n_rows,
      .column_labels = (const char *const *) columns->pdata,
      .n_columns = n_columns,
      .values = values,
      .largest = largest,
      .color_title = _ ("neuron"),
      .hide_color_bar = TRUE,
      .last_apart = TRUE,
      .compact = TRUE,
  });
}

/* "Layer 1 (16 × 4)" */
static char *
name_layer (const Re3Network *network, gsize layer)
{
  const Re3Affine *affine = re3_network_get_affine (network, layer);
  gsize n_shown = count_shown (affine);
  g_autofree char *n_outputs = re3_figure_format_count (affine->n_outputs);
  g_autofree char *n_inputs = re3_figure_format_count (affine->n_inputs);
  g_autofree char *shown = re3_figure_format_count (n_shown);
  g_autofree char *name = layer < re3_network_get_n_hidden_layers (network)
                              ? g_strdup_printf (_ ("Layer %zu"), layer + 1)
                              : g_strdup (_ ("Output layer"));

  if (n_shown == affine->n_outputs)
    return g_strdup_printf ("%s (%s\u2009×\u2009%s)", name, n_outputs, n_inputs);
  /* Translators: a layer, how many neurons and inputs it has, and how many neurons are shown. */
  return g_strdup_printf (_ ("%s (%s\u2009×\u2009%s; the first %s neurons)"), name, n_outputs,
                          n_inputs, shown);
}

static char *
describe (const Re3Model *model, double largest)
{
  const Re3Network *network = re3_model_get_network (model);
  g_autofree char *shape = re3_network_describe_shape (network);
  g_autofree char *number = re3_figure_format_count (re3_network_get_n_parameters (network));
  g_autofree char *size = re3_format_number (largest, 3);

  /* Translators: "4-16-8-3", the number of parameters, and the largest size among them. */
  return g_strdup_printf (_ ("Weights and biases of the network %s: %s numbers, the largest of "
                             "size %s. Rows are neurons, columns what feeds them."),
                          shape, number, size);
}

Re3Chart *
re3_figure_weights (const Re3Model *model)
{
  const Re3Network *network;
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (Re3Chart) color_bar = NULL;
  g_autofree Re3Panel *panels = NULL;
  g_autofree char *description = NULL;
  double largest = 0;
  gsize n_layers;
  Re3Chart *chart;

  g_return_val_if_fail (model != NULL, NULL);

  network = re3_model_get_network (model);
  n_layers = re3_network_get_n_hidden_layers (network) + 1;
  for (gsize i = 0; i < n_layers; i++)
    largest = find_largest (re3_network_get_affine (network, i), largest);
  panels = g_new0 (Re3Panel, n_layers);
  for (gsize i = 0; i < n_layers; i++) {
    char *name = name_layer (network, i);

    g_ptr_array_add (titles, name);
    panels[i] = (Re3Panel){ make_panel (model, i, largest, name), name };
  }
  color_bar = re3_color_bar_chart_new (
      &(Re3ColorBarData){ .largest = largest, .color_title = _ ("weight or bias") });
  description = describe (model, largest);
  chart = re3_panels_chart_new (&(Re3PanelsData){
      .title = _ ("Weights and biases"),
      .description = description,
      .panels = panels,
      .n_panels = n_layers,
      .footer = color_bar,
      .least_width = LEAST_WIDTH,
  });
  for (gsize i = 0; i < n_layers; i++)
    re3_chart_unref (panels[i].chart);
  return chart;
}
