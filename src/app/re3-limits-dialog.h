/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RE3_TYPE_LIMITS_DIALOG (re3_limits_dialog_get_type ())
G_DECLARE_FINAL_TYPE (Re3LimitsDialog, re3_limits_dialog, RE3, LIMITS_DIALOG, AdwWindow)

/**
 * Re3LimitsDialog:
 *
 * What the nearest other answer has to respect: ranges, orders and whole numbers, on a page each. What
 * is set there holds at once. It closes when something else is opened.
 */
/* @session: with a document */
GtkWidget *re3_limits_dialog_new (GtkWindow  *parent,
                                  Re3Session *session);

G_END_DECLS
