/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Re3Monitor:
 * @report: called now and then with the steps done, which never get fewer, and their total; returns
 *   %FALSE to stop the work. Always in the thread that called the computation, however many help.
 * @user_data: passed to @report
 *
 * How a long computation is watched and stopped. Every loop that can last polls it; a %NULL
 * monitor means: unwatched.
 */
typedef struct {
  gboolean (*report) (gsize    done,
                      gsize    total,
                      gpointer user_data);
  gpointer user_data;
} Re3Monitor;

/**
 * re3_monitor_report:
 *
 * Returns: %FALSE when the work is to stop
 */
static inline gboolean
re3_monitor_report (const Re3Monitor *self, gsize done, gsize total)
{
  return self == NULL || self->report == NULL || self->report (done, total, self->user_data);
}

G_END_DECLS
