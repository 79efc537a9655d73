/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-last-session.h"

#include <errno.h>
#include <glib/gstdio.h>

static GFile *
get_file (void)
{
  g_autofree char *path =
      g_build_filename (g_get_user_state_dir (), "re3", "last" RE3_SESSION_FILE_SUFFIX, NULL);

  return g_file_new_for_path (path);
}

Re3SessionFile *
re3_last_session_read (GError **error)
{
  g_autoptr (GFile) file = get_file ();

  return re3_session_file_read (file, error);
}

/* The folder is nobody else's to read, as the specification of these folders has it. */
gboolean
re3_last_session_write (const Re3SessionFile *session, GError **error)
{
  g_autoptr (GFile) file = get_file ();
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_return_val_if_fail (session != NULL, FALSE);

  if (g_mkdir_with_parents (g_file_peek_path (folder), 0700) != 0) {
    int code = errno;

    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s",
                 g_file_peek_path (folder), g_strerror (code));
    return FALSE;
  }

  return re3_session_file_write (session, file, error);
}

void
re3_last_session_forget (void)
{
  g_autoptr (GFile) file = get_file ();

  (void) g_file_delete (file, NULL, NULL);
}
