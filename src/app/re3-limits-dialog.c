/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-limits-dialog.h"

#include "re3-limits-integers.h"
#include "re3-limits-orders.h"
#include "re3-limits-ranges.h"

struct _Re3LimitsDialog {
  AdwWindow parent_instance;

  Re3LimitsRanges *ranges;
  Re3LimitsOrders *orders;
  Re3LimitsIntegers *integers;
};

G_DEFINE_FINAL_TYPE (Re3LimitsDialog, re3_limits_dialog, ADW_TYPE_WINDOW)

static void
re3_limits_dialog_class_init (Re3LimitsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (RE3_TYPE_LIMITS_RANGES);
  g_type_ensure (RE3_TYPE_LIMITS_ORDERS);
  g_type_ensure (RE3_TYPE_LIMITS_INTEGERS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-limits-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsDialog, ranges);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsDialog, orders);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsDialog, integers);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
re3_limits_dialog_init (Re3LimitsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
re3_limits_dialog_new (GtkWindow *parent, Re3Session *session)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);
  g_return_val_if_fail (re3_session_get_model (session) != NULL, NULL);

  Re3LimitsDialog *self = g_object_new (RE3_TYPE_LIMITS_DIALOG, "transient-for", parent, NULL);

  re3_limits_ranges_set_session (self->ranges, session);
  re3_limits_orders_set_session (self->orders, session);
  re3_limits_integers_set_session (self->integers, session);
  /* Before its rows are told of limits of another model. */
  g_signal_connect_object (session, "closing", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
