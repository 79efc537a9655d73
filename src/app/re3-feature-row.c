/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-feature-row.h"

#include "re3-feature-scale.h"
#include "re3-number-text.h"
#include "re3-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

#define HISTOGRAM_BINS 40

/* Significant digits in the text about the interval. */
#define INTERVAL_DIGITS 4
#define MOST_DIGITS     16

struct _Re3FeatureRow {
  GtkWidget parent_instance;

  GtkLabel *name_label;
  GtkWidget *filled_image;
  GtkEntry *entry;
  GtkWidget *lock_button;
  GtkWidget *reset_button;
  Re3FeatureScale *scale;
  GtkAdjustment *adjustment;
  GtkLabel *interval_label;

  Re3Session *session;
  gsize feature;
  char *shown_text; /* what the entry was last given: typed text differs from it */
  double shown_value;
  gboolean has_fault;
  gboolean
      is_syncing; /* the slider is being set to the session's value, or the lock to its state */
};

static void implement_what_if_row (Re3WhatIfRowInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (Re3FeatureRow,
                               re3_feature_row,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (RE3_TYPE_WHAT_IF_ROW, implement_what_if_row))

static const char *
get_unit (Re3FeatureRow *self)
{
  return re3_model_get_feature_unit (re3_session_get_model (self->session), self->feature);
}

/* --- Showing -------------------------------------------------------------------------------- */

static void
show_fault (Re3FeatureRow *self, const char *fault)
{
  if (fault == NULL && !self->has_fault)
    return;

  self->has_fault = fault != NULL;
  if (fault != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), fault);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
      fault != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* What is being typed stays, unless the value itself changes. */
static void
show_value (Re3FeatureRow *self, double value)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.7g", value);
  if (self->shown_value == value && g_strcmp0 (self->shown_text, typed) != 0 &&
      (gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN))
    return;

  show_fault (self, NULL);
  self->shown_value = value;
  g_free (self->shown_text);
  self->shown_text = g_strdup (text);
  if (strcmp (typed, text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static char *
describe_interval (Re3FeatureRow *self, double low, double high)
{
  const char *unit = get_unit (self);

  if (isinf (low) && isinf (high))
    return g_strdup (_ ("Same region at any value"));
  if (isinf (low)) {
    g_autofree char *to = re3_number_text_new_with_unit (high, INTERVAL_DIGITS, unit);

    /* Translators: %s is a value with its unit, such as "1.2 cm". */
    return g_strdup_printf (_ ("Same region up to %s"), to);
  } else if (isinf (high)) {
    g_autofree char *from = re3_number_text_new_with_unit (low, INTERVAL_DIGITS, unit);

    return g_strdup_printf (_ ("Same region from %s"), from);
  } else {
    /* As many digits as tell a narrow interval's ends apart. */
    for (int digits = INTERVAL_DIGITS;; digits += 2) {
      g_autofree char *from = re3_number_text_new (low, digits);
      g_autofree char *to = re3_number_text_new (high, digits);
      g_autofree char *to_with_unit = re3_number_text_new_with_unit (high, digits, unit);

      if (strcmp (from, to) != 0 || digits >= MOST_DIGITS)
        return g_strdup_printf (_ ("Same region %s to %s"), from, to_with_unit);
    }
  }
}

/* Returns: whether there is a slider. */
static gboolean
fit_slider (Re3FeatureRow *self, double value, double *low, double *high)
{
  gboolean is_real = re3_dataset_get_column_kind (re3_session_get_dataset (self->session),
                                                  self->feature) == RE3_COLUMN_REAL;
  const Re3FeatureReach *reach = re3_document_get_reach (re3_session_get_document (self->session));
  gboolean has_slider = re3_feature_reach_get (reach, self->feature, value, low, high);
  double step;

  if (!has_slider) {
    *low = value;
    *high = value;
  }
  step = is_real ? (*high - *low) / 100.0 : 1.0;
  gtk_adjustment_configure (self->adjustment, value, *low, *high, step, 10.0 * step, 0.0);
  return has_slider;
}

static void
re3_feature_row_update (Re3WhatIfRow *row)
{
  Re3FeatureRow *self = RE3_FEATURE_ROW (row);
  const Re3Explanation *explanation = re3_session_get_explanation (self->session);
  const Re3Explanation *original = re3_session_get_original (self->session);
  Re3WhatIf *what_if = re3_session_get_what_if (self->session);
  g_autofree char *interval = NULL;
  double value, low, high, lowest, highest;
  gboolean has_slider;
  gboolean is_locked;

  re3_what_if_row_show_selected (
      row, re3_selection_get_feature (re3_session_get_selection (self->session)) == self->feature);
  gtk_widget_set_sensitive (GTK_WIDGET (self), explanation != NULL);
  if (explanation == NULL)
    return;

  value = re3_what_if_get_value (what_if, self->feature);
  low = explanation->low[self->feature];
  high = explanation->high[self->feature];
  interval = describe_interval (self, low, high);

  is_locked = re3_what_if_is_locked (what_if, self->feature);

  self->is_syncing = TRUE;
  has_slider = fit_slider (self, value, &lowest, &highest);
  re3_what_if_row_show_lock (GTK_TOGGLE_BUTTON (self->lock_button), is_locked);
  self->is_syncing = FALSE;

  show_value (self, value);
  gtk_widget_set_visible (self->filled_image, re3_what_if_is_filled (what_if, self->feature));
  re3_feature_scale_set_interval (self->scale, low, high);
  re3_feature_scale_set_original (self->scale, original->values[self->feature]);
  if (!has_slider || !re3_what_if_is_costly (what_if))
    re3_feature_scale_set_response (
        self->scale,
        has_slider ? re3_response_new (explanation, self->feature, lowest, highest) : NULL);
  gtk_label_set_text (self->interval_label, interval);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), has_slider && !is_locked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), !is_locked);
  gtk_widget_set_sensitive (self->reset_button,
                            !is_locked && re3_what_if_is_edited (what_if, self->feature));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  interval, -1);
}

