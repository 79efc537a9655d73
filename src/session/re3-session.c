/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session.h"

#include "re3-document-request.h"

#include "re3-core-error.h"

struct _Re3Session {
  GObject parent_instance;

  Re3Worker *loader;
  Re3Worker *analyst;
  GVariant *readings; /* (nullable) */
  Re3Document *document;
  Re3Analysis *analysis;

  Re3Selection *selection;
  Re3SampleList *samples;

  Re3WhatIf *what_if;
  Re3GroupChoices *groups;
  Re3Limits *limits;
  Re3Pin *pin;
  int class_choice;
  Re3ViewOptions view_options;
  double purity_threshold;
};

enum {
  OPENING,
  CLOSING,
  DOCUMENT_CHANGED,
  ANALYSIS_CHANGED,
  ROW_CHANGED,
  EXPLANATION_CHANGED,
  PIN_CHANGED,
  VIEW_CHANGED,
  STOPPED,
  FAILED,
  ANALYSIS_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (Re3Session, re3_session, G_TYPE_OBJECT)

static void
emit (Re3Session *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

/* A stopped job is no failure: who stopped it knows. */
static void
fail (Re3Session *self, guint signal, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED))
    g_signal_emit (self, signals[signal], 0, error);
  else if (signal == FAILED)
    emit (self, STOPPED);
}

static void
filters_changed_cb (Re3Session *self)
{
  gsize n_filters;
  const Re3SampleFilter *const *filters = re3_selection_get_filters (self->selection, &n_filters);

  re3_sample_list_set_filters (self->samples, filters, n_filters);
}

/* --- The sample and its edits -------------------------------------------------------------- */

static void
row_changed_cb (Re3Session *self)
{
  emit (self, ROW_CHANGED);
}

static void
edited_cb (Re3Session *self)
{
  emit (self, EXPLANATION_CHANGED);
}

static void
pinned_cb (Re3Session *self)
{
  emit (self, PIN_CHANGED);
}

void
re3_session_select_row (Re3Session *self, gssize row)
{
  g_return_if_fail (RE3_IS_SESSION (self));

  re3_what_if_select_row (self->what_if, row);
}

gssize
re3_session_get_row (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), RE3_NO_ROW);

  return re3_what_if_get_row (self->what_if);
}

Re3WhatIf *
re3_session_get_what_if (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->what_if;
}

Re3GroupChoices *
re3_session_get_groups (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->groups;
}

Re3Limits *
re3_session_get_limits (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->limits;
}

Re3Pin *
re3_session_get_pin (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->pin;
}

const Re3Baseline *
re3_session_get_baseline (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  Re3BaselineKind kind = self->view_options.baseline;

  if (self->document == NULL)
    return NULL;
  if (kind == RE3_BASELINE_SAMPLE && re3_pin_get_baseline (self->pin) != NULL)
    return re3_pin_get_baseline (self->pin);
  return re3_document_get_baseline (self->document,
                                    kind == RE3_BASELINE_SAMPLE ? RE3_BASELINE_MEAN : kind);
}

const Re3Explanation *
re3_session_get_explanation (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return re3_what_if_get_explanation (self->what_if);
}

const Re3Explanation *
re3_session_get_original (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return re3_what_if_get_original (self->what_if);
}

gboolean
re3_session_has_left_region (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), FALSE);

  return re3_what_if_has_left_region (self->what_if);
}

gssize
re3_session_get_current_region (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), -1);

  const Re3Explanation *explanation = re3_session_get_explanation (self);

  if (self->analysis == NULL || explanation == NULL)
    return -1;
  return re3_region_table_find (re3_analysis_get_region_table (self->analysis),
                                explanation->region->pattern);
}

void
re3_session_set_class_choice (Re3Session *self, int class_choice)
{
  g_return_if_fail (RE3_IS_SESSION (self));
  g_return_if_fail (class_choice >= RE3_CLASS_PREDICTED);
  g_return_if_fail (class_choice == RE3_CLASS_PREDICTED ||
                    (gsize) class_choice < re3_model_get_n_classes (re3_session_get_model (self)));

  if (self->class_choice == class_choice)
    return;

  self->class_choice = class_choice;
  emit (self, EXPLANATION_CHANGED);
}

int
re3_session_get_class_choice (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), RE3_CLASS_PREDICTED);

  return self->class_choice;
}

gsize
re3_session_get_class_index (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), 0);

  const Re3Explanation *explanation = re3_session_get_explanation (self);

  g_return_val_if_fail (explanation != NULL, 0);

  return self->class_choice == RE3_CLASS_PREDICTED ? explanation->prediction
                                                   : (gsize) self->class_choice;
}

void
re3_session_set_view_options (Re3Session *self, const Re3ViewOptions *options)
{
  g_return_if_fail (RE3_IS_SESSION (self));
  g_return_if_fail (options != NULL && options->pathway_nodes > 0);

  if (re3_view_options_equal (&self->view_options, options))
    return;

  self->view_options = *options;
  emit (self, VIEW_CHANGED);
}

