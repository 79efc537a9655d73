/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-chart-menu.h"

#include <glib/gi18n.h>

/* Of a chart: the interned name of its figure, and its menu while there is one. */
#define FIGURE "re3-figure"
#define MENU   "re3-chart-menu"

static GMenuModel *
make_model (const char *figure)
{
  const struct {
    const char *label;
    const char *action;
  } items[] = {
    { _ ("_Copy Figure"), "win.copy-figure" },
    { _ ("_Export…"), "win.export-figure" },
    { _ ("Save _Data Behind This Figure…"), "win.save-figure-data" },
  };
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (items[i].label, NULL);

    g_menu_item_set_action_and_target (item, items[i].action, "s", figure);
    g_menu_append_item (menu, item);
  }
  return G_MENU_MODEL (menu);
}

static void
open_menu (GtkWidget *chart, const GdkRectangle *place)
{
  GtkWidget *menu = g_object_get_data (G_OBJECT (chart), MENU);

  if (menu == NULL) {
    g_autoptr (GMenuModel) model = make_model (re3_chart_menu_get_figure (chart));

    menu = gtk_popover_menu_new_from_model (model);
    gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
    gtk_widget_set_halign (menu, GTK_ALIGN_START);
    gtk_widget_set_parent (menu, chart);
    /* What is under the pointer is then the menu. */
    g_object_bind_property (menu, "visible", chart, "has-tooltip", G_BINDING_INVERT_BOOLEAN);
    g_object_set_data (G_OBJECT (chart), MENU, menu);
  }
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), place);
  gtk_popover_popup (GTK_POPOVER (menu));
}

static void
pressed_cb (GtkGesture *click)
{
  gtk_gesture_set_state (click, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* Not while the button is down: GTK 4.8 loses count where a menu takes the pointer of a press that
 * began below it. */
static void
released_cb (GtkGesture *click, int n_press, double x, double y, GtkWidget *chart)
{
  gtk_widget_grab_focus (chart);
  open_menu (chart, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

/* By key, it opens in the middle of the chart. */
static gboolean
menu_key_cb (GtkWidget *chart, GVariant *arguments, gpointer user_data)
{
  open_menu (chart, &(GdkRectangle){ gtk_widget_get_width (chart) / 2,
                                     gtk_widget_get_height (chart) / 2, 1, 1 });
  return TRUE;
}

static void
destroy_cb (GtkWidget *chart)
{
  GtkWidget *menu = g_object_steal_data (G_OBJECT (chart), MENU);

  if (menu != NULL)
    gtk_widget_unparent (menu);
}

void
re3_chart_menu_attach (GtkWidget *chart, const char *figure)
{
  g_return_if_fail (GTK_IS_WIDGET (chart));
  g_return_if_fail (figure != NULL);

  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_object_set_data (G_OBJECT (chart), FIGURE, (gpointer) g_intern_string (figure));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), NULL);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), chart);
  gtk_widget_add_controller (chart, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                        gtk_callback_action_new (menu_key_cb, NULL, NULL)));
  gtk_widget_add_controller (chart, keys);
  g_signal_connect (chart, "destroy", G_CALLBACK (destroy_cb), NULL);
}

const char *
re3_chart_menu_get_figure (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget)) {
    const char *figure = g_object_get_data (G_OBJECT (widget), FIGURE);

    if (figure != NULL)
      return figure;
  }
  return NULL;
}
