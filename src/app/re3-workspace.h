/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-samples-panel.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RE3_TYPE_WORKSPACE (re3_workspace_get_type ())
G_DECLARE_FINAL_TYPE (Re3Workspace, re3_workspace, RE3, WORKSPACE, GtkWidget)

/**
 * Re3Workspace:
 *
 * What a model and its data are looked at in: samples on the left, the pages in the middle, what-if
 * on the right.
 */

/* @pages: empty; it gets its place and its pages */
GtkWidget       *re3_workspace_new         (Re3Session   *session,
                                            AdwViewStack *pages);
Re3SamplesPanel *re3_workspace_get_samples (Re3Workspace *self);
/* Not one that is hidden for this document. */
void             re3_workspace_show_page   (Re3Workspace *self,
                                            const char   *name);

G_END_DECLS
