/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-figures-private.h"

#include "re3-clustering.h"
#include "re3-color-bar-chart.h"
#include "re3-heatmap-chart.h"
#include "re3-names.h"
#include "re3-panels-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DESCRIBED_REGIONS  3
#define DESCRIBED_FEATURES 2

/* More classes than this have no panel of their own. */
#define MOST_CLASS_PANELS 12

/* Panels are at least wide enough for the names of all features, within these bounds; in ems. */
#define LABEL_WIDTH   10.0
#define FEATURE_WIDTH 1.3
#define LEAST_WIDTH   22.0
#define LARGEST_WIDTH 58.0

/* The regions that are shown, from top to bottom. */
typedef struct {
  const Re3Analysis *analysis;
  const Re3Model *model;
  gsize n_features;
  gsize n_rows;
  int *items;
  int *colors;
  GStrv names;
  const char **features;
  gboolean is_clustered;
} Rows;

static gboolean
has_class (const Rows *rows, gsize class_index)
{
  for (gsize i = 0; i < rows->n_rows; i++)
    if (re3_analysis_get_class_profile (rows->analysis, (gsize) rows->items[i], class_index) !=
        NULL)
      return TRUE;
  return FALSE;
}

/* Regions from @first on in the order of their clusters. */
static void
cluster (Rows *rows, gsize first)
{
  g_autofree double *points = g_new (double, MAX (rows->n_rows * rows->n_features, 1));
  g_autofree gsize *order = NULL;

  for (gsize i = 0; i < rows->n_rows; i++) {
    const double *profile = re3_analysis_get_profile (rows->analysis, first + i);

    for (gsize feature = 0; feature < rows->n_features; feature++)
      points[i * rows->n_features + feature] = profile[feature];
  }
  order = re3_clustering_order (points, rows->n_rows, rows->n_features);
  for (gsize i = 0; i < rows->n_rows; i++)
    rows->items[i] = (int) (first + order[i]);
}

static void
rows_init (Rows *self,
           const Re3Analysis *analysis,
           Re3RegionOrder order,
           gsize first_region,
           gsize most)
{
  gsize n_regions = re3_region_table_get_n_regions (re3_analysis_get_region_table (analysis));
  gsize first = MIN (first_region, n_regions);

  self->analysis = analysis;
  self->model = re3_analysis_get_model (analysis);
  self->n_features = re3_model_get_n_features (self->model);
  self->n_rows = MIN (n_regions - first, most);
  self->items = g_new (int, MAX (self->n_rows, 1));
  self->colors = g_new (int, MAX (self->n_rows, 1));
  self->names = g_new0 (char *, self->n_rows + 1);
  self->features = g_new (const char *, MAX (self->n_features, 1));
  for (gsize i = 0; i < self->n_features; i++)
    self->features[i] = re3_model_get_feature_name (self->model, i);
  for (gsize i = 0; i < self->n_rows; i++)
    self->items[i] = (int) (first + i);
  self->is_clustered = order == RE3_REGIONS_CLUSTERED && self->n_rows > 0 &&
                       self->n_rows <= RE3_CLUSTERING_MOST_POINTS;
  if (self->is_clustered)
    cluster (self, first);
  for (gsize i = 0; i < self->n_rows; i++) {
    self->colors[i] = (int) re3_figure_region_majority (analysis, (gsize) self->items[i]);
    self->names[i] = re3_name_region ((gsize) self->items[i]);
  }
}

