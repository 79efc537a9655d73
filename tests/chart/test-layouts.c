/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-bar-chart.h"
#include "re3-heatmap-chart.h"
#include "re3-line-chart.h"
#include "re3-sankey-chart.h"
#include "re3-stacked-bar-chart.h"
#include "scene-check.h"

#include <float.h>
#include <math.h>

/* Whatever the numbers, the names and the size: every mark stays on the canvas and no text lies on
 * another one. */

static const gsize counts[] = { 1, 2, 7, 30, 57, 500 };

static const Re3Theme *const themes[] = { &re3_theme_light, &re3_theme_print };

/* A name of any length, some with letters that other fonts must supply, some with no letters. */
static char *
make_name (guint64 *state, gsize index)
{
  double choice = next_random (state);

  if (choice < 0.03)
    return g_strdup ("");
  if (choice < 0.1)
    return g_strdup_printf ("фактор №%zu 長い名前", index);
  if (choice < 0.2)
    return g_strdup_printf ("a name that somebody made far longer than it should be, %zu", index);
  if (choice < 0.25)
    return g_strdup_printf ("two\nlines %zu", index);
  return g_strdup_printf ("feature %zu", index);
}

/* Numbers of all sizes, zeros, and what is no number. */
static double
make_value (guint64 *state)
{
  double choice = next_random (state);
  double sign = next_random (state) < 0.5 ? -1 : 1;

  if (choice < 0.1)
    return 0;
  if (choice < 0.11)
    return NAN;
  if (choice < 0.12)
    return sign * INFINITY;
  if (choice < 0.13)
    return sign * DBL_MAX;
  if (choice < 0.3)
    return sign * pow (10, 20 * next_random (state) - 12);
  return sign * next_random (state) * 10;
}

static GStrv
make_names (guint64 *state, gsize n)
{
  GStrv names = g_new0 (char *, n + 1);

  for (gsize i = 0; i < n; i++)
    names[i] = make_name (state, i);
  return names;
}

static double *
make_values (guint64 *state, gsize n)
{
  double *values = g_new (double, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    values[i] = make_value (state);
  return values;
}

static void
test_bars (void)
{
  guint64 state = 1;

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (counts); i++) {
    gsize n = counts[i % G_N_ELEMENTS (counts)];
    g_auto (GStrv) names = make_names (&state, n);
    g_auto (GStrv) details = make_names (&state, n);
    g_autofree Re3Bar *bars = g_new0 (Re3Bar, n);
    g_autoptr (Re3Chart) chart = NULL;

    for (gsize j = 0; j < n; j++)
      bars[j] = (Re3Bar){
        .label = names[j],
        .detail = i % 2 == 0 ? details[j] : NULL,
        .value = i < G_N_ELEMENTS (counts) ? make_value (&state) : next_random (&state),
        .style = (Re3BarStyle) (j % 3),
        .color_index = (int) j,
      };
    chart = re3_bar_chart_new (&(Re3BarData){
        .title = "bars",
        .axis_title = "contribution to the logit of a class",
        .footnote = i % 3 == 0 ? NULL : "residual |A x + D − f(x)| = 2.2 × 10⁻¹⁶",
        .bars = bars,
        .n_bars = n,
        .low = 0,
        .high = i < G_N_ELEMENTS (counts) ? 0 : 1,
    });
    scene_check_sizes (chart, themes[i % G_N_ELEMENTS (themes)]);
  }
}

static void
test_stacked_bars (void)
{
  guint64 state = 2;

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    gsize n = counts[i];
    gsize n_series = 1 + (gsize) (20 * next_random (&state));
    g_auto (GStrv) names = make_names (&state, n);
    g_auto (GStrv) series = make_names (&state, n_series);
    g_autofree double *values = make_values (&state, n * n_series);
    g_autofree Re3StackedBar *bars = g_new0 (Re3StackedBar, n);
    g_autoptr (Re3Chart) chart = NULL;

    for (gsize j = 0; j < n; j++)
      bars[j] = (Re3StackedBar){
        .label = names[j],
        .detail = j % 2 == 0 ? "98 %" : NULL,
        .marked = j % 5 == 1,
        .is_rest = i % 2 == 0 && j + 1 == n,
        .values = values + j * n_series,
      };
    for (gsize j = 0; i % 2 == 0 && j < n * n_series; j++)
      values[j] = floor (100 * next_random (&state));
    chart = re3_stacked_bar_chart_new (&(Re3StackedBarData){
        .title = "stacked bars",
        .axis_title = "samples",
        .series_names = (const char *const *) series,
        .n_series = n_series,
        .bars = bars,
        .n_bars = n,
        .mark_text = "purity below 70 %",
    });
    scene_check_sizes (chart, themes[i % G_N_ELEMENTS (themes)]);
  }
}

