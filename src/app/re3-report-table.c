/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-report-table.h"

#include "re3-labels.h"
#include "re3-number-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Of the table; more classes scroll. */
#define MOST_HEIGHT 260

#define R2_DIGITS 4

struct _Re3ReportTable {
  GtkWidget parent_instance;

  GtkGrid *grid;
  Re3Session *session;
  gboolean is_stale; /* the analysis has changed */
};

G_DEFINE_FINAL_TYPE (Re3ReportTable, re3_report_table, GTK_TYPE_WIDGET)

static void
add_cell (Re3ReportTable *self, int column, int row, const char *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0.0f : 1.0f);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, row == 0 ? "dim-label" : "numeric");
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

static void
add_share (Re3ReportTable *self, int column, int row, double share)
{
  g_autofree char *text = isnan (share) ? g_strdup ("–") : re3_number_text_new_percent (share, 1);

  add_cell (self, column, row, text);
}

/* How far a regression network is off: a column for each set of samples. */
static void
fill_errors (Re3ReportTable *self, const Re3Analysis *analysis)
{
  static const Re3SampleSet sets[] = { RE3_SAMPLES_TRAIN, RE3_SAMPLES_TEST };
  const Re3Model *model = re3_analysis_get_model (analysis);

  add_cell (self, 0, 0, _ ("Error"));
  add_cell (self, 1, 0, _ ("Training"));
  add_cell (self, 2, 0, _ ("Test"));
  add_cell (self, 0, 1, _ ("Root mean square"));
  add_cell (self, 0, 2, _ ("Mean absolute"));
  add_cell (self, 0, 3, _ ("Mean"));
  add_cell (self, 0, 4, "R²");
  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++) {
    const Re3Errors *errors = re3_analysis_get_errors (analysis, sets[i]);
    const double values[] = { errors->root_mean_square, errors->mean_absolute, errors->mean };
    g_autofree char *r2 = re3_number_text_new (errors->r2, R2_DIGITS);

    for (gsize j = 0; j < G_N_ELEMENTS (values); j++) {
      g_autofree char *text = re3_label_output (model, values[j]);
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      add_cell (self, (int) i + 1, (int) j + 1, escaped);
    }
    add_cell (self, (int) i + 1, (int) G_N_ELEMENTS (values) + 1, isnan (errors->r2) ? "–" : r2);
  }
}

static void
set_name (Re3ReportTable *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
fill (Re3ReportTable *self)
{
  Re3Analysis *analysis = re3_session_get_analysis (self->session);
  const Re3Quality *quality;
  GtkWidget *child;

  self->is_stale = FALSE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  if (analysis == NULL)
    return;

  if (re3_analysis_get_errors (analysis, RE3_SAMPLES_ALL) != NULL) {
    set_name (self, _ ("Errors by set of samples"));
    fill_errors (self, analysis);
    return;
  }
  set_name (self, _ ("Quality by class"));

  quality = re3_analysis_get_quality (analysis, re3_analysis_get_default_set (analysis));
  add_cell (self, 0, 0, _ ("Class"));
  add_cell (self, 1, 0, _ ("Precision"));
  add_cell (self, 2, 0, _ ("Recall"));
  /* Translators: the harmonic mean of precision and recall. */
  add_cell (self, 3, 0, _ ("F1"));
  /* Translators: how many samples are of a class. */
  add_cell (self, 4, 0, _ ("Support"));
  for (gsize c = 0; c < quality->n_classes; c++) {
    int row = (int) c + 1;
    g_autofree char *name = re3_label_class_markup (re3_analysis_get_model (analysis), (int) c);
    g_autofree char *support =
        re3_number_text_new ((double) re3_quality_get_support (quality, c), G_MAXINT8);

    add_cell (self, 0, row, name);
    add_share (self, 1, row, re3_quality_get_precision (quality, c));
    add_share (self, 2, row, re3_quality_get_recall (quality, c));
    add_share (self, 3, row, re3_quality_get_f1 (quality, c));
    add_cell (self, 4, row, support);
  }
}

/* Classes may be many: the table is filled only when it is seen. */
static void
analysis_changed_cb (Re3ReportTable *self)
{
  self->is_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static void
re3_report_table_map (GtkWidget *widget)
{
  Re3ReportTable *self = RE3_REPORT_TABLE (widget);

  if (self->is_stale)
    fill (self);
  GTK_WIDGET_CLASS (re3_report_table_parent_class)->map (widget);
}

static void
re3_report_table_dispose (GObject *object)
{
  Re3ReportTable *self = RE3_REPORT_TABLE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (re3_report_table_parent_class)->dispose (object);
}

static void
re3_report_table_class_init (Re3ReportTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = re3_report_table_dispose;
  widget_class->map = re3_report_table_map;

  gtk_widget_class_set_css_name (widget_class, "report");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
re3_report_table_init (Re3ReportTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->is_stale = TRUE;
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 4);
  gtk_widget_set_margin_start (GTK_WIDGET (self->grid), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->grid), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->grid), 8);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->grid), 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->grid));
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
}

GtkWidget *
re3_report_table_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  Re3ReportTable *self = g_object_new (RE3_TYPE_REPORT_TABLE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "analysis-changed", G_CALLBACK (analysis_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
