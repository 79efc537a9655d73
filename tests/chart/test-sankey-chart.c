/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sankey-chart.h"
#include "re3-scene-private.h"
#include "scene-check.h"

#include <math.h>

#define EPSILON 1e-6

/* 3 - 4 - 2, every node of a column linked to every one of the next. */
enum { N_NODES = 9, N_LINKS = 12 + 8 };

typedef struct {
  Re3SankeyNode nodes[N_NODES];
  Re3SankeyLink links[N_LINKS];
  Re3Chart *chart;
} Fixture;

/* Two ends of a ribbon, as drawn. */
typedef struct {
  double x0;
  double y0;
  double x1;
  double y1;
  double width;
} Ribbon;

static void
set_up (Fixture *fixture, double factor, gboolean is_signed, guint64 seed)
{
  static const char *const names[N_NODES] = { "a", "b", "c", "h1", "h2", "h3", "h4", "no", "yes" };
  static const guint columns[N_NODES] = { 0, 0, 0, 1, 1, 1, 1, 2, 2 };
  static const char *const titles[] = { "features", "layer 1", "classes" };
  guint64 state = seed;
  gsize n_links = 0;

  for (guint i = 0; i < N_NODES; i++)
    fixture->nodes[i] = (Re3SankeyNode){
      .label = names[i],
      .tooltip = names[i],
      .column = columns[i],
      .color_index = i >= 7 ? (int) i - 7 : -1,
    };
  for (guint from = 0; from < N_NODES; from++)
    for (guint to = 0; to < N_NODES; to++)
      if (columns[to] == columns[from] + 1)
        fixture->links[n_links++] = (Re3SankeyLink){
          from, to, factor * (next_random (&state) + 0.1) * (to % 2 == 0 ? -1 : 1), "link"
        };
  g_assert_cmpuint (n_links, ==, N_LINKS);
  fixture->chart = re3_sankey_chart_new (&(Re3SankeyData){
      .title = "Pathway",
      .column_titles = titles,
      .n_columns = 3,
      .nodes = fixture->nodes,
      .n_nodes = N_NODES,
      .links = fixture->links,
      .n_links = N_LINKS,
      .is_signed = is_signed,
  });
}

static void
tear_down (Fixture *fixture)
{
  re3_chart_unref (fixture->chart);
}

static const Re3Rect *
get_box (const Re3Scene *scene, int node)
{
  return &scene_find (scene, RE3_MARK_RECTANGLE, node, 0, 0)->bounds;
}

static const Re3ScenePart *
find_ribbon (const Re3Scene *scene, int link, Ribbon *ribbon)
{
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);
    const Re3PathElement *at;

    if (part->mark.kind != RE3_MARK_PATH || part->mark.item != link || part->mark.series != 1)
      continue;
    at = re3_scene_get_elements (scene, part);
    *ribbon = (Ribbon){ at[0].x[0], at[0].y[0], at[1].x[2], at[1].y[2], at[2].y[0] - at[1].y[2] };
    g_assert_cmpfloat_with_epsilon (at[3].y[2] - at[0].y[0], ribbon->width, EPSILON);
    return part;
  }
  return NULL;
}

/* Ribbons are as wide as their numbers, in one scale for all, and what a node takes of its column
 * is the larger of what enters and what leaves it. */
static void
test_conservation (void)
{
  for (guint64 seed = 1; seed < 20; seed++) {
    Fixture fixture;
    g_autoptr (Re3Scene) scene = NULL;
    double entering[N_NODES] = { 0 };
    double leaving[N_NODES] = { 0 };
    double scale = 0;

    set_up (&fixture, pow (10, (double) (seed % 7) * 5 - 15), TRUE, seed);
    scene = scene_check_layout (fixture.chart, &re3_theme_light, 700, 450);
    for (int i = 0; i < N_LINKS; i++) {
      const Re3SankeyLink *link = &fixture.links[i];
      const Re3Rect *source = get_box (scene, (int) link->source);
      const Re3Rect *target = get_box (scene, (int) link->target);
      Ribbon ribbon;

      g_assert_nonnull (find_ribbon (scene, i, &ribbon));
      if (i == 0)
        scale = ribbon.width / fabs (link->value);
      g_assert_cmpfloat_with_epsilon (ribbon.width, fabs (link->value) * scale, EPSILON);
      g_assert_cmpfloat_with_epsilon (ribbon.x0, source->x + source->width, EPSILON);
      g_assert_cmpfloat_with_epsilon (ribbon.x1, target->x, EPSILON);
      g_assert_cmpfloat (ribbon.y0, >=, source->y - EPSILON);
      g_assert_cmpfloat (ribbon.y0 + ribbon.width, <=, source->y + source->height + EPSILON);
      g_assert_cmpfloat (ribbon.y1, >=, target->y - EPSILON);
      g_assert_cmpfloat (ribbon.y1 + ribbon.width, <=, target->y + target->height + EPSILON);
      leaving[link->source] += ribbon.width;
      entering[link->target] += ribbon.width;
    }
    for (int i = 0; i < N_NODES; i++)
      g_assert_cmpfloat_with_epsilon (get_box (scene, i)->height, MAX (entering[i], leaving[i]),
                                      EPSILON);
    tear_down (&fixture);
  }
}

