/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-json-writer.h"
#include "re3-json.h"

G_BEGIN_DECLS

/* The member "groups" of a session's document, the one-hot groups that were adopted:
 * [{"name": "colour", "features": [1, 2, 3], "choices": ["red", "green", "blue"]}]. */

/* @groups: (element-type Re3FeatureGroup) */
void     re3_session_json_write_groups (const GPtrArray *groups,
                                        Re3JsonWriter   *writer);
/* Adds them to @groups. @document: of the session; @file: its name, for messages */
gboolean re3_session_json_read_groups  (const cJSON     *document,
                                        const char      *file,
                                        GPtrArray       *groups,
                                        GError         **error);

G_END_DECLS
