/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-line-chart.h"
#include "re3-scene-private.h"
#include "scene-check.h"

#include <math.h>

#define WIDTH  600
#define HEIGHT 360

static Re3Chart *
make_chart (const double *x, const double *y, gsize n, gboolean is_step, gsize n_lines)
{
  Re3Line lines[4];
  Re3LineMarker markers[] = { { "ε₉₀ = 1", 1 }, { "ε₇₅ = 1.2", 1.2 }, { "ε₅₀ = 3", 3 } };

  for (gsize i = 0; i < n_lines; i++)
    lines[i] = (Re3Line){ "line", x, y, n, (int) i, is_step };
  return re3_line_chart_new (&(Re3LineData){
      .title = "Validity",
      .x_title = "distance",
      .y_title = "share",
      .lines = lines,
      .n_lines = n_lines,
      .markers = markers,
      .n_markers = G_N_ELEMENTS (markers),
  });
}

/* The path of the first line: the widest stroke that is no dash of a marker. */
static const Re3ScenePart *
find_line (const Re3Scene *scene, gsize nth)
{
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);

    if (part->mark.kind == RE3_MARK_PATH && part->paint.stroke_width == 2 && nth-- == 0)
      return part;
  }
  return NULL;
}

/* Steps turn at right angles: y[i] holds from x[i] up to x[i + 1]. */
static void
test_steps (void)
{
  static const double x[] = { 0, 1, 3, 4 };
  static const double y[] = { 1, 0.5, 0.25, 0 };
  g_autoptr (Re3Chart) chart = make_chart (x, y, 4, TRUE, 1);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  const Re3ScenePart *line = find_line (scene, 0);
  const Re3PathElement *at = re3_scene_get_elements (scene, line);
  double unit = at[1].x[0] - at[0].x[0];

  g_assert_cmpuint (line->n_elements, ==, 7);
  g_assert_cmpfloat (unit, >, 0);
  for (guint i = 1; i < 4; i++) {
    const Re3PathElement *across = &at[2 * i - 1];
    const Re3PathElement *down = &at[2 * i];

    g_assert_cmpfloat_with_epsilon (across->x[0], at[0].x[0] + x[i] * unit, 1e-6);
    g_assert_cmpfloat (across->y[0], ==, at[2 * i - 2].y[0]);
    g_assert_cmpfloat (down->x[0], ==, across->x[0]);
  }
  /* Down the page as far as the numbers go down. */
  g_assert_cmpfloat_with_epsilon ((at[2].y[0] - at[0].y[0]) / (at[6].y[0] - at[0].y[0]), 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon ((at[4].y[0] - at[0].y[0]) / (at[6].y[0] - at[0].y[0]), 0.75,
                                  1e-6);
}

/* However many points: no more are drawn than can be seen, and none of the extremes is lost. */
static void
test_many_points (void)
{
  enum { N = 100000 };
  g_autofree double *x = g_new (double, N);
  g_autofree double *y = g_new (double, N);
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;
  guint64 state = 11;

  for (gsize i = 0; i < N; i++) {
    x[i] = (double) i / N * 4;
    y[i] = next_random (&state);
  }
  y[N / 3] = 40;
  y[N / 2] = -60;
  chart = make_chart (x, y, N, FALSE, 1);
  scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  g_assert_cmpuint (find_line (scene, 0)->n_elements, <=, 4 * WIDTH);
  g_assert_cmpuint (re3_scene_get_n_marks (scene), <, WIDTH);

  {
    const Re3PathElement *at = re3_scene_get_elements (scene, find_line (scene, 0));
    double top = INFINITY;
    double bottom = -INFINITY;

    for (guint i = 0; i < find_line (scene, 0)->n_elements; i++) {
      top = MIN (top, at[i].y[0]);
      bottom = MAX (bottom, at[i].y[0]);
    }
    g_assert_cmpfloat (bottom - top, >, HEIGHT / 2);
  }
}

/* Markers stand where their numbers are, are named, and their labels keep apart. */
static void
test_markers (void)
{
  static const double x[] = { 0, 4 };
  static const double y[] = { 0, 8 };
  g_autoptr (Re3Chart) chart = make_chart (x, y, 2, FALSE, 1);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  const Re3PathElement *ends = re3_scene_get_elements (scene, find_line (scene, 0));
  static const double at[] = { 1, 1.2, 3 };
  gsize n_markers = 0;
  gsize n_dots = 0;

  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3ScenePart *part = re3_scene_get_part (scene, i);
    const Re3Rect *bounds = &part->mark.bounds;

    if (part->mark.kind == RE3_MARK_PATH && part->paint.dash == 3) {
      double expected = ends[0].x[0] + at[n_markers] / 4 * (ends[1].x[0] - ends[0].x[0]);

      g_assert_cmpfloat_with_epsilon (bounds->x + bounds->width / 2, expected, 0.51);
      n_markers++;
    }
    if (part->mark.kind == RE3_MARK_RECTANGLE && part->paint.radius > 3) {
      /* A dot on the line y = 2 x. */
      double expected = ends[0].y[0] + at[n_dots] / 4 * (ends[1].y[0] - ends[0].y[0]);

      g_assert_cmpfloat_with_epsilon (bounds->y + bounds->height / 2, expected, 0.01);
      n_dots++;
    }
  }
  g_assert_cmpuint (n_markers, ==, 3);
  g_assert_cmpuint (n_dots, ==, 3);
  g_assert_cmpuint (scene_count_text (scene, "ε₉₀ = 1", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "ε₇₅ = 1.2", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "ε₅₀ = 3", NULL), ==, 1);
}

