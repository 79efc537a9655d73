/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A number as people write it: with a true minus sign, with a decimal comma; but finite, and not
 * hexadecimal. Returns: whether @text is one */
gboolean re3_number_text_parse (const char *text,
                                double     *value);

G_END_DECLS
