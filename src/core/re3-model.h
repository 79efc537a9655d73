/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-feature-group.h"
#include "re3-name-index.h"
#include "re3-names.h"
#include "re3-network.h"

G_BEGIN_DECLS

/**
 * Re3ModelTest:
 * @input: n_inputs numbers in original units
 * @logits: what the framework that trained the network answered
 * @tolerance: how far ours may be, absolutely
 */
typedef struct {
  double *input;
  double *logits;
  double tolerance;
} Re3ModelTest;

/**
 * Re3Model:
 *
 * A network with what people need to read it: names, units, classes, and the scaler between
 * original units and the network's own: x = (value - mean) / scale. Immutable and reference
 * counted. Names are always there: x1, x2, ... and 0, 1, ... where the file gives none.
 *
 * The outputs of a *classifier* are the logits of its classes. Those of a *regression* network are
 * what it answers; it has no classes and no probabilities, and whatever is computed of the logit of
 * a class holds for an output in its place. So the functions about classes count its outputs, and
 * name them: y, or y1, y2, ... where the file gives no name. A network with one output is one.
 */
typedef struct _Re3Model Re3Model;
typedef struct _Re3ModelBuilder Re3ModelBuilder;

Re3Model           *re3_model_ref                 (Re3Model        *self);
void                re3_model_unref               (Re3Model        *self);
/* (nullable) */
const char         *re3_model_get_name            (const Re3Model  *self);
Re3Network         *re3_model_get_network         (const Re3Model  *self);
gsize               re3_model_get_n_features      (const Re3Model  *self);
gsize               re3_model_get_n_classes       (const Re3Model  *self);
gboolean            re3_model_is_regression       (const Re3Model  *self);
const char         *re3_model_get_feature_name    (const Re3Model  *self,
                                                   gsize            feature);
/* (nullable) */
const char         *re3_model_get_feature_unit    (const Re3Model  *self,
                                                   gsize            feature);
/* (nullable): what the column of a data set is called that holds the feature, where that is not its
 * name. */
const char         *re3_model_get_feature_column  (const Re3Model  *self,
                                                   gsize            feature);
const char         *re3_model_get_class_name      (const Re3Model  *self,
                                                   gsize            class_index);
/* (nullable): of an output of a regression network */
const char         *re3_model_get_output_unit     (const Re3Model  *self,
                                                   gsize            output);
/* Whether the file itself names its features (classes, outputs), or the names are ours. */
gboolean            re3_model_has_feature_names   (const Re3Model  *self);
gboolean            re3_model_has_class_names     (const Re3Model  *self);
gboolean            re3_model_has_scaler          (const Re3Model  *self);
/* 0 and 1 without a scaler. */
double              re3_model_get_scaler_mean     (const Re3Model  *self,
                                                   gsize            feature);
double              re3_model_get_scaler_scale    (const Re3Model  *self,
                                                   gsize            feature);
/* The one-hot groups of features that the file declares: each feature is in one at most.
 * (element-type Re3FeatureGroup) */
const GPtrArray    *re3_model_get_groups          (const Re3Model  *self);
/* (nullable): the group that @feature is in. */
const Re3FeatureGroup *re3_model_find_group_of    (const Re3Model  *self,
                                                   gsize            feature);
gsize               re3_model_get_n_tests         (const Re3Model  *self);
const Re3ModelTest *re3_model_get_test            (const Re3Model  *self,
                                                   gsize            index);
/* What a reader had to decide that the file does not say: whole sentences, which the person should
 * see. */
gsize               re3_model_get_n_notes         (const Re3Model  *self);
const char         *re3_model_get_note            (const Re3Model  *self,
                                                   gsize            index);

/* One number of @feature from original units to the network's own, and back. */
double              re3_model_scale               (const Re3Model  *self,
                                                   gsize            feature,
                                                   double           value);
double              re3_model_unscale             (const Re3Model  *self,
                                                   gsize            feature,
                                                   double           input);
/* @n_rows numbers of @feature, chosen by @rows from its @column in original units. */
void                re3_model_scale_rows          (const Re3Model  *self,
                                                   gsize            feature,
                                                   const double    *column,
                                                   const guint32   *rows,
                                                   gsize            n_rows,
                                                   double          *inputs);
