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
  static GSettingsBackend *backend;
  g_autoptr (GSettingsSchema) schema = look_up_schema ();

  if (schema == NULL)
    return NULL;
  if (backend == NULL) {
    g_autofree char *path =
        g_build_filename (g_get_user_config_dir (), "re3", "settings.ini", NULL);

    backend = g_keyfile_settings_backend_new (path, SCHEMA_PATH, "re3");
  }
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

/* What is bound to windows: it would be written with each step of a drag, and so waits until it is
 * to be kept. (transfer none) (nullable) */
static GSettings *
get_layout (void)
{
  static GSettings *layout;

  if (layout == NULL && re3_settings_get () != NULL) {
    layout = open_settings ();
    g_settings_delay (layout);
  }
  return layout;
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
re3_settings_bind_window (GtkWindow *window)
{
  /* Another window is not resized with this one, but starts as it is. */
  const GSettingsBindFlags flags =
      G_SETTINGS_BIND_GET | G_SETTINGS_BIND_SET | G_SETTINGS_BIND_GET_NO_CHANGES;
  GSettings *layout = get_layout ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  if (layout == NULL)
    return;
  /* The default size is the one that the window has, or has when it is not maximized. */
  g_settings_bind (layout, "window-width", window, "default-width", flags);
  g_settings_bind (layout, "window-height", window, "default-height", flags);
  g_settings_bind (layout, "window-maximized", window, "maximized", flags);
}

/* A divider that nobody has moved stays where it is designed to be. */
static GVariant *
pane_to_settings (const GValue *position, const GVariantType *type, gpointer user_data)
{
  GtkPaned *pane = user_data;
  gboolean is_set;

  g_object_get (pane, "position-set", &is_set, NULL);
  return is_set ? g_variant_new_int32 (g_value_get_int (position)) : NULL;
}

void
re3_settings_bind_pane (const char *key, GtkPaned *pane)
{
  GSettings *layout = get_layout ();
  int position;

  g_return_if_fail (key != NULL && GTK_IS_PANED (pane));

  if (layout == NULL)
    return;
  /* Not bound this way: no position stands for none. */
  position = g_settings_get_int (layout, key);
  if (position >= 0)
    gtk_paned_set_position (pane, position);
  g_settings_bind_with_mapping (layout, key, pane, "position", G_SETTINGS_BIND_SET, NULL,
                                pane_to_settings, pane, NULL);
}

void
re3_settings_unbind_pane (GtkPaned *pane)
{
  g_return_if_fail (GTK_IS_PANED (pane));

  if (get_layout () != NULL)
    g_settings_unbind (pane, "position");
}

void
re3_settings_keep_layout (void)
{
  if (get_layout () != NULL)
    g_settings_apply (get_layout ());
}
