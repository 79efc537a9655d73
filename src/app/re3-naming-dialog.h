/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RE3_TYPE_NAMING_DIALOG (re3_naming_dialog_get_type ())
G_DECLARE_FINAL_TYPE (Re3NamingDialog, re3_naming_dialog, RE3, NAMING_DIALOG, AdwWindow)

/**
 * Re3NamingDialog:
 *
 * Names features and classes of a model whose file does not, and keeps the names in the sidecar
 * beside it. Where the model names no features and the data set has a header, its columns are
 * proposed.
 *
 * Signals:
 *  - saved: they are in the sidecar; the model has them once it is opened again
 */

/* @document: of a model file that takes a sidecar */
GtkWidget *re3_naming_dialog_new (GtkWindow   *parent,
                                  Re3Document *document);

G_END_DECLS
