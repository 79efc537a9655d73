/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-chart-view.h"

#include "re3-chart-light.h"
#include "re3-chart-viewport.h"
#include "re3-desktop-theme.h"
#include "re3-scene-picture.h"

#include <adwaita.h>
#include <math.h>

/* Narrower or lower, no chart says anything. */
#define MINIMUM_WIDTH  120
#define NATURAL_WIDTH  480
#define MINIMUM_HEIGHT 96

struct _Re3ChartView {
  GtkWidget parent_instance;

  Re3Chart *chart;
  Re3Scene *scene;         /* (nullable): @chart laid out for this size and style */
  GskRenderNode *picture;  /* (nullable): what of @scene is seen, as it is lit */
  GskRenderNode *outlines; /* (nullable): of what of @scene is selected */
  int natural_height;
  Re3ChartViewport *viewport;

  gboolean activatable;
  Re3MarkFunc is_selected; /* (nullable) */
  gpointer is_selected_data;
  Re3ChartLight *light;
};

enum {
  PROP_ACTIVATABLE = 1,
  N_PROPS,
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum { ITEM_ACTIVATED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (Re3ChartView,
                               re3_chart_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static void
forget_picture (Re3ChartView *self)
{
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forget_outlines (Re3ChartView *self)
{
  g_clear_pointer (&self->outlines, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forget_scene (Re3ChartView *self)
{
  g_clear_pointer (&self->scene, re3_scene_free);
  forget_picture (self);
  forget_outlines (self);
}

static void
viewport_changed_cb (GtkWidget *widget, gboolean is_resized)
{
  Re3ChartView *self = RE3_CHART_VIEW (widget);

  if (is_resized) {
    forget_scene (self);
    return;
  }
  forget_picture (self);
  forget_outlines (self);
}

/* After the light may have changed; what is drawn on top follows in any case. */
static void
redraw (Re3ChartView *self, gboolean highlight_changed)
{
  if (highlight_changed)
    forget_picture (self);
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static Re3Scene *
get_scene (Re3ChartView *self)
{
  double width = re3_chart_viewport_get_width (self->viewport);
  double height = re3_chart_viewport_get_height (self->viewport);

  if (self->scene == NULL && self->chart != NULL && width > 0 && height > 0) {
    g_autofree char *family = NULL;
    Re3Theme theme = re3_desktop_theme_for_widget (GTK_WIDGET (self), &family);

    /* Half of what is won goes to the text, half to the room around it. */
    theme.font_size *= sqrt (re3_chart_viewport_get_zoom (self->viewport));
    self->scene = re3_chart_layout (self->chart, &theme, width, height);
  }
  return self->scene;
}

/* Needs a chart. */
static int
get_natural_height (Re3ChartView *self, int width)
{
  g_autofree char *family = NULL;
  Re3Theme theme = re3_desktop_theme_for_widget (GTK_WIDGET (self), &family);

  return (int) ceil (
      re3_chart_get_natural_height (self->chart, &theme, MAX (width, MINIMUM_WIDTH)));
}

void
re3_chart_view_set_chart (Re3ChartView *self, Re3Chart *chart)
{
  g_return_if_fail (RE3_IS_CHART_VIEW (self));

  if (self->chart == chart)
    return;

  re3_chart_light_set_chart (self->light, chart);
  g_clear_pointer (&self->chart, re3_chart_unref);
  if (chart == NULL) {
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL);
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  } else {
    self->chart = re3_chart_ref (chart);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    re3_chart_get_title (chart),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    re3_chart_get_description (chart), -1);
  }
  forget_scene (self);

  /* Only a change of height is worth a new layout of the window. */
  if (chart != NULL && self->natural_height > 0 &&
      get_natural_height (self, gtk_widget_get_width (GTK_WIDGET (self))) == self->natural_height)
    return;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

Re3Chart *
re3_chart_view_get_chart (Re3ChartView *self)
{
  g_return_val_if_fail (RE3_IS_CHART_VIEW (self), NULL);

  return self->chart;
}

void
re3_chart_view_set_selected_func (Re3ChartView *self, Re3MarkFunc is_selected, gpointer user_data)
{
  g_return_if_fail (RE3_IS_CHART_VIEW (self));

  self->is_selected = is_selected;
  self->is_selected_data = user_data;
  re3_chart_view_update_selected (self);
}

void
re3_chart_view_update_selected (Re3ChartView *self)
{
  g_return_if_fail (RE3_IS_CHART_VIEW (self));

  forget_outlines (self);
}

void
re3_chart_view_set_activatable (Re3ChartView *self, gboolean activatable)
{
  g_return_if_fail (RE3_IS_CHART_VIEW (self));

  if (self->activatable == activatable)
    return;

  self->activatable = activatable;
  if (activatable)
    gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "activatable");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVATABLE]);
}

static void
activate (Re3ChartView *self, const Re3ChartDatum *datum)
{
  if (self->activatable && self->chart != NULL && datum->item != RE3_NO_ITEM)
    g_signal_emit (self, signals[ITEM_ACTIVATED], 0, datum->item, datum->series, datum->panel);
}

/* (nullable): what is at a place of the widget. */
static const Re3Mark *
pick (Re3ChartView *self, double x, double y)
{
  Re3Scene *scene = get_scene (self);
  Re3Rect seen = re3_chart_viewport_get_seen (self->viewport);

  return scene != NULL ? re3_scene_pick (scene, seen.x + x, seen.y + y) : NULL;
}

static void
pressed_cb (Re3ChartView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* A press that has become a drag is none. */
static void
released_cb (Re3ChartView *self, int n_press, double x, double y)
{
  const Re3Mark *mark = pick (self, x, y);
  Re3ChartDatum datum = { 0, RE3_NO_ITEM, 0 };

  if (mark != NULL) {
    datum = (Re3ChartDatum){ mark->panel, mark->item, mark->series };
    redraw (self, re3_chart_light_set_focus (self->light, mark));
  }
  redraw (self, re3_chart_light_pin (self->light, &datum));
  activate (self, &datum);
}

static void
motion_cb (Re3ChartView *self, double x, double y)
{
  redraw (self, re3_chart_light_set_hover (self->light, pick (self, x, y)));
}

static void
leave_cb (Re3ChartView *self)
{
  redraw (self, re3_chart_light_set_hover (self->light, NULL));
}

/* @area of the scene, in the widget. */
static Re3Rect
to_widget (Re3ChartView *self, const Re3Rect *area)
{
  Re3Rect seen = re3_chart_viewport_get_seen (self->viewport);

  return (Re3Rect){ area->x - seen.x, area->y - seen.y, area->width, area->height };
}

/* (nullable): the mark that the keyboard's focus is on. */
static const Re3Mark *
find_focus_mark (Re3ChartView *self, Re3Scene *scene)
{
  const Re3ChartDatum *focus = re3_chart_light_get_focus (self->light);

  return focus->item != RE3_NO_ITEM
             ? re3_scene_find (scene, focus->panel, focus->item, focus->series)
             : NULL;
}

static gboolean
move_focus (Re3ChartView *self, Re3Direction direction)
{
  Re3Scene *scene = get_scene (self);
  const Re3Mark *mark =
      scene != NULL ? re3_scene_move (scene, find_focus_mark (self, scene), direction) : NULL;

  if (mark == NULL)
    return FALSE;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  mark->tooltip, -1);
  redraw (self, re3_chart_light_set_hover (self->light, NULL) |
                    re3_chart_light_set_focus (self->light, mark));
  /* GTK shows the focus for the keys that it handles itself. */
  gtk_window_set_focus_visible (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), TRUE);
  re3_chart_viewport_show (self->viewport, &mark->bounds);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  return TRUE;
}

/* Returns: whether anything is pinned by it, or was. */
static gboolean
pin (Re3ChartView *self, const Re3ChartDatum *datum)
{
  gboolean was_pinned = re3_chart_light_is_pinned (self->light);

  redraw (self, re3_chart_light_pin (self->light, datum));
  return was_pinned || re3_chart_light_is_pinned (self->light);
}

static gboolean
find_direction (guint keyval, Re3Direction *direction)
{
  static const guint keys[] = {
    [RE3_DIRECTION_LEFT] = GDK_KEY_Left,  [RE3_DIRECTION_RIGHT] = GDK_KEY_Right,
    [RE3_DIRECTION_UP] = GDK_KEY_Up,      [RE3_DIRECTION_DOWN] = GDK_KEY_Down,
    [RE3_DIRECTION_FIRST] = GDK_KEY_Home, [RE3_DIRECTION_LAST] = GDK_KEY_End,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i] == keyval) {
      *direction = (Re3Direction) i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
key_pressed_cb (Re3ChartView *self, guint keyval, guint keycode, GdkModifierType state)
{
  const Re3ChartDatum *focus = re3_chart_light_get_focus (self->light);
  Re3Direction direction;
  gboolean is_answered;

  if (re3_chart_viewport_handle_key (self->viewport, keyval, state))
    return GDK_EVENT_STOP;
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return GDK_EVENT_PROPAGATE;

  if (find_direction (keyval, &direction))
    return move_focus (self, direction);

  switch (keyval) {
  case GDK_KEY_Escape:
    return pin (self, &(Re3ChartDatum){ 0, RE3_NO_ITEM, 0 });
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_space:
    if (focus->item == RE3_NO_ITEM)
      return GDK_EVENT_PROPAGATE;
    is_answered = pin (self, focus) || self->activatable;
    activate (self, focus);
    return is_answered;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* A focus is seen while keys are used. */
static void
re3_chart_view_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  Re3ChartView *self = RE3_CHART_VIEW (widget);

  GTK_WIDGET_CLASS (re3_chart_view_parent_class)->state_flags_changed (widget, previous);
  redraw (self, re3_chart_light_show_focus (self->light, gtk_widget_has_visible_focus (widget)));
}

static gboolean
query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  Re3ChartView *self = RE3_CHART_VIEW (widget);
  Re3Scene *scene = get_scene (self);
  const Re3Mark *mark;
  Re3Rect area;

  if (scene == NULL)
    return FALSE;

  mark = keyboard ? find_focus_mark (self, scene) : pick (self, x, y);
  if (mark == NULL || mark->tooltip == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, mark->tooltip);
  area = to_widget (self, &mark->bounds);
  gtk_tooltip_set_tip_area (tooltip,
                            &(GdkRectangle){ (int) area.x, (int) area.y, (int) ceil (area.width),
                                             (int) ceil (area.height) });
  return TRUE;
}

/* What the pointer and the keyboard are on. */
static void
snapshot_hover (Re3ChartView *self, Re3Scene *scene, GtkSnapshot *snapshot)
{
  const Re3ChartDatum *hover = re3_chart_light_get_hover (self->light);
  const Re3ChartDatum *focus = re3_chart_light_get_focus (self->light);
  gboolean has_focus =
      focus->item != RE3_NO_ITEM && gtk_widget_has_visible_focus (GTK_WIDGET (self));
  GskRenderNode *layer;
  cairo_t *cr;

  if (hover->item == RE3_NO_ITEM && !has_focus)
    return;
  layer = re3_scene_layer_new (re3_chart_viewport_get_seen (self->viewport), &cr);
  if (hover->item != RE3_NO_ITEM)
    re3_scene_draw_hover (scene, cr, hover->panel, hover->item, hover->series);
  if (has_focus)
    re3_scene_draw_focus (scene, cr, focus->panel, focus->item, focus->series);
  cairo_destroy (cr);
  gtk_snapshot_append_node (snapshot, layer);
  gsk_render_node_unref (layer);
}

/* What is outlined is drawn anew, not all that lies below it. */
static void
re3_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Re3ChartView *self = RE3_CHART_VIEW (widget);
  Re3Scene *scene = get_scene (self);

  if (scene == NULL)
    return;

  if (self->picture == NULL)
    self->picture = re3_scene_picture_new (scene, re3_chart_light_get_highlight (self->light),
                                           re3_chart_viewport_get_seen (self->viewport),
                                           gtk_widget_get_scale_factor (widget));
  gtk_snapshot_append_node (snapshot, self->picture);

  if (self->outlines == NULL && self->is_selected != NULL)
    self->outlines = re3_scene_outlines_new (scene, self->is_selected, self->is_selected_data,
                                             re3_chart_viewport_get_seen (self->viewport));
  if (self->outlines != NULL)
    gtk_snapshot_append_node (snapshot, self->outlines);
  snapshot_hover (self, scene, snapshot);
}

static void
re3_chart_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  Re3ChartView *self = RE3_CHART_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MINIMUM_WIDTH;
    *natural = NATURAL_WIDTH;
    return;
  }

