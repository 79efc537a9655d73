/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-cli-input.h"
#include "re3-result-options.h"

G_BEGIN_DECLS

/* What an analysis found, for people: rounded, in tables, and no longer than can be read.
 * (transfer full) */
char *re3_cli_analysis_describe (const Re3CliInput      *input,
                                 const Re3Analysis      *analysis,
                                 const Re3ResultOptions *options);

G_END_DECLS
