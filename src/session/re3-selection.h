/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-sample-filter.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* No feature is selected; RE3_NO_NEURON says so of neurons. */
#define RE3_NO_FEATURE G_MAXSIZE

#define RE3_TYPE_SELECTION (re3_selection_get_type ())
G_DECLARE_FINAL_TYPE (Re3Selection, re3_selection, RE3, SELECTION, GObject)

/**
 * Re3Selection:
 *
 * What is chosen in any view and shown in all of them: a set of samples, described by filters that
 * all must let a sample through, a feature, a neuron. (The sample and the class that are explained
 * are chosen in the session itself.)
 *
 * Signals:
 *  - filters-changed
 *  - unit-changed: another feature or neuron is selected
 */
Re3Selection                 *re3_selection_new            (void);

/* In the order in which they were added; valid until the next change. */
const Re3SampleFilter *const *re3_selection_get_filters    (Re3Selection    *self,
                                                            gsize           *n_filters);
/* (nullable) */
const Re3SampleFilter        *re3_selection_get_filter     (Re3Selection    *self,
                                                            Re3FilterKind    kind);
/* Takes the place of a filter of its kind. @filter: (transfer full) */
void                          re3_selection_add_filter     (Re3Selection    *self,
                                                            Re3SampleFilter *filter);
/* Adds it, or takes it back where the very same is there: a second click on the same part of a
 * figure. @filter: (transfer full) */
void                          re3_selection_toggle_filter  (Re3Selection    *self,
                                                            Re3SampleFilter *filter);
void                          re3_selection_remove_filter  (Re3Selection    *self,
                                                            Re3FilterKind    kind);

/* RE3_NO_FEATURE, RE3_NO_NEURON: none. */
void                          re3_selection_select_feature (Re3Selection    *self,
                                                            gsize            feature);
gsize                         re3_selection_get_feature    (Re3Selection    *self);
void                          re3_selection_select_neuron  (Re3Selection    *self,
                                                            gsize            neuron);
gsize                         re3_selection_get_neuron     (Re3Selection    *self);

/* All filters, feature and neuron. */
void                          re3_selection_clear          (Re3Selection    *self);

G_END_DECLS
