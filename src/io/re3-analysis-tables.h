/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-csv-writer.h"
#include "re3-result-options.h"

G_BEGIN_DECLS

/**
 * Re3TableProgress:
 * @monitor: (nullable): asked now and then while a long table is written
 * @done: rows of long tables that are written
 * @total: rows of all long tables, at most
 * @is_stopped: whether the monitor has stopped it; what is written is then not whole
 */
typedef struct {
  const Re3Monitor *monitor;
  gsize done;
  gsize total;
  gboolean is_stopped;
} Re3TableProgress;

/**
 * Re3TableContext:
 * @writer: where the table goes
 * @set: the samples that it is about, where it is not about each
 * @progress: over all tables
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
  Re3TableProgress *progress;
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

/* What long tables have in rows. */
gsize                   re3_analysis_tables_count_rows (const Re3TableContext *context);
/* All tables of an analysis. */
const Re3AnalysisTable *re3_analysis_tables_list       (gsize                 *n_tables);

G_END_DECLS
