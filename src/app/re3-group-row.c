/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-group-row.h"

#include "re3-number-text.h"
#include "re3-tooltip.h"

#include <glib/gi18n.h>

#define DIGITS 4

struct _Re3GroupRow {
  GtkWidget parent_instance;

  GtkLabel *name_label;
  GtkWidget *filled_image;
  GtkDropDown *drop_down;
  GtkLabel *state_label;
  GtkWidget *menu_button;
  GtkWidget *lock_button;
  GtkWidget *reset_button;

  Re3Session *session;
  Re3FeatureItem *item;
  gboolean lists_no_choice; /* whether there is an entry for it, below all choices */
  guint original;           /* entry of the sample in the data set */
  gboolean is_syncing;      /* the drop-down or the lock is being set to the session's state */
};

static void implement_what_if_row (Re3WhatIfRowInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (Re3GroupRow,
                               re3_group_row,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RE3_TYPE_WHAT_IF_ROW, implement_what_if_row))

static const Re3FeatureGroup *
get_group (Re3GroupRow *self)
{
  return re3_feature_item_get_group (self->item);
}

static Re3GroupChoices *
get_choices (Re3GroupRow *self)
{
  return re3_session_get_groups (self->session);
}

/* --- The entries ---------------------------------------------------------------------------- */

static guint
get_entry (Re3GroupRow *self, gssize choice)
{
  return choice != RE3_NO_CHOICE ? (guint) choice : (guint) get_group (self)->n_features;
}

static void
list_choices (Re3GroupRow *self, gboolean lists_no_choice)
{
  const Re3FeatureGroup *group = get_group (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new ((const char *const *) group->choices);

  if (lists_no_choice)
    gtk_string_list_append (names, _ ("Not One Choice"));
  self->lists_no_choice = lists_no_choice;
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (names));
}

/* The ring stands for the sample in the data set, as on a slider; the check for what is chosen. */
static void
setup_entry_cb (GtkSignalListItemFactory *factory, GtkListItem *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *ring = gtk_label_new ("○");
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (ring, "dim-label");
  gtk_widget_set_tooltip_text (ring, _ ("As in the data set"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (ring), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("As in the data set"), -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), ring);
  gtk_box_append (GTK_BOX (box), check);
  g_object_bind_property (entry, "selected", check, "visible", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (entry, box);
}

static void
bind_entry_cb (Re3GroupRow *self, GtkListItem *entry)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (entry));
  GtkWidget *ring = gtk_widget_get_next_sibling (label);
  gboolean is_original = gtk_list_item_get_position (entry) == self->original;

  gtk_label_set_text (GTK_LABEL (label),
                      gtk_string_object_get_string (gtk_list_item_get_item (entry)));
  /* It keeps its place. */
  gtk_widget_set_opacity (ring, is_original ? 1.0 : 0.0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (ring), GTK_ACCESSIBLE_STATE_HIDDEN, !is_original,
                               -1);
}

/* --- Showing -------------------------------------------------------------------------------- */

/* "Not one choice: red 0.3, green 0.7" */
static char *
describe_values (Re3GroupRow *self)
{
  const Re3FeatureGroup *group = get_group (self);
  Re3WhatIf *what_if = re3_session_get_what_if (self->session);
  g_autoptr (GString) values = g_string_new (NULL);

  for (gsize i = 0; i < group->n_features; i++) {
    double value = re3_what_if_get_value (what_if, group->features[i]);
    g_autofree char *number = re3_number_text_new (value, DIGITS);

    if (value != 0.0)
      g_string_append_printf (values, "%s%s %s", values->len > 0 ? ", " : "", group->choices[i],
                              number);
  }
  if (values->len == 0)
    return g_strdup (_ ("Not one choice: all are 0"));
  /* Translators: a list of choices with their values, of which none is 0. */
  return g_strdup_printf (_ ("Not one choice: %s"), values->str);
}

