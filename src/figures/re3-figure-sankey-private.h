/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-figures-private.h"

G_BEGIN_DECLS

/* The numbers of a Sankey figure: what flows from unit to unit, with the units of a column that
 * matter least taken together. */

typedef enum {
  RE3_SANKEY_SLOT_UNIT,   /* a feature, a neuron or a class */
  RE3_SANKEY_SLOT_OTHERS, /* those that have no place of their own */
  RE3_SANKEY_SLOT_BIAS,   /* the biases that enter the next column, and its own constants */
} Re3SankeySlotKind;

/* @index: of the unit in its column; @n: how many are taken together; @share: of the others, of what
 * flows through the units of the column one by one, whatever its sign */
typedef struct {
  Re3SankeySlotKind kind;
  gsize index;
  gsize n;
  double share;
} Re3SankeySlot;

/**
 * Re3SankeyColumn:
 * @n_units: features, neurons or classes in it
 * @outputs: what each unit passes on: x or h; %NULL for the classes
 * @slopes: the gradient of the logit with respect to each unit's z; %NULL for the features
 * @gradients: the gradient of the logit with respect to what each unit passes on; likewise
 * @intercepts: of the piece that each unit is on: what it passes on without any z. The bias node
 *   hands it over with the bias of the unit, so that what enters a unit leaves it
 * @active: whether each unit takes part: all but the inactive neurons
 * @sizes: of what enters and what leaves each unit, the larger sum of |link|
 * @affine: the map into the next column; %NULL for the last one
 * @slots: of Re3SankeySlot: its nodes from top to bottom
 * @slot_of_unit: for each unit the place in @slots, G_MAXSIZE where it has no node
 * @links: (n_slots, n_slots of the next column), row-major; %NULL for the last column
 */
typedef struct {
  gsize n_units;
  double *outputs;
  double *slopes;
  double *gradients;
  double *intercepts;
  gboolean *active;
  double *sizes;
  const Re3Affine *affine;
  GArray *slots;
  gsize *slot_of_unit;
  double *links;
} Re3SankeyColumn;

/* The features are the first column, the classes the last. */
typedef struct {
  const Re3Explanation *explanation;
  gsize class_index;
  Re3SankeyMode mode;
  gsize n_columns;
  Re3SankeyColumn *columns;
} Re3SankeyFlow;

/* What a link is the product of: @source (x or h; 1 for a bias), @weight, and @slope, the gradient
 * of the logit with respect to the target's z. A bias adds @intercept times @gradient, see above. */
typedef struct {
  double source;
  double weight;
  double slope;
  double intercept;
  double gradient;
} Re3SankeyFactors;

/* @explanation: borrowed; @chosen_by: (nullable): of whose flow the largest units get nodes */
Re3SankeyFlow *re3_sankey_flow_new         (const Re3Explanation *explanation,
                                            const Re3Explanation *chosen_by,
                                            gsize                 class_index,
                                            Re3SankeyMode         mode,
                                            gsize                 max_nodes);
void           re3_sankey_flow_free        (Re3SankeyFlow        *self);
/* Of the link between two slots of @column and the next one that are no others. */
void           re3_sankey_flow_get_factors (const Re3SankeyFlow  *self,
                                            gsize                 column,
                                            const Re3SankeySlot  *from,
                                            const Re3SankeySlot  *to,
                                            Re3SankeyFactors     *factors);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3SankeyFlow, re3_sankey_flow_free)

G_END_DECLS
