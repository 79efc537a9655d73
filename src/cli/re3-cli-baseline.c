/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-cli-baseline.h"

#include "re3-io-error.h"

#include <glib/gi18n.h>

static Re3Baseline *
check (const Re3CliInput *input, Re3Baseline *baseline, const char *text, GError **error)
{
  if (baseline == NULL)
    g_set_error (error, RE3_IO_ERROR, RE3_IO_ERROR_MISMATCH,
                 _ ("%s: there is no --baseline %s: it has no training rows, or numbers that are "
                    "too large; take a data row."),
                 input->data_name, text);
  return baseline;
}

Re3Baseline *
re3_cli_baseline_new (const Re3CliInput *input, const char *text, GError **error)
{
  if (g_str_equal (text, "mean"))
    return check (input, re3_baseline_new_mean (input->model, input->dataset), text, error);
  if (g_str_equal (text, "zero"))
    return check (input, re3_baseline_new_zero (input->model), text, error);
  if (!g_ascii_isdigit (*text)) {
    g_set_error (error, RE3_CLI_ERROR, RE3_CLI_ERROR_USAGE,
                 _ ("--baseline is mean, zero or a data row, from 0, not “%s”."), text);
    return NULL;
  }
  return re3_cli_baseline_new_for_row (input, "--baseline", text, error);
}

Re3Baseline *
re3_cli_baseline_new_for_row (const Re3CliInput *input,
                              const char *option,
                              const char *text,
                              GError **error)
{
  g_auto (Re3CliSample) sample = { 0 };
  g_autofree char *name = NULL;
  guint64 row;

  if (!re3_cli_parse_count (option, text, &row, error) ||
      !re3_cli_sample_init (&sample, input, text, NULL, NULL, error))
    return NULL;
  name = g_strdup_printf (_ ("row %zu"), sample.row);
  return re3_baseline_new_sample (name, sample.explanation);
}
