/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figure-sankey-private.h"

#include <math.h>

static gboolean
is_last (const Re3SankeyFlow *self, gsize column)
{
  return column + 1 == self->n_columns;
}

static Re3SankeyFactors
factors_between (const Re3SankeyFlow *self, gsize column, gsize from, gsize to)
{
  const Re3SankeyColumn *sources = &self->columns[column];

  return (Re3SankeyFactors){ .source = sources->outputs[from],
                             .weight = sources->affine->weight[to * sources->n_units + from],
                             .slope = self->columns[column + 1].slopes[to] };
}

static Re3SankeyFactors
factors_of_bias (const Re3SankeyFlow *self, gsize column, gsize to)
{
  const Re3SankeyColumn *targets = &self->columns[column + 1];

  return (Re3SankeyFactors){ .source = 1,
                             .weight = self->columns[column].affine->bias[to],
                             .slope = targets->slopes[to],
                             .intercept = targets->intercepts[to],
                             .gradient = targets->gradients[to] };
}

static double
link_between (const Re3SankeyFlow *self, gsize column, gsize from, gsize to)
{
  Re3SankeyFactors factors = factors_between (self, column, from, to);

  if (self->mode == RE3_SANKEY_CONSERVED)
    return factors.source * factors.weight * factors.slope;
  if (!self->columns[column].active[from] || !self->columns[column + 1].active[to])
    return 0;
  return fabs (factors.weight * factors.source);
}

void
re3_sankey_flow_get_factors (const Re3SankeyFlow *self,
                             gsize column,
                             const Re3SankeySlot *from,
                             const Re3SankeySlot *to,
                             Re3SankeyFactors *factors)
{
  g_assert (to->kind == RE3_SANKEY_SLOT_UNIT && from->kind != RE3_SANKEY_SLOT_OTHERS);

  if (from->kind == RE3_SANKEY_SLOT_UNIT)
    *factors = factors_between (self, column, from->index, to->index);
  else
    *factors = factors_of_bias (self, column, to->index);
}

static void
fill_features (Re3SankeyFlow *self, Re3SankeyColumn *column)
{
  column->outputs = g_memdup2 (self->explanation->input, column->n_units * sizeof (double));
  for (gsize i = 0; i < column->n_units; i++)
    column->active[i] = TRUE;
}

static void
fill_neurons (Re3SankeyFlow *self, const Re3Network *network, gsize layer, Re3SankeyColumn *column)
{
  const Re3Region *region = self->explanation->region;
  gsize first = re3_network_get_first_neuron (network, layer);
  const double *gradients = re3_matrix_row (region->logit_gradients, self->class_index) + first;

  g_autofree Re3Piece *pieces = g_new (Re3Piece, re3_network_get_n_neurons (network));

  re3_pattern_get_pieces (region->pattern, network, pieces);
  column->outputs = g_memdup2 (self->explanation->forward->activations + first,
                               column->n_units * sizeof (double));
  column->slopes = g_new (double, column->n_units);
  column->gradients = g_memdup2 (gradients, column->n_units * sizeof (double));
  column->intercepts = g_new (double, column->n_units);
  for (gsize i = 0; i < column->n_units; i++) {
    column->active[i] = re3_pattern_is_active (region->pattern, network, first + i);
    column->slopes[i] = pieces[first + i].slope * gradients[i];
    column->intercepts[i] = pieces[first + i].intercept;
  }
}

static void
fill_classes (Re3SankeyFlow *self, Re3SankeyColumn *column)
{
  column->slopes = g_new0 (double, column->n_units);
  column->slopes[self->class_index] = 1;
  column->gradients = g_memdup2 (column->slopes, column->n_units * sizeof (double));
  column->intercepts = g_new0 (double, column->n_units);
  for (gsize i = 0; i < column->n_units; i++)
    column->active[i] = TRUE;
}

