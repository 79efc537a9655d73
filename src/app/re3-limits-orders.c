/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-limits-orders.h"

#include "re3-limits-check.h"
#include "re3-limits-widgets.h"

#include <glib/gi18n.h>

struct _Re3LimitsOrders {
  GtkWidget parent_instance;

  GtkDropDown *lesser_drop_down;
  GtkDropDown *greater_drop_down;
  GtkLabel *message_label;
  GtkListBox *list_box;

  Re3Session *session;
};

G_DEFINE_FINAL_TYPE (Re3LimitsOrders, re3_limits_orders, GTK_TYPE_WIDGET)

/* --- The form ------------------------------------------------------------------------------- */

static void
feature_selected_cb (Re3LimitsOrders *self)
{
  re3_limits_tell (self->message_label, NULL, NULL);
}

static void
add_clicked_cb (Re3LimitsOrders *self)
{
  Re3Limits *limits = re3_session_get_limits (self->session);
  Re3FeatureOrder order = { gtk_drop_down_get_selected (self->lesser_drop_down),
                            gtk_drop_down_get_selected (self->greater_drop_down) };
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;

  if (!re3_limits_add_order (limits, order, &error)) {
    re3_limits_tell (self->message_label, error->message, "error");
    return;
  }
  note = re3_limits_check_order (limits, re3_session_get_what_if (self->session), order);
  re3_limits_tell (self->message_label, note, "warning");
}

/* --- The list ------------------------------------------------------------------------------- */

static Re3FeatureOrder *
get_order_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "order");
}

static void
removed_cb (Re3LimitsOrders *self, GtkButton *button)
{
  re3_limits_remove_order (re3_session_get_limits (self->session),
                           *get_order_of (g_object_get_data (G_OBJECT (button), "row")));
}

/* Where the sample is in the other order. (nullable) (transfer full) */
static char *
describe_sample (Re3LimitsOrders *self, const Re3FeatureOrder *order)
{
  Re3WhatIf *what_if = re3_session_get_what_if (self->session);

  if (re3_session_get_row (self->session) == RE3_NO_ROW ||
      re3_what_if_get_value (what_if, order->lesser) <=
          re3_what_if_get_value (what_if, order->greater))
    return NULL;
  return g_strdup (_ ("In the sample itself they are in the other order"));
}

static GtkWidget *
make_row (Re3LimitsOrders *self, const Re3FeatureOrder *order)
{
  Re3Model *model = re3_session_get_model (self->session);
  /* Translators: two features. */
  g_autofree char *title =
      g_strdup_printf (_ ("%s ≤ %s"), re3_model_get_feature_name (model, order->lesser),
                       re3_model_get_feature_name (model, order->greater));
  g_autofree char *text = describe_sample (self, order);
  g_autofree char *note = re3_limits_check_order (re3_session_get_limits (self->session),
                                                  re3_session_get_what_if (self->session), *order);
  g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), title);
  GtkWidget *row = re3_limits_row_new (title, text, note, remove, G_CALLBACK (removed_cb), self);

  g_object_set_data_full (G_OBJECT (row), "order", g_memdup2 (order, sizeof *order), g_free);
  return row;
}

static void
show_orders (Re3LimitsOrders *self)
{
  const GArray *orders = re3_limits_get_orders (re3_session_get_limits (self->session));
  int place = re3_limits_clear_rows (self->list_box);

  for (guint i = 0; i < orders->len; i++)
    gtk_list_box_append (self->list_box,
                         make_row (self, &g_array_index (orders, Re3FeatureOrder, i)));
  re3_limits_focus_row (self->list_box, place, GTK_WIDGET (self->lesser_drop_down));
  re3_limits_tell (self->message_label, NULL, NULL);
}

void
re3_limits_orders_set_session (Re3LimitsOrders *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_LIMITS_ORDERS (self) && self->session == NULL);
  g_return_if_fail (re3_session_get_model (session) != NULL);

  Re3Model *model = re3_session_get_model (session);

  self->session = g_object_ref (session);
  re3_limits_list_features (self->lesser_drop_down, model);
  re3_limits_list_features (self->greater_drop_down, model);
  if (re3_model_get_n_features (model) > 1)
    gtk_drop_down_set_selected (self->greater_drop_down, 1);
  g_signal_connect_object (re3_session_get_limits (session), "changed", G_CALLBACK (show_orders),
                           self, G_CONNECT_SWAPPED);
  show_orders (self);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
re3_limits_orders_dispose (GObject *object)
{
  Re3LimitsOrders *self = RE3_LIMITS_ORDERS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_limits_orders_parent_class)->dispose (object);
}

static void
re3_limits_orders_class_init (Re3LimitsOrdersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_limits_orders_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-limits-orders.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsOrders, lesser_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsOrders, greater_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsOrders, message_label);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsOrders, list_box);
  gtk_widget_class_bind_template_callback (widget_class, feature_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_limits_orders_init (Re3LimitsOrders *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
