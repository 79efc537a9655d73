/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figure-sankey-private.h"

#include "re3-names.h"
#include "re3-number-format.h"
#include "re3-sankey-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DESCRIBED_LINKS 3

/* Up to so many digits are printed beside a neuron, as many after the point for all of them. */
#define ACTIVATION_DIGITS 3
#define MOST_DECIMALS     4

/* The figure in the making; texts are kept until the chart has copied them. */
typedef struct {
  const Re3Explanation *explanation;
  const Re3SankeyFlow *flow;
  GArray *nodes;
  GArray *links;
  GPtrArray *texts;
  gsize *first_node; /* of each column */
  int decimals;      /* of activations */
} Build;

static const char *
keep (Build *build, char *text)
{
  g_ptr_array_add (build->texts, text);
  return text;
}

static const Re3Model *
get_model (const Build *build)
{
  return build->explanation->model;
}

static gboolean
is_conserved (const Build *build)
{
  return build->flow->mode == RE3_SANKEY_CONSERVED;
}

/* Nodes. */

static Re3SankeyNode
make_feature_node (Build *build, gsize feature)
{
  const Re3Explanation *explanation = build->explanation;
  const char *name = re3_model_get_feature_name (get_model (build), feature);
  char *value =
      re3_figure_format_feature (get_model (build), feature, explanation->values[feature]);
  g_autofree char *input = re3_format_number (explanation->input[feature], 4);

  return (Re3SankeyNode){
    .label = name,
    .value = keep (build, value),
    .tooltip = keep (build, g_strdup_printf ("%s = %s\nx = %s", name, value, input)),
    .color_index = -1,
  };
}

static int
find_decimals (const Re3Explanation *explanation)
{
  gsize n_neurons = re3_network_get_n_neurons (re3_model_get_network (explanation->model));
  double largest = 0;

  for (gsize i = 0; i < n_neurons; i++)
    largest = MAX (largest, fabs (explanation->forward->activations[i]));
  if (!(largest > 0))
    return 0;
  return CLAMP (ACTIVATION_DIGITS - 1 - (int) floor (log10 (largest)), 0, MOST_DECIMALS);
}

static Re3SankeyNode
make_neuron_node (Build *build, gsize layer, gsize index)
{
  const Re3Explanation *explanation = build->explanation;
  const Re3Network *network = re3_model_get_network (get_model (build));
  gsize neuron = re3_network_get_first_neuron (network, layer) + index;
  gboolean active = re3_pattern_is_active (explanation->region->pattern, network, neuron);
  double activation = explanation->forward->activations[neuron];
  /* Whether it hands on a constant, such as the upper bound of a clip. */
  gboolean is_full =
      activation != 0 &&
      re3_pattern_get_piece (explanation->region->pattern, network, neuron)->slope == 0;
  double gradient =
      re3_matrix_row (explanation->region->logit_gradients, build->flow->class_index)[neuron];
  g_autofree char *z = re3_format_number (explanation->forward->pre_activations[neuron], 4);
  g_autofree char *h = re3_format_number (activation, 4);
  g_autofree char *slope = re3_format_number (gradient, 4);
  g_autofree char *contribution = re3_format_signed (activation * gradient, 4);
  const char *label = keep (build, re3_name_neuron (network, neuron));

  return (Re3SankeyNode){
    .label = label,
    .value =
        active || is_full ? keep (build, re3_format_fixed (activation, build->decimals)) : NULL,
    .tooltip = keep (
        build,
        active ? g_strdup_printf (_ ("%s, active\nz = %s, h = %s\nh × ∂logit/∂h = %s × %s = %s"),
                                  label, z, h, h, slope, contribution)
        : is_full
            ? g_strdup_printf (_ ("%s, at its bound\nz = %s, h = %s\nh × ∂logit/∂h = %s × %s = %s"),
                               label, z, h, h, slope, contribution)
            : g_strdup_printf (_ ("%s, inactive\nz = %s, h = %s"), label, z, h)),
    .color_index = -1,
    .muted = !active && activation == 0,
  };
}

