/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-reading.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the program remembers from one run to the next, in a file of the user's configuration
 * folder: it takes no service of the desktop. The keys are those of io.github.re3.Re3.gschema.xml.
 * Where the schema is not found, the program works all the same and remembers nothing. */

/* The program's settings, or %NULL without a schema. (transfer none) (nullable) */
GSettings *re3_settings_get            (void);

/* The folder kept under @key, if it is still there. (transfer full) (nullable) */
GFile     *re3_settings_get_folder     (const char *key);
/* Keeps @folder, which is (nullable), under @key. */
void       re3_settings_set_folder     (const char *key,
                                        GFile      *folder);

/* How data files are read, as was chosen for each: the list of re3-reading.h. (transfer full) */
GVariant  *re3_settings_get_readings   (void);
/* Keeps @reading for @file. Returns: the list with it (transfer full) */
GVariant  *re3_settings_add_reading    (GFile      *file,
                                        const Re3Reading *reading);

/* Gives size and state to the window, and a divider the place under @key; from then on they follow
 * what the person does, and re3_settings_keep_layout() writes them. */
void       re3_settings_bind_window    (GtkWindow  *window);
void       re3_settings_bind_pane      (const char *key,
                                        GtkPaned   *pane);
void       re3_settings_unbind_pane    (GtkPaned   *pane);
void       re3_settings_keep_layout    (void);

G_END_DECLS
