/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-chart-viewport.h"

#include <math.h>

#define MOST_ZOOM 16.0

/* Of a key, and of a notch of the wheel. */
#define KEY_STEP   1.25
#define WHEEL_STEP 1.15

/* In widget units: for a notch of the wheel, and before a press is a drag. */
#define WHEEL_DISTANCE 48.0
#define DRAG_THRESHOLD 6.0

struct _Re3ChartViewport {
  GtkWidget *widget;
  Re3ChartViewportFunc changed;
  GPtrArray *controllers;        /* borrowed from the widget */
  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];
  gboolean is_scrolled; /* the adjustments are those of a GtkScrolledWindow */
  double width;
  double height;
  double content_height;
  double zoom;
  double pointer_x; /* where the wheel zooms */
  double pointer_y;
  double pinch_zoom; /* when the fingers were put down */
  double drag_x;     /* the place when a drag began */
  double drag_y;
};

static void
moved_cb (Re3ChartViewport *self)
{
  self->changed (self->widget, FALSE);
}

static void
configure (Re3ChartViewport *self, GtkOrientation orientation)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  gboolean is_across = orientation == GTK_ORIENTATION_HORIZONTAL;
  double page = is_across ? self->width : self->height;
  double content =
      is_across ? re3_chart_viewport_get_width (self) : re3_chart_viewport_get_height (self);
  double value = CLAMP (gtk_adjustment_get_value (adjustment), 0, MAX (content - page, 0));

  gtk_adjustment_configure (adjustment, value, 0, content, 0.1 * page, 0.9 * page, page);
}

static void
configure_both (Re3ChartViewport *self)
{
  configure (self, GTK_ORIENTATION_HORIZONTAL);
  configure (self, GTK_ORIENTATION_VERTICAL);
}

static void
set_adjustment (Re3ChartViewport *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **place = &self->adjustments[orientation];

  if (adjustment != NULL && adjustment == *place)
    return;

  self->is_scrolled = adjustment != NULL;
  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, self);
  g_clear_object (place);
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  *place = g_object_ref_sink (adjustment);
  configure (self, orientation);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (moved_cb), self);
}

/* "hadjustment" and "hscroll-policy", or those with v. */
static GtkOrientation
get_orientation (const char *name)
{
  return *name == 'h' ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;
}

void
re3_chart_viewport_set_property (Re3ChartViewport *self, const char *name, const GValue *value)
{
  GtkOrientation orientation = get_orientation (name);

  if (G_VALUE_HOLDS_OBJECT (value)) {
    set_adjustment (self, orientation, g_value_get_object (value));
  } else {
    self->policies[orientation] = g_value_get_enum (value);
    gtk_widget_queue_resize (self->widget);
  }
}

void
re3_chart_viewport_get_property (const Re3ChartViewport *self, const char *name, GValue *value)
{
  GtkOrientation orientation = get_orientation (name);

  if (G_VALUE_HOLDS_OBJECT (value))
    g_value_set_object (value, self->adjustments[orientation]);
  else
    g_value_set_enum (value, self->policies[orientation]);
}

gboolean
re3_chart_viewport_is_natural (const Re3ChartViewport *self)
{
  return self->policies[GTK_ORIENTATION_VERTICAL] == GTK_SCROLL_NATURAL;
}

void
re3_chart_viewport_allocate (Re3ChartViewport *self,
                             double width,
                             double height,
                             double content_height)
{
  self->width = width;
  self->height = height;
  self->content_height = MAX (content_height, height);
  configure_both (self);
}

double
re3_chart_viewport_get_width (const Re3ChartViewport *self)
{
  return round (self->width * self->zoom);
}

double
re3_chart_viewport_get_height (const Re3ChartViewport *self)
{
  return round (self->content_height * self->zoom);
}

double
re3_chart_viewport_get_zoom (const Re3ChartViewport *self)
{
  return self->zoom;
}

/* On whole units: what was laid out to fill whole pixels still does. */
Re3Rect
re3_chart_viewport_get_seen (const Re3ChartViewport *self)
{
  return (
      Re3Rect){ round (gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_HORIZONTAL])),
                round (gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL])),
                self->width, self->height };
}

void
re3_chart_viewport_show (Re3ChartViewport *self, const Re3Rect *area)
{
  gtk_adjustment_clamp_page (self->adjustments[GTK_ORIENTATION_HORIZONTAL], area->x,
                             area->x + area->width);
  gtk_adjustment_clamp_page (self->adjustments[GTK_ORIENTATION_VERTICAL], area->y,
                             area->y + area->height);
}

static void
move_to (Re3ChartViewport *self, double x, double y)
{
  gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_HORIZONTAL], x);
  gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_VERTICAL], y);
}

/* What is at (@x, @y) of the widget stays there. */
static void
zoom_to (Re3ChartViewport *self, double zoom, double x, double y)
{
  Re3Rect seen = re3_chart_viewport_get_seen (self);
  double factor;

  zoom = CLAMP (zoom, 1, MOST_ZOOM);
  if (zoom == self->zoom)
    return;
  factor = zoom / self->zoom;
  self->zoom = zoom;
  configure_both (self);
  move_to (self, (seen.x + x) * factor - x, (seen.y + y) * factor - y);
  self->changed (self->widget, TRUE);
}