  *minimum = MINIMUM_HEIGHT;
  *natural = MINIMUM_HEIGHT;
  if (self->chart != NULL) {
    self->natural_height = get_natural_height (self, for_size < 0 ? NATURAL_WIDTH : for_size);
    *natural = MAX (self->natural_height, MINIMUM_HEIGHT);
  }
}

static GtkSizeRequestMode
re3_chart_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
re3_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Re3ChartView *self = RE3_CHART_VIEW (widget);
  int content = height;

  if (self->chart != NULL && re3_chart_viewport_is_natural (self->viewport))
    content = get_natural_height (self, width);
  re3_chart_viewport_allocate (self->viewport, width, height, content);
  forget_scene (self);
}

static void
re3_chart_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (re3_chart_view_parent_class)->css_changed (widget, change);
  forget_scene (RE3_CHART_VIEW (widget));
}

static void
re3_chart_view_finalize (GObject *object)
{
  Re3ChartView *self = RE3_CHART_VIEW (object);

  g_clear_pointer (&self->chart, re3_chart_unref);
  g_clear_pointer (&self->scene, re3_scene_free);
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  g_clear_pointer (&self->outlines, gsk_render_node_unref);
  re3_chart_light_free (self->light);
  re3_chart_viewport_free (self->viewport);

  G_OBJECT_CLASS (re3_chart_view_parent_class)->finalize (object);
}

