/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-worker.h"

/* One frame at 60 Hz. */
#define PROGRESS_INTERVAL_MS 16

struct _Re3Worker {
  GObject parent_instance;

  guint64 token; /* of the newest request */
  GCancellable *cancellable;
  gboolean busy;
  double fraction;
};

/* A request; shared by the main thread and its own. */
typedef struct {
  Re3Worker *worker;
  guint64 token;
  Re3WorkFunc work;
  gpointer input;
  GDestroyNotify free_input;
  GDestroyNotify free_result;
  Re3WorkDoneFunc done;
  gpointer user_data;
  GCancellable *cancellable;

  _Atomic gsize steps_done;
  _Atomic gsize steps_total;
  int update_pending; /* atomic: an update is on its way to the main thread */
} Request;

enum { PROP_BUSY = 1, PROP_FRACTION, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (Re3Worker, re3_worker, G_TYPE_OBJECT)

static void
request_clear (gpointer data)
{
  Request *request = data;

  if (request->free_input != NULL)
    request->free_input (request->input);
  g_object_unref (request->cancellable);
  g_object_unref (request->worker);
}

static void
request_release (gpointer request)
{
  g_atomic_rc_box_release_full (request, request_clear);
}

static gboolean
is_newest (const Request *request)
{
  return request->token == request->worker->token;
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
  Request *request = user_data;

  g_atomic_int_set (&request->update_pending, FALSE);
  if (is_newest (request) && request->worker->busy) {
    gsize total = request->steps_total;

    set_state (request->worker, TRUE,
               total == 0 ? -1.0 : (double) request->steps_done / (double) total);
  }
  return G_SOURCE_REMOVE;
}

static gboolean
report_cb (gsize done, gsize total, gpointer user_data)
{
  Request *request = user_data;

  request->steps_total = total;
  request->steps_done = done;
  if (g_atomic_int_compare_and_exchange (&request->update_pending, FALSE, TRUE))
    g_timeout_add_full (G_PRIORITY_DEFAULT, PROGRESS_INTERVAL_MS, update_progress_cb,
                        g_atomic_rc_box_acquire (request), request_release);

  return !g_cancellable_is_cancelled (request->cancellable);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Request *request = task_data;
  Re3Monitor monitor = { report_cb, request };
  GError *error = NULL;
  gpointer result = request->work (request->input, &monitor, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, request->free_result);
}

static void
finished_cb (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  GTask *task = G_TASK (async_result);
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer result = g_task_propagate_pointer (task, &error);

  if (!is_newest (request)) {
    if (result != NULL && request->free_result != NULL)
      request->free_result (result);
    return;
  }

  set_state (request->worker, FALSE, -1.0);
  request->done (result, error, request->user_data);
}

void
re3_worker_submit (Re3Worker *self,
                   Re3WorkFunc work,
                   gpointer input,
                   GDestroyNotify free_input,
                   GDestroyNotify free_result,
                   Re3WorkDoneFunc done,
                   gpointer user_data)
{
  g_return_if_fail (RE3_IS_WORKER (self));
  g_return_if_fail (work != NULL);
  g_return_if_fail (done != NULL);

  g_autoptr (GTask) task = NULL;
  Request *request = g_atomic_rc_box_new0 (Request);

  re3_worker_abandon (self);
  self->cancellable = g_cancellable_new ();

  request->worker = g_object_ref (self);
  request->token = self->token;
  request->work = work;
  request->input = input;
  request->free_input = free_input;
  request->free_result = free_result;
  request->done = done;
  request->user_data = user_data;
  request->cancellable = g_object_ref (self->cancellable);

  task = g_task_new (self, self->cancellable, finished_cb, NULL);
  g_task_set_task_data (task, request, request_release);
  g_task_run_in_thread (task, run_in_thread);
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
