/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-feature-scale.h"

#include "re3-desktop-theme.h"
#include "re3-track.h"

#include <math.h>

/* From the middle of the track, in pixels. */
#define HISTOGRAM_BOTTOM 7.0
#define HISTOGRAM_HEIGHT 14.0
#define BAND_HEIGHT      14.0
#define TRACK_HEIGHT     4.0
#define TICK_TOP         4.0
#define TICK_HEIGHT      5.0
#define GHOST_RADIUS     4.5
#define HATCH_STEP       5.0

/* All of it. */
#define ABOVE (HISTOGRAM_BOTTOM + HISTOGRAM_HEIGHT)
#define BELOW (TICK_TOP + TICK_HEIGHT)

struct _Re3FeatureScale {
  GtkScale parent_instance;

  double data_low;
  double data_high;
  guint32 *counts;
  gsize n_bins;

  double low;
  double high;
  double original;
  Re3Response *response;
};

G_DEFINE_FINAL_TYPE (Re3FeatureScale, re3_feature_scale, GTK_TYPE_SCALE)

void
re3_feature_scale_set_data (Re3FeatureScale *self,
                            double low,
                            double high,
                            const guint32 *counts,
                            gsize n_bins)
{
  g_return_if_fail (RE3_IS_FEATURE_SCALE (self));

  self->data_low = low;
  self->data_high = high;
  g_free (self->counts);
  self->counts = g_memdup2 (counts, n_bins * sizeof *counts);
  self->n_bins = n_bins;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

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

void
re3_feature_scale_set_response (Re3FeatureScale *self, Re3Response *response)
{
  g_return_if_fail (RE3_IS_FEATURE_SCALE (self));

  re3_response_free (self->response);
  self->response = response;
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

/* --- Drawing -------------------------------------------------------------------------------- */

/* Where values are on the track. Asking GTK for it costs: it is done once a frame. */
typedef struct {
  Re3Track values;
  double middle;
} Track;

static void
track_init (Track *self, Re3FeatureScale *scale)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (GTK_RANGE (scale));
  double handle = get_handle_length (GTK_WIDGET (scale));
  GdkRectangle trough;

  gtk_range_get_range_rect (GTK_RANGE (scale), &trough);
  self->values.lower = gtk_adjustment_get_lower (adjustment);
  self->values.upper = gtk_adjustment_get_upper (adjustment);
  self->values.start = trough.x + handle / 2.0;
  self->values.end = trough.x + trough.width - handle / 2.0;
  self->middle = trough.y + trough.height / 2.0;
  if (gtk_range_get_inverted (GTK_RANGE (scale)) !=
      (gtk_widget_get_direction (GTK_WIDGET (scale)) == GTK_TEXT_DIR_RTL)) {
    double start = self->values.start;

    self->values.start = self->values.end;
    self->values.end = start;
  }
}

static double
track_place (const Track *self, double value)
{
  return re3_track_place (&self->values, value);
}

static void
set_color (cairo_t *cr, const Re3Color *color, double alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, alpha);
}

/* A rectangle between the places of two values. */
static void
add_rectangle (cairo_t *cr, const Track *track, double from, double to, double y, double height)
{
  double left = track_place (track, from);
  double right = track_place (track, to);

  cairo_rectangle (cr, MIN (left, right), y, fabs (right - left), height);
}

static void
draw_histogram (Re3FeatureScale *self, cairo_t *cr, const Track *track, const Re3Theme *theme)
{
  double step = (self->data_high - self->data_low) / (double) self->n_bins;
  guint32 most = 1;

  for (gsize i = 0; i < self->n_bins; i++)
    most = MAX (most, self->counts[i]);
  for (gsize i = 0; i < self->n_bins; i++) {
    /* Where most values are the same, the others are still to be seen. */
    double height = HISTOGRAM_HEIGHT * sqrt ((double) self->counts[i] / most);
    double from = self->data_low + (double) i * step;

    add_rectangle (cr, track, from, from + step, track->middle - HISTOGRAM_BOTTOM - height, height);
  }
  set_color (cr, &theme->muted, 0.3);
  cairo_fill (cr);
}

