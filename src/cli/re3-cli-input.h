/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-cli-options.h"
#include "re3-data-file.h"
#include "re3-explanation.h"
#include "re3-model.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Re3CliInput:
 * @model: the model of the first argument
 * @model_name: the name of its file, for messages
 * @dataset: (nullable): the data set of the second
 * @data_name: the name of its file
 * @report: (nullable): what was found while reading it
 * @scaler_is_fitted: whether the model's scaler is not its own, but fitted to the training rows
 * @cancellable: (nullable): set by the command, and its own, to stop reading
 *
 * The options of all commands that read a data set, and what they read. The rest are the options
 * as texts.
 */
typedef struct {
  Re3Model *model;
  char *model_name;
  Re3Dataset *dataset;
  char *data_name;
  Re3DataReport *report;
  gboolean scaler_is_fitted;
  GCancellable *cancellable;
  /*< private >*/
  char *label;
  char *labels;
  gboolean no_header;
  char *test;
  char *split;
  char *test_fraction;
  char *seed;
  char *fill;
  char *fit_scaler;
} Re3CliInput;

/* Adds the options to @parser. */
void            re3_cli_input_add_options (Re3CliInput  *self,
                                           Re3CliParser *parser);
/* Reads the model, and the data set where there is a second path, and fits a scaler if that is asked
 * for. What people should know though it is no error is told on stderr. */
gboolean        re3_cli_input_load        (Re3CliInput  *self,
                                           GStrv         paths,
                                           GError      **error);
void            re3_cli_input_clear       (Re3CliInput  *self);

/* The class called @text, or with that index where none is called so. */
gboolean        re3_cli_input_find_class  (const Re3CliInput *self,
                                           const char        *text,
                                           gsize             *class_index,
                                           GError           **error);
/* The feature called @name; see re3_model_find_feature(). */
gboolean        re3_cli_input_find_feature (const Re3CliInput *self,
                                           const char        *name,
                                           gsize             *feature,
                                           GError           **error);
/* (nullable): the one-hot group called @name, unless a feature is called exactly so. */
const Re3FeatureGroup *re3_cli_input_find_group (const Re3CliInput *self,
                                           const char        *name);

/**
 * Re3CliSample:
 * @row: its data row
 * @explanation: of it, as edited
 * @n_edits: how many features were set
 * @filled: (element-type gsize): features whose value was missing, is their training mean, and was
 *   not set
 * @class_index: the class that is asked for: the one given, or the predicted one
 *
 * A row of the data set, with some features set to other values.
 */
typedef struct {
  gsize row;
  Re3Explanation *explanation;
  gsize n_edits;
  GArray *filled;
  gsize class_index;
} Re3CliSample;

/* @row_text: of --row; @class_text: (nullable): of --class; @edits: (nullable): of --set */
gboolean        re3_cli_sample_init       (Re3CliSample      *self,
                                           const Re3CliInput *input,
                                           const char        *row_text,
                                           const char        *class_text,
                                           const char *const *edits,
                                           GError           **error);
void            re3_cli_sample_clear      (Re3CliSample      *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Re3CliInput, re3_cli_input_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Re3CliSample, re3_cli_sample_clear)

G_END_DECLS
