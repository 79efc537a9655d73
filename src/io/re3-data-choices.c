/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-data-choices.h"

#include "re3-io-file.h"

#include <glib/gi18n-lib.h>

/* A group, and the texts that have been read for it. */
typedef struct {
  const Re3FeatureGroup *group;
  gsize column;
  const char **names; /* of the features that are its members */
  GHashTable *known;  /* from a text to the member that it names, counted from 1 */
} Choice;

struct _Re3DataChoices {
  GPtrArray *choices;
  gboolean *is_member; /* for each feature */
};

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->names);
  g_hash_table_unref (choice->known);
  g_free (choice);
}

Re3DataChoices *
re3_data_choices_new (const Re3Model *model, const Re3DataColumns *columns)
{
  Re3DataChoices *self;

  g_return_val_if_fail (model != NULL && columns != NULL, NULL);

  self = g_new0 (Re3DataChoices, 1);
  self->choices = g_ptr_array_new_with_free_func (choice_free);
  self->is_member = g_new0 (gboolean, re3_model_get_n_features (model));
  for (gsize i = 0; i < re3_model_get_groups (model)->len; i++) {
    const Re3FeatureGroup *group = g_ptr_array_index (re3_model_get_groups (model), i);
    Choice *choice;

    if (columns->groups[i] == RE3_NO_COLUMN)
      continue;
    choice = g_new0 (Choice, 1);
    choice->group = group;
    choice->column = (gsize) columns->groups[i];
    choice->names = g_new (const char *, group->n_features);
    for (gsize j = 0; j < group->n_features; j++) {
      choice->names[j] = re3_model_get_feature_name (model, group->features[j]);
      self->is_member[group->features[j]] = TRUE;
    }
    choice->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_ptr_array_add (self->choices, choice);
  }

  return self;
}

void
re3_data_choices_free (Re3DataChoices *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->choices);
  g_free (self->is_member);
  g_free (self);
}

gsize
re3_data_choices_get_n (const Re3DataChoices *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->choices->len;
}

gboolean
re3_data_choices_has (const Re3DataChoices *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_member[feature];
}

static gssize
find_member (Choice *choice, const char *cell)
{
  gsize known = GPOINTER_TO_SIZE (g_hash_table_lookup (choice->known, cell));
  g_autofree char *text = NULL;
  gssize member;

  if (known > 0)
    return (gssize) known - 1;
  if (!g_utf8_validate (cell, -1, NULL))
    return RE3_NO_CHOICE;

  text = g_strstrip (g_strdup (cell));
  member = re3_feature_group_find (choice->group, choice->names, text);
  if (member != RE3_NO_CHOICE)
    g_hash_table_insert (choice->known, g_strdup (cell), GSIZE_TO_POINTER (member + 1));

  return member;
}

static char *
refuse (const Choice *choice, const char *cell)
{
  g_autofree char *quote = g_strstrip (re3_io_quote (cell));
  g_autofree char *list =
      re3_io_join_names ((const char *const *) choice->group->choices, choice->group->n_features);

  /* Translators: a text in a column, and what it may hold. */
  return g_strdup_printf (_ ("“%s” is none of its choices: %s"), quote, list);
}

gboolean
re3_data_choices_read (Re3DataChoices *self,
                       const char *const *cells,
                       double *values,
                       Re3CsvCell *kind,
                       gssize *column,
                       char **reason)
{
  g_return_val_if_fail (self != NULL && cells != NULL && values != NULL, FALSE);
  g_return_val_if_fail (kind != NULL && column != NULL && reason != NULL, FALSE);

  *kind = RE3_CSV_CELL_NUMBER;
  for (guint i = 0; i < self->choices->len; i++) {
    Choice *choice = g_ptr_array_index (self->choices, i);
    const char *cell = cells[choice->column];
    gssize member = find_member (choice, cell);
    double number;

    if (member != RE3_NO_CHOICE) {
      re3_feature_group_set_choice (choice->group, (gsize) member, values);
      continue;
    }

    *column = (gssize) choice->column;
    *kind = re3_csv_cell_read (cell, &number);
    if (*kind == RE3_CSV_CELL_MISSING) {
      *reason = re3_csv_cell_refuse (cell, *kind);
    } else {
      *kind = RE3_CSV_CELL_TEXT;
      *reason = refuse (choice, cell);
    }
    return FALSE;
  }

  return TRUE;
}
