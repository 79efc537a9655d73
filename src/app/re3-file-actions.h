/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session-files.h"

G_BEGIN_DECLS

/**
 * Re3FileActions:
 *
 * The ways in which models, data sets and saved sessions come into a window (chosen in a dialog,
 * dropped, named on the command line, or opened before), and what can be done with those that are
 * open.
 */
typedef struct _Re3FileActions Re3FileActions;

/* @window and @session_files outlive what is returned. Adds to @window, an action map:
 *
 * "open-model", "open-data": ask for a file
 * "open-recent": of an (ss) of re3-recent-list.h; what is not there any more is taken off the list
 * "clear-recent"
 * "read-differently": shows how the data set was read, and lets it be read in another way
 * "fill-missing": reads the data set again, with rows that miss values filled (TRUE) or skipped
 * "document-info": tells all of the model and the data set that are open
 * "fit-scaler": of a model that has none, to the training samples
 * "name-things": features and classes of the model, in a file beside it */
Re3FileActions *re3_file_actions_new         (GtkWindow        *window,
                                              Re3Session       *session,
                                              Re3SessionFiles  *session_files);
void            re3_file_actions_free        (Re3FileActions   *self);
/* Told apart by their names: a model, its data, both, or a session, which names its model and data
 * itself. Two of a kind are refused, in a message. */
void            re3_file_actions_open        (Re3FileActions   *self,
                                              GFile           **files,
                                              gsize             n_files);
/* The same, when the window's next frame is on the screen: a new one is seen before it is busy. The
 * window is realized. */
void            re3_file_actions_open_when_shown (Re3FileActions *self,
                                              GFile           **files,
                                              gsize             n_files);
gboolean        re3_file_actions_is_waiting  (Re3FileActions   *self);
/* Opens what is dropped on @widget. */
void            re3_file_actions_take_drops  (Re3FileActions   *self,
                                              GtkWidget        *widget);

G_END_DECLS
