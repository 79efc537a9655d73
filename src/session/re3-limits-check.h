/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-limits.h"
#include "re3-what-if.h"

G_BEGIN_DECLS

/* Whether limits can hold together, and with what is locked in the selected row. */

/* Both: a sentence on why nothing can respect it, or %NULL where something can.
 * (transfer full) (nullable) */
char *re3_limits_check_range (Re3Limits       *self,
                              Re3WhatIf       *what_if,
                              gsize            feature);
char *re3_limits_check_order (Re3Limits       *self,
                              Re3WhatIf       *what_if,
                              Re3FeatureOrder  order);
/* The same of all together, naming a feature. (transfer full) (nullable) */
char *re3_limits_check       (Re3Limits       *self,
                              Re3WhatIf       *what_if);

G_END_DECLS
