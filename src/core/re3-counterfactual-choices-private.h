/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-counterfactual.h"

G_BEGIN_DECLS

/**
 * Re3CounterfactualChoices:
 * @n: how many joint choices of all groups the constraints leave; one, of nothing, without groups
 * @are_kept: whether they are too many, so that there is but one: all groups as they are
 * @n_members: how many features are in groups
 * @members: those features
 * @values: (@n, @n_members): what each choice makes of them, in original units
 *
 * A group has one choice for each member; and where the sample has none of them, another one that
 * leaves it as it is.
 */
typedef struct {
  gsize n;
  gboolean are_kept;
  gsize n_members;
  gsize *members;
  double *values;
} Re3CounterfactualChoices;

/* @values: n_features numbers in original units: the sample. (transfer full) */
Re3CounterfactualChoices *re3_counterfactual_choices_new  (const Re3Model                 *model,
                                                           const double                   *values,
                                                           const Re3CounterfactualOptions *options);
void                      re3_counterfactual_choices_free (Re3CounterfactualChoices       *self);
/* Narrows ranges so that nothing but the choice is left of the groups.
 * @low, @high: (inout): n_features numbers in original units */
void                      re3_counterfactual_choices_fix  (const Re3CounterfactualChoices *self,
                                                           gsize                           choice,
                                                           double                         *low,
                                                           double                         *high);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3CounterfactualChoices, re3_counterfactual_choices_free)

G_END_DECLS
