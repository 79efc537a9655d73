/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_ANSWER_VIEW (re3_answer_view_get_type ())
G_DECLARE_FINAL_TYPE (Re3AnswerView, re3_answer_view, RE3, ANSWER_VIEW, GtkWidget)

/**
 * Re3AnswerView:
 *
 * What the network answers to the sample as it is edited, what it answered before, which region the
 * sample is in, and which neurons have switched on the way there, with what each of them changes.
 */
void re3_answer_view_set_session (Re3AnswerView *self,
                                  Re3Session    *session);

G_END_DECLS
