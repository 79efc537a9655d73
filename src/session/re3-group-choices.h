/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-what-if.h"

G_BEGIN_DECLS

#define RE3_TYPE_GROUP_CHOICES (re3_group_choices_get_type ())
G_DECLARE_FINAL_TYPE (Re3GroupChoices, re3_group_choices, RE3, GROUP_CHOICES, GObject)

/**
 * Re3GroupChoices:
 *
 * The one-hot groups of features that are edited as one choice: those that the model declares, and
 * those that a person has adopted, mostly where the data suggest it. Nothing of a sample changes when a
 * group is adopted or broken up.
 *
 * Signals:
 *  - changed: other groups, or other offers
 */
Re3GroupChoices       *re3_group_choices_new         (Re3WhatIf             *what_if);
/* Forgets what was adopted. @model: (nullable); @detected: (nullable) (element-type Re3FeatureGroup):
 * what the data suggest, each feature being in one at most and in none of the model's; copied */
void                   re3_group_choices_set_source  (Re3GroupChoices       *self,
                                                      Re3Model              *model,
                                                      const GPtrArray       *detected);

/* (element-type Re3FeatureGroup): in the order of their first features, each feature being in one at
 * most. Borrowed until they change. */
const GPtrArray       *re3_group_choices_get_groups  (Re3GroupChoices       *self);
/* (element-type Re3FeatureGroup): what could be adopted, likewise. */
const GPtrArray       *re3_group_choices_get_offers  (Re3GroupChoices       *self);
gboolean               re3_group_choices_is_adopted  (Re3GroupChoices       *self,
                                                      const Re3FeatureGroup *group);

/* @group: an offer, or any other one; copied. Returns: %FALSE where one of its features is in a group
 * already, or twice in this one, or not in the model */
gboolean               re3_group_choices_adopt       (Re3GroupChoices       *self,
                                                      const Re3FeatureGroup *group);
/* Takes an offer back, until the document is opened again. */
void                   re3_group_choices_put_off     (Re3GroupChoices       *self,
                                                      const Re3FeatureGroup *offer);
/* Makes an adopted group an offer again. */
void                   re3_group_choices_break_up    (Re3GroupChoices       *self,
                                                      const Re3FeatureGroup *group);

/* Of the selected row, as re3_what_if_set_value() and its like, all members in one step. A group is
 * locked with any of its members, and unlocked with all. */
gboolean               re3_group_choices_choose      (Re3GroupChoices       *self,
                                                      const Re3FeatureGroup *group,
                                                      gsize                  choice,
                                                      GError               **error);
/* RE3_NO_CHOICE where the values are none. */
gssize                 re3_group_choices_get_choice  (Re3GroupChoices       *self,
                                                      const Re3FeatureGroup *group);
gssize                 re3_group_choices_get_original (Re3GroupChoices      *self,
                                                      const Re3FeatureGroup *group);
gboolean               re3_group_choices_is_edited   (Re3GroupChoices       *self,
                                                      const Re3FeatureGroup *group);
void                   re3_group_choices_reset       (Re3GroupChoices       *self,
                                                      const Re3FeatureGroup *group);
void                   re3_group_choices_set_locked  (Re3GroupChoices       *self,
                                                      const Re3FeatureGroup *group,
                                                      gboolean               locked);
gboolean               re3_group_choices_is_locked   (Re3GroupChoices       *self,
                                                      const Re3FeatureGroup *group);

G_END_DECLS
