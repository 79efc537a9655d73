/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-worker.h"

#include <stdatomic.h>

/* A share smaller than this, or a shorter time, says nothing of what is left. */
#define LEAST_SHARE   0.02
#define LEAST_SECONDS 0.2

/* One frame at 60 Hz. */
#define PROGRESS_INTERVAL_MS 16

struct _Re3Worker {
  GObject parent_instance;

  guint64 token; /* of the newest request */
  GCancellable *cancellable;
  gboolean busy;
  double fraction;
  gint64 started; /* g_get_monotonic_time () */
};

/* A request; shared by the main thread and its own. */
struct _Re3Job {
  Re3Worker *worker; /* NULL once the main thread has seen the end of the job */
  guint64 token;
  Re3WorkFunc work;
  gpointer input;
  GDestroyNotify free_input;
  GDestroyNotify free_result;
  Re3WorkPartialFunc partial;
  Re3WorkDoneFunc done;
  gpointer user_data;
  GCancellable *cancellable;
  Re3Monitor monitor;

  _Atomic guint baton;          /* see pass_baton() */
  _Atomic (gpointer) published; /* the newest partial result, until the main thread takes it */
  _Atomic gsize steps_done;
  _Atomic gsize steps_total;
  int update_pending; /* atomic: an update is on its way to the main thread */
};

enum { PROP_BUSY = 1, PROP_FRACTION, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (Re3Worker, re3_worker, G_TYPE_OBJECT)

static void
drop_result (const Re3Job *job, gpointer result)
{
  if (result != NULL && job->free_result != NULL)
    job->free_result (result);
}

/* Called by each thread before it hands the job over or lets it go, and by the other when it takes
 * it. GLib's queues and counts order what both have written too, but where no race detector can
 * see it: with this, the detector can look for real ones. */
static void
pass_baton (Re3Job *job)
{
  job->baton++;
}

/* In whichever thread lets go of the job last. */
static void
job_clear (gpointer data)
{
  Re3Job *job = data;

  pass_baton (job);
  drop_result (job, job->published);
  g_object_unref (job->cancellable);
}

static void
job_release (gpointer job)
{
  pass_baton (job);
  g_atomic_rc_box_release_full (job, job_clear);
}

static gboolean
is_newest (const Re3Job *job)
{
  return job->worker != NULL && job->token == job->worker->token;
}

static void
set_state (Re3Worker *self, gboolean busy, double fraction)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->fraction != fraction) {
    self->fraction = fraction;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
  }
  if (self->busy != busy) {
    self->busy = busy;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  }
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
update_progress_cb (gpointer user_data)
{
  Re3Job *job = user_data;

  g_atomic_int_set (&job->update_pending, FALSE);
  if (is_newest (job)) {
    gsize total = job->steps_total;

    set_state (job->worker, TRUE, total == 0 ? -1.0 : (double) job->steps_done / (double) total);
  }
  return G_SOURCE_REMOVE;
}

static gboolean
report_cb (gsize done, gsize total, gpointer user_data)
{
  Re3Job *job = user_data;

  job->steps_total = total;
  job->steps_done = done;
  if (g_atomic_int_compare_and_exchange (&job->update_pending, FALSE, TRUE))
    g_timeout_add_full (G_PRIORITY_DEFAULT, PROGRESS_INTERVAL_MS, update_progress_cb,
                        g_atomic_rc_box_acquire (job), job_release);

  return !g_cancellable_is_cancelled (job->cancellable);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Re3Job *job = task_data;
  GError *error = NULL;
  gpointer result;

  pass_baton (job);
  result = job->work (job->input, job, &error);
  pass_baton (job);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->free_result);
}

const Re3Monitor *
re3_job_get_monitor (Re3Job *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->monitor;
}

GCancellable *
re3_job_get_cancellable (Re3Job *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cancellable;
}

static gboolean
deliver_cb (gpointer user_data)
{
  Re3Job *job = user_data;
  gpointer result = atomic_exchange (&job->published, NULL);

  /* Empty where an earlier update has taken the newest result already. */
  if (result == NULL)
    return G_SOURCE_REMOVE;
  if (is_newest (job) && job->partial != NULL)
    job->partial (result, job->user_data);
  else
    drop_result (job, result);
  return G_SOURCE_REMOVE;
}

