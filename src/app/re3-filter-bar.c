/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-filter-bar.h"

#include "re3-filter-text.h"

#include <glib/gi18n.h>

/* So many letters of a long class name are shown before it ends in an ellipsis. */
#define CHIP_WIDTH_CHARS 44

struct _Re3FilterBar {
  GtkWidget parent_instance;

  GtkFlowBox *chips;
  Re3Session *session;
  GtkWidget *neighbour; /* that the keyboard goes to when there is no chip left */
};

G_DEFINE_FINAL_TYPE (Re3FilterBar, re3_filter_bar, GTK_TYPE_WIDGET)

static void
chip_clicked_cb (GtkWidget *chip, gpointer kind)
{
  Re3FilterBar *self = RE3_FILTER_BAR (gtk_widget_get_ancestor (chip, RE3_TYPE_FILTER_BAR));

  re3_selection_remove_filter (re3_session_get_selection (self->session),
                               (Re3FilterKind) GPOINTER_TO_INT (kind));
}

static GtkWidget *
chip_new (const Re3SampleFilter *filter, const Re3Model *model)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *icon = gtk_image_new_from_icon_name ("window-close-symbolic");
  const char *action = _ ("Take this filter back");
  g_autofree char *text = re3_filter_describe (filter, model);
  g_autofree char *tooltip = g_strdup_printf ("%s\n%s", text, action);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHIP_WIDTH_CHARS);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_tooltip_text (chip, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, action, -1);
  g_signal_connect (chip, "clicked", G_CALLBACK (chip_clicked_cb), GINT_TO_POINTER (filter->kind));
  return chip;
}

/* The keyboard's focus goes to the buttons, and not to the places that they stand in too. */
static void
add_chip (Re3FilterBar *self, GtkWidget *chip)
{
  GtkWidget *place = gtk_flow_box_child_new ();

  gtk_widget_set_focusable (place, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (place), chip);
  gtk_flow_box_insert (self->chips, place, -1);
}

/* Returns: the place of the chip that has the keyboard, or -1 */
static int
find_focus (Re3FilterBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->chips))
             ? gtk_flow_box_child_get_index (
                   GTK_FLOW_BOX_CHILD (gtk_widget_get_ancestor (focus, GTK_TYPE_FLOW_BOX_CHILD)))
             : -1;
}

/* Gives the keyboard to the chip that is now at @place, or to the last one. */
static void
focus_chip (Re3FilterBar *self, int place, int n_chips)
{
  GtkFlowBoxChild *chip = gtk_flow_box_get_child_at_index (self->chips, MIN (place, n_chips - 1));

  gtk_widget_grab_focus (chip != NULL ? gtk_flow_box_child_get_child (chip) : self->neighbour);
}

static void
filters_changed_cb (Re3FilterBar *self)
{
  gsize n_filters;
  const Re3SampleFilter *const *filters =
      re3_selection_get_filters (re3_session_get_selection (self->session), &n_filters);
  int focus = find_focus (self);
  int n_chips = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_flow_box_remove (self->chips, child);

  for (gsize i = 0; i < n_filters; i++)
    if (filters[i]->kind != RE3_FILTER_SEARCH) {
      add_chip (self, chip_new (filters[i], re3_session_get_model (self->session)));
      n_chips++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n_chips > 0);
  if (focus >= 0)
    focus_chip (self, focus, n_chips);
}

void
re3_filter_bar_set_session (Re3FilterBar *self, Re3Session *session, GtkWidget *neighbour)
{
  g_return_if_fail (RE3_IS_FILTER_BAR (self));
  g_return_if_fail (GTK_IS_WIDGET (neighbour));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->neighbour = neighbour;
  g_signal_connect_object (re3_session_get_selection (session), "filters-changed",
                           G_CALLBACK (filters_changed_cb), self, G_CONNECT_SWAPPED);
  filters_changed_cb (self);
}

static void
re3_filter_bar_dispose (GObject *object)
{
  Re3FilterBar *self = RE3_FILTER_BAR (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_filter_bar_parent_class)->dispose (object);
}

static void
re3_filter_bar_class_init (Re3FilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_filter_bar_dispose;

  gtk_widget_class_set_css_name (widget_class, "filters");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_filter_bar_init (Re3FilterBar *self)
{
  self->chips = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->chips, GTK_SELECTION_NONE);
  gtk_flow_box_set_row_spacing (self->chips, 4);
  gtk_flow_box_set_column_spacing (self->chips, 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chips), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filters"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->chips), GTK_WIDGET (self));
}
