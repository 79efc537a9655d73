/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-figures.h"
#include "re3-session.h"

G_BEGIN_DECLS

/* So many regions are shown one by one; a page of them scrolls. */
#define RE3_MAX_REGIONS_SHOWN 200

/* The shape of the samples where they are pictures. */
gboolean  re3_session_find_picture_shape (Re3Session    *session,
                                          gsize         *n_rows,
                                          gsize         *n_columns);
/* What the figures of what @session shows now are made from; its own, and valid until it changes.
 * Returns: %FALSE while there is nothing to draw @figure from */
gboolean  re3_session_get_figure_input (Re3Session      *session,
                                        const Re3Figure *figure,
                                        Re3FigureInput  *input);
/* The figure called @name of what @session shows now, for page and export alike; %NULL while
 * there is nothing to draw it from. (transfer full) (nullable) */
Re3Chart *re3_session_make_figure      (Re3Session *session,
                                        const char *name);
/* What its file is called, unless people choose otherwise, such as
 * "iris-16-8-4-on-iris-csv-row-5-sankey.svg". (transfer full) */
char     *re3_session_name_figure_file (Re3Session *session,
                                        const char *name,
                                        const char *ending);

G_END_DECLS