static void
rows_clear (Rows *self)
{
  g_free (self->items);
  g_free (self->colors);
  g_strfreev (self->names);
  g_free (self->features);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

/* @class_index: or RE3_ALL_CLASSES for the majority. %NULL where the region has no such samples. */
static const double *
get_profile (const Rows *rows, gsize row, int class_index)
{
  gsize region = (gsize) rows->items[row];

  return class_index == RE3_ALL_CLASSES
             ? re3_analysis_get_profile (rows->analysis, region)
             : re3_analysis_get_class_profile (rows->analysis, region, (gsize) class_index);
}

static double
find_largest (const Rows *rows, int class_index, double largest)
{
  for (gsize row = 0; row < rows->n_rows; row++) {
    const double *profile = get_profile (rows, row, class_index);

    for (gsize i = 0; profile != NULL && i < rows->n_features; i++)
      largest = MAX (largest, fabs (profile[i]));
  }
  return largest;
}

static Re3Chart *
make_panel (const Rows *rows, int class_index, double largest, const char *title)
{
  g_autofree double *values = g_new (double, MAX (rows->n_rows * rows->n_features, 1));

  for (gsize row = 0; row < rows->n_rows; row++) {
    const double *profile = get_profile (rows, row, class_index);

    for (gsize i = 0; i < rows->n_features; i++)
      values[row * rows->n_features + i] = profile != NULL ? profile[i] : NAN;
  }
  return re3_heatmap_chart_new (&(Re3HeatmapData){
      .title = title,
      .row_labels = (const char *const *) rows->names,
      .row_colors = rows->colors,
      .row_items = rows->items,
      .n_rows = rows->n_rows,
      .column_labels = rows->features,
      .n_columns = rows->n_features,
      .values = values,
      .largest = largest,
      .color_title = _ ("region"),
      .hide_color_bar = TRUE,
  });
}

static char *
describe (const Rows *rows)
{
  g_autoptr (GString) text = g_string_new (_ ("Mean contributions to the majority class:"));
  g_autofree double *sizes = g_new (double, MAX (rows->n_features, 1));

  for (gsize row = 0; row < MIN (rows->n_rows, DESCRIBED_REGIONS); row++) {
    const double *profile = get_profile (rows, row, RE3_ALL_CLASSES);
    g_autoptr (GString) list = g_string_new (NULL);
    g_autoptr (GArray) largest = NULL;

    for (gsize i = 0; i < rows->n_features; i++)
      sizes[i] = fabs (profile[i]);
    largest = re3_figure_find_largest (sizes, rows->n_features, DESCRIBED_FEATURES);
    for (guint i = 0; i < largest->len; i++) {
      gsize feature = g_array_index (largest, gsize, i);

      re3_figure_append_signed (list, rows->features[feature], profile[feature]);
    }
    g_string_append_printf (text, "%s %s (%s): %s", row > 0 ? ";" : "", rows->names[row],
                            re3_model_get_class_name (rows->model, (gsize) rows->colors[row]),
                            list->str);
  }
  g_string_append_c (text, '.');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
make_title (const Rows *rows, Re3RegionOrder order)
{
  if (rows->is_clustered)
    return g_strdup (_ ("Mean contributions per region, clustered"));
  if (order == RE3_REGIONS_CLUSTERED && rows->n_rows > 0) {
    g_autofree char *number = re3_figure_format_count (rows->n_rows);

    /* Translators: the number of regions. */
    return g_strdup_printf (
        _ ("Mean contributions per region, by size: %s are too many to be clustered"), number);
  }
  return g_strdup (_ ("Mean contributions per region"));
}

Re3Chart *
re3_figure_profiles (const Re3Analysis *analysis,
                     Re3RegionOrder order,
                     gsize first_region,
                     gsize max_regions)
{
  g_auto (Rows) rows = { 0 };
  g_autoptr (Re3Chart) color_bar = NULL;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  Re3Panel panels[1 + MOST_CLASS_PANELS];
  int classes[1 + MOST_CLASS_PANELS] = { RE3_ALL_CLASSES };
  gsize n_panels = 1;
  double largest = 0;
  Re3Chart *chart;

  g_return_val_if_fail (analysis != NULL && re3_analysis_is_complete (analysis), NULL);

  rows_init (&rows, analysis, order, first_region, max_regions);
  for (gsize i = 0; i < re3_model_get_n_classes (rows.model) && n_panels <= MOST_CLASS_PANELS; i++)
    if (has_class (&rows, i))
      classes[n_panels++] = (int) i;
  for (gsize i = 0; i < n_panels; i++)
    largest = find_largest (&rows, classes[i], largest);
  for (gsize i = 0; i < n_panels; i++) {
    const char *name = i == 0 && !re3_model_is_regression (rows.model)
                           ? _ ("Majority class")
                           : re3_model_get_class_name (rows.model, (gsize) MAX (classes[i], 0));

    panels[i] = (Re3Panel){ make_panel (&rows, classes[i], largest, name), name };
  }

  color_bar = re3_color_bar_chart_new (
      &(Re3ColorBarData){ .largest = largest,
                          .color_title = re3_model_is_regression (rows.model)
                                             ? _ ("mean contribution to the output")
                                             : _ ("mean contribution to the logit of the class") });
  title = make_title (&rows, order);
  description = describe (&rows);
  chart = re3_panels_chart_new (&(Re3PanelsData){
      .title = title,
      .description = description,
      .panels = panels,
      .n_panels = n_panels,
      .footer = color_bar,
      .least_width = CLAMP (LABEL_WIDTH + FEATURE_WIDTH * (double) rows.n_features, LEAST_WIDTH,
                            LARGEST_WIDTH),
  });
  for (gsize i = 0; i < n_panels; i++)
    re3_chart_unref (panels[i].chart);
  return chart;
}
