/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-density.h"
#include "re3-number-format.h"
#include "re3-sort.h"
#include "re3-statistics.h"
#include "re3-violin-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of the outline of a violin. */
#define N_POINTS 128

/* The distances of some samples: those that are finite, sorted, and how many are not. */
typedef struct {
  GArray *finite;
  gsize n_infinite;
} Distances;

static gboolean
is_in_set (const Re3Dataset *dataset, gsize row, Re3SampleSet set)
{
  return set == RE3_SAMPLES_ALL || re3_dataset_is_test (dataset, row) == (set == RE3_SAMPLES_TEST);
}

/* @class_index: a true class, or RE3_ALL_CLASSES */
static void
collect (const Re3Analysis *analysis,
         Re3Metric metric,
         Re3SampleSet set,
         int class_index,
         Distances *distances)
{
  const Re3Dataset *dataset = re3_analysis_get_dataset (analysis);

  distances->finite = g_array_new (FALSE, FALSE, sizeof (double));
  for (gsize row = 0; row < re3_dataset_get_n_rows (dataset); row++) {
    double distance;

    if (!is_in_set (dataset, row, set) ||
        (class_index != RE3_ALL_CLASSES && re3_dataset_get_label (dataset, row) != class_index))
      continue;
    distance = re3_analysis_get_boundary (analysis, row, metric, NULL);
    if (isfinite (distance))
      g_array_append_val (distances->finite, distance);
    else
      distances->n_infinite++;
  }
  if (distances->finite->len > 0)
    re3_sort_doubles ((double *) distances->finite->data, distances->finite->len);
}

/* "n = 30" or "n = 30 + 2 infinite" */
static char *
describe_size (const Distances *distances)
{
  g_autofree char *number = re3_figure_format_count (distances->finite->len);
  g_autofree char *infinite = re3_figure_format_count (distances->n_infinite);

  if (distances->n_infinite == 0)
    return g_strdup_printf ("n\u2009=\u2009%s", number);
  /* Translators: how many distances are drawn, and how many more are infinite. */
  return g_strdup_printf (_ ("n\u2009=\u2009%s + %s infinite"), number, infinite);
}

/* "setosa: 8 samples from 0.12 to 0.3" */
static char *
describe_band (const char *name, const Distances *distances, double from, double to, gboolean last)
{
  g_autofree char *low = re3_format_number (from, 3);
  g_autofree char *high = re3_format_number (to, 3);
  g_autofree char *number = NULL;
  gsize n = 0;

  for (guint i = 0; i < distances->finite->len; i++) {
    double distance = g_array_index (distances->finite, double, i);

    n += distance >= from && (distance < to || (last && distance == to)) ? 1 : 0;
  }
  number = re3_figure_format_count (n);
  /* Translators: a class, a number of samples, and the range of their distances. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s: %s sample from %s to %s",
                                       "%s: %s samples from %s to %s", n),
                          name, number, low, high);
}

/* Texts and numbers that are borrowed go to @texts and @densities. */
static Re3Violin
make_violin (const char *name,
             int color_index,
             const Distances *distances,
             double *densities,
             GPtrArray *texts)
{
  const double *sorted = (const double *) distances->finite->data;
  gsize n = distances->finite->len;
  double bandwidth = re3_density_get_bandwidth (sorted, n);
  Re3Violin violin = { .label = name,
                       .color_index = color_index,
                       .n_points = N_POINTS,
                       .n_infinite = distances->n_infinite };

  g_ptr_array_add (texts, describe_size (distances));
  violin.detail = texts->pdata[texts->len - 1];
  for (gsize i = 0; i <= RE3_VIOLIN_BANDS; i++)
    violin.quantiles[i] = re3_quantile_sorted (sorted, n, (double) i / RE3_VIOLIN_BANDS);
  if (n == 0)
    return violin;
  for (gsize i = 0; i < RE3_VIOLIN_BANDS; i++) {
    g_ptr_array_add (texts, describe_band (name, distances, violin.quantiles[i],
                                           violin.quantiles[i + 1], i + 1 == RE3_VIOLIN_BANDS));
    violin.tooltips[i] = texts->pdata[texts->len - 1];
  }
  /* No distance is below 0: the ends of the data cut there too. */
  if (bandwidth > 0) {
    re3_density_estimate (sorted, n, bandwidth, sorted[0], sorted[n - 1], N_POINTS, densities);
    violin.densities = densities;
  }
  return violin;
}

static char *
describe (const Re3Violin *violins, gsize n_violins)
{
  g_autoptr (GString) text = g_string_new (_ ("Median boundary distance, and quartiles:"));

  for (gsize i = 0; i < n_violins; i++) {
    g_autofree char *median = re3_format_number (violins[i].quantiles[2], 3);
    g_autofree char *q1 = re3_format_number (violins[i].quantiles[1], 3);
    g_autofree char *q3 = re3_format_number (violins[i].quantiles[3], 3);

    if (isnan (violins[i].quantiles[2]))
      continue;
    /* Translators: a class; the median; the first and the third quartile. */
    g_string_append_printf (text, _ (" %s %s (%s to %s);"), violins[i].label, median, q1, q3);
  }
  g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '.');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

Re3Chart *
re3_figure_violin (const Re3Analysis *analysis, Re3Metric metric, Re3SampleSet set)
{
  const Re3Model *model;
  g_autofree Re3Violin *violins = NULL;
  g_autofree double *densities = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = NULL;
  g_autofree char *axis_title = NULL;
  g_autofree char *description = NULL;
  gsize n_violins;

  g_return_val_if_fail (analysis != NULL && re3_analysis_is_complete (analysis), NULL);

  model = re3_analysis_get_model (analysis);
  n_violins = 1 + (re3_dataset_has_labels (re3_analysis_get_dataset (analysis))
                       ? re3_model_get_n_classes (model)
                       : 0);
  violins = g_new0 (Re3Violin, n_violins);
  densities = g_new (double, n_violins *N_POINTS);
  for (gsize i = 0; i < n_violins; i++) {
    int class_index = i == 0 ? RE3_ALL_CLASSES : (int) i - 1;
    const char *name = i == 0 ? _ ("all") : re3_model_get_class_name (model, i - 1);
    Distances distances = { 0 };

    collect (analysis, metric, set, class_index, &distances);
    violins[i] =
        make_violin (name, i == 0 ? -1 : class_index, &distances, densities + i * N_POINTS, texts);
    g_array_unref (distances.finite);
  }

  title = g_strdup_printf (_ ("Boundary distances by class: %s"), re3_figure_name_set (set));
  axis_title = re3_figure_name_distance (model, metric);
  description = describe (violins, n_violins);
  return re3_violin_chart_new (&(Re3ViolinData){
      .title = title,
      .description = description,
      .axis_title = axis_title,
      .violins = violins,
      .n_violins = n_violins,
  });
}