/* At each node ribbons lie side by side in the order of the nodes at their other ends. */
static void
test_order (void)
{
  Fixture fixture;
  g_autoptr (Re3Scene) scene = NULL;

  set_up (&fixture, 1, FALSE, 3);
  scene = scene_check_layout (fixture.chart, &re3_theme_light, 700, 450);
  for (int i = 0; i < N_LINKS; i++)
    for (int j = 0; j < N_LINKS; j++) {
      const Re3SankeyLink *one = &fixture.links[i];
      const Re3SankeyLink *two = &fixture.links[j];
      Ribbon first;
      Ribbon second;

      find_ribbon (scene, i, &first);
      find_ribbon (scene, j, &second);
      if (one->source == two->source && one->target < two->target)
        g_assert_cmpfloat (first.y0 + first.width, <=, second.y0 + EPSILON);
      if (one->target == two->target && one->source < two->source)
        g_assert_cmpfloat (first.y1 + first.width, <=, second.y1 + EPSILON);
    }

  /* Nodes keep the order in which they were given. */
  for (int i = 1; i < N_NODES; i++)
    if (fixture.nodes[i].column == fixture.nodes[i - 1].column) {
      g_assert_cmpfloat (get_box (scene, i)->x, ==, get_box (scene, i - 1)->x);
      g_assert_cmpfloat (get_box (scene, i)->y, >=,
                         get_box (scene, i - 1)->y + get_box (scene, i - 1)->height);
    } else {
      g_assert_cmpfloat (get_box (scene, i)->x, >, get_box (scene, i - 1)->x);
    }
  tear_down (&fixture);
}

/* What lowers differs from what raises in more than colour: it is paler, and has edges. */
static void
test_signs (void)
{
  Fixture fixture;
  g_autoptr (Re3Scene) scene = NULL;

  set_up (&fixture, 1, TRUE, 4);
  scene = scene_check_layout (fixture.chart, &re3_theme_light, 700, 450);
  for (int i = 0; i < N_LINKS; i++) {
    gboolean lowers = fixture.links[i].value < 0;
    Ribbon ribbon;
    const Re3ScenePart *part = find_ribbon (scene, i, &ribbon);
    const Re3Color *color = lowers ? &re3_theme_light.negative : &re3_theme_light.positive;

    g_assert_cmpfloat (part->paint.fill.red, ==, color->red);
    g_assert_cmpfloat (part->paint.fill.blue, ==, color->blue);
    g_assert_cmpfloat (ribbon.width, >, 3);
    if (lowers)
      g_assert_cmpfloat (part->paint.fill.alpha, <, 0.3);
    else
      g_assert_cmpfloat (part->paint.fill.alpha, >, 0.4);
    /* The next mark is its edges, which stand for nothing of their own. */
    g_assert_cmpint ((part + 1)->mark.kind == RE3_MARK_PATH && (part + 1)->mark.item == RE3_NO_ITEM,
                     ==, lowers);
  }
  g_assert_cmpuint (scene_count_text (scene, "raises", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "lowers", NULL), ==, 1);
  tear_down (&fixture);

  /* Without signs: the colour of the class at either end, and no such legend. */
  g_clear_pointer (&scene, re3_scene_free);
  set_up (&fixture, 1, FALSE, 4);
  scene = scene_check_layout (fixture.chart, &re3_theme_light, 700, 450);
  g_assert_cmpuint (scene_count_text (scene, "lowers", NULL), ==, 0);
  for (int i = 0; i < N_LINKS; i++) {
    int class_index = (int) fixture.links[i].target - 7;
    Re3Color color = class_index >= 0
                         ? re3_theme_class_color (&re3_theme_light, (gsize) class_index)
                         : re3_theme_light.muted;
    Ribbon ribbon;

    g_assert_cmpfloat (find_ribbon (scene, i, &ribbon)->paint.fill.red, ==, color.red);
  }
  tear_down (&fixture);
}

