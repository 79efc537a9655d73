/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the pages of the limits dialog have in common. */

/* Lets choose one of the features of @model; whatever their names, it is no wider than its place. */
void       re3_limits_list_features (GtkDropDown   *drop_down,
                                     Re3Model      *model);
/* Tells @text below the fields, or nothing more. @text: (nullable); @css_class: "error" for what was
 * refused, "warning" for what is in force and in the way */
void       re3_limits_tell          (GtkLabel      *label,
                                     const char    *text,
                                     const char    *css_class);
/* A limit in force. @note: (nullable): what stands in its way; @remove: the name of the button that
 * takes it away, which calls @removed with @data and the row as its datum "row" */
GtkWidget *re3_limits_row_new       (const char    *title,
                                     const char    *text,
                                     const char    *note,
                                     const char    *remove,
                                     GCallback      removed,
                                     gpointer       data);
/* Empties @list. Returns: the place of the row that has the keyboard, or -1 */
int        re3_limits_clear_rows    (GtkListBox    *list);
/* Gives the keyboard to the row that is now at @place, or the last one; to @other without any. Does
 * nothing for -1. */
void       re3_limits_focus_row     (GtkListBox    *list,
                                     int            place,
                                     GtkWidget     *other);

G_END_DECLS
