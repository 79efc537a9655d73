/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenchTime:
 * @wall: seconds that it took
 * @processor: seconds of processors that were spent on it
 * @share: how much of the processors that it could have used it got; below BENCH_SHARE_MIN other
 *   programs were in its way, and the time says nothing
 */
typedef struct {
  double wall;
  double processor;
  double share;
} BenchTime;

#define BENCH_SHARE_MIN 0.92

/* Seconds, from an instant that does not matter. */
double     bench_now         (void);

/* A watch on the work of this process. */
typedef struct {
  gboolean is_parallel;
  double wall;
  double processor;
  double all;
} BenchWatch;

/* @is_parallel: whether the work is shared by threads or processes. What one thread got is its
 * processor time; many threads also wait for each other, so that what they got is told by what all
 * other programs of the machine took (/proc/stat). */
BenchWatch bench_watch_start (gboolean          is_parallel);
BenchTime  bench_watch_stop  (const BenchWatch *self);

/**
 * BenchSide:
 * @label: what it is, in a few words
 * @run: does the work once and tells how long it took
 * @data: for @run
 * @scale: (default 1): what times are to be multiplied with, where both sides do not do equally much
 * @limit: without @run: milliseconds that are not measured but fixed
 *
 * One of the two ways that a row compares.
 */
typedef struct {
  const char *label;
  BenchTime (*run) (gpointer data);
  gpointer data;
  double scale;
  double limit;
} BenchSide;

/**
 * BenchRow:
 * @name: of the row
 * @work: what both sides do
 * @target: the ratio @baseline / @ours that is aimed for
 */
typedef struct {
  const char *name;
  const char *work;
  BenchSide baseline;
  BenchSide ours;
  double target;
} BenchRow;

/**
 * BenchTable:
 *
 * The rows that were asked for, printed as they are measured.
 */
typedef struct _BenchTable BenchTable;

/* @names: (nullable): only these rows; @quick: one run of each, to see that all works */
BenchTable *bench_table_new      (const char *const *names,
                                  gboolean           quick);
void        bench_table_free     (BenchTable        *self);
gboolean    bench_table_wants    (const BenchTable  *self,
                                  const char        *name);
gboolean    bench_table_is_quick (const BenchTable  *self);
/* Runs both sides by turns, until BENCH_N_RUNS of both have got their processors. */
void        bench_table_measure  (BenchTable        *self,
                                  const BenchRow    *row);
/* A row that this machine cannot measure. @why: "no OpenBLAS" */
void        bench_table_skip     (BenchTable        *self,
                                  const char        *name,
                                  const char        *why);
gboolean    bench_table_write    (const BenchTable  *self,
                                  const char        *path,
                                  GError           **error);

#define BENCH_N_RUNS 7

G_END_DECLS
