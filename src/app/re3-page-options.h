/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be chosen on pages of figures: small widgets that set how the session is looked at. */

/* Below which purity regions are marked. */
GtkWidget *re3_purity_option_new (Re3Session *session);
/* How distances to the boundary are measured. */
GtkWidget *re3_metric_option_new (Re3Session *session);
/* Whether the paper's distance is drawn beside that. */
GtkWidget *re3_both_metrics_option_new (Re3Session *session);
/* Whether means of contributions keep their sign. */
GtkWidget *re3_signed_option_new (Re3Session *session);
/* Whether the profiles of regions are clustered. */
GtkWidget *re3_cluster_option_new (Re3Session *session);
/* Takes the pinned sample back. */
GtkWidget *re3_unpin_option_new (Re3Session *session);
/* Whether the response to the selected feature alone is drawn. */
GtkWidget *re3_single_response_option_new (Re3Session *session);

G_END_DECLS
