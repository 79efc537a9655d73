/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-interrupt.h"

#include <errno.h>
#include <signal.h>

/* Who waits for a pipe does not look whether it is cancelled. */
#define PATIENCE_US (2 * G_USEC_PER_SEC)

/* The signals that are waited for: those that would end the program, so not where the shell has
 * them ignored, as under nohup. */
static sigset_t watched;

static void
find_watched (void)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

  sigemptyset (&watched);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    struct sigaction action;

    if (sigaction (numbers[i], NULL, &action) == 0 && action.sa_handler == SIG_DFL)
      sigaddset (&watched, numbers[i]);
  }
}

/* Until a signal comes again, or it has been long enough. */
static void
wait_for_second_signal (void)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  int number;

  /* A debugger, or Ctrl+Z, interrupts the waiting. */
  do {
    gint64 left = MAX (end - g_get_monotonic_time (), 0);
    const struct timespec patience = {
      .tv_sec = left / G_USEC_PER_SEC,
      .tv_nsec = left % G_USEC_PER_SEC * 1000,
    };

    number = sigtimedwait (&watched, NULL, &patience);
  } while (number < 0 && errno == EINTR);
}

/* Cancelling takes locks, which no signal handler may: so a thread waits for the signals, which are
 * blocked in all others. */
static gpointer
wait_for_signal (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;
  int number;

  if (sigwait (&watched, &number) != 0)
    return NULL;

  g_cancellable_cancel (cancellable);
  wait_for_second_signal ();
  pthread_sigmask (SIG_UNBLOCK, &watched, NULL);
  raise (number);

  return NULL;
}

GCancellable *
re3_cli_interrupt_watch (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  find_watched ();
  pthread_sigmask (SIG_BLOCK, &watched, NULL);
  g_thread_unref (g_thread_new ("interrupt", wait_for_signal, g_object_ref (cancellable)));

  return g_steal_pointer (&cancellable);
}

void
re3_cli_interrupt_release (void)
{
  pthread_sigmask (SIG_UNBLOCK, &watched, NULL);
}
