/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-legend-chart.h"
#include "re3-names.h"
#include "re3-number-format.h"
#include "re3-panels-chart.h"
#include "re3-stacked-bar-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DESCRIBED_REGIONS 3

/* Panels are this wide at least, in ems. */
#define LEAST_WIDTH 22.0

/* One bar in the making. Series are the classes and, where some samples have no label, a last one
 * for those. */
typedef struct {
  double *values; /* of both sets, and of each (Re3SampleSet) */
  gsize n_samples;
  gsize n_regions;
} Tally;

/* How samples are counted: by their true class, or by the predicted one where none has a label. */
typedef struct {
  const Re3Analysis *analysis;
  const Re3RegionTable *table;
  gsize n_classes;
  gsize n_series;
  gboolean by_prediction;
  gsize n_samples[RE3_N_SAMPLE_SETS];
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
  Count count = { .analysis = analysis, .table = table, .n_classes = n_classes };
  gsize n_labelled = 0;

  for (gsize i = 0; i < re3_region_table_get_n_regions (table); i++) {
    const Re3RegionRow *row = re3_region_table_get_region (table, i);

    n_labelled += row->n_labelled;
    count.n_samples[RE3_SAMPLES_TRAIN] += row->n_train;
    count.n_samples[RE3_SAMPLES_TEST] += row->n_test;
    count.n_samples[RE3_SAMPLES_ALL] += region_size (row);
  }
  count.n_series =
      n_classes + (n_labelled > 0 && n_labelled < count.n_samples[RE3_SAMPLES_ALL] ? 1 : 0);
  count.by_prediction = n_labelled == 0;
  return count;
}

static double *
values_of_set (const Count *count, const Tally *tally, Re3SampleSet set)
{
  return tally->values + (gsize) set * count->n_series;
}

/* Adds a region's samples to @tally. */
static void
count_region (const Count *count, gsize region, Tally *tally)
{
  const Re3Dataset *dataset = re3_analysis_get_dataset (count->analysis);
  gsize n = region_size (re3_region_table_get_region (count->table, region));
  const guint32 *rows = re3_region_table_get_rows (count->table, region);

  tally->n_samples += n;
  tally->n_regions++;
  for (gsize i = 0; i < n; i++) {
    Re3SampleSet set =
        re3_dataset_is_test (dataset, rows[i]) ? RE3_SAMPLES_TEST : RE3_SAMPLES_TRAIN;
    int label = count->by_prediction ? re3_analysis_get_prediction (count->analysis, rows[i])
                                     : re3_dataset_get_label (dataset, rows[i]);
    gsize series = label != RE3_NO_LABEL ? (gsize) label : count->n_classes;

    values_of_set (count, tally, set)[series]++;
    values_of_set (count, tally, RE3_SAMPLES_ALL)[series]++;
  }
}

static char *
describe_segments (const Count *count, const Tally *tally)
{
  Re3Model *model = re3_analysis_get_model (count->analysis);
  const double *values = values_of_set (count, tally, RE3_SAMPLES_ALL);
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < count->n_series; i++) {
    g_autofree char *number = NULL;

    if (values[i] == 0)
      continue;
    number = re3_format_number (values[i], 9);
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
  g_autofree char *train = re3_figure_format_count (row->n_train);
  g_autofree char *test = re3_figure_format_count (row->n_test);
  g_autofree char *segments = describe_segments (count, tally);
  g_autofree char *pattern = re3_pattern_to_string (
      row->pattern, re3_model_get_network (re3_analysis_get_model (count->analysis)));

  return g_strdup_printf (_ ("%s: %s\ntrain %s, test %s\npattern %s"), name, segments, train, test,
                          pattern);
}

