/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-commands.h"
#include "re3-cli-constraints.h"
#include "re3-cli-input.h"
#include "re3-cli-interrupt.h"
#include "re3-cli-table.h"
#include "re3-number-format.h"
#include "re3-result-json.h"

#include <glib/gi18n.h>
#include <math.h>

#define DIGITS 4

typedef struct {
  char *row;
  char *class_text;
  char *metric;
  char *units;
  char *max_regions;
  char **edits;
  gboolean json;
  Re3CliConstraints constraints;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->row, g_free);
  g_clear_pointer (&self->class_text, g_free);
  g_clear_pointer (&self->metric, g_free);
  g_clear_pointer (&self->units, g_free);
  g_clear_pointer (&self->max_regions, g_free);
  g_clear_pointer (&self->edits, g_strfreev);
  re3_cli_constraints_clear (&self->constraints);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
options_add (Options *self, Re3CliParser *parser)
{
  const GOptionEntry entries[] = {
    { "row", 0, 0, G_OPTION_ARG_STRING, &self->row, N_ ("The data row, from 0"), N_ ("N") },
    { "class", 0, 0, G_OPTION_ARG_STRING, &self->class_text,
      N_ ("The class to be predicted, by name or by number from 0 (any but the predicted one)"),
      N_ ("C") },
    { "metric", 0, 0, G_OPTION_ARG_STRING, &self->metric,
      N_ ("How the distance is measured: l2, l1 or linf (l2)"), N_ ("METRIC") },
    { "units", 0, 0, G_OPTION_ARG_STRING, &self->units,
      N_ ("In which units: scaled or original (scaled): the network's, or those of the data"),
      N_ ("UNITS") },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->edits,
      N_ ("What if the feature had this value, in original units; may be repeated"),
      N_ ("FEATURE=VALUE") },
    { "max-regions", 0, 0, G_OPTION_ARG_STRING, &self->max_regions,
      N_ ("Look into so many regions at most (as many as it takes)"), N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print JSON, with all numbers unrounded"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  re3_cli_parser_add (parser, entries);
  re3_cli_constraints_add_options (&self->constraints, parser);
}

static gboolean
parse_metric (const char *text, Re3Metric *metric, GError **error)
{
  *metric = RE3_METRIC_L2;
  if (text == NULL || (re3_cli_find_metric (text, metric) && *metric != RE3_METRIC_PAPER))
    return TRUE;

  g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
               _ ("--metric is one of l2, l1, linf, not “%s”."), text);
  return FALSE;
}

static gboolean
parse_units (const char *text, Re3Units *units, GError **error)
{
  *units = g_strcmp0 (text, "original") == 0 ? RE3_UNITS_ORIGINAL : RE3_UNITS_SCALED;
  if (text == NULL || *units == RE3_UNITS_ORIGINAL || g_str_equal (text, "scaled"))
    return TRUE;

  g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
               _ ("--units is “scaled” or “original”, not “%s”."), text);
  return FALSE;
}

/* What can be read before the model is. */
static gboolean
parse_options (const Options *self, Re3CounterfactualOptions *options, GError **error)
{
  guint64 max_regions = 0;

  *options = RE3_COUNTERFACTUAL_OPTIONS_DEFAULT;
  if (self->row == NULL) {
    g_set_error_literal (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                         _ ("--row N is missing: the data row, from 0."));
    return FALSE;
  }
  if (!parse_metric (self->metric, &options->metric, error) ||
      !parse_units (self->units, &options->units, error) ||
      !re3_cli_parse_count ("--max-regions", self->max_regions, &max_regions, error))
    return FALSE;
  options->max_regions = (gsize) MIN (max_regions, G_MAXSIZE);

  return TRUE;
}

static void
describe_proof (const Re3Counterfactual *found, GString *text)
{
  g_autofree char *bound = re3_format_number (found->lower_bound, DIGITS);

  if (found->proven)
    g_string_append (text, found->found ? _ ("Proven: there is none nearer.\n")
                                        : _ ("Proven: there is none within the constraints.\n"));
  else
    g_string_append_printf (text, _ ("Not proven: there is none nearer than %s.\n"), bound);
  g_string_append_printf (text,
                          ngettext ("%zu region was looked into.\n",
                                    "%zu regions were looked into.\n", found->regions_opened),
                          found->regions_opened);
}

static void
add_value (Re3CliTable *table, const Re3Model *model, gsize feature, double from, double to)
{
  const char *unit = re3_model_get_feature_unit (model, feature);

  re3_cli_table_add (table, re3_model_get_feature_name (model, feature));
  re3_cli_table_take (table, re3_format_with_unit (from, DIGITS, unit));
  re3_cli_table_take (table, re3_format_with_unit (to, DIGITS, unit));
  re3_cli_table_take (table, re3_format_signed (to - from, DIGITS));
}

static void
add_choice (Re3CliTable *table, const Re3FeatureGroup *group, const double *from, const double *to)
{
  const char *before = re3_feature_group_get_choice_name (group, from);

  re3_cli_table_add (table, group->name);
  re3_cli_table_add (table, before != NULL ? before : _ ("not one choice"));
  re3_cli_table_add (table, re3_feature_group_get_choice_name (group, to));
  re3_cli_table_add (table, "");
}