/* Several lines differ in their dashes as well as in colour, and a legend names them. */
static void
test_several_lines (void)
{
  static const double x[] = { 0, 4 };
  static const double y[] = { 0, 8 };
  g_autoptr (Re3Chart) chart = make_chart (x, y, 2, FALSE, 4);
  g_autoptr (Re3Chart) alone = make_chart (x, y, 2, FALSE, 1);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  g_autoptr (Re3Scene) alone_scene = scene_check_layout (alone, &re3_theme_light, WIDTH, HEIGHT);

  g_assert_cmpuint (scene_count_text (scene, "line", NULL), ==, 4);
  g_assert_cmpuint (scene_count_text (alone_scene, "line", NULL), ==, 0);
  for (gsize i = 0; i < 4; i++)
    for (gsize j = 0; j < i; j++)
      g_assert_cmpfloat (find_line (scene, i)->paint.dash, !=, find_line (scene, j)->paint.dash);
}

static void
test_pick (void)
{
  static const double x[] = { 0, 1, 3, 4 };
  static const double y[] = { 1, 0.5, 0.25, 0 };
  g_autoptr (Re3Chart) chart = make_chart (x, y, 4, TRUE, 1);
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  const Re3PathElement *at = re3_scene_get_elements (scene, find_line (scene, 0));
  const Re3Mark *mark = re3_scene_pick (scene, (at[2].x[0] + at[3].x[0]) / 2, at[2].y[0]);

  g_assert_nonnull (mark);
  g_assert_cmpint (mark->item, ==, 1);
  g_assert_cmpint (mark->series, ==, 0);
  g_assert_cmpstr (mark->tooltip, ==, "distance: 1\nshare: 0.5");
}

/* Marks that stand for pieces reach over the height of the plot and go from breakpoint to
 * breakpoint; those of bands are as wide in the strip below it. Each has its tooltip. */
static void
test_pieces (void)
{
  static const double x[] = { 0, 1, 3, 4 };
  static const double y[] = { 1, 0.5, 0.25, 0 };
  const Re3Line line = { "line", x, y, 4, 1, FALSE };
  const Re3LinePiece pieces[] = { { 0, 1, "first" }, { 1, 3, "second" }, { 3, 4, "third" } };
  const Re3LineBand bands[] = { { 0, 2.5, 1, "one" }, { 2.5, 4, 2, "two" } };
  const Re3LineMarker markers[] = { { "now", 2, FALSE }, { "before", 3, TRUE } };
  g_autoptr (Re3Chart) chart = re3_line_chart_new (&(Re3LineData){
      .x_title = "x",
      .y_title = "y",
      .lines = &line,
      .n_lines = 1,
      .markers = markers,
      .n_markers = G_N_ELEMENTS (markers),
      .pieces = pieces,
      .n_pieces = G_N_ELEMENTS (pieces),
      .bands = bands,
      .n_bands = G_N_ELEMENTS (bands),
      .low_y = -1,
      .high_y = 3,
  });
  g_autoptr (Re3Scene) scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  const Re3PathElement *at = re3_scene_get_elements (scene, find_line (scene, 0));
  double unit = at[1].x[0] - at[0].x[0];
  double bottom = 0;

  for (int i = 0; i < 3; i++) {
    const Re3Mark *mark = scene_find (scene, RE3_MARK_RECTANGLE, i, 0, 0);

    g_assert_cmpstr (mark->tooltip, ==, pieces[i].tooltip);
    g_assert_cmpfloat_with_epsilon (mark->bounds.x, at[i].x[0], 1e-9);
    g_assert_cmpfloat_with_epsilon (mark->bounds.x + mark->bounds.width, at[i + 1].x[0], 1e-9);
    bottom = mark->bounds.y + mark->bounds.height;
    /* From 1 at the first point to 0 at the last is a quarter of the axis. */
    g_assert_cmpfloat_with_epsilon (at[3].y[0] - at[0].y[0], mark->bounds.height / 4, 1e-9);
    g_assert_cmpfloat_with_epsilon (bottom - at[3].y[0], mark->bounds.height / 4, 1e-9);
  }
  for (int i = 0; i < 2; i++) {
    const Re3Mark *mark = scene_find (scene, RE3_MARK_RECTANGLE, i, RE3_LINE_BAND, 0);

    g_assert_cmpstr (mark->tooltip, ==, bands[i].tooltip);
    g_assert_cmpfloat (mark->bounds.y, >, bottom);
    g_assert_cmpfloat_with_epsilon (mark->bounds.x, at[0].x[0] + bands[i].from * unit, 1e-9);
    g_assert_cmpfloat_with_epsilon (mark->bounds.width, (bands[i].to - bands[i].from) * unit, 1e-9);
  }
  /* Points answer for nothing then. */
  g_assert_null (scene_find (scene, RE3_MARK_RECTANGLE, 3, 0, 0));
  g_assert_cmpuint (scene_count_text (scene, "now", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "before", NULL), ==, 1);
}

