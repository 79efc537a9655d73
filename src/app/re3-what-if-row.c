/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-what-if-row.h"

G_DEFINE_INTERFACE (Re3WhatIfRow, re3_what_if_row, GTK_TYPE_WIDGET)

static void
re3_what_if_row_default_init (Re3WhatIfRowInterface *interface)
{
}

void
re3_what_if_row_bind (Re3WhatIfRow *self, Re3Session *session, Re3FeatureItem *item)
{
  g_return_if_fail (RE3_IS_WHAT_IF_ROW (self));
  g_return_if_fail (re3_session_get_dataset (session) != NULL);
  g_return_if_fail (RE3_IS_FEATURE_ITEM (item));

  RE3_WHAT_IF_ROW_GET_IFACE (self)->bind (self, session, item);
}

void
re3_what_if_row_update (Re3WhatIfRow *self)
{
  g_return_if_fail (RE3_IS_WHAT_IF_ROW (self));

  RE3_WHAT_IF_ROW_GET_IFACE (self)->update (self);
}

void
re3_what_if_row_show_selected (Re3WhatIfRow *self, gboolean is_selected)
{
  g_return_if_fail (RE3_IS_WHAT_IF_ROW (self));

  GtkWidget *widget = GTK_WIDGET (self);

  if (is_selected == gtk_widget_has_css_class (widget, "selected"))
    return;

  if (is_selected)
    gtk_widget_add_css_class (widget, "selected");
  else
    gtk_widget_remove_css_class (widget, "selected");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, is_selected,
                               -1);
}

void
re3_what_if_row_show_lock (GtkToggleButton *lock_button, gboolean is_locked)
{
  g_return_if_fail (GTK_IS_TOGGLE_BUTTON (lock_button));

  gtk_toggle_button_set_active (lock_button, is_locked);
  gtk_button_set_icon_name (GTK_BUTTON (lock_button),
                            is_locked ? "changes-prevent-symbolic" : "changes-allow-symbolic");
}