static Re3SankeyNode
make_class_node (Build *build, gsize class_index)
{
  const Re3Explanation *explanation = build->explanation;
  const char *name = re3_model_get_class_name (get_model (build), class_index);
  g_autofree char *share = re3_format_percent (explanation->probabilities[class_index], 1);
  g_autofree char *logit = re3_format_number (explanation->forward->logits[class_index], 3);

  if (re3_model_is_regression (get_model (build))) {
    const char *unit = re3_model_get_output_unit (get_model (build), class_index);
    const char *output =
        keep (build, re3_format_with_unit (explanation->forward->logits[class_index], 3, unit));

    return (Re3SankeyNode){
      .label = name,
      .value = output,
      .tooltip = keep (build, g_strdup_printf ("%s = %s", name, output)),
      .color_index = (int) class_index,
    };
  }

  return (Re3SankeyNode){
    .label = name,
    .value = is_conserved (build) ? keep (build, g_strdup_printf ("%s (%s)", logit, share))
                                  : keep (build, g_strdup (share)),
    .tooltip =
        keep (build, g_strdup_printf (_ ("%s\nlogit %s, probability %s"), name, logit, share)),
    .color_index = (int) class_index,
  };
}

/* Faint where they are all inactive, as they would be one by one. */
static gboolean
others_flow (const Build *build, gsize column)
{
  const Re3SankeyColumn *it = &build->flow->columns[column];
  gsize n_targets;

  if (it->links == NULL)
    return TRUE;
  n_targets = build->flow->columns[column + 1].slots->len;
  for (guint from = 0; from < it->slots->len; from++)
    for (gsize to = 0; to < n_targets; to++)
      if (g_array_index (it->slots, Re3SankeySlot, from).kind == RE3_SANKEY_SLOT_OTHERS &&
          it->links[from * n_targets + to] != 0)
        return TRUE;
  return FALSE;
}

/* The sum of what leaves a slot. */
static double
sum_leaving (const Build *build, gsize column, guint slot)
{
  const Re3SankeyColumn *it = &build->flow->columns[column];
  gsize n_targets = build->flow->columns[column + 1].slots->len;
  double sum = 0;

  for (gsize to = 0; to < n_targets; to++)
    sum += it->links[slot * n_targets + to];
  return sum;
}

static Re3SankeyNode
make_others_node (Build *build, gsize column, const Re3SankeySlot *slot)
{
  g_autofree char *share = re3_format_percent (slot->share, 1);
  const char *label = keep (build, g_strdup_printf (_ ("others (%zu, %s)"), slot->n, share));

  return (Re3SankeyNode){
    .label = label,
    .tooltip = keep (build, g_strdup_printf (_ ("%zu smaller ones without a node of their own\n"
                                                "%s of Σ |flow| through this column"),
                                             slot->n, share)),
    .color_index = -1,
    .muted = !others_flow (build, column),
  };
}

static Re3SankeyNode
make_bias_node (Build *build, gsize column)
{
  guint last = build->flow->columns[column].slots->len - 1;
  g_autofree char *sum = re3_format_signed (sum_leaving (build, column, last), 4);

  return (Re3SankeyNode){
    .label = _ ("bias"),
    .tooltip = keep (build, g_strdup_printf ("%s\nΣ b × ∂logit/∂z = %s",
                                             column == 0 ? _ ("Biases of the first layer")
                                                         : _ ("Biases of the next layer"),
                                             sum)),
    .color_index = -1,
    .is_offset = TRUE,
  };
}

/* Units are counted on from column to column; what is no unit comes after all of them. */
static guint
get_id (const Build *build, gsize column, const Re3SankeySlot *slot)
{
  const Re3SankeyFlow *flow = build->flow;
  gsize id = slot->index;
  gsize end = slot->kind == RE3_SANKEY_SLOT_UNIT ? column : flow->n_columns;

  for (gsize i = 0; i < end; i++)
    id += flow->columns[i].n_units;
  if (slot->kind != RE3_SANKEY_SLOT_UNIT)
    id += 2 * column + (slot->kind == RE3_SANKEY_SLOT_BIAS ? 1 : 0);
  return (guint) id;
}

static Re3SankeyNode
make_node (Build *build, gsize column, const Re3SankeySlot *slot)
{
  switch (slot->kind) {
  case RE3_SANKEY_SLOT_BIAS:
    return make_bias_node (build, column);
  case RE3_SANKEY_SLOT_OTHERS:
    return make_others_node (build, column, slot);
  case RE3_SANKEY_SLOT_UNIT:
    if (column == 0)
      return make_feature_node (build, slot->index);
    if (column + 1 == build->flow->n_columns)
      return make_class_node (build, slot->index);
    return make_neuron_node (build, column - 1, slot->index);
  default:
    g_assert_not_reached ();
  }
}

