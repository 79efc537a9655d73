/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-heatmap-chart.h"
#include "re3-names.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DESCRIBED_REGIONS  3
#define DESCRIBED_FEATURES 2

static char *
describe (const Re3Analysis *analysis,
          const double *values,
          gsize first,
          gsize n_regions,
          gsize n_features)
{
  const Re3Model *model = re3_analysis_get_model (analysis);
  g_autoptr (GString) text = g_string_new (_ ("Mean contributions to the majority class:"));
  g_autofree double *sizes = g_new (double, MAX (n_features, 1));

  for (gsize shown = 0; shown < MIN (n_regions, DESCRIBED_REGIONS); shown++) {
    const double *row = values + shown * n_features;
    gsize region = first + shown;
    g_autofree char *name = re3_name_region (region);
    g_autoptr (GString) list = g_string_new (NULL);
    g_autoptr (GArray) largest = NULL;

    for (gsize i = 0; i < n_features; i++)
      sizes[i] = fabs (row[i]);
    largest = re3_figure_find_largest (sizes, n_features, DESCRIBED_FEATURES);
    for (guint i = 0; i < largest->len; i++) {
      gsize feature = g_array_index (largest, gsize, i);

      re3_figure_append_signed (list, re3_model_get_feature_name (model, feature), row[feature]);
    }
    g_string_append_printf (
        text, "%s %s (%s): %s", shown > 0 ? ";" : "", name,
        re3_model_get_class_name (model, re3_figure_region_majority (analysis, region)), list->str);
  }
  g_string_append_c (text, '.');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

Re3Chart *
re3_figure_profiles (const Re3Analysis *analysis, gsize first_region, gsize max_regions)
{
  const Re3Model *model;
  const Re3RegionTable *table;
  g_autofree double *values = NULL;
  g_autofree int *colors = NULL;
  g_autofree int *items = NULL;
  g_autofree const char **features = NULL;
  g_auto (GStrv) regions = NULL;
  g_autofree char *description = NULL;
  gsize n_features;
  gsize first;
  gsize n_regions;

  g_return_val_if_fail (analysis != NULL, NULL);

  model = re3_analysis_get_model (analysis);
  table = re3_analysis_get_region_table (analysis);
  n_features = re3_model_get_n_features (model);
  first = MIN (first_region, re3_region_table_get_n_regions (table));
  n_regions = MIN (re3_region_table_get_n_regions (table) - first, max_regions);
  values = g_new (double, MAX (n_regions * n_features, 1));
  colors = g_new (int, MAX (n_regions, 1));
  items = g_new (int, MAX (n_regions, 1));
  regions = g_new0 (char *, n_regions + 1);
  features = g_new (const char *, MAX (n_features, 1));

  for (gsize i = 0; i < n_features; i++)
    features[i] = re3_model_get_feature_name (model, i);
  for (gsize shown = 0; shown < n_regions; shown++) {
    gsize region = first + shown;
    const double *profile = re3_analysis_get_profile (analysis, region);

    for (gsize i = 0; i < n_features; i++)
      values[shown * n_features + i] = profile[i];
    colors[shown] = (int) re3_figure_region_majority (analysis, region);
    items[shown] = (int) region;
    regions[shown] = re3_name_region (region);
  }

  description = describe (analysis, values, first, n_regions, n_features);
  return re3_heatmap_chart_new (&(Re3HeatmapData){
      .title = _ ("Mean contributions per region"),
      .description = description,
      .row_labels = (const char *const *) regions,
      .row_colors = colors,
      .row_items = items,
      .n_rows = n_regions,
      .column_labels = features,
      .n_columns = n_features,
      .values = values,
      .color_title = _ ("mean contribution to the logit of the majority class"),
  });
}