gboolean
re3_chart_viewport_handle_key (Re3ChartViewport *self, guint keyval, GdkModifierType state)
{
  double x = self->width / 2;
  double y = self->height / 2;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != GDK_CONTROL_MASK)
    return FALSE;

  switch (keyval) {
  case GDK_KEY_plus:
  case GDK_KEY_equal:
  case GDK_KEY_KP_Add:
    zoom_to (self, self->zoom * KEY_STEP, x, y);
    return TRUE;
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    zoom_to (self, self->zoom / KEY_STEP, x, y);
    return TRUE;
  case GDK_KEY_0:
  case GDK_KEY_KP_0:
    zoom_to (self, 1, x, y);
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
is_larger (const Re3ChartViewport *self)
{
  return re3_chart_viewport_get_width (self) > self->width ||
         re3_chart_viewport_get_height (self) > self->height;
}

static void
motion_cb (Re3ChartViewport *self, double x, double y)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

/* Without Ctrl a GtkScrolledWindow around it does the same, and better. */
static gboolean
scroll_cb (Re3ChartViewport *self, double dx, double dy, GtkEventController *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);
  Re3Rect seen = re3_chart_viewport_get_seen (self);
  Re3Rect now;

  if (state & GDK_CONTROL_MASK) {
    zoom_to (self, self->zoom * pow (WHEEL_STEP, -dy), self->pointer_x, self->pointer_y);
    return GDK_EVENT_STOP;
  }
  if (self->is_scrolled || !is_larger (self))
    return GDK_EVENT_PROPAGATE;

  move_to (self, seen.x + dx * WHEEL_DISTANCE, seen.y + dy * WHEEL_DISTANCE);
  now = re3_chart_viewport_get_seen (self);
  return now.x != seen.x || now.y != seen.y ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
pinch_begin_cb (Re3ChartViewport *self)
{
  self->pinch_zoom = self->zoom;
}

static void
pinch_cb (Re3ChartViewport *self, double scale, GtkGesture *gesture)
{
  double x = self->width / 2;
  double y = self->height / 2;

  gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  zoom_to (self, self->pinch_zoom * scale, x, y);
}

static void
drag_begin_cb (Re3ChartViewport *self, double x, double y, GtkGesture *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  Re3Rect seen = re3_chart_viewport_get_seen (self);

  self->drag_x = seen.x;
  self->drag_y = seen.y;
  if (!is_larger (self) || button == GDK_BUTTON_SECONDARY)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
}

/* Once it has become a drag it is no click any more. */
static void
drag_update_cb (Re3ChartViewport *self, double dx, double dy, GtkGesture *gesture)
{
  GdkEventSequence *sequence =
      gtk_gesture_single_get_current_sequence (GTK_GESTURE_SINGLE (gesture));

  if (gtk_gesture_get_sequence_state (gesture, sequence) != GTK_EVENT_SEQUENCE_CLAIMED) {
    if (hypot (dx, dy) < DRAG_THRESHOLD)
      return;
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
    gtk_widget_set_cursor_from_name (self->widget, "grabbing");
  }
  move_to (self, self->drag_x - dx, self->drag_y - dy);
}

static void
drag_end_cb (Re3ChartViewport *self)
{
  gtk_widget_set_cursor (self->widget, NULL);
}

/* Returns: @controller, which is the widget's now */
static gpointer
add_controller (Re3ChartViewport *self, gpointer controller)
{
  gtk_widget_add_controller (self->widget, controller);
  g_ptr_array_add (self->controllers, controller);
  return controller;
}

static void
listen (Re3ChartViewport *self)
{
  gpointer motion = add_controller (self, gtk_event_controller_motion_new ());
  gpointer scroll = add_controller (
      self, gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES));
  gpointer pinch = add_controller (self, gtk_gesture_zoom_new ());
  gpointer drag = add_controller (self, gtk_gesture_drag_new ());

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_gesture_single_set_button (drag, 0);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
}

Re3ChartViewport *
re3_chart_viewport_new (GtkWidget *widget, Re3ChartViewportFunc changed)
{
  Re3ChartViewport *self = g_new0 (Re3ChartViewport, 1);

  self->widget = widget;
  self->changed = changed;
  self->zoom = 1;
  self->controllers = g_ptr_array_new ();
  for (GtkOrientation i = GTK_ORIENTATION_HORIZONTAL; i <= GTK_ORIENTATION_VERTICAL; i++)
    set_adjustment (self, i, NULL);
  listen (self);
  return self;
}

void
re3_chart_viewport_free (Re3ChartViewport *self)
{
  for (guint i = 0; i < self->controllers->len; i++)
    gtk_widget_remove_controller (self->widget, self->controllers->pdata[i]);
  g_ptr_array_unref (self->controllers);
  for (gsize i = 0; i < G_N_ELEMENTS (self->adjustments); i++) {
    g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
    g_object_unref (self->adjustments[i]);
  }
  g_free (self);
}
