/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-monitor.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define RE3_TYPE_WORKER (re3_worker_get_type ())
G_DECLARE_FINAL_TYPE (Re3Worker, re3_worker, RE3, WORKER, GObject)

/**
 * Re3Job:
 *
 * What the work sees of its request, in its own thread.
 */
typedef struct _Re3Job Re3Job;

/* To be polled by every loop that can last. */
const Re3Monitor *re3_job_get_monitor     (Re3Job   *self);
GCancellable     *re3_job_get_cancellable (Re3Job   *self);
/* Shows a first result while the work goes on; it replaces one that was not shown yet.
 * @partial: (transfer full): of the result's type */
void              re3_job_publish         (Re3Job   *self,
                                           gpointer  partial);

/* Runs in a thread of its own. @input is what was submitted.
 * Returns: (transfer full) (nullable): the result, or %NULL with @error set */
typedef gpointer (*Re3WorkFunc)        (gpointer       input,
                                        Re3Job        *job,
                                        GError       **error);
/* Both run in the main context. @result: (transfer full) (nullable): %NULL where @error is set */
typedef void     (*Re3WorkDoneFunc)    (gpointer       result,
                                        const GError  *error,
                                        gpointer       user_data);
/* @partial: (transfer full): what the work has published */
typedef void     (*Re3WorkPartialFunc) (gpointer       partial,
                                        gpointer       user_data);

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
/* @free_input, @free_result, @partial: (nullable). Neither @partial nor @done is called for a request
 * that a newer one, or re3_worker_abandon(), has replaced. @free_input is called in the main thread,
 * after @done. */
void       re3_worker_submit       (Re3Worker       *self,
                                    Re3WorkFunc      work,
                                    gpointer         input,
                                    GDestroyNotify   free_input,
                                    GDestroyNotify   free_result,
                                    Re3WorkPartialFunc partial,
                                    Re3WorkDoneFunc  done,
                                    gpointer         user_data);
/* Stops the current request; its @done is called with G_IO_ERROR_CANCELLED. */
void       re3_worker_cancel       (Re3Worker       *self);
/* Stops it and forgets it: @done is not called. */
void       re3_worker_abandon      (Re3Worker       *self);
gboolean   re3_worker_is_busy      (Re3Worker       *self);
double     re3_worker_get_fraction (Re3Worker       *self);
/* As it went so far; -1 while that says too little. */
double     re3_worker_get_seconds_left (Re3Worker   *self);

G_END_DECLS
