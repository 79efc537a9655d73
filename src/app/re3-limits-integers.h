/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_LIMITS_INTEGERS (re3_limits_integers_get_type ())
G_DECLARE_FINAL_TYPE (Re3LimitsIntegers, re3_limits_integers, RE3, LIMITS_INTEGERS, GtkWidget)

/**
 * Re3LimitsIntegers:
 *
 * Which features stay whole numbers: a list of all of them, to be searched and marked.
 */
/* @session: with a document */
void re3_limits_integers_set_session (Re3LimitsIntegers *self,
                                    Re3Session      *session);

G_END_DECLS
