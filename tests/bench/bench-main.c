/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-rows.h"

#include <stdlib.h>

/* How fast Re3 is. Milliseconds depend on the machine; ratios between two ways of doing the same,
 * which take turns in one run, hardly do. So each row stands beside what it is to be read against:
 * a simple version of the same, or another tool. */
int
main (int argc, char **argv)
{
  g_autofree char *json = NULL;
  g_auto (GStrv) names = NULL;
  gboolean quick = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &json, "Write the results to FILE too", "FILE" },
    { "quick", 0, 0, G_OPTION_ARG_NONE, &quick,
      "Run everything once and on little data: to see that both sides do the same", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, "[ROW…]" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  BenchTable *table;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("re3-bench: %s\n", error->message);
    return 2;
  }

  table = bench_table_new ((const char *const *) names, quick);
  bench_analysis (table);
  bench_wide (table);
  bench_forward (table);
  bench_files (table);
  bench_traces (table);
  bench_what_if (table);
  bench_window (table);
  if (json != NULL && !bench_table_write (table, json, &error)) {
    g_printerr ("re3-bench: %s\n", error->message);
    bench_table_free (table);
    return EXIT_FAILURE;
  }
  bench_table_free (table);

  return EXIT_SUCCESS;
}
