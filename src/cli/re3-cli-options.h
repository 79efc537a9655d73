/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-boundary.h"

G_BEGIN_DECLS

/* Wrong usage of the command line. */
#define RE3_CLI_ERROR (re3_cli_error_quark ())

typedef enum {
  RE3_CLI_ERROR_USAGE,
} Re3CliError;

GQuark   re3_cli_error_quark   (void);

/**
 * Re3CliParser:
 * @context: the options of one command
 * @paths: (array zero-terminated=1): what is left when they are parsed: commands' arguments
 * @help: whether --help was asked for
 *
 * What the commands' ways to read their command line have in common.
 */
typedef struct {
  GOptionContext *context;
  GStrv paths;
  gboolean help;
} Re3CliParser;

/* @command: its name; @arguments: such as "MODEL DATA"; @summary: a line or more for --help */
void     re3_cli_parser_init   (Re3CliParser       *self,
                                const char         *command,
                                const char         *arguments,
                                const char         *summary);
void     re3_cli_parser_add    (Re3CliParser       *self,
                                const GOptionEntry *entries);
/* Parses, and checks that there are as many arguments as the command takes. @output: (out)
 * (transfer full): the help where it is asked for.
 * Returns: %FALSE if there is help or an error, so that the command is done */
gboolean re3_cli_parser_parse  (Re3CliParser       *self,
                                int                 argc,
                                char              **argv,
                                gsize               min_arguments,
                                gsize               max_arguments,
                                char              **output,
                                GError            **error);
void     re3_cli_parser_clear  (Re3CliParser       *self);

/* Numbers of options, whatever the locale. @option: its name, for messages; @text: (nullable):
 * its value, %NULL to leave @value as it is; @range: what it takes, in words. */
gboolean re3_cli_parse_number  (const char         *option,
                                const char         *text,
                                double              low,
                                double              high,
                                const char         *range,
                                double             *value,
                                GError            **error);
/* A length such as 640, 640px or 85mm, in chart units. */
gboolean re3_cli_parse_length  (const char         *option,
                                const char         *text,
                                double              low,
                                double              high,
                                const char         *range,
                                double             *units,
                                GError            **error);
/* The metric of that name, in any case. Returns: %FALSE where there is none */
gboolean re3_cli_find_metric   (const char         *name,
                                Re3Metric          *metric);
gboolean re3_cli_parse_count   (const char         *option,
                                const char         *text,
                                guint64            *value,
                                GError            **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Re3CliParser, re3_cli_parser_clear)

G_END_DECLS
