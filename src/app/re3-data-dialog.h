/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RE3_TYPE_DATA_DIALOG (re3_data_dialog_get_type ())
G_DECLARE_FINAL_TYPE (Re3DataDialog, re3_data_dialog, RE3, DATA_DIALOG, AdwWindow)

/**
 * Re3DataDialog:
 *
 * How a data file is read: what was found by looking at its beginning, with its first rows, and
 * what a person can overrule. What is chosen is remembered for the file, and it is to be opened so.
 *
 * Signals:
 *  - read (GFile, GFile): model and data are to be opened, as re3_session_open() takes them
 */

/* @model_file: (nullable): the model to open with the data, or %NULL for that of @session */
GtkWidget *re3_data_dialog_new (GtkWindow  *parent,
                                Re3Session *session,
                                GFile      *model_file,
                                GFile      *data_file);

G_END_DECLS
