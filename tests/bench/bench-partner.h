/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-table.h"

G_BEGIN_DECLS

/**
 * BenchPartner:
 *
 * Another program that does one side of a row, prepared and waiting, so that both sides take turns.
 * It says "ready"; then, for each line that it is sent, it does what the line says and answers with
 * a line of three numbers: wall and processor seconds, and the share of the processors that it got.
 */
typedef struct _BenchPartner BenchPartner;

/* @threads: (nullable): how many threads its libraries may use. (transfer full) (nullable): %NULL,
 * and @why (transfer full), where it says anything but "ready" */
BenchPartner *bench_partner_new  (const char *const *command,
                                  const char        *threads,
                                  char             **why);
void          bench_partner_free (BenchPartner      *self);

/* For BenchSide: a partner, and what it is to do. */
typedef struct {
  BenchPartner *partner;
  const char *what;
} BenchRequest;

/* @data: a BenchRequest. */
BenchTime     bench_partner_run  (gpointer           data);

/* For BenchSide: the arguments of a program, %NULL-terminated, that is run from its start to its
 * end, its output thrown away. */
BenchTime     bench_run_program  (gpointer           data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchPartner, bench_partner_free)

G_END_DECLS
