/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Re3Highlight:
 *
 * The data of a chart that belong together with one of them: such as all that feeds a node of a
 * pathway, and all that it feeds. They are lit while the rest fades.
 */
typedef struct _Re3Highlight Re3Highlight;

Re3Highlight *re3_highlight_new      (void);
void          re3_highlight_free     (Re3Highlight       *self);
void          re3_highlight_add      (Re3Highlight       *self,
                                      int                 item,
                                      int                 series);
gboolean      re3_highlight_contains (const Re3Highlight *self,
                                      int                 item,
                                      int                 series);
gsize         re3_highlight_get_size (const Re3Highlight *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Highlight, re3_highlight_free)

G_END_DECLS
