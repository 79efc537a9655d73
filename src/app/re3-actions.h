/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What GActionMap lacks at GLib 2.74. */

void re3_action_set_enabled (GActionMap         *map,
                             const char         *name,
                             gboolean            is_enabled);
/* Takes off what g_action_map_add_action_entries() has added. */
void re3_actions_remove     (GActionMap         *map,
                             const GActionEntry *entries,
                             gsize               n_entries);

G_END_DECLS
