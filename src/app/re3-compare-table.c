/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-compare-table.h"

#include "re3-comparison.h"
#include "re3-labels.h"
#include "re3-number-text.h"
#include "re3-tooltip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* So many features are told of one by one; the rest differ less. */
#define MOST_FEATURES 100

/* Of the table; more features scroll. */
#define MOST_HEIGHT 260

/* What of a feature's name is seen at least. */
#define NAME_WIDTH_CHARS 10

#define VALUE_DIGITS 4
#define DIGITS       3

/* The columns, after the name of the feature. */
enum { NAME, PINNED_VALUE, VALUE, PINNED_CONTRIBUTION, CONTRIBUTION, DIFFERENCE, PATH, N_COLUMNS };

/* The rows above those that change: what columns have in common, and the columns. */
enum { GROUPS, HEADS, FIRST_ROW };

/* Those that change: the answers of a classifier, or of a regression network, then the features. */
#define CLASS_ROWS  2
#define OUTPUT_ROWS 1

struct _Re3CompareTable {
  GtkWidget parent_instance;

  GtkGrid *grid;
  GtkLabel *contribution_head;
  GPtrArray *cells; /* of GtkLabel: N_COLUMNS for each row from FIRST_ROW on */
  GtkLabel *rest_label;

  Re3Session *session;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (Re3CompareTable, re3_compare_table, GTK_TYPE_WIDGET)

/* --- Cells ---------------------------------------------------------------------------------- */

static GtkLabel *
attach_label (Re3CompareTable *self, int column, int row, int width)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column == NAME ? 0.0f : 1.0f);
  gtk_widget_set_hexpand (label, column == NAME);
  gtk_grid_attach (self->grid, label, column, row, width, 1);
  return GTK_LABEL (label);
}

static GtkLabel *
add_head (Re3CompareTable *self,
          int column,
          int row,
          int width,
          const char *text,
          const char *about)
{
  GtkLabel *label = attach_label (self, column, row, width);

  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), about);
  gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
  return label;
}

static void
add_heads (Re3CompareTable *self)
{
  add_head (self, PINNED_VALUE, GROUPS, 2, _ ("Value"), NULL);
  self->contribution_head = add_head (self, PINNED_CONTRIBUTION, GROUPS, 4, "", NULL);
  gtk_label_set_ellipsize (self->contribution_head, PANGO_ELLIPSIZE_END);
  re3_tooltip_show_cut (self->contribution_head);
  add_head (self, NAME, HEADS, 1, _ ("Feature"), NULL);
  add_head (self, PINNED_VALUE, HEADS, 1, _ ("Pinned"), NULL);
  add_head (self, VALUE, HEADS, 1, _ ("Selected"), NULL);
  add_head (self, PINNED_CONTRIBUTION, HEADS, 1, _ ("Pinned"), _ ("A x of the pinned sample"));
  add_head (self, CONTRIBUTION, HEADS, 1, _ ("Selected"), _ ("A x of the selected sample"));
  add_head (self, DIFFERENCE, HEADS, 1, _ ("Difference"),
            _ ("How much more it contributes to the selected sample than to the pinned one"));
  /* Translators: on the straight line from the pinned sample, above a narrow column. */
  add_head (self, PATH, HEADS, 1, _ ("On the Way"),
            _ ("What the change of its value contributes along the straight line from the pinned "
               "sample: the sum is the difference of the two outputs"));
}

/* The cell in the @row after the heads; rows are made when they are first needed, and kept. */
static GtkLabel *
get_cell (Re3CompareTable *self, guint row, int column)
{
  while (self->cells->len <= row * N_COLUMNS)
    for (int i = 0; i < N_COLUMNS; i++) {
      int grid_row = FIRST_ROW + (int) (self->cells->len / N_COLUMNS);
      GtkLabel *label = attach_label (self, i, grid_row, 1);

      if (i == NAME) {
        gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
        gtk_label_set_width_chars (label, NAME_WIDTH_CHARS);
        re3_tooltip_show_cut (label);
      } else {
        gtk_widget_add_css_class (GTK_WIDGET (label), "numeric");
      }
      if (grid_row == FIRST_ROW)
        gtk_widget_add_css_class (GTK_WIDGET (label), "answer");
      g_ptr_array_add (self->cells, label);
    }
  return g_ptr_array_index (self->cells, row * N_COLUMNS + (guint) column);
}

