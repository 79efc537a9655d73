/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-bar-chart.h"
#include "re3-color-bar-chart.h"
#include "re3-heatmap-chart.h"
#include "re3-panels-chart.h"
#include "scene-check.h"

static const char *const titles[] = { "first", "second", "third", "fourth", "fifth" };

/* Panels of 2, 3, ... bars, named "bar" and told apart by their lengths. */
static Re3Chart *
make_bars (gsize n, const char *axis_title)
{
  g_autofree Re3Bar *bars = g_new0 (Re3Bar, n);

  for (gsize i = 0; i < n; i++)
    bars[i] = (Re3Bar){ .label = "bar", .value = (double) (i + 1), .tooltip = "a bar" };
  return re3_bar_chart_new (
      &(Re3BarData){ .title = "bars", .axis_title = axis_title, .bars = bars, .n_bars = n });
}

static Re3Chart *
make_panels (gsize n_panels, double least_width, gsize most_columns, gboolean has_edges)
{
  Re3Panel panels[G_N_ELEMENTS (titles)];
  g_autoptr (Re3Chart) footer = re3_color_bar_chart_new (
      &(Re3ColorBarData){ .largest = 3, .color_title = "what colours measure" });
  Re3Chart *chart;

  for (gsize i = 0; i < n_panels; i++)
    panels[i] = (Re3Panel){ make_bars (i + 2, i < 2 ? "length" : "width"), titles[i] };
  chart = re3_panels_chart_new (&(Re3PanelsData){
      .title = "panels",
      .panels = panels,
      .n_panels = n_panels,
      .header = has_edges ? footer : NULL,
      .footer = has_edges ? footer : NULL,
      .least_width = least_width,
      .most_columns = most_columns,
  });
  for (gsize i = 0; i < n_panels; i++)
    re3_chart_unref (panels[i].chart);
  return chart;
}

/* What all marks of a panel take together. */
static Re3Rect
panel_bounds (const Re3Scene *scene, int panel)
{
  Re3Rect all = { 0 };
  gboolean is_first = TRUE;

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);
    double right;
    double bottom;

    /* Titles of panels are the chart's own. */
    if (mark->panel != panel || mark->item == RE3_NO_ITEM)
      continue;
    right = MAX (all.x + all.width, mark->bounds.x + mark->bounds.width);
    bottom = MAX (all.y + all.height, mark->bounds.y + mark->bounds.height);
    all.x = is_first ? mark->bounds.x : MIN (all.x, mark->bounds.x);
    all.y = is_first ? mark->bounds.y : MIN (all.y, mark->bounds.y);
    all.width = right - all.x;
    all.height = bottom - all.y;
    is_first = FALSE;
  }
  g_assert_false (is_first);
  return all;
}

/* As many stand side by side as are wide enough; the rest below, and none on another. */
static void
test_grid (void)
{
  static const struct {
    double width;
    gsize most_columns;
    gsize n_columns;
  } cases[] = { { 250, 0, 1 }, { 560, 0, 2 }, { 900, 0, 3 }, { 1500, 0, 5 }, { 1500, 2, 2 } };
  double least_width = 16; /* 208 units, and 23 between */

  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++) {
    gsize n_columns = cases[c].n_columns;
    g_autoptr (Re3Chart) chart = make_panels (5, least_width, cases[c].most_columns, FALSE);
    double height = re3_chart_get_natural_height (chart, &re3_theme_light, cases[c].width);
    g_autoptr (Re3Scene) scene =
        scene_check_layout (chart, &re3_theme_light, cases[c].width, height);

    for (int i = 1; i < 5; i++) {
      Re3Rect before = panel_bounds (scene, i - 1);
      Re3Rect here = panel_bounds (scene, i);

      if ((gsize) i % n_columns == 0) {
        g_assert_cmpfloat (here.y, >=, before.y + before.height);
        g_assert_cmpfloat (here.x, ==, 0);
      } else {
        g_assert_cmpfloat (here.x, >=, before.x + before.width);
        g_assert_cmpfloat (here.y, ==, before.y);
      }
    }
    for (gsize i = 0; i < 5; i++)
      g_assert_cmpuint (scene_count_text (scene, titles[i], NULL), ==, 1);
  }
}

/* Four panels where three would fit in a row make two rows of two. */
static void
test_balance (void)
{
  g_autoptr (Re3Chart) chart = make_panels (4, 16, 0, FALSE);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 900, 400);

  g_assert_cmpfloat (panel_bounds (scene, 1).y, ==, panel_bounds (scene, 0).y);
  g_assert_cmpfloat (panel_bounds (scene, 2).y, >, panel_bounds (scene, 0).y);
  g_assert_cmpfloat (panel_bounds (scene, 3).y, ==, panel_bounds (scene, 2).y);
  g_assert_cmpfloat (panel_bounds (scene, 2).x, ==, panel_bounds (scene, 0).x);
}

