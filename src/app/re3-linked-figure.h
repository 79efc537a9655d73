/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart-view.h"
#include "re3-session.h"

G_BEGIN_DECLS

/**
 * Re3LinkedFigure:
 *
 * A figure of a session in a chart view. What is chosen in it is selected in the session, and what
 * the session has selected, in whatever view, is outlined in it; where no region or class is chosen,
 * those of the sample are.
 */
typedef struct _Re3LinkedFigure Re3LinkedFigure;

/* Links @view, which owns it, to the figure called @name. (transfer none) */
Re3LinkedFigure *re3_linked_figure_attach  (Re3ChartView    *view,
                                            Re3Session      *session,
                                            const char      *name);
/* Makes the figure anew. */
void             re3_linked_figure_refresh (Re3LinkedFigure *self);
Re3ChartView    *re3_linked_figure_get_view (Re3LinkedFigure *self);

G_END_DECLS
