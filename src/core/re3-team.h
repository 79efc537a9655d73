/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-monitor.h"

G_BEGIN_DECLS

/**
 * Re3Team:
 *
 * The threads that share a computation, and how far they are. Member 0 is the calling thread, and
 * the only one that talks to the monitor. Who does which task is chance: what a task writes must
 * depend on the task alone, or not on the order, as a count does not.
 *
 * Threads tell each other nothing but through C11 atomics and by starting and ending, which
 * ThreadSanitizer follows, though it knows nothing of GLib's locks.
 */
typedef struct {
  const Re3Monitor *monitor;
  gsize n_members;
  gsize n_steps;
  _Atomic gsize n_done;
  _Atomic gboolean stopped;
  _Atomic (GError *) failure; /* the first */
} Re3Team;

/* A part of the work, done by @member. Where it lasts, it polls re3_team_goes_on() and may end
 * early. */
typedef void (*Re3TeamFunc) (Re3Team *team,
                             gsize    member,
                             gsize    task,
                             gpointer data);

/* @n_threads: 0 for as many as there are processors
 * @monitor: (nullable)
 * @n_steps: what the whole computation takes, however many runs it is */
void       re3_team_init         (Re3Team          *self,
                                  gsize             n_threads,
                                  const Re3Monitor *monitor,
                                  gsize             n_steps);
/* Does the tasks 0, 1, ... @n_tasks - 1, begun in this order. Returns: %FALSE when the monitor or a
 * failure stopped it, and some may not be done */
gboolean   re3_team_run          (Re3Team          *self,
                                  gsize             n_tasks,
                                  Re3TeamFunc       func,
                                  gpointer          data);
/* For tasks, and for the calling thread between them. */
void       re3_team_advance      (Re3Team          *self,
                                  gsize             n_steps);
gboolean   re3_team_goes_on      (Re3Team          *self,
                                  gsize             member);
/* For tasks, and for the calling thread between them: stops all work. @error: (transfer full): the
 * first one is kept for re3_team_take_failure(), which the owner of the team is to call; what fails
 * because the work was stopped is none. */
void       re3_team_fail         (Re3Team          *self,
                                  GError           *error);
/* Why the work was stopped: (transfer full) (nullable): %NULL where it was the monitor */
GError    *re3_team_take_failure (Re3Team          *self);
/* A monitor for what @member calls, which lasts as long as @self: it polls the same, and what it is
 * told of steps is lost. */
Re3Monitor re3_team_get_monitor  (Re3Team          *self,
                                  gsize             member);

G_END_DECLS