/* The larger of what enters and what leaves each unit: which ones matter. */
static void
measure_units (Re3SankeyFlow *self)
{
  for (gsize column = 0; !is_last (self, column); column++) {
    gsize n_sources = self->columns[column].n_units;
    g_autofree double *leaving = g_new0 (double, n_sources);

    for (gsize to = 0; to < self->columns[column + 1].n_units; to++)
      for (gsize from = 0; from < n_sources; from++) {
        double size = fabs (link_between (self, column, from, to));

        leaving[from] += size;
        self->columns[column + 1].sizes[to] += size;
      }
    for (gsize from = 0; from < n_sources; from++)
      self->columns[column].sizes[from] = MAX (self->columns[column].sizes[from], leaving[from]);
  }
}

/* Whether any piece of the neurons of hidden @layer has an intercept. */
static gboolean
has_intercept (const Re3Network *network, gsize layer)
{
  const Re3Operation *activation = re3_network_get_activation (network, layer);

  for (gsize i = 0; i < activation->n_outputs; i++)
    for (gsize state = 0; state <= activation->activations[i].n_thresholds; state++)
      if (activation->activations[i].pieces[state].intercept != 0)
        return TRUE;
  return FALSE;
}

/* Whether any bias of the affine map that leads out of @column differs from 0, or a piece of the
 * next one has an intercept: that does not depend on the sample, so that the figure keeps its nodes
 * while samples change. */
static gboolean
has_bias (const Re3SankeyFlow *self, gsize column)
{
  const Re3Affine *affine = self->columns[column].affine;

  if (self->mode != RE3_SANKEY_CONSERVED || affine == NULL)
    return FALSE;
  for (gsize i = 0; i < affine->n_outputs; i++)
    if (affine->bias[i] != 0)
      return TRUE;
  return !is_last (self, column + 1) &&
         has_intercept (re3_model_get_network (self->explanation->model), column);
}

/* @chosen: by whose sizes nodes are given. The units with a node of their own, in their order; then
 * the others, then the biases. In the conserved mode all flows into the one class. */
static void
fill_slots (Re3SankeyFlow *self, gsize column, const double *chosen, gsize max_nodes)
{
  Re3SankeyColumn *it = &self->columns[column];
  gboolean only_class = is_last (self, column) && self->mode == RE3_SANKEY_CONSERVED;
  /* "others (1)" would take the same room as the one itself. */
  gboolean has_others = !only_class && it->n_units > max_nodes + 1;
  gsize n_own = has_others ? max_nodes : it->n_units;
  g_autofree gboolean *is_own = g_new0 (gboolean, it->n_units);
  g_autoptr (GArray) largest = re3_figure_find_largest (chosen, it->n_units, n_own);

  for (guint i = 0; i < largest->len; i++)
    is_own[g_array_index (largest, gsize, i)] = TRUE;
  for (gsize unit = 0; unit < it->n_units; unit++) {
    Re3SankeySlot slot = { RE3_SANKEY_SLOT_UNIT, unit, 1, 0 };

    it->slot_of_unit[unit] = G_MAXSIZE;
    if (only_class ? unit != self->class_index : !is_own[unit])
      continue;
    it->slot_of_unit[unit] = it->slots->len;
    g_array_append_val (it->slots, slot);
  }
  if (has_others) {
    Re3SankeySlot slot = { RE3_SANKEY_SLOT_OTHERS, 0, it->n_units - n_own, 0 };
    double sum = 0;

    for (gsize unit = 0; unit < it->n_units; unit++) {
      sum += it->sizes[unit];
      if (it->slot_of_unit[unit] == G_MAXSIZE) {
        it->slot_of_unit[unit] = it->slots->len;
        slot.share += it->sizes[unit];
      }
    }
    slot.share = sum > 0 ? slot.share / sum : 0;
    g_array_append_val (it->slots, slot);
  }
  if (has_bias (self, column)) {
    Re3SankeySlot slot = { RE3_SANKEY_SLOT_BIAS, 0, 1, 0 };

    g_array_append_val (it->slots, slot);
  }
}

