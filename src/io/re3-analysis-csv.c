/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-analysis-csv.h"

#include "re3-analysis-tables.h"
#include "re3-core-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* What anybody may do with a new folder, less what the umask takes away. */
#define FOLDER_MODE 0777

static gboolean
make_folder (const char *path, gboolean *is_new, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  int code;

  *is_new = g_mkdir (path, FOLDER_MODE) == 0;
  code = errno;
  if (*is_new || g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;

  if (code == EEXIST)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR,
                 _ ("%s: this is a file; give a folder for the tables."), shown);
  else if (code == ENOENT)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                 _ ("%s: there is no such folder to make this one in."), shown);
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                 _ ("%s: this folder cannot be made: %s."), shown, g_strerror (code));
  return FALSE;
}

/* Writes @table beside its place. (transfer full) (nullable) */
static Re3CsvWriter *
write_table (const Re3AnalysisTable *table,
             const Re3TableContext *context,
             const char *folder,
             GError **error)
{
  g_autofree char *path = g_build_filename (folder, table->name, NULL);
  g_autoptr (Re3CsvWriter) writer = re3_csv_writer_new (path, error);
  Re3TableContext own = *context;

  if (writer == NULL)
    return NULL;

  own.writer = writer;
  table->write (&own);
  if (context->progress->is_stopped) {
    g_set_error_literal (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED,
                         _ ("Writing the tables was stopped."));
    return NULL;
  }
  if (!re3_csv_writer_finish (writer, error))
    return NULL;

  return g_steal_pointer (&writer);
}

static gboolean
write_tables (const Re3TableContext *context, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) writers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) re3_csv_writer_free);
  gsize n_tables;
  const Re3AnalysisTable *tables = re3_analysis_tables_list (&n_tables);

  for (gsize i = 0; i < n_tables; i++) {
    Re3CsvWriter *writer = write_table (&tables[i], context, folder, error);

    if (writer == NULL)
      return FALSE;
    g_ptr_array_add (writers, writer);
  }

  for (guint i = 0; i < writers->len; i++)
    if (!re3_csv_writer_commit (g_ptr_array_index (writers, i), error))
      return FALSE;

  return TRUE;
}

gboolean
re3_analysis_write_csv (const Re3Analysis *analysis,
                        const Re3ResultOptions *options,
                        GFile *folder,
                        const Re3Monitor *monitor,
                        GError **error)
{
  g_autofree char *path = NULL;
  gboolean is_new;
  Re3TableProgress progress = { .monitor = monitor };
  Re3TableContext context;

  g_return_val_if_fail (analysis != NULL && re3_analysis_is_complete (analysis), FALSE);
  g_return_val_if_fail (G_IS_FILE (folder), FALSE);

  context = (Re3TableContext){
    .analysis = analysis,
    .model = re3_analysis_get_model (analysis),
    .dataset = re3_analysis_get_dataset (analysis),
    .options = options != NULL ? options : &RE3_RESULT_OPTIONS_DEFAULT,
    .set = re3_analysis_get_default_set (analysis),
    .progress = &progress,
  };
  progress.total = re3_analysis_tables_count_rows (&context);

  path = g_file_get_path (folder);
  if (path == NULL) {
    g_autofree char *name = g_file_get_parse_name (folder);

    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                 _ ("%s: tables are written into folders of this machine only."), name);
    return FALSE;
  }

  if (!make_folder (path, &is_new, error))
    return FALSE;
  if (write_tables (&context, path, error))
    return TRUE;

  /* It goes again if nothing is in it. */
  if (is_new)
    g_rmdir (path);
  return FALSE;
}
