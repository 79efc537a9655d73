/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-json-source-private.h"
#include "re3-json-writer.h"
#include "re3-reading.h"

G_BEGIN_DECLS

/* The member "reading" of a session's document, what was chosen about how the data set is read:
 * {"delimiter": ";", "header": true, "label": "kind", "left_out": ["id"], "fill": "mean"}. What is
 * missing in it is found by looking; the label "" is none. */

/* @reading: (nullable): written as null */
void     re3_session_json_write_reading (const Re3Reading     *reading,
                                         Re3JsonWriter        *writer);
/* @reading: (out) (transfer full) (nullable): %NULL where @document, of a session, tells of none */
gboolean re3_session_json_read_reading  (const Re3JsonSource  *document,
                                         Re3Reading          **reading,
                                         GError              **error);

G_END_DECLS
