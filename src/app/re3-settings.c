/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-settings.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#define SCHEMA_ID   "io.github.re3.Re3"
#define SCHEMA_PATH "/io/github/re3/Re3/"

/* Where the compiled schema is, seen from the program: in a build directory, and installed. */
static const char *const schema_folders[] = { "../../data", "../share/glib-2.0/schemas" };

static GSettingsSchema *
look_up_schema_in (const char *folder)
{
  g_autoptr (GSettingsSchemaSource) source = NULL;

  source = g_settings_schema_source_new_from_directory (folder, NULL, FALSE, NULL);
  return source != NULL ? g_settings_schema_source_lookup (source, SCHEMA_ID, FALSE) : NULL;
}

/* The schema that belongs to this program goes before one of another version that the system may
 * have. (nullable) */
static GSettingsSchema *
look_up_schema (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *program_folder = program != NULL ? g_path_get_dirname (program) : NULL;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();

  for (gsize i = 0; program_folder != NULL && i < G_N_ELEMENTS (schema_folders); i++) {
    g_autofree char *folder = g_build_filename (program_folder, schema_folders[i], NULL);
    GSettingsSchema *schema = look_up_schema_in (folder);

    if (schema != NULL)
      return schema;
  }
  return source != NULL ? g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE) : NULL;
}

static GSettings *
open_settings (void)
{
  g_autoptr (GSettingsSchema) schema = look_up_schema ();
  g_autoptr (GSettingsBackend) backend = NULL;
  g_autofree char *path = NULL;

  if (schema == NULL)
    return NULL;
  path = g_build_filename (g_get_user_config_dir (), "re3", "settings.ini", NULL);
  backend = g_keyfile_settings_backend_new (path, SCHEMA_PATH, "re3");
  return g_settings_new_full (schema, backend, NULL);
}

GSettings *
re3_settings_get (void)
{
  static GSettings *settings;
  static gboolean is_open;

  if (!is_open) {
    settings = open_settings ();
    is_open = TRUE;
  }
  return settings;
}

GFile *
re3_settings_get_folder (const char *key)
{
  GSettings *settings = re3_settings_get ();
  g_autoptr (GFile) folder = NULL;
  g_autofree char *uri = NULL;

  g_return_val_if_fail (key != NULL, NULL);

  if (settings == NULL)
    return NULL;
  uri = g_settings_get_string (settings, key);
  if (*uri == '\0')
    return NULL;
  folder = g_file_new_for_uri (uri);
  return g_file_is_native (folder) && g_file_query_exists (folder, NULL) ? g_steal_pointer (&folder)
                                                                         : NULL;
}

void
re3_settings_set_folder (const char *key, GFile *folder)
{
  GSettings *settings = re3_settings_get ();
  g_autofree char *uri = NULL;

  g_return_if_fail (key != NULL);

  if (settings == NULL || folder == NULL)
    return;
  uri = g_file_get_uri (folder);
  g_settings_set_string (settings, key, uri);
}

GVariant *
re3_settings_get_readings (void)
{
  GSettings *settings = re3_settings_get ();

  return settings != NULL
             ? g_settings_get_value (settings, "readings")
             : g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("(sa{sv})"), NULL, 0));
}

GVariant *
re3_settings_add_reading (GFile *file, const Re3Reading *reading)
{
  g_return_val_if_fail (G_IS_FILE (file) && reading != NULL, NULL);

  GSettings *settings = re3_settings_get ();
  g_autoptr (GVariant) others = re3_settings_get_readings ();
  GVariant *readings = g_variant_ref_sink (re3_readings_add (others, file, reading));

  if (settings != NULL)
    g_settings_set_value (settings, "readings", readings);
  return readings;
}

void
re3_settings_restore_window (GtkWindow *window)
{
  GSettings *settings = re3_settings_get ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  if (settings == NULL)
    return;
  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
}

void
re3_settings_save_window (GtkWindow *window)
{
  GSettings *settings = re3_settings_get ();
  int width;
  int height;

  g_return_if_fail (GTK_IS_WINDOW (window));

  if (settings == NULL)
    return;
  /* GTK keeps in it the size that the window has, or has when it is not maximized. */
  gtk_window_get_default_size (window, &width, &height);
  if (width > 0 && height > 0) {
    g_settings_set_int (settings, "window-width", width);
    g_settings_set_int (settings, "window-height", height);
  }
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
}

void
re3_settings_restore_pane (const char *key, GtkPaned *pane)
{
  GSettings *settings = re3_settings_get ();
  int position = settings != NULL ? g_settings_get_int (settings, key) : -1;

  g_return_if_fail (key != NULL && GTK_IS_PANED (pane));

  if (position >= 0)
    gtk_paned_set_position (pane, position);
}

void
re3_settings_save_pane (const char *key, GtkPaned *pane)
{
  GSettings *settings = re3_settings_get ();
  gboolean is_set;

  g_return_if_fail (key != NULL && GTK_IS_PANED (pane));

  g_object_get (pane, "position-set", &is_set, NULL);
  if (settings != NULL && is_set)
    g_settings_set_int (settings, key, gtk_paned_get_position (pane));
}
