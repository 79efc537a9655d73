/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>
#include <gio/gio.h>

/* What the tests of re3-cli share: they run the program that RE3_CLI names, in a folder of its own
 * with the samples in it. */

#define MODEL "iris-8-4.re3.json"
#define DATA  "iris.csv"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

typedef struct {
  int status;
  char *output;
  char *errors;
} Run;

void         run_clear    (Run         *run);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* The folder, with the samples and some files that are wrong. */
void         fill_folder  (void);
void         empty_folder (void);
/* Of a file in it. (transfer full) */
char        *get_path     (const char  *name);
void         write_file   (const char  *name,
                           const char  *content);

/* @command: arguments as in a shell. */
Run          run_in       (const char  *locale,
                           const char  *command);
Run          run_cli      (const char  *command);
/* That it says nothing on stderr but how it reads the data. */
void         assert_only_notes (const Run *run);
/* What a command prints that goes well and gives no warning. (transfer full) */
cJSON       *run_json     (const char  *command);
/* A command that is not waited for. @stderr_fd: (transfer full): or -1 for a pipe. (transfer full) */
GSubprocess *start_cli    (const char  *locale,
                           const char  *command,
                           int          stderr_fd);

const cJSON *get          (const cJSON *json,
                           const char  *key);
double       get_number   (const cJSON *json,
                           const char  *key);
double       sum          (const cJSON *array);
