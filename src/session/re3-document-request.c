/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-document-request.h"

struct _Re3DocumentRequest {
  GFile *model_file;
  GFile *data_file;
  Re3Document *previous;
  Re3Reading *reading;
  gboolean fit_scaler;
};

Re3DocumentRequest *
re3_document_request_new (GFile *model_file,
                          GFile *data_file,
                          Re3Document *previous,
                          const Re3Reading *reading,
                          gboolean fit_scaler)
{
  g_return_val_if_fail (model_file != NULL || data_file != NULL, NULL);

  Re3DocumentRequest *self = g_new0 (Re3DocumentRequest, 1);

  g_set_object (&self->model_file, model_file);
  g_set_object (&self->data_file, data_file);
  g_set_object (&self->previous, previous);
  self->reading = reading != NULL ? re3_reading_copy (reading) : NULL;
  self->fit_scaler = fit_scaler;
  return self;
}

gpointer
re3_document_request_work (gpointer request, Re3Job *job, GError **error)
{
  Re3DocumentRequest *self = request;

  return re3_document_open (self->model_file, self->data_file, self->previous, self->reading,
                            self->fit_scaler, re3_job_get_cancellable (job), error);
}

void
re3_document_request_free (Re3DocumentRequest *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->model_file);
  g_clear_object (&self->data_file);
  g_clear_object (&self->previous);
  re3_reading_free (self->reading);
  g_free (self);
}