static char *
count_regions (gsize n)
{
  g_autofree char *number = re3_figure_format_count (n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s region", "%s regions", n), number);
}

static char *
make_rest_tooltip (const Count *count, const Tally *tally, const char *name)
{
  g_autofree char *segments = describe_segments (count, tally);
  g_autofree char *regions = count_regions (tally->n_regions);
  g_autofree char *number = re3_figure_format_count (tally->n_samples);
  g_autofree char *samples = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s sample", "%s samples", tally->n_samples), number);

  /* Translators: "others", the number of regions, of samples in them, and of samples by class. */
  return g_strdup_printf (_ ("%s (%s, %s): %s"), name, regions, samples, segments);
}

static char *
describe (const Count *count, const Tally *tallies, gsize first, gsize n_bars, gsize n_confused)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_regions = re3_region_table_get_n_regions (count->table);
  g_autofree char *regions = re3_figure_format_count (n_regions);

  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "Samples in %s region by class:",
                                       "Samples in %s regions by class:", n_regions),
                          regions);
  for (gsize i = 0; i < MIN (n_bars, DESCRIBED_REGIONS); i++) {
    g_autofree char *name = re3_name_region (first + i);
    g_autofree char *segments = describe_segments (count, &tallies[i]);

    g_string_append_printf (text, "%s %s: %s", i > 0 ? ";" : "", name, segments);
  }
  g_string_append_c (text, '.');
  if (n_confused > 0) {
    g_autofree char *confused = re3_figure_format_count (n_confused);

    g_string_append_c (text, ' ');
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE,
                                         "%s region is below the purity threshold.",
                                         "%s regions are below the purity threshold.", n_confused),
                            confused);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* All bars of the figure, whatever the panel: regions one by one, then the larger ones of the
 * others, then those of one sample. Texts that are borrowed are in @texts. */
typedef struct {
  Count count;
  double *values;
  Tally *tallies;
  Re3StackedBar *bars;
  int *items;
  GPtrArray *texts;
  gsize n_bars;
  gsize first;
  gsize n_shown;
  gsize n_confused;
  const char **series_names;
  int *series_colors;
  char *mark_text;
} Bars;

