/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The label of a row of data that has none. */
#define RE3_NO_LABEL (-1)

/* Rows are numbered with 32 bits. Who reads more must refuse them. */
#define RE3_DATASET_ROWS_MAX G_MAXUINT32

/* What the values of a column are. */
typedef enum {
  RE3_COLUMN_REAL,
  RE3_COLUMN_INTEGER, /* whole numbers */
  RE3_COLUMN_BINARY,  /* nothing but 0 and 1 */
} Re3ColumnKind;

/**
 * Re3Dataset:
 *
 * The samples of one data file (or of a training and a test file together), with the columns that
 * a model asks for, in the model's order and in original units. Immutable and reference counted.
 */
typedef struct _Re3Dataset Re3Dataset;

/* One value: of a feature in a row. */
typedef struct {
  guint32 row;
  guint32 feature;
} Re3Cell;

/* @values: (transfer full): (n_features, n_rows), feature by feature, in original units
 * @labels: (transfer full) (nullable): n_rows class indices or RE3_NO_LABEL
 * @n_classes: number of classes that labels may name
 * @lines: (transfer full) (nullable): the line of the file that each row starts on
 * @is_test: (transfer full): n_rows flags */
Re3Dataset   *re3_dataset_new            (gsize             n_features,
                                          gsize             n_rows,
                                          gsize             n_classes,
                                          double           *values,
                                          int              *labels,
                                          guint32          *lines,
                                          guint8           *is_test);
/* The same for a regression network: instead of labels the rows have targets.
 * @targets: (transfer full) (nullable): n_rows numbers, NAN where there is none */
Re3Dataset   *re3_dataset_new_with_targets (gsize           n_features,
                                          gsize             n_rows,
                                          gsize             n_outputs,
                                          double           *values,
                                          double           *targets,
                                          guint32          *lines,
                                          guint8           *is_test);
/* Notes which values were missing in the file and are filled (see re3-fill.h). To be called before
 * anybody else has @self, which is immutable from then on.
 * @cells: (element-type Re3Cell): by row, and by feature within one; kept with a reference */
void          re3_dataset_set_filled     (Re3Dataset       *self,
                                          GArray           *cells);
/* Likewise: the features are the pixels of a picture, row after row. */
void          re3_dataset_set_picture    (Re3Dataset       *self,
                                          gsize             n_rows,
                                          gsize             n_columns);
Re3Dataset   *re3_dataset_ref            (Re3Dataset       *self);
void          re3_dataset_unref          (Re3Dataset       *self);
gsize         re3_dataset_get_n_features (const Re3Dataset *self);
gsize         re3_dataset_get_n_rows     (const Re3Dataset *self);
gsize         re3_dataset_get_n_classes  (const Re3Dataset *self);
gsize         re3_dataset_get_n_test     (const Re3Dataset *self);
/* Whether any row has a label. */
gboolean      re3_dataset_has_labels     (const Re3Dataset *self);
/* n_rows numbers. */
const double *re3_dataset_get_column     (const Re3Dataset *self,
                                          gsize             feature);
/* The mean of the training rows, summed in their order; NAN where there is none. */
double        re3_dataset_get_training_mean (const Re3Dataset *self,
                                          gsize             feature);
double        re3_dataset_get_value      (const Re3Dataset *self,
                                          gsize             row,
                                          gsize             feature);
/* @values: n_features numbers. */
void          re3_dataset_get_row        (const Re3Dataset *self,
                                          gsize             row,
                                          double           *values);
int           re3_dataset_get_label      (const Re3Dataset *self,
                                          gsize             row);
/* What a regression network should answer; NAN where that is not known. */
double        re3_dataset_get_target     (const Re3Dataset *self,
                                          gsize             row);
/* Whether any row has a target. */
gboolean      re3_dataset_has_targets    (const Re3Dataset *self);
gboolean      re3_dataset_is_test        (const Re3Dataset *self,
                                          gsize             row);
/* The same of all rows: n_rows labels, or %NULL where no row has one; and n_rows flags, not 0 where the
 * row is a test sample. */
const int    *re3_dataset_get_labels     (const Re3Dataset *self);
const guint8 *re3_dataset_get_test_flags (const Re3Dataset *self);
/* How many values were missing in the file and are filled, and how many rows have one. */
gsize         re3_dataset_get_n_filled   (const Re3Dataset *self);
gsize         re3_dataset_get_n_filled_rows (const Re3Dataset *self);
/* Those of @row, by feature. @n_filled: (out). (transfer none) (nullable) */
const Re3Cell *re3_dataset_get_filled    (const Re3Dataset *self,
                                          gsize             row,
                                          gsize            *n_filled);
gboolean      re3_dataset_is_filled      (const Re3Dataset *self,
                                          gsize             row,
                                          gsize             feature);
/* Whether the samples are known to be pictures, and then their shape. */
gboolean      re3_dataset_get_picture    (const Re3Dataset *self,
                                          gsize            *n_rows,
                                          gsize            *n_columns);
/* Line of the file, from 1; 0 where it is not known. */
guint         re3_dataset_get_line       (const Re3Dataset *self,
                                          gsize             row);
/* The range of a feature over all rows; NAN where there are none. */
void          re3_dataset_get_range      (const Re3Dataset *self,
                                          gsize             feature,
                                          double           *low,
                                          double           *high);
/* The narrowest kind that all values of a feature are of; RE3_COLUMN_REAL without rows. */
Re3ColumnKind re3_dataset_get_column_kind (const Re3Dataset *self,
                                          gsize             feature);
/* How many values of a feature lie in each of @n_bins equal parts of [@low, @high], of which each
 * holds its lower end, and the last one both; values beyond are not counted.
 * @counts: (out): n_bins numbers */
void          re3_dataset_count_values   (const Re3Dataset *self,
                                          gsize             feature,
                                          double            low,
                                          double            high,
                                          gsize             n_bins,
                                          guint32          *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Dataset, re3_dataset_unref)

G_END_DECLS
