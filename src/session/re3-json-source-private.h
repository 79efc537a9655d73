/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-json.h"

G_BEGIN_DECLS

/**
 * Re3JsonSource:
 * @object: what is read from
 * @file: name of the file, for messages
 * @place: of @object in it, such as "edits[3]"; "" for the document
 *
 * An object of a session's document. A member that is missing leaves the value as it was; one of
 * another kind is refused, by name and place.
 */
typedef struct {
  const cJSON *object;
  const char *file;
  char *place;
} Re3JsonSource;

/* Reads one item of a list into @target. */
typedef gboolean (*Re3JsonSourceReadFunc) (gpointer             target,
                                           const Re3JsonSource *item,
                                           GError             **error);

void     re3_json_source_clear         (Re3JsonSource        *self);
/* Both return %FALSE. @wanted: what should be there, as in "is not @wanted" */
gboolean re3_json_source_refuse        (const Re3JsonSource  *self,
                                        const char           *wanted,
                                        GError              **error);
gboolean re3_json_source_refuse_member (const Re3JsonSource  *self,
                                        const char           *key,
                                        const char           *wanted,
                                        GError              **error);
/* Whether it is a whole number from 0 that JSON holds exactly. */
gboolean re3_json_source_is_count      (double                value);
gboolean re3_json_source_read_boolean  (const Re3JsonSource  *self,
                                        const char           *key,
                                        gboolean             *value,
                                        GError              **error);
/* A finite one. */
gboolean re3_json_source_read_number   (const Re3JsonSource  *self,
                                        const char           *key,
                                        double               *value,
                                        GError              **error);
gboolean re3_json_source_read_count    (const Re3JsonSource  *self,
                                        const char           *key,
                                        gsize                *value,
                                        GError              **error);
/* @least: the least number that stands for a class or for something else in its place */
gboolean re3_json_source_read_class    (const Re3JsonSource  *self,
                                        const char           *key,
                                        int                   least,
                                        int                  *value,
                                        GError              **error);
/* @value: (inout) (transfer none) */
gboolean re3_json_source_read_text     (const Re3JsonSource  *self,
                                        const char           *key,
                                        const char          **value,
                                        GError              **error);
/* One of @names, by its place among them. */
gboolean re3_json_source_read_name     (const Re3JsonSource  *self,
                                        const char           *key,
                                        const char *const    *names,
                                        gsize                 n_names,
                                        guint                *value,
                                        GError              **error);
#define RE3_JSON_SOURCE_READ_NAME(self, key, names, value, error) \
  re3_json_source_read_name (self, key, names, G_N_ELEMENTS (names), value, error)
/* The list called @key; what each of its items is, @read knows. */
gboolean re3_json_source_read_items    (const Re3JsonSource  *self,
                                        const char           *key,
                                        Re3JsonSourceReadFunc read,
                                        gpointer              target,
                                        GError              **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Re3JsonSource, re3_json_source_clear)

G_END_DECLS
