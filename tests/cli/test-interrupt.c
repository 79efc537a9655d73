/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* An analysis that lasts: so many rows, each in a region of its own. */
#define N_ROWS     60000
#define N_FEATURES 8
#define WIDTH      96
#define N_HIDDEN   3

#define ERASE "\r\033[K"

static void
append_layer (GString *text, GRand *random, gsize n_outputs, gsize n_inputs)
{
  g_string_append (text, "{\"type\": \"linear\", \"weight\": [");
  for (gsize i = 0; i < n_outputs; i++) {
    g_string_append (text, i == 0 ? "[" : ", [");
    for (gsize j = 0; j < n_inputs; j++)
      g_string_append_printf (text, "%s%d", j == 0 ? "" : ", ",
                              g_rand_int_range (random, -99, 100));
    g_string_append_c (text, ']');
  }
  g_string_append (text, "]}");
}

static void
write_slow_files (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GString) model = g_string_new ("{\"format\": \"re3-model\", \"version\": 1, "
                                            "\"layers\": [");
  g_autoptr (GString) data = g_string_new (NULL);

  for (gsize layer = 0; layer < N_HIDDEN; layer++) {
    append_layer (model, random, WIDTH, layer == 0 ? N_FEATURES : WIDTH);
    g_string_append (model, ", {\"type\": \"relu\"}, ");
  }
  append_layer (model, random, 2, WIDTH);
  g_string_append (model, "]}");
  write_file ("slow.re3.json", model->str);

  for (gsize row = 0; row < N_ROWS; row++) {
    for (gsize j = 0; j < N_FEATURES; j++)
      g_string_append_printf (data, "%d,", g_rand_int_range (random, -99, 100));
    g_string_append_printf (data, "%zu\n", row % 2);
  }
  write_file ("slow.csv", data->str);
}

/* The two ends of a terminal. */
static void
open_terminal (int *master, int *slave)
{
  *master = posix_openpt (O_RDWR | O_NOCTTY);
  g_assert_cmpint (*master, >=, 0);
  g_assert_cmpint (grantpt (*master), ==, 0);
  g_assert_cmpint (unlockpt (*master), ==, 0);
  *slave = open (ptsname (*master), O_RDWR | O_NOCTTY);
  g_assert_cmpint (*slave, >=, 0);
}

/* Reads on until @text is there, or the end. */
static gboolean
read_until (int fd, GString *read_so_far, const char *text)
{
  char buffer[4096];
  gssize n;

  while (text == NULL || strstr (read_so_far->str, text) == NULL) {
    n = read (fd, buffer, sizeof buffer);
    if (n <= 0)
      return FALSE;
    g_string_append_len (read_so_far, buffer, n);
  }

  return TRUE;
}

/* On a terminal there is a bar; Ctrl+C takes it away, says so, and leaves no file. */
static void
test_terminal (void)
{
  g_autoptr (GString) terminal = g_string_new (NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autofree char *tables = get_path ("tables");
  int master;
  int slave;

  open_terminal (&master, &slave);
  process =
      start_cli ("C.UTF-8", "analyze slow.re3.json slow.csv --label 9 --json --csv tables", slave);
  if (read_until (master, terminal, " rows, ")) {
    g_subprocess_send_signal (process, SIGINT);
    read_until (master, terminal, NULL);
  }
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  close (master);

  if (g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0) {
    g_test_skip ("This machine is so fast that there is nothing to stop.");
    return;
  }

  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_cmpstr (output, ==, "");
  g_assert_false (g_file_test (tables, G_FILE_TEST_EXISTS));
  g_assert_nonnull (strstr (terminal->str, ERASE "["));
  g_assert_true (g_str_has_suffix (terminal->str,
                                   ERASE "re3-cli: The analysis was stopped; nothing "
                                         "was written.\r\n"));
}

/* Elsewhere there is none; it stops all the same, also while it reads. */
static void
test_pipe (void)
{
  g_autoptr (GSubprocess) process =
      start_cli ("C.UTF-8", "analyze slow.re3.json slow.csv --label 9 --json", -1);
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  /* Long enough to have begun, and too short to be done. */
  g_usleep (G_USEC_PER_SEC / 5);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &errors, &error);
  g_assert_no_error (error);

  if (!g_subprocess_get_if_exited (process)) {
    g_test_skip ("This machine is so slow that the program had not begun.");
    return;
  }
  if (g_subprocess_get_exit_status (process) == 0) {
    g_test_skip ("This machine is so fast that there is nothing to stop.");
    return;
  }
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_cmpstr (output, ==, "");
  g_assert_cmpstr (errors, ==, "re3-cli: The analysis was stopped; nothing was written.\n");
}

/* A pipe that nobody writes into cannot be cancelled; the program ends by the signal then. */
static void
test_stuck (void)
{
  g_autofree char *path = get_path ("nothing.csv");
  g_autoptr (GSubprocess) process = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  process = start_cli ("C.UTF-8", "analyze slow.re3.json nothing.csv", -1);
  g_usleep (G_USEC_PER_SEC / 5);
  g_subprocess_send_signal (process, SIGINT);
  g_usleep (G_USEC_PER_SEC / 20);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_wait (process, NULL, NULL);

  g_assert_true (g_subprocess_get_if_signaled (process));
  g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGINT);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  /* A shell has it ignored in the background, and then so has the program. */
  signal (SIGINT, SIG_DFL);
  fill_folder ();
  write_slow_files ();

  g_test_add_func ("/cli/interrupt/terminal", test_terminal);
  g_test_add_func ("/cli/interrupt/pipe", test_pipe);
  g_test_add_func ("/cli/interrupt/stuck", test_stuck);

  status = g_test_run ();
  empty_folder ();

  return status;
}
