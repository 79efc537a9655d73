/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-analysis-csv.h"
#include "re3-cli-analysis-text.h"
#include "re3-cli-commands.h"
#include "re3-cli-interrupt.h"
#include "re3-cli-progress.h"
#include "re3-result-json.h"

#include <glib/gi18n.h>
#include <math.h>

/* The options of the command, as texts. */
typedef struct {
  gboolean json;
  char *csv;
  char *metric;
  char *purity_threshold;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->csv);
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
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &self->csv,
      N_ ("Write each table as a CSV file into this folder too"), N_ ("DIR") },
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
  if (text == NULL || (re3_cli_find_metric (text, metric) && *metric != RE3_METRIC_PAPER))
    return TRUE;

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

static Re3Analysis *
analyze (const Re3CliInput *input, GError **error)
{
  g_auto (Re3CliProgress) progress = { 0 };

  re3_cli_progress_init (&progress, input->cancellable, re3_dataset_get_n_rows (input->dataset));

  return re3_analysis_new (input->model, input->dataset, &progress.monitor, error);
}

static gboolean
write_csv (const Re3Analysis *analysis,
           const Re3ResultOptions *options,
           const char *path,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_commandline_arg (path);
  g_auto (Re3CliProgress) progress = { 0 };

  re3_cli_progress_init (&progress, cancellable, 0);

  return re3_analysis_write_csv (analysis, options, folder, &progress.monitor, error);
}

/* (transfer full) (nullable) */
static char *
run (Re3CliInput *input,
     GStrv paths,
     const Options *options,
     Re3ResultOptions *result_options,
     GError **error)
{
  g_autoptr (Re3Analysis) analysis = NULL;
  g_autofree char *output = NULL;

  if (!re3_cli_input_load (input, paths, error))
    return NULL;
  result_options->report = input->report;
  result_options->scaler_is_fitted = input->scaler_is_fitted;

  analysis = analyze (input, error);
  if (analysis == NULL)
    return NULL;

  /* Before the tables, so that nothing can stop the command when these are written. */
  output = options->json ? re3_analysis_to_json (analysis, result_options)
                         : re3_cli_analysis_describe (input, analysis, result_options);
  if (options->csv != NULL &&
      !write_csv (analysis, result_options, options->csv, input->cancellable, error))
    return NULL;

  return g_steal_pointer (&output);
}

char *
re3_cli_analyze (int argc, char **argv, GError **error)
{
  g_auto (Re3CliParser) parser = { 0 };
  g_auto (Re3CliInput) input = { 0 };
  g_auto (Options) options = { 0 };
  g_autoptr (GCancellable) cancellable = NULL;
  Re3ResultOptions result_options;
  char *output = NULL;

  re3_cli_parser_init (&parser, "analyze", "MODEL DATA",
                       _ ("Tells how good a model is on a data set, which regions its samples are "
                          "in, how far they\nare from the next region, and which features and "
                          "neurons its answers hang on."));
  add_options (&options, &parser);
  re3_cli_input_add_options (&input, &parser);
  if (!re3_cli_parser_parse (&parser, argc, argv, 2, 2, &output, error))
    return output;
  if (!parse_options (&options, &result_options, error))
    return NULL;

  cancellable = re3_cli_interrupt_watch ();
  input.cancellable = cancellable;
  output = run (&input, parser.paths, &options, &result_options, error);
  if (output == NULL && g_cancellable_is_cancelled (cancellable)) {
    g_clear_error (error);
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                         _ ("The analysis was stopped; nothing was written."));
  }
  re3_cli_interrupt_release ();

  return output;
}
