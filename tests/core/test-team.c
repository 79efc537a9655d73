/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-team.h"

#include <stdatomic.h>

#define N_TASKS 1000

typedef struct {
  gsize n_members;
  _Atomic guint n_times[N_TASKS];
  _Atomic gsize n_begun;
} Tally;

static void
count_task (Re3Team *team, gsize member, gsize task, gpointer data)
{
  Tally *tally = data;

  g_assert_cmpuint (member, <, tally->n_members);
  atomic_fetch_add (&tally->n_times[task], 1);
  atomic_fetch_add (&tally->n_begun, 1);
  re3_team_advance (team, 3);
}

/* A monitor that knows its thread, counts, and stops in the end. */
typedef struct {
  GThread *thread;
  _Atomic gsize n_reports;
  gsize stop_at;
  gsize last_done;
} Watch;

static gboolean
watch_report (gsize done, gsize total, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_true (g_thread_self () == watch->thread);
  g_assert_cmpuint (done, >=, watch->last_done);
  g_assert_cmpuint (done, <=, total);
  watch->last_done = done;

  return atomic_fetch_add (&watch->n_reports, 1) + 1 != watch->stop_at;
}

/* Every task is done once, whoever does it. */
static void
test_all_tasks (void)
{
  for (gsize n_threads = 0; n_threads <= 7; n_threads++) {
    Watch watch = { .thread = g_thread_self () };
    const Re3Monitor monitor = { watch_report, &watch };
    Tally tally = { 0 };
    Re3Team team;

    re3_team_init (&team, n_threads, &monitor, 6 * N_TASKS);
    if (n_threads > 0)
      g_assert_cmpuint (team.n_members, ==, n_threads);
    else
      g_assert_cmpuint (team.n_members, ==, g_get_num_processors ());
    tally.n_members = team.n_members;

    g_assert_true (re3_team_run (&team, N_TASKS, count_task, &tally));
    g_assert_true (re3_team_run (&team, 0, count_task, &tally));
    g_assert_true (re3_team_run (&team, N_TASKS, count_task, &tally));
    g_assert_true (re3_team_goes_on (&team, 0));
    for (gsize task = 0; task < N_TASKS; task++)
      g_assert_cmpuint (tally.n_times[task], ==, 2);
    g_assert_cmpuint (watch.last_done, ==, 6 * N_TASKS);
  }
}

/* Once it is stopped, a few tasks that were about to begin may end, and no other begins. */
static void
test_stop (void)
{
  for (gsize n_threads = 1; n_threads <= 3; n_threads++) {
    Watch watch = { .thread = g_thread_self (), .stop_at = 5 };
    const Re3Monitor monitor = { watch_report, &watch };
    Tally tally = { .n_members = n_threads };
    gsize n_begun;
    Re3Team team;

    re3_team_init (&team, n_threads, &monitor, 3 * N_TASKS);
    /* The other threads may be done with all tasks before the fifth report. */
    if (re3_team_run (&team, N_TASKS, count_task, &tally))
      while (re3_team_goes_on (&team, 0))
        ;
    n_begun = tally.n_begun;
    if (n_threads == 1)
      g_assert_cmpuint (n_begun, ==, 4);

    g_assert_false (re3_team_goes_on (&team, 0));
    g_assert_false (re3_team_goes_on (&team, 1));
    g_assert_false (re3_team_run (&team, N_TASKS, count_task, &tally));
    g_assert_cmpuint (tally.n_begun, ==, n_begun);
    g_assert_cmpuint (watch.n_reports, ==, 5);
  }
}

static void
wait_for_reports (Re3Team *team, gsize member, gsize task, gpointer data)
{
  Watch *watch = data;
  Re3Monitor monitor = re3_team_get_monitor (team, member);

  while (atomic_load (&watch->n_reports) < 10)
    g_assert_true (re3_monitor_report (&monitor, 0, 1));
}

static void
wait_for_stop (Re3Team *team, gsize member, gsize task, gpointer data)
{
  Re3Monitor monitor = re3_team_get_monitor (team, member);

  while (re3_monitor_report (&monitor, 0, 1))
    ;
}

typedef struct {
  Watch watch;
  _Atomic gboolean helper_began;
} Waiting;

/* The calling thread's task ends once another has begun, which waits for reports. */
static void
leave_helper_alone (Re3Team *team, gsize member, gsize task, gpointer data)
{
  Waiting *waiting = data;

  if (member == 0) {
    while (!atomic_load (&waiting->helper_began))
      g_thread_yield ();
    return;
  }

  atomic_store (&waiting->helper_began, TRUE);
  while (atomic_load (&waiting->watch.n_reports) < 10)
    g_thread_yield ();
}

/* The calling thread reports while it has nothing to do but to wait for the others. */
static void
test_waiting (void)
{
  Waiting waiting = { .watch = { .thread = g_thread_self () } };
  const Re3Monitor monitor = { watch_report, &waiting.watch };
  Re3Team team;

  re3_team_init (&team, 2, &monitor, 0);
  g_assert_true (re3_team_run (&team, 2, leave_helper_alone, &waiting));
  g_assert_cmpuint (waiting.watch.n_reports, >=, 10);
}

/* It reports while it works on something long, too. */
static void
test_long_tasks (void)
{
  for (gsize n_tasks = 1; n_tasks <= 3; n_tasks++) {
    Watch watch = { .thread = g_thread_self () };
    const Re3Monitor monitor = { watch_report, &watch };
    Re3Team team;

    re3_team_init (&team, 3, &monitor, 0);
    g_assert_true (re3_team_run (&team, n_tasks, wait_for_reports, &watch));
    g_assert_cmpuint (watch.n_reports, >=, 10);

    watch.stop_at = watch.n_reports + 5;
    g_assert_false (re3_team_run (&team, n_tasks, wait_for_stop, NULL));
    g_assert_cmpuint (watch.n_reports, ==, watch.stop_at);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/team/all-tasks", test_all_tasks);
  g_test_add_func ("/team/stop", test_stop);
  g_test_add_func ("/team/waiting", test_waiting);
  g_test_add_func ("/team/long-tasks", test_long_tasks);

  return g_test_run ();
}
