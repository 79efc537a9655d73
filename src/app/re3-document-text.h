/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-document.h"

G_BEGIN_DECLS

/* What people are told of a document. */

/**
 * Re3Remark:
 * @text: one sentence
 * @button, @action: (transfer none): what the person can do about it
 * @is_choice: whether that changes what is open, rather than tells more
 */
typedef struct {
  char *text;
  const char *button;
  const char *action;
  gboolean is_choice;
} Re3Remark;

void       re3_remark_free          (Re3Remark   *self);
/* Something about the data set that deserves a look (rows skipped, values filled, columns left out, a
 * label or an order of columns that was guessed) or about the model, or else that the model reproduces
 * its own tests or has no names; %NULL where all went without saying. (transfer full) (nullable) */
Re3Remark *re3_document_make_remark (Re3Document *document);
/* What must not be overlooked: that the model does not reproduce its own tests. (transfer full)
 * (nullable) */
char      *re3_document_make_alarm  (Re3Document *document);
/* The whole story, in several lines. (transfer full) */
char      *re3_document_describe    (Re3Document *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Remark, re3_remark_free)

G_END_DECLS