static char *
describe_state (Re3GroupRow *self, gssize choice, gssize original)
{
  const Re3FeatureGroup *group = get_group (self);

  if (choice == RE3_NO_CHOICE)
    return describe_values (self);
  if (choice == original)
    return g_strdup_printf (ngettext ("One of %zu choice", "One of %zu choices", group->n_features),
                            group->n_features);
  if (original == RE3_NO_CHOICE)
    return g_strdup (_ ("○ Not one choice in the data"));
  /* Translators: a choice of a one-hot group. */
  return g_strdup_printf (_ ("○ %s in the data"), group->choices[original]);
}

static void
show_selected (Re3GroupRow *self)
{
  gsize selected = re3_selection_get_feature (re3_session_get_selection (self->session));

  re3_what_if_row_show_selected (RE3_WHAT_IF_ROW (self),
                                 selected != RE3_NO_FEATURE &&
                                     re3_feature_item_has (self->item, selected));
}

static gboolean
is_filled (Re3GroupRow *self)
{
  const Re3FeatureGroup *group = get_group (self);
  Re3WhatIf *what_if = re3_session_get_what_if (self->session);

  for (gsize i = 0; i < group->n_features; i++)
    if (re3_what_if_is_filled (what_if, group->features[i]))
      return TRUE;
  return FALSE;
}

static void
show_choice (Re3GroupRow *self)
{
  Re3GroupChoices *choices = get_choices (self);
  gssize choice = re3_group_choices_get_choice (choices, get_group (self));
  gssize original = re3_group_choices_get_original (choices, get_group (self));
  gboolean lists_no_choice = choice == RE3_NO_CHOICE || original == RE3_NO_CHOICE;
  g_autofree char *state = describe_state (self, choice, original);

  self->is_syncing = TRUE;
  /* Listing them anew also moves the ring. */
  if (lists_no_choice != self->lists_no_choice || get_entry (self, original) != self->original) {
    self->original = get_entry (self, original);
    list_choices (self, lists_no_choice);
  }
  gtk_drop_down_set_selected (self->drop_down, get_entry (self, choice));
  self->is_syncing = FALSE;
  gtk_widget_remove_css_class (GTK_WIDGET (self->state_label), "error");
  gtk_label_set_text (self->state_label, state);
}

static void
re3_group_row_update (Re3WhatIfRow *row)
{
  Re3GroupRow *self = RE3_GROUP_ROW (row);
  gboolean has_sample = re3_session_get_explanation (self->session) != NULL;
  gboolean is_locked = re3_group_choices_is_locked (get_choices (self), get_group (self));

  show_selected (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), has_sample);
  if (!has_sample)
    return;

  show_choice (self);
  gtk_widget_set_visible (self->filled_image, is_filled (self));
  self->is_syncing = TRUE;
  re3_what_if_row_show_lock (GTK_TOGGLE_BUTTON (self->lock_button), is_locked);
  self->is_syncing = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->drop_down), !is_locked);
  gtk_widget_set_sensitive (self->reset_button,
                            !is_locked &&
                                re3_group_choices_is_edited (get_choices (self), get_group (self)));
}

/* --- Editing -------------------------------------------------------------------------------- */

static void
selected_cb (Re3GroupRow *self)
{
  guint entry = gtk_drop_down_get_selected (self->drop_down);
  g_autoptr (GError) error = NULL;

  if (self->is_syncing || self->item == NULL || entry == GTK_INVALID_LIST_POSITION ||
      re3_session_get_explanation (self->session) == NULL)
    return;

  /* What is no choice can only be taken back to. */
  if (entry >= get_group (self)->n_features)
    re3_group_choices_reset (get_choices (self), get_group (self));
  else
    re3_group_choices_choose (get_choices (self), get_group (self), entry, &error);
  re3_group_row_update (RE3_WHAT_IF_ROW (self));
  if (error != NULL) {
    gtk_widget_add_css_class (GTK_WIDGET (self->state_label), "error");
    gtk_label_set_text (self->state_label, error->message);
  }
}

