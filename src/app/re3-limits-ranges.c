/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-limits-ranges.h"

#include "re3-json-writer.h"
#include "re3-limits-check.h"
#include "re3-limits-widgets.h"
#include "re3-number-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define DIGITS 6

struct _Re3LimitsRanges {
  GtkWidget parent_instance;

  GtkDropDown *feature_drop_down;
  GtkWidget *low_entry;
  GtkWidget *high_entry;
  GtkLabel *message_label;
  GtkListBox *list_box;

  Re3Session *session;
};

G_DEFINE_FINAL_TYPE (Re3LimitsRanges, re3_limits_ranges, GTK_TYPE_WIDGET)

static gsize
get_feature (Re3LimitsRanges *self)
{
  return gtk_drop_down_get_selected (self->feature_drop_down);
}

/* --- The form ------------------------------------------------------------------------------- */

static void
mark (GtkWidget *entry, gboolean is_invalid)
{
  if (is_invalid)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
      is_invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
forget_fault (Re3LimitsRanges *self)
{
  mark (self->low_entry, FALSE);
  mark (self->high_entry, FALSE);
  re3_limits_tell (self->message_label, NULL, NULL);
}

/* @at: the entry to be corrected */
static void
refuse (Re3LimitsRanges *self, GtkWidget *at, const char *text)
{
  mark (at, TRUE);
  gtk_widget_grab_focus (at);
  re3_limits_tell (self->message_label, text, "error");
}

/* With all its digits, so that it is set again as it was; nothing for an open end. */
static void
fill_entry (GtkWidget *entry, double end, double end_of_data)
{
  g_autofree char *hint = isfinite (end_of_data) ? re3_number_text_new (end_of_data, DIGITS) : NULL;
  char text[RE3_JSON_NUMBER_SIZE] = "";

  if (isfinite (end))
    re3_json_format_number (end, text);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
}

static void
feature_selected_cb (Re3LimitsRanges *self)
{
  Re3Dataset *dataset = re3_session_get_dataset (self->session);
  gsize feature = get_feature (self);
  const Re3FeatureRange *range;
  double low = NAN;
  double high = NAN;

  if (feature == GTK_INVALID_LIST_POSITION)
    return;
  range = re3_limits_find_range (re3_session_get_limits (self->session), feature);
  if (dataset != NULL)
    re3_dataset_get_range (dataset, feature, &low, &high);
  fill_entry (self->low_entry, range != NULL ? range->low : -INFINITY, low);
  fill_entry (self->high_entry, range != NULL ? range->high : INFINITY, high);
  forget_fault (self);
}

/* @end: (inout): as it is where the entry is empty */
static gboolean
take_end (Re3LimitsRanges *self, GtkWidget *entry, double *end)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  g_autofree char *fault = NULL;

  if (*text == '\0' || re3_number_text_parse (text, end))
    return TRUE;
  fault = g_strdup_printf (_ ("“%s” is no number. Type one such as 1.5, or leave it empty for an "
                              "open end."),
                           text);
  refuse (self, entry, fault);
  return FALSE;
}

static void
set_clicked_cb (Re3LimitsRanges *self)
{
  Re3Limits *limits = re3_session_get_limits (self->session);
  gsize feature = get_feature (self);
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  double low = -INFINITY;
  double high = INFINITY;

  forget_fault (self);
  if (!take_end (self, self->low_entry, &low) || !take_end (self, self->high_entry, &high))
    return;
  if (!re3_limits_set_range (limits, feature, low, high, &error)) {
    refuse (self, low > high ? self->high_entry : self->low_entry, error->message);
    return;
  }
  note = re3_limits_check_range (limits, re3_session_get_what_if (self->session), feature);
  re3_limits_tell (self->message_label, note, "warning");
}

/* --- The list ------------------------------------------------------------------------------- */

/* "0.5 to 2 cm", "at least 0.5 cm" */
static char *
describe_range (Re3LimitsRanges *self, const Re3FeatureRange *range)
{
  const char *unit =
      re3_model_get_feature_unit (re3_session_get_model (self->session), range->feature);
  g_autofree char *from = re3_number_text_new (range->low, DIGITS);
  g_autofree char *low = re3_number_text_new_with_unit (range->low, DIGITS, unit);
  g_autofree char *high = re3_number_text_new_with_unit (range->high, DIGITS, unit);

  if (isinf (range->high))
    return g_strdup_printf (_ ("at least %s"), low);
  if (isinf (range->low))
    return g_strdup_printf (_ ("at most %s"), high);
  /* Translators: the ends of a range, the second with its unit. */
  return g_strdup_printf (_ ("%s to %s"), from, high);
}

