/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-document.h"
#include "re3-worker.h"

G_BEGIN_DECLS

/**
 * Re3DocumentRequest:
 *
 * What is to be opened, for a worker: the arguments of re3_document_open().
 */
typedef struct _Re3DocumentRequest Re3DocumentRequest;

/* Those that are (nullable) there are so here. (transfer full) */
Re3DocumentRequest *re3_document_request_new  (GFile               *model_file,
                                               GFile               *data_file,
                                               Re3Document         *previous,
                                               const Re3Reading    *reading,
                                               gboolean             fit_scaler);
/* A Re3WorkFunc on a request; gives a Re3Document. (transfer full) */
gpointer            re3_document_request_work (gpointer             request,
                                               Re3Job              *job,
                                               GError             **error);
void                re3_document_request_free (Re3DocumentRequest  *self);

G_END_DECLS
