/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figure-sankey-private.h"

#include <math.h>

/* A network without hidden layers has features and classes only. */
static const Re3Network *
get_network (const Re3SankeyFlow *self)
{
  return re3_model_get_network (self->explanation->model);
}

static gboolean
is_last (const Re3SankeyFlow *self, gsize column)
{
  return column + 1 == self->n_columns;
}

/* Column c > 0 that is not the last is hidden layer c - 1. */
static gsize
neuron_at (const Re3SankeyFlow *self, gsize column, gsize unit)
{
  return re3_network_get_first_neuron (get_network (self), column - 1) + unit;
}

static gboolean
is_active (const Re3SankeyFlow *self, gsize column, gsize unit)
{
  if (column == 0 || is_last (self, column))
    return TRUE;
  return re3_pattern_is_active (self->explanation->region->pattern, neuron_at (self, column, unit));
}

/* What a unit passes on: x or h. */
static double
output_of (const Re3SankeyFlow *self, gsize column, gsize unit)
{
  return column == 0 ? self->explanation->input[unit]
                     : self->explanation->forward->activations[neuron_at (self, column, unit)];
}

/* The gradient of the logit with respect to a unit's z, within the region. */
static double
slope_at (const Re3SankeyFlow *self, gsize column, gsize unit)
{
  gsize neuron;
  double gradient;

  if (is_last (self, column))
    return unit == self->class_index ? 1 : 0;
  neuron = neuron_at (self, column, unit);
  gradient = re3_matrix_row (self->explanation->region->logit_gradients, self->class_index)[neuron];
  return is_active (self, column, unit)
             ? gradient
             : gradient *
                   re3_network_get_rectifier (get_network (self), column - 1)->negative_slope;
}

static Re3SankeyFactors
factors_between (const Re3SankeyFlow *self, gsize column, gsize from, gsize to)
{
  const Re3Affine *affine = re3_network_get_affine (get_network (self), column);

  return (Re3SankeyFactors){ output_of (self, column, from),
                             affine->weight[to * affine->n_inputs + from],
                             slope_at (self, column + 1, to) };
}

static double
link_between (const Re3SankeyFlow *self, gsize column, gsize from, gsize to)
{
  Re3SankeyFactors factors = factors_between (self, column, from, to);

  if (self->mode == RE3_SANKEY_CONSERVED)
    return factors.source * factors.weight * factors.slope;
  if (!is_active (self, column, from) || !is_active (self, column + 1, to))
    return 0;
  return fabs (factors.weight * factors.source);
}

static double
bias_into (const Re3SankeyFlow *self, gsize column, gsize to)
{
  return re3_network_get_affine (get_network (self), column)->bias[to] *
         slope_at (self, column + 1, to);
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
    *factors =
        (Re3SankeyFactors){ 1, re3_network_get_affine (get_network (self), column)->bias[to->index],
                            slope_at (self, column + 1, to->index) };
}

/* The larger of what enters and what leaves each unit: which ones matter. */
static void
measure_units (const Re3SankeyFlow *self, double **sizes)
{
  for (gsize column = 0; !is_last (self, column); column++) {
    gsize n_sources = self->columns[column].n_units;
    gsize n_targets = self->columns[column + 1].n_units;

    for (gsize from = 0; from < n_sources; from++) {
      double leaves = 0;

      for (gsize to = 0; to < n_targets; to++)
        leaves += fabs (link_between (self, column, from, to));
      sizes[column][from] = MAX (sizes[column][from], leaves);
    }
    for (gsize to = 0; to < n_targets; to++) {
      double enters = 0;

      for (gsize from = 0; from < n_sources; from++)
        enters += fabs (link_between (self, column, from, to));
      sizes[column + 1][to] = enters;
    }
  }
}

/* Whether any bias of the affine map that leads out of @column differs from 0: that does not
 * depend on the sample, so that the figure keeps its nodes while samples change. */
static gboolean
has_bias (const Re3SankeyFlow *self, gsize column)
{
  const Re3Affine *affine;

  if (self->mode != RE3_SANKEY_CONSERVED || is_last (self, column))
    return FALSE;
  affine = re3_network_get_affine (get_network (self), column);
  for (gsize i = 0; i < affine->n_outputs; i++)
    if (affine->bias[i] != 0)
      return TRUE;
  return FALSE;
}

/* The units with a node of their own, in their order; then the others, then the biases. In the
 * conserved mode all flows into the one class. */