/* The range, and where the sample is if it is not in it. */
static char *
describe (Re3LimitsRanges *self, const Re3FeatureRange *range)
{
  Re3WhatIf *what_if = re3_session_get_what_if (self->session);
  g_autofree char *text = describe_range (self, range);
  g_autofree char *value = NULL;

  if (re3_session_get_row (self->session) == RE3_NO_ROW ||
      (re3_what_if_get_value (what_if, range->feature) >= range->low &&
       re3_what_if_get_value (what_if, range->feature) <= range->high))
    return g_steal_pointer (&text);
  value = re3_number_text_new (re3_what_if_get_value (what_if, range->feature), DIGITS);
  /* Translators: a range, and a value that is not in it. */
  return g_strdup_printf (_ ("%s; the sample itself is outside, at %s"), text, value);
}

static gsize
get_feature_of (GtkListBoxRow *row)
{
  return GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "feature"));
}

static void
removed_cb (Re3LimitsRanges *self, GtkButton *button)
{
  re3_limits_remove_range (re3_session_get_limits (self->session),
                           get_feature_of (g_object_get_data (G_OBJECT (button), "row")));
}

/* To be changed. */
static void
row_activated_cb (Re3LimitsRanges *self, GtkListBoxRow *row)
{
  gtk_drop_down_set_selected (self->feature_drop_down, (guint) get_feature_of (row));
  feature_selected_cb (self);
  gtk_widget_grab_focus (self->low_entry);
}

static GtkWidget *
make_row (Re3LimitsRanges *self, const Re3FeatureRange *range)
{
  const char *name =
      re3_model_get_feature_name (re3_session_get_model (self->session), range->feature);
  g_autofree char *text = describe (self, range);
  g_autofree char *note =
      re3_limits_check_range (re3_session_get_limits (self->session),
                              re3_session_get_what_if (self->session), range->feature);
  g_autofree char *remove = g_strdup_printf (_ ("Remove the range of %s"), name);
  GtkWidget *row = re3_limits_row_new (name, text, note, remove, G_CALLBACK (removed_cb), self);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "feature", GSIZE_TO_POINTER (range->feature));
  return row;
}

static void
show_ranges (Re3LimitsRanges *self)
{
  const GArray *ranges = re3_limits_get_ranges (re3_session_get_limits (self->session));
  int place = re3_limits_clear_rows (self->list_box);

  for (guint i = 0; i < ranges->len; i++)
    gtk_list_box_append (self->list_box,
                         make_row (self, &g_array_index (ranges, Re3FeatureRange, i)));
  re3_limits_focus_row (self->list_box, place, GTK_WIDGET (self->feature_drop_down));
}

/* The form of what was removed is empty again. */
static void
limits_changed_cb (Re3LimitsRanges *self)
{
  show_ranges (self);
  feature_selected_cb (self);
}

void
re3_limits_ranges_set_session (Re3LimitsRanges *self, Re3Session *session)
{
  g_return_if_fail (RE3_IS_LIMITS_RANGES (self) && self->session == NULL);
  g_return_if_fail (re3_session_get_model (session) != NULL);

  self->session = g_object_ref (session);
  re3_limits_list_features (self->feature_drop_down, re3_session_get_model (session));
  g_signal_connect_object (re3_session_get_limits (session), "changed",
                           G_CALLBACK (limits_changed_cb), self, G_CONNECT_SWAPPED);
  limits_changed_cb (self);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
re3_limits_ranges_dispose (GObject *object)
{
  Re3LimitsRanges *self = RE3_LIMITS_RANGES (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_limits_ranges_parent_class)->dispose (object);
}

static void
re3_limits_ranges_class_init (Re3LimitsRangesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_limits_ranges_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/re3/Re3/ui/re3-limits-ranges.ui");
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsRanges, feature_drop_down);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsRanges, low_entry);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsRanges, high_entry);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsRanges, message_label);
  gtk_widget_class_bind_template_child (widget_class, Re3LimitsRanges, list_box);
  gtk_widget_class_bind_template_callback (widget_class, feature_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_limits_ranges_init (Re3LimitsRanges *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
