/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

G_BEGIN_DECLS

/* Reading JSON so that every fault is a sentence with its place. Places are written as in
 * JavaScript and count from 0: layers[2].weight[3]. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

/* Parses the document @text, which has a NUL after its @length bytes. Faults of syntax are told
 * with line and column. What cJSON lets pass is refused: bytes that are not UTF-8, a second
 * member of the same name, a NUL inside of a text. @name: the file's. (transfer full) */
cJSON       *re3_json_parse        (const char   *text,
                                    gsize         length,
                                    const char   *name,
                                    GError      **error);

/* (nullable): the member called @key; %NULL also where it is null. */
const cJSON *re3_json_get_member   (const cJSON  *object,
                                    const char   *key);
gsize        re3_json_get_size     (const cJSON  *array);
/* "a number", "a text", ... */
const char  *re3_json_describe     (const cJSON  *item);

/* Each checks @item, which stands at @place and may be %NULL where nothing does, and fails with
 * RE3_IO_ERROR_CONTENT. */
gboolean     re3_json_check_object (const cJSON  *item,
                                    const char   *name,
                                    const char   *place,
                                    GError      **error);
gboolean     re3_json_check_array  (const cJSON  *item,
                                    const char   *name,
                                    const char   *place,
                                    GError      **error);
/* Whether @object has no members besides @members, a list that ends in %NULL, and "type" and
 * "name": where another one would mean something that is not done. */
gboolean     re3_json_check_members (const cJSON       *object,
                                     const char        *name,
                                     const char        *place,
                                     const char *const *members,
                                     GError           **error);
/* (nullable): the text. */
const char  *re3_json_read_string  (const cJSON  *item,
                                    const char   *name,
                                    const char   *place,
                                    GError      **error);
gboolean     re3_json_read_number  (const cJSON  *item,
                                    const char   *name,
                                    const char   *place,
                                    double       *number,
                                    GError      **error);
/* Exactly @n_numbers finite numbers. */
gboolean     re3_json_read_numbers (const cJSON  *item,
                                    const char   *name,
                                    const char   *place,
                                    gsize         n_numbers,
                                    double       *numbers,
                                    GError      **error);

G_END_DECLS
