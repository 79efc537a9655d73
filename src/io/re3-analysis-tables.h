/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-csv-writer.h"
#include "re3-result-options.h"

G_BEGIN_DECLS

/**
 * Re3TableContext:
 * @writer: where the table goes
 * @set: the samples that it is about, where it is not about each
 * @cancellable: (nullable): a long table stops in the middle when it is cancelled
 *
 * What every table of an analysis is written from.
 */
typedef struct {
  Re3CsvWriter *writer;
  const Re3Analysis *analysis;
  const Re3Model *model;
  const Re3Dataset *dataset;
  const Re3ResultOptions *options;
  Re3SampleSet set;
  GCancellable *cancellable;
} Re3TableContext;

/**
 * Re3AnalysisTable:
 * @name: of the file
 * @write: writes its heading and its rows
 */
typedef struct {
  const char *name;
  void (*write) (const Re3TableContext *context);
} Re3AnalysisTable;

/* All tables of an analysis. */
const Re3AnalysisTable *re3_analysis_tables_list (gsize *n_tables);

G_END_DECLS
