/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RE3_TYPE_NAME_ITEM (re3_name_item_get_type ())
G_DECLARE_FINAL_TYPE (Re3NameItem, re3_name_item, RE3, NAME_ITEM, GObject)

/**
 * Re3NameItem:
 *
 * The name and the unit of a feature, a class or an output while a person edits them: the
 * properties "name" and "unit", texts that are never %NULL.
 */
Re3NameItem *re3_name_item_new      (const char  *name,
                                     const char  *unit);
const char  *re3_name_item_get_name (Re3NameItem *self);
const char  *re3_name_item_get_unit (Re3NameItem *self);

G_END_DECLS
