/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-response.h"
#include "re3-what-if-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RE3_TYPE_FEATURE_ROW (re3_feature_row_get_type ())
G_DECLARE_FINAL_TYPE (Re3FeatureRow, re3_feature_row, RE3, FEATURE_ROW, GtkWidget)

/**
 * Re3FeatureRow:
 *
 * One feature of the what-if panel: its name, its value as a slider and as text, in original
 * units, the interval in which the region does not change, and a button that takes the edit back.
 */

/* The feature that it is about. */
gsize      re3_feature_row_get_feature (Re3FeatureRow *self);
/* The values that its slider reaches. Returns: %FALSE where it has none */
gboolean   re3_feature_row_get_range   (Re3FeatureRow *self,
                                        double        *low,
                                        double        *high);
/* What its slider shows of the network; where edits are explained in a thread, the row does not make
 * it itself. @response: (transfer full) */
void       re3_feature_row_take_response (Re3FeatureRow *self,
                                          Re3Response   *response);

G_END_DECLS
