/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-options.h"

#include "re3-length.h"

#include <glib/gi18n.h>

G_DEFINE_QUARK (re3 - cli - error - quark, re3_cli_error)

void
re3_cli_parser_init (Re3CliParser *self,
                     const char *command,
                     const char *arguments,
                     const char *summary)
{
  g_autofree char *program = g_strdup_printf ("re3-cli %s", command);

  /* The help starts with it. */
  g_set_prgname (program);
  self->context = g_option_context_new (arguments);
  g_option_context_set_summary (self->context, summary);
  /* It would print and exit by itself. */
  g_option_context_set_help_enabled (self->context, FALSE);
}

void
re3_cli_parser_add (Re3CliParser *self, const GOptionEntry *entries)
{
  g_option_context_add_main_entries (self->context, entries, GETTEXT_PACKAGE);
}

gboolean
re3_cli_parser_parse (Re3CliParser *self,
                      int argc,
                      char **argv,
                      gsize min_arguments,
                      gsize max_arguments,
                      char **output,
                      GError **error)
{
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &self->help, N_ ("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  gsize n_paths;

  g_option_context_add_main_entries (self->context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (self->context, &argc, &argv, error))
    return FALSE;

  if (self->help) {
    *output = g_option_context_get_help (self->context, TRUE, NULL);
    return FALSE;
  }

  n_paths = self->paths != NULL ? g_strv_length (self->paths) : 0;
  if (n_paths < min_arguments) {
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                 ngettext ("%zu argument is needed, not %zu.", "%zu arguments are needed, not %zu.",
                           min_arguments),
                 min_arguments, n_paths);
    return FALSE;
  }
  if (n_paths > max_arguments) {
    g_autofree char *name = g_filename_display_name (self->paths[max_arguments]);

    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE, _ ("“%s” is one argument too many."),
                 name);
    return FALSE;
  }

  return TRUE;
}

void
re3_cli_parser_clear (Re3CliParser *self)
{
  g_clear_pointer (&self->context, g_option_context_free);
  g_clear_pointer (&self->paths, g_strfreev);
}

gboolean
re3_cli_parse_number (const char *option,
                      const char *text,
                      double low,
                      double high,
                      const char *range,
                      double *value,
                      GError **error)
{
  double number;
  char *end;

  if (text == NULL)
    return TRUE;

  number = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && number >= low && number <= high) {
    *value = number;
    return TRUE;
  }

  g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE, _ ("%s takes %s, not “%s”."), option,
               range, text);
  return FALSE;
}

gboolean
re3_cli_parse_length (const char *option,
                      const char *text,
                      double low,
                      double high,
                      const char *range,
                      double *units,
                      GError **error)
{
  double length;

  if (text == NULL)
    return TRUE;

  if (re3_length_parse (text, &length) && length >= low && length <= high) {
    *units = length;
    return TRUE;
  }

  g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE, _ ("%s takes %s, not “%s”."), option,
               range, text);
  return FALSE;
}

gboolean
re3_cli_parse_count (const char *option, const char *text, guint64 *value, GError **error)
{
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, value, NULL))
    return TRUE;

  g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
               _ ("%s takes a whole number, 0 or more, not “%s”."), option, text);
  return FALSE;
}

gboolean
re3_cli_find_metric (const char *name, Re3Metric *metric)
{
  for (int i = 0; i < RE3_N_METRICS; i++) {
    if (g_ascii_strcasecmp (name, re3_metric_get_name ((Re3Metric) i)) == 0) {
      *metric = (Re3Metric) i;
      return TRUE;
    }
  }

  return FALSE;
}
