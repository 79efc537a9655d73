/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_LIMITS_RANGES (re3_limits_ranges_get_type ())
G_DECLARE_FINAL_TYPE (Re3LimitsRanges, re3_limits_ranges, RE3, LIMITS_RANGES, GtkWidget)

/**
 * Re3LimitsRanges:
 *
 * The ranges of the limits: a form that sets that of a feature, and a list of those in force.
 */
/* @session: with a document */
void re3_limits_ranges_set_session (Re3LimitsRanges *self,
                                    Re3Session      *session);

G_END_DECLS
