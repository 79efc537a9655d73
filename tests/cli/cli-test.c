/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-test.h"

#include <glib/gstdio.h>

static char *folder;

void
run_clear (Run *run)
{
  g_free (run->output);
  g_free (run->errors);
}

GSubprocess *
start_cli (const char *locale, const char *command, int stderr_fd)
{
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *line = g_strconcat (g_getenv ("RE3_CLI"), " ", command, NULL);
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  if (stderr_fd < 0)
    flags |= G_SUBPROCESS_FLAGS_STDERR_PIPE;
  launcher = g_subprocess_launcher_new (flags);
  if (stderr_fd >= 0)
    g_subprocess_launcher_take_stderr_fd (launcher, stderr_fd);

  g_assert_true (g_shell_parse_argv (line, NULL, &arguments, &error));
  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", locale, TRUE);
  g_subprocess_launcher_setenv (launcher, "TERM", "xterm", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments, &error);
  g_assert_no_error (error);

  return process;
}

Run
run_in (const char *locale, const char *command)
{
  g_autoptr (GSubprocess) process = start_cli (locale, command, -1);
  g_autoptr (GError) error = NULL;
  Run run = { 0 };

  g_subprocess_communicate_utf8 (process, NULL, NULL, &run.output, &run.errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run.status = g_subprocess_get_exit_status (process);

  return run;
}

Run
run_cli (const char *command)
{
  return run_in ("C.UTF-8", command);
}

char *
get_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

void
write_file (const char *name, const char *content)
{
  g_autofree char *path = get_path (name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

void
assert_only_notes (const Run *run)
{
  g_auto (GStrv) lines = g_strsplit (run->errors, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++) {
    if (lines[i][0] != '\0' && !g_str_has_prefix (lines[i], "re3-cli: note: "))
      g_error ("“%s” is no note", lines[i]);
  }
}

cJSON *
run_json (const char *command)
{
  g_auto (Run) run = run_cli (command);
  cJSON *json = cJSON_Parse (run.output);

  assert_only_notes (&run);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (json);

  return json;
}

const cJSON *
get (const cJSON *json, const char *key)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (json, key);

  if (item == NULL)
    g_error ("there is no key %s", key);

  return item;
}

double
get_number (const cJSON *json, const char *key)
{
  g_assert_true (cJSON_IsNumber (get (json, key)));

  return get (json, key)->valuedouble;
}

double
sum (const cJSON *array)
{
  const cJSON *item;
  double total = 0;

  cJSON_ArrayForEach (item, array) total += item->valuedouble;

  return total;
}

void
fill_folder (void)
{
  static const char *const samples[] = { MODEL, DATA };
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("re3-cli-XXXXXX", &error);
  g_assert_no_error (error);

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *from = g_build_filename (g_getenv ("RE3_SAMPLES"), samples[i], NULL);
    g_autofree char *content = NULL;

    g_assert_true (g_file_get_contents (from, &content, NULL, &error));
    write_file (samples[i], content);
  }

  write_file ("broken.re3.json", "{\"format\": \"re3-model\",\n \"version\": \t1x}");
  write_file ("broken.csv", "sepal length,sepal width,petal length,petal width,kind\n"
                            "1,2,3,4,setosa\n\"1,2,3,4,setosa\n");
  write_file ("other.csv", "sepal length,sepal width,weight\n1,2,3\n4,5,6\n");
  write_file ("gaps.csv", "sepal length;sepal width;petal length;petal width;species\n"
                          "5.1;3.5;1.4;.2;Setosa\n"
                          "5.1;3.5;;.2;Setosa\n"
                          "5.1;3.5;1.4;.2;Tulip\n"
                          "6.4;3.2;4.5;1.5;Versicolor\n"
                          "6.3;3.3;6.0;2.5;Virginica\n");
  write_file ("umlaut.re3.json",
              "{\"format\": \"re3-model\", \"version\": 1, \"classes\": [\"kleiner\", \"größer\"], "
              "\"layers\": [{\"type\": \"linear\", \"weight\": [[-1], [1]]}]}");
  write_file ("pixels.re3.json",
              "{\"format\": \"re3-model\", \"version\": 1, \"features\": [\"p(1,1)\", \"p(1,2)\", "
              "\"p(2,1)\", \"p(2,2)\"], \"classes\": [\"bag\", \"boot\"], \"layers\": [{\"type\": "
              "\"linear\", \"weight\": [[-1, 0, 1, 2], [1, 3, 0, -1]]}]}");
  write_file ("pixels.csv", "p(1,1);p(1,2);p(2,1);p(2,2);kind\n0;255;0;0;boot\n0;0;0;255;bag\n");
  write_file ("two.csv", "x,y\n-1.5,kleiner\n1.5,größer\n");
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_all (child);
  }
  g_remove (path);
}

void
empty_folder (void)
{
  remove_all (folder);
  g_free (folder);
}