const Re3ViewOptions *
re3_session_get_view_options (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return &self->view_options;
}

void
re3_session_set_purity_threshold (Re3Session *self, double threshold)
{
  g_return_if_fail (RE3_IS_SESSION (self));
  g_return_if_fail (threshold >= 0.0 && threshold <= 1.0);

  if (self->purity_threshold == threshold)
    return;

  self->purity_threshold = threshold;
  emit (self, ANALYSIS_CHANGED);
}

double
re3_session_get_purity_threshold (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), RE3_DEFAULT_PURITY_THRESHOLD);

  return self->purity_threshold;
}

/* --- Document and analysis ------------------------------------------------------------------ */

static void
publish_first_cb (Re3Analysis *first, gpointer user_data)
{
  re3_job_publish (user_data, re3_analysis_ref (first));
}

static gpointer
analyse_work (gpointer data, Re3Job *job, GError **error)
{
  Re3Document *document = data;
  Re3AnalysisOptions options = {
    .monitor = re3_job_get_monitor (job),
    .take_first = publish_first_cb,
    .user_data = job,
  };

  return re3_analysis_new_with_options (re3_document_get_model (document),
                                        re3_document_get_dataset (document), &options, error);
}

static void
set_analysis (Re3Session *self, Re3Analysis *analysis)
{
  g_clear_pointer (&self->analysis, re3_analysis_unref);
  self->analysis = analysis;
  re3_sample_list_set_source (self->samples, re3_session_get_dataset (self), analysis);
  if (re3_view_options_fit (&self->view_options, re3_analysis_get_region_table (analysis)))
    emit (self, VIEW_CHANGED);
  emit (self, ANALYSIS_CHANGED);
}

/* Predictions and regions come first; a complete analysis is not given up for them. */
static void
first_analysed_cb (gpointer partial, gpointer user_data)
{
  Re3Session *self = user_data;

  if (self->analysis == NULL)
    set_analysis (self, partial);
  else
    re3_analysis_unref (partial);
}

static void
analysed_cb (gpointer result, const GError *error, gpointer user_data)
{
  Re3Session *self = user_data;

  if (error != NULL)
    fail (self, ANALYSIS_FAILED, error);
  else
    set_analysis (self, result);
}

void
re3_session_analyse (Re3Session *self)
{
  g_return_if_fail (RE3_IS_SESSION (self));
  g_return_if_fail (re3_session_get_dataset (self) != NULL);

  re3_worker_submit (self->analyst, analyse_work, g_object_ref (self->document), g_object_unref,
                     (GDestroyNotify) re3_analysis_unref, first_analysed_cb, analysed_cb, self);
}

static void
set_document (Re3Session *self, Re3Document *document)
{
  Re3Dataset *dataset = re3_document_get_dataset (document);

  if (self->document != NULL)
    emit (self, CLOSING);
  re3_session_select_row (self, RE3_NO_ROW);
  re3_pin_clear (self->pin);
  re3_what_if_set_source (self->what_if, re3_document_get_model (document), dataset);
  re3_worker_abandon (self->analyst);
  g_clear_pointer (&self->analysis, re3_analysis_unref);
  g_clear_object (&self->document);
  self->document = document;
  re3_group_choices_set_source (self->groups, re3_document_get_model (document),
                                re3_document_get_detected_groups (document));
  re3_limits_set_source (self->limits, re3_document_get_file_model (document), dataset);

  self->class_choice = RE3_CLASS_PREDICTED;
  self->view_options.first_region = 0;
  /* The filters are taken back while the list is empty, so that the new rows are listed once. */
  re3_sample_list_set_source (self->samples, NULL, NULL);
  re3_selection_clear (self->selection);
  re3_sample_list_set_source (self->samples, dataset, NULL);

  emit (self, DOCUMENT_CHANGED);
  emit (self, ANALYSIS_CHANGED);

  if (dataset != NULL) {
    /* Whoever was told may have put back the row of a saved session. */
    if (re3_session_get_row (self) == RE3_NO_ROW)
      re3_session_select_row (self, 0);
    re3_session_analyse (self);
  }
}

static void
opened_cb (gpointer result, const GError *error, gpointer user_data)
{
  Re3Session *self = user_data;

  if (error != NULL)
    fail (self, FAILED, error);
  else
    set_document (self, result);
}

static void
submit_open (Re3Session *self, Re3DocumentRequest *request)
{
  emit (self, OPENING);
  re3_worker_submit (self->loader, re3_document_request_work, request,
                     (GDestroyNotify) re3_document_request_free, g_object_unref, NULL, opened_cb,
                     self);
}

/* What was chosen for @data_file, which is (nullable). (transfer full) (nullable) */
static Re3Reading *
find_reading (Re3Session *self, GFile *data_file)
{
  return self->readings != NULL && data_file != NULL ? re3_readings_find (self->readings, data_file)
                                                     : NULL;
}

