/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-bar-chart.h"
#include "re3-chart-light.h"
#include "re3-sankey-chart.h"

enum { A, B, C, D, N_NODES };

static const Re3ChartDatum nothing = { 0, RE3_NO_ITEM, 0 };

/* a and b lead to c, and c to d; @order: which node stands where; b is there only if @with_b. */
static Re3Chart *
pathway_new (const guint *order, gboolean with_b)
{
  static const Re3SankeyNode all[] = {
    [A] = { .label = "a", .id = 10, .column = 0 },
    [B] = { .label = "b", .id = 11, .column = 0 },
    [C] = { .label = "c", .id = 12, .column = 1 },
    [D] = { .label = "d", .id = 13, .column = 2 },
  };
  static const char *const titles[] = { "one", "two", "three" };
  guint place[N_NODES];
  Re3SankeyNode nodes[N_NODES];
  Re3SankeyLink links[3];
  gsize n_links = 0;
  guint n = 0;

  for (guint i = 0; i < N_NODES; i++) {
    if (order[i] == B && !with_b)
      continue;
    place[order[i]] = n;
    nodes[n++] = all[order[i]];
  }
  if (with_b)
    links[n_links++] = (Re3SankeyLink){ place[B], place[C], 1, "bc" };
  links[n_links++] = (Re3SankeyLink){ place[A], place[C], 2, "ac" };
  links[n_links++] = (Re3SankeyLink){ place[C], place[D], 3, "cd" };
  return re3_sankey_chart_new (&(Re3SankeyData){ .column_titles = titles,
                                                 .n_columns = 3,
                                                 .nodes = nodes,
                                                 .n_nodes = n,
                                                 .links = links,
                                                 .n_links = n_links });
}

static const guint as_named[] = { A, B, C, D };
static const guint turned[] = { B, A, C, D };

static gboolean
is_lit (const Re3ChartLight *light, int item, int series)
{
  return re3_highlight_contains (re3_chart_light_get_highlight (light), item, series);
}

/* A pin goes before the pointer, and that before a focus that is seen. */
static void
test_order (void)
{
  g_autoptr (Re3ChartLight) light = re3_chart_light_new ();
  g_autoptr (Re3Chart) chart = pathway_new (as_named, TRUE);
  const Re3Mark a = { .item = A };
  const Re3Mark b = { .item = B };
  const Re3ChartDatum d = { 0, D, 0 };

  g_assert_false (re3_chart_light_set_hover (light, &a));
  g_assert_null (re3_chart_light_get_highlight (light));
  re3_chart_light_set_chart (light, chart);
  g_assert_null (re3_chart_light_get_highlight (light));

  g_assert_false (re3_chart_light_set_focus (light, &b));
  g_assert_true (re3_chart_light_get_focus (light)->item == B);
  g_assert_null (re3_chart_light_get_highlight (light));
  g_assert_true (re3_chart_light_show_focus (light, TRUE));
  g_assert_true (is_lit (light, B, 0) && !is_lit (light, A, 0));
  g_assert_true (re3_chart_light_set_hover (light, &a));
  g_assert_true (is_lit (light, A, 0) && !is_lit (light, B, 0) && is_lit (light, D, 0));
  g_assert_false (re3_chart_light_set_hover (light, &a));
  g_assert_true (re3_chart_light_pin (light, &d));
  g_assert_true (is_lit (light, A, 0) && is_lit (light, B, 0));
  g_assert_false (re3_chart_light_set_hover (light, NULL));
  g_assert_true (re3_chart_light_is_pinned (light));

  /* Again on the same: no pin; then the focus is what is lit. */
  g_assert_true (re3_chart_light_pin (light, &d));
  g_assert_false (re3_chart_light_is_pinned (light));
  g_assert_true (is_lit (light, B, 0) && !is_lit (light, A, 0));
  re3_chart_light_pin (light, &d);
  g_assert_true (re3_chart_light_pin (light, &nothing));
  g_assert_false (re3_chart_light_is_pinned (light));
}

/* A pin stays with its node wherever that goes, and waits for it while it is not there. */
static void
test_other_charts (void)
{
  g_autoptr (Re3ChartLight) light = re3_chart_light_new ();
  g_autoptr (Re3Chart) chart = pathway_new (as_named, TRUE);
  g_autoptr (Re3Chart) other = pathway_new (turned, TRUE);
  g_autoptr (Re3Chart) without = pathway_new (as_named, FALSE);
  const Re3Mark a = { .item = A };

  re3_chart_light_set_chart (light, chart);
  re3_chart_light_set_focus (light, &a);
  re3_chart_light_pin (light, &(Re3ChartDatum){ 0, B, 0 });
  g_assert_true (is_lit (light, 1, 0) && !is_lit (light, 0, 0));
  re3_chart_light_set_chart (light, other);
  g_assert_true (is_lit (light, 0, 0) && !is_lit (light, 1, 0));
  g_assert_cmpint (re3_chart_light_get_focus (light)->item, ==, 1);

  re3_chart_light_set_chart (light, without);
  g_assert_null (re3_chart_light_get_highlight (light));
  g_assert_true (re3_chart_light_is_pinned (light));
  re3_chart_light_set_chart (light, chart);
  g_assert_true (is_lit (light, 1, 0) && !is_lit (light, 0, 0));

  /* A link is known by its ends. */
  re3_chart_light_pin (light, &(Re3ChartDatum){ 0, 0, RE3_SANKEY_LINKS });
  g_assert_true (is_lit (light, B, 0) && !is_lit (light, A, 0));
  re3_chart_light_set_chart (light, other);
  g_assert_true (is_lit (light, 0, 0) && !is_lit (light, 1, 0));

  re3_chart_light_set_chart (light, NULL);
  g_assert_false (re3_chart_light_is_pinned (light));
  g_assert_cmpint (re3_chart_light_get_focus (light)->item, ==, RE3_NO_ITEM);
}

/* Where nothing belongs together nothing fades, and nothing can be pinned. */
static void
test_without_light (void)
{
  static const Re3Bar bars[] = { { .label = "a", .value = 1 }, { .label = "b", .value = 2 } };
  g_autoptr (Re3ChartLight) light = re3_chart_light_new ();
  g_autoptr (Re3Chart) chart = re3_bar_chart_new (&(Re3BarData){ .bars = bars, .n_bars = 2 });
  const Re3Mark b = { .item = 1 };

  re3_chart_light_set_chart (light, chart);
  g_assert_false (re3_chart_light_set_hover (light, &b));
  g_assert_cmpint (re3_chart_light_get_hover (light)->item, ==, 1);
  g_assert_false (re3_chart_light_pin (light, &(Re3ChartDatum){ 0, 1, 0 }));
  g_assert_false (re3_chart_light_is_pinned (light));
  g_assert_null (re3_chart_light_get_highlight (light));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-light/order", test_order);
  g_test_add_func ("/chart-light/other-charts", test_other_charts);
  g_test_add_func ("/chart-light/without-light", test_without_light);
  return g_test_run ();
}
