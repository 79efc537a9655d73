/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-baseline.h"
#include "re3-cli-commands.h"
#include "re3-cli-input.h"
#include "re3-cli-table.h"
#include "re3-dataset.h"
#include "re3-number-format.h"
#include "re3-result-json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

#define DIGITS      4
#define MAX_NEURONS 12

static void
describe_row (const Re3CliInput *input, const Re3CliSample *sample, GString *text)
{
  const Re3Model *model = input->model;
  guint line = re3_dataset_get_line (input->dataset, sample->row);
  int label = re3_dataset_get_label (input->dataset, sample->row);

  g_string_append_printf (text, _ ("%s, row %zu of %s"), input->model_name, sample->row,
                          input->data_name);
  if (line > 0)
    g_string_append_printf (text, _ (" (line %u)"), line);
  g_string_append (text, re3_dataset_is_test (input->dataset, sample->row) ? _ (", for testing")
                                                                           : _ (", for training"));
  if (!isnan (re3_dataset_get_target (input->dataset, sample->row))) {
    g_autofree char *target =
        re3_format_with_unit (re3_dataset_get_target (input->dataset, sample->row), DIGITS,
                              re3_model_get_output_unit (model, 0));

    g_string_append_printf (text, _ (", truly %s"), target);
  }
  if (label != RE3_NO_LABEL)
    g_string_append_printf (text, _ (", truly %s"),
                            re3_model_get_class_name (model, (gsize) label));
  if (sample->n_edits > 0)
    g_string_append (text, _ (", edited"));
  g_string_append_c (text, '\n');
}

static void
describe_classes (const Re3CliInput *input, const Re3CliSample *sample, GString *text)
{
  const Re3Explanation *explanation = sample->explanation;
  gsize n_classes = re3_model_get_n_classes (input->model);
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lrrl");
  int decimals = re3_cli_fit_decimals (explanation->forward->logits, n_classes, DIGITS);

  re3_cli_table_add_row (table, _ ("class"), _ ("logit"), _ ("probability"), "", NULL);
  for (gsize c = 0; c < n_classes; c++) {
    re3_cli_table_add (table, re3_model_get_class_name (input->model, c));
    re3_cli_table_take (table, re3_format_fixed (explanation->forward->logits[c], decimals));
    re3_cli_table_take (table, re3_format_percent (explanation->probabilities[c], 2));
    re3_cli_table_add (table, c == explanation->prediction ? _ ("predicted") : NULL);
  }

  g_string_append_c (text, '\n');
  re3_cli_table_append_to (table, text);
}

static void
describe_outputs (const Re3CliInput *input, const Re3CliSample *sample, GString *text)
{
  const double *outputs = sample->explanation->forward->logits;
  gsize n = re3_model_get_n_classes (input->model);
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lr");

  re3_cli_table_add_row (table, _ ("output"), _ ("value"), NULL);
  for (gsize i = 0; i < n; i++) {
    re3_cli_table_add (table, re3_model_get_class_name (input->model, i));
    re3_cli_table_take (table, re3_format_with_unit (outputs[i], DIGITS,
                                                     re3_model_get_output_unit (input->model, i)));
  }

  g_string_append_c (text, '\n');
  re3_cli_table_append_to (table, text);
}

static char *
format_interval (const Re3Explanation *explanation, gsize feature)
{
  g_autofree char *low = re3_format_number (explanation->low[feature], DIGITS);
  g_autofree char *high = re3_format_number (explanation->high[feature], DIGITS);

  return g_strdup_printf (_ ("%s to %s"), low, high);
}

/* (transfer full) */
static char *
format_value (const Re3CliInput *input, const Re3CliSample *sample, gsize feature)
{
  g_autofree char *value =
      re3_format_with_unit (sample->explanation->values[feature], DIGITS,
                            re3_model_get_feature_unit (input->model, feature));

  for (guint i = 0; i < sample->filled->len; i++) {
    if (g_array_index (sample->filled, gsize, i) == feature)
      /* Translators: a value that was missing and is the training mean now. */
      return g_strdup_printf (_ ("%s (filled)"), value);
  }

  return g_steal_pointer (&value);
}

/* What the column “path” is. */
static void
append_path_note (const Re3CliInput *input, const Re3Baseline *baseline, GString *text)
{
  if (baseline != NULL)
    g_string_append_printf (text,
                            re3_model_is_regression (input->model)
                                ? _ ("\n“Path” adds up to the change of the output from %s.\n")
                                : _ ("\n“Path” adds up to the change of p from %s.\n"),
                            baseline->name);
  else if (re3_model_is_regression (input->model))
    g_string_append (text, _ ("\n“Path” adds up to the change of the output from the input 0, in "
                              "the network's own units.\n"));
  else
    g_string_append (text, _ ("\n“Path” adds up to the change of p from the input 0, in the "
                              "network's own units.\n"));
  if (!re3_model_is_regression (input->model))
    g_string_append (text, _ ("“Linearised” is the slope of p here times the input and does not "
                              "add up to p.\n"));
}

