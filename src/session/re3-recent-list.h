/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Older ones are forgotten. */
#define RE3_MAX_RECENT 10

/**
 * Re3RecentEntry:
 * @first: a model or a session
 * @data: (nullable): the data set that was open with the model
 *
 * What was open at one time.
 */
typedef struct {
  GFile *first;
  GFile *data;
} Re3RecentEntry;

/**
 * Re3RecentList:
 *
 * What was opened, the latest first. A value: what changes it makes another one, as it is kept in
 * settings that several windows share. As a variant it is a list of pairs of URIs, a(ss); the
 * second one is empty where there is none.
 */

/* (transfer full) (element-type Re3RecentEntry); what is no URI is left out */
GPtrArray      *re3_recent_list_read   (GVariant             *list);
/* @list with this one at its beginning, and nowhere else. @data: (nullable). (transfer floating) */
GVariant       *re3_recent_list_add    (GVariant             *list,
                                        GFile                *first,
                                        GFile                *data);
/* @list without this one. (transfer floating) */
GVariant       *re3_recent_list_remove (GVariant             *list,
                                        GFile                *first,
                                        GFile                *data);

/* "iris-8-4 on iris.csv", or "study" for a session. (transfer full) */
char           *re3_recent_entry_get_title (const Re3RecentEntry *self);
/* The first of its files that is not there any more. (transfer none) (nullable) */
GFile          *re3_recent_entry_find_missing (const Re3RecentEntry *self);

G_END_DECLS
