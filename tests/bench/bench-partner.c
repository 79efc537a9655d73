/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-partner.h"

#include <gio/gio.h>
#include <string.h>

struct _BenchPartner {
  GSubprocess *process;
  GOutputStream *requests;
  GDataInputStream *answers;
};

void
bench_partner_free (BenchPartner *self)
{
  if (self == NULL)
    return;

  /* The end of its input tells it to end. */
  g_output_stream_close (self->requests, NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->answers);
  g_object_unref (self->process);
  g_free (self);
}

BenchPartner *
bench_partner_new (const char *const *command, const char *threads, char **why)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  BenchPartner *self;
  GSubprocess *process;

  if (threads != NULL) {
    g_subprocess_launcher_setenv (launcher, "OPENBLAS_NUM_THREADS", threads, TRUE);
    g_subprocess_launcher_setenv (launcher, "OMP_NUM_THREADS", threads, TRUE);
  }
  process = g_subprocess_launcher_spawnv (launcher, command, &error);
  if (process == NULL) {
    *why = g_strdup (error->message);
    return NULL;
  }

  self = g_new (BenchPartner, 1);
  self->process = process;
  self->requests = g_subprocess_get_stdin_pipe (process);
  self->answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (self->answers, NULL, NULL, NULL);
  if (g_strcmp0 (line, "ready") != 0) {
    *why = g_strdup_printf ("%s: %s", command[0], line != NULL ? line : "it ended at once");
    g_clear_pointer (&self, bench_partner_free);
  }

  return self;
}

BenchTime
bench_partner_run (gpointer data)
{
  const BenchRequest *request = data;
  BenchPartner *partner = request->partner;
  g_autofree char *line = g_strconcat (request->what, "\n", NULL);
  g_autofree char *answer = NULL;
  g_auto (GStrv) numbers = NULL;

  if (!g_output_stream_write_all (partner->requests, line, strlen (line), NULL, NULL, NULL))
    g_error ("The other side of the bench takes no more requests");
  answer = g_data_input_stream_read_line (partner->answers, NULL, NULL, NULL);
  if (answer == NULL)
    g_error ("The other side of the bench has ended");
  numbers = g_strsplit (answer, " ", 3);
  if (g_strv_length (numbers) != 3)
    g_error ("The other side of the bench answers: %s", answer);

  return (BenchTime){ g_ascii_strtod (numbers[0], NULL), g_ascii_strtod (numbers[1], NULL),
                      g_ascii_strtod (numbers[2], NULL) };
}

BenchTime
bench_run_program (gpointer data)
{
  BenchWatch watch = bench_watch_start (TRUE);
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, data, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status,
                     &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", ((char **) data)[0], error->message);

  return bench_watch_stop (&watch);
}
