/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-analysis.h"
#include "re3-data-file.h"
#include "re3-explanation.h"

G_BEGIN_DECLS

/* Results as JSON with the keys of design §6: numbers unrounded, infinite and undefined ones null.
 * (transfer full) */
char *re3_explanation_to_json (const Re3Explanation *explanation,
                               gsize                 class_index,
                               gsize                 row,
                               int                   label);
char *re3_analysis_to_json    (const Re3Analysis    *analysis,
                               const Re3DataReport  *report);
/* For `info`. @format, @format_name: (nullable) */
char *re3_model_to_info_json  (Re3Model             *model);

G_END_DECLS
