/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-feature-item.h"

struct _Re3FeatureItem {
  GObject parent_instance;

  Re3Model *model;
  Re3FeatureGroup *group; /* NULL for a feature by itself */
  gsize feature;
  char *collation_key;
};

G_DEFINE_FINAL_TYPE (Re3FeatureItem, re3_feature_item, G_TYPE_OBJECT)

static void
re3_feature_item_finalize (GObject *object)
{
  Re3FeatureItem *self = RE3_FEATURE_ITEM (object);

  re3_model_unref (self->model);
  re3_feature_group_free (self->group);
  g_free (self->collation_key);

  G_OBJECT_CLASS (re3_feature_item_parent_class)->finalize (object);
}

static void
re3_feature_item_class_init (Re3FeatureItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_feature_item_finalize;
}

static void
re3_feature_item_init (Re3FeatureItem *self)
{
}

static Re3FeatureItem *
make_item (Re3Model *model, const Re3FeatureGroup *group, gsize feature)
{
  Re3FeatureItem *self = g_object_new (RE3_TYPE_FEATURE_ITEM, NULL);

  self->model = re3_model_ref (model);
  self->group = group != NULL ? re3_feature_group_copy (group) : NULL;
  self->feature = feature;
  self->collation_key = g_utf8_collate_key (re3_feature_item_get_name (self), -1);
  return self;
}

Re3FeatureItem *
re3_feature_item_new (Re3Model *model, gsize feature)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (feature < re3_model_get_n_features (model), NULL);

  return make_item (model, NULL, feature);
}

Re3FeatureItem *
re3_feature_item_new_group (Re3Model *model, const Re3FeatureGroup *group)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (group != NULL, NULL);

  return make_item (model, group, group->features[0]);
}

gsize
re3_feature_item_get_feature (Re3FeatureItem *self)
{
  g_return_val_if_fail (RE3_IS_FEATURE_ITEM (self), 0);

  return self->feature;
}

const Re3FeatureGroup *
re3_feature_item_get_group (Re3FeatureItem *self)
{
  g_return_val_if_fail (RE3_IS_FEATURE_ITEM (self), NULL);

  return self->group;
}

const char *
re3_feature_item_get_name (Re3FeatureItem *self)
{
  g_return_val_if_fail (RE3_IS_FEATURE_ITEM (self), NULL);

  return self->group != NULL ? self->group->name
                             : re3_model_get_feature_name (self->model, self->feature);
}

/* The features are those of the group, or one. */
static const gsize *
get_features (Re3FeatureItem *self, gsize *n_features)
{
  *n_features = self->group != NULL ? self->group->n_features : 1;
  return self->group != NULL ? self->group->features : &self->feature;
}

gboolean
re3_feature_item_has (Re3FeatureItem *self, gsize feature)
{
  g_return_val_if_fail (RE3_IS_FEATURE_ITEM (self), FALSE);

  gsize n_features;
  const gsize *features = get_features (self, &n_features);

  for (gsize i = 0; i < n_features; i++)
    if (features[i] == feature)
      return TRUE;
  return FALSE;
}

static gboolean
contains (const char *name, const char *folded_text)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return strstr (folded, folded_text) != NULL;
}

gboolean
re3_feature_item_matches (Re3FeatureItem *self, const char *text)
{
  g_return_val_if_fail (RE3_IS_FEATURE_ITEM (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  g_autofree char *folded_text = g_utf8_casefold (text, -1);
  gsize n_features;
  const gsize *features = get_features (self, &n_features);

  if (contains (re3_feature_item_get_name (self), folded_text))
    return TRUE;
  for (gsize i = 0; i < n_features; i++)
    if (contains (re3_model_get_feature_name (self->model, features[i]), folded_text))
      return TRUE;
  return FALSE;
}

int
re3_feature_item_compare_names (Re3FeatureItem *self, Re3FeatureItem *other)
{
  g_return_val_if_fail (RE3_IS_FEATURE_ITEM (self), 0);
  g_return_val_if_fail (RE3_IS_FEATURE_ITEM (other), 0);

  return strcmp (self->collation_key, other->collation_key);
}

double
re3_feature_item_get_importance (Re3FeatureItem *self, const double *importance)
{
  g_return_val_if_fail (RE3_IS_FEATURE_ITEM (self), 0.0);
  g_return_val_if_fail (importance != NULL, 0.0);

  gsize n_features;
  const gsize *features = get_features (self, &n_features);
  double sum = 0.0;

  for (gsize i = 0; i < n_features; i++)
    sum += importance[features[i]];
  return sum;
}