/* Breakpoints without end: no more ticks than there are places for them, and no lines. */
static void
test_many_pieces (void)
{
  enum { N = 5000 };
  static const double x[] = { 0, N };
  static const double y[] = { 0, 1 };
  const Re3Line line = { "line", x, y, 2, 1, FALSE };
  g_autofree Re3LinePiece *pieces = g_new (Re3LinePiece, N);
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;
  gsize n_upright = 0;

  for (gsize i = 0; i < N; i++)
    pieces[i] = (Re3LinePiece){ (double) i, (double) i + 1, "piece" };
  chart = re3_line_chart_new (
      &(Re3LineData){ .lines = &line, .n_lines = 1, .pieces = pieces, .n_pieces = N });
  scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  for (gsize i = 0; i < re3_scene_get_n_marks (scene); i++) {
    const Re3Mark *mark = re3_scene_get_mark (scene, i);

    if (mark->kind == RE3_MARK_PATH && mark->bounds.width <= 1 && mark->item == RE3_NO_ITEM) {
      g_assert_cmpfloat (mark->bounds.height, <, HEIGHT / 10);
      n_upright++;
    }
  }
  g_assert_cmpuint (n_upright, >, WIDTH / 2);
  g_assert_cmpuint (n_upright, <, WIDTH + 20);
  scene_check_sizes (chart, &re3_theme_dark);
}

/* A row of dots in which no pixel is as its neighbour: more than Cairo has room for. A memory
 * checker sees it. */
static void
test_level_dashes (void)
{
  static const double x[] = { 0, 1 };
  static const double y[] = { 1, 1 };
  Re3Line lines[4];
  g_autoptr (Re3Chart) chart = NULL;
  g_autoptr (Re3Scene) scene = NULL;

  for (int i = 0; i < 4; i++)
    lines[i] = (Re3Line){ "line", x, y, 2, i, FALSE };
  chart = re3_line_chart_new (&(Re3LineData){ .lines = lines, .n_lines = 4 });
  scene = scene_check_layout (chart, &re3_theme_light, WIDTH, HEIGHT);
  for (double scale = 0.25; scale <= 1.5; scale += 0.05) {
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create (surface);

    cairo_scale (cr, scale, scale);
    re3_scene_draw (scene, cr);
    g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
}

/* A legend on its own names what its lines are, and takes no room for a single one. */
static void
test_legend (void)
{
  const Re3Line lines[] = { { "setosa", NULL, NULL, 0, 0, FALSE },
                            { "virginica", NULL, NULL, 0, 1, FALSE } };
  g_autoptr (Re3Chart) legend = re3_line_legend_new (lines, 2);
  g_autoptr (Re3Chart) single = re3_line_legend_new (lines, 1);
  double height = re3_chart_get_natural_height (legend, &re3_theme_light, WIDTH);
  g_autoptr (Re3Scene) scene = scene_check_layout (legend, &re3_theme_light, WIDTH, height);

  g_assert_cmpuint (scene_count_text (scene, "setosa", NULL), ==, 1);
  g_assert_cmpuint (scene_count_text (scene, "virginica", NULL), ==, 1);
  g_assert_cmpfloat (re3_chart_get_natural_height (single, &re3_theme_light, WIDTH), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-chart/steps", test_steps);
  g_test_add_func ("/line-chart/many-points", test_many_points);
  g_test_add_func ("/line-chart/markers", test_markers);
  g_test_add_func ("/line-chart/several-lines", test_several_lines);
  g_test_add_func ("/line-chart/pick", test_pick);
  g_test_add_func ("/line-chart/pieces", test_pieces);
  g_test_add_func ("/line-chart/many-pieces", test_many_pieces);
  g_test_add_func ("/line-chart/level-dashes", test_level_dashes);
  g_test_add_func ("/line-chart/legend", test_legend);

  return g_test_run ();
}
