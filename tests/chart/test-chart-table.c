/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-bar-chart.h"
#include "re3-chart-table-private.h"
#include "re3-heatmap-chart.h"
#include "re3-line-chart.h"
#include "re3-sankey-chart.h"
#include "re3-stacked-bar-chart.h"
#include "scene-check.h"

#include <math.h>

static void
check_csv (Re3Chart *chart, const char *expected)
{
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  g_autofree char *csv = re3_chart_table_to_csv (table);

  g_assert_cmpstr (csv, ==, expected);
}

static void
test_bar_chart (void)
{
  static const Re3Bar bars[] = { { "base", NULL, NULL, -0.1, RE3_BAR_TOTAL },
                                 { "petal, \"wide\"", "0.2 cm", "tip", 1.0 / 3, RE3_BAR_SIGNED,
                                   .printed = "+0.33" } };
  g_autoptr (Re3Chart) chart = re3_bar_chart_new (&(Re3BarData){
      .axis_title = "contribution to the logit", .bars = bars, .n_bars = G_N_ELEMENTS (bars) });
  g_autoptr (Re3Chart) plain = re3_bar_chart_new (&(Re3BarData){ .bars = bars, .n_bars = 1 });

  check_csv (chart, "name,note,contribution to the logit\n"
                    "base,,-0.1\n"
                    "\"petal, \"\"wide\"\"\",0.2 cm,0.3333333333333333\n");
  check_csv (plain, "name,value\nbase,-0.1\n");
}

static void
test_heatmap_chart (void)
{
  static const char *const rows[] = { "R1", "R2" };
  static const char *const columns[] = { "width", " length " };
  static const double values[] = { 1e-300, NAN, -0.30000000000000004, 123456789012345680.0 };
  g_autoptr (Re3Chart) chart = re3_heatmap_chart_new (&(Re3HeatmapData){
      .row_labels = rows,
      .n_rows = 2,
      .column_labels = columns,
      .n_columns = 2,
      .values = values,
      .color_title = "mean contribution",
  });

  check_csv (chart, "mean contribution,width,\" length \"\n"
                    "R1,1e-300,\n"
                    "R2,-0.30000000000000004,1.2345678901234568e+17\n");
}

/* A marked place has the height of the first line there. */
static void
test_line_chart (void)
{
  static const double x[] = { 0, 0.5, 2 };
  static const double y[] = { 1, 0.75, 0.25 };
  const Re3Line lines[] = { { "exact", x, y, 3, -1, TRUE }, { "paper", x, y, 2, 0, FALSE } };
  const Re3LineMarker marker = { "half", 1.5 };
  g_autoptr (Re3Chart) chart = re3_line_chart_new (&(Re3LineData){
      .x_title = "distance",
      .y_title = "share",
      .lines = lines,
      .n_lines = 2,
      .markers = &marker,
      .n_markers = 1,
  });

  check_csv (chart, "name,distance,share\n"
                    "exact,0,1\nexact,0.5,0.75\nexact,2,0.25\n"
                    "paper,0,1\npaper,0.5,0.75\n"
                    "half,1.5,0.75\n");
}

static void
test_stacked_bar_chart (void)
{
  static const char *const classes[] = { "setosa", "virginica" };
  static const double first[] = { 12, 0 };
  static const double second[] = { 3, 4 };
  const Re3StackedBar bars[] = { { "R1", "100 %", NULL, FALSE, first },
                                 { "R2", NULL, NULL, TRUE, second } };
  g_autoptr (Re3Chart) chart = re3_stacked_bar_chart_new (&(Re3StackedBarData){
      .axis_title = "samples",
      .series_names = classes,
      .n_series = 2,
      .bars = bars,
      .n_bars = 2,
      .mark_text = "purity below 70 %",
  });

  check_csv (chart, "name,setosa (samples),virginica (samples),note,purity below 70 %\n"
                    "R1,12,0,100 %,no\n"
                    "R2,3,4,,yes\n");
}

static void
test_sankey_chart (void)
{
  static const char *const columns[] = { "features", "classes" };
  const Re3SankeyNode nodes[] = {
    { .label = "width", .value = "0.2 cm", .column = 0, .color_index = -1 },
    { .label = "setosa", .column = 1, .color_index = 0 },
  };
  const Re3SankeyLink link = { 0, 1, -2.5, NULL };
  g_autoptr (Re3Chart) chart = re3_sankey_chart_new (&(Re3SankeyData){
      .column_titles = columns,
      .n_columns = 2,
      .nodes = nodes,
      .n_nodes = 2,
      .links = &link,
      .n_links = 1,
      .is_signed = TRUE,
  });

  check_csv (chart, "source column,source,source value,target column,target,target value,flow\n"
                    "features,width,0.2 cm,classes,setosa,,-2.5\n");
}

/* Every number reads back as the same bits. */
static void
test_numbers (void)
{
  g_autoptr (Re3ChartTable) table = re3_chart_table_new ();
  g_autofree double *numbers = g_new (double, 4000);
  guint64 state = 11;

  re3_chart_table_add_column (table, "value", "cm");
  g_assert_cmpstr (re3_chart_table_get_head (table, 0), ==, "value (cm)");
  for (int i = 0; i < 4000; i++) {
    numbers[i] = (next_random (&state) - 0.5) * pow (10, 600 * next_random (&state) - 300);
    re3_chart_table_add_number (table, numbers[i]);
  }
  g_assert_cmpuint (re3_chart_table_get_n_columns (table), ==, 1);
  g_assert_cmpuint (re3_chart_table_get_n_rows (table), ==, 4000);
  for (gsize i = 0; i < 4000; i++) {
    const char *cell = re3_chart_table_get_cell (table, i, 0);
    char *end;

    g_assert_true (g_ascii_strtod (cell, &end) == numbers[i]);
    g_assert_cmpint (*end, ==, '\0');
  }

  re3_chart_table_add_number (table, -INFINITY);
  re3_chart_table_add_number (table, 2.5);
  g_assert_cmpstr (re3_chart_table_get_cell (table, 4000, 0), ==, "-inf");
  g_assert_cmpstr (re3_chart_table_get_cell (table, 4001, 0), ==, "2.5");
}

static void
test_quotes (void)
{
  g_autoptr (Re3ChartTable) table = re3_chart_table_new ();
  g_autofree char *csv = NULL;

  re3_chart_table_add_column (table, "Länge", "");
  re3_chart_table_add_column (table, "b\"c", NULL);
  re3_chart_table_add_text (table, "two\nlines");
  re3_chart_table_add_text (table, NULL);
  re3_chart_table_add_text (table, "\"");
  re3_chart_table_add_text (table, "a;b");
  csv = re3_chart_table_to_csv (table);
  g_assert_cmpstr (csv, ==, "Länge,\"b\"\"c\"\n\"two\nlines\",\n\"\"\"\",a;b\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-table/bar-chart", test_bar_chart);
  g_test_add_func ("/chart-table/heatmap-chart", test_heatmap_chart);
  g_test_add_func ("/chart-table/line-chart", test_line_chart);
  g_test_add_func ("/chart-table/stacked-bar-chart", test_stacked_bar_chart);
  g_test_add_func ("/chart-table/sankey-chart", test_sankey_chart);
  g_test_add_func ("/chart-table/numbers", test_numbers);
  g_test_add_func ("/chart-table/quotes", test_quotes);
  return g_test_run ();
}
