/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-analysis-text.h"
#include "re3-cli-commands.h"
#include "re3-result-json.h"

#include <glib/gi18n.h>
#include <math.h>

/* The options of the command, as texts. */
typedef struct {
  gboolean json;
  char *metric;
  char *purity_threshold;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->metric);
  g_free (self->purity_threshold);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
add_options (Options *self, Re3CliParser *parser)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print JSON, with all numbers unrounded"),
      NULL },
    { "metric", 0, 0, G_OPTION_ARG_STRING, &self->metric,
      N_ ("How distances are measured: l2, l1 or linf (l2)"), N_ ("METRIC") },
    { "purity-threshold", 0, 0, G_OPTION_ARG_STRING, &self->purity_threshold,
      N_ ("Regions of which a smaller share is of one class are confused (0.7)"), N_ ("T") },
    G_OPTION_ENTRY_NULL,
  };

  re3_cli_parser_add (parser, entries);
}

static gboolean
parse_metric (const char *text, Re3Metric *metric, GError **error)
{
  static const Re3Metric metrics[] = { RE3_METRIC_L2, RE3_METRIC_L1, RE3_METRIC_LINF };

  if (text == NULL)
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++) {
    if (g_ascii_strcasecmp (text, re3_metric_get_name (metrics[i])) == 0) {
      *metric = metrics[i];
      return TRUE;
    }
  }

  g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
               _ ("--metric is one of l2, l1, linf, not “%s”; the paper's distance is always told "
                  "beside it."),
               text);
  return FALSE;
}

static gboolean
parse_options (const Options *self, Re3ResultOptions *options, GError **error)
{
  *options = RE3_RESULT_OPTIONS_DEFAULT;

  return parse_metric (self->metric, &options->metric, error) &&
         re3_cli_parse_number ("--purity-threshold", self->purity_threshold, nextafter (0, 1), 1,
                               _ ("a number above 0 and up to 1"), &options->purity_threshold,
                               error);
}

char *
re3_cli_analyze (int argc, char **argv, GError **error)
{
  g_auto (Re3CliParser) parser = { 0 };
  g_auto (Re3CliInput) input = { 0 };
  g_auto (Options) options = { 0 };
  g_autoptr (Re3Analysis) analysis = NULL;
  Re3ResultOptions result_options;
  char *help = NULL;

  re3_cli_parser_init (&parser, "analyze", "MODEL DATA",
                       _ ("Tells how good a model is on a data set, which regions its samples are "
                          "in, and how far they are from the next region."));
  add_options (&options, &parser);
  re3_cli_input_add_options (&input, &parser);
  if (!re3_cli_parser_parse (&parser, argc, argv, 2, 2, &help, error))
    return help;
  if (!parse_options (&options, &result_options, error) ||
      !re3_cli_input_load (&input, parser.paths, error))
    return NULL;
  result_options.report = input.report;

  analysis = re3_analysis_new (input.model, input.dataset, NULL, error);
  if (analysis == NULL)
    return NULL;

  return options.json ? re3_analysis_to_json (analysis, &result_options)
                      : re3_cli_analysis_describe (&input, analysis, &result_options);
}