static void
fill_slots (Re3SankeyFlow *self, gsize column, const double *sizes, gsize max_nodes)
{
  Re3SankeyColumn *it = &self->columns[column];
  gboolean only_class = is_last (self, column) && self->mode == RE3_SANKEY_CONSERVED;
  /* "others (1)" would take the same room as the one itself. */
  gboolean has_others = !only_class && it->n_units > max_nodes + 1;
  gsize n_own = has_others ? max_nodes : it->n_units;
  g_autofree gboolean *is_own = g_new0 (gboolean, MAX (it->n_units, 1));
  g_autoptr (GArray) largest = re3_figure_find_largest (sizes, it->n_units, n_own);

  for (guint i = 0; i < largest->len; i++)
    is_own[g_array_index (largest, gsize, i)] = TRUE;
  for (gsize unit = 0; unit < it->n_units; unit++) {
    Re3SankeySlot slot = { RE3_SANKEY_SLOT_UNIT, unit, 1 };

    it->slot_of_unit[unit] = G_MAXSIZE;
    if (only_class ? unit != self->class_index : !is_own[unit])
      continue;
    it->slot_of_unit[unit] = it->slots->len;
    g_array_append_val (it->slots, slot);
  }
  if (has_others) {
    Re3SankeySlot slot = { RE3_SANKEY_SLOT_OTHERS, 0, it->n_units - n_own };

    for (gsize unit = 0; unit < it->n_units; unit++)
      if (it->slot_of_unit[unit] == G_MAXSIZE)
        it->slot_of_unit[unit] = it->slots->len;
    g_array_append_val (it->slots, slot);
  }
  if (has_bias (self, column)) {
    Re3SankeySlot slot = { RE3_SANKEY_SLOT_BIAS, 0, 1 };

    g_array_append_val (it->slots, slot);
  }
}

static void
fill_links (Re3SankeyFlow *self, gsize column)
{
  Re3SankeyColumn *sources = &self->columns[column];
  const Re3SankeyColumn *targets = &self->columns[column + 1];
  gsize n_targets = targets->slots->len;

  sources->links = g_new0 (double, sources->slots->len *n_targets);
  for (gsize to = 0; to < targets->n_units; to++) {
    gsize target = targets->slot_of_unit[to];

    if (target == G_MAXSIZE)
      continue;
    for (gsize from = 0; from < sources->n_units; from++)
      sources->links[sources->slot_of_unit[from] * n_targets + target] +=
          link_between (self, column, from, to);
    if (has_bias (self, column))
      sources->links[(sources->slots->len - 1) * n_targets + target] +=
          bias_into (self, column, to);
  }
}

Re3SankeyFlow *
re3_sankey_flow_new (const Re3Explanation *explanation,
                     gsize class_index,
                     Re3SankeyMode mode,
                     gsize max_nodes)
{
  const Re3Network *network = re3_model_get_network (explanation->model);
  gsize n_layers = re3_network_get_n_hidden_layers (network);
  Re3SankeyFlow *self = g_new0 (Re3SankeyFlow, 1);
  g_autofree double **sizes = NULL;

  self->explanation = explanation;
  self->class_index = class_index;
  self->mode = mode;
  self->n_columns = n_layers + 2;
  self->columns = g_new0 (Re3SankeyColumn, self->n_columns);
  sizes = g_new0 (double *, self->n_columns);
  for (gsize column = 0; column < self->n_columns; column++) {
    Re3SankeyColumn *it = &self->columns[column];

    it->n_units = column == 0              ? re3_network_get_n_inputs (network)
                  : is_last (self, column) ? re3_network_get_n_outputs (network)
                                           : re3_network_get_hidden_width (network, column - 1);
    it->slots = g_array_new (FALSE, FALSE, sizeof (Re3SankeySlot));
    it->slot_of_unit = g_new (gsize, MAX (it->n_units, 1));
    sizes[column] = g_new0 (double, MAX (it->n_units, 1));
  }

  measure_units (self, sizes);
  for (gsize column = 0; column < self->n_columns; column++)
    fill_slots (self, column, sizes[column], MAX (max_nodes, 1));
  for (gsize column = 0; !is_last (self, column); column++)
    fill_links (self, column);
  for (gsize column = 0; column < self->n_columns; column++)
    g_free (sizes[column]);
  return self;
}

void
re3_sankey_flow_free (Re3SankeyFlow *self)
{
  for (gsize column = 0; column < self->n_columns; column++) {
    g_array_unref (self->columns[column].slots);
    g_free (self->columns[column].slot_of_unit);
    g_free (self->columns[column].links);
  }
  g_free (self->columns);
  g_free (self);
}
