/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-session-opener.h"

struct _Re3SessionOpener {
  GObject parent_instance;

  Re3Session *session;   /* (unowned) */
  Re3SessionFile *file;  /* (nullable): what is being opened */
  gboolean is_reopening; /* what there is when it closes, with these rows: */
  Re3Dataset *rows;      /* (nullable) */
  gboolean is_restored;
  gsize n_left_out;
};

G_DEFINE_FINAL_TYPE (Re3SessionOpener, re3_session_opener, G_TYPE_OBJECT)

enum { RESTORED, FINISHED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
give_up (Re3SessionOpener *self)
{
  g_clear_pointer (&self->file, re3_session_file_unref);
  g_clear_pointer (&self->rows, re3_dataset_unref);
  self->is_reopening = FALSE;
  self->is_restored = FALSE;
  self->n_left_out = 0;
}

static void
finish (Re3SessionOpener *self)
{
  guint n_left_out = (guint) self->n_left_out;

  give_up (self);
  g_signal_emit (self, signals[FINISHED], 0, n_left_out);
}

/* Not sooner: a person may go on while the files are read. */
static void
closing_cb (Re3SessionOpener *self)
{
  Re3Dataset *dataset = re3_session_get_dataset (self->session);

  if (!self->is_reopening)
    return;

  self->file = re3_session_file_capture (self->session, NULL);
  self->rows = dataset != NULL ? re3_dataset_ref (dataset) : NULL;
}

static void
document_changed_cb (Re3SessionOpener *self)
{
  Re3Dataset *dataset = re3_session_get_dataset (self->session);

  if (self->file == NULL)
    return;

  if (self->rows != NULL && dataset != NULL)
    re3_session_file_follow_rows (self->file, self->rows, dataset);
  g_clear_pointer (&self->rows, re3_dataset_unref);
  self->is_restored = TRUE;
  self->n_left_out = re3_session_file_restore (self->file, self->session);
  g_signal_emit (self, signals[RESTORED], 0);
  if (self->file->region == NULL)
    finish (self);
}

static void
analysis_changed_cb (Re3SessionOpener *self)
{
  if (!self->is_restored || re3_session_get_analysis (self->session) == NULL)
    return;

  self->n_left_out += re3_session_file_restore_region (self->file, self->session);
  finish (self);
}

void
re3_session_opener_open (Re3SessionOpener *self, Re3SessionFile *file)
{
  g_return_if_fail (RE3_IS_SESSION_OPENER (self));
  g_return_if_fail (file != NULL && file->model_file != NULL);

  /* Which gives up what was being opened before. */
  re3_session_open_anew (self->session, file->model_file, file->data_file, file->reading,
                         file->fit_scaler);
  self->file = file;
}

void
re3_session_opener_reopen (Re3SessionOpener *self, const Re3Reading *reading, gboolean fit_scaler)
{
  g_return_if_fail (RE3_IS_SESSION_OPENER (self));
  g_return_if_fail (re3_session_get_document (self->session) != NULL);

  Re3Document *document = re3_session_get_document (self->session);

  re3_session_open_anew (self->session, re3_document_get_model_file (document),
                         re3_document_get_data_file (document), reading,
                         fit_scaler || re3_document_has_fitted_scaler (document));
  self->is_reopening = TRUE;
}

static void
re3_session_opener_finalize (GObject *object)
{
  give_up (RE3_SESSION_OPENER (object));

  G_OBJECT_CLASS (re3_session_opener_parent_class)->finalize (object);
}

static void
re3_session_opener_class_init (Re3SessionOpenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = re3_session_opener_finalize;

  signals[RESTORED] = g_signal_new ("restored", RE3_TYPE_SESSION_OPENER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", RE3_TYPE_SESSION_OPENER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
re3_session_opener_init (Re3SessionOpener *self)
{
}

Re3SessionOpener *
re3_session_opener_new (Re3Session *session)
{
  g_return_val_if_fail (RE3_IS_SESSION (session), NULL);

  Re3SessionOpener *self = g_object_new (RE3_TYPE_SESSION_OPENER, NULL);

  self->session = session;
  g_signal_connect_object (session, "opening", G_CALLBACK (give_up), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "stopped", G_CALLBACK (give_up), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "failed", G_CALLBACK (give_up), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "analysis-failed", G_CALLBACK (give_up), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "closing", G_CALLBACK (closing_cb), self, G_CONNECT_SWAPPED);
  /* After the views, so that what they see put back is of a document that they have seen. */
  g_signal_connect_object (session, "document-changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (session, "analysis-changed", G_CALLBACK (analysis_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}
