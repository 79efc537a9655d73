/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-json-source-private.h"
#include "re3-json-writer.h"
#include "re3-session-file.h"

G_BEGIN_DECLS

/* The member "limits" of a session's document, what counterfactuals have to respect:
 * {"ranges": [{"feature": 3, "low": 0.1, "high": null}], "orders": [{"lesser": 1, "greater": 0}],
 *  "integers": [{"feature": 2, "integer": true}]}. An end that is null or missing is open. */

void     re3_session_json_write_limits (const Re3SavedLimits *limits,
                                        Re3JsonWriter        *writer);
/* Adds to @limits what @document, of a session, tells: nothing where it is an older one. */
gboolean re3_session_json_read_limits  (const Re3JsonSource  *document,
                                        Re3SavedLimits       *limits,
                                        GError              **error);

G_END_DECLS