gsize
re3_feature_row_get_feature (Re3FeatureRow *self)
{
  g_return_val_if_fail (RE3_IS_FEATURE_ROW (self), 0);

  return self->feature;
}

gboolean
re3_feature_row_get_range (Re3FeatureRow *self, double *low, double *high)
{
  g_return_val_if_fail (RE3_IS_FEATURE_ROW (self), FALSE);
  g_return_val_if_fail (low != NULL && high != NULL, FALSE);

  *low = gtk_adjustment_get_lower (self->adjustment);
  *high = gtk_adjustment_get_upper (self->adjustment);
  return *low < *high;
}

void
re3_feature_row_take_response (Re3FeatureRow *self, Re3Response *response)
{
  g_return_if_fail (RE3_IS_FEATURE_ROW (self));

  re3_feature_scale_set_response (self->scale, response);
}

/* --- Editing -------------------------------------------------------------------------------- */

static void
adjustment_changed_cb (Re3FeatureRow *self)
{
  if (!self->is_syncing)
    re3_what_if_set_value (re3_session_get_what_if (self->session), self->feature,
                           gtk_adjustment_get_value (self->adjustment), NULL);
}

/* A drag, a key or a typed value is over: what comes next is undone by itself. */
static void
end_step (Re3FeatureRow *self)
{
  if (self->session != NULL)
    re3_what_if_end_step (re3_session_get_what_if (self->session));
}

static void
take_typed_value (Re3FeatureRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GError) error = NULL;
  double value;

  if (g_strcmp0 (text, self->shown_text) == 0 ||
      re3_session_get_explanation (self->session) == NULL)
    return;

  if (!re3_number_text_parse (text, &value)) {
    show_fault (self, _ ("Not a number. Type one such as 1.5, or press Escape."));
  } else if (!re3_what_if_set_value (re3_session_get_what_if (self->session), self->feature, value,
                                     &error)) {
    show_fault (self, error->message);
  } else {
    end_step (self);
    g_clear_pointer (&self->shown_text, g_free); /* "1.50" is shown as 1.5 */
    self->shown_value = NAN;
    re3_feature_row_update (RE3_WHAT_IF_ROW (self));
  }
}

static gboolean
entry_key_pressed_cb (Re3FeatureRow *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Escape || self->shown_text == NULL)
    return GDK_EVENT_PROPAGATE;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->shown_text);
  show_fault (self, NULL);
  return GDK_EVENT_STOP;
}

static void
lock_toggled_cb (Re3FeatureRow *self)
{
  if (!self->is_syncing)
    re3_what_if_set_locked (re3_session_get_what_if (self->session), self->feature,
                            gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->lock_button)));
}

static void
reset_clicked_cb (Re3FeatureRow *self)
{
  re3_what_if_reset_value (re3_session_get_what_if (self->session), self->feature);
}

