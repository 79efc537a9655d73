/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers as a good journal prints them: a point, a true minus sign (U+2212), thin spaces
 * between thousands, powers of ten as 1.2 × 10⁻⁷; never "-0". Independent of the locale.
 * (transfer full) */

/* @digits significant digits, without trailing zeros: "0.03", "12 400", "−1.5". */
char *re3_format_number  (double value,
                          int    digits);
/* Always @decimals digits after the point. */
char *re3_format_fixed   (double value,
                          int    decimals);
/* With an explicit plus sign, @digits significant ones. */
char *re3_format_signed  (double value,
                          int    digits);
/* "93.3 %" from 0.933; what only rounding would make all or nothing is "> 99.9 %" or "< 0.1 %". */
char *re3_format_percent (double share,
                          int    decimals);
/* "1.5 cm"; @unit: (nullable). */
char *re3_format_with_unit (double      value,
                            int         digits,
                            const char *unit);
/* "10⁻⁷". */
char *re3_format_power_of_ten (int exponent);

G_END_DECLS
