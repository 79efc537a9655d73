/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-commands.h"
#include "re3-cli-input.h"
#include "re3-cli-table.h"
#include "re3-number-format.h"
#include "re3-result-json.h"

#include <glib/gi18n.h>

#define DIGITS 5

static char *
list_classes (const Re3Model *model)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize c = 0; c < re3_model_get_n_classes (model); c++)
    g_string_append_printf (list, "%s%s", c == 0 ? "" : ", ", re3_model_get_class_name (model, c));

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
describe_tests (const Re3Model *model)
{
  double worst;
  gboolean reproduced = re3_model_reproduces_tests (model, &worst);
  g_autofree char *difference = re3_format_number (worst, 2);

  if (re3_model_get_n_tests (model) == 0)
    return g_strdup (_ ("none in the file"));
  if (reproduced)
    return g_strdup_printf (_ ("%zu reproduced, the largest difference is %s"),
                            re3_model_get_n_tests (model), difference);
  return g_strdup_printf (_ ("%zu, NOT reproduced, the largest difference is %s"),
                          re3_model_get_n_tests (model), difference);
}

static void
describe_network (const Re3Model *model, GString *text)
{
  const Re3Network *network = re3_model_get_network (model);
  g_autoptr (Re3CliTable) table = re3_cli_table_new ("ll");
  gsize n_layers = re3_network_get_n_hidden_layers (network);
  gboolean is_regression = re3_model_is_regression (model);

  re3_cli_table_add (table, _ ("shape"));
  re3_cli_table_take (table, re3_network_describe_shape (network));
  re3_cli_table_add (table, _ ("hidden neurons"));
  re3_cli_table_take (table,
                      g_strdup_printf (ngettext ("%zu in %zu layer", "%zu in %zu layers", n_layers),
                                       re3_network_get_n_neurons (network), n_layers));
  re3_cli_table_add (table, _ ("parameters"));
  re3_cli_table_take (table, re3_format_fixed ((double) re3_network_get_n_parameters (network), 0));
  re3_cli_table_add (table, _ ("task"));
  re3_cli_table_add (table, is_regression ? _ ("regression") : _ ("classification"));
  re3_cli_table_add (table, is_regression ? _ ("outputs") : _ ("classes"));
  re3_cli_table_take (table, list_classes (model));
  if (re3_network_has_reference_class (network) && !re3_model_is_regression (model)) {
    /* Translators: a class. */
    re3_cli_table_add (table, _ ("reference"));
    re3_cli_table_take (table,
                        g_strdup_printf (_ ("%s: its logit is 0, to which nothing contributes"),
                                         re3_model_get_class_name (model, 0)));
  }
  re3_cli_table_add (table, _ ("tests"));
  re3_cli_table_take (table, describe_tests (model));
  re3_cli_table_append_to (table, text);
}

static void
describe_features (const Re3Model *model, GString *text)
{
  gboolean has_scaler = re3_model_has_scaler (model);
  g_autoptr (Re3CliTable) table = re3_cli_table_new (has_scaler ? "llrr" : "ll");

  if (has_scaler)
    re3_cli_table_add_row (table, _ ("feature"), _ ("unit"), _ ("mean"), _ ("scale"), NULL);
  else
    re3_cli_table_add_row (table, _ ("feature"), _ ("unit"), NULL);

  for (gsize j = 0; j < re3_model_get_n_features (model); j++) {
    re3_cli_table_add (table, re3_model_get_feature_name (model, j));
    re3_cli_table_add (table, re3_model_get_feature_unit (model, j));
    if (has_scaler) {
      re3_cli_table_take (table, re3_format_number (re3_model_get_scaler_mean (model, j), DIGITS));
      re3_cli_table_take (table, re3_format_number (re3_model_get_scaler_scale (model, j), DIGITS));
    }
  }
  re3_cli_table_append_to (table, text);
}

static void
describe_data (const Re3CliInput *input, GString *text)
{
  gsize n_rows = re3_dataset_get_n_rows (input->dataset);
  gsize n_test = re3_dataset_get_n_test (input->dataset);
  g_autofree char *report = re3_data_report_describe (input->report);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (report), "\n", -1);

  g_string_append_printf (text, _ ("\n%s: %zu rows, %zu for training and %zu for testing\n\n"),
                          input->data_name, n_rows, n_rows - n_test, n_test);
  for (gsize i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "  %s\n", lines[i]);
}

static char *
describe_input (const Re3CliInput *input)
{
  g_autoptr (GString) text = g_string_new (input->model_name);
  const char *name = re3_model_get_name (input->model);

  if (name != NULL)
    g_string_append_printf (text, ": %s", name);
  g_string_append (text, "\n\n");
  describe_network (input->model, text);
  g_string_append_c (text, '\n');
  describe_features (input->model, text);
  if (input->dataset != NULL)
    describe_data (input, text);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
re3_cli_info (int argc, char **argv, GError **error)
{
  g_auto (Re3CliParser) parser = { 0 };
  g_auto (Re3CliInput) input = { 0 };
  gboolean json = FALSE;
  char *help = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  re3_cli_parser_init (&parser, "info", "MODEL [DATA]",
                       _ ("Tells what a model is and whether it gives the answers that its file "
                          "says it gave where it was trained; with DATA also what was found in "
                          "that file, and which of its columns are read as what."));
  re3_cli_parser_add (&parser, entries);
  re3_cli_input_add_options (&input, &parser);
  if (!re3_cli_parser_parse (&parser, argc, argv, 1, 2, &help, error))
    return help;
  if (!re3_cli_input_load (&input, parser.paths, error))
    return NULL;

  return json ? re3_info_to_json (input.model, input.dataset, input.report)
              : describe_input (&input);
}
