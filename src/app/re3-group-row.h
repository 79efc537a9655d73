/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-what-if-row.h"

G_BEGIN_DECLS

#define RE3_TYPE_GROUP_ROW (re3_group_row_get_type ())
G_DECLARE_FINAL_TYPE (Re3GroupRow, re3_group_row, RE3, GROUP_ROW, GtkWidget)

/**
 * Re3GroupRow:
 *
 * A one-hot group of the what-if panel: its name, its choices in a drop-down, of which a ring marks the
 * one that the sample has in the data set, a lock, a button that takes the edit back and, where a person
 * has adopted the group, a menu to break it up. Values that are no choice are listed as they are.
 */

G_END_DECLS
