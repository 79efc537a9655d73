/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-core-error.h"
#include "re3-model-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static char *
fold_case (const char *name)
{
  return g_utf8_validate (name, -1, NULL) ? g_utf8_casefold (name, -1) : NULL;
}

/* "0.0" and "0" are the same class. */
static char *
normalise_number (const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;
  double number = g_ascii_strtod (trimmed, &end);

  if (end == trimmed || *end != '\0' || !isfinite (number))
    return NULL;

  /* Of both zeros the one. */
  return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, number + 0.0));
}

static const Re3NameKey class_keys[] = { fold_case, normalise_number, NULL };

/**
 * Re3ModelBuilder:
 * @model: (nullable): what is under construction, until it is finished
 * @group_names: those of its groups
 * @grouped: the features that are in one, counted from 1
 */
struct _Re3ModelBuilder {
  Re3Model *model;
  GHashTable *group_names;
  GHashTable *grouped;
};

static void
model_test_clear (gpointer data)
{
  Re3ModelTest *test = data;

  g_free (test->input);
  g_free (test->logits);
}

Re3ModelBuilder *
re3_model_builder_new (Re3Network *network)
{
  Re3ModelBuilder *self;

  g_return_val_if_fail (network != NULL, NULL);

  self = g_new (Re3ModelBuilder, 1);
  self->group_names = g_hash_table_new (g_str_hash, g_str_equal);
  self->grouped = g_hash_table_new (NULL, NULL);
  self->model = g_atomic_rc_box_new0 (Re3Model);
  self->model->network = re3_network_ref (network);
  self->model->feature_names = g_ptr_array_new_with_free_func (g_free);
  self->model->feature_units = g_ptr_array_new_with_free_func (g_free);
  self->model->class_names = g_ptr_array_new_with_free_func (g_free);
  self->model->output_units = g_ptr_array_new_with_free_func (g_free);
  self->model->is_regression = re3_network_get_n_outputs (network) == 1;
  self->model->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) re3_feature_group_free);
  self->model->tests = g_array_new (FALSE, FALSE, sizeof (Re3ModelTest));
  g_array_set_clear_func (self->model->tests, model_test_clear);
  self->model->notes = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
re3_model_builder_free (Re3ModelBuilder *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->group_names);
  g_hash_table_unref (self->grouped);
  g_clear_pointer (&self->model, re3_model_unref);
  g_free (self);
}

void
re3_model_builder_set_name (Re3ModelBuilder *self, const char *name)
{
  g_return_if_fail (self != NULL && self->model != NULL);

  g_free (self->model->name);
  self->model->name = g_strdup (name);
}

/* @what: "features", "classes" or "outputs", for people */
static gboolean
check_names (const char *const *names, gsize expected, const char *what, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n_names = g_strv_length ((char **) names);

  if (n_names != expected) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_SHAPE,
                 _ ("The model names %zu %s, but its network has %zu; name each of them."), n_names,
                 what, expected);
    return FALSE;
  }

  for (gsize i = 0; i < n_names; i++) {
    if (!g_utf8_validate (names[i], -1, NULL)) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("Name %zu of the model's %s is not UTF-8 text; save the model as UTF-8."),
                   i + 1, what);
      return FALSE;
    }

    if (names[i][0] == '\0') {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("Name %zu of the model's %s is empty; fill it in."), i + 1, what);
      return FALSE;
    }

    if (!g_hash_table_add (seen, (gpointer) names[i])) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("Two of the model's %s have the name “%s”; give each its own."), what,
                   names[i]);
      return FALSE;
    }
  }

  return TRUE;
}

static Re3NameIndex *
index_names (const GPtrArray *names, const Re3NameKey *keys)
{
  return re3_name_index_new ((const char *const *) names->pdata, names->len, keys);
}

static void
take_feature (Re3Model *model, char *name, char *unit)
{
  g_ptr_array_add (model->feature_names, name);
  g_ptr_array_add (model->feature_units, unit);
}

gboolean
re3_model_builder_set_features (Re3ModelBuilder *self,
                                const char *const *names,
                                const char *const *units,
                                GError **error)
{
  Re3Model *model;

  g_return_val_if_fail (self != NULL && self->model != NULL, FALSE);
  g_return_val_if_fail (names != NULL, FALSE);

  model = self->model;
  if (!check_names (names, re3_model_get_n_features (model), _ ("features"), error))
    return FALSE;

  g_ptr_array_set_size (model->feature_names, 0);
  g_ptr_array_set_size (model->feature_units, 0);
  g_clear_pointer (&model->feature_index, re3_name_index_free);
  for (gsize i = 0; i < re3_model_get_n_features (model); i++) {
    gboolean has_unit = units != NULL && units[i] != NULL && units[i][0] != '\0';

    take_feature (model, g_strdup (names[i]), has_unit ? g_strdup (units[i]) : NULL);
  }
  model->feature_index = index_names (model->feature_names, re3_name_keys);
  model->has_feature_names = TRUE;

  return TRUE;
}

