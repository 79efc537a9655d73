/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-baseline.h"
#include "re3-cli-input.h"

G_BEGIN_DECLS

/* What @text, of --baseline, says: mean, zero, or a data row, from 0. (transfer full) */
Re3Baseline *re3_cli_baseline_new         (const Re3CliInput *input,
                                           const char        *text,
                                           GError           **error);
/* A data row. @option: whose value @text is, for messages. (transfer full) */
Re3Baseline *re3_cli_baseline_new_for_row (const Re3CliInput *input,
                                           const char        *option,
                                           const char        *text,
                                           GError           **error);

G_END_DECLS