/* @n numbers of @feature, that stand side by side. */
void                re3_model_scale_stretch       (const Re3Model  *self,
                                                   gsize            feature,
                                                   const double    *values,
                                                   gsize            n,
                                                   double          *inputs);
/* The feature called @name, exactly or else by re3_name_keys: but for case, white space and
 * punctuation, then but for a unit in brackets at its end too. RE3_NAME_NOT_FOUND if there is none,
 * RE3_NAME_AMBIGUOUS if several would fit. */
gssize              re3_model_find_feature        (const Re3Model  *self,
                                                   const char      *name);
/* The feature whose values are in the column called @column: the one that says so, or else the one
 * that is called so; found as re3_model_find_feature() does. */
gssize              re3_model_find_column         (const Re3Model  *self,
                                                   const char      *column);
/* The class called @name: exactly, then but for case, then as the same number ("0.0" is the class
 * "0"); RE3_NAME_NOT_FOUND if none, or if several would fit. */
gssize              re3_model_find_class          (const Re3Model  *self,
                                                   const char      *name);
/* Runs the model's own tests. @worst: (out): the largest |ours - theirs|, 0 without tests.
 * Returns: %FALSE if any test is off by more than its tolerance. */
gboolean            re3_model_reproduces_tests    (const Re3Model  *self,
                                                   double          *worst);

Re3ModelBuilder    *re3_model_builder_new         (Re3Network      *network);
void                re3_model_builder_free        (Re3ModelBuilder *self);
void                re3_model_builder_set_name    (Re3ModelBuilder *self,
                                                   const char      *name);
/* @names: n_inputs names, %NULL-terminated; @units: n_inputs entries, an empty one is none;
 * (nullable). Fails where the count is off, a name is empty, or two are the same. */
gboolean            re3_model_builder_set_features (Re3ModelBuilder   *self,
                                                    const char *const *names,
                                                    const char *const *units,
                                                    GError           **error);
/* What the columns of a data set are called, as a list of n_inputs texts, %NULL-terminated; an empty
 * one is called as the feature is. Fails where two are the same. */
gboolean            re3_model_builder_set_columns  (Re3ModelBuilder   *self,
                                                    const char *const *columns,
                                                    GError           **error);
gboolean            re3_model_builder_set_classes  (Re3ModelBuilder   *self,
                                                    const char *const *names,
                                                    GError           **error);
/* Makes it a classifier, whatever was said before. Fails with one output, which is regression. */
gboolean            re3_model_builder_set_classifier (Re3ModelBuilder *self,
                                                    GError           **error);
/* Makes it a regression network, which it is in any case with one output. @names, @units: (nullable):
 * as those of the features, one for each output. */
gboolean            re3_model_builder_set_outputs  (Re3ModelBuilder   *self,
                                                    const char *const *names,
                                                    const char *const *units,
                                                    GError           **error);
/* n_inputs numbers each; every scale finite and above 0. */
gboolean            re3_model_builder_set_scaler   (Re3ModelBuilder   *self,
                                                    const double      *mean,
                                                    const double      *scale,
                                                    GError           **error);
/* A one-hot group, whose features must have names before. @members: two or more of them, exactly,
 * %NULL-terminated. Fails where the name is empty or taken, a member is no feature, or is in a group
 * already. */
gboolean            re3_model_builder_add_group    (Re3ModelBuilder   *self,
                                                    const char        *name,
                                                    const char *const *members,
                                                    GError           **error);
/* Copies. */
void                re3_model_builder_add_test     (Re3ModelBuilder   *self,
                                                    const double      *input,
                                                    const double      *logits,
                                                    double             tolerance);
void                re3_model_builder_add_note     (Re3ModelBuilder   *self,
                                                    const char        *note);
/* (transfer full); the builder is empty afterwards. */
Re3Model           *re3_model_builder_finish       (Re3ModelBuilder   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Model, re3_model_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3ModelBuilder, re3_model_builder_free)

G_END_DECLS
