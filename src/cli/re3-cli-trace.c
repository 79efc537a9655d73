/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-commands.h"
#include "re3-cli-input.h"
#include "re3-cli-table.h"
#include "re3-number-format.h"
#include "re3-response.h"
#include "re3-result-json.h"

#include <glib/gi18n.h>
#include <math.h>

#define DIGITS 4

/* So many switched neurons are named one by one. */
#define MAX_NAMED_NEURONS 6

typedef struct {
  char *row;
  char *feature;
  char *class_text;
  char *from;
  char *to;
  char **edits;
  gboolean json;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->row, g_free);
  g_clear_pointer (&self->feature, g_free);
  g_clear_pointer (&self->class_text, g_free);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->edits, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
describe_pieces (const Re3CliInput *input,
                 const Re3CliSample *sample,
                 const Re3Response *response,
                 GString *text)
{
  const Re3Network *network = re3_model_get_network (input->model);
  gboolean is_regression = re3_model_is_regression (input->model);
  g_autofree double *logits = g_new (double, response->n_classes);
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("rrrrl");

  re3_cli_table_add_row (table, _ ("from"), _ ("to"),
                         is_regression ? _ ("output at the start") : _ ("logit at the start"),
                         _ ("slope"), _ ("switches at the start"), NULL);
  for (gsize i = 0; i < response->n_pieces; i++) {
    const Re3ResponsePiece *piece = &response->pieces[i];

    re3_response_get_logits (response, piece->from, logits);
    re3_cli_table_take (table, re3_format_number (piece->from, DIGITS));
    re3_cli_table_take (table, re3_format_number (piece->to, DIGITS));
    re3_cli_table_take (table, re3_format_number (logits[sample->class_index], DIGITS));
    re3_cli_table_take (table, re3_format_signed (piece->slope[sample->class_index], DIGITS));
    re3_cli_table_take (table, i == 0 ? g_strdup ("")
                                      : re3_name_switches (network, piece[-1].pattern,
                                                           piece->pattern, MAX_NAMED_NEURONS));
  }

  g_string_append_printf (text,
                          is_regression ? _ ("\nOutput %s, piece by piece\n\n")
                                        : _ ("\nLogit of %s, piece by piece\n\n"),
                          re3_model_get_class_name (input->model, sample->class_index));
  re3_cli_table_append_to (table, text);
}

static void
describe_predictions (const Re3CliInput *input, const Re3Response *response, GString *text)
{
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("rrl");

  re3_cli_table_add_row (table, _ ("from"), _ ("to"), _ ("predicted"), NULL);
  for (gsize i = 0; i < response->n_stretches; i++) {
    const Re3ResponseStretch *stretch = &response->stretches[i];

    re3_cli_table_take (table, re3_format_number (stretch->from, DIGITS));
    re3_cli_table_take (table, re3_format_number (stretch->to, DIGITS));
    re3_cli_table_add (table, re3_model_get_class_name (input->model, stretch->class_index));
  }

  g_string_append_c (text, '\n');
  re3_cli_table_append_to (table, text);
}

static char *
describe_response (const Re3CliInput *input,
                   const Re3CliSample *sample,
                   const Re3Response *response)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize feature = response->feature;
  g_autofree char *value =
      re3_format_with_unit (sample->explanation->values[feature], DIGITS,
                            re3_model_get_feature_unit (input->model, feature));

  /* Translators: a model, a row, a data set, a feature and its value. */
  g_string_append_printf (text, _ ("%s, row %zu of %s: %s = %s, all other features as they are\n"),
                          input->model_name, sample->row, input->data_name,
                          re3_model_get_feature_name (input->model, feature), value);
  if (!re3_model_is_regression (input->model))
    describe_predictions (input, response, text);
  describe_pieces (input, sample, response, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The range of the data and of the sample, or what is asked for. */
static gboolean
parse_range (const Options *options,
             const Re3CliInput *input,
             const Re3CliSample *sample,
             gsize feature,
             double *from,
             double *to,
             GError **error)
{
  const char *range = _ ("a finite number");
  double value = sample->explanation->values[feature];

  re3_dataset_get_range (input->dataset, feature, from, to);
  *from = MIN (*from, value);
  *to = MAX (*to, value);
  if (!re3_cli_parse_number ("--from", options->from, -G_MAXDOUBLE, G_MAXDOUBLE, range, from,
                             error) ||
      !re3_cli_parse_number ("--to", options->to, -G_MAXDOUBLE, G_MAXDOUBLE, range, to, error))
    return FALSE;

  if (*from < *to && isfinite (*to - *from))
    return TRUE;
  if (options->from == NULL && options->to == NULL)
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                 _ ("%s is %g in all rows: tell how far it is to move with --from A --to B."),
                 re3_model_get_feature_name (input->model, feature), value);
  else
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                 _ ("--from %g is not below --to %g, or the two are too far apart."), *from, *to);
  return FALSE;
}

char *
re3_cli_trace (int argc, char **argv, GError **error)
{
  g_auto (Re3CliParser) parser = { 0 };
  g_auto (Re3CliInput) input = { 0 };
  g_auto (Re3CliSample) sample = { 0 };
  g_auto (Options) options = { 0 };
  g_autoptr (Re3Response) response = NULL;
  gsize feature;
  double from;
  double to;
  char *help = NULL;
  const GOptionEntry entries[] = {
    { "row", 0, 0, G_OPTION_ARG_STRING, &options.row, N_ ("The data row, from 0"), N_ ("N") },
    { "feature", 0, 0, G_OPTION_ARG_STRING, &options.feature, N_ ("The feature that moves"),
      N_ ("F") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from,
      N_ ("Its lowest value, in original units (the lowest of the data)"), N_ ("A") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("Its highest value (that of the data)"),
      N_ ("B") },
    { "class", 0, 0, G_OPTION_ARG_STRING, &options.class_text,
      N_ ("The class whose logit is told, by name or by number from 0 (the predicted one)"),
      N_ ("C") },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.edits,
      N_ ("What if the feature had this value, in original units; may be repeated"),
      N_ ("FEATURE=VALUE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print JSON, with all numbers unrounded"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  re3_cli_parser_init (&parser, "trace", "MODEL DATA --row N --feature F",
                       _ ("Tells what the model answers while one feature of a row moves and all "
                          "others stay: every piece on which the logits are straight lines, and "
                          "the neurons that switch between two."));
  re3_cli_parser_add (&parser, entries);
  re3_cli_input_add_options (&input, &parser);
  if (!re3_cli_parser_parse (&parser, argc, argv, 2, 2, &help, error))
    return help;
  if (options.row == NULL || options.feature == NULL) {
    g_set_error_literal (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                         options.row == NULL
                             ? _ ("--row N is missing: the data row, from 0.")
                             : _ ("--feature F is missing: the feature that moves."));
    return NULL;
  }

  if (!re3_cli_input_load (&input, parser.paths, error) ||
      !re3_cli_sample_init (&sample, &input, options.row, options.class_text,
                            (const char *const *) options.edits, error) ||
      !re3_cli_input_find_feature (&input, options.feature, &feature, error) ||
      !parse_range (&options, &input, &sample, feature, &from, &to, error))
    return NULL;

  response = re3_response_new (sample.explanation, feature, from, to);
  return options.json ? re3_response_to_json (response, input.model)
                      : describe_response (&input, &sample, response);
}
