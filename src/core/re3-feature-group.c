/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-feature-group.h"

#include "re3-names.h"

#include <string.h>

/* What @feature_name says beyond the name of the group: "red" of colour_red, colour=red,
 * colour[red]. (transfer full) */
static char *
name_choice (const char *group_name, const char *feature_name)
{
  gsize length = strlen (group_name);
  const char *rest = feature_name + length;
  gsize n_rest;

  if (length == 0 || strncmp (feature_name, group_name, length) != 0 || !g_ascii_ispunct (*rest) ||
      rest[1] == '\0')
    return g_strdup (feature_name);

  n_rest = strlen (rest + 1);
  if ((*rest == '[' && rest[n_rest] == ']') || (*rest == '(' && rest[n_rest] == ')'))
    n_rest--;

  return n_rest > 0 ? g_strndup (rest + 1, n_rest) : g_strdup (feature_name);
}

Re3FeatureGroup *
re3_feature_group_new (const char *name,
                       const gsize *features,
                       const char *const *feature_names,
                       gsize n_features)
{
  Re3FeatureGroup *self;

  g_return_val_if_fail (name != NULL && features != NULL && feature_names != NULL, NULL);
  g_return_val_if_fail (n_features >= 2, NULL);

  self = g_new (Re3FeatureGroup, 1);
  self->name = g_strdup (name);
  self->features = g_memdup2 (features, n_features * sizeof *features);
  self->choices = g_new0 (char *, n_features + 1);
  for (gsize i = 0; i < n_features; i++)
    self->choices[i] = name_choice (name, feature_names[i]);
  self->n_features = n_features;

  return self;
}

Re3FeatureGroup *
re3_feature_group_copy (const Re3FeatureGroup *self)
{
  Re3FeatureGroup *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (Re3FeatureGroup, 1);
  copy->name = g_strdup (self->name);
  copy->features = g_memdup2 (self->features, self->n_features * sizeof *self->features);
  copy->choices = g_strdupv (self->choices);
  copy->n_features = self->n_features;

  return copy;
}

void
re3_feature_group_free (Re3FeatureGroup *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->features);
  g_strfreev (self->choices);
  g_free (self);
}

gssize
re3_feature_group_get_choice (const Re3FeatureGroup *self, const double *values)
{
  gssize choice = RE3_NO_CHOICE;

  g_return_val_if_fail (self != NULL && values != NULL, RE3_NO_CHOICE);

  for (gsize i = 0; i < self->n_features; i++) {
    double value = values[self->features[i]];

    if (value == 0)
      continue;
    if (value != 1 || choice != RE3_NO_CHOICE)
      return RE3_NO_CHOICE;
    choice = (gssize) i;
  }

  return choice;
}

const char *
re3_feature_group_get_choice_name (const Re3FeatureGroup *self, const double *values)
{
  gssize choice = re3_feature_group_get_choice (self, values);

  return choice != RE3_NO_CHOICE ? self->choices[choice] : NULL;
}

void
re3_feature_group_set_choice (const Re3FeatureGroup *self, gsize choice, double *values)
{
  g_return_if_fail (self != NULL && values != NULL);
  g_return_if_fail (choice < self->n_features);

  for (gsize i = 0; i < self->n_features; i++)
    values[self->features[i]] = i == choice ? 1 : 0;
}

gssize
re3_feature_group_find (const Re3FeatureGroup *self,
                        const char *const *feature_names,
                        const char *text)
{
  gssize found = RE3_NO_CHOICE;
  gsize n_found = 0;

  g_return_val_if_fail (self != NULL && feature_names != NULL && text != NULL, RE3_NO_CHOICE);

  for (gsize i = 0; i < self->n_features; i++)
    if (g_str_equal (self->choices[i], text) || g_str_equal (feature_names[i], text))
      return (gssize) i;

  for (gsize i = 0; i < self->n_features; i++) {
    if (re3_names_match (self->choices[i], text) || re3_names_match (feature_names[i], text)) {
      found = (gssize) i;
      n_found++;
    }
  }

  return n_found == 1 ? found : RE3_NO_CHOICE;
}

const Re3FeatureGroup *
re3_feature_groups_find (const GPtrArray *groups, gsize feature)
{
  for (guint i = 0; groups != NULL && i < groups->len; i++) {
    const Re3FeatureGroup *group = g_ptr_array_index (groups, i);

    for (gsize j = 0; j < group->n_features; j++)
      if (group->features[j] == feature)
        return group;
  }

  return NULL;
}

const Re3FeatureGroup *
re3_feature_groups_find_named (const GPtrArray *groups, const char *name)
{
  const Re3FeatureGroup *found = NULL;
  gsize n_found = 0;

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; groups != NULL && i < groups->len; i++) {
    const Re3FeatureGroup *group = g_ptr_array_index (groups, i);

    if (g_str_equal (group->name, name))
      return group;
    if (re3_names_match (group->name, name)) {
      found = group;
      n_found++;
    }
  }

  return n_found == 1 ? found : NULL;
}
