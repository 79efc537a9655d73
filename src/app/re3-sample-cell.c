/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-cell.h"

#include "re3-io-file.h"
#include "re3-labels.h"
#include "re3-number-text.h"
#include "re3-tooltip.h"

#include <glib/gi18n.h>

/* Room for a dot and part of a class's name, at least; what is longer ends in an ellipsis. */
#define CLASS_WIDTH_CHARS 6

GtkWidget *
re3_sample_cell_new (Re3SampleKey key)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean is_number = key != RE3_SAMPLE_LABEL && key != RE3_SAMPLE_PREDICTION;

  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1.0f : 0.0f);
  if (is_number) {
    gtk_widget_add_css_class (label, "numeric");
  } else {
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_label_set_width_chars (GTK_LABEL (label), CLASS_WIDTH_CHARS);
    re3_tooltip_show_cut (GTK_LABEL (label));
  }
  return label;
}

static gboolean
has_filled (Re3Session *session, gsize row)
{
  gsize n_filled;

  re3_dataset_get_filled (re3_session_get_dataset (session), row, &n_filled);
  return n_filled > 0;
}

static char *
make_cell_text (Re3Session *session, Re3SampleKey key, gsize row, gboolean *is_markup)
{
  Re3Model *model = re3_session_get_model (session);
  Re3Analysis *analysis = re3_session_get_analysis (session);

  *is_markup = FALSE;
  if (key == RE3_SAMPLE_ROW && has_filled (session, row))
    /* Translators: the number of a row in which values are missing. */
    return g_strdup_printf (_ ("? %zu"), row);
  if (key == RE3_SAMPLE_ROW)
    return g_strdup_printf ("%zu", row);
  if (key == RE3_SAMPLE_LABEL && re3_model_is_regression (model))
    return re3_label_output (model,
                             re3_dataset_get_target (re3_session_get_dataset (session), row));
  if (key == RE3_SAMPLE_LABEL) {
    *is_markup = TRUE;
    return re3_label_class_markup (model,
                                   re3_dataset_get_label (re3_session_get_dataset (session), row));
  }
  if (analysis == NULL)
    return g_strdup ("…");

  switch (key) {
  case RE3_SAMPLE_PREDICTION:
    if (re3_model_is_regression (model))
      return re3_label_output (model, re3_analysis_get_output (analysis, row));
    *is_markup = TRUE;
    return re3_label_class_markup (model, re3_analysis_get_prediction (analysis, row));
  case RE3_SAMPLE_CONFIDENCE:
    if (re3_model_is_regression (model))
      return g_strdup ("–");
    return re3_number_text_new_percent (re3_analysis_get_confidence (analysis, row), 1);
  case RE3_SAMPLE_REGION: {
    g_autofree char *name = re3_name_region (re3_analysis_get_region (analysis, row));
    gboolean is_undecided = re3_analysis_is_complete (analysis) &&
                            re3_analysis_get_distance (analysis, row) < RE3_UNDECIDED_DISTANCE;

    /* Translators: a region that a sample is in or beside: the sample lies on the boundary. */
    return is_undecided ? g_strdup_printf (_ ("%s?"), name) : g_steal_pointer (&name);
  }
  case RE3_SAMPLE_DISTANCE:
    if (!re3_analysis_is_complete (analysis))
      return g_strdup ("…");
    return re3_number_text_new (re3_analysis_get_distance (analysis, row), 3);
  case RE3_SAMPLE_ROW:
  case RE3_SAMPLE_LABEL:
  default:
    g_assert_not_reached ();
  }
}

/* For each tooltip that is set, GTK asks the X server where the pointer is. */
static void
mark_misclassified (GtkWidget *label, gboolean is_misclassified)
{
  if (is_misclassified == gtk_widget_has_css_class (label, "misclassified"))
    return;

  if (is_misclassified)
    gtk_widget_add_css_class (label, "misclassified");
  else
    gtk_widget_remove_css_class (label, "misclassified");
  gtk_widget_set_tooltip_text (label, is_misclassified ? _ ("Not the true class") : NULL);
}

static void
mark_filled (Re3Session *session, GtkWidget *label, gsize row)
{
  Re3Model *model = re3_session_get_model (session);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *list = NULL;
  g_autofree char *text = NULL;
  gsize n_filled;
  const Re3Cell *cells = re3_dataset_get_filled (re3_session_get_dataset (session), row, &n_filled);

  if (n_filled > 0) {
    for (gsize i = 0; i < n_filled; i++)
      g_ptr_array_add (names, (gpointer) re3_model_get_feature_name (model, cells[i].feature));
    list = re3_io_join_names ((const char *const *) names->pdata, n_filled);
    /* Translators: %s is a list of features. */
    text = g_strdup_printf (_ ("Missing in the data, where the training mean stands: %s"), list);
  }
  re3_tooltip_set_text (label, text);
}

void
re3_sample_cell_show (GtkLabel *label, Re3Session *session, Re3SampleKey key, gsize row)
{
  g_return_if_fail (GTK_IS_LABEL (label) && RE3_IS_SESSION (session));

  Re3Analysis *analysis = re3_session_get_analysis (session);
  gboolean is_markup;
  g_autofree char *text = make_cell_text (session, key, row, &is_markup);

  if (is_markup)
    gtk_label_set_markup (label, text);
  else
    gtk_label_set_text (label, text);

  if (key == RE3_SAMPLE_ROW)
    mark_filled (session, GTK_WIDGET (label), row);
  if (key == RE3_SAMPLE_PREDICTION)
    mark_misclassified (GTK_WIDGET (label),
                        analysis != NULL && re3_analysis_is_misclassified (analysis, row));
}
