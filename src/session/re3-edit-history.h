/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One value of a sample that was changed. */
typedef struct {
  gsize feature;
  double before;
  double after;
} Re3Edit;

/**
 * Re3EditStep:
 * @row: of the sample that was edited
 * @edits: n_edits of them, of different features
 *
 * What is undone and redone at once.
 */
typedef struct {
  gsize row;
  const Re3Edit *edits;
  gsize n_edits;
} Re3EditStep;

/**
 * Re3EditHistory:
 *
 * The steps that were done and can be undone, and those that were undone and can be redone, until a
 * new step takes their place.
 */
typedef struct _Re3EditHistory Re3EditHistory;

Re3EditHistory    *re3_edit_history_new      (void);
void               re3_edit_history_free     (Re3EditHistory       *self);
void               re3_edit_history_clear    (Re3EditHistory       *self);
/* Takes note of what was done. While the last step is open, another change of the same one feature
 * of the same row goes on with it: a drag is one step, however many values it passes; and if it
 * ends where it started, none.
 * @edits: copied; those that change nothing are left out */
void               re3_edit_history_record   (Re3EditHistory       *self,
                                              gsize                 row,
                                              const Re3Edit        *edits,
                                              gsize                 n_edits);
/* Takes note that what was done last led no further than to @values, which @row has now: steps end
 * there, and those that change nothing so are dropped, as are those that were undone. */
void               re3_edit_history_trim     (Re3EditHistory       *self,
                                              gsize                 row,
                                              const double         *values);
/* Closes the last step. */
void               re3_edit_history_close    (Re3EditHistory       *self);
gboolean           re3_edit_history_can_undo (const Re3EditHistory *self);
gboolean           re3_edit_history_can_redo (const Re3EditHistory *self);
/* The step to take back, or to do again; %NULL without one. Borrowed until the next call. */
const Re3EditStep *re3_edit_history_undo     (Re3EditHistory       *self);
const Re3EditStep *re3_edit_history_redo     (Re3EditHistory       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3EditHistory, re3_edit_history_free)

G_END_DECLS
