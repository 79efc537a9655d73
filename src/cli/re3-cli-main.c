/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-commands.h"
#include "re3-cli-options.h"
#include "re3-figures.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* What the program answers to its caller. */
enum {
  EXIT_OK = 0,
  EXIT_FAULT = 1, /* a file, or what was asked of it, is at fault */
  EXIT_USAGE = 2,
};

static const struct {
  const char *name;
  const char *arguments;
  const char *summary;
  char *(*run) (int argc, char **argv, GError **error);
} commands[] = {
  { "info", "MODEL [DATA]", N_ ("tell what a model is, and how a data set is read for it"),
    re3_cli_info },
  { "analyze", "MODEL DATA", N_ ("accuracy, regions and boundary distances of a data set"),
    re3_cli_analyze },
  { "explain", "MODEL DATA --row N", N_ ("why the model answers as it does for one row"),
    re3_cli_explain },
  { "trace", "MODEL DATA --row N --feature F", N_ ("what the model answers as one feature moves"),
    re3_cli_trace },
  { "counterfactual", "MODEL DATA --row N",
    N_ ("the nearest input that the model takes for another class"), re3_cli_counterfactual },
  { "render", "FIGURE MODEL DATA -o FILE", N_ ("draw a figure as PNG, SVG or PDF"),
    re3_cli_render },
  { "convert", "MODEL -o OUT", N_ ("write a model as Re3 JSON or ONNX"), re3_cli_convert },
};

static char *
describe_program (void)
{
  GString *text = g_string_new (_ ("Usage: re3-cli COMMAND ...\n\n"));
  gsize n_figures;
  const Re3Figure *figures = re3_figures_list (&n_figures);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-14s %-30s %s\n", commands[i].name, commands[i].arguments,
                            _ (commands[i].summary));

  g_string_append (text, _ ("\nFigures:"));
  for (gsize i = 0; i < n_figures; i++)
    g_string_append_printf (text, "%s %s", i == 0 ? "" : ",", figures[i].name);
  g_string_append (
      text, _ ("\n\n"
               "  -h, --help    Show this help\n"
               "  --version     Print the version\n"
               "\n"
               "“re3-cli COMMAND --help” tells a command's options.\n"
               "Rows and classes are counted from 0, columns from 1; layers and neurons from 0 in\n"
               "JSON, and from 1 in names such as L2·1.\n"
               "MODEL and DATA may be packed with gzip.\n"
               "Exit status: 0, or 1 if a file is at fault, or 2 for wrong usage.\n"));

  return g_string_free (text, FALSE);
}

/* Whoever reads may stop reading: then there is nobody to tell. */
static gboolean
print_output (const char *output)
{
  if (fputs (output, stdout) != EOF && fflush (stdout) == 0)
    return TRUE;
  if (errno == EPIPE)
    return TRUE;

  g_printerr (_ ("re3-cli: standard output: %s\n"), g_strerror (errno));
  return FALSE;
}

/* One line, whatever is in the names of files. */
static void
print_error (const char *message)
{
  g_autofree char *line = g_strdelimit (g_strdup (message), "\n\r", ' ');

  g_printerr ("re3-cli: %s\n", line);
}

static int
run_command (gsize index, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = commands[index].run (argc, argv, &error);

  if (output != NULL)
    return print_output (output) ? EXIT_OK : EXIT_FAULT;

  print_error (error->message);
  if (error->domain != RE3_CLI_ERROR && error->domain != G_OPTION_ERROR)
    return EXIT_FAULT;

  g_printerr (_ ("Usage: re3-cli %s %s; see “re3-cli %s --help”.\n"), commands[index].name,
              commands[index].arguments, commands[index].name);
  return EXIT_USAGE;
}

static void
set_up_locale (void)
{
  setlocale (LC_ALL, "");
  /* Numbers have a point everywhere. */
  setlocale (LC_NUMERIC, "C");
  /* Where no locale is set, as under cron, names are UTF-8 all the same. */
  if (g_str_has_prefix (nl_langinfo (CODESET), "ANSI_X3.4"))
    setlocale (LC_CTYPE, "C.UTF-8");

  bindtextdomain (GETTEXT_PACKAGE, RE3_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : NULL;
  g_autofree char *help = NULL;

  set_up_locale ();
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("re3-cli");

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (commands); i++) {
    if (g_str_equal (name, commands[i].name))
      return run_command (i, argc - 1, argv + 1);
  }

  if (g_strcmp0 (name, "--version") == 0)
    return print_output ("re3-cli " RE3_VERSION "\n") ? EXIT_OK : EXIT_FAULT;

  help = describe_program ();
  if (g_strcmp0 (name, "--help") == 0 || g_strcmp0 (name, "-h") == 0 ||
      g_strcmp0 (name, "help") == 0)
    return print_output (help) ? EXIT_OK : EXIT_FAULT;

  if (name != NULL) {
    g_autofree char *shown = g_filename_display_name (name);

    g_printerr (_ ("re3-cli: there is no command “%s”.\n"), shown);
  }
  g_printerr ("%s", help);
  return EXIT_USAGE;
}