void
re3_job_publish (Re3Job *self, gpointer partial)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (partial != NULL);

  drop_result (self, atomic_exchange (&self->published, partial));
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver_cb, g_atomic_rc_box_acquire (self), job_release);
}

static void
finished_cb (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  GTask *task = G_TASK (async_result);
  Re3Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (Re3Worker) worker = NULL;
  gpointer result = g_task_propagate_pointer (task, &error);
  gboolean newest;

  pass_baton (job);
  newest = is_newest (job);
  worker = g_steal_pointer (&job->worker);
  if (newest) {
    set_state (worker, FALSE, -1.0);
    job->done (result, error, job->user_data);
  } else {
    drop_result (job, result);
  }
  /* Not with the job, whose last owner may be its own thread: the input may hold objects that are
   * only the main thread's to end. */
  if (job->free_input != NULL)
    job->free_input (job->input);
  pass_baton (job);
}

void
re3_worker_submit (Re3Worker *self,
                   Re3WorkFunc work,
                   gpointer input,
                   GDestroyNotify free_input,
                   GDestroyNotify free_result,
                   Re3WorkPartialFunc partial,
                   Re3WorkDoneFunc done,
                   gpointer user_data)
{
  g_return_if_fail (RE3_IS_WORKER (self));
  g_return_if_fail (work != NULL);
  g_return_if_fail (done != NULL);

  g_autoptr (GTask) task = NULL;
  Re3Job *job = g_atomic_rc_box_new0 (Re3Job);

  re3_worker_abandon (self);
  self->cancellable = g_cancellable_new ();

  job->worker = g_object_ref (self);
  job->token = self->token;
  job->work = work;
  job->input = input;
  job->free_input = free_input;
  job->free_result = free_result;
  job->partial = partial;
  job->done = done;
  job->user_data = user_data;
  job->cancellable = g_object_ref (self->cancellable);
  job->monitor = (Re3Monitor){ report_cb, job };

  task = g_task_new (NULL, self->cancellable, finished_cb, NULL);
  g_task_set_task_data (task, job, job_release);
  pass_baton (job);
  g_task_run_in_thread (task, run_in_thread);
  self->started = g_get_monotonic_time ();
  set_state (self, TRUE, -1.0);
}

void
re3_worker_cancel (Re3Worker *self)
{
  g_return_if_fail (RE3_IS_WORKER (self));

  if (self->busy)
    g_cancellable_cancel (self->cancellable);
}

void
re3_worker_abandon (Re3Worker *self)
{
  g_return_if_fail (RE3_IS_WORKER (self));

  re3_worker_cancel (self);
  self->token++;
  g_clear_object (&self->cancellable);
  set_state (self, FALSE, -1.0);
}

gboolean
re3_worker_is_busy (Re3Worker *self)
{
  g_return_val_if_fail (RE3_IS_WORKER (self), FALSE);

  return self->busy;
}

double
re3_worker_get_fraction (Re3Worker *self)
{
  g_return_val_if_fail (RE3_IS_WORKER (self), -1.0);

  return self->fraction;
}

double
re3_worker_get_seconds_left (Re3Worker *self)
{
  g_return_val_if_fail (RE3_IS_WORKER (self), -1.0);

  double seconds = (double) (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC;

  if (!self->busy || self->fraction < LEAST_SHARE || seconds < LEAST_SECONDS)
    return -1.0;
  return seconds / self->fraction * (1.0 - self->fraction);
}

static void
re3_worker_finalize (GObject *object)
{
  Re3Worker *self = RE3_WORKER (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (re3_worker_parent_class)->finalize (object);
}

static void
re3_worker_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  Re3Worker *self = RE3_WORKER (object);

  switch (prop_id) {
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  case PROP_FRACTION:
    g_value_set_double (value, self->fraction);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
re3_worker_class_init (Re3WorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = re3_worker_finalize;
  object_class->get_property = re3_worker_get_property;

  properties[PROP_BUSY] =
      g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1.0, 1.0, -1.0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
re3_worker_init (Re3Worker *self)
{
  self->fraction = -1.0;
}

Re3Worker *
re3_worker_new (void)
{
  return g_object_new (RE3_TYPE_WORKER, NULL);
}
