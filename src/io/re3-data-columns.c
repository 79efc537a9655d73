/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-label-column.h"

#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>

Re3DataColumns *
re3_data_columns_new (const Re3Model *model)
{
  Re3DataColumns *self;

  g_return_val_if_fail (model != NULL, NULL);

  self = g_new0 (Re3DataColumns, 1);
  self->features = g_new0 (gsize, re3_model_get_n_features (model));
  self->groups = g_new (gssize, MAX (re3_model_get_groups (model)->len, 1));
  for (gsize i = 0; i < re3_model_get_groups (model)->len; i++)
    self->groups[i] = RE3_NO_COLUMN;
  self->label = RE3_NO_COLUMN;
  self->split = RE3_NO_COLUMN;

  return self;
}

void
re3_data_columns_free (Re3DataColumns *self)
{
  if (self == NULL)
    return;

  g_free (self->features);
  g_free (self->groups);
  g_free (self->label_doubt);
  g_free (self);
}

static Re3NameIndex *
index_columns (const Re3CsvFormat *format)
{
  return re3_name_index_new ((const char *const *) format->columns, format->n_columns,
                             re3_name_keys);
}

static gssize
find_column (const Re3CsvFormat *format, const Re3NameIndex *index, const char *text)
{
  gssize found = re3_name_index_find (index, text);
  guint64 number;

  if (found >= 0)
    return found;
  if (g_ascii_string_to_unsigned (text, 10, 1, format->n_columns, &number, NULL))
    return (gssize) number - 1;

  return RE3_NO_COLUMN;
}

gssize
re3_data_columns_find (const Re3CsvFormat *format, const char *text)
{
  g_autoptr (Re3NameIndex) index = NULL;

  g_return_val_if_fail (format != NULL && text != NULL, RE3_NO_COLUMN);

  index = index_columns (format);

  return find_column (format, index, text);
}

GArray *
re3_data_columns_list_left_out (const Re3DataColumns *self,
                                const Re3CsvFormat *format,
                                gsize n_features)
{
  GArray *left_out = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autofree gboolean *is_read = NULL;

  g_return_val_if_fail (self != NULL && format != NULL, left_out);

  is_read = g_new0 (gboolean, format->n_columns);
  for (gsize j = 0; j < n_features; j++)
    is_read[self->features[j]] = TRUE;
  for (gsize i = 0; i < format->n_columns; i++) {
    if (!is_read[i] && (gssize) i != self->label && (gssize) i != self->split)
      g_array_append_val (left_out, i);
  }

  return left_out;
}

/* The column that is asked for by @text. @is_label: or else the one that says train or test */
static gboolean
find_option_column (const Re3ColumnSource *source,
                    gboolean is_label,
                    const char *text,
                    gssize *column,
                    GError **error)
{
  g_autofree char *list = NULL;
  g_autofree char *quote = NULL;

  *column = find_column (source->format, source->index, text);
  if (*column != RE3_NO_COLUMN)
    return TRUE;

  list = re3_column_source_list (source);
  quote = re3_io_quote (text);
  if (is_label)
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
                 _ ("%s: there is no column “%s” to be the label; the columns are: %s."),
                 source->name, quote, list);
  else
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                 _ ("%s: there is no column “%s” to say train or test; the columns are: %s."),
                 source->name, quote, list);
  return FALSE;
}

/* The one column without a role that is called as @group is. */
static gssize
find_group_column (const Re3ColumnSource *source,
                   const Re3ColumnRole *roles,
                   const Re3FeatureGroup *group)
{
  /* Not by its number. */
  gssize column = re3_name_index_find (source->index, group->name);

  return column >= 0 && roles[column] == RE3_COLUMN_NONE ? column : RE3_NO_COLUMN;
}