static void
add_nodes (Build *build)
{
  for (gsize column = 0; column < build->flow->n_columns; column++) {
    GArray *slots = build->flow->columns[column].slots;

    build->first_node[column] = build->nodes->len;
    for (guint i = 0; i < slots->len; i++) {
      Re3SankeyNode node = make_node (build, column, &g_array_index (slots, Re3SankeySlot, i));

      node.column = (guint) column;
      node.id = get_id (build, column, &g_array_index (slots, Re3SankeySlot, i));
      g_array_append_val (build->nodes, node);
    }
  }
}

/* Links. */

/* "x × w × ∂logit/∂z = −1.3 × 0.52 × 0.8", by what the ends are; for what is taken together the
 * sum that it is. */
static char *
format_factors (const Build *build,
                gsize column,
                const Re3SankeySlot *from,
                const Re3SankeySlot *to)
{
  Re3SankeyFactors factors;
  g_autofree char *weight = NULL;
  g_autofree char *source = NULL;
  g_autofree char *slope = NULL;
  const char *symbol = column == 0 ? "x" : "h";

  if (from->kind == RE3_SANKEY_SLOT_OTHERS || to->kind == RE3_SANKEY_SLOT_OTHERS) {
    gsize n = from->n * to->n;

    if (from->kind == RE3_SANKEY_SLOT_BIAS)
      return g_strdup_printf (_ ("Σ b × ∂logit/∂z over %zu"), n);
    if (is_conserved (build))
      return g_strdup_printf (_ ("Σ %s × w × ∂logit/∂z over %zu"), symbol, n);
    return g_strdup_printf (_ ("Σ |w × %s| over %zu"), symbol, n);
  }
  re3_sankey_flow_get_factors (build->flow, column, from, to, &factors);
  weight = re3_format_number (factors.weight, 4);
  source = re3_format_number (factors.source, 4);
  slope = re3_format_number (factors.slope, 4);
  if (from->kind == RE3_SANKEY_SLOT_BIAS && factors.intercept != 0) {
    g_autofree char *intercept = re3_format_number (factors.intercept, 4);
    g_autofree char *gradient = re3_format_number (factors.gradient, 4);

    return g_strdup_printf (_ ("b × ∂logit/∂z + intercept × ∂logit/∂h = %s × %s + %s × %s"), weight,
                            slope, intercept, gradient);
  }
  if (from->kind == RE3_SANKEY_SLOT_BIAS)
    return g_strdup_printf ("b × ∂logit/∂z = %s × %s", weight, slope);
  if (is_conserved (build))
    return g_strdup_printf ("%s × w × ∂logit/∂z = %s × %s × %s", symbol, source, weight, slope);
  return g_strdup_printf ("|w × %s| = |%s × %s|", symbol, weight, source);
}

static void
add_link (Build *build, gsize column, guint from, guint to, double value)
{
  const Re3SankeySlot *source =
      &g_array_index (build->flow->columns[column].slots, Re3SankeySlot, from);
  const Re3SankeySlot *target =
      &g_array_index (build->flow->columns[column + 1].slots, Re3SankeySlot, to);
  guint source_node = (guint) build->first_node[column] + from;
  guint target_node = (guint) build->first_node[column + 1] + to;
  g_autofree char *number =
      is_conserved (build) ? re3_format_signed (value, 4) : re3_format_number (value, 4);
  g_autofree char *factors = format_factors (build, column, source, target);
  Re3SankeyLink link = {
    .source = source_node,
    .target = target_node,
    .value = value,
    .tooltip = keep (
        build, g_strdup_printf ("%s \u2192 %s\n%s = %s",
                                g_array_index (build->nodes, Re3SankeyNode, source_node).label,
                                g_array_index (build->nodes, Re3SankeyNode, target_node).label,
                                factors, number)),
  };

  g_array_append_val (build->links, link);
}

static void
add_links (Build *build)
{
  for (gsize column = 0; column + 1 < build->flow->n_columns; column++) {
    const Re3SankeyColumn *sources = &build->flow->columns[column];
    guint n_targets = build->flow->columns[column + 1].slots->len;

    for (guint from = 0; from < sources->slots->len; from++)
      for (guint to = 0; to < n_targets; to++) {
        double value = sources->links[from * n_targets + to];

        if (value != 0)
          add_link (build, column, from, to, value);
      }
  }
}