static void
describe_contributions (const Re3CliInput *input,
                        const Re3CliSample *sample,
                        const Re3Baseline *baseline,
                        GString *text)
{
  const Re3Explanation *explanation = sample->explanation;
  gsize class_index = sample->class_index;
  gsize n_features = re3_model_get_n_features (input->model);
  double logit = explanation->forward->logits[class_index];
  g_autofree double *to_logit = re3_explanation_logit_contributions (explanation, class_index);
  g_autofree double *to_probability =
      re3_explanation_probability_contributions (explanation, class_index);
  g_autofree double *path =
      baseline != NULL ? re3_explanation_contributions_from (explanation, baseline->explanation,
                                                             class_index, RE3_CONTRIBUTION_PATH)
                       : re3_explanation_path_contributions (explanation, class_index);
  int decimals = MAX (re3_cli_fit_decimals (to_logit, n_features, DIGITS),
                      re3_cli_fit_decimals (&logit, 1, DIGITS));
  gboolean is_regression = re3_model_is_regression (input->model);
  g_autoptr (Re3CliTable) table = re3_cli_table_new (is_regression ? "lrrrr" : "lrrrrr");

  if (is_regression)
    re3_cli_table_add_row (table, _ ("feature"), _ ("value"), _ ("to the output"), _ ("path"),
                           _ ("same region"), NULL);
  else
    re3_cli_table_add_row (table, _ ("feature"), _ ("value"), _ ("to the logit"),
                           _ ("to p, linearised"), _ ("to p, path"), _ ("same region"), NULL);
  for (gsize j = 0; j < n_features; j++) {
    re3_cli_table_add (table, re3_model_get_feature_name (input->model, j));
    re3_cli_table_take (table, format_value (input, sample, j));
    re3_cli_table_take (table, re3_format_fixed (to_logit[j], decimals));
    if (!is_regression)
      re3_cli_table_take (table, re3_format_fixed (to_probability[j], DIGITS));
    re3_cli_table_take (table, re3_format_fixed (path[j], DIGITS));
    re3_cli_table_take (table, format_interval (explanation, j));
  }
  re3_cli_table_add_row (table, _ ("base"), "", NULL);
  re3_cli_table_take (table, re3_format_fixed (explanation->region->D[class_index], decimals));
  re3_cli_table_add_row (table, "", "", is_regression ? NULL : "", NULL);
  re3_cli_table_add_row (table, is_regression ? _ ("output") : _ ("logit"), "", NULL);
  re3_cli_table_take (table, re3_format_fixed (logit, decimals));
  re3_cli_table_add_row (table, "", "", is_regression ? NULL : "", NULL);

  g_string_append_printf (text, _ ("\nContributions to %s\n\n"),
                          re3_model_get_class_name (input->model, class_index));
  re3_cli_table_append_to (table, text);
  append_path_note (input, baseline, text);
}

static void
add_distance (Re3CliTable *table,
              const char *name,
              double distance,
              gsize neuron,
              const Re3Network *network)
{
  re3_cli_table_add (table, name);
  re3_cli_table_take (table, re3_format_number (distance, DIGITS));
  re3_cli_table_take (table,
                      neuron == RE3_NO_NEURON ? g_strdup ("") : re3_name_neuron (network, neuron));
}

static void
describe_region (const Re3CliInput *input, const Re3Explanation *explanation, GString *text)
{
  const Re3Network *network = re3_model_get_network (input->model);
  const Re3Boundary *boundary = &explanation->boundary;
  g_autofree char *pattern = re3_pattern_to_string (explanation->region->pattern, network);
  g_autofree char *residual = re3_format_number (explanation->residual, 2);
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lrl");

  g_string_append_printf (text, _ ("\nRegion %s\nResidual |A x + D − f(x)| %s\n"), pattern,
                          residual);
  if (boundary->n_undecided > 0)
    g_string_append_printf (
        text,
        ngettext ("%zu neuron is too near to its hyperplane to tell its side.\n",
                  "%zu neurons are too near to their hyperplanes to tell their "
                  "sides.\n",
                  boundary->n_undecided),
        boundary->n_undecided);

  g_string_append (text, _ ("\nDistance to the next region, in the network's own units\n\n"));
  re3_cli_table_add_row (table, _ ("norm"), _ ("distance"), _ ("neuron"), NULL);
  add_distance (table, "L2", boundary->l2, boundary->neuron, network);
  add_distance (table, "L1", boundary->l1, boundary->neuron_l1, network);
  add_distance (table, "L∞", boundary->linf, boundary->neuron_linf, network);
  add_distance (table, _ ("paper"), boundary->paper, boundary->neuron_paper, network);
  re3_cli_table_append_to (table, text);
}

static int
compare_sizes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const double *contributions = user_data;
  gsize i = *(const gsize *) a;
  gsize j = *(const gsize *) b;
  double size_i = fabs (contributions[i]);
  double size_j = fabs (contributions[j]);

  return size_i != size_j ? (size_i < size_j) - (size_i > size_j) : (i > j) - (i < j);
}