/* Rows from @n_rows on are hidden, not given up. */
static void
show_rows (Re3CompareTable *self, guint n_rows)
{
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->cells, i), i / N_COLUMNS < n_rows);
}

static void
set_text (Re3CompareTable *self, guint row, int column, const char *text)
{
  gtk_label_set_text (get_cell (self, row, column), text);
}

static void
set_number (Re3CompareTable *self, guint row, int column, double number)
{
  gboolean is_value = column == PINNED_VALUE || column == VALUE;
  g_autofree char *text = is_value ? re3_number_text_new (number, VALUE_DIGITS)
                                   : re3_number_text_new_signed (number, DIGITS);

  set_text (self, row, column, text);
}

/* --- What is compared ------------------------------------------------------------------------ */

/* The class and its probability, or the output. */
static void
show_answer (Re3CompareTable *self, int column, const Re3Explanation *explanation)
{
  const Re3Model *model = explanation->model;
  g_autofree char *answer = NULL;
  g_autofree char *probability = NULL;

  if (re3_model_is_regression (model)) {
    answer = re3_label_output (model, explanation->forward->logits[0]);
    set_text (self, 0, column, answer);
    return;
  }
  answer = re3_label_class_markup (model, (int) explanation->prediction);
  probability =
      re3_number_text_new_percent (explanation->probabilities[explanation->prediction], 1);
  gtk_label_set_markup (get_cell (self, 0, column), answer);
  set_text (self, 1, column, probability);
}

static void
show_answers (Re3CompareTable *self, const Re3Comparison *comparison)
{
  const Re3Model *model = comparison->to->model;
  const char *class_name = re3_model_get_class_name (model, comparison->class_index);
  double before = comparison->from->forward->logits[comparison->class_index];
  double now = comparison->to->forward->logits[comparison->class_index];
  g_autofree char *head =
      /* Translators: a class or an output, above the columns of numbers. */
      g_strdup_printf (re3_model_is_regression (model) ? _ ("Contribution to %s")
                                                       : _ ("Contribution to the logit of %s"),
                       class_name);

  gtk_label_set_text (self->contribution_head, head);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->contribution_head), head);
  set_text (self, 0, NAME, re3_model_is_regression (model) ? _ ("Output") : _ ("Prediction"));
  if (!re3_model_is_regression (model)) {
    set_text (self, 1, NAME, _ ("Probability"));
    gtk_widget_set_tooltip_text (GTK_WIDGET (get_cell (self, 1, NAME)), NULL);
    for (int i = PINNED_CONTRIBUTION; i < N_COLUMNS; i++)
      set_text (self, 1, i, "");
  }
  show_answer (self, PINNED_VALUE, comparison->from);
  show_answer (self, VALUE, comparison->to);
  set_number (self, 0, PINNED_CONTRIBUTION, before);
  set_number (self, 0, CONTRIBUTION, now);
  set_number (self, 0, DIFFERENCE, now - before);
  set_number (self, 0, PATH, now - before);
}

/* "petal length (cm)" */
static char *
name_feature (const Re3Model *model, gsize feature)
{
  const char *name = re3_model_get_feature_name (model, feature);
  const char *unit = re3_model_get_feature_unit (model, feature);

  return unit != NULL && *unit != '\0' ? g_strdup_printf ("%s (%s)", name, unit) : g_strdup (name);
}

static void
show_feature (Re3CompareTable *self, guint row, const Re3Comparison *comparison, gsize feature)
{
  const Re3Model *model = comparison->to->model;
  g_autofree char *full_name = name_feature (model, feature);

  set_text (self, row, NAME, re3_model_get_feature_name (model, feature));
  gtk_widget_set_tooltip_text (GTK_WIDGET (get_cell (self, row, NAME)), full_name);
  set_number (self, row, PINNED_VALUE, comparison->from->values[feature]);
  set_number (self, row, VALUE, comparison->to->values[feature]);
  set_number (self, row, PINNED_CONTRIBUTION, comparison->contributions_from[feature]);
  set_number (self, row, CONTRIBUTION, comparison->contributions_to[feature]);
  set_number (self, row, DIFFERENCE, re3_comparison_get_difference (comparison, feature));
  set_number (self, row, PATH, comparison->path[feature]);
}