/* Of a group without any member among the columns one column may tell the choice. */
static void
match_groups (const Re3ColumnSource *source,
              Re3DataColumns *columns,
              Re3ColumnRole *roles,
              gboolean *is_found,
              gsize *n_found)
{
  for (gsize i = 0; i < re3_model_get_groups (source->model)->len; i++) {
    const Re3FeatureGroup *group = g_ptr_array_index (re3_model_get_groups (source->model), i);
    gboolean has_member = FALSE;
    gssize column;

    for (gsize j = 0; j < group->n_features; j++)
      has_member = has_member || is_found[group->features[j]];
    column = has_member ? RE3_NO_COLUMN : find_group_column (source, roles, group);
    if (column == RE3_NO_COLUMN)
      continue;

    columns->groups[i] = column;
    roles[column] = RE3_COLUMN_FEATURE;
    for (gsize j = 0; j < group->n_features; j++) {
      columns->features[group->features[j]] = (gsize) column;
      is_found[group->features[j]] = TRUE;
    }
    *n_found += group->n_features;
  }
}

static gboolean
could_be (const Re3ColumnSource *source, gsize feature, const char *column)
{
  const char *own = re3_model_get_feature_column (source->model, feature);

  return re3_names_match (re3_model_get_feature_name (source->model, feature), column) ||
         (own != NULL && re3_names_match (own, column));
}

/* Fails where the column @ambiguous could be one of several features that have none. */
static gboolean
check_ambiguous (const Re3ColumnSource *source,
                 gssize ambiguous,
                 const gboolean *is_found,
                 GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *column_name = NULL;
  g_autofree char *list = NULL;

  if (ambiguous == RE3_NO_COLUMN)
    return TRUE;

  names = g_ptr_array_new ();
  for (gsize j = 0; j < re3_model_get_n_features (source->model); j++) {
    if (!is_found[j] && could_be (source, j, source->format->columns[ambiguous]))
      g_ptr_array_add (names, (gpointer) re3_model_get_feature_name (source->model, j));
  }
  if (names->len == 0)
    return TRUE;

  column_name = re3_io_quote (source->format->columns[ambiguous]);
  list = re3_io_join_names ((const char *const *) names->pdata, names->len);
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
               _ ("%s: the column “%s” could be any of several features: %s; call it as the one "
                  "that it is."),
               source->name, column_name, list);
  return FALSE;
}

/* Finds the features by the names of the columns. @n_found: how many of them were found. */
static gboolean
match_by_name (const Re3ColumnSource *source,
               Re3DataColumns *columns,
               Re3ColumnRole *roles,
               gsize *n_found,
               GError **error)
{
  gsize n_features = re3_model_get_n_features (source->model);
  g_autofree gboolean *is_found = g_new0 (gboolean, n_features);
  gssize ambiguous = RE3_NO_COLUMN;

  *n_found = 0;

  for (gsize i = 0; i < source->format->n_columns; i++) {
    gssize feature = re3_model_find_column (source->model, source->format->columns[i]);

    if (feature == RE3_NAME_AMBIGUOUS && roles[i] == RE3_COLUMN_NONE && ambiguous == RE3_NO_COLUMN)
      ambiguous = (gssize) i;
    if (feature < 0 || roles[i] == RE3_COLUMN_LEFT_OUT)
      continue;

    if (is_found[feature]) {
      g_autofree char *feature_name =
          re3_io_quote (re3_model_get_feature_name (source->model, (gsize) feature));

      g_set_error (
          error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
          _ ("%s: two columns, %zu and %zu, could be the feature “%s”; rename one of them."),
          source->name, columns->features[feature] + 1, i + 1, feature_name);
      return FALSE;
    }
    if (roles[i] != RE3_COLUMN_NONE) {
      g_autofree char *column_name = re3_io_quote (source->format->columns[i]);

      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                   _ ("%s: the column “%s” is a feature of the model and cannot be the %s too."),
                   source->name, column_name,
                   roles[i] == RE3_COLUMN_LABEL ? _ ("label") : _ ("split column"));
      return FALSE;
    }

    is_found[feature] = TRUE;
    columns->features[feature] = i;
    roles[i] = RE3_COLUMN_FEATURE;
    *n_found += 1;
  }

  match_groups (source, columns, roles, is_found, n_found);
  if (!check_ambiguous (source, ambiguous, is_found, error))
    return FALSE;
  for (gsize j = 0; *n_found > 0 && j < n_features; j++) {
    if (!is_found[j]) {
      g_autofree char *feature_name = re3_io_quote (re3_model_get_feature_name (source->model, j));
      g_autofree char *list = re3_column_source_list (source);

      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                   _ ("%s: there is no column for the model's feature “%s”; the columns are: %s."),
                   source->name, feature_name, list);
      return FALSE;
    }
  }

  return TRUE;
}

