/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-feature-item.h"
#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_WHAT_IF_ROW (re3_what_if_row_get_type ())
G_DECLARE_INTERFACE (Re3WhatIfRow, re3_what_if_row, RE3, WHAT_IF_ROW, GtkWidget)

/**
 * Re3WhatIfRow:
 *
 * A row of the what-if panel. It is made without an item and, as the list is scrolled, shows one after
 * the other.
 */
struct _Re3WhatIfRowInterface {
  GTypeInterface parent_interface;

  void (*bind)   (Re3WhatIfRow   *self,
                  Re3Session     *session,
                  Re3FeatureItem *item);
  void (*update) (Re3WhatIfRow   *self);
};

/* From now on it is about @item of @session's document, which has a data set: shows what stays the
 * same with it, such as names. An update has to follow. */
void re3_what_if_row_bind   (Re3WhatIfRow   *self,
                             Re3Session     *session,
                             Re3FeatureItem *item);
/* Shows what the session has now: value, lock, interval, whether it is selected. */
void re3_what_if_row_update (Re3WhatIfRow   *self);

/* For those that are such rows. */

void re3_what_if_row_show_selected (Re3WhatIfRow   *self,
                                    gboolean        is_selected);
/* @lock_button: its button */
void re3_what_if_row_show_lock     (GtkToggleButton *lock_button,
                                    gboolean         is_locked);

G_END_DECLS
