/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-baseline.h"
#include "re3-data-file.h"
#include "re3-feature-reach.h"
#include "re3-reading.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define RE3_TYPE_DOCUMENT (re3_document_get_type ())
G_DECLARE_FINAL_TYPE (Re3Document, re3_document, RE3, DOCUMENT, GObject)

/**
 * Re3Document:
 *
 * A model and, where one fits, a data set, with the files they came from. Immutable: opening
 * another file makes another document.
 */

/* Reads what is to be opened; may take long, so a worker's thread calls it.
 * @model_file: (nullable): the model to open, or %NULL to keep that of @previous
 * @data_file: (nullable): the data set to open, or %NULL to keep that of @previous. It is read
 *   anew for a new model; where it does not fit, the document has no data set and a notice says
 *   why.
 * @previous: (nullable): the document that is open
 * @reading: (nullable): what was chosen about how the data set is read
 * @fit_scaler: fit a scaler to the training samples and put it before the network, which must have
 *   none of its own. One that was fitted for @previous, whose model stays, is fitted anew in any case
 * (transfer full) */
Re3Document         *re3_document_open            (GFile        *model_file,
                                                   GFile        *data_file,
                                                   Re3Document  *previous,
                                                   const Re3Reading *reading,
                                                   gboolean      fit_scaler,
                                                   GCancellable *cancellable,
                                                   GError      **error);
Re3Model            *re3_document_get_model       (Re3Document  *self);
/* The model as its file has it: the same, but for a scaler that was fitted here. */
Re3Model            *re3_document_get_file_model  (Re3Document  *self);
/* (nullable) */
Re3Dataset          *re3_document_get_dataset     (Re3Document  *self);
/* (nullable): how far the features of the data set are moved. */
const Re3FeatureReach *re3_document_get_reach     (Re3Document  *self);
/* (nullable): the mean of the training samples, or zero; %NULL for the other kinds, and where there is
 * no such input. */
const Re3Baseline   *re3_document_get_baseline    (Re3Document  *self,
                                                   Re3BaselineKind kind);
/* Whether samples are pictures, and their shape. @n_rows, @n_columns: (out) */
gboolean             re3_document_get_picture_shape (Re3Document *self,
                                                   gsize        *n_rows,
                                                   gsize        *n_columns);
/* (nullable) (element-type Re3FeatureGroup): the one-hot groups that the training rows suggest. */
const GPtrArray     *re3_document_get_detected_groups (Re3Document *self);
/* (nullable): what was decided while the data set was read. */
const Re3DataReport *re3_document_get_data_report (Re3Document  *self);
/* (nullable): what was chosen about how the data set is read. */
const Re3Reading    *re3_document_get_reading     (Re3Document  *self);
/* Whether rows were skipped for missing values of features, which a person can have filled instead. */
gboolean             re3_document_can_fill        (Re3Document  *self);
GFile               *re3_document_get_model_file  (Re3Document  *self);
/* (nullable) */
GFile               *re3_document_get_data_file   (Re3Document  *self);
/* (nullable): a sentence that the person should see. */
const char          *re3_document_get_notice      (Re3Document  *self);
/* (nullable): a sentence that warns of data that look unscaled beside a model without a scaler. */
const char          *re3_document_get_warning     (Re3Document  *self);
/* Whether the scaler was fitted here, on request, and is not the model file's. */
gboolean             re3_document_has_fitted_scaler (Re3Document *self);
/* "iris-16-8-4 on iris.csv" */
const char          *re3_document_get_title       (Re3Document  *self);

/* That of a document of these files. @data_file: (nullable). (transfer full) */
char                *re3_document_make_title      (GFile        *model_file,
                                                   GFile        *data_file);

G_END_DECLS