/* The key: a bar as high as so much is. */
static void
test_key (void)
{
  Fixture fixture;
  g_autoptr (Re3Scene) scene = NULL;
  Ribbon ribbon;
  gboolean found = FALSE;

  set_up (&fixture, 100, TRUE, 5);
  scene = scene_check_layout (fixture.chart, &re3_theme_light, 700, 450);
  find_ribbon (scene, 0, &ribbon);
  for (gsize i = 1; i < re3_scene_get_n_marks (scene); i++) {
    const char *text = re3_scene_get_text (scene, i);

    if (text == NULL || !g_str_has_prefix (text, "= "))
      continue;
    found = TRUE;
    g_assert_cmpfloat_with_epsilon (re3_scene_get_mark (scene, i - 1)->bounds.height /
                                        g_ascii_strtod (text + 2, NULL),
                                    ribbon.width / fabs (fixture.links[0].value), EPSILON);
  }
  g_assert_true (found);
  tear_down (&fixture);
}

static void
test_pick (void)
{
  Fixture fixture;
  g_autoptr (Re3Scene) scene = NULL;

  set_up (&fixture, 1, TRUE, 6);
  scene = scene_check_layout (fixture.chart, &re3_theme_light, 700, 450);
  for (int i = 0; i < N_NODES; i++) {
    const Re3Rect *box = get_box (scene, i);
    const Re3Mark *mark = re3_scene_pick (scene, box->x + box->width / 2, box->y + box->height / 2);

    g_assert_cmpint (mark->item, ==, i);
    g_assert_cmpint (mark->series, ==, 0);
    g_assert_cmpstr (mark->tooltip, ==, fixture.nodes[i].label);
  }
  for (int i = 0; i < N_LINKS; i++) {
    Ribbon ribbon;
    const Re3Mark *mark;

    /* Where a ribbon starts no other one is. */
    find_ribbon (scene, i, &ribbon);
    mark = re3_scene_pick (scene, ribbon.x0 + 0.5, ribbon.y0 + ribbon.width / 2);
    g_assert_cmpint (mark->item, ==, i);
    g_assert_cmpint (mark->series, ==, 1);
    g_assert_cmpstr (mark->tooltip, ==, "link");
  }
  tear_down (&fixture);
}

/* Nothing flows: all nodes are there, faint or not, and no ribbon. */
static void
test_no_flow (void)
{
  Fixture fixture;
  g_autoptr (Re3Scene) scene = NULL;

  set_up (&fixture, 0, TRUE, 7);
  scene = scene_check_layout (fixture.chart, &re3_theme_light, 700, 450);
  for (int i = 0; i < N_LINKS; i++) {
    Ribbon ribbon;

    g_assert_null (find_ribbon (scene, i, &ribbon));
  }
  for (int i = 0; i < N_NODES; i++) {
    g_assert_cmpfloat (get_box (scene, i)->height, >=, 2);
    g_assert_cmpuint (scene_count_text (scene, fixture.nodes[i].label, NULL), ==, 1);
  }
  tear_down (&fixture);
}

/* In a column with more nodes than lines of text the largest ones keep their names. */
static void
test_thinned_labels (void)
{
  enum { N = 200 };
  g_autofree Re3SankeyNode *nodes = g_new0 (Re3SankeyNode, N + 1);
  g_autofree Re3SankeyLink *links = g_new0 (Re3SankeyLink, N);
  g_auto (GStrv) names = g_new0 (char *, N + 1);
  static const char *const titles[] = { "features", "class" };
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;
  gsize n_named = 0;

  for (guint i = 0; i < N; i++) {
    names[i] = g_strdup_printf ("x%u", i);
    nodes[i] = (Re3SankeyNode){ .label = names[i], .color_index = -1 };
    links[i] = (Re3SankeyLink){ i, N, i % 40 == 17 ? 50 : 1, NULL };
  }
  nodes[N] = (Re3SankeyNode){ .label = "class", .column = 1 };
  chart = re3_sankey_chart_new (&(Re3SankeyData){ .column_titles = titles,
                                                  .n_columns = 2,
                                                  .nodes = nodes,
                                                  .n_nodes = N + 1,
                                                  .links = links,
                                                  .n_links = N });
  scene = scene_check_layout (chart, &re3_theme_light, 600, 500);
  for (guint i = 0; i < N; i++) {
    gsize n = scene_count_text (scene, names[i], NULL);

    n_named += n;
    if (i % 40 == 17)
      g_assert_cmpuint (n, ==, 1);
  }
  g_assert_cmpuint (n_named, >, 10);
  g_assert_cmpuint (n_named, <, 40);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sankey-chart/conservation", test_conservation);
  g_test_add_func ("/sankey-chart/order", test_order);
  g_test_add_func ("/sankey-chart/signs", test_signs);
  g_test_add_func ("/sankey-chart/key", test_key);
  g_test_add_func ("/sankey-chart/pick", test_pick);
  g_test_add_func ("/sankey-chart/no-flow", test_no_flow);
  g_test_add_func ("/sankey-chart/thinned-labels", test_thinned_labels);
  return g_test_run ();
}
