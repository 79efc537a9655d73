/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-worker.h"

/* Work that lasts until it is let go, or stopped. */
typedef struct {
  int let_go;  /* atomic */
  int started; /* atomic */
  int polls;   /* atomic */
} Gate;

static gpointer
wait_at_gate (gpointer input, Re3Job *job, GError **error)
{
  Gate *gate = input;

  g_atomic_int_set (&gate->started, TRUE);
  while (!g_atomic_int_get (&gate->let_go)) {
    int polls = g_atomic_int_add (&gate->polls, 1);

    if (!re3_monitor_report (re3_job_get_monitor (job), polls % 100, 100)) {
      g_cancellable_set_error_if_cancelled (re3_job_get_cancellable (job), error);
      return NULL;
    }
    g_usleep (100);
  }
  return g_strdup ("through");
}

static gpointer
answer (gpointer input, Re3Job *job, GError **error)
{
  return g_strdup (input);
}

static gpointer
refuse (gpointer input, Re3Job *job, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "No.");
  return NULL;
}

typedef struct {
  guint n_calls;
  char *result;
  GError *error;
} Outcome;

static void
done_cb (gpointer result, const GError *error, gpointer user_data)
{
  Outcome *outcome = user_data;

  g_assert_true ((result == NULL) != (error == NULL));
  outcome->n_calls++;
  g_free (outcome->result);
  outcome->result = result;
  g_clear_error (&outcome->error);
  if (error != NULL)
    outcome->error = g_error_copy (error);
}

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->result, g_free);
  g_clear_error (&outcome->error);
}

static void
iterate_until_idle (Re3Worker *worker)
{
  while (re3_worker_is_busy (worker))
    g_main_context_iteration (NULL, TRUE);
}

/* Lets late results and timeouts of replaced requests arrive. */
static void
iterate_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
test_result (void)
{
  g_autoptr (Re3Worker) worker = re3_worker_new ();
  Outcome outcome = { 0 };

  re3_worker_submit (worker, answer, g_strdup ("yes"), g_free, g_free, NULL, done_cb, &outcome);
  g_assert_true (re3_worker_is_busy (worker));
  g_assert_cmpuint (outcome.n_calls, ==, 0);
  iterate_until_idle (worker);
  g_assert_cmpuint (outcome.n_calls, ==, 1);
  g_assert_cmpstr (outcome.result, ==, "yes");

  re3_worker_submit (worker, refuse, NULL, NULL, g_free, NULL, done_cb, &outcome);
  iterate_until_idle (worker);
  g_assert_cmpuint (outcome.n_calls, ==, 2);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_FAILED);
  outcome_clear (&outcome);
}

/* An older request that ends later does not overwrite the newest one's result. */
static void
test_newest_wins (void)
{
  g_autoptr (Re3Worker) worker = re3_worker_new ();
  Gate gate = { 0 };
  Outcome old = { 0 };
  Outcome newest = { 0 };

  re3_worker_submit (worker, wait_at_gate, &gate, NULL, g_free, NULL, done_cb, &old);
  while (!g_atomic_int_get (&gate.started))
    g_usleep (100);
  re3_worker_submit (worker, answer, g_strdup ("new"), g_free, g_free, NULL, done_cb, &newest);
  iterate_until_idle (worker);
  g_atomic_int_set (&gate.let_go, TRUE);
  iterate_for (60);

  g_assert_cmpuint (old.n_calls, ==, 0);
  g_assert_cmpuint (newest.n_calls, ==, 1);
  g_assert_cmpstr (newest.result, ==, "new");
  outcome_clear (&newest);
}

static gpointer
answer_in_two (gpointer input, Re3Job *job, GError **error)
{
  re3_job_publish (job, g_strdup ("first"));
  if (input != NULL)
    return wait_at_gate (input, job, error);
  return g_strdup ("second");
}

static void
partial_cb (gpointer partial, gpointer user_data)
{
  Outcome *outcome = user_data;

  g_assert_cmpuint (outcome->n_calls, ==, 0);
  g_assert_cmpstr (partial, ==, "first");
  done_cb (partial, NULL, outcome);
}

