/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-names.h"
#include "re3-number-format.h"
#include "re3-stacked-bar-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DESCRIBED_REGIONS 3

/* One bar in the making. Series are the classes and, where some samples have no label, a last one
 * for those. */
typedef struct {
  double *values;
  gsize n_samples;
  double purity;
} Tally;

/* How samples are counted: by their true class, or by the predicted one where none has a label. */
typedef struct {
  const Re3Analysis *analysis;
  const Re3RegionTable *table;
  gsize n_classes;
  gsize n_series;
  gboolean by_prediction;
} Count;

static gsize
region_size (const Re3RegionRow *row)
{
  return row->n_train + row->n_test;
}

static Count
count_start (const Re3Analysis *analysis)
{
  const Re3RegionTable *table = re3_analysis_get_region_table (analysis);
  gsize n_classes = re3_model_get_n_classes (re3_analysis_get_model (analysis));
  gsize n_labelled = 0;
  gsize n_samples = 0;

  for (gsize i = 0; i < re3_region_table_get_n_regions (table); i++) {
    const Re3RegionRow *row = re3_region_table_get_region (table, i);

    n_labelled += row->n_labelled;
    n_samples += region_size (row);
  }
  return (Count){ analysis, table, n_classes,
                  n_classes + (n_labelled > 0 && n_labelled < n_samples ? 1 : 0), n_labelled == 0 };
}

/* Adds a region's samples to @tally. */
static void
count_region (const Count *count, gsize region, Tally *tally)
{
  const Re3RegionRow *row = re3_region_table_get_region (count->table, region);
  const guint32 *rows = re3_region_table_get_rows (count->table, region);

  tally->n_samples += region_size (row);
  if (count->by_prediction) {
    for (gsize i = 0; i < region_size (row); i++)
      tally->values[re3_analysis_get_prediction (count->analysis, rows[i])]++;
    return;
  }
  for (gsize i = 0; i < count->n_classes; i++)
    tally->values[i] += (double) row->counts[i];
  if (count->n_series > count->n_classes)
    tally->values[count->n_classes] += (double) (region_size (row) - row->n_labelled);
}

static char *
describe_segments (const Count *count, const Tally *tally)
{
  Re3Model *model = re3_analysis_get_model (count->analysis);
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < count->n_series; i++) {
    g_autofree char *number = NULL;

    if (tally->values[i] == 0)
      continue;
    number = re3_format_number (tally->values[i], 9);
    g_string_append_printf (list, "%s%s %s", list->len > 0 ? ", " : "", number,
                            i < count->n_classes ? re3_model_get_class_name (model, i)
                                                 : _ ("without label"));
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
make_tooltip (const Count *count, const Tally *tally, gsize region, const char *name)
{
  const Re3RegionRow *row = re3_region_table_get_region (count->table, region);
  g_autofree char *segments = describe_segments (count, tally);
  g_autofree char *pattern = re3_pattern_to_string (
      row->pattern, re3_model_get_network (re3_analysis_get_model (count->analysis)));

  return g_strdup_printf (_ ("%s: %s\ntrain %zu, test %zu"
                             "\npattern %s"),
                          name, segments, row->n_train, row->n_test, pattern);
}

static char *
count_regions (gsize n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu region", "%zu regions", n), n);
}

static char *
make_rest_tooltip (const Count *count, const Tally *tally, gsize n_regions)
{
  g_autofree char *segments = describe_segments (count, tally);
  g_autofree char *regions = count_regions (n_regions);
  g_autofree char *samples =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%zu sample", "%zu samples", tally->n_samples),
                       tally->n_samples);

  /* Translators: the number of regions, of samples in them, and of samples by class. */
  return g_strdup_printf (_ ("others (%s, %s): %s"), regions, samples, segments);
}

static char *
describe (const Count *count, const Tally *tallies, gsize first, gsize n_bars, gsize n_confused)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_regions = re3_region_table_get_n_regions (count->table);

  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "Samples in %zu region by class:",
                                       "Samples in %zu regions by class:", n_regions),
                          n_regions);
  for (gsize i = 0; i < MIN (n_bars, DESCRIBED_REGIONS); i++) {
    g_autofree char *name = re3_name_region (first + i);
    g_autofree char *segments = describe_segments (count, &tallies[i]);

    g_string_append_printf (text, "%s %s: %s", i > 0 ? ";" : "", name, segments);
  }
  g_string_append_c (text, '.');
  if (n_confused > 0) {
    g_string_append_c (text, ' ');
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE,
                                         "%zu region is below the purity threshold.",
                                         "%zu regions are below the purity threshold.", n_confused),
                            n_confused);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

