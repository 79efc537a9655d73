/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Ctrl+C, and whatever else asks the program to end, cancels the cancellable from here on, so that
 * the command can leave things as they were; asked again, or after two seconds, the program ends as
 * it would have. Call it once, before any other thread is there. (transfer full) */
GCancellable *re3_cli_interrupt_watch   (void);

/* From here on Ctrl+C ends the program at once. */
void          re3_cli_interrupt_release (void);

G_END_DECLS
