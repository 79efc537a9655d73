/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-session-file.h"

G_BEGIN_DECLS

/* What a person had changed, and not saved, when a window closed: a session file in the folder of the
 * system for what programs remember. There is one, of the window that closed last. */

/* Fails where there is none, and as re3_session_file_read(). @version: (out) (transfer full) (nullable):
 * tells this one from those that are written later. (transfer full) */
Re3SessionFile *re3_last_session_read   (char                **version,
                                         GError              **error);
gboolean        re3_last_session_write  (const Re3SessionFile *session,
                                         GError              **error);
/* Unless another window has written one since @version, which is (nullable), was read. */
void            re3_last_session_forget (const char           *version);

G_END_DECLS