static void
re3_chart_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  Re3ChartView *self = RE3_CHART_VIEW (object);

  /* The others are those of a GtkScrollable. */
  if (prop_id == PROP_ACTIVATABLE)
    g_value_set_boolean (value, self->activatable);
  else
    re3_chart_viewport_get_property (self->viewport, pspec->name, value);
}

static void
re3_chart_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  Re3ChartView *self = RE3_CHART_VIEW (object);

  /* The others are those of a GtkScrollable. */
  if (prop_id == PROP_ACTIVATABLE)
    re3_chart_view_set_activatable (self, g_value_get_boolean (value));
  else
    re3_chart_viewport_set_property (self->viewport, pspec->name, value);
}

static void
re3_chart_view_class_init (Re3ChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = re3_chart_view_finalize;
  object_class->get_property = re3_chart_view_get_property;
  object_class->set_property = re3_chart_view_set_property;
  widget_class->snapshot = re3_chart_view_snapshot;
  widget_class->measure = re3_chart_view_measure;
  widget_class->get_request_mode = re3_chart_view_get_request_mode;
  widget_class->size_allocate = re3_chart_view_size_allocate;
  widget_class->css_changed = re3_chart_view_css_changed;
  widget_class->state_flags_changed = re3_chart_view_state_flags_changed;
  widget_class->query_tooltip = query_tooltip;

  properties[PROP_ACTIVATABLE] =
      g_param_spec_boolean ("activatable", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[ITEM_ACTIVATED] =
      g_signal_new ("item-activated", RE3_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
re3_chart_view_init (Re3ChartView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->light = re3_chart_light_new ();
  self->viewport = re3_chart_viewport_new (GTK_WIDGET (self), viewport_changed_cb);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_object (style, "notify::dark", G_CALLBACK (forget_scene), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (forget_scene), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
re3_chart_view_new (void)
{
  return g_object_new (RE3_TYPE_CHART_VIEW, NULL);
}
