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

/* (transfer full) (nullable) */
static char *
get_version (GFile *file)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL ? g_strdup (g_file_info_get_etag (info)) : NULL;
}

Re3SessionFile *
re3_last_session_read (char **version, GError **error)
{
  g_autoptr (GFile) file = get_file ();

  g_return_val_if_fail (version != NULL, NULL);

  *version = get_version (file);
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
re3_last_session_forget (const char *version)
{
  g_autoptr (GFile) file = get_file ();
  g_autofree char *version_now = get_version (file);

  if (g_strcmp0 (version, version_now) == 0)
    (void) g_file_delete (file, NULL, NULL);
}
