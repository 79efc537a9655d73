/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-limits-widgets.h"

#include "re3-tooltip.h"

#include <glib/gi18n.h>

/* --- Choosing a feature --------------------------------------------------------------------- */

static void
setup_name_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  re3_tooltip_show_cut (GTK_LABEL (label));
  gtk_list_item_set_child (item, label);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* (nullable): what @widget has of that type. */
static GtkWidget *
find_part (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_part (child, type);
  return found;
}

static void
search_started_cb (GtkWidget *entry)
{
  if (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN)
    return;
  gtk_widget_grab_focus (entry);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
}

/* GTK 4.8 gives the keyboard to the list: what is typed there is to be searched for. From the first
 * letter on the search has it, for a space would choose what the list is at. */
static void
search_as_typed (GtkDropDown *drop_down)
{
  GtkWidget *popover = find_part (GTK_WIDGET (drop_down), GTK_TYPE_POPOVER);
  GtkWidget *entry = popover != NULL ? find_part (popover, GTK_TYPE_SEARCH_ENTRY) : NULL;

  if (entry == NULL)
    return;
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (entry), popover);
  g_signal_connect (entry, "search-started", G_CALLBACK (search_started_cb), NULL);
}

void
re3_limits_list_features (GtkDropDown *drop_down, Re3Model *model)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (model != NULL);

  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_name_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_name_cb), NULL);
  for (gsize f = 0; f < re3_model_get_n_features (model); f++)
    gtk_string_list_append (names, re3_model_get_feature_name (model, f));
  gtk_drop_down_set_factory (drop_down, factory);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (names));
  search_as_typed (drop_down);
}

/* --- Telling -------------------------------------------------------------------------------- */

void
re3_limits_tell (GtkLabel *label, const char *text, const char *css_class)
{
  static const char *const classes[] = { "error", "warning" };

  g_return_if_fail (GTK_IS_LABEL (label));

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (label), classes[i]);
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* --- Rows ----------------------------------------------------------------------------------- */

GtkWidget *
re3_limits_row_new (const char *title,
                    const char *text,
                    const char *note,
                    const char *remove,
                    GCallback removed,
                    gpointer data)
{
  g_return_val_if_fail (title != NULL && remove != NULL, NULL);

  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *subtitle =
      text != NULL && note != NULL ? g_strdup_printf ("%s\n%s", text, note) : NULL;
  const char *shown = subtitle != NULL ? subtitle : text != NULL ? text : note;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown != NULL ? shown : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  shown != NULL ? shown : "", -1);
  if (note != NULL) {
    GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

    gtk_widget_add_css_class (icon, "warning");
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  }

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove,
                                  -1);
  g_object_set_data (G_OBJECT (button), "row", row);
  g_signal_connect_swapped (button, "clicked", removed, data);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

int
re3_limits_clear_rows (GtkListBox *list)
{
  g_return_val_if_fail (GTK_IS_LIST_BOX (list), -1);

  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  int place = -1;

  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (list, 0)) != NULL;) {
    if (focus != NULL && place < 0 && gtk_widget_is_ancestor (focus, GTK_WIDGET (list)))
      place = gtk_list_box_row_get_index (
          GTK_LIST_BOX_ROW (gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)));
    gtk_list_box_remove (list, GTK_WIDGET (row));
  }
  return place;
}

void
re3_limits_focus_row (GtkListBox *list, int place, GtkWidget *other)
{
  g_return_if_fail (GTK_IS_LIST_BOX (list));

  GtkListBoxRow *row;

  if (place < 0)
    return;
  row = gtk_list_box_get_row_at_index (list, place);
  if (row == NULL && place > 0)
    row = gtk_list_box_get_row_at_index (list, place - 1);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : other);
}
