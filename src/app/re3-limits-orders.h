/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_LIMITS_ORDERS (re3_limits_orders_get_type ())
G_DECLARE_FINAL_TYPE (Re3LimitsOrders, re3_limits_orders, RE3, LIMITS_ORDERS, GtkWidget)

/**
 * Re3LimitsOrders:
 *
 * The pairs of features of which one is never larger than the other: a form that adds one, and a list
 * of those in force.
 */
/* @session: with a document */
void re3_limits_orders_set_session (Re3LimitsOrders *self,
                                    Re3Session      *session);

G_END_DECLS
