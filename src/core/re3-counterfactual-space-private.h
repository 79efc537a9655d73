/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-counterfactual.h"
#include "re3-polyhedron-private.h"

G_BEGIN_DECLS

/**
 * Re3CounterfactualSpace:
 * @model: the model
 * @options: what is asked for
 * @values: n_features numbers in original units: the sample
 * @low: n_features numbers in original units: the least that each feature may be, as its lock, its
 *   range, whole numbers and the orders have it; likewise @high
 * @base: n_features numbers in original units: the sample, with features that cannot but have one
 *   value set to it
 * @base_input: the same in the network's own units
 * @base_steps: n_features numbers: how far each of @base is from the sample, in the units asked for
 * @n: number of variables: features that can have more than one value
 * @features: the feature of each variable
 * @rates: value = base + y / rate
 * @slopes: input = base_input + slope * y
 * @size: the largest number of the sample, in units of y: what rounding errors are a share of
 *
 * Inputs as a search sees them: y, the steps of the features that can move, each in the units that
 * the distance is measured in, so that it is the length of y.
 */
typedef struct {
  const Re3Model *model;
  const Re3CounterfactualOptions *options;
  const double *values;
  double *low;
  double *high;
  double *base;
  double *base_input;
  double *base_steps;
  gsize n;
  gsize *features;
  double *rates;
  double *slopes;
  double size;
  /*< private >*/
  double *input;
  double *gradient;
  Re3Forward *forward;
} Re3CounterfactualSpace;

/* Borrows its arguments. (nullable): %NULL where there is no memory for it */
Re3CounterfactualSpace *re3_counterfactual_space_new  (const Re3Model                 *model,
                                                       const double                   *values,
                                                       const Re3CounterfactualOptions *options,
                                                       GError                        **error);
void           re3_counterfactual_space_free          (Re3CounterfactualSpace *self);

/* Whether the feature of variable @i is to be a whole number. */
gboolean       re3_counterfactual_space_is_integer    (const Re3CounterfactualSpace *self,
                                                       gsize                         i);
/* One variable to the value of its feature, and back. */
double         re3_counterfactual_space_get_value     (const Re3CounterfactualSpace *self,
                                                       gsize                         i,
                                                       double                        y);
double         re3_counterfactual_space_get_step      (const Re3CounterfactualSpace *self,
                                                       gsize                         i,
                                                       double                        value);

/* All that the constraints leave, whole numbers aside, with room for @n_more half-spaces. (transfer
 * full) (nullable): %NULL where there is no memory for it */
Re3Polyhedron *re3_counterfactual_space_constrain     (const Re3CounterfactualSpace *self,
                                                       gsize                         n_more,
                                                       GError                      **error);
/* Adds sign * (gradient * x + offset) >= 0 to @polyhedron, x the input of the network. */
void           re3_counterfactual_space_add           (const Re3CounterfactualSpace *self,
                                                       Re3Polyhedron                *polyhedron,
                                                       const double                 *gradient,
                                                       double                        offset,
                                                       double                        sign);

/* The values at @y, to the last digit within the constraints.
 * Returns: %FALSE if it takes more than rounding to get there */
gboolean       re3_counterfactual_space_finish        (const Re3CounterfactualSpace *self,
                                                       const double                 *y,
                                                       double                       *values);
/* The forward pass of @values, until the next one. */
const Re3Forward *re3_counterfactual_space_forward    (const Re3CounterfactualSpace *self,
                                                       const double                 *values);
/* The same at @y, whatever the constraints. */
const Re3Forward *re3_counterfactual_space_forward_at (const Re3CounterfactualSpace *self,
                                                       const double                 *y);
/* How far @values are from the sample. */
double         re3_counterfactual_space_measure       (const Re3CounterfactualSpace *self,
                                                       const double                 *values);
/* How far from the sample a y of this length is. */
double         re3_counterfactual_space_get_distance  (const Re3CounterfactualSpace *self,
                                                       double                        length);

/* The length of the y at that distance from the sample; 0 where all are farther. */
double         re3_counterfactual_space_get_length    (const Re3CounterfactualSpace *self,
                                                       double                        distance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3CounterfactualSpace, re3_counterfactual_space_free)

G_END_DECLS
