/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-model.h"

G_BEGIN_DECLS

/* A model is written by its builder, and read-only from then on. */
struct _Re3Model {
  Re3Network *network;
  char *name;
  gboolean has_feature_names;
  gboolean has_class_names;
  gboolean is_regression;
  GPtrArray *feature_names;
  GPtrArray *feature_units; /* %NULL entries where there is none */
  Re3NameIndex *feature_index;
  GStrv feature_columns; /* %NULL where all are called as their features, "" where one is */
  Re3NameIndex *column_index; /* likewise */
  GPtrArray *class_names;
  Re3NameIndex *class_index;
  GPtrArray *output_units; /* of a regression network, %NULL entries where there is none */
  double *mean; /* %NULL without a scaler, as is @scale */
  double *scale;
  GPtrArray *groups; /* of Re3FeatureGroup */
  GArray *tests;
  GPtrArray *notes;
};

G_END_DECLS
