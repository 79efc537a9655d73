/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-csv-format.h"
#include "re3-dataset.h"
#include "re3-model.h"
#include "re3-split.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is done with a row in which a value is missing: the cell is empty, or says NA, NaN, ?, ... */
typedef enum {
  RE3_DATA_FILL_NONE, /* it is skipped, counted and named */
  RE3_DATA_FILL_MEAN, /* the value is the training mean of its feature, see re3-fill.h */
} Re3DataFill;

/**
 * Re3DataOptions:
 * @delimiter: as in Re3CsvFormat, or RE3_CSV_GUESS_DELIMITER to find it by looking
 * @header: whether the first line names the columns
 * @label: (nullable): the label column by name, or by number from 1 where no column is called so;
 *   an empty text for data without labels; %NULL to find it by looking
 * @split_column: (nullable): a column whose value says "train" or "test" (or 0 and 1), found as
 *   the label is
 * @test_file: (nullable): a second file that holds the test samples; the first is then training.
 *   Not together with @split_column
 * @test_fraction: the share of samples to test on, where no column and no file says
 * @seed: of that choice
 * @labels_file: (nullable): the file with the labels of an array, where it is not found beside it
 * @fill: whether missing values are filled. A row without label, or without the choice of a one-hot
 *   group, is skipped in any case, and so is one without any value
 * @left_out: (nullable): columns that are neither feature nor label, each found as the label is
 * @keep_doubts: where it is not plain which column is the label, or how the labels of one that was
 *   found by looking are classes of the model: read on and say so in the report, rather than fail
 * @head_only: read only the rows in the first megabyte, which show how the rest would be read; an
 *   array is read whole all the same
 *
 * How to read a data set, as the command line's options say it.
 */
typedef struct {
  char delimiter;
  Re3CsvHeader header;
  const char *label;
  const char *split_column;
  GFile *test_file;
  GFile *labels_file;
  double test_fraction;
  guint64 seed;
  Re3DataFill fill;
  const char *const *left_out;
  gboolean keep_doubts;
  gboolean head_only;
} Re3DataOptions;

#define RE3_DATA_OPTIONS_DEFAULT \
  ((Re3DataOptions){ .test_fraction = RE3_DEFAULT_TEST_FRACTION, .seed = RE3_DEFAULT_SEED })

/**
 * Re3SkippedRow:
 * @file: name of the file
 * @line: its line, from 1
 * @is_index: there are no lines: @line counts the rows of an array
 * @column: (nullable): name of the column, where it is one that is at fault
 * @reason: what is wrong, as part of a sentence
 */
typedef struct {
  char *file;
  guint line;
  gboolean is_index;
  char *column;
  char *reason;
} Re3SkippedRow;

/* "file.csv:12: column “x”: the cell is empty", or "X.npy[11]: ..." as Python counts its rows.
 * (transfer full) */
char *re3_skipped_row_describe (const Re3SkippedRow *self);

/**
 * Re3FilledColumn:
 * @column: name of the column
 * @n_cells: how many of its values were filled
 * @mean: with what: its training mean
 */
typedef struct {
  char *column;
  gsize n_cells;
  double mean;
} Re3FilledColumn;

/**
 * Re3ChoiceColumn:
 * @column: name of a column of texts
 * @group: of the one-hot group whose choice they are
 * @choices: what they may be
 */
typedef struct {
  char *column;
  char *group;
  GStrv choices;
} Re3ChoiceColumn;

/* Skipped rows are all counted; only so many are kept one by one. */
#define RE3_MAX_SKIPPED_KEPT 1000

/* More numbers than this, in all rows of a file together, are not read: 2 GiB. */
#define RE3_MAX_DATA_NUMBERS (1u << 28)

/**
 * Re3DataReport:
 * @file: name of the file
 * @format: its form
 * @array: (nullable): of an array file, which has no delimiter and no header: "IDX, 300 × 28 × 28"
 * @label_column: (nullable): name of the label column, or of the file with an array's labels, or %NULL where there is none
 * @label_guessed: whether it was found by looking
 * @label_doubt: (nullable): a sentence on why there is no label, or on what else it might be
 * @label_mapping: (nullable): "1 = setosa, 2 = ...", where labels are numbers that stand for
 *   classes with other names
 * @matched_by_name: whether the columns were matched to the features by name, or by position
 * @feature_columns: for each feature the column that it was read from
 * @choice_columns: (element-type Re3ChoiceColumn): columns of texts that were read as one-hot groups
 * @left_out: names of the columns that were not read
 * @test: (nullable): of a second file with the test samples the same, but for its rows: those of
 *   both files are told below
 * @n_skipped: rows left out
 * @n_missing: how many of them for a value that is missing, rather than unreadable
 * @skipped: (element-type Re3SkippedRow): the first RE3_MAX_SKIPPED_KEPT of them
 * @n_filled: values that were missing and are filled; @n_filled_rows: the rows that have any
 * @filled: (element-type Re3FilledColumn): the columns that they are in, by feature
 *
 * What was found and decided while reading a data set; the user is shown it.
 */
typedef struct _Re3DataReport Re3DataReport;
struct _Re3DataReport {
  char *file;
  Re3CsvFormat *format;
  char *array;
  char *label_column;
  gboolean label_guessed;
  char *label_doubt;
  char *label_mapping;
  gboolean matched_by_name;
  GStrv feature_columns;
  GPtrArray *choice_columns;
  GStrv left_out;
  Re3DataReport *test;
  gsize n_skipped;
  gsize n_missing;
  GPtrArray *skipped;
  gsize n_filled;
  gsize n_filled_rows;
  GPtrArray *filled;
};

/* Reads the data set in @file for @model. @report: (out) (transfer full) (optional).
 * (transfer full) */
Re3Dataset *re3_data_file_read   (GFile                *file,
                                  Re3Model             *model,
                                  const Re3DataOptions *options,
                                  GCancellable         *cancellable,
                                  Re3DataReport       **report,
                                  GError              **error);

void        re3_data_report_free (Re3DataReport        *self);
/* A few lines for people: delimiter, header, label, columns left out, rows skipped.
 * (transfer full) */
char       *re3_data_report_describe (const Re3DataReport *self);
/* What was guessed, is in doubt or was left out, apart from rows, in a line each that says the file:
 * this one, not the test file. Not what names make plain: a label column of the classes of @model.
 * (transfer full) */
GStrv       re3_data_report_list_notes (const Re3DataReport *self,
                                        const Re3Model      *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3DataReport, re3_data_report_free)

G_END_DECLS