gboolean
re3_model_builder_set_columns (Re3ModelBuilder *self, const char *const *columns, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n_features;

  g_return_val_if_fail (self != NULL && self->model != NULL, FALSE);
  g_return_val_if_fail (columns != NULL, FALSE);

  n_features = re3_model_get_n_features (self->model);
  g_return_val_if_fail (g_strv_length ((char **) columns) == n_features, FALSE);

  for (gsize i = 0; i < n_features; i++) {
    if (!g_utf8_validate (columns[i], -1, NULL)) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("Column %zu of the model's features is not UTF-8 text; save the model as "
                      "UTF-8."),
                   i + 1);
      return FALSE;
    }

    if (columns[i][0] != '\0' && !g_hash_table_add (seen, (gpointer) columns[i])) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("Two of the model's features are in the column “%s”; give each its own."),
                   columns[i]);
      return FALSE;
    }
  }

  g_strfreev (self->model->feature_columns);
  self->model->feature_columns = g_strdupv ((char **) columns);
  g_clear_pointer (&self->model->column_index, re3_name_index_free);
  self->model->column_index = re3_name_index_new (
      (const char *const *) self->model->feature_columns, n_features, re3_name_keys);

  return TRUE;
}

static gboolean
check_group_name (const Re3ModelBuilder *self, const char *name, GError **error)
{
  if (name[0] == '\0' || !g_utf8_validate (name, -1, NULL)) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                 _ ("Group %u of the model's features has no name in UTF-8; give it one."),
                 self->model->groups->len + 1);
    return FALSE;
  }

  if (g_hash_table_contains (self->group_names, name)) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                 _ ("Two groups of the model's features have the name “%s”; give each its own."),
                 name);
    return FALSE;
  }

  return TRUE;
}

/* The feature called @member, which must not be in a group, nor in this one twice. */
static gboolean
take_member (Re3ModelBuilder *self,
             const char *group,
             const char *member,
             gsize *feature,
             GError **error)
{
  const Re3Model *model = self->model;
  gssize found = model->feature_index != NULL ? re3_name_index_find (model->feature_index, member)
                                              : RE3_NAME_NOT_FOUND;

  if (found < 0 || !g_str_equal (g_ptr_array_index (model->feature_names, found), member)) {
    g_set_error (
        error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
        _ ("The group “%s” names “%s”, which is no feature of the model; name one of them."), group,
        member);
    return FALSE;
  }

  if (!g_hash_table_add (self->grouped, GSIZE_TO_POINTER ((gsize) found + 1))) {
    g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                 _ ("The group “%s” names the feature “%s”, which is in a group already; leave it "
                    "in one of them."),
                 group, member);
    return FALSE;
  }

  *feature = (gsize) found;
  return TRUE;
}

gboolean
re3_model_builder_add_group (Re3ModelBuilder *self,
                             const char *name,
                             const char *const *members,
                             GError **error)
{
  g_autofree gsize *features = NULL;
  Re3FeatureGroup *group;
  gsize n_members;

  g_return_val_if_fail (self != NULL && self->model != NULL, FALSE);
  g_return_val_if_fail (name != NULL && members != NULL, FALSE);

  n_members = g_strv_length ((char **) members);
  if (!check_group_name (self, name, error))
    return FALSE;
  if (n_members < 2) {
    g_set_error (
        error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
        _ ("The group “%s” has fewer than two features, which is no choice; name them all."), name);
    return FALSE;
  }

  features = g_new (gsize, n_members);
  for (gsize i = 0; i < n_members; i++) {
    if (take_member (self, name, members[i], &features[i], error))
      continue;
    while (i-- > 0)
      g_hash_table_remove (self->grouped, GSIZE_TO_POINTER (features[i] + 1));
    return FALSE;
  }

  group = re3_feature_group_new (name, features, members, n_members);
  g_hash_table_add (self->group_names, group->name);
  g_ptr_array_add (self->model->groups, group);

  return TRUE;
}

static void
take_class_names (Re3Model *model, const char *const *names)
{
  g_ptr_array_set_size (model->class_names, 0);
  for (gsize i = 0; i < re3_model_get_n_classes (model); i++)
    g_ptr_array_add (model->class_names, g_strdup (names[i]));
  model->has_class_names = TRUE;
}

gboolean
re3_model_builder_set_classes (Re3ModelBuilder *self, const char *const *names, GError **error)
{
  Re3Model *model;

  g_return_val_if_fail (self != NULL && self->model != NULL, FALSE);
  g_return_val_if_fail (names != NULL, FALSE);

  model = self->model;
  if (model->is_regression) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_STRUCTURE,
                         _ ("The model names classes, but it is a regression network: it has one "
                            "output or says so. Leave out the classes, or end the network in a "
                            "sigmoid or in one output for each class."));
    return FALSE;
  }
  if (!check_names (names, re3_model_get_n_classes (model), _ ("classes"), error))
    return FALSE;

  take_class_names (model, names);

  return TRUE;
}