/* A first result comes before the last one; that of a replaced request does not come at all. */
static void
test_partial (void)
{
  g_autoptr (Re3Worker) worker = re3_worker_new ();
  Gate gate = { 0 };
  Outcome partial = { 0 };
  Outcome last = { 0 };

  re3_worker_submit (worker, answer_in_two, NULL, NULL, g_free, partial_cb, done_cb, &partial);
  iterate_until_idle (worker);
  g_assert_cmpuint (partial.n_calls, ==, 2);
  g_assert_cmpstr (partial.result, ==, "second");
  outcome_clear (&partial);
  partial.n_calls = 0;

  re3_worker_submit (worker, answer_in_two, &gate, NULL, g_free, partial_cb, done_cb, &partial);
  while (!g_atomic_int_get (&gate.started))
    g_usleep (100);
  re3_worker_submit (worker, answer, g_strdup ("new"), g_free, g_free, NULL, done_cb, &last);
  iterate_until_idle (worker);
  iterate_for (40);
  g_assert_cmpuint (partial.n_calls, ==, 0);
  g_assert_cmpstr (last.result, ==, "new");
  outcome_clear (&last);
}

static void
test_cancel (void)
{
  g_autoptr (Re3Worker) worker = re3_worker_new ();
  Gate gate = { 0 };
  Outcome outcome = { 0 };

  re3_worker_submit (worker, wait_at_gate, &gate, NULL, g_free, NULL, done_cb, &outcome);
  while (!g_atomic_int_get (&gate.started))
    g_usleep (100);
  re3_worker_cancel (worker);
  iterate_until_idle (worker);

  g_assert_cmpuint (outcome.n_calls, ==, 1);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  outcome_clear (&outcome);
}

static void
test_abandon (void)
{
  g_autoptr (Re3Worker) worker = re3_worker_new ();
  Gate gate = { 0 };
  Outcome outcome = { 0 };

  re3_worker_submit (worker, wait_at_gate, &gate, NULL, g_free, NULL, done_cb, &outcome);
  while (!g_atomic_int_get (&gate.started))
    g_usleep (100);
  re3_worker_abandon (worker);
  g_assert_false (re3_worker_is_busy (worker));
  iterate_for (60);
  g_assert_cmpuint (outcome.n_calls, ==, 0);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* Thousands of reports reach the main thread as a few updates, none of them out of range. */
static void
test_progress (void)
{
  g_autoptr (Re3Worker) worker = re3_worker_new ();
  Gate gate = { 0 };
  Outcome outcome = { 0 };
  guint n_updates = 0;
  gint64 start = g_get_monotonic_time ();
  double frames;

  g_signal_connect_swapped (worker, "notify::fraction", G_CALLBACK (count_cb), &n_updates);
  re3_worker_submit (worker, wait_at_gate, &gate, NULL, g_free, NULL, done_cb, &outcome);
  while (g_atomic_int_get (&gate.polls) < 1000) {
    g_main_context_iteration (NULL, FALSE);
    g_assert_cmpfloat (re3_worker_get_fraction (worker), <=, 1.0);
  }
  g_atomic_int_set (&gate.let_go, TRUE);
  iterate_until_idle (worker);
  iterate_for (40);
  frames = (double) (g_get_monotonic_time () - start) / 16000.0;

  g_assert_cmpuint (n_updates, >, 0);
  g_assert_cmpfloat (n_updates, <=, frames + 2.0);
  g_assert_cmpfloat (re3_worker_get_fraction (worker), ==, -1.0);
  outcome_clear (&outcome);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/result", test_result);
  g_test_add_func ("/worker/newest-wins", test_newest_wins);
  g_test_add_func ("/worker/partial", test_partial);
  g_test_add_func ("/worker/cancel", test_cancel);
  g_test_add_func ("/worker/abandon", test_abandon);
  g_test_add_func ("/worker/progress", test_progress);
  return g_test_run ();
}