static gsize
count_numeric (const Re3ColumnSource *source, const Re3ColumnRole *roles)
{
  gsize n_numeric = 0;

  for (gsize i = 0; i < source->format->n_columns; i++)
    n_numeric += roles[i] == RE3_COLUMN_NONE && source->format->is_numeric[i];

  return n_numeric;
}

static gboolean
has_decimal_commas (const Re3ColumnSource *source, gsize column)
{
  const Re3ColumnHead *head = re3_column_source_get_head (source, column);

  return 2 * head->n_decimal_commas > head->n_present;
}

static void
set_count_error (const Re3ColumnSource *source,
                 gsize n_numeric,
                 gboolean knows_label,
                 GError **error)
{
  gsize n_features = re3_model_get_n_features (source->model);
  g_autofree char *list = NULL;

  for (gsize i = 0; i < source->format->n_columns; i++) {
    if (has_decimal_commas (source, i)) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                   _ ("%s:%u: “%s” has a comma; write numbers with a decimal point."), source->name,
                   re3_column_source_get_head (source, i)->odd_line,
                   re3_column_source_get_head (source, i)->odd_cell);
      return;
    }
  }

  if (n_numeric == 0) {
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_CONTENT,
                 _ ("%s: no column of this file holds numbers, and none is called as a feature of "
                    "the model. Give the file that has one sample a line."),
                 source->name);
    return;
  }

  list = re3_column_source_list (source);
  g_set_error (
      error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
      knows_label ? g_dngettext (
                        GETTEXT_PACKAGE,
                        "%s: the model takes %zu features, but besides the label the file has %zu "
                        "column of numbers, not with the name of a feature. The columns are: %s.",
                        "%s: the model takes %zu features, but besides the label the file has %zu "
                        "columns of numbers, none with the name of a feature. The columns are: %s.",
                        n_numeric)
                  : g_dngettext (
                        GETTEXT_PACKAGE,
                        "%s: the model takes %zu features, but the file has %zu column of numbers, "
                        "not with the name of a feature. The columns are: %s.",
                        "%s: the model takes %zu features, but the file has %zu columns of "
                        "numbers, none with the name of a feature. The columns are: %s.",
                        n_numeric),
      source->name, n_features, n_numeric, list);
}

/* The numeric columns, in order, are the features. */
static gboolean
match_by_position (const Re3ColumnSource *source,
                   Re3DataColumns *columns,
                   Re3ColumnRole *roles,
                   gboolean guess_label,
                   GError **error)
{
  gsize n_features = re3_model_get_n_features (source->model);
  gsize n_numeric = count_numeric (source, roles);
  gsize n_matched = 0;

  if (guess_label && n_numeric == n_features + 1) {
    if (!re3_label_column_guess_numeric (source, columns, roles, error))
      return FALSE;
    guess_label = FALSE;
  } else if (n_numeric != n_features) {
    set_count_error (source, n_numeric, columns->label != RE3_NO_COLUMN, error);
    return FALSE;
  }

  for (gsize i = 0; i < source->format->n_columns; i++) {
    if (roles[i] == RE3_COLUMN_NONE && source->format->is_numeric[i]) {
      columns->features[n_matched++] = i;
      roles[i] = RE3_COLUMN_FEATURE;
    }
  }

  return !guess_label || re3_label_column_guess_of_rest (source, columns, roles, error);
}