static void
bars_clear (Bars *self)
{
  g_free (self->values);
  g_free (self->tallies);
  g_free (self->bars);
  g_free (self->items);
  g_ptr_array_unref (self->texts);
  g_free (self->series_names);
  g_free (self->series_colors);
  g_free (self->mark_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bars, bars_clear)

static void
name_series (Bars *self, double purity_threshold)
{
  const Re3Model *model = re3_analysis_get_model (self->count.analysis);
  g_autofree char *share = re3_format_percent (purity_threshold, 0);

  self->series_names = g_new0 (const char *, self->count.n_series);
  self->series_colors = g_new0 (int, self->count.n_series);
  for (gsize i = 0; i < self->count.n_series; i++) {
    gboolean is_class = i < self->count.n_classes;

    self->series_names[i] = is_class ? re3_model_get_class_name (model, i) : _ ("without label");
    self->series_colors[i] = is_class ? (int) i : -1;
  }
  self->mark_text = g_strdup_printf (_ ("purity below %s"), share);
}

static void
add_region (Bars *self, gsize bar, double purity_threshold)
{
  gsize region = self->first + bar;
  double purity = re3_region_table_get_region (self->count.table, region)->purity;
  char *label = re3_name_region (region);
  char *detail = isnan (purity) ? NULL : re3_format_percent (purity, 0);
  char *tooltip = make_tooltip (&self->count, &self->tallies[bar], region, label);

  g_ptr_array_add (self->texts, label);
  g_ptr_array_add (self->texts, detail);
  g_ptr_array_add (self->texts, tooltip);
  self->bars[bar] = (Re3StackedBar){
    .label = label, .detail = detail, .tooltip = tooltip, .marked = purity < purity_threshold
  };
  self->items[bar] = (int) region;
}

/* Moves the tally of others to the end of the bars, if there are any. @item: what no region has */
static void
add_rest (Bars *self, gsize tally, const char *name, int item)
{
  char *detail, *tooltip;

  if (self->tallies[tally].n_regions == 0)
    return;
  self->tallies[self->n_bars] = self->tallies[tally];
  detail = count_regions (self->tallies[tally].n_regions);
  tooltip = make_rest_tooltip (&self->count, &self->tallies[tally], name);
  g_ptr_array_add (self->texts, detail);
  g_ptr_array_add (self->texts, tooltip);
  self->bars[self->n_bars] =
      (Re3StackedBar){ .label = name, .detail = detail, .tooltip = tooltip, .is_rest = TRUE };
  self->items[self->n_bars++] = item;
}

static void
bars_init (Bars *self,
           const Re3Analysis *analysis,
           double purity_threshold,
           gsize first_region,
           gsize max_regions)
{
  gsize n_regions = re3_region_table_get_n_regions (re3_analysis_get_region_table (analysis));
  gsize n_tallies;

  self->count = count_start (analysis);
  self->first = MIN (first_region, n_regions);
  self->n_shown = MIN (n_regions - self->first, max_regions);
  n_tallies = self->n_shown + 2;
  self->values = g_new0 (double, n_tallies *RE3_N_SAMPLE_SETS * self->count.n_series);
  self->tallies = g_new0 (Tally, n_tallies);
  self->bars = g_new0 (Re3StackedBar, n_tallies);
  self->items = g_new0 (int, n_tallies);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  name_series (self, purity_threshold);
  for (gsize i = 0; i < n_tallies; i++)
    self->tallies[i].values = self->values + i * RE3_N_SAMPLE_SETS * self->count.n_series;

  for (gsize region = 0; region < n_regions; region++) {
    const Re3RegionRow *row = re3_region_table_get_region (self->count.table, region);
    gboolean is_shown = region >= self->first && region - self->first < self->n_shown;
    gsize tally = is_shown ? region - self->first : self->n_shown + (region_size (row) == 1);

    count_region (&self->count, region, &self->tallies[tally]);
    self->n_confused += row->purity < purity_threshold ? 1 : 0;
  }
  for (gsize i = 0; i < self->n_shown; i++)
    add_region (self, i, purity_threshold);
  self->n_bars = self->n_shown;
  add_rest (self, self->n_shown, _ ("others"), (int) n_regions);
  add_rest (self, self->n_shown + 1, _ ("one sample"), (int) n_regions + 1);
}

static Re3Chart *
make_chart (Bars *self,
            Re3SampleSet set,
            const char *title,
            const char *description,
            gboolean hide_legend)
{
  for (gsize i = 0; i < self->n_bars; i++)
    self->bars[i].values = values_of_set (&self->count, &self->tallies[i], set);
  return re3_stacked_bar_chart_new (&(Re3StackedBarData){
      .title = title,
      .description = description,
      .axis_title = _ ("samples"),
      .series_names = self->series_names,
      .series_colors = self->series_colors,
      .n_series = self->count.n_series,
      .bars = self->bars,
      .n_bars = self->n_bars,
      .mark_text = self->mark_text,
      .hide_legend = hide_legend,
      .items = self->items,
  });
}

static gboolean
has_marks (const Bars *self)
{
  for (gsize i = 0; i < self->n_bars; i++)
    if (self->bars[i].marked)
      return TRUE;
  return FALSE;
}

/* "Training samples (120)" */
static char *
name_panel (const Bars *self, Re3SampleSet set)
{
  g_autofree char *number = re3_figure_format_count (self->count.n_samples[set]);

  return g_strdup_printf (
      set == RE3_SAMPLES_TRAIN ? _ ("Training samples (%s)") : _ ("Test samples (%s)"), number);
}

static Re3Chart *
make_panels (Bars *self, const char *title, const char *description)
{
  g_autofree char *train_title = name_panel (self, RE3_SAMPLES_TRAIN);
  g_autofree char *test_title = name_panel (self, RE3_SAMPLES_TEST);
  g_autoptr (Re3Chart) train = make_chart (self, RE3_SAMPLES_TRAIN, train_title, NULL, TRUE);
  g_autoptr (Re3Chart) test = make_chart (self, RE3_SAMPLES_TEST, test_title, NULL, TRUE);
  const Re3Panel panels[] = { { train, train_title }, { test, test_title } };
  g_autoptr (Re3Chart) legend = re3_legend_chart_new (&(Re3LegendData){
      .title = _ ("Classes"),
      .series_names = self->series_names,
      .series_colors = self->series_colors,
      .n_series = self->count.n_series,
      .mark_text = has_marks (self) ? self->mark_text : NULL,
  });

  return re3_panels_chart_new (&(Re3PanelsData){
      .title = title,
      .description = description,
      .panels = panels,
      .n_panels = G_N_ELEMENTS (panels),
      .header = legend,
      .least_width = LEAST_WIDTH,
  });
}

Re3Chart *
re3_figure_regions (const Re3Analysis *analysis,
                    double purity_threshold,
                    gsize first_region,
                    gsize max_regions)
{
  g_auto (Bars) bars = { 0 };
  g_autofree char *description = NULL;
  const char *title;

  g_return_val_if_fail (analysis != NULL, NULL);

  bars_init (&bars, analysis, purity_threshold, first_region, max_regions);
  title = re3_model_is_regression (re3_analysis_get_model (analysis)) ? _ ("Samples per region")
          : bars.count.by_prediction ? _ ("Samples per region by predicted class")
                                     : _ ("Samples per region by class");
  description = describe (&bars.count, bars.tallies, bars.first, bars.n_shown, bars.n_confused);
  if (bars.count.n_samples[RE3_SAMPLES_TRAIN] > 0 && bars.count.n_samples[RE3_SAMPLES_TEST] > 0)
    return make_panels (&bars, title, description);
  return make_chart (&bars, RE3_SAMPLES_ALL, title, description, FALSE);
}
