/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-recent-files.h"

#include "re3-recent-list.h"
#include "re3-settings.h"

#include <glib/gi18n.h>

#define KEY "recent"

static void
tell_desktop (GFile *file)
{
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;

  if (uri != NULL)
    gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
}

void
re3_recent_files_add (GFile *first, GFile *data)
{
  GSettings *settings = re3_settings_get ();
  g_autoptr (GVariant) list = NULL;

  g_return_if_fail (G_IS_FILE (first));

  if (settings == NULL || !g_file_is_native (first) || (data != NULL && !g_file_is_native (data)))
    return;
  list = g_settings_get_value (settings, KEY);
  g_settings_set_value (settings, KEY, re3_recent_list_add (list, first, data));
  tell_desktop (first);
  tell_desktop (data);
}

void
re3_recent_files_remove (GFile *first, GFile *data)
{
  GSettings *settings = re3_settings_get ();
  g_autoptr (GVariant) list = NULL;

  g_return_if_fail (G_IS_FILE (first));

  if (settings == NULL)
    return;
  list = g_settings_get_value (settings, KEY);
  g_settings_set_value (settings, KEY, re3_recent_list_remove (list, first, data));
}

void
re3_recent_files_clear (void)
{
  GSettings *settings = re3_settings_get ();

  if (settings != NULL)
    g_settings_reset (settings, KEY);
}

/* An underscore in a name is none before a mnemonic. */
static char *
make_label (const Re3RecentEntry *entry)
{
  g_autofree char *title = re3_recent_entry_get_title (entry);
  g_auto (GStrv) parts = g_strsplit (title, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
fill (GMenu *menu)
{
  g_autoptr (GMenu) entries = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();
  g_autoptr (GVariant) list = g_settings_get_value (re3_settings_get (), KEY);
  g_autoptr (GPtrArray) recent = re3_recent_list_read (list);

  for (guint i = 0; i < recent->len; i++) {
    const Re3RecentEntry *entry = g_ptr_array_index (recent, i);
    g_autofree char *label = make_label (entry);
    g_autofree char *first = g_file_get_uri (entry->first);
    g_autofree char *data = entry->data != NULL ? g_file_get_uri (entry->data) : g_strdup ("");
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "win.open-recent", "(ss)", first, data);
    g_menu_append_item (entries, item);
  }
  g_menu_append (others, _ ("_Clear List"), "win.clear-recent");

  g_menu_remove_all (menu);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (entries));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
}

void
re3_recent_files_fill_menu (GMenu *menu)
{
  GSettings *settings = re3_settings_get ();

  g_return_if_fail (G_IS_MENU (menu));

  if (settings == NULL)
    return;
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (fill), menu, G_CONNECT_SWAPPED);
  fill (menu);
}
