/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-monitor.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define RE3_TYPE_WORKER (re3_worker_get_type ())
G_DECLARE_FINAL_TYPE (Re3Worker, re3_worker, RE3, WORKER, GObject)

/* Runs in a thread of its own. @input is what was submitted; polls @monitor or @cancellable.
 * Returns: (transfer full) (nullable): the result, or %NULL with @error set */
typedef gpointer (*Re3WorkFunc)     (gpointer           input,
                                     const Re3Monitor  *monitor,
                                     GCancellable      *cancellable,
                                     GError           **error);
/* Runs in the main context. @result: (transfer full) (nullable): %NULL where @error is set */
typedef void     (*Re3WorkDoneFunc) (gpointer           result,
                                     const GError      *error,
                                     gpointer           user_data);

/**
 * Re3Worker:
 *
 * Does one thing at a time off the main thread. Every request carries a token; a new one cancels
 * the one before it, and only the newest request's result is accepted, however late an older one
 * ends. Progress reaches the main thread at most once a frame.
 *
 * Properties: busy, and fraction: the share done of the current request, or -1 while unknown.
 */
Re3Worker *re3_worker_new          (void);
/* @free_input, @free_result: (nullable). @done is not called for a request that a newer one, or
 * re3_worker_abandon(), has replaced. */
void       re3_worker_submit       (Re3Worker       *self,
                                    Re3WorkFunc      work,
                                    gpointer         input,
                                    GDestroyNotify   free_input,
                                    GDestroyNotify   free_result,
                                    Re3WorkDoneFunc  done,
                                    gpointer         user_data);
/* Stops the current request; its @done is called with G_IO_ERROR_CANCELLED. */
void       re3_worker_cancel       (Re3Worker       *self);
/* Stops it and forgets it: @done is not called. */
void       re3_worker_abandon      (Re3Worker       *self);
gboolean   re3_worker_is_busy      (Re3Worker       *self);
double     re3_worker_get_fraction (Re3Worker       *self);

G_END_DECLS
