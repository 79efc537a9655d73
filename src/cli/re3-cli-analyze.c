/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-analysis.h"
#include "re3-cli-commands.h"
#include "re3-cli-input.h"
#include "re3-cli-table.h"
#include "re3-number-format.h"
#include "re3-result-json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Regions told one by one, and neurons of their patterns; --json has all. */
#define MAX_REGIONS       20
#define MAX_PATTERN_CHARS 48

#define NONE "–"

static void
take_count (Re3CliTable *table, gsize count)
{
  re3_cli_table_take (table, re3_format_fixed ((double) count, 0));
}

static void
take_share (Re3CliTable *table, double share)
{
  re3_cli_table_take (table, isnan (share) ? g_strdup (NONE) : re3_format_percent (share, 1));
}

static void
describe_data (const Re3CliInput *input, const Re3Analysis *analysis, GString *text)
{
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lrr");
  gsize n_rows = re3_dataset_get_n_rows (input->dataset);
  gsize n_test = re3_dataset_get_n_test (input->dataset);
  Re3RegionCounts counts;

  re3_region_table_count (re3_analysis_get_region_table (analysis), &counts);

  re3_cli_table_add_row (table, "", _ ("training"), _ ("test"), NULL);
  re3_cli_table_add (table, _ ("rows"));
  take_count (table, n_rows - n_test);
  take_count (table, n_test);
  re3_cli_table_add (table, _ ("accuracy"));
  take_share (table, re3_analysis_get_train_accuracy (analysis));
  take_share (table, re3_analysis_get_test_accuracy (analysis));
  re3_cli_table_add (table, _ ("regions"));
  take_count (table, counts.train);
  take_count (table, counts.test);
  re3_cli_table_append_to (table, text);

  g_string_append_printf (text,
                          _ ("\n%zu regions in all; of those with test samples %zu are similar "
                             "(they hold training samples too), %zu dissimilar.\n"),
                          counts.all, counts.similar, counts.dissimilar);
  if (!isnan (counts.top1)) {
    g_autofree char *top1 = re3_format_percent (counts.top1, 1);
    g_autofree char *top_c = re3_format_percent (counts.top_c, 1);

    g_string_append_printf (text,
                            _ ("Coverage: %s of the test samples are in the largest region, %s in "
                               "the largest %zu.\n"),
                            top1, top_c, re3_model_get_n_classes (input->model));
  }
}

static void
describe_boundary (const Re3Analysis *analysis, GString *text)
{
  gboolean has_test_samples = re3_dataset_get_n_test (re3_analysis_get_dataset (analysis)) > 0;
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lrrrrrrrr");
  Re3Validity validities[2];

  re3_cli_table_add_row (table, "", _ ("min"), "q1", _ ("median"), "q3", _ ("max"), "eps90",
                         "eps75", "eps50", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (validities); i++) {
    const Re3Validity *validity = &validities[i];

    re3_analysis_get_validity (analysis, i == 1, &validities[i]);
    re3_cli_table_add (table, i == 0 ? _ ("exact") : _ ("paper"));
    re3_cli_table_take (table, re3_format_number (validity->min, 3));
    re3_cli_table_take (table, re3_format_number (validity->q1, 3));
    re3_cli_table_take (table, re3_format_number (validity->median, 3));
    re3_cli_table_take (table, re3_format_number (validity->q3, 3));
    re3_cli_table_take (table, re3_format_number (validity->max, 3));
    re3_cli_table_take (table, re3_format_number (validity->eps90, 3));
    re3_cli_table_take (table, re3_format_number (validity->eps75, 3));
    re3_cli_table_take (table, re3_format_number (validity->eps50, 3));
  }

  g_string_append (text,
                   has_test_samples
                       ? _ ("\nL2 boundary distance of the test samples, in the network's own "
                            "units\n\n")
                       : _ ("\nL2 boundary distance of all samples, in the network's own units"
                            "\n\n"));
  re3_cli_table_append_to (table, text);
}

