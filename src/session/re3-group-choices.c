/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-group-choices.h"

struct _Re3GroupChoices {
  GObject parent_instance;

  Re3WhatIf *what_if;
  Re3Model *model;
  GPtrArray *groups; /* of Re3FeatureGroup, as the offers */
  GPtrArray *offers;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (Re3GroupChoices, re3_group_choices, G_TYPE_OBJECT)

/* --- Which groups --------------------------------------------------------------------------- */

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  gsize left = (*(const Re3FeatureGroup *const *) a)->features[0];
  gsize right = (*(const Re3FeatureGroup *const *) b)->features[0];

  return (left > right) - (left < right);
}

static void
add_copies (GPtrArray *groups, const GPtrArray *source)
{
  for (guint i = 0; source != NULL && i < source->len; i++)
    g_ptr_array_add (groups, re3_feature_group_copy (g_ptr_array_index (source, i)));
  g_ptr_array_sort (groups, compare_groups);
}

void
re3_group_choices_set_source (Re3GroupChoices *self, Re3Model *model, const GPtrArray *detected)
{
  g_return_if_fail (RE3_IS_GROUP_CHOICES (self));

  g_ptr_array_set_size (self->groups, 0);
  g_ptr_array_set_size (self->offers, 0);
  g_clear_pointer (&self->model, re3_model_unref);
  if (model != NULL) {
    self->model = re3_model_ref (model);
    add_copies (self->groups, re3_model_get_groups (model));
    add_copies (self->offers, detected);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

const GPtrArray *
re3_group_choices_get_groups (Re3GroupChoices *self)
{
  g_return_val_if_fail (RE3_IS_GROUP_CHOICES (self), NULL);

  return self->groups;
}

const GPtrArray *
re3_group_choices_get_offers (Re3GroupChoices *self)
{
  g_return_val_if_fail (RE3_IS_GROUP_CHOICES (self), NULL);

  return self->offers;
}

gboolean
re3_group_choices_is_adopted (Re3GroupChoices *self, const Re3FeatureGroup *group)
{
  g_return_val_if_fail (RE3_IS_GROUP_CHOICES (self) && self->model != NULL, FALSE);
  g_return_val_if_fail (group != NULL, FALSE);

  return re3_model_find_group_of (self->model, group->features[0]) == NULL;
}

static gboolean
shares_feature (const Re3FeatureGroup *group, const Re3FeatureGroup *other)
{
  for (gsize i = 0; i < group->n_features; i++)
    for (gsize j = 0; j < other->n_features; j++)
      if (group->features[i] == other->features[j])
        return TRUE;
  return FALSE;
}

static gboolean
can_adopt (Re3GroupChoices *self, const Re3FeatureGroup *group)
{
  for (gsize i = 0; i < group->n_features; i++) {
    if (group->features[i] >= re3_model_get_n_features (self->model) ||
        re3_feature_groups_find (self->groups, group->features[i]) != NULL)
      return FALSE;
    for (gsize j = 0; j < i; j++)
      if (group->features[j] == group->features[i])
        return FALSE;
  }
  return TRUE;
}

gboolean
re3_group_choices_adopt (Re3GroupChoices *self, const Re3FeatureGroup *group)
{
  g_return_val_if_fail (RE3_IS_GROUP_CHOICES (self) && self->model != NULL, FALSE);
  g_return_val_if_fail (group != NULL, FALSE);

  if (!can_adopt (self, group))
    return FALSE;

  group = re3_feature_group_copy (group);
  g_ptr_array_add (self->groups, (gpointer) group);
  g_ptr_array_sort (self->groups, compare_groups);
  for (guint i = self->offers->len; i-- > 0;)
    if (shares_feature (group, g_ptr_array_index (self->offers, i)))
      g_ptr_array_remove_index (self->offers, i);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
re3_group_choices_put_off (Re3GroupChoices *self, const Re3FeatureGroup *offer)
{
  g_return_if_fail (RE3_IS_GROUP_CHOICES (self));

  if (g_ptr_array_remove (self->offers, (gpointer) offer))
    g_signal_emit (self, signals[CHANGED], 0);
}

void
re3_group_choices_break_up (Re3GroupChoices *self, const Re3FeatureGroup *group)
{
  guint index;

  g_return_if_fail (RE3_IS_GROUP_CHOICES (self));
  g_return_if_fail (re3_group_choices_is_adopted (self, group));

  if (!g_ptr_array_find (self->groups, re3_feature_groups_find (self->groups, group->features[0]),
                         &index))
    return;
  g_ptr_array_add (self->offers, g_ptr_array_steal_index (self->groups, index));
  g_ptr_array_sort (self->offers, compare_groups);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- What is chosen ------------------------------------------------------------------------- */

static double *
copy_values (Re3GroupChoices *self)
{
  double *values = g_new (double, re3_model_get_n_features (self->model));

  re3_what_if_copy_row (self->what_if, (gsize) re3_what_if_get_row (self->what_if), values);
  return values;
}

gboolean
re3_group_choices_choose (Re3GroupChoices *self,
                          const Re3FeatureGroup *group,
                          gsize choice,
                          GError **error)
{
  g_return_val_if_fail (RE3_IS_GROUP_CHOICES (self), FALSE);
  g_return_val_if_fail (re3_what_if_get_row (self->what_if) != RE3_NO_ROW, FALSE);
  g_return_val_if_fail (group != NULL && choice < group->n_features, FALSE);

  g_autofree double *values = copy_values (self);

  re3_feature_group_set_choice (group, choice, values);
  return re3_what_if_set_values (self->what_if, values, error);
}

gssize
re3_group_choices_get_choice (Re3GroupChoices *self, const Re3FeatureGroup *group)
{
  g_return_val_if_fail (RE3_IS_GROUP_CHOICES (self), RE3_NO_CHOICE);
  g_return_val_if_fail (re3_what_if_get_row (self->what_if) != RE3_NO_ROW, RE3_NO_CHOICE);
  g_return_val_if_fail (group != NULL, RE3_NO_CHOICE);

  g_autofree double *values = copy_values (self);

  return re3_feature_group_get_choice (group, values);
}

gssize
re3_group_choices_get_original (Re3GroupChoices *self, const Re3FeatureGroup *group)
{
  g_return_val_if_fail (RE3_IS_GROUP_CHOICES (self), RE3_NO_CHOICE);
  g_return_val_if_fail (re3_what_if_get_row (self->what_if) != RE3_NO_ROW, RE3_NO_CHOICE);
  g_return_val_if_fail (group != NULL, RE3_NO_CHOICE);

  return re3_feature_group_get_choice (group, re3_what_if_get_original (self->what_if)->values);
}

gboolean
re3_group_choices_is_edited (Re3GroupChoices *self, const Re3FeatureGroup *group)
{
  g_return_val_if_fail (RE3_IS_GROUP_CHOICES (self), FALSE);
  g_return_val_if_fail (group != NULL, FALSE);

  for (gsize i = 0; i < group->n_features; i++)
    if (re3_what_if_is_edited (self->what_if, group->features[i]))
      return TRUE;
  return FALSE;
}

void
re3_group_choices_reset (Re3GroupChoices *self, const Re3FeatureGroup *group)
{
  g_return_if_fail (RE3_IS_GROUP_CHOICES (self));
  g_return_if_fail (re3_what_if_get_row (self->what_if) != RE3_NO_ROW);
  g_return_if_fail (group != NULL);

  g_autofree double *values = copy_values (self);
  const double *original = re3_what_if_get_original (self->what_if)->values;

  for (gsize i = 0; i < group->n_features; i++)
    values[group->features[i]] = original[group->features[i]];
  re3_what_if_set_values (self->what_if, values, NULL);
}

void
re3_group_choices_set_locked (Re3GroupChoices *self, const Re3FeatureGroup *group, gboolean locked)
{
  g_return_if_fail (RE3_IS_GROUP_CHOICES (self));
  g_return_if_fail (group != NULL);

  for (gsize i = 0; i < group->n_features; i++)
    re3_what_if_set_locked (self->what_if, group->features[i], locked);
}

gboolean
re3_group_choices_is_locked (Re3GroupChoices *self, const Re3FeatureGroup *group)
{
  g_return_val_if_fail (RE3_IS_GROUP_CHOICES (self), FALSE);
  g_return_val_if_fail (group != NULL, FALSE);

  for (gsize i = 0; i < group->n_features; i++)
    if (re3_what_if_is_locked (self->what_if, group->features[i]))
      return TRUE;
  return FALSE;
}

/* --- The object ----------------------------------------------------------------------------- */

static void
re3_group_choices_finalize (GObject *object)
{
  Re3GroupChoices *self = RE3_GROUP_CHOICES (object);

  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->offers);
  g_clear_pointer (&self->model, re3_model_unref);
  g_object_unref (self->what_if);

  G_OBJECT_CLASS (re3_group_choices_parent_class)->finalize (object);
}

static void
re3_group_choices_class_init (Re3GroupChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_group_choices_finalize;

  signals[CHANGED] = g_signal_new ("changed", RE3_TYPE_GROUP_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
re3_group_choices_init (Re3GroupChoices *self)
{
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_feature_group_free);
  self->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_feature_group_free);
}

Re3GroupChoices *
re3_group_choices_new (Re3WhatIf *what_if)
{
  g_return_val_if_fail (RE3_IS_WHAT_IF (what_if), NULL);

  Re3GroupChoices *self = g_object_new (RE3_TYPE_GROUP_CHOICES, NULL);

  self->what_if = g_object_ref (what_if);
  return self;
}