/* Oblique lines over the values from @from to @to, which no sample has. */
static void
draw_hatching (cairo_t *cr, const Track *track, const Re3Theme *theme, double from, double to)
{
  double left = MIN (track_place (track, from), track_place (track, to));
  double right = MAX (track_place (track, from), track_place (track, to));
  double top = track->middle - BAND_HEIGHT / 2;

  if (right - left < 1)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, left, top, right - left, BAND_HEIGHT);
  cairo_clip (cr);
  for (double x = floor (left / HATCH_STEP) * HATCH_STEP - BAND_HEIGHT; x < right;
       x += HATCH_STEP) {
    cairo_move_to (cr, x, top + BAND_HEIGHT);
    cairo_line_to (cr, x + BAND_HEIGHT, top);
  }
  set_color (cr, &theme->muted, 0.45);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_band (Re3FeatureScale *self, cairo_t *cr, const Track *track, const Re3Theme *theme)
{
  double left = track_place (track, self->low);
  double right = track_place (track, self->high);
  double width = MAX (fabs (right - left), 1);

  if (self->low > self->high)
    return;
  cairo_rectangle (cr, MIN (left, right), track->middle - BAND_HEIGHT / 2, width, BAND_HEIGHT);
  set_color (cr, &theme->accent, 0.3);
  cairo_fill (cr);
}

static void
draw_track (Re3FeatureScale *self, cairo_t *cr, const Track *track, const Re3Theme *theme)
{
  double top = track->middle - TRACK_HEIGHT / 2;

  if (self->response == NULL) {
    add_rectangle (cr, track, track->values.lower, track->values.upper, top, TRACK_HEIGHT);
    set_color (cr, &theme->muted, 0.4);
    cairo_fill (cr);
    return;
  }
  for (gsize i = 0; i < self->response->n_stretches; i++) {
    const Re3ResponseStretch *stretch = &self->response->stretches[i];
    Re3Color color = re3_theme_class_color (theme, stretch->class_index);

    add_rectangle (cr, track, stretch->from, stretch->to, top, TRACK_HEIGHT);
    set_color (cr, &color, 1);
    cairo_fill (cr);
  }
}

/* Breakpoints that are drawn on the same pixel are one tick. */
static void
draw_ticks (Re3FeatureScale *self, cairo_t *cr, const Track *track, const Re3Theme *theme)
{
  double last = -1;

  if (self->response == NULL)
    return;
  for (gsize i = 1; i < self->response->n_pieces; i++) {
    double x = floor (track_place (track, self->response->pieces[i].from));

    if (x != last)
      cairo_rectangle (cr, x, track->middle + TICK_TOP, 1, TICK_HEIGHT);
    last = x;
  }
  set_color (cr, &theme->foreground, 0.65);
  cairo_fill (cr);
}

static void
draw_ghost (Re3FeatureScale *self, cairo_t *cr, const Track *track, const Re3Theme *theme)
{
  cairo_arc (cr, track_place (track, self->original), track->middle, GHOST_RADIUS, 0, 2 * G_PI);
  set_color (cr, &theme->background, 1);
  cairo_fill_preserve (cr);
  set_color (cr, &theme->muted, 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
re3_feature_scale_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Re3FeatureScale *self = RE3_FEATURE_SCALE (widget);
  const Re3Theme *theme = re3_desktop_theme ();
  double alpha = gtk_widget_is_sensitive (widget) ? 1.0 : 0.5;
  graphene_rect_t area;
  Track track;
  cairo_t *cr;

  track_init (&track, self);
  /* What stands above and below the track is drawn into the padding. */
  area = GRAPHENE_RECT_INIT (0, (float) (track.middle - ABOVE),
                             (float) gtk_widget_get_width (widget), (float) (ABOVE + BELOW));
  gtk_snapshot_push_opacity (snapshot, alpha);
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  draw_histogram (self, cr, &track, theme);
  draw_band (self, cr, &track, theme);
  draw_hatching (cr, &track, theme, track.values.lower, self->data_low);
  draw_hatching (cr, &track, theme, self->data_high, track.values.upper);
  draw_track (self, cr, &track, theme);
  draw_ticks (self, cr, &track, theme);
  draw_ghost (self, cr, &track, theme);
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);

  GTK_WIDGET_CLASS (re3_feature_scale_parent_class)->snapshot (widget, snapshot);
}

static void
re3_feature_scale_finalize (GObject *object)
{
  Re3FeatureScale *self = RE3_FEATURE_SCALE (object);

  g_clear_pointer (&self->counts, g_free);
  g_clear_pointer (&self->response, re3_response_free);

  G_OBJECT_CLASS (re3_feature_scale_parent_class)->finalize (object);
}

static void
re3_feature_scale_class_init (Re3FeatureScaleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_feature_scale_finalize;
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
  self->data_low = -INFINITY;
  self->data_high = INFINITY;
}
