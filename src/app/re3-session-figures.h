/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"
#include "re3-session.h"

G_BEGIN_DECLS

/* So many regions are shown one by one; a page of them scrolls. */
#define RE3_MAX_REGIONS_SHOWN 64

/* The figure called @name of what @session shows now, for page and export alike; %NULL while
 * there is nothing to draw it from. (transfer full) (nullable) */
Re3Chart *re3_session_make_figure (Re3Session *session,
                                   const char *name);

G_END_DECLS
