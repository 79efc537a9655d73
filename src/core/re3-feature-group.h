/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No member of a group is the one that is chosen. */
#define RE3_NO_CHOICE (-1)

/**
 * Re3FeatureGroup:
 * @name: what is chosen, such as "colour"
 * @features: the features that are its members, as the model counts them
 * @choices: (array length=n_features): what each member stands for, such as "red" for colour_red: its
 *   name without that of the group before it
 * @n_features: how many, at least two
 *
 * A one-hot group: features of which one is 1 and the others are 0, so that they stand for one choice.
 */
typedef struct {
  char *name;
  gsize *features;
  char **choices;
  gsize n_features;
} Re3FeatureGroup;

/* @features: n_features of them, at least two
 * @feature_names: their names, one for each
 * (transfer full) */
Re3FeatureGroup *re3_feature_group_new        (const char            *name,
                                               const gsize           *features,
                                               const char *const     *feature_names,
                                               gsize                  n_features);
Re3FeatureGroup *re3_feature_group_copy       (const Re3FeatureGroup *self);
void             re3_feature_group_free       (Re3FeatureGroup       *self);

/* The member that is 1 while all others are 0, counted within the group, or RE3_NO_CHOICE.
 * @values: of all features of the model, in original units */
gssize           re3_feature_group_get_choice (const Re3FeatureGroup *self,
                                               const double          *values);
/* (nullable): the name of that choice. */
const char      *re3_feature_group_get_choice_name (const Re3FeatureGroup *self,
                                               const double          *values);
/* Sets one member to 1 and the others to 0. */
void             re3_feature_group_set_choice (const Re3FeatureGroup *self,
                                               gsize                  choice,
                                               double                *values);
/* The member that @text names: its feature's name or what it stands for, exactly, else as
 * re3_names_match() has it if that is one; else RE3_NO_CHOICE.
 * @feature_names: those of the members */
gssize           re3_feature_group_find       (const Re3FeatureGroup *self,
                                               const char *const     *feature_names,
                                               const char            *text);

/* (nullable): of @groups, each feature being in one at most, the one that @feature is in.
 * @groups: (nullable) (element-type Re3FeatureGroup) */
const Re3FeatureGroup *re3_feature_groups_find (const GPtrArray      *groups,
                                               gsize                  feature);

/* (nullable): the one called @name, exactly, else as re3_names_match() has it if that is one. */
const Re3FeatureGroup *re3_feature_groups_find_named (const GPtrArray *groups,
                                               const char            *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3FeatureGroup, re3_feature_group_free)

G_END_DECLS
