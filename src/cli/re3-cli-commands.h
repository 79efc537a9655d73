/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The commands. Each takes its own name and what follows it on the command line, and returns what
 * is to be printed, or %NULL with @error set: RE3_CLI_ERROR and G_OPTION_ERROR for wrong usage,
 * anything else for what is wrong with a file. (transfer full) */

char *re3_cli_analyze (int      argc,
                       char   **argv,
                       GError **error);
char *re3_cli_convert (int      argc,
                       char   **argv,
                       GError **error);
char *re3_cli_counterfactual (int argc,
                       char   **argv,
                       GError **error);
char *re3_cli_explain (int      argc,
                       char   **argv,
                       GError **error);
char *re3_cli_info    (int      argc,
                       char   **argv,
                       GError **error);
char *re3_cli_render  (int      argc,
                       char   **argv,
                       GError **error);
char *re3_cli_trace   (int      argc,
                       char   **argv,
                       GError **error);

G_END_DECLS
