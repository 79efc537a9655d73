/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers as "re3-number-format.h" writes them, for the screen: where the locale is written from right
 * to left they are isolated, so that "> 99.9 %" and "1.2 × 10⁻⁷" still read from left to right
 * (https://www.unicode.org/reports/tr9, section 2.4). (transfer full) */
char    *re3_number_text_new           (double      value,
                                        int         digits);
char    *re3_number_text_new_signed    (double      value,
                                        int         digits);
char    *re3_number_text_new_percent   (double      share,
                                        int         decimals);
/* @unit: (nullable) */
char    *re3_number_text_new_with_unit (double      value,
                                        int         digits,
                                        const char *unit);

/* A number as people write it: with a true minus sign, with a decimal comma; but finite, and not
 * hexadecimal. Returns: whether @text is one */
gboolean re3_number_text_parse         (const char *text,
                                        double     *value);

G_END_DECLS