static void
fill_links (Re3SankeyFlow *self, gsize column)
{
  Re3SankeyColumn *sources = &self->columns[column];
  const Re3SankeyColumn *targets = &self->columns[column + 1];
  gsize n_targets = targets->slots->len;
  gboolean with_bias = has_bias (self, column);

  sources->links = g_new0 (double, sources->slots->len *n_targets);
  for (gsize to = 0; to < targets->n_units; to++) {
    gsize target = targets->slot_of_unit[to];

    if (target == G_MAXSIZE)
      continue;
    for (gsize from = 0; from < sources->n_units; from++)
      sources->links[sources->slot_of_unit[from] * n_targets + target] +=
          link_between (self, column, from, to);
    if (with_bias)
      sources->links[(sources->slots->len - 1) * n_targets + target] +=
          sources->affine->bias[to] * targets->slopes[to] +
          targets->intercepts[to] * targets->gradients[to];
  }
}

/* The units with their numbers, and how much flows through each; no nodes and links yet. */
static Re3SankeyFlow *
flow_new_of_units (const Re3Explanation *explanation, gsize class_index, Re3SankeyMode mode)
{
  const Re3Network *network = re3_model_get_network (explanation->model);
  Re3SankeyFlow *self = g_new0 (Re3SankeyFlow, 1);

  /* A network without hidden layers has features and classes only. */
  self->explanation = explanation;
  self->class_index = class_index;
  self->mode = mode;
  self->n_columns = re3_network_get_n_hidden_layers (network) + 2;
  self->columns = g_new0 (Re3SankeyColumn, self->n_columns);
  for (gsize i = 0; i < self->n_columns; i++) {
    Re3SankeyColumn *column = &self->columns[i];

    column->n_units = i == 0              ? re3_network_get_n_inputs (network)
                      : is_last (self, i) ? re3_network_get_n_outputs (network)
                                          : re3_network_get_hidden_width (network, i - 1);
    column->active = g_new0 (gboolean, column->n_units);
    column->affine = is_last (self, i) ? NULL : re3_network_get_affine (network, i);
    column->sizes = g_new0 (double, column->n_units);
    column->slots = g_array_new (FALSE, FALSE, sizeof (Re3SankeySlot));
    column->slot_of_unit = g_new (gsize, column->n_units);
    if (i == 0)
      fill_features (self, column);
    else if (is_last (self, i))
      fill_classes (self, column);
    else
      fill_neurons (self, network, i - 1, column);
  }
  measure_units (self);
  return self;
}

Re3SankeyFlow *
re3_sankey_flow_new (const Re3Explanation *explanation,
                     const Re3Explanation *chosen_by,
                     gsize class_index,
                     Re3SankeyMode mode,
                     gsize max_nodes)
{
  Re3SankeyFlow *self = flow_new_of_units (explanation, class_index, mode);
  g_autoptr (Re3SankeyFlow) other = NULL;

  if (chosen_by != NULL && chosen_by != explanation)
    other = flow_new_of_units (chosen_by, class_index, mode);
  for (gsize i = 0; i < self->n_columns; i++)
    fill_slots (self, i, (other != NULL ? other : self)->columns[i].sizes, MAX (max_nodes, 1));
  for (gsize i = 0; !is_last (self, i); i++)
    fill_links (self, i);
  return self;
}

void
re3_sankey_flow_free (Re3SankeyFlow *self)
{
  for (gsize i = 0; i < self->n_columns; i++) {
    Re3SankeyColumn *column = &self->columns[i];

    g_free (column->outputs);
    g_free (column->slopes);
    g_free (column->gradients);
    g_free (column->intercepts);
    g_free (column->active);
    g_free (column->sizes);
    g_array_unref (column->slots);
    g_free (column->slot_of_unit);
    g_free (column->links);
  }
  g_free (self->columns);
  g_free (self);
}
