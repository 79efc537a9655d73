/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-chart-view.h"

#include "re3-desktop-theme.h"

#include <adwaita.h>

/* Narrower or lower, no chart says anything. */
#define MINIMUM_WIDTH  160
#define NATURAL_WIDTH  480
#define MINIMUM_HEIGHT 96

struct _Re3ChartView {
  GtkWidget parent_instance;

  Re3Chart *chart;
  Re3Scene *scene; /* (nullable): @chart laid out for this size and style */
  int natural_height;

  gboolean activatable;
  Re3MarkFunc is_selected; /* (nullable) */
  gpointer is_selected_data;
  int focus_item; /* under the keyboard's focus */
  int focus_series;
  int focus_panel;
};

enum { PROP_ACTIVATABLE = 1, N_PROPS };

enum { ITEM_ACTIVATED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (Re3ChartView, re3_chart_view, GTK_TYPE_WIDGET)

/* The desktop's style as a chart theme. @family: (out): owns the theme's font name. */
static Re3Theme
get_theme (Re3ChartView *self, char **family)
{
  Re3Theme theme = *re3_desktop_theme ();
  const PangoFontDescription *font =
      pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= 96.0 / 72.0;

  *family = g_strdup (pango_font_description_get_family (font));
  theme.font_family = *family;
  /* Charts hold more text than dialogs do; a step smaller reads better. */
  theme.font_size = size * 0.86;
  return theme;
}

static void
forget_scene (Re3ChartView *self)
{
  g_clear_pointer (&self->scene, re3_scene_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static Re3Scene *
get_scene (Re3ChartView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->scene == NULL && self->chart != NULL && width > 0 && height > 0) {
    g_autofree char *family = NULL;
    Re3Theme theme = get_theme (self, &family);

    self->scene = re3_chart_layout (self->chart, &theme, width, height);
  }
  return self->scene;
}

void
re3_chart_view_set_chart (Re3ChartView *self, Re3Chart *chart)
{
  g_return_if_fail (RE3_IS_CHART_VIEW (self));

  if (self->chart == chart)
    return;

  g_clear_pointer (&self->chart, re3_chart_unref);
  if (chart == NULL) {
    self->focus_item = RE3_NO_ITEM;
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
  if (chart != NULL && self->natural_height > 0) {
    g_autofree char *family = NULL;
    Re3Theme theme = get_theme (self, &family);
    double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), MINIMUM_WIDTH);

    if ((int) ceil (re3_chart_get_natural_height (chart, &theme, width)) == self->natural_height)
      return;
  }
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

  gtk_widget_queue_draw (GTK_WIDGET (self));
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
activate (Re3ChartView *self, int item, int series, int panel)
{
  if (self->activatable && self->chart != NULL && item != RE3_NO_ITEM)
    g_signal_emit (self, signals[ITEM_ACTIVATED], 0, item, series, panel);
}

static void
pressed_cb (Re3ChartView *self, int n_press, double x, double y)
{
  Re3Scene *scene = get_scene (self);
  const Re3Mark *mark = scene != NULL ? re3_scene_pick (scene, x, y) : NULL;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (mark == NULL)
    return;

  self->focus_item = mark->item;
  self->focus_series = mark->series;
  self->focus_panel = mark->panel;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  activate (self, mark->item, mark->series, mark->panel);
}

/* Where the chart is larger than the part of it that is seen, the keyboard's focus is kept in view.
 */
static void
scroll_to_mark (Re3ChartView *self, const Re3Mark *mark)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  if (viewport == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (self), viewport, &bounds))
    return;

  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  gtk_adjustment_clamp_page (
      adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.y + mark->bounds.y,
      gtk_adjustment_get_value (adjustment) + bounds.origin.y + mark->bounds.y +
          mark->bounds.height);
}

static gboolean
is_focus (Re3ChartView *self, const Re3Mark *mark)
{
  return mark->panel == self->focus_panel && mark->item == self->focus_item &&
         mark->series == self->focus_series;
}

