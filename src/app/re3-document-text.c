/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-document-text.h"

#include "re3-model-file.h"
#include "re3-number-text.h"

#include <glib/gi18n.h>

static char *
describe_tests (Re3Model *model, gboolean *reproduces)
{
  double worst;
  g_autofree char *difference = NULL;

  *reproduces = re3_model_reproduces_tests (model, &worst);
  if (re3_model_get_n_tests (model) == 0)
    return g_strdup (_ ("The file carries no tests of its own."));

  difference = re3_number_text_new (worst, 2);
  /* Translators: %s is a small number. */
  return g_strdup_printf (*reproduces
                              ? _ ("Reproduces the model that was trained: worst difference %s.")
                              : _ ("Does NOT reproduce the model that was trained: worst "
                                   "difference %s."),
                          difference);
}

/* @text: (transfer full) */
static Re3Remark *
remark_details (char *text)
{
  Re3Remark *self = g_new0 (Re3Remark, 1);

  self->text = text;
  self->button = _ ("Details");
  self->action = "win.document-info";
  return self;
}

/* @text: (transfer full) */
static Re3Remark *
remark_choice (char *text, const char *button, const char *action)
{
  Re3Remark *self = g_new0 (Re3Remark, 1);

  self->text = text;
  self->button = button;
  self->action = action;
  self->is_choice = TRUE;
  return self;
}

void
re3_remark_free (Re3Remark *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self);
}

/* Rows that were skipped for missing values could be filled, and the other way round. */
static Re3Remark *
remark_missing (Re3Document *document)
{
  const Re3DataReport *report = re3_document_get_data_report (document);

  if (report->n_filled > 0)
    return remark_choice (
        g_strdup_printf (ngettext ("%u missing value is filled with the training mean",
                                   "%u missing values are filled with the training mean",
                                   report->n_filled),
                         (guint) report->n_filled),
        _ ("Skip the Rows"), "win.fill-missing(false)");
  return remark_choice (
      report->n_missing == report->n_skipped
          ? g_strdup_printf (ngettext ("%u row was skipped for missing values",
                                       "%u rows were skipped for missing values",
                                       report->n_missing),
                             (guint) report->n_missing)
          : g_strdup_printf (ngettext ("%u row was skipped, %u for missing values",
                                       "%u rows were skipped, %u for missing values",
                                       report->n_skipped),
                             (guint) report->n_skipped, (guint) report->n_missing),
      _ ("Fill with the Training Mean"), "win.fill-missing(true)");
}

/* What is told where nothing else is: of tests that hold, or of names that a person could give.
 * @tests: (transfer none). (transfer full) (nullable) */
static Re3Remark *
remark_model (Re3Document *document, const char *tests)
{
  Re3Model *model = re3_document_get_model (document);

  if (re3_model_get_n_tests (model) > 0)
    return remark_details (g_strdup (tests));
  if (re3_model_has_feature_names (model) || re3_model_has_class_names (model) ||
      !re3_model_file_takes_sidecar (re3_document_get_model_file (document)))
    return NULL;

  return remark_choice (g_strdup (_ ("The model names no features or classes")), _ ("Name Them…"),
                        "win.name-things");
}

/* What the file may be read as, too. (transfer none) (nullable) */
static const char *
describe_doubt (Re3Document *document)
{
  const Re3DataReport *report = re3_document_get_data_report (document);
  const Re3CsvFormat *format = report->format;

  if (report->label_doubt != NULL)
    return report->label_column == NULL ? _ ("No column is plainly the label; none was taken")
                                        : _ ("Another column might be the label");
  if (format->rival != RE3_CSV_GUESS_DELIMITER)
    return _ ("Another delimiter would do nearly as well");
  if (format->header_in_doubt)
    return format->has_header ? _ ("The first line might be a sample")
                              : _ ("The first line might name the columns");
  if (!report->matched_by_name && format->has_header &&
      re3_model_has_feature_names (re3_document_get_model (document)))
    return _ ("Columns were matched to features by their position");
  return NULL;
}

/* No more doubt once a person has chosen. (transfer full) (nullable) */
static Re3Remark *
remark_doubt (Re3Document *document)
{
  const char *doubt =
      re3_document_get_reading (document) == NULL ? describe_doubt (document) : NULL;

  return doubt != NULL
             ? remark_choice (g_strdup (doubt), _ ("Read Differently…"), "win.read-differently")
             : NULL;
}

