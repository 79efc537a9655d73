/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a cell of the table of samples shows: what @key says of a row. */

GtkWidget *re3_sample_cell_new  (Re3SampleKey  key);
void       re3_sample_cell_show (GtkLabel     *label,
                                 Re3Session   *session,
                                 Re3SampleKey  key,
                                 gsize         row);

G_END_DECLS