Re3Chart *
re3_figure_regions (const Re3Analysis *analysis,
                    double purity_threshold,
                    gsize first_region,
                    gsize max_regions)
{
  g_autofree double *values = NULL;
  g_autofree Tally *tallies = NULL;
  g_autofree const char **series_names = NULL;
  g_autofree int *series_colors = NULL;
  g_autofree Re3StackedBar *bars = NULL;
  g_autofree int *items = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  g_autofree char *share = NULL;
  g_autofree char *mark_text = NULL;
  g_autofree char *description = NULL;
  gsize n_regions;
  gsize first;
  gsize n_shown;
  gsize n_bars;
  gsize n_confused = 0;
  Count count;

  g_return_val_if_fail (analysis != NULL, NULL);

  count = count_start (analysis);
  n_regions = re3_region_table_get_n_regions (count.table);
  first = MIN (first_region, n_regions);
  n_shown = MIN (n_regions - first, max_regions);
  n_bars = n_shown + (n_shown < n_regions ? 1 : 0);
  values = g_new0 (double, MAX (n_bars * count.n_series, 1));
  tallies = g_new0 (Tally, MAX (n_bars, 1));
  bars = g_new0 (Re3StackedBar, MAX (n_bars, 1));
  items = g_new (int, MAX (n_bars, 1));
  texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n_bars; i++)
    tallies[i].values = values + i * count.n_series;
  for (gsize region = 0; region < n_regions; region++) {
    double purity = re3_region_table_get_region (count.table, region)->purity;
    gsize bar = region >= first ? MIN (region - first, n_shown) : n_shown;

    count_region (&count, region, &tallies[bar]);
    n_confused += purity < purity_threshold ? 1 : 0;
    if (bar < n_shown)
      tallies[bar].purity = purity;
  }

  for (gsize i = 0; i < n_shown; i++) {
    char *label = re3_name_region (first + i);
    char *detail = isnan (tallies[i].purity) ? NULL : re3_format_percent (tallies[i].purity, 0);
    char *tooltip = make_tooltip (&count, &tallies[i], first + i, label);

    g_ptr_array_add (texts, label);
    g_ptr_array_add (texts, detail);
    g_ptr_array_add (texts, tooltip);
    bars[i] = (Re3StackedBar){ label, detail, tooltip, tallies[i].purity < purity_threshold,
                               tallies[i].values };
    items[i] = (int) (first + i);
  }
  if (n_shown < n_regions) {
    char *detail = count_regions (n_regions - n_shown);
    char *tooltip = make_rest_tooltip (&count, &tallies[n_shown], n_regions - n_shown);

    g_ptr_array_add (texts, detail);
    g_ptr_array_add (texts, tooltip);
    bars[n_shown] =
        (Re3StackedBar){ _ ("others"), detail, tooltip, FALSE, tallies[n_shown].values, TRUE };
    items[n_shown] = (int) n_regions;
  }

  series_names = g_new0 (const char *, count.n_series);
  series_colors = g_new0 (int, count.n_series);
  for (gsize i = 0; i < count.n_series; i++) {
    gboolean is_class = i < count.n_classes;

    series_names[i] = is_class ? re3_model_get_class_name (re3_analysis_get_model (analysis), i)
                               : _ ("without label");
    series_colors[i] = is_class ? (int) i : -1;
  }

  share = re3_format_percent (purity_threshold, 0);
  mark_text = g_strdup_printf (_ ("purity below %s"), share);
  description = describe (&count, tallies, first, n_shown, n_confused);
  return re3_stacked_bar_chart_new (&(Re3StackedBarData){
      .title = re3_model_is_regression (re3_analysis_get_model (analysis))
                   ? _ ("Samples per region")
               : count.by_prediction ? _ ("Samples per region by predicted class")
                                     : _ ("Samples per region by class"),
      .description = description,
      .axis_title = _ ("samples"),
      .series_names = series_names,
      .series_colors = series_colors,
      .n_series = count.n_series,
      .bars = bars,
      .n_bars = n_bars,
      .mark_text = mark_text,
      .items = items,
  });
}
