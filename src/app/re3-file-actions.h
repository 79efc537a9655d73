/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session-files.h"

G_BEGIN_DECLS

/**
 * Re3FileActions:
 *
 * The ways in which models, data sets and saved sessions come into a window: chosen in a dialog,
 * dropped, named on the command line, or opened before.
 */
typedef struct _Re3FileActions Re3FileActions;

/* @window and @session_files outlive what is returned. @window is an action map, and gets an action
 * "name-things": naming features and classes of the model that is open in a file beside it. */
Re3FileActions *re3_file_actions_new         (GtkWindow        *window,
                                              Re3Session       *session,
                                              Re3SessionFiles  *session_files);
void            re3_file_actions_free        (Re3FileActions   *self);
/* Told apart by their names; of each kind the last one counts, and a session, which names its
 * model and data itself, before all others. */
void            re3_file_actions_open        (Re3FileActions   *self,
                                              GFile           **files,
                                              gsize             n_files);
/* The same, when the window's next frame is on the screen: a new one is seen before it is busy. The
 * window is realized. */
void            re3_file_actions_open_when_shown (Re3FileActions *self,
                                              GFile           **files,
                                              gsize             n_files);
gboolean        re3_file_actions_is_waiting  (Re3FileActions   *self);
/* @pair: an (ss) of re3-recent-list.h. What is not there any more is taken off the list. */
void            re3_file_actions_open_recent (Re3FileActions   *self,
                                              GVariant         *pair);
/* Both ask for a file. */
void            re3_file_actions_open_model  (Re3FileActions   *self);
void            re3_file_actions_open_data   (Re3FileActions   *self);
/* Shows how the data set that is open was read, and lets it be read in another way. What cannot be
 * opened at all is told by a message that offers the same. */
void            re3_file_actions_read_differently (Re3FileActions *self);
/* Reads the data set that is open again, with rows that miss values skipped or filled, and remembers
 * that for the file. Does nothing without such rows. */
void            re3_file_actions_read_missing (Re3FileActions  *self,
                                               Re3DataFill      fill);
/* Tells all of the model and the data set that are open, and offers the above. */
void            re3_file_actions_show_document (Re3FileActions *self);
/* Opens what is dropped on @widget. */
void            re3_file_actions_take_drops  (Re3FileActions   *self,
                                              GtkWidget        *widget);

G_END_DECLS
