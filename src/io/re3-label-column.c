/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-label-column.h"

#include "re3-data-labels.h"
#include "re3-io-error.h"
#include "re3-io-file.h"

#include <glib/gi18n-lib.h>

const Re3ColumnHead *
re3_column_source_get_head (const Re3ColumnSource *source, gsize column)
{
  return g_ptr_array_index (source->heads, column);
}

char *
re3_column_source_list (const Re3ColumnSource *source)
{
  if (!source->format->has_header)
    return g_strdup_printf (_ ("column 1 to column %zu"), source->format->n_columns);

  return re3_io_join_names ((const char *const *) source->format->columns,
                            source->format->n_columns);
}

static Re3LabelFit
judge_label (const Re3ColumnSource *source, gsize column)
{
  const GPtrArray *values = re3_column_source_get_head (source, column)->values;

  return re3_labels_judge (source->model, (const char *const *) values->pdata, values->len);
}

/* Finds the one of @candidates that makes the best label; at a tie the first of them, and fails. */
static gboolean
choose_label (const Re3ColumnSource *source,
              const gsize *candidates,
              gsize n_candidates,
              gssize *label,
              GError **error)
{
  g_autoptr (GPtrArray) best_names = g_ptr_array_new ();
  Re3LabelFit best = RE3_LABEL_FIT_NONE;
  g_autofree char *list = NULL;

  for (gsize i = 0; i < n_candidates; i++) {
    Re3LabelFit fit = judge_label (source, candidates[i]);

    if (fit > best) {
      g_ptr_array_set_size (best_names, 0);
      best = fit;
      *label = (gssize) candidates[i];
    }
    if (fit == best && fit != RE3_LABEL_FIT_NONE)
      g_ptr_array_add (best_names, source->format->columns[candidates[i]]);
  }

  if (best_names->len == 1)
    return TRUE;

  if (best_names->len > 1) {
    list = re3_io_join_names ((const char *const *) best_names->pdata, best_names->len);
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
                 _ ("%s: several columns could be the label: %s; choose one."), source->name, list);
  } else {
    list = re3_column_source_list (source);
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_LABEL,
                 _ ("%s: no column that is left reads as the label, the classes of the model; "
                    "choose one, or none. The columns are: %s."),
                 source->name, list);
  }
  return FALSE;
}

/* A column without any value is none that people would miss. */
static gsize
collect_left_over (const Re3ColumnSource *source, const Re3ColumnRole *roles, gsize *left_over)
{
  gsize n_left_over = 0;

  for (gsize i = 0; i < source->format->n_columns; i++) {
    if (roles[i] == RE3_COLUMN_NONE && re3_column_source_get_head (source, i)->n_present > 0)
      left_over[n_left_over++] = i;
  }

  return n_left_over;
}

gboolean
re3_label_column_guess_of_rest (const Re3ColumnSource *source,
                                Re3DataColumns *columns,
                                Re3ColumnRole *roles,
                                GError **error)
{
  g_autofree gsize *left_over = g_new (gsize, source->format->n_columns);
  gsize n_left_over = collect_left_over (source, roles, left_over);
  g_autoptr (GError) doubt = NULL;

  if (n_left_over == 0)
    return TRUE;
  if (choose_label (source, left_over, n_left_over, &columns->label, &doubt)) {
    columns->label_guessed = TRUE;
    roles[columns->label] = RE3_COLUMN_LABEL;
    return TRUE;
  }
  if (!source->keep_doubts) {
    g_propagate_error (error, g_steal_pointer (&doubt));
    return FALSE;
  }

  /* Whatever is said of the right label would be wrong of another one. */
  columns->label = RE3_NO_COLUMN;
  columns->label_doubt = g_strdup (doubt->message);
  return TRUE;
}

gboolean
re3_label_column_guess_numeric (const Re3ColumnSource *source,
                                Re3DataColumns *columns,
                                Re3ColumnRole *roles,
                                GError **error)
{
  gsize last = source->format->n_columns - 1;
  g_autoptr (GError) doubt = NULL;
  gsize candidates[2];
  gsize n_candidates = 0;

  if (roles[last] == RE3_COLUMN_NONE && source->format->is_numeric[last])
    candidates[n_candidates++] = last;
  if (roles[0] == RE3_COLUMN_NONE && source->format->is_numeric[0])
    candidates[n_candidates++] = 0;

  if (!choose_label (source, candidates, n_candidates, &columns->label, &doubt)) {
    if (!source->keep_doubts || columns->label == RE3_NO_COLUMN) {
      g_propagate_error (error, g_steal_pointer (&doubt));
      return FALSE;
    }
    columns->label_doubt = g_strdup (doubt->message);
  }

  columns->label_guessed = TRUE;
  roles[columns->label] = RE3_COLUMN_LABEL;
  return TRUE;
}
