/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_COMPARE_TABLE (re3_compare_table_get_type ())
G_DECLARE_FINAL_TYPE (Re3CompareTable, re3_compare_table, RE3, COMPARE_TABLE, GtkWidget)

/**
 * Re3CompareTable:
 *
 * The pinned sample and the selected one side by side: what is answered, the values, what each feature
 * contributes to the class that is explained, and how far that differs, the largest difference first.
 * It is made anew at most once a frame, and only while it is seen.
 */
GtkWidget *re3_compare_table_new (Re3Session *session);
/* What a page says while nothing is pinned, and how to pin. */
GtkWidget *re3_compare_empty_new (Re3Session *session);

G_END_DECLS
