/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-monitor.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Re3CliProgress:
 * @monitor: for the computation
 *
 * Tells on stderr how far a computation is, where that is a terminal, and stops it when it is
 * cancelled. A short one is not told of.
 */
typedef struct {
  Re3Monitor monitor;
  /*< private >*/
  GCancellable *cancellable;
  gsize n_rows;
  gboolean is_terminal;
  gboolean is_shown;
  gint64 start;
  gint64 last;
} Re3CliProgress;

/* @self: is not to be moved; @cancellable: outlives it; @n_rows: that it goes over, for people; 0 for as
 * many as there are steps */
void re3_cli_progress_init  (Re3CliProgress *self,
                             GCancellable   *cancellable,
                             gsize           n_rows);
/* Leaves the line empty. */
void re3_cli_progress_clear (Re3CliProgress *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Re3CliProgress, re3_cli_progress_clear)

G_END_DECLS
