/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-feature-scale.h"

#include "re3-desktop-theme.h"

#define BAND_HEIGHT 14.0
#define TICK_WIDTH  2.0
#define TICK_HEIGHT 18.0

struct _Re3FeatureScale {
  GtkScale parent_instance;

  double low;
  double high;
  double original;
};

G_DEFINE_FINAL_TYPE (Re3FeatureScale, re3_feature_scale, GTK_TYPE_SCALE)

void
re3_feature_scale_set_interval (Re3FeatureScale *self, double low, double high)
{
  g_return_if_fail (RE3_IS_FEATURE_SCALE (self));

  if (self->low == low && self->high == high)
    return;

  self->low = low;
  self->high = high;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
re3_feature_scale_set_original (Re3FeatureScale *self, double value)
{
  g_return_if_fail (RE3_IS_FEATURE_SCALE (self));

  if (self->original == value)
    return;

  self->original = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* How much of the trough's length the handle takes up: its own length and its margins, which a
 * theme may make negative so that the handle reaches over the ends. GtkRange does not tell. */
static int
get_handle_length (GtkWidget *widget)
{
  int length = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && length == 0;
       child = gtk_widget_get_next_sibling (child)) {
    if (g_str_equal (gtk_widget_get_css_name (child), "slider"))
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &length, NULL, NULL, NULL);
    else
      length = get_handle_length (child);
  }
  return length;
}

/* Where the handle's centre stands for @value; ends are clamped to the trough. */
static double
value_to_x (Re3FeatureScale *self, double value)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (GTK_RANGE (self));
  double lower = gtk_adjustment_get_lower (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment);
  double share = upper > lower ? (CLAMP (value, lower, upper) - lower) / (upper - lower) : 0.5;
  double handle = get_handle_length (GTK_WIDGET (self));
  GdkRectangle trough;

  gtk_range_get_range_rect (GTK_RANGE (self), &trough);
  if (gtk_range_get_inverted (GTK_RANGE (self)) !=
      (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL))
    share = 1.0 - share;

  return trough.x + handle / 2.0 + share * (trough.width - handle);
}

static void
append_rectangle (GtkSnapshot *snapshot,
                  double x,
                  double y,
                  double width,
                  double height,
                  double radius,
                  const GdkRGBA *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, y, width, height), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
re3_feature_scale_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Re3FeatureScale *self = RE3_FEATURE_SCALE (widget);
  const Re3Theme *theme = re3_desktop_theme ();
  const Re3Color *accent = &theme->accent;
  const Re3Color *muted = &theme->muted;
  GdkRectangle range;
  double middle;

  gtk_range_get_range_rect (GTK_RANGE (self), &range);
  middle = range.y + range.height / 2.0;

  if (self->low <= self->high) {
    double left = value_to_x (self, self->low);
    double right = value_to_x (self, self->high);

    append_rectangle (snapshot, MIN (left, right), middle - BAND_HEIGHT / 2.0,
                      MAX (fabs (right - left), 1.0), BAND_HEIGHT, 3.0,
                      &(GdkRGBA){ (float) accent->red, (float) accent->green, (float) accent->blue,
                                  0.32f });
  }
  append_rectangle (snapshot, value_to_x (self, self->original) - TICK_WIDTH / 2.0,
                    middle - TICK_HEIGHT / 2.0, TICK_WIDTH, TICK_HEIGHT, 1.0,
                    &(GdkRGBA){ (float) muted->red, (float) muted->green, (float) muted->blue,
                                1.0f });

  GTK_WIDGET_CLASS (re3_feature_scale_parent_class)->snapshot (widget, snapshot);
}

static void
re3_feature_scale_class_init (Re3FeatureScaleClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = re3_feature_scale_snapshot;
}

/* A wheel turned over a list of sliders is meant for the list. GtkRange would take it and change
 * the value under the pointer. */
static void
ignore_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = g_list_model_get_n_items (controllers); i > 0; i--) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i - 1);

    if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      gtk_widget_remove_controller (widget, controller);
  }
}

static void
re3_feature_scale_init (Re3FeatureScale *self)
{
  ignore_wheel (GTK_WIDGET (self));
  self->low = -INFINITY;
  self->high = INFINITY;
}