gboolean
re3_model_builder_set_classifier (Re3ModelBuilder *self, GError **error)
{
  Re3Model *model;

  g_return_val_if_fail (self != NULL && self->model != NULL, FALSE);

  model = self->model;
  if (re3_model_get_n_classes (model) == 1) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_STRUCTURE,
                         _ ("The model is for classification, but its network has one output; end "
                            "it in a sigmoid or in one output for each class."));
    return FALSE;
  }

  /* The names and units of outputs are none of classes. */
  if (model->is_regression) {
    model->is_regression = FALSE;
    model->has_class_names = FALSE;
    g_ptr_array_set_size (model->class_names, 0);
    g_ptr_array_set_size (model->output_units, 0);
  }

  return TRUE;
}

gboolean
re3_model_builder_set_outputs (Re3ModelBuilder *self,
                               const char *const *names,
                               const char *const *units,
                               GError **error)
{
  Re3Model *model;

  g_return_val_if_fail (self != NULL && self->model != NULL, FALSE);

  model = self->model;
  if (names != NULL && !check_names (names, re3_model_get_n_classes (model), _ ("outputs"), error))
    return FALSE;

  model->is_regression = TRUE;
  if (names != NULL)
    take_class_names (model, names);
  g_ptr_array_set_size (model->output_units, 0);
  for (gsize i = 0; i < re3_model_get_n_classes (model) && units != NULL; i++)
    g_ptr_array_add (model->output_units,
                     units[i] == NULL || units[i][0] == '\0' ? NULL : g_strdup (units[i]));

  return TRUE;
}

gboolean
re3_model_builder_set_scaler (Re3ModelBuilder *self,
                              const double *mean,
                              const double *scale,
                              GError **error)
{
  gsize n_features;

  g_return_val_if_fail (self != NULL && self->model != NULL, FALSE);
  g_return_val_if_fail (mean != NULL && scale != NULL, FALSE);

  n_features = re3_model_get_n_features (self->model);
  for (gsize i = 0; i < n_features; i++) {
    if (!isfinite (mean[i])) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("The scaler's mean of feature %zu is not a finite number; give the mean "
                      "of the training data."),
                   i + 1);
      return FALSE;
    }

    if (!isfinite (scale[i]) || scale[i] <= 0) {
      g_set_error (error, RE3_CORE_ERROR, RE3_CORE_ERROR_VALUE,
                   _ ("The scaler's scale of feature %zu is %g; it must be a finite number "
                      "above 0 (1 for a feature that never changes)."),
                   i + 1, scale[i]);
      return FALSE;
    }
  }

  g_free (self->model->mean);
  g_free (self->model->scale);
  self->model->mean = g_memdup2 (mean, n_features * sizeof (double));
  self->model->scale = g_memdup2 (scale, n_features * sizeof (double));

  return TRUE;
}

void
re3_model_builder_add_test (Re3ModelBuilder *self,
                            const double *input,
                            const double *logits,
                            double tolerance)
{
  Re3ModelTest test = { .tolerance = tolerance };

  g_return_if_fail (self != NULL && self->model != NULL);
  g_return_if_fail (input != NULL && logits != NULL);

  test.input = g_memdup2 (input, re3_model_get_n_features (self->model) * sizeof (double));
  test.logits = g_memdup2 (logits, re3_model_get_n_classes (self->model) * sizeof (double));
  g_array_append_val (self->model->tests, test);
}

/* (transfer full): what a class or an output is called that has no name */
static char *
name_class (const Re3Model *model, gsize index)
{
  if (!model->is_regression)
    return g_strdup_printf ("%zu", index);
  if (re3_model_get_n_classes (model) == 1)
    return g_strdup ("y");

  return g_strdup_printf ("y%zu", index + 1);
}

void
re3_model_builder_add_note (Re3ModelBuilder *self, const char *note)
{
  g_return_if_fail (self != NULL && self->model != NULL);
  g_return_if_fail (note != NULL);

  g_ptr_array_add (self->model->notes, g_strdup (note));
}

Re3Model *
re3_model_builder_finish (Re3ModelBuilder *self)
{
  Re3Model *model;

  g_return_val_if_fail (self != NULL && self->model != NULL, NULL);

  model = self->model;
  if (!model->has_feature_names) {
    for (gsize i = 0; i < re3_model_get_n_features (model); i++)
      take_feature (model, g_strdup_printf ("x%zu", i + 1), NULL);
    model->feature_index = index_names (model->feature_names, re3_name_keys);
  }
  if (!model->has_class_names)
    for (gsize i = 0; i < re3_model_get_n_classes (model); i++)
      g_ptr_array_add (model->class_names, name_class (model, i));
  model->class_index = index_names (model->class_names, class_keys);

  return g_steal_pointer (&self->model);
}