static void
describe_changes (const Re3CliInput *input,
                  const Re3CliSample *sample,
                  const Re3Counterfactual *found,
                  GString *text)
{
  const double *values = sample->explanation->values;
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lrrr");
  g_autoptr (GArray) changes =
      re3_counterfactual_list_changes (found, re3_model_get_groups (input->model));

  if (changes->len == 0)
    return;

  re3_cli_table_add_row (table, _ ("feature"), _ ("from"), _ ("to"), _ ("change"), NULL);
  for (guint i = 0; i < changes->len; i++) {
    const Re3CounterfactualChange *change = &g_array_index (changes, Re3CounterfactualChange, i);

    if (change->group != NULL)
      add_choice (table, change->group, values, found->values);
    else
      add_value (table, input->model, change->feature, values[change->feature],
                 found->values[change->feature]);
  }
  g_string_append_c (text, '\n');
  re3_cli_table_append_to (table, text);
}

static char *
describe_counterfactual (const Re3CliInput *input,
                         const Re3CliSample *sample,
                         const Re3CounterfactualOptions *options,
                         const Re3Counterfactual *found)
{
  static const char *const names[] = { "L2", "L1", "L∞" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *distance = re3_format_number (found->distance, DIGITS);
  const char *prediction = re3_model_get_class_name (input->model, sample->explanation->prediction);

  /* Translators: a model, a row, a data set and a class. */
  g_string_append_printf (text, _ ("%s, row %zu of %s, predicted %s\n"), input->model_name,
                          sample->row, input->data_name, prediction);
  if (!found->found)
    g_string_append (text, _ ("No input of the class was found.\n"));
  else if (options->units == RE3_UNITS_SCALED)
    /* Translators: a class, a distance and its norm, such as L2. */
    g_string_append_printf (text,
                            _ ("The nearest input of %s is %s away (%s, in the network's own "
                               "units).\n"),
                            re3_model_get_class_name (input->model, found->class_index), distance,
                            names[options->metric]);
  else
    g_string_append_printf (text,
                            _ ("The nearest input of %s is %s away (%s, in original units).\n"),
                            re3_model_get_class_name (input->model, found->class_index), distance,
                            names[options->metric]);
  describe_proof (found, text);
  if (found->groups_kept)
    g_string_append_printf (text,
                            _ ("One-hot groups of features were kept as they are: together they "
                               "have more than %d choices.\n"),
                            RE3_COUNTERFACTUAL_MAX_CHOICES);
  describe_changes (input, sample, found, text);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
go_on (gsize done, gsize total, gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

/* (transfer full) (nullable) */
static char *
run (Re3CliInput *input,
     GStrv paths,
     Options *options,
     Re3CounterfactualOptions *asked,
     GError **error)
{
  const Re3Monitor monitor = { .report = go_on, .user_data = input->cancellable };
  g_auto (Re3CliSample) sample = { 0 };
  g_autoptr (Re3Counterfactual) found = NULL;

  if (!re3_cli_input_load (input, paths, error) ||
      !re3_cli_sample_init (&sample, input, options->row, NULL,
                            (const char *const *) options->edits, error) ||
      (options->class_text != NULL &&
       !re3_cli_input_find_class (input, options->class_text, &asked->target, error)) ||
      !re3_cli_constraints_parse (&options->constraints, input, asked, error))
    return NULL;

  found = re3_counterfactual_new (input->model, sample.explanation->values, asked, &monitor, error);
  if (found == NULL)
    return NULL;
  if (found->stopped)
    g_printerr (_ ("re3-cli: note: the search was stopped; this is the best so far.\n"));

  return options->json
             ? re3_counterfactual_to_json (found, input->model, sample.explanation->values)
             : describe_counterfactual (input, &sample, asked, found);
}

char *
re3_cli_counterfactual (int argc, char **argv, GError **error)
{
  g_auto (Re3CliParser) parser = { 0 };
  g_auto (Re3CliInput) input = { 0 };
  g_auto (Options) options = { 0 };
  g_autoptr (GCancellable) cancellable = NULL;
  Re3CounterfactualOptions asked;
  char *output = NULL;

  re3_cli_parser_init (
      &parser, "counterfactual", "MODEL DATA --row N",
      _ ("Finds the nearest input that the model takes for another class, within constraints, and "
         "proves that there is none nearer. On the boundary itself both classes are equal: the "
         "input is the least step beyond it with which the model predicts the other one.\n"
         "Ctrl+C ends the search with the best so far."));
  options_add (&options, &parser);
  re3_cli_input_add_options (&input, &parser);
  if (!re3_cli_parser_parse (&parser, argc, argv, 2, 2, &output, error))
    return output;
  if (!parse_options (&options, &asked, error))
    return NULL;

  cancellable = re3_cli_interrupt_watch ();
  input.cancellable = cancellable;
  output = run (&input, parser.paths, &options, &asked, error);
  if (output == NULL && g_cancellable_is_cancelled (cancellable)) {
    g_clear_error (error);
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                         _ ("The command was stopped before it had begun to search."));
  }
  re3_cli_interrupt_release ();

  return output;
}