/* What is there without the features: with them it makes up the answers. */
static void
show_base (Re3CompareTable *self, guint row, const Re3Comparison *comparison)
{
  double before = comparison->from->region->D[comparison->class_index];
  double now = comparison->to->region->D[comparison->class_index];

  set_text (self, row, NAME, _ ("base"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (get_cell (self, row, NAME)), NULL);
  set_text (self, row, PINNED_VALUE, "");
  set_text (self, row, VALUE, "");
  set_number (self, row, PINNED_CONTRIBUTION, before);
  set_number (self, row, CONTRIBUTION, now);
  set_number (self, row, DIFFERENCE, now - before);
  set_text (self, row, PATH, "");
}

static void
show_rest (Re3CompareTable *self, gsize n_rest)
{
  g_autofree char *text =
      g_strdup_printf (ngettext ("and %zu more feature that differs no more",
                                 "and %zu more features that differ no more", n_rest),
                       n_rest);

  gtk_label_set_text (self->rest_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->rest_label), n_rest > 0);
}

static void
refresh (Re3CompareTable *self)
{
  const Re3Baseline *pinned = re3_pin_get_baseline (re3_session_get_pin (self->session));
  const Re3Explanation *explanation = re3_session_get_explanation (self->session);
  g_autoptr (Re3Comparison) comparison = NULL;
  gsize n_features;
  guint n_answers;
  guint n_shown;

  if (pinned == NULL || explanation == NULL)
    return;

  comparison = re3_comparison_new (pinned->explanation, (Re3Explanation *) explanation,
                                   re3_session_get_class_index (self->session));
  n_features = re3_model_get_n_features (explanation->model);
  n_shown = (guint) MIN (n_features, MOST_FEATURES);
  n_answers = re3_model_is_regression (explanation->model) ? OUTPUT_ROWS : CLASS_ROWS;
  show_answers (self, comparison);
  for (guint i = 0; i < n_shown; i++)
    show_feature (self, n_answers + i, comparison, comparison->order[i]);
  show_base (self, n_answers + n_shown, comparison);
  show_rows (self, n_answers + n_shown + 1);
  show_rest (self, n_features - n_shown);
}

static gboolean
refresh_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Re3CompareTable *self = RE3_COMPARE_TABLE (widget);

  self->refresh_id = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (Re3CompareTable *self)
{
  if (self->refresh_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->refresh_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), refresh_cb, NULL, NULL);
}

/* --- The widget ----------------------------------------------------------------------------- */

static void
re3_compare_table_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (re3_compare_table_parent_class)->map (widget);

  queue_refresh (RE3_COMPARE_TABLE (widget));
}

static void
re3_compare_table_dispose (GObject *object)
{
  Re3CompareTable *self = RE3_COMPARE_TABLE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_compare_table_parent_class)->dispose (object);
}

static void
re3_compare_table_class_init (Re3CompareTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_compare_table_dispose;
  widget_class->map = re3_compare_table_map;

  gtk_widget_class_set_css_name (widget_class, "comparison");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_compare_table_init (Re3CompareTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->cells = g_ptr_array_new ();
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 8);
  gtk_grid_set_row_spacing (self->grid, 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Pinned and selected sample side by side"), -1);
  add_heads (self);
  self->rest_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->rest_label, 0.0f);
  gtk_widget_add_css_class (GTK_WIDGET (self->rest_label), "dim-label");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->grid));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rest_label));
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
}

GtkWidget *
re3_compare_table_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  Re3CompareTable *self = g_object_new (RE3_TYPE_COMPARE_TABLE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "explanation-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "pin-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

GtkWidget *
re3_compare_empty_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Pin This Sample"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "view-pin-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing Is Pinned"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("Pin the selected sample, edited or not, with Ctrl+D or the pin in the what-if panel. "
         "Then "
         "edit it further or select another one: here the two stand side by side."));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.pin");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}
