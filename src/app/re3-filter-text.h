/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-sample-filter.h"

G_BEGIN_DECLS

/* What @filter chooses, in words that go on from "samples:", such as "region R5" or "distance 0.02
 * to 0.1". (transfer full) */
char *re3_filter_describe (const Re3SampleFilter *filter,
                           const Re3Model        *model);

G_END_DECLS
