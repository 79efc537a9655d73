/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-group-detection.h"

#include <string.h>

/* What may stand between the name of a group and that of a choice. */
#define SEPARATORS "_=.:-[( /"

typedef struct {
  const Re3Model *model;
  const Re3Dataset *dataset;
  guint32 *counts; /* for each training row, how many of the features looked at are 1 */
} Detector;

/* Adds a binary column to the counts. @n_ones: (out): how many training rows have a 1 there.
 * Returns: %FALSE where one would have two */
static gboolean
count_column (Detector *self, gsize feature, gsize *n_ones)
{
  const double *column = re3_dataset_get_column (self->dataset, feature);
  gsize n_rows = re3_dataset_get_n_rows (self->dataset);
  gboolean is_exclusive = TRUE;

  *n_ones = 0;
  for (gsize row = 0; row < n_rows && is_exclusive; row++) {
    if (column[row] != 1 || re3_dataset_is_test (self->dataset, row))
      continue;
    is_exclusive = self->counts[row]++ == 0;
    *n_ones += 1;
  }

  return is_exclusive;
}

static gboolean
may_be_member (const Detector *self, gsize feature, const char *prefix, gsize length)
{
  const char *name = re3_model_get_feature_name (self->model, feature);

  return strncmp (name, prefix, length) == 0 && name[length] != '\0' &&
         re3_model_find_group_of (self->model, feature) == NULL &&
         re3_dataset_get_column_kind (self->dataset, feature) == RE3_COLUMN_BINARY;
}

/* How many features from @first on make a group, which are all neighbours that begin with @prefix;
 * 0 where they make none. */
static gsize
measure_group (Detector *self, gsize first, const char *prefix, gsize length)
{
  gsize n_rows = re3_dataset_get_n_rows (self->dataset);
  gsize n_train = n_rows - re3_dataset_get_n_test (self->dataset);
  gsize n_chosen = 0;
  gsize n_covered = 0;
  gsize end;

  if ((first > 0 && may_be_member (self, first - 1, prefix, length)) ||
      !may_be_member (self, first, prefix, length))
    return 0;

  memset (self->counts, 0, n_rows * sizeof *self->counts);
  for (end = first;
       end < re3_model_get_n_features (self->model) && may_be_member (self, end, prefix, length);
       end++) {
    gsize n_ones;

    if (!count_column (self, end, &n_ones))
      return 0;
    n_chosen += n_ones > 0;
    n_covered += n_ones;
  }

  /* No row has two, so all have one. */
  return n_covered == n_train && n_chosen >= 2 ? end - first : 0;
}

/* (transfer full) (nullable): the group that starts with @first */
static Re3FeatureGroup *
detect_group (Detector *self, gsize first)
{
  const char *first_name = re3_model_get_feature_name (self->model, first);

  for (gsize length = strcspn (first_name, SEPARATORS); first_name[length] != '\0';
       length += 1 + strcspn (first_name + length + 1, SEPARATORS)) {
    g_autofree gsize *features = NULL;
    g_autofree const char **names = NULL;
    g_autofree char *name = NULL;
    gsize n_members;

    if (length == 0)
      continue;
    n_members = measure_group (self, first, first_name, length + 1);
    if (n_members == 0)
      continue;

    features = g_new (gsize, n_members);
    names = g_new (const char *, n_members);
    for (gsize i = 0; i < n_members; i++) {
      features[i] = first + i;
      names[i] = re3_model_get_feature_name (self->model, first + i);
    }
    name = g_strndup (first_name, length);
    return re3_feature_group_new (name, features, names, n_members);
  }

  return NULL;
}

GPtrArray *
re3_feature_groups_detect (const Re3Model *model, const Re3Dataset *dataset)
{
  g_autoptr (GPtrArray) groups = NULL;
  g_autofree guint32 *counts = NULL;
  Detector detector = { model, dataset, NULL };

  g_return_val_if_fail (model != NULL && dataset != NULL, NULL);
  g_return_val_if_fail (re3_model_get_n_features (model) == re3_dataset_get_n_features (dataset),
                        NULL);

  groups = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_feature_group_free);
  counts = g_new (guint32, re3_dataset_get_n_rows (dataset));
  detector.counts = counts;

  for (gsize i = 0; i < re3_model_get_n_features (model);) {
    Re3FeatureGroup *group = detect_group (&detector, i);

    if (group != NULL)
      g_ptr_array_add (groups, group);
    i += group != NULL ? group->n_features : 1;
  }

  return g_steal_pointer (&groups);
}
