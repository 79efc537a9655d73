/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-boundary.h"
#include "re3-model.h"
#include "re3-monitor.h"

G_BEGIN_DECLS

/* Any class but the one that is predicted. */
#define RE3_ANY_OTHER_CLASS G_MAXSIZE

/* In which units a distance is measured. */
typedef enum {
  RE3_UNITS_SCALED,   /* the network's own, after the scaler */
  RE3_UNITS_ORIGINAL, /* those that people see */
} Re3Units;

/**
 * Re3FeatureOrder:
 * @lesser: a feature
 * @greater: another one, whose value, in original units, is to be as large or larger
 */
typedef struct {
  gsize lesser;
  gsize greater;
} Re3FeatureOrder;

/**
 * Re3CounterfactualOptions:
 * @target: the class to be predicted, or RE3_ANY_OTHER_CLASS
 * @metric: RE3_METRIC_L2, RE3_METRIC_L1 or RE3_METRIC_LINF
 * @units: in which the distance is measured
 * @locked: (nullable): n_features flags: the feature stays as it is
 * @low: (nullable): n_features numbers in original units: the least that each may be, or -INFINITY
 * @high: (nullable): the most, or INFINITY
 * @integer: (nullable): n_features flags: the feature is a whole number in original units
 * @orders: (nullable): @n_orders of them
 * @n_orders: how many
 * @groups: (nullable) (element-type Re3FeatureGroup): one-hot groups, each feature being in one at most:
 *   of the members of each, one is 1 and the others are 0, or all are as they are
 * @max_regions: how many regions to open at most; 0 for as many as it takes
 *
 * What is asked of a counterfactual. They hold for its values to the last digit, whether they hold for
 * the sample or not.
 */
typedef struct {
  gsize target;
  Re3Metric metric;
  Re3Units units;
  const guint8 *locked;
  const double *low;
  const double *high;
  const guint8 *integer;
  const Re3FeatureOrder *orders;
  gsize n_orders;
  const GPtrArray *groups;
  gsize max_regions;
} Re3CounterfactualOptions;

extern const Re3CounterfactualOptions RE3_COUNTERFACTUAL_OPTIONS_DEFAULT;

/* A search goes through the joint choices of all groups, up to so many. Where the constraints leave
 * more, it keeps all groups as they are. */
#define RE3_COUNTERFACTUAL_MAX_CHOICES 64

/**
 * Re3Counterfactual:
 * @found: whether there is one; without one there are neither values nor changes
 * @class_index: the class that the forward pass predicts for it
 * @values: n_features numbers in original units
 * @distance: from the sample to @values, INFINITY where nothing was found
 * @lower_bound: no other input that is asked for is nearer than this; INFINITY where it is proven
 *   that there is none
 * @proven: whether the search went on until it was proven that there is none nearer than @distance,
 *   but for the step below and 1e-9 of it for rounding, or that there is none at all
 * @groups_kept: whether the groups were kept as they are since there are too many choices: then
 *   @lower_bound and @proven are of inputs with these choices
 * @stopped: whether the monitor stopped it before
 * @regions_opened: regions that were looked into
 * @changed: the features whose values are not those of the sample, in their order
 * @n_changed: how many
 *
 * The nearest input that is predicted as another class. On the boundary between two classes both
 * logits are equal, and only rounding decides: so the inputs that are asked for are those next to
 * which the logit of the class is above all others (that of twins, with the same logit everywhere, is
 * above if it is the first), their distances have an infimum, which is @lower_bound, and @values are
 * a step inside: the least, but for a factor of eight, with which the forward pass predicts the class.
 * It is some 1e-13 of the numbers that are added up.
 */
typedef struct {
  gboolean found;
  gsize class_index;
  double *values;
  double distance;
  double lower_bound;
  gboolean proven;
  gboolean groups_kept;
  gboolean stopped;
  gsize regions_opened;
  gsize *changed;
  gsize n_changed;
} Re3Counterfactual;

/* Searches the regions, the nearest first, in sets of them that are split as long as they may hold
 * something better. Within a region the nearest input of a class is the solution of a quadratic or a
 * linear program, and whole numbers are found by branch and bound. The choices of groups are searched
 * one after another, the nearest first, each only for what is nearer than the best of those before.
 * @values: n_features finite numbers in original units.
 * The best so far is returned when @monitor stops it. The steps it is told of are thousandths: how
 * near the bound has come to the best. Fails where the options make no sense for this model, which a
 * regression network has none for, and where there is no memory, with RE3_CORE_ERROR; constraints that
 * cannot hold together are no error, there is just nothing to find. (transfer full) */
Re3Counterfactual *re3_counterfactual_new  (Re3Model                       *model,
                                            const double                   *values,
                                            const Re3CounterfactualOptions *options,
                                            const Re3Monitor               *monitor,
                                            GError                        **error);
void               re3_counterfactual_free (Re3Counterfactual              *self);

/**
 * Re3CounterfactualChange:
 * @feature: what has changed
 * @group: (nullable): the group that it is in, which has changed as one
 */
typedef struct {
  gsize feature;
  const Re3FeatureGroup *group;
} Re3CounterfactualChange;

/* What has changed, in the order of features, each group once, where its first changed member is.
 * @groups: (nullable): as in the options.
 * (transfer full) (element-type Re3CounterfactualChange): borrows the groups */
GArray            *re3_counterfactual_list_changes (const Re3Counterfactual *self,
                                            const GPtrArray                *groups);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Counterfactual, re3_counterfactual_free)

G_END_DECLS