static void
lock_toggled_cb (Re3GroupRow *self)
{
  if (!self->is_syncing)
    re3_group_choices_set_locked (
        get_choices (self), get_group (self),
        gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->lock_button)));
}

static void
reset_clicked_cb (Re3GroupRow *self)
{
  re3_group_choices_reset (get_choices (self), get_group (self));
}

static void
break_up_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  Re3GroupRow *self = RE3_GROUP_ROW (widget);

  re3_group_choices_break_up (get_choices (self), get_group (self));
}

/* Where the keyboard goes, the feature is selected: that of the choice. */
static void
focus_entered_cb (Re3GroupRow *self)
{
  const Re3FeatureGroup *group = get_group (self);
  gssize choice = re3_session_get_explanation (self->session) != NULL
                      ? re3_group_choices_get_choice (get_choices (self), group)
                      : RE3_NO_CHOICE;

  re3_selection_select_feature (re3_session_get_selection (self->session),
                                group->features[MAX (choice, 0)]);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
name_widget (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_names (Re3GroupRow *self)
{
  const char *name = get_group (self)->name;
  g_autofree char *reset = g_strdup_printf (_ ("Reset %s"), name);
  g_autofree char *lock = g_strdup_printf (_ ("Lock %s"), name);
  /* Translators: %s is the name of a one-hot group of features; a menu. */
  g_autofree char *menu = g_strdup_printf (_ ("More about %s"), name);

  gtk_label_set_text (self->name_label, name);
  name_widget (self->reset_button, reset);
  name_widget (self->lock_button, lock);
  name_widget (self->menu_button, menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
re3_group_row_bind (Re3WhatIfRow *row, Re3Session *session, Re3FeatureItem *item)
{
  Re3GroupRow *self = RE3_GROUP_ROW (row);

  g_set_object (&self->session, session);
  g_set_object (&self->item, item);
  set_names (self);
  gtk_widget_set_visible (self->menu_button,
                          re3_group_choices_is_adopted (get_choices (self), get_group (self)));
  self->is_syncing = TRUE;
  self->original = GTK_INVALID_LIST_POSITION;
  list_choices (self, FALSE);
  self->is_syncing = FALSE;
  gtk_label_set_text (self->state_label, "");
}

static void
implement_what_if_row (Re3WhatIfRowInterface *interface)
{
  interface->bind = re3_group_row_bind;
  interface->update = re3_group_row_update;
}

static void
re3_group_row_dispose (GObject *object)
{
  Re3GroupRow *self = RE3_GROUP_ROW (object);

  self->is_syncing = TRUE;
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  g_clear_object (&self->item);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_group_row_parent_class)->dispose (object);
}

static void
re3_group_row_class_init (Re3GroupRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_group_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-group-row.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3GroupRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, Re3GroupRow, filled_image);
  gtk_widget_class_bind_template_child (widget_class, Re3GroupRow, drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3GroupRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, Re3GroupRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, Re3GroupRow, lock_button);
  gtk_widget_class_bind_template_child (widget_class, Re3GroupRow, reset_button);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, lock_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_entered_cb);
  gtk_widget_class_install_action (widget_class, "group.break-up", NULL, break_up_cb);
  gtk_widget_class_set_css_name (widget_class, "feature");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_group_row_init (Re3GroupRow *self)
{
  g_autoptr (GtkListItemFactory) entries = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  re3_tooltip_show_cut (self->name_label);
  re3_tooltip_show_cut (self->state_label);
  g_signal_connect (entries, "setup", G_CALLBACK (setup_entry_cb), NULL);
  g_signal_connect_object (entries, "bind", G_CALLBACK (bind_entry_cb), self, G_CONNECT_SWAPPED);
  gtk_drop_down_set_list_factory (self->drop_down, entries);
}
