/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The class's name behind a dot in its colour, as Pango markup; a dash for RE3_NO_LABEL.
 * (transfer full) */
char *re3_label_class_markup (const Re3Model *model,
                              int             class_index);

G_END_DECLS
