/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-document.h"

#include "re3-group-detection.h"
#include "re3-io-error.h"
#include "re3-io-file.h"
#include "re3-model-file.h"
#include "re3-picture-shape.h"
#include "re3-scaler.h"
#include "re3-scaling-check.h"

#include <glib/gi18n-lib.h>

struct _Re3Document {
  GObject parent_instance;

  Re3Model *file_model; /* as its file has it */
  Re3Model *model;      /* the same, or with a scaler that was fitted before it */
  Re3Dataset *dataset;
  Re3FeatureReach *reach;
  gsize picture_rows; /* 0 where samples are no pictures */
  gsize picture_columns;
  GPtrArray *detected_groups;
  Re3Baseline *mean;
  Re3Baseline *zero;
  Re3Reading *reading;
  Re3DataReport *report;
  GFile *model_file;
  GFile *data_file;
  char *notice;
  char *warning;
  char *title;
};

G_DEFINE_FINAL_TYPE (Re3Document, re3_document, G_TYPE_OBJECT)

/* What waits for another program cannot be stopped. @file: (nullable) */
static gboolean
check_is_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = NULL;

  if (file == NULL ||
      g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) != G_FILE_TYPE_SPECIAL)
    return TRUE;

  name = re3_io_file_get_name (file);
  g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_UNSUPPORTED,
               _ ("%s: this is a pipe or a device; save what comes out of it in a file."), name);
  return FALSE;
}

static gboolean
read_dataset (Re3Document *self, GFile *file, GCancellable *cancellable, GError **error)
{
  Re3DataOptions options = re3_reading_get_options (self->reading);

  self->dataset =
      re3_data_file_read (file, self->file_model, &options, cancellable, &self->report, error);
  if (self->dataset == NULL)
    return FALSE;

  self->data_file = g_object_ref (file);
  return TRUE;
}

/* The data set that was open stays open if it fits the new model. */
static gboolean
keep_dataset (Re3Document *self, Re3Document *previous, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = NULL;

  if (previous == NULL || previous->data_file == NULL ||
      read_dataset (self, previous->data_file, cancellable, &local_error))
    return TRUE;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  name = g_file_get_basename (previous->data_file);
  self->notice = g_strdup_printf (_ ("%s does not fit this model and was closed. %s"), name,
                                  local_error->message);
  return TRUE;
}

static gboolean
fit_scaler_to_data (Re3Document *self, GError **error)
{
  gsize n_features = re3_model_get_n_features (self->file_model);
  g_autofree double *mean = g_new (double, n_features);
  g_autofree double *scale = g_new (double, n_features);

  if (!re3_scaler_fit (self->dataset, mean, scale, error))
    return FALSE;
  self->model = re3_model_new_with_scaler (self->file_model, mean, scale, error);
  return self->model != NULL;
}

/* A scaler that was fitted to the data set before is fitted anew to the next one: it is of the
 * training samples that there are. */
static gboolean
make_model (Re3Document *self, gboolean fit_scaler, GError **error)
{
  if (fit_scaler && self->dataset != NULL)
    return fit_scaler_to_data (self, error);

  self->model = re3_model_ref (self->file_model);
  return TRUE;
}

char *
re3_document_make_title (GFile *model_file, GFile *data_file)
{
  g_return_val_if_fail (G_IS_FILE (model_file), NULL);

  g_autofree char *model_name = re3_io_file_get_name (model_file);
  g_autofree char *model = re3_io_get_unpacked_name (model_name);
  g_autofree char *data = NULL;

  if (g_str_has_suffix (model, ".re3.json"))
    model[strlen (model) - strlen (".re3.json")] = '\0';
  if (data_file == NULL)
    return g_steal_pointer (&model);

  data = re3_io_file_get_name (data_file);
  /* Translators: a model and the data set that it is applied to. */
  return g_strdup_printf (_ ("%s on %s"), model, data);
}

