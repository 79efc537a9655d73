/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sankey-chart.h"
#include "scene-check.h"

/* Four columns with some of the links between neighbours. */
enum { N_COLUMNS = 4, PER_COLUMN = 4, N_NODES = N_COLUMNS * PER_COLUMN, MOST_LINKS = 48 };

typedef struct {
  Re3SankeyNode nodes[N_NODES];
  Re3SankeyLink links[MOST_LINKS];
  gsize n_links;
  Re3Chart *chart;
} Fixture;

static void
fixture_clear (Fixture *fixture)
{
  re3_chart_unref (fixture->chart);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* @first: the ids count on from there, @reverse: with the nodes of a column the other way round */
static void
set_up (Fixture *fixture, guint64 seed, guint first, gboolean reverse)
{
  static const char *const titles[] = { "a", "b", "c", "d" };
  guint64 state = seed;

  *fixture = (Fixture){ 0 };
  for (guint i = 0; i < N_NODES; i++)
    fixture->nodes[i] = (Re3SankeyNode){
      .label = "n",
      .tooltip = "n",
      .id = first + (reverse ? i / PER_COLUMN * PER_COLUMN + PER_COLUMN - 1 - i % PER_COLUMN : i),
      .column = i / PER_COLUMN,
      .color_index = -1,
    };
  for (guint from = 0; from < N_NODES; from++)
    for (guint to = from / PER_COLUMN * PER_COLUMN + PER_COLUMN;
         to < N_NODES && to < from / PER_COLUMN * PER_COLUMN + 2 * PER_COLUMN; to++) {
      double draw = next_random (&state);

      if (draw < 0.5)
        fixture->links[fixture->n_links++] =
            (Re3SankeyLink){ from, to, draw < 0.1 ? 0 : draw - 0.3, "l" };
    }
  fixture->chart = re3_sankey_chart_new (&(Re3SankeyData){ .column_titles = titles,
                                                           .n_columns = N_COLUMNS,
                                                           .nodes = fixture->nodes,
                                                           .n_nodes = N_NODES,
                                                           .links = fixture->links,
                                                           .n_links = fixture->n_links });
}

/* Walks every path of links that carry something on from @node, and marks what it comes by. */
static void
walk (const Fixture *fixture, guint node, gboolean forward, gboolean *nodes, gboolean *links)
{
  nodes[node] = TRUE;
  for (gsize i = 0; i < fixture->n_links; i++) {
    const Re3SankeyLink *link = &fixture->links[i];

    if (link->value == 0 || (forward ? link->source : link->target) != node)
      continue;
    links[i] = TRUE;
    walk (fixture, forward ? link->target : link->source, forward, nodes, links);
  }
}

static void
compare (const Fixture *fixture, int item, int series, const gboolean *nodes, const gboolean *links)
{
  g_autoptr (Re3Highlight) highlight = re3_chart_get_highlight (fixture->chart, item, series);

  for (guint i = 0; i < N_NODES; i++)
    g_assert_cmpint (re3_highlight_contains (highlight, (int) i, RE3_SANKEY_NODES), ==, nodes[i]);
  for (gsize i = 0; i < fixture->n_links; i++)
    g_assert_cmpint (re3_highlight_contains (highlight, (int) i, RE3_SANKEY_LINKS), ==, links[i]);
}

/* What is lit is what lies on any path through a node or a link. */
static void
test_paths (void)
{
  for (guint64 seed = 1; seed < 60; seed++) {
    g_auto (Fixture) fixture = { 0 };

    set_up (&fixture, seed, 0, FALSE);
    for (guint node = 0; node < N_NODES; node++) {
      gboolean nodes[N_NODES] = { FALSE };
      gboolean links[MOST_LINKS] = { FALSE };

      walk (&fixture, node, TRUE, nodes, links);
      walk (&fixture, node, FALSE, nodes, links);
      compare (&fixture, (int) node, RE3_SANKEY_NODES, nodes, links);
    }
    for (gsize link = 0; link < fixture.n_links; link++) {
      gboolean nodes[N_NODES] = { FALSE };
      gboolean links[MOST_LINKS] = { FALSE };

      links[link] = TRUE;
      walk (&fixture, fixture.links[link].target, TRUE, nodes, links);
      walk (&fixture, fixture.links[link].source, FALSE, nodes, links);
      compare (&fixture, (int) link, RE3_SANKEY_LINKS, nodes, links);
    }
  }
}

/* A node is found again wherever it stands, and a link between the same two nodes; what another
 * chart lacks is not. */
static void
test_keys (void)
{
  g_auto (Fixture) one = { 0 };
  g_auto (Fixture) turned = { 0 };
  g_auto (Fixture) other = { 0 };
  gsize n_found = 0;

  set_up (&one, 5, 100, FALSE);
  set_up (&turned, 6, 100, TRUE);
  set_up (&other, 5, 200, FALSE);
  for (int i = 0; i < N_NODES; i++) {
    Re3DatumKey key = re3_chart_get_key (one.chart, i, RE3_SANKEY_NODES);
    int item = -1;
    int series = -1;

    g_assert_true (re3_chart_find_key (turned.chart, &key, &item, &series));
    g_assert_cmpint (series, ==, RE3_SANKEY_NODES);
    g_assert_cmpuint (turned.nodes[item].id, ==, one.nodes[i].id);
    g_assert_false (re3_chart_find_key (other.chart, &key, &item, &series));
  }
  for (gsize i = 0; i < one.n_links; i++) {
    Re3DatumKey key = re3_chart_get_key (one.chart, (int) i, RE3_SANKEY_LINKS);
    guint source = one.nodes[one.links[i].source].id;
    guint target = one.nodes[one.links[i].target].id;
    gboolean exists = FALSE;
    int item = -1;
    int series = -1;

    for (gsize j = 0; j < turned.n_links; j++)
      exists = exists || (turned.nodes[turned.links[j].source].id == source &&
                          turned.nodes[turned.links[j].target].id == target);
    g_assert_cmpint (re3_chart_find_key (turned.chart, &key, &item, &series), ==, exists);
    if (!exists)
      continue;
    n_found++;
    g_assert_cmpint (series, ==, RE3_SANKEY_LINKS);
    g_assert_cmpuint (turned.nodes[turned.links[item].source].id, ==, source);
    g_assert_cmpuint (turned.nodes[turned.links[item].target].id, ==, target);
  }
  g_assert_cmpuint (n_found, >, 3);
}

/* Along the widest links and up and down the columns; and on along the links of a node. */
static void
test_moves (void)
{
  static const Re3SankeyNode nodes[] = {
    { .label = "a", .tooltip = "a", .id = 1, .column = 0 },
    { .label = "b", .tooltip = "b", .id = 2, .column = 0 },
    { .label = "c", .tooltip = "c", .id = 3, .column = 1 },
    { .label = "d", .tooltip = "d", .id = 4, .column = 1 },
  };
  static const Re3SankeyLink links[] = {
    { 0, 2, 1, "ac" }, { 1, 2, 3, "bc" }, { 0, 3, -2, "ad" }, { 1, 3, 1e-9, "too thin to be seen" }
  };
  static const char *const titles[] = { "left", "right" };
  g_autoptr (Re3Chart) chart =
      re3_sankey_chart_new (&(Re3SankeyData){ .column_titles = titles,
                                              .n_columns = 2,
                                              .nodes = nodes,
                                              .n_nodes = G_N_ELEMENTS (nodes),
                                              .links = links,
                                              .n_links = G_N_ELEMENTS (links) });
  g_autoptr (Re3Scene) scene = re3_chart_layout (chart, &re3_theme_light, 400, 300);
  const Re3Mark *at = scene_assert_move (scene, NULL, RE3_DIRECTION_DOWN, 0, RE3_SANKEY_NODES);

  at = scene_assert_move (scene, at, RE3_DIRECTION_RIGHT, 2, RE3_SANKEY_LINKS);
  at = scene_assert_move (scene, at, RE3_DIRECTION_UP, 0, RE3_SANKEY_LINKS);
  g_assert_null (re3_scene_move (scene, at, RE3_DIRECTION_UP));
  at = scene_assert_move (scene, at, RE3_DIRECTION_DOWN, 2, RE3_SANKEY_LINKS);
  at = scene_assert_move (scene, at, RE3_DIRECTION_DOWN, 1, RE3_SANKEY_LINKS);
  g_assert_null (re3_scene_move (scene, at, RE3_DIRECTION_DOWN));
  at = scene_assert_move (scene, at, RE3_DIRECTION_LEFT, 1, RE3_SANKEY_NODES);
  g_assert_null (re3_scene_move (scene, at, RE3_DIRECTION_LEFT));
  g_assert_null (re3_scene_move (scene, at, RE3_DIRECTION_DOWN));
  at = scene_assert_move (scene, at, RE3_DIRECTION_RIGHT, 1, RE3_SANKEY_LINKS);
  at = scene_assert_move (scene, at, RE3_DIRECTION_RIGHT, 2, RE3_SANKEY_NODES);
  at = scene_assert_move (scene, at, RE3_DIRECTION_DOWN, 3, RE3_SANKEY_NODES);
  at = scene_assert_move (scene, at, RE3_DIRECTION_FIRST, 0, RE3_SANKEY_NODES);
  scene_assert_move (scene, at, RE3_DIRECTION_LAST, 3, RE3_SANKEY_NODES);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sankey-path/paths", test_paths);
  g_test_add_func ("/sankey-path/keys", test_keys);
  g_test_add_func ("/sankey-path/moves", test_moves);
  return g_test_run ();
}
