/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session-file.h"

G_BEGIN_DECLS

#define RE3_TYPE_SESSION_OPENER (re3_session_opener_get_type ())
G_DECLARE_FINAL_TYPE (Re3SessionOpener, re3_session_opener, RE3, SESSION_OPENER, GObject)

/**
 * Re3SessionOpener:
 *
 * Takes a session to where a file says that it was: opens the model and the data set that it names
 * and puts back what was selected, edited and filtered, each as soon as what it needs is there.
 * Where they cannot be opened, the session stays as it is and says why; where something else is
 * opened in the meantime, nothing is put back.
 *
 * Signals:
 *  - restored: all is as it was but for the filter by region, for which the regions must be known
 *  - finished (guint): that too; how many edits, locks and choices were left out, as model or data
 *    do not have what they are of
 */

/* @session outlives what is returned. (transfer full) */
Re3SessionOpener *re3_session_opener_new  (Re3Session       *session);
/* @file: (transfer full) */
void              re3_session_opener_open (Re3SessionOpener *self,
                                           Re3SessionFile   *file);
/* Opens the files of the document that is open, which may be others by now or be read in another way,
 * and puts back what there is when it gives way to them. What is of a row stays with it, whichever
 * number it has then. @reading: (nullable): as chosen for the data set; @fit_scaler: with a scaler
 * fitted to the training samples, as it is in any case where there was one before */
void              re3_session_opener_reopen (Re3SessionOpener *self,
                                           const Re3Reading *reading,
                                           gboolean          fit_scaler);

G_END_DECLS