Re3Document *
re3_document_open (GFile *model_file,
                   GFile *data_file,
                   Re3Document *previous,
                   const Re3Reading *reading,
                   gboolean fit_scaler,
                   GCancellable *cancellable,
                   GError **error)
{
  g_return_val_if_fail (model_file != NULL || data_file != NULL, NULL);

  g_autoptr (Re3Document) self = g_object_new (RE3_TYPE_DOCUMENT, NULL);

  if (!check_is_file (model_file, cancellable, error) ||
      !check_is_file (data_file, cancellable, error))
    return NULL;

  self->reading = reading != NULL ? re3_reading_copy (reading) : NULL;
  if (model_file != NULL) {
    self->file_model = re3_model_file_read (model_file, cancellable, error);
    if (self->file_model == NULL)
      return NULL;
    self->model_file = g_object_ref (model_file);
  } else if (previous != NULL) {
    self->file_model = re3_model_ref (previous->file_model);
    fit_scaler = fit_scaler || re3_document_has_fitted_scaler (previous);
    self->model_file = g_object_ref (previous->model_file);
  } else {
    g_autofree char *name = g_file_get_basename (data_file);

    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                 _ ("%s: a data set is read for a model: open the model first."), name);
    return NULL;
  }

  if (data_file != NULL) {
    if (!read_dataset (self, data_file, cancellable, error))
      return NULL;
  } else if (!keep_dataset (self, previous, cancellable, error)) {
    return NULL;
  }

  if (!make_model (self, fit_scaler, error))
    return NULL;
  if (self->dataset != NULL) {
    g_autoptr (Re3ScalingCheck) check = re3_scaling_check_new (self->model, self->dataset);

    self->reach = re3_feature_reach_new (self->dataset);
    if (check != NULL)
      self->warning = re3_scaling_check_describe (check, self->model);
    self->detected_groups = re3_feature_groups_detect (self->model, self->dataset);
    self->mean = re3_baseline_new_mean (self->model, self->dataset);
    self->zero = re3_baseline_new_zero (self->model);
  }

  if (!re3_picture_shape_find (self->model, self->dataset, &self->picture_rows,
                               &self->picture_columns))
    self->picture_rows = 0;
  self->title = re3_document_make_title (self->model_file, self->data_file);
  return g_steal_pointer (&self);
}

Re3Model *
re3_document_get_model (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->model;
}

Re3Model *
re3_document_get_file_model (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->file_model;
}

Re3Dataset *
re3_document_get_dataset (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->dataset;
}

const Re3FeatureReach *
re3_document_get_reach (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->reach;
}

const Re3Baseline *
re3_document_get_baseline (Re3Document *self, Re3BaselineKind kind)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return kind == RE3_BASELINE_MEAN ? self->mean : kind == RE3_BASELINE_ZERO ? self->zero : NULL;
}

gboolean
re3_document_get_picture_shape (Re3Document *self, gsize *n_rows, gsize *n_columns)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (n_rows != NULL && n_columns != NULL, FALSE);

  *n_rows = self->picture_rows;
  *n_columns = self->picture_columns;
  return self->picture_rows > 0;
}

const GPtrArray *
re3_document_get_detected_groups (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->detected_groups;
}

const Re3DataReport *
re3_document_get_data_report (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->report;
}

const Re3Reading *
re3_document_get_reading (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->reading;
}

gboolean
re3_document_can_fill (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), FALSE);

  const Re3DataReport *report = self->report;

  if (report == NULL || report->n_missing == 0 ||
      (self->reading != NULL && self->reading->fill != RE3_DATA_FILL_NONE))
    return FALSE;
  for (guint i = 0; i < report->skipped->len; i++) {
    const Re3SkippedRow *row = g_ptr_array_index (report->skipped, i);

    if (row->column != NULL && g_strcmp0 (row->column, report->label_column) != 0)
      return TRUE;
  }
  return FALSE;
}

GFile *
re3_document_get_model_file (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->model_file;
}

GFile *
re3_document_get_data_file (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->data_file;
}

const char *
re3_document_get_notice (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->notice;
}

const char *
re3_document_get_warning (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->warning;
}

gboolean
re3_document_has_fitted_scaler (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), FALSE);

  return self->model != self->file_model;
}

const char *
re3_document_get_title (Re3Document *self)
{
  g_return_val_if_fail (RE3_IS_DOCUMENT (self), NULL);

  return self->title;
}

static void
re3_document_finalize (GObject *object)
{
  Re3Document *self = RE3_DOCUMENT (object);

  g_clear_pointer (&self->file_model, re3_model_unref);
  g_clear_pointer (&self->model, re3_model_unref);
  g_clear_pointer (&self->dataset, re3_dataset_unref);
  g_clear_pointer (&self->reach, re3_feature_reach_free);
  g_clear_pointer (&self->detected_groups, g_ptr_array_unref);
  g_clear_pointer (&self->mean, re3_baseline_free);
  g_clear_pointer (&self->zero, re3_baseline_free);
  g_clear_pointer (&self->reading, re3_reading_free);
  g_clear_pointer (&self->report, re3_data_report_free);
  g_clear_object (&self->model_file);
  g_clear_object (&self->data_file);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->warning, g_free);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (re3_document_parent_class)->finalize (object);
}

static void
re3_document_class_init (Re3DocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_document_finalize;
}

static void
re3_document_init (Re3Document *self)
{
}
