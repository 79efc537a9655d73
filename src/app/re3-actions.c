/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-actions.h"

void
re3_action_set_enabled (GActionMap *map, const char *name, gboolean is_enabled)
{
  GAction *action;

  g_return_if_fail (G_IS_ACTION_MAP (map));
  g_return_if_fail (name != NULL);

  action = g_action_map_lookup_action (map, name);
  g_return_if_fail (G_IS_SIMPLE_ACTION (action));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

void
re3_actions_remove (GActionMap *map, const GActionEntry *entries, gsize n_entries)
{
  g_return_if_fail (G_IS_ACTION_MAP (map));

  for (gsize i = 0; i < n_entries; i++)
    g_action_map_remove_action (map, entries[i].name);
}