/* The next or last mark, in painting order, that stands for another datum than the focus. */
static gboolean
move_focus (Re3ChartView *self, int direction)
{
  Re3Scene *scene = get_scene (self);
  gssize n_marks = scene != NULL ? (gssize) re3_scene_get_n_marks (scene) : 0;
  gssize start = direction > 0 ? -1 : n_marks;

  for (gssize i = 0; self->focus_item != RE3_NO_ITEM && i < n_marks; i++) {
    gssize index = direction > 0 ? n_marks - 1 - i : i;
    const Re3Mark *mark = re3_scene_get_mark (scene, index);

    if (is_focus (self, mark)) {
      start = index;
      break;
    }
  }

  for (gssize i = start + direction; i >= 0 && i < n_marks; i += direction) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);

    if (mark->item != RE3_NO_ITEM && mark->tooltip != NULL) {
      self->focus_item = mark->item;
      self->focus_series = mark->series;
      self->focus_panel = mark->panel;
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                      mark->tooltip, -1);
      scroll_to_mark (self, mark);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
key_pressed_cb (Re3ChartView *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return GDK_EVENT_PROPAGATE;

  switch (keyval) {
  case GDK_KEY_Down:
  case GDK_KEY_Right:
    return move_focus (self, +1);
  case GDK_KEY_Up:
  case GDK_KEY_Left:
    return move_focus (self, -1);
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_space:
    activate (self, self->focus_item, self->focus_series, self->focus_panel);
    return self->activatable && self->focus_item != RE3_NO_ITEM;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* The mark that the keyboard's focus is on. */
static const Re3Mark *
find_focus_mark (Re3ChartView *self, Re3Scene *scene)
{
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);

    if (is_focus (self, mark) && mark->tooltip != NULL)
      return mark;
  }
  return NULL;
}

static gboolean
query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  Re3ChartView *self = RE3_CHART_VIEW (widget);
  Re3Scene *scene = get_scene (self);
  const Re3Mark *mark;

  if (scene == NULL)
    return FALSE;

  mark = keyboard ? find_focus_mark (self, scene) : re3_scene_pick (scene, x, y);
  if (mark == NULL || mark->tooltip == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, mark->tooltip);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){ (int) mark->bounds.x, (int) mark->bounds.y,
                                                      (int) ceil (mark->bounds.width),
                                                      (int) ceil (mark->bounds.height) });
  return TRUE;
}

static void
re3_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Re3ChartView *self = RE3_CHART_VIEW (widget);
  Re3Scene *scene = get_scene (self);
  cairo_t *cr;

  if (scene == NULL)
    return;

  cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                                gtk_widget_get_height (widget)));
  re3_scene_draw (scene, cr);
  if (self->is_selected != NULL)
    re3_scene_draw_outline (scene, cr, self->is_selected, self->is_selected_data);
  if (self->focus_item != RE3_NO_ITEM && gtk_widget_has_visible_focus (widget))
    re3_scene_draw_focus (scene, cr, self->focus_panel, self->focus_item, self->focus_series);
  cairo_destroy (cr);
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
    g_autofree char *family = NULL;
    Re3Theme theme = get_theme (self, &family);
    double width = for_size < 0 ? NATURAL_WIDTH : MAX (for_size, MINIMUM_WIDTH);

    self->natural_height = (int) ceil (re3_chart_get_natural_height (self->chart, &theme, width));
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
  forget_scene (RE3_CHART_VIEW (widget));
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

  G_OBJECT_CLASS (re3_chart_view_parent_class)->finalize (object);
}

static void
re3_chart_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_ACTIVATABLE:
    g_value_set_boolean (value, RE3_CHART_VIEW (object)->activatable);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
re3_chart_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_ACTIVATABLE:
    re3_chart_view_set_activatable (RE3_CHART_VIEW (object), g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
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
  widget_class->query_tooltip = query_tooltip;

  properties[PROP_ACTIVATABLE] =
      g_param_spec_boolean ("activatable", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

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
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->focus_item = RE3_NO_ITEM;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

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
