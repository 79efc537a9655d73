/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "re3-session-file.h"

/* The seed names as its model what is a file wherever this runs. */
#define FOLDER "/proc/self"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *text = fuzz_make_text (bytes, length);
  g_autoptr (GFile) folder = g_file_new_for_path (FOLDER);
  g_autoptr (Re3SessionFile) session =
      re3_session_file_parse (text, length, "fuzz.re3session", folder, NULL);

  g_assert (session == NULL || session->model_file != NULL);

  return 0;
}
