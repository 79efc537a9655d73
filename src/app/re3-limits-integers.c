/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-limits-integers.h"

#include "re3-feature-item.h"

#include <glib/gi18n.h>

struct _Re3LimitsIntegers {
  GtkWidget parent_instance;

  GtkEditable *search_entry;
  GtkListView *list_view;
  GtkLabel *count_label;

  GtkFilter *filter;
  GPtrArray *checks; /* (element-type GtkCheckButton): that are in use */
  gboolean is_showing;
  Re3Session *session;
};

G_DEFINE_FINAL_TYPE (Re3LimitsIntegers, re3_limits_integers, GTK_TYPE_WIDGET)

/* --- The list ------------------------------------------------------------------------------- */

static gboolean
is_match (gpointer item, gpointer user_data)
{
  Re3LimitsIntegers *self = user_data;

  return re3_feature_item_matches (item, gtk_editable_get_text (self->search_entry));
}

static void
search_changed_cb (Re3LimitsIntegers *self)
{
  if (self->filter != NULL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
toggled_cb (Re3LimitsIntegers *self, GtkCheckButton *button)
{
  GtkListItem *entry = g_object_get_data (G_OBJECT (button), "entry");

  if (!self->is_showing)
    re3_limits_set_integer (re3_session_get_limits (self->session),
                            re3_feature_item_get_feature (gtk_list_item_get_item (entry)),
                            gtk_check_button_get_active (button));
}

static void
show_check (Re3LimitsIntegers *self, GtkCheckButton *button)
{
  GtkListItem *entry = g_object_get_data (G_OBJECT (button), "entry");
  Re3FeatureItem *item = gtk_list_item_get_item (entry);

  if (item == NULL)
    return;
  self->is_showing = TRUE;
  gtk_check_button_set_active (button,
                               re3_limits_is_integer (re3_session_get_limits (self->session),
                                                      re3_feature_item_get_feature (item)));
  self->is_showing = FALSE;
}

/* The name with a check, and what the data show. */
static void
setup_cb (Re3LimitsIntegers *self, GtkListItem *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), label);
  g_object_set_data (G_OBJECT (button), "entry", entry);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (entry, box);
}

static void
bind_cb (Re3LimitsIntegers *self, GtkListItem *entry)
{
  Re3Limits *limits = re3_session_get_limits (self->session);
  Re3FeatureItem *item = gtk_list_item_get_item (entry);
  gsize feature = re3_feature_item_get_feature (item);
  GtkWidget *button = gtk_widget_get_first_child (gtk_list_item_get_child (entry));
  gboolean is_in_data =
      re3_limits_is_integer (limits, feature) != re3_limits_is_integer_set (limits, feature);

  gtk_check_button_set_label (GTK_CHECK_BUTTON (button), re3_feature_item_get_name (item));
  /* GTK 4.8 gives the row of an entry no name of its own. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_parent (gtk_list_item_get_child (entry))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, re3_feature_item_get_name (item), -1);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (button)),
                      is_in_data ? _ ("Whole in the data") : "");
  g_ptr_array_add (self->checks, button);
  show_check (self, GTK_CHECK_BUTTON (button));
}

static void
unbind_cb (Re3LimitsIntegers *self, GtkListItem *entry)
{
  g_ptr_array_remove_fast (self->checks,
                           gtk_widget_get_first_child (gtk_list_item_get_child (entry)));
}

/* With the keyboard, where the row has it and not the check. */
static void
activate_cb (Re3LimitsIntegers *self, guint position)
{
  g_autoptr (Re3FeatureItem) item =
      g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list_view)), position);
  Re3Limits *limits = re3_session_get_limits (self->session);
  gsize feature = re3_feature_item_get_feature (item);

  re3_limits_set_integer (limits, feature, !re3_limits_is_integer (limits, feature));
}

static void
show_integers (Re3LimitsIntegers *self)
{
  gsize n_integers = re3_limits_count_integers (re3_session_get_limits (self->session));
  gsize n_features = re3_model_get_n_features (re3_session_get_model (self->session));
  g_autofree char *text =
      g_strdup_printf (ngettext ("%zu of %zu features stays a whole number",
                                 "%zu of %zu features stay whole numbers", n_integers),
                       n_integers, n_features);

  gtk_label_set_text (self->count_label, text);
  for (guint i = 0; i < self->checks->len; i++)
    show_check (self, g_ptr_array_index (self->checks, i));
}

static GListModel *
list_features (Re3Model *model)
{
  GListStore *items = g_list_store_new (RE3_TYPE_FEATURE_ITEM);

  for (gsize f = 0; f < re3_model_get_n_features (model); f++) {
    g_autoptr (Re3FeatureItem) item = re3_feature_item_new (model, f);

    g_list_store_append (items, item);
  }
  return G_LIST_MODEL (items);
}

void
re3_limits_integers_set_session (Re3LimitsIntegers *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_LIMITS_INTEGERS (self) && self->session == NULL);
  g_return_if_fail (re3_session_get_model (session) != NULL);

  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;

  self->session = g_object_ref (session);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_match, self, NULL));
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (gtk_filter_list_model_new (
      list_features (re3_session_get_model (session)), g_object_ref (self->filter)))));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, selection);
  g_signal_connect_object (re3_session_get_limits (session), "changed", G_CALLBACK (show_integers),
                           self, G_CONNECT_SWAPPED);
  show_integers (self);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
re3_limits_integers_dispose (GObject *object)
{
  Re3LimitsIntegers *self = RE3_LIMITS_INTEGERS (object);
  GtkWidget *child;

  /* Its rows tell when they are no longer used. */
  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_limits_integers_parent_class)->dispose (object);
}

static void
re3_limits_integers_class_init (Re3LimitsIntegersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_limits_integers_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-limits-integers.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsIntegers, search_entry);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsIntegers, list_view);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsIntegers, count_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_limits_integers_init (Re3LimitsIntegers *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