static void
test_heatmaps (void)
{
  static const gsize shapes[][2] = { { 1, 1 }, { 4, 4 }, { 20, 57 }, { 500, 3 }, { 2, 300 } };
  guint64 state = 3;

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    gsize n_rows = shapes[i][0];
    gsize n_columns = shapes[i][1];
    g_auto (GStrv) rows = make_names (&state, n_rows);
    g_auto (GStrv) columns = make_names (&state, n_columns);
    g_autofree double *values = make_values (&state, n_rows * n_columns);
    g_autofree int *colors = g_new (int, n_rows);
    g_autoptr (Re3Chart) chart = NULL;

    for (gsize j = 0; j < n_rows; j++)
      colors[j] = (int) (j % 4) - 1;
    chart = re3_heatmap_chart_new (&(Re3HeatmapData){
        .title = "heatmap",
        .row_labels = (const char *const *) rows,
        .row_colors = i % 2 == 0 ? colors : NULL,
        .n_rows = n_rows,
        .column_labels = (const char *const *) columns,
        .n_columns = n_columns,
        .values = values,
        .color_title = "mean contribution to the logit of the majority class",
    });
    scene_check_sizes (chart, themes[i % G_N_ELEMENTS (themes)]);
  }
}

static int
compare_numbers (gconstpointer a, gconstpointer b, gpointer data)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
test_lines (void)
{
  static const gsize n_points[] = { 0, 1, 2, 50, 20000 };
  guint64 state = 4;

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (n_points); i++) {
    gsize n = n_points[i / 2];
    g_autofree double *x = make_values (&state, n);
    g_autofree double *y = make_values (&state, n);
    Re3LineMarker markers[8];
    Re3Line lines[5];
    g_autoptr (Re3Chart) chart = NULL;

    for (gsize j = 0; j < n; j++)
      x[j] = i % 2 == 0 ? 10 * next_random (&state) : isfinite (x[j]) ? x[j] : 0;
    g_qsort_with_data (x, (int) n, sizeof *x, compare_numbers, NULL);
    for (gsize j = 0; j < G_N_ELEMENTS (lines); j++)
      lines[j] = (Re3Line){ "the share of samples", x, y, n, (int) j - 1, j % 2 == 0 };
    for (gsize j = 0; j < G_N_ELEMENTS (markers); j++)
      markers[j] = (Re3LineMarker){ "ε₉₀ = 0.0166", j < 2 ? 0.5 : 10 * next_random (&state) };
    chart = re3_line_chart_new (&(Re3LineData){
        .title = "lines",
        .x_title = "distance",
        .y_title = "share of samples that keep their region",
        .lines = lines,
        .n_lines = i % G_N_ELEMENTS (lines) + 1,
        .markers = markers,
        .n_markers = i % 3 == 0 ? 0 : G_N_ELEMENTS (markers),
    });
    scene_check_sizes (chart, themes[i % G_N_ELEMENTS (themes)]);
  }
}

static void
test_sankeys (void)
{
  static const gsize shapes[][4] = {
    { 1, 0, 0, 1 }, { 4, 8, 0, 3 }, { 4, 16, 8, 1 }, { 57, 30, 30, 2 }, { 500, 3, 200, 10 },
  };
  guint64 state = 5;

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (shapes); i++) {
    const gsize *shape = shapes[i / 2];
    g_autoptr (GArray) nodes = g_array_new (FALSE, TRUE, sizeof (Re3SankeyNode));
    g_autoptr (GArray) links = g_array_new (FALSE, TRUE, sizeof (Re3SankeyLink));
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (Re3Chart) chart = NULL;
    guint column = 0;

    for (gsize layer = 0; layer < 4; layer++) {
      for (gsize j = 0; j < shape[layer]; j++) {
        Re3SankeyNode node = {
          .label = make_name (&state, j),
          .value = j % 3 == 0 ? NULL : "12.5 cm",
          .column = column,
          .color_index = layer == 3 ? (int) j : -1,
          .muted = next_random (&state) < 0.3,
          .is_offset = j + 1 == shape[layer],
        };

        g_ptr_array_add (names, (char *) node.label);
        g_array_append_val (nodes, node);
      }
      if (shape[layer] == 0)
        continue;
      g_ptr_array_add (titles, make_name (&state, layer));
      column++;
    }
    for (guint from = 0; from < nodes->len; from++)
      for (guint to = 0; to < nodes->len; to++) {
        const Re3SankeyNode *source = &g_array_index (nodes, Re3SankeyNode, from);
        const Re3SankeyNode *target = &g_array_index (nodes, Re3SankeyNode, to);
        Re3SankeyLink link = { from, to, i % 2 == 0 ? make_value (&state) : 0, NULL };

        /* Some links pass a column by. */
        if (target->column == source->column + 1 ||
            (target->column > source->column && next_random (&state) < 0.01))
          g_array_append_val (links, link);
      }
    chart = re3_sankey_chart_new (&(Re3SankeyData){
        .title = "sankey",
        .column_titles = (const char *const *) titles->pdata,
        .n_columns = column,
        .nodes = (const Re3SankeyNode *) nodes->data,
        .n_nodes = nodes->len,
        .links = (const Re3SankeyLink *) links->data,
        .n_links = links->len,
        .is_signed = i % 3 != 0,
    });
    scene_check_sizes (chart, themes[i % G_N_ELEMENTS (themes)]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layouts/bars", test_bars);
  g_test_add_func ("/layouts/stacked-bars", test_stacked_bars);
  g_test_add_func ("/layouts/heatmaps", test_heatmaps);
  g_test_add_func ("/layouts/lines", test_lines);
  g_test_add_func ("/layouts/sankeys", test_sankeys);
  return g_test_run ();
}
