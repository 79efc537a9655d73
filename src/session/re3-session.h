/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-document.h"
#include "re3-group-choices.h"
#include "re3-limits.h"
#include "re3-pin.h"
#include "re3-sample-list.h"
#include "re3-selection.h"
#include "re3-view-options.h"
#include "re3-what-if.h"
#include "re3-worker.h"

G_BEGIN_DECLS

/* The class that is explained is whatever is predicted. */
#define RE3_CLASS_PREDICTED (-1)

#define RE3_TYPE_SESSION (re3_session_get_type ())
G_DECLARE_FINAL_TYPE (Re3Session, re3_session, RE3, SESSION, GObject)

/**
 * Re3Session:
 *
 * What one window knows: the document, its analysis, the selected sample with the edits laid over
 * it, the class to explain, what else is selected. Views bind to it and keep nothing of their own,
 * so that all show the same.
 *
 * Signals:
 *  - opening: something is about to be opened, and what was being opened is given up
 *  - closing: another document is there, and takes the place of the one that is still open
 *  - document-changed, analysis-changed
 *  - row-changed: another sample is selected
 *  - explanation-changed: the sample, an edit or the class has changed what is explained
 *  - pin-changed: another input is pinned, or none
 *  - view-changed: the same is to be looked at in another way
 *  - stopped: nothing is opened any more, as somebody wanted it; what was open still is
 *  - failed (GError): something could not be opened; what was open still is
 *  - analysis-failed (GError): the data set could not be analysed; what is known of it stays
 */
Re3Session           *re3_session_new               (void);

/* How data files are read from now on, each as was chosen for it: a list of re3-reading.h. */
void                  re3_session_set_readings      (Re3Session   *self,
                                                     GVariant     *readings);
/* Opens a model, a data set or both in the background. Either is (nullable). The data set that
 * stays open with another model is read as it was. */
void                  re3_session_open              (Re3Session   *self,
                                                     GFile        *model_file,
                                                     GFile        *data_file);
/* Opens what a saved session names: nothing of what is open now stays. @data_file: (nullable);
 * @reading: (nullable): how it is read, or %NULL for what was chosen for the file;
 * @fit_scaler: with a scaler fitted to the training samples, of a model that has none */
void                  re3_session_open_anew         (Re3Session   *self,
                                                     GFile        *model_file,
                                                     GFile        *data_file,
                                                     const Re3Reading *reading,
                                                     gboolean      fit_scaler);
/* Loading and analysing; busy and fraction are theirs to watch. */
Re3Worker            *re3_session_get_loader        (Re3Session   *self);
Re3Worker            *re3_session_get_analyst       (Re3Session   *self);

/* (nullable), all three. The dataset and model are the document's. */
Re3Document          *re3_session_get_document      (Re3Session   *self);
Re3Model             *re3_session_get_model         (Re3Session   *self);
Re3Dataset           *re3_session_get_dataset       (Re3Session   *self);
/* (nullable): until the current document's analysis is there. A first one, which is not complete,
 * comes before. */
Re3Analysis          *re3_session_get_analysis      (Re3Session   *self);
/* Analyses the data set (again), as opening it does. Until it is done, or if it is stopped or
 * fails, what was there stays. Needs a data set. */
void                  re3_session_analyse           (Re3Session   *self);
/* Regions with a smaller purity are marked as confused. */
void                  re3_session_set_purity_threshold (Re3Session *self,
                                                     double        threshold);
double                re3_session_get_purity_threshold (Re3Session *self);

/* What is selected beside the sample; a new document finds nothing selected. */
Re3Selection         *re3_session_get_selection     (Re3Session   *self);
/* The features that are edited as one choice; a new document finds those of its model. (transfer none) */
Re3GroupChoices      *re3_session_get_groups        (Re3Session   *self);
/* What a counterfactual has to respect; another model finds no limits. (transfer none) */
Re3Limits            *re3_session_get_limits        (Re3Session   *self);
/* What is pinned to be compared; a new document finds nothing pinned. (transfer none) */
Re3Pin               *re3_session_get_pin           (Re3Session   *self);
/* (nullable): where contributions are also shown from, as the view options say: of a pinned sample,
 * the training mean while nothing is pinned. */
const Re3Baseline    *re3_session_get_baseline      (Re3Session   *self);
/* The samples, sorted, and filtered as the selection says: before its signal reaches a view. */
Re3SampleList        *re3_session_get_samples       (Re3Session   *self);

void                  re3_session_select_row        (Re3Session   *self,
                                                     gssize        row);
gssize                re3_session_get_row           (Re3Session   *self);

/* RE3_CLASS_PREDICTED follows the prediction. */
void                  re3_session_set_class_choice  (Re3Session   *self,
                                                     int           class_choice);
int                   re3_session_get_class_choice  (Re3Session   *self);
/* The class that is explained now. Needs an explanation. */
gsize                 re3_session_get_class_index   (Re3Session   *self);

/* How the person looks at it. Returns: (transfer none) */
void                  re3_session_set_view_options  (Re3Session   *self,
                                                     const Re3ViewOptions *options);
const Re3ViewOptions *re3_session_get_view_options  (Re3Session   *self);

/* The selected sample with the what-if edits laid over it. (transfer none) */
Re3WhatIf            *re3_session_get_what_if       (Re3Session   *self);
/* (nullable) The sample as edited, and as it stands in the data set. */
const Re3Explanation *re3_session_get_explanation   (Re3Session   *self);
const Re3Explanation *re3_session_get_original      (Re3Session   *self);
/* Whether the edits have led into another region than the sample's own. */
gboolean              re3_session_has_left_region   (Re3Session   *self);
/* The place in the region table of the region that the edited sample is in; -1 where it holds no
 * sample of the data set, or before the analysis. */
gssize                re3_session_get_current_region (Re3Session  *self);

G_END_DECLS