/* Where the keyboard goes, the feature is selected. */
static void
focus_entered_cb (Re3FeatureRow *self)
{
  re3_selection_select_feature (re3_session_get_selection (self->session), self->feature);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
set_names (Re3FeatureRow *self)
{
  const char *name =
      re3_model_get_feature_name (re3_session_get_model (self->session), self->feature);
  const char *unit = get_unit (self);
  g_autofree char *full = unit != NULL ? g_strdup_printf ("%s (%s)", name, unit) : g_strdup (name);
  /* Translators: %s is the name of a feature; what the button does. */
  g_autofree char *reset = g_strdup_printf (_ ("Reset %s"), name);
  g_autofree char *lock = g_strdup_printf (_ ("Lock %s"), name);
  g_autofree char *typed = g_strdup_printf (_ ("Value of %s"), name);

  gtk_label_set_text (self->name_label, full);
  gtk_widget_set_tooltip_text (self->reset_button, reset);
  gtk_widget_set_tooltip_text (self->lock_button, lock);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  typed, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, reset, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lock_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lock, -1);
}

/* The digits after the point that split the range into some hundreds of steps, so that the entry
 * shows the very number that the slider has set. */
static int
get_slider_digits (Re3FeatureRow *self)
{
  Re3Dataset *dataset = re3_session_get_dataset (self->session);
  double low, high;

  if (re3_dataset_get_column_kind (dataset, self->feature) != RE3_COLUMN_REAL)
    return 0;
  re3_dataset_get_range (dataset, self->feature, &low, &high);
  return high > low ? (int) CLAMP (3.0 - ceil (log10 (high - low)), 0.0, 12.0) : 2;
}

static void
show_data (Re3FeatureRow *self)
{
  Re3Dataset *dataset = re3_session_get_dataset (self->session);
  guint32 counts[HISTOGRAM_BINS];
  double low, high;

  re3_dataset_get_range (dataset, self->feature, &low, &high);
  if (!(low < high) || !isfinite (high - low)) {
    re3_feature_scale_set_data (self->scale, -INFINITY, INFINITY, NULL, 0);
    return;
  }
  re3_dataset_count_values (dataset, self->feature, low, high, HISTOGRAM_BINS, counts);
  re3_feature_scale_set_data (self->scale, low, high, counts, HISTOGRAM_BINS);
}

/* What was typed or shown of another feature is forgotten. */
static void
re3_feature_row_bind (Re3WhatIfRow *row, Re3Session *session, Re3FeatureItem *item)
{
  Re3FeatureRow *self = RE3_FEATURE_ROW (row);

  g_set_object (&self->session, session);
  self->feature = re3_feature_item_get_feature (item);
  self->shown_value = NAN;
  set_names (self);
  gtk_range_set_round_digits (GTK_RANGE (self->scale), get_slider_digits (self));
  show_data (self);
  re3_feature_scale_set_response (self->scale, NULL);
  if (re3_session_get_explanation (session) == NULL) {
    g_clear_pointer (&self->shown_text, g_free);
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
    gtk_label_set_text (self->interval_label, "");
  }
}

static void
implement_what_if_row (Re3WhatIfRowInterface *interface)
{
  interface->bind = re3_feature_row_bind;
  interface->update = re3_feature_row_update;
}

static void
re3_feature_row_dispose (GObject *object)
{
  Re3FeatureRow *self = RE3_FEATURE_ROW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->shown_text, g_free);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (re3_feature_row_parent_class)->dispose (object);
}

static void
re3_feature_row_class_init (Re3FeatureRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_feature_row_dispose;

  g_type_ensure (RE3_TYPE_FEATURE_SCALE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-feature-row.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureRow, filled_image);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureRow, entry);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureRow, lock_button);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureRow, reset_button);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureRow, scale);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureRow, adjustment);
  gtk_widget_class_bind_template_child (widget_class, Re3FeatureRow, interval_label);
  gtk_widget_class_bind_template_callback (widget_class, adjustment_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_typed_value);
  gtk_widget_class_bind_template_callback (widget_class, entry_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, lock_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_entered_cb);
  gtk_widget_class_set_css_name (widget_class, "feature");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/* The handle is let go, of the pointer or of a key. */
static gboolean
scale_event_cb (Re3FeatureRow *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_RELEASE || type == GDK_KEY_RELEASE || type == GDK_TOUCH_END)
    end_step (self);
  return GDK_EVENT_PROPAGATE;
}

static void
re3_feature_row_init (Re3FeatureRow *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  re3_tooltip_show_cut (self->name_label);
  re3_tooltip_show_cut (self->interval_label);

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (events, "event", G_CALLBACK (scale_event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scale), events);
}