void
re3_session_set_readings (Re3Session *self, GVariant *readings)
{
  g_return_if_fail (RE3_IS_SESSION (self));
  g_return_if_fail (readings != NULL);

  g_variant_ref_sink (readings);
  g_clear_pointer (&self->readings, g_variant_unref);
  self->readings = readings;
}

void
re3_session_open (Re3Session *self, GFile *model_file, GFile *data_file)
{
  g_return_if_fail (RE3_IS_SESSION (self));
  g_return_if_fail (model_file != NULL || data_file != NULL);

  g_autoptr (Re3Reading) found = find_reading (self, data_file);
  const Re3Reading *reading = found;

  if (data_file == NULL && self->document != NULL)
    reading = re3_document_get_reading (self->document);
  submit_open (self,
               re3_document_request_new (model_file, data_file, self->document, reading, FALSE));
}

void
re3_session_open_anew (Re3Session *self,
                       GFile *model_file,
                       GFile *data_file,
                       const Re3Reading *reading,
                       gboolean fit_scaler)
{
  g_return_if_fail (RE3_IS_SESSION (self));
  g_return_if_fail (G_IS_FILE (model_file));

  g_autoptr (Re3Reading) found = reading == NULL ? find_reading (self, data_file) : NULL;

  submit_open (self, re3_document_request_new (model_file, data_file, NULL,
                                               reading != NULL ? reading : found, fit_scaler));
}

Re3Worker *
re3_session_get_loader (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->loader;
}

Re3Worker *
re3_session_get_analyst (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->analyst;
}

Re3Document *
re3_session_get_document (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->document;
}

Re3Model *
re3_session_get_model (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->document != NULL ? re3_document_get_model (self->document) : NULL;
}

Re3Dataset *
re3_session_get_dataset (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->document != NULL ? re3_document_get_dataset (self->document) : NULL;
}

Re3Analysis *
re3_session_get_analysis (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->analysis;
}

/* --- Selection ------------------------------------------------------------------------------ */

Re3Selection *
re3_session_get_selection (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->selection;
}

Re3SampleList *
re3_session_get_samples (Re3Session *self)
{
  g_return_val_if_fail (RE3_IS_SESSION (self), NULL);

  return self->samples;
}

static void
re3_session_dispose (GObject *object)
{
  Re3Session *self = RE3_SESSION (object);

  re3_worker_abandon (self->loader);
  re3_worker_abandon (self->analyst);

  G_OBJECT_CLASS (re3_session_parent_class)->dispose (object);
}

static void
re3_session_finalize (GObject *object)
{
  Re3Session *self = RE3_SESSION (object);

  g_clear_object (&self->groups);
  g_clear_object (&self->limits);
  g_clear_pointer (&self->readings, g_variant_unref);
  g_clear_object (&self->what_if);
  g_clear_object (&self->pin);
  g_clear_object (&self->loader);
  g_clear_object (&self->analyst);
  g_clear_pointer (&self->analysis, re3_analysis_unref);
  g_clear_object (&self->document);
  g_clear_object (&self->samples);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (re3_session_parent_class)->finalize (object);
}

static void
re3_session_class_init (Re3SessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[] = {
    [OPENING] = "opening",
    [CLOSING] = "closing",
    [DOCUMENT_CHANGED] = "document-changed",
    [ANALYSIS_CHANGED] = "analysis-changed",
    [ROW_CHANGED] = "row-changed",
    [EXPLANATION_CHANGED] = "explanation-changed",
    [PIN_CHANGED] = "pin-changed",
    [VIEW_CHANGED] = "view-changed",
    [STOPPED] = "stopped",
    [FAILED] = "failed",
    [ANALYSIS_FAILED] = "analysis-failed",
  };

  object_class->dispose = re3_session_dispose;
  object_class->finalize = re3_session_finalize;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], RE3_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, i < FAILED ? 0 : 1, G_TYPE_ERROR);
}

static void
re3_session_init (Re3Session *self)
{
  self->loader = re3_worker_new ();
  self->analyst = re3_worker_new ();
  self->samples = re3_sample_list_new ();
  self->selection = re3_selection_new ();
  g_signal_connect_object (self->selection, "filters-changed", G_CALLBACK (filters_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->what_if = re3_what_if_new ();
  g_signal_connect_object (self->what_if, "row-changed", G_CALLBACK (row_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->what_if, "changed", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  self->groups = re3_group_choices_new (self->what_if);
  self->limits = re3_limits_new ();
  self->pin = re3_pin_new ();
  g_signal_connect_object (self->pin, "changed", G_CALLBACK (pinned_cb), self, G_CONNECT_SWAPPED);
  self->class_choice = RE3_CLASS_PREDICTED;
  self->view_options = RE3_VIEW_OPTIONS_DEFAULT;
  self->purity_threshold = RE3_DEFAULT_PURITY_THRESHOLD;
}

Re3Session *
re3_session_new (void)
{
  return g_object_new (RE3_TYPE_SESSION, NULL);
}