static gboolean
is_choice (const Re3ColumnSource *source, const Re3DataColumns *columns, gsize column)
{
  for (gsize i = 0; i < re3_model_get_groups (source->model)->len; i++) {
    if (columns->groups[i] == (gssize) column)
      return TRUE;
  }

  return FALSE;
}

static gboolean
check_features_numeric (const Re3ColumnSource *source,
                        const Re3DataColumns *columns,
                        GError **error)
{
  for (gsize j = 0; j < re3_model_get_n_features (source->model); j++) {
    gsize column = columns->features[j];
    const Re3ColumnHead *head = re3_column_source_get_head (source, column);
    g_autofree char *column_name = NULL;
    g_autofree char *quote = NULL;

    if (source->format->is_numeric[column] || is_choice (source, columns, column))
      continue;

    column_name = re3_io_quote (source->format->columns[column]);
    if (head->odd_cell == NULL) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                   _ ("%s: the column “%s”, a feature of the model, is empty."), source->name,
                   column_name);
      return FALSE;
    }

    quote = re3_io_quote (head->odd_cell);
    if (has_decimal_commas (source, column))
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                   _ ("%s:%u: the column “%s” has decimal commas, such as “%s”; write numbers with "
                      "a decimal point."),
                   source->name, head->odd_line, column_name, quote);
    else
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                   _ ("%s:%u: the column “%s”, a feature of the model, does not hold numbers but "
                      "“%s”."),
                   source->name, head->odd_line, column_name, quote);
    return FALSE;
  }

  return TRUE;
}

Re3DataColumns *
re3_data_columns_resolve (const Re3CsvFormat *format,
                          GPtrArray *heads,
                          const Re3Model *model,
                          const char *label,
                          const char *split,
                          const char *const *left_out,
                          gboolean keep_doubts,
                          const char *name,
                          GError **error)
{
  g_autoptr (Re3DataColumns) columns = NULL;
  g_autofree Re3ColumnRole *roles = NULL;
  g_autoptr (Re3NameIndex) index = NULL;
  Re3ColumnSource source = { format, NULL, heads, model, name, keep_doubts };
  gboolean guess_label = label == NULL;
  gsize n_found = 0;

  g_return_val_if_fail (format != NULL && heads != NULL && model != NULL, NULL);
  g_return_val_if_fail (heads->len == format->n_columns, NULL);

  source.index = index = index_columns (format);
  columns = re3_data_columns_new (model);
  roles = g_new0 (Re3ColumnRole, format->n_columns);

  if (split != NULL) {
    if (!find_option_column (&source, FALSE, split, &columns->split, error))
      return NULL;
    roles[columns->split] = RE3_COLUMN_SPLIT;
  }
  if (label != NULL && *label != '\0') {
    if (!find_option_column (&source, TRUE, label, &columns->label, error))
      return NULL;
    if (columns->label == columns->split) {
      g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                   _ ("%s: the column “%s” cannot be both the label and the split column."), name,
                   format->columns[columns->label]);
      return NULL;
    }
    roles[columns->label] = RE3_COLUMN_LABEL;
  }

  for (gsize i = 0; left_out != NULL && left_out[i] != NULL; i++) {
    gssize column = find_column (format, index, left_out[i]);

    /* What the file does not have is left out already; what is asked for by name is not. */
    if (column != RE3_NO_COLUMN && roles[column] == RE3_COLUMN_NONE)
      roles[column] = RE3_COLUMN_LEFT_OUT;
  }

  if (format->has_header && re3_model_has_feature_names (model) &&
      !match_by_name (&source, columns, roles, &n_found, error))
    return NULL;

  columns->matched_by_name = n_found > 0;
  if (!columns->matched_by_name) {
    if (!match_by_position (&source, columns, roles, guess_label, error))
      return NULL;
  } else if (!check_features_numeric (&source, columns, error) ||
             (guess_label && !re3_label_column_guess_of_rest (&source, columns, roles, error))) {
    return NULL;
  }

  return g_steal_pointer (&columns);
}
