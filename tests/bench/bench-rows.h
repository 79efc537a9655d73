/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-table.h"

G_BEGIN_DECLS

/* The rows of the table, by the file that they are in. Each function measures those of its rows that
 * were asked for. */

/* analyse-narrow, analyse-numpy, threads */
void bench_analysis (BenchTable *table);
/* analyse-wide */
void bench_wide     (BenchTable *table);
/* forward */
void bench_forward  (BenchTable *table);
/* csv, end-to-end */
void bench_files    (BenchTable *table);
/* trace-57, trace-784 */
void bench_traces   (BenchTable *table);
/* what-if-57, what-if-784 */
void bench_what_if  (BenchTable *table);
/* frame, frame-57, frame-784, start, start-figure */
void bench_window   (BenchTable *table);

G_END_DECLS
