/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-edit-history.h"

/* A person who wants more than this back starts anew. */
#define MOST_STEPS 1000

struct _Re3EditHistory {
  GPtrArray *steps; /* of Re3EditStep */
  guint n_done;     /* the first ones; those behind were undone */
  gboolean is_open; /* the last one that was done */
};

static void
step_free (gpointer data)
{
  Re3EditStep *step = data;

  g_free ((gpointer) step->edits);
  g_free (step);
}

Re3EditHistory *
re3_edit_history_new (void)
{
  Re3EditHistory *self = g_new0 (Re3EditHistory, 1);

  self->steps = g_ptr_array_new_with_free_func (step_free);
  return self;
}

void
re3_edit_history_free (Re3EditHistory *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->steps);
  g_free (self);
}

void
re3_edit_history_clear (Re3EditHistory *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->steps, 0);
  self->n_done = 0;
  self->is_open = FALSE;
}

/* Goes on with the open step where @edit belongs to it. */
static gboolean
extend_last (Re3EditHistory *self, gsize row, const Re3Edit *edit)
{
  Re3EditStep *last;
  Re3Edit *merged;

  if (!self->is_open)
    return FALSE;

  last = g_ptr_array_index (self->steps, self->n_done - 1);
  if (last->row != row || last->n_edits != 1 || last->edits[0].feature != edit->feature)
    return FALSE;

  merged = (Re3Edit *) last->edits;
  merged->after = edit->after;
  if (merged->after == merged->before) {
    g_ptr_array_set_size (self->steps, (int) --self->n_done);
    self->is_open = FALSE;
  }
  return TRUE;
}

static void
append (Re3EditHistory *self, gsize row, GArray *edits)
{
  Re3EditStep *step = g_new (Re3EditStep, 1);

  step->row = row;
  step->n_edits = edits->len;
  step->edits = (const Re3Edit *) g_array_steal (edits, NULL);
  g_ptr_array_add (self->steps, step);
  if (self->steps->len > MOST_STEPS)
    g_ptr_array_remove_index (self->steps, 0);
  self->n_done = self->steps->len;
  self->is_open = TRUE;
}

void
re3_edit_history_record (Re3EditHistory *self, gsize row, const Re3Edit *edits, gsize n_edits)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Re3Edit));

  g_return_if_fail (self != NULL);
  g_return_if_fail (edits != NULL || n_edits == 0);

  for (gsize i = 0; i < n_edits; i++)
    if (edits[i].before != edits[i].after)
      g_array_append_val (changes, edits[i]);
  if (changes->len == 0)
    return;

  g_ptr_array_set_size (self->steps, (int) self->n_done);
  if (changes->len == 1 && extend_last (self, row, &g_array_index (changes, Re3Edit, 0)))
    return;
  append (self, row, changes);
}

/* Lets @step end at @values. Returns: whether it still changes something */
static gboolean
end_at (Re3EditStep *step, const double *values)
{
  Re3Edit *edits = (Re3Edit *) step->edits;
  gsize n_kept = 0;

  for (gsize i = 0; i < step->n_edits; i++) {
    edits[i].after = values[edits[i].feature];
    if (edits[i].after != edits[i].before)
      edits[n_kept++] = edits[i];
  }
  step->n_edits = n_kept;
  return n_kept > 0;
}

void
re3_edit_history_trim (Re3EditHistory *self, gsize row, const double *values)
{
  g_return_if_fail (self != NULL && values != NULL);

  re3_edit_history_close (self);
  g_ptr_array_set_size (self->steps, (int) self->n_done);
  while (self->n_done > 0) {
    Re3EditStep *last = g_ptr_array_index (self->steps, self->n_done - 1);

    if (last->row != row || end_at (last, values))
      return;
    g_ptr_array_set_size (self->steps, (int) --self->n_done);
  }
}

void
re3_edit_history_close (Re3EditHistory *self)
{
  g_return_if_fail (self != NULL);

  self->is_open = FALSE;
}

gboolean
re3_edit_history_can_undo (const Re3EditHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_done > 0;
}

gboolean
re3_edit_history_can_redo (const Re3EditHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_done < self->steps->len;
}

const Re3EditStep *
re3_edit_history_undo (Re3EditHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!re3_edit_history_can_undo (self))
    return NULL;
  self->is_open = FALSE;
  return g_ptr_array_index (self->steps, --self->n_done);
}

const Re3EditStep *
re3_edit_history_redo (Re3EditHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!re3_edit_history_can_redo (self))
    return NULL;
  self->is_open = FALSE;
  return g_ptr_array_index (self->steps, self->n_done++);
}
