/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_SAMPLES_PANEL (re3_samples_panel_get_type ())
G_DECLARE_FINAL_TYPE (Re3SamplesPanel, re3_samples_panel, RE3, SAMPLES_PANEL, GtkWidget)

/**
 * Re3SamplesPanel:
 *
 * The samples as a table that can be sorted, searched and filtered; its selection is the
 * session's.
 */
void re3_samples_panel_set_session  (Re3SamplesPanel *self,
                                     Re3Session      *session);
void re3_samples_panel_focus_search (Re3SamplesPanel *self);
/* As a click on the header of the column does: again for the other direction. */
void re3_samples_panel_sort         (Re3SamplesPanel *self,
                                     Re3SampleKey     key);
/* So that the arrow keys move through the samples. */
void re3_samples_panel_focus_list   (Re3SamplesPanel *self);

G_END_DECLS
