/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-document.h"

G_BEGIN_DECLS

/* What people are told of a document. */

/* One sentence where something about the data set deserves a look (rows skipped, values filled,
 * columns left out, a label or an order of columns that was guessed) or the model, or else that the
 * model reproduces its own tests or has no names; %NULL where all went without saying.
 * @button, @action: (out) (transfer none): what can be done about it. (transfer full) (nullable) */
char *re3_document_make_remark (Re3Document  *document,
                                const char  **button,
                                const char  **action);
/* What must not be overlooked: that the model does not reproduce its own tests. (transfer full)
 * (nullable) */
char *re3_document_make_alarm  (Re3Document  *document);
/* The whole story, in several lines. (transfer full) */
char *re3_document_describe    (Re3Document  *document);

G_END_DECLS
