/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-progress.h"

#include "re3-number-format.h"

#include <glib/gi18n.h>
#include <math.h>
#include <unistd.h>

#define BAR_WIDTH 24

/* Until it is shown first, and from one time to the next. */
#define DELAY_US    (G_USEC_PER_SEC / 4)
#define INTERVAL_US (G_USEC_PER_SEC / 10)

/* To the start of the line, and the line empty from there on. */
#define ERASE "\r\033[K"

/* "40 s left", "3 min left" */
static char *
describe_time_left (double seconds)
{
  if (seconds < 90)
    return g_strdup_printf (_ ("%.0f s left"), ceil (seconds));

  return g_strdup_printf (_ ("%.0f min left"), ceil (seconds / 60));
}

static void
show (const Re3CliProgress *self, gint64 now, gsize done, gsize total)
{
  double share = (double) done / (double) total;
  double n_rows = (double) (self->n_rows > 0 ? self->n_rows : total);
  double seconds = (double) (now - self->start) / G_USEC_PER_SEC;
  gsize n_full = (gsize) (share * BAR_WIDTH);
  g_autofree char *full = g_strnfill (n_full, '#');
  g_autofree char *empty = g_strnfill (BAR_WIDTH - n_full, '.');
  g_autofree char *rows = re3_format_fixed (floor (share * n_rows), 0);
  g_autofree char *all_rows = re3_format_fixed (n_rows, 0);
  g_autofree char *time_left = describe_time_left (seconds * (1 - share) / share);

  g_printerr (ERASE "[%s%s] %3.0f %%  ", full, empty, floor (100 * share));
  g_printerr (_ ("%s of %s rows, %s"), rows, all_rows, time_left);
}

static gboolean
report (gsize done, gsize total, gpointer user_data)
{
  Re3CliProgress *self = user_data;
  gint64 now;

  if (g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  if (!self->is_terminal || done == 0)
    return TRUE;

  now = g_get_monotonic_time ();
  if (now - self->start < DELAY_US || now - self->last < INTERVAL_US)
    return TRUE;

  show (self, now, done, total);
  self->last = now;
  self->is_shown = TRUE;

  return TRUE;
}

void
re3_cli_progress_init (Re3CliProgress *self, GCancellable *cancellable, gsize n_rows)
{
  *self = (Re3CliProgress){
    .monitor = { .report = report, .user_data = self },
    .cancellable = cancellable,
    .n_rows = n_rows,
    .is_terminal = isatty (STDERR_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0,
    .start = g_get_monotonic_time (),
  };
}

void
re3_cli_progress_clear (Re3CliProgress *self)
{
  if (self->is_shown)
    g_printerr (ERASE);
  self->is_shown = FALSE;
}
