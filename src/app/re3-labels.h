/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The class's name behind a dot in its colour, as Pango markup; a dash for RE3_NO_LABEL.
 * (transfer full) */
char *re3_label_class_markup (const Re3Model *model,
                              int             class_index);

/* "1.5 kg": what a regression network answers or should, of its first output; "–" where it is not
 * known. (transfer full) */
char *re3_label_output       (const Re3Model *model,
                              double          value);

G_END_DECLS