/* A mark keeps the item that it has in its own chart, and says where that is. */
static void
test_pick (void)
{
  g_autoptr (Re3Chart) chart = make_panels (3, 16, 0, TRUE);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 900, 300);

  for (int panel = 0; panel < 3; panel++)
    for (int item = 0; item < panel + 2; item++) {
      const Re3Mark *mark = NULL;
      const Re3Mark *picked;

      for (gsize i = 0; i < re3_scene_get_n_marks (scene) && mark == NULL; i++) {
        const Re3Mark *candidate = re3_scene_get_mark (scene, i);

        if (candidate->panel == panel && candidate->item == item)
          mark = candidate;
      }
      g_assert_nonnull (mark);
      picked = re3_scene_pick (scene, mark->bounds.x + mark->bounds.width / 2,
                               mark->bounds.y + mark->bounds.height / 2);
      g_assert_cmpint (picked->panel, ==, panel);
      g_assert_cmpint (picked->item, ==, item);
      g_assert_cmpstr (picked->tooltip, ==, "a bar");
    }
}

/* Above and below all panels; both go where there is no room. */
static void
test_edges (void)
{
  g_autoptr (Re3Chart) chart = make_panels (2, 16, 1, TRUE);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, 400, 400);
  g_autoptr (Re3Scene) low = scene_check_layout (chart, &re3_theme_light, 400, 130);
  const Re3Mark *below = NULL;

  g_assert_cmpuint (scene_count_text (scene, "what colours measure", NULL), ==, 2);
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);

    if (mark->panel == 2)
      g_assert_cmpfloat (mark->bounds.y + mark->bounds.height, <=, panel_bounds (scene, 0).y);
    if (mark->panel == 3)
      below = mark;
  }
  g_assert_nonnull (below);
  g_assert_cmpfloat (below->bounds.y, >=,
                     panel_bounds (scene, 1).y + panel_bounds (scene, 1).height);
  g_assert_cmpuint (scene_count_text (low, "what colours measure", NULL), ==, 0);
}

/* One table of all, where columns of one name are one. */
/* Bars are not made thicker without end: what is below them stays near. */
static void
test_footer_stays_near (void)
{
  g_autoptr (Re3Chart) chart = make_panels (2, 10, 2, TRUE);
  g_autoptr (Re3Scene) scene = re3_chart_layout (chart, &re3_theme_print, 400, 4000);
  Re3Rect first = panel_bounds (scene, 0);
  Re3Rect second = panel_bounds (scene, 1);
  double bottom = MAX (first.y + first.height, second.y + second.height);
  double top = 4000;

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);

    if (mark->panel == 3)
      top = MIN (top, mark->bounds.y);
  }
  g_assert_cmpfloat (top, >, bottom);
  g_assert_cmpfloat (top, <, bottom + 100);
}

static void
test_table (void)
{
  g_autoptr (Re3Chart) chart = make_panels (3, 16, 0, TRUE);
  g_autoptr (Re3ChartTable) table = re3_chart_get_data (chart);
  g_autoptr (Re3Chart) alone = make_bars (2, "length");
  g_autoptr (Re3ChartTable) part = re3_chart_get_data (alone);
  gsize n_own = re3_chart_table_get_n_columns (part);
  gsize n_columns = re3_chart_table_get_n_columns (table);
  gsize n_empty = 0;

  g_assert_cmpuint (re3_chart_table_get_n_rows (table), ==, 2 + 3 + 4);
  /* The panel's name, and one length and one width. */
  g_assert_cmpuint (n_columns, ==, 1 + n_own + 1);
  g_assert_cmpstr (re3_chart_table_get_head (table, 0), ==, "panel");
  g_assert_cmpstr (re3_chart_table_get_cell (table, 0, 0), ==, "first");
  g_assert_cmpstr (re3_chart_table_get_cell (table, 8, 0), ==, "third");
  for (gsize row = 0; row < 2; row++)
    for (gsize column = 0; column < n_own; column++) {
      g_assert_cmpstr (re3_chart_table_get_head (table, column + 1), ==,
                       re3_chart_table_get_head (part, column));
      g_assert_cmpstr (re3_chart_table_get_cell (table, row, column + 1), ==,
                       re3_chart_table_get_cell (part, row, column));
    }
  for (gsize column = 0; column < n_columns; column++)
    if (*re3_chart_table_get_cell (table, 8, column) == '\0')
      n_empty++;
  g_assert_cmpuint (n_empty, >=, 1);
}

static void
test_sizes (void)
{
  for (gsize n = 0; n <= G_N_ELEMENTS (titles); n++)
    for (gsize most = 0; most < 3; most++) {
      g_autoptr (Re3Chart) chart = make_panels (n, 20, most, n % 2 == 0);

      scene_check_sizes (chart, most == 0 ? &re3_theme_light : &re3_theme_print);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/panels-chart/grid", test_grid);
  g_test_add_func ("/panels-chart/balance", test_balance);
  g_test_add_func ("/panels-chart/pick", test_pick);
  g_test_add_func ("/panels-chart/edges", test_edges);
  g_test_add_func ("/panels-chart/footer-stays-near", test_footer_stays_near);
  g_test_add_func ("/panels-chart/table", test_table);
  g_test_add_func ("/panels-chart/sizes", test_sizes);
  return g_test_run ();
}
