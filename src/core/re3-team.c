/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-team.h"

#include <stdatomic.h>

/* How often the calling thread reports while it waits for the others: once a frame. */
#define REPORT_INTERVAL (G_USEC_PER_SEC / 60)

typedef struct {
  Re3Team *team;
  gsize n_tasks;
  Re3TeamFunc func;
  gpointer data;
  _Atomic gsize next_task;

  /* The lock is for waiting only. */
  _Atomic gsize n_helpers;
  GMutex lock;
  GCond helper_ended;
} Run;

typedef struct {
  Run *run;
  gsize member;
  GThread *thread;
} Helper;

void
re3_team_init (Re3Team *self, gsize n_threads, const Re3Monitor *monitor, gsize n_steps)
{
  g_return_if_fail (self != NULL);

  self->monitor = monitor;
  self->n_members = n_threads > 0 ? n_threads : g_get_num_processors ();
  self->n_steps = n_steps;
  atomic_init (&self->n_done, 0);
  atomic_init (&self->stopped, FALSE);
  atomic_init (&self->failure, NULL);
}

void
re3_team_advance (Re3Team *self, gsize n_steps)
{
  g_return_if_fail (self != NULL);

  atomic_fetch_add (&self->n_done, n_steps);
}

gboolean
re3_team_goes_on (Re3Team *self, gsize member)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (member == 0 && !atomic_load (&self->stopped) &&
      !re3_monitor_report (self->monitor, atomic_load (&self->n_done), self->n_steps))
    atomic_store (&self->stopped, TRUE);

  return !atomic_load (&self->stopped);
}

void
re3_team_fail (Re3Team *self, GError *error)
{
  GError *none = NULL;

  g_return_if_fail (self != NULL && error != NULL);

  if (atomic_load (&self->stopped) ||
      !atomic_compare_exchange_strong (&self->failure, &none, error))
    g_error_free (error);
  atomic_store (&self->stopped, TRUE);
}

GError *
re3_team_take_failure (Re3Team *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return atomic_exchange (&self->failure, NULL);
}

static gboolean
report_as_caller (gsize done, gsize total, gpointer user_data)
{
  return re3_team_goes_on (user_data, 0);
}

static gboolean
report_as_helper (gsize done, gsize total, gpointer user_data)
{
  return re3_team_goes_on (user_data, 1);
}

Re3Monitor
re3_team_get_monitor (Re3Team *self, gsize member)
{
  return (Re3Monitor){ member == 0 ? report_as_caller : report_as_helper, self };
}

static void
run_tasks (Run *run, gsize member)
{
  while (re3_team_goes_on (run->team, member)) {
    gsize task = atomic_fetch_add (&run->next_task, 1);

    if (task >= run->n_tasks)
      return;
    run->func (run->team, member, task, run->data);
  }
}

static gpointer
help (gpointer data)
{
  Helper *helper = data;
  Run *run = helper->run;

  run_tasks (run, helper->member);

  g_mutex_lock (&run->lock);
  atomic_fetch_sub (&run->n_helpers, 1);
  g_cond_signal (&run->helper_ended);
  g_mutex_unlock (&run->lock);

  return NULL;
}

/* The calling thread has nothing left to do but to report. */
static void
run_wait (Run *run)
{
  g_mutex_lock (&run->lock);
  while (atomic_load (&run->n_helpers) > 0) {
    gint64 end = g_get_monotonic_time () + REPORT_INTERVAL;

    if (!g_cond_wait_until (&run->helper_ended, &run->lock, end))
      re3_team_goes_on (run->team, 0);
  }
  g_mutex_unlock (&run->lock);
}

gboolean
re3_team_run (Re3Team *self, gsize n_tasks, Re3TeamFunc func, gpointer data)
{
  Run run = { .team = self, .n_tasks = n_tasks, .func = func, .data = data };
  g_autofree Helper *helpers = NULL;
  gsize n_helpers = 0;

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  g_mutex_init (&run.lock);
  g_cond_init (&run.helper_ended);

  helpers = g_new (Helper, self->n_members);
  while (n_helpers + 1 < MIN (self->n_members, n_tasks)) {
    Helper *helper = &helpers[n_helpers];

    *helper = (Helper){ .run = &run, .member = n_helpers + 1 };
    atomic_fetch_add (&run.n_helpers, 1);
    helper->thread = g_thread_try_new ("re3-team", help, helper, NULL);
    /* Without another thread it takes longer, and no more. */
    if (helper->thread == NULL) {
      atomic_fetch_sub (&run.n_helpers, 1);
      break;
    }
    n_helpers++;
  }

  run_tasks (&run, 0);
  run_wait (&run);
  for (gsize i = 0; i < n_helpers; i++)
    g_thread_join (helpers[i].thread);

  g_mutex_clear (&run.lock);
  g_cond_clear (&run.helper_ended);

  return !atomic_load (&self->stopped);
}