static void
describe_neurons (const Re3CliInput *input, const Re3CliSample *sample, GString *text)
{
  const Re3Network *network = re3_model_get_network (input->model);
  gsize n_neurons = re3_network_get_n_neurons (network);
  gsize n_shown = MIN (n_neurons, MAX_NEURONS);
  g_autofree double *contributions =
      re3_explanation_neuron_contributions (sample->explanation, sample->class_index);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("lrr");
  int decimals = re3_cli_fit_decimals (contributions, n_neurons, DIGITS);

  if (n_neurons == 0)
    return;

  for (gsize neuron = 0; neuron < n_neurons; neuron++)
    g_array_append_val (order, neuron);
  g_array_sort_with_data (order, compare_sizes, contributions);

  re3_cli_table_add_row (table, _ ("neuron"), _ ("activation"), _ ("to the logit"), NULL);
  for (gsize i = 0; i < n_shown; i++) {
    gsize neuron = g_array_index (order, gsize, i);

    re3_cli_table_take (table, re3_name_neuron (network, neuron));
    re3_cli_table_take (table, re3_format_number (sample->explanation->forward->activations[neuron],
                                                  DIGITS));
    re3_cli_table_take (table, re3_format_fixed (contributions[neuron], decimals));
  }

  g_string_append_c (text, '\n');
  re3_cli_table_append_to (table, text);
  if (n_shown < n_neurons)
    g_string_append_printf (text, _ ("  and %zu that contribute no more; --json lists all\n"),
                            n_neurons - n_shown);
}

static char *
describe_sample (const Re3CliInput *input, const Re3CliSample *sample, const Re3Baseline *baseline)
{
  g_autoptr (GString) text = g_string_new (NULL);

  describe_row (input, sample, text);
  if (re3_model_is_regression (input->model))
    describe_outputs (input, sample, text);
  else
    describe_classes (input, sample, text);
  describe_contributions (input, sample, baseline, text);
  describe_region (input, sample->explanation, text);
  describe_neurons (input, sample, text);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct {
  char *row;
  char *class_text;
  char **edits;
  char *baseline;
  gboolean json;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->row, g_free);
  g_clear_pointer (&self->class_text, g_free);
  g_clear_pointer (&self->edits, g_strfreev);
  g_clear_pointer (&self->baseline, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

char *
re3_cli_explain (int argc, char **argv, GError **error)
{
  g_auto (Re3CliParser) parser = { 0 };
  g_auto (Re3CliInput) input = { 0 };
  g_auto (Re3CliSample) sample = { 0 };
  g_auto (Options) options = { 0 };
  g_autoptr (Re3Baseline) baseline = NULL;
  char *help = NULL;
  const GOptionEntry entries[] = {
    { "row", 0, 0, G_OPTION_ARG_STRING, &options.row, N_ ("The data row, from 0"), N_ ("N") },
    { "class", 0, 0, G_OPTION_ARG_STRING, &options.class_text,
      N_ ("The class to explain, by name or by number from 0 (the predicted one)"), N_ ("C") },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.edits,
      N_ ("What if the feature had this value, in original units; may be repeated"),
      N_ ("FEATURE=VALUE") },
    { "baseline", 0, 0, G_OPTION_ARG_STRING, &options.baseline,
      N_ ("Where the path starts: mean, of the training rows, zero of all features in original "
          "units, or a data row (the input 0 in the network's own units)"),
      N_ ("B") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print JSON, with all numbers unrounded"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  re3_cli_parser_init (
      &parser, "explain", "MODEL DATA --row N",
      _ ("Tells why the model answers as it does for one row: the affine map that it is there, "
         "what each feature and neuron contributes, and how far the row is from the next region.\n"
         "Rows, layers and neurons are counted from 0. Rows that are skipped do not count; those "
         "of "
         "a test file follow those of DATA."));
  re3_cli_parser_add (&parser, entries);
  re3_cli_input_add_options (&input, &parser);
  if (!re3_cli_parser_parse (&parser, argc, argv, 2, 2, &help, error))
    return help;
  if (options.row == NULL) {
    g_set_error_literal (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                         _ ("--row N is missing: the data row, from 0."));
    return NULL;
  }

  if (!re3_cli_input_load (&input, parser.paths, error) ||
      !re3_cli_sample_init (&sample, &input, options.row, options.class_text,
                            (const char *const *) options.edits, error))
    return NULL;

  if (options.baseline != NULL) {
    baseline = re3_cli_baseline_new (&input, options.baseline, error);
    if (baseline == NULL)
      return NULL;
  }

  if (!options.json)
    return describe_sample (&input, &sample, baseline);

  return re3_explanation_to_json (sample.explanation, sample.class_index, baseline, sample.row,
                                  re3_dataset_get_label (input.dataset, sample.row),
                                  re3_dataset_get_target (input.dataset, sample.row),
                                  sample.filled);
}