/* What was not read, and need not be. (transfer full) (nullable) */
static Re3Remark *
remark_rest (Re3Document *document)
{
  const Re3DataReport *report = re3_document_get_data_report (document);
  guint n_left_out = g_strv_length (report->left_out);

  if (report->n_skipped > 0)
    return remark_details (
        g_strdup_printf (ngettext ("%u row was skipped", "%u rows were skipped", report->n_skipped),
                         (guint) report->n_skipped));
  if (n_left_out > 0)
    return remark_details (g_strdup_printf (
        ngettext ("%u column was left out", "%u columns were left out", n_left_out), n_left_out));
  return NULL;
}

Re3Remark *
re3_document_make_remark (Re3Document *document)
{
  Re3Model *model = re3_document_get_model (document);
  const Re3DataReport *report = re3_document_get_data_report (document);
  gboolean reproduces;
  g_autofree char *tests = describe_tests (model, &reproduces);
  Re3Remark *remark;

  if (!reproduces)
    return remark_details (g_steal_pointer (&tests));
  if (re3_model_get_n_notes (model) > 0)
    return remark_details (g_strdup (_ ("The model file leaves something open")));
  if (report == NULL)
    return remark_model (document, tests);
  if ((remark = remark_doubt (document)) != NULL)
    return remark;
  if (report->n_filled > 0 || re3_document_can_fill (document))
    return remark_missing (document);
  if ((remark = remark_rest (document)) != NULL)
    return remark;
  return remark_model (document, tests);
}

char *
re3_document_make_alarm (Re3Document *document)
{
  gboolean reproduces;
  g_autofree char *tests = describe_tests (re3_document_get_model (document), &reproduces);

  if (reproduces)
    return NULL;

  return g_strdup_printf (
      _ ("%s What Re3 shows is exact for the network in the file, but that is not "
         "the one that gave the answers in its tests: export it again."),
      tests);
}

char *
re3_document_describe (Re3Document *document)
{
  Re3Model *model = re3_document_get_model (document);
  Re3Network *network = re3_model_get_network (model);
  const Re3DataReport *report = re3_document_get_data_report (document);
  Re3Dataset *dataset = re3_document_get_dataset (document);
  g_autofree char *shape = re3_network_describe_shape (network);
  g_autofree char *parameters =
      re3_number_text_new (re3_network_get_n_parameters (network), G_MAXINT8);
  g_autofree char *model_name = g_file_get_basename (re3_document_get_model_file (document));
  gboolean reproduces;
  g_autofree char *tests = describe_tests (model, &reproduces);
  g_autoptr (GString) text = g_string_new (model_name);

  /* Translators: the shape is such as 4-16-8-4-3. */
  g_string_append_printf (text, _ (": a %s network with %s parameters."), shape, parameters);
  g_string_append_c (text, '\n');
  g_string_append (text, re3_document_has_fitted_scaler (document)
                             ? _ ("A scaler fitted to the training samples stands before it.")
                         : re3_model_has_scaler (model)
                             ? _ ("Its own scaler turns original units into its inputs.")
                             : _ ("It has no scaler: it takes the values as they are."));
  if (re3_network_has_reference_class (network) && !re3_model_is_regression (model)) {
    g_string_append_c (text, '\n');
    g_string_append_printf (text,
                            /* Translators: two classes. */
                            _ ("The logit of %s is 0, to which nothing contributes: all that is "
                               "contributed is to that of %s."),
                            re3_model_get_class_name (model, 0),
                            re3_model_get_class_name (model, 1));
  }
  g_string_append_c (text, '\n');
  g_string_append (text, tests);
  for (gsize i = 0; i < re3_model_get_n_notes (model); i++)
    g_string_append_printf (text, "\n%s", re3_model_get_note (model, i));

  if (dataset != NULL) {
    g_autofree char *data_name = g_file_get_basename (re3_document_get_data_file (document));
    g_autofree char *found = re3_data_report_describe (report);
    gsize n_rows = re3_dataset_get_n_rows (dataset);
    g_autofree char *rows = re3_number_text_new (n_rows, G_MAXINT8);
    g_autofree char *test = re3_number_text_new (re3_dataset_get_n_test (dataset), G_MAXINT8);

    g_string_append (text, "\n\n");
    /* Translators: a file, and two numbers. */
    g_string_append_printf (text,
                            ngettext ("%s: %s sample, %s of them to test on.",
                                      "%s: %s samples, %s of them to test on.", n_rows),
                            data_name, rows, test);
    g_string_append_c (text, '\n');
    g_string_append (text, found);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