static char *
shorten_pattern (const Re3RegionRow *region, const Re3Network *network)
{
  g_autofree char *pattern = re3_pattern_to_string (region->pattern, network);
  gsize length = strlen (pattern);

  if (length <= MAX_PATTERN_CHARS)
    return g_steal_pointer (&pattern);

  pattern[MAX_PATTERN_CHARS - 1] = '\0';
  return g_strconcat (pattern, "…", NULL);
}

static void
add_region (Re3CliTable *table, const Re3Model *model, const Re3RegionRow *region, gsize index)
{
  re3_cli_table_take (table, g_strdup_printf ("R%zu", index + 1));
  re3_cli_table_take (table, shorten_pattern (region, re3_model_get_network (model)));
  take_count (table, region->n_train);
  take_count (table, region->n_test);

  if (region->majority == RE3_NO_LABEL) {
    re3_cli_table_add (table, NONE);
    re3_cli_table_add (table, NONE);
    re3_cli_table_add (table, NULL);
    return;
  }
  take_share (table, region->purity);
  re3_cli_table_add (table, re3_model_get_class_name (model, (gsize) region->majority));
  re3_cli_table_add (table, region->purity < RE3_DEFAULT_PURITY_THRESHOLD ? _ ("confused") : NULL);
}

static void
describe_regions (const Re3Model *model, const Re3Analysis *analysis, GString *text)
{
  const Re3RegionTable *regions = re3_analysis_get_region_table (analysis);
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("llrrrll");
  gsize n_regions = re3_region_table_get_n_regions (regions);

  re3_cli_table_add_row (table, _ ("region"), _ ("pattern"), _ ("training"), _ ("test"),
                         _ ("purity"), _ ("majority"), "", NULL);
  for (gsize i = 0; i < MIN (n_regions, MAX_REGIONS); i++)
    add_region (table, model, re3_region_table_get_region (regions, i), i);

  g_string_append_c (text, '\n');
  re3_cli_table_append_to (table, text);
  if (n_regions > MAX_REGIONS)
    g_string_append_printf (text, _ ("  and %zu smaller ones; --json lists all\n"),
                            n_regions - MAX_REGIONS);
}

static void
describe_confusion (const Re3Model *model, const Re3Analysis *analysis, GString *text)
{
  gsize n_classes = re3_model_get_n_classes (model);
  g_autofree char *alignment = g_strnfill (n_classes + 1, 'r');
  g_autoptr (Re3CliTable) table = NULL;

  alignment[0] = 'l';
  table = re3_cli_table_new (alignment);

  re3_cli_table_add (table, _ ("true"));
  for (gsize c = 0; c < n_classes; c++)
    re3_cli_table_add (table, re3_model_get_class_name (model, c));
  for (gsize actual = 0; actual < n_classes; actual++) {
    re3_cli_table_add (table, re3_model_get_class_name (model, actual));
    for (gsize predicted = 0; predicted < n_classes; predicted++)
      take_count (table, re3_analysis_get_confusion (analysis, actual, predicted));
  }

  g_string_append (text, _ ("\nTest samples by true class (rows) and predicted class (columns)"
                            "\n\n"));
  re3_cli_table_append_to (table, text);
}

static char *
describe_analysis (const Re3CliInput *input, const Re3Analysis *analysis)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *residual = re3_format_number (re3_analysis_get_residual_max (analysis), 2);

  g_string_append_printf (text, "%s, %s\n\n", input->model_name, input->data_name);
  describe_data (input, analysis, text);
  describe_boundary (analysis, text);
  describe_regions (input->model, analysis, text);
  if (re3_dataset_has_labels (input->dataset) && re3_dataset_get_n_test (input->dataset) > 0)
    describe_confusion (input->model, analysis, text);
  g_string_append_printf (text, _ ("\nThe largest residual |A x + D − f(x)| is %s.\n"), residual);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

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
                      : describe_analysis (&input, analysis);
}