/* What a person who cannot see the figure is told. */
static char *
describe (const Build *build, const char *title)
{
  const Re3Pattern *pattern = build->explanation->region->pattern;
  const Re3Network *network = re3_model_get_network (get_model (build));
  gsize n_neurons = re3_network_get_n_neurons (network);
  g_autofree double *sizes = g_new (double, MAX (build->links->len, 1));
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GArray) largest = NULL;

  for (guint i = 0; i < build->links->len; i++)
    sizes[i] = fabs (g_array_index (build->links, Re3SankeyLink, i).value);
  largest = re3_figure_find_largest (sizes, build->links->len, DESCRIBED_LINKS);
  for (guint i = 0; i < largest->len; i++) {
    const Re3SankeyLink *link =
        &g_array_index (build->links, Re3SankeyLink, g_array_index (largest, gsize, i));
    g_autofree char *name =
        g_strdup_printf ("%s \u2192 %s",
                         g_array_index (build->nodes, Re3SankeyNode, link->source).label,
                         g_array_index (build->nodes, Re3SankeyNode, link->target).label);

    if (is_conserved (build)) {
      re3_figure_append_signed (list, name, link->value);
    } else {
      g_autofree char *number = re3_format_number (link->value, 3);

      g_string_append_printf (list, "%s%s %s", i > 0 ? ", " : "", name, number);
    }
  }
  return g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE, "%s: %zu of %zu hidden neuron is active; the largest links are %s.",
          "%s: %zu of %zu hidden neurons are active; the largest links are %s.", n_neurons),
      title, re3_pattern_count_active (pattern, network), n_neurons, list->str);
}

static GPtrArray *
make_column_titles (const Build *build)
{
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (titles, g_strdup (_ ("features")));
  for (gsize column = 1; column + 1 < build->flow->n_columns; column++)
    g_ptr_array_add (titles, g_strdup_printf (_ ("layer %zu"), column));
  if (re3_model_is_regression (get_model (build)))
    g_ptr_array_add (titles, g_strdup (_ ("output")));
  else
    g_ptr_array_add (titles, g_strdup (is_conserved (build) ? _ ("logit (probability)")
                                                            : _ ("probability")));
  return titles;
}

Re3Chart *
re3_figure_sankey (const Re3Explanation *explanation,
                   const Re3Explanation *chosen_by,
                   gsize class_index,
                   Re3SankeyMode mode,
                   gsize max_nodes)
{
  g_autoptr (Re3SankeyFlow) flow = NULL;
  g_autoptr (GPtrArray) column_titles = NULL;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  Re3Chart *chart;
  Build build;

  g_return_val_if_fail (explanation != NULL, NULL);
  g_return_val_if_fail (chosen_by == NULL || chosen_by->model == explanation->model, NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (explanation->model), NULL);

  flow = re3_sankey_flow_new (explanation, chosen_by, class_index, mode, max_nodes);
  build = (Build){
    .explanation = explanation,
    .flow = flow,
    .nodes = g_array_new (FALSE, TRUE, sizeof (Re3SankeyNode)),
    .links = g_array_new (FALSE, TRUE, sizeof (Re3SankeyLink)),
    .texts = g_ptr_array_new_with_free_func (g_free),
    .first_node = g_new0 (gsize, flow->n_columns),
    .decimals = find_decimals (explanation),
  };
  add_nodes (&build);
  add_links (&build);

  title = mode == RE3_SANKEY_CONSERVED
              ? g_strdup_printf (_ ("Decision pathway to %s"),
                                 re3_model_get_class_name (explanation->model, class_index))
              : g_strdup (_ ("Decision pathway: |weight × activation|"));
  description = describe (&build, title);
  column_titles = make_column_titles (&build);
  chart = re3_sankey_chart_new (&(Re3SankeyData){
      .title = title,
      .description = description,
      .column_titles = (const char *const *) column_titles->pdata,
      .n_columns = flow->n_columns,
      .nodes = (const Re3SankeyNode *) build.nodes->data,
      .n_nodes = build.nodes->len,
      .links = (const Re3SankeyLink *) build.links->data,
      .n_links = build.links->len,
      .is_signed = mode == RE3_SANKEY_CONSERVED,
  });

  g_array_unref (build.nodes);
  g_array_unref (build.links);
  g_ptr_array_unref (build.texts);
  g_free (build.first_node);
  return chart;
}
