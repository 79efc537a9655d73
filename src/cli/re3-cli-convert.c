/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-commands.h"
#include "re3-cli-options.h"
#include "re3-model-file.h"

#include <glib/gi18n.h>

char *
re3_cli_convert (int argc, char **argv, GError **error)
{
  g_auto (Re3CliParser) parser = { 0 };
  g_autofree char *output_path = NULL;
  g_autoptr (GFile) input = NULL;
  g_autoptr (GFile) output = NULL;
  g_autoptr (Re3Model) model = NULL;
  char *help = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_path,
      N_ ("The file to write; its name ends in .json or .onnx"), N_ ("OUT") },
    G_OPTION_ENTRY_NULL,
  };

  re3_cli_parser_init (&parser, "convert", "MODEL -o OUT",
                       _ ("Writes the model as Re3 JSON or ONNX, with the layers that need no "
                          "other: linear ones that follow each other are one."));
  re3_cli_parser_add (&parser, entries);
  if (!re3_cli_parser_parse (&parser, argc, argv, 1, 1, &help, error))
    return help;
  if (output_path == NULL) {
    g_set_error_literal (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                         _ ("-o OUT is missing: the file to write."));
    return NULL;
  }

  input = g_file_new_for_commandline_arg (parser.paths[0]);
  output = g_file_new_for_commandline_arg (output_path);
  model = re3_model_file_read (input, NULL, error);
  if (model == NULL || !re3_model_file_write (model, output, error))
    return NULL;

  return g_strdup ("");
}
