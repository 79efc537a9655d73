/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-heatmap-chart.h"
#include "re3-scene-private.h"
#include "scene-check.h"

#include <math.h>

#define SIDE 120

/* The colour of a cell tells which one it is. */
static guint32
cell_pixel (gsize row, gsize column)
{
  return 0xff000000u | (guint32) (row + 1) << 8 | (guint32) column;
}

static char *
describe (Re3Chart *chart, gsize row, gsize column)
{
  return g_strdup_printf ("%zu, %zu", row, column);
}

/* Sizes are random; every seventh cell is empty. The item of a row is 1000 + row. */
static Re3Cells *
make_cells (gsize n_rows, gsize n_columns, double *sizes)
{
  g_autoptr (Re3Chart) chart = re3_heatmap_chart_new (&(Re3HeatmapData){ .title = "" });
  g_autofree int *items = g_new (int, n_rows);
  Re3Cells *cells;
  guint64 state = 9;

  for (gsize row = 0; row < n_rows; row++)
    items[row] = 1000 + (int) row;
  cells = re3_cells_new (chart, n_rows, n_columns, items, describe);
  for (gsize i = 0; i < n_rows * n_columns; i++) {
    guint32 pixel = cell_pixel (i / n_columns, i % n_columns);
    Re3Color color = { (pixel >> 16 & 255) / 255.0, (pixel >> 8 & 255) / 255.0,
                       (pixel & 255) / 255.0, 1 };

    sizes[i] = next_random (&state);
    if (i % 7 != 6)
      re3_cells_set (cells, i / n_columns, i % n_columns, &color, sizes[i]);
  }
  return cells;
}

/* Every pixel has the colour of the cell that its middle is in, and no mixture; the same cell is
 * picked there. */
static void
test_sharp (void)
{
  enum { ROWS = 5, COLUMNS = 9 };
  double sizes[ROWS * COLUMNS];
  Re3Rect bounds = { 7.3, 11.8, 81.4, 63.7 };
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  cairo_surface_t *surface;

  re3_scene_add_cells (scene, &bounds, make_cells (ROWS, COLUMNS, sizes));
  surface = scene_picture (scene, SIDE);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++) {
      double column = floor ((x + 0.5 - bounds.x) / bounds.width * COLUMNS);
      double row = floor ((y + 0.5 - bounds.y) / bounds.height * ROWS);
      gboolean is_inside = column >= 0 && column < COLUMNS && row >= 0 && row < ROWS;
      gsize index = is_inside ? (gsize) row * COLUMNS + (gsize) column : 6;
      const Re3Mark *mark = re3_scene_pick (scene, x + 0.5, y + 0.5);
      g_autofree char *tooltip = NULL;

      if (index % 7 == 6) {
        g_assert_cmphex (picture_get_pixel (surface, x, y), ==, 0);
        g_assert_null (mark);
        continue;
      }
      g_assert_cmphex (picture_get_pixel (surface, x, y), ==,
                       cell_pixel (index / COLUMNS, index % COLUMNS) & 0xffffff);
      g_assert_cmpint (mark->item, ==, 1000 + (int) row);
      g_assert_cmpint (mark->series, ==, (int) column);
      g_assert_cmpfloat_with_epsilon (mark->bounds.x, bounds.x + column * bounds.width / COLUMNS,
                                      1e-9);
      g_assert_cmpfloat_with_epsilon (mark->bounds.height, bounds.height / ROWS, 1e-9);
      tooltip = g_strdup_printf ("%d, %d", (int) row, (int) column);
      g_assert_cmpstr (mark->tooltip, ==, tooltip);
    }
  cairo_surface_destroy (surface);
}

/* Of many cells in a pixel the largest is seen and picked: none of the extremes is lost. */
static void
test_small (void)
{
  enum { ROWS = 200, COLUMNS = 230, PIXELS_DOWN = 40, PIXELS_ACROSS = 57 };
  g_autofree double *sizes = g_new (double, ROWS *COLUMNS);
  gsize largest[PIXELS_DOWN][PIXELS_ACROSS];
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  cairo_surface_t *surface;

  re3_scene_add_cells (scene, &(Re3Rect){ 10, 20, PIXELS_ACROSS, PIXELS_DOWN },
                       make_cells (ROWS, COLUMNS, sizes));
  for (gsize i = 0; i < PIXELS_DOWN * PIXELS_ACROSS; i++)
    largest[i / PIXELS_ACROSS][i % PIXELS_ACROSS] = G_MAXSIZE;
  /* The last pixel whose first cell is not past this one. */
  for (gsize i = 0; i < ROWS * COLUMNS; i++) {
    gsize down = 0;
    gsize across = 0;
    gsize *seen;

    while (down + 1 < PIXELS_DOWN && (down + 1) * ROWS / PIXELS_DOWN <= i / COLUMNS)
      down++;
    while (across + 1 < PIXELS_ACROSS && (across + 1) * COLUMNS / PIXELS_ACROSS <= i % COLUMNS)
      across++;
    seen = &largest[down][across];
    if (i % 7 != 6 && (*seen == G_MAXSIZE || sizes[i] > sizes[*seen]))
      *seen = i;
  }

  surface = scene_picture (scene, SIDE);
  for (int y = 0; y < PIXELS_DOWN; y++)
    for (int x = 0; x < PIXELS_ACROSS; x++) {
      gsize row = largest[y][x] / COLUMNS;
      gsize column = largest[y][x] % COLUMNS;
      const Re3Mark *mark = re3_scene_pick (scene, x + 10.5, y + 20.5);

      g_assert_cmphex (picture_get_pixel (surface, x + 10, y + 20), ==,
                       cell_pixel (row, column) & 0xffffff);
      g_assert_cmpint (mark->item, ==, 1000 + (int) row);
      g_assert_cmpint (mark->series, ==, (int) column);
    }
  cairo_surface_destroy (surface);
}

/* Files hold every cell that fits 600 dots per inch. */
static void
test_density (void)
{
  g_autofree double *sizes = g_new (double, 200 * 230);
  g_autoptr (Re3Cells) cells = make_cells (200, 230, sizes);
  Re3Rect bounds = { 0, 0, 100, 16 };
  cairo_surface_t *image = re3_cells_get_image (cells, &bounds, RE3_CELLS_FILE_DENSITY);

  g_assert_cmpint (cairo_image_surface_get_width (image), ==, 230);
  g_assert_cmpint (cairo_image_surface_get_height (image), ==, 100);
  g_assert_true (image == re3_cells_get_image (cells, &bounds, RE3_CELLS_FILE_DENSITY));
  image = re3_cells_get_image (cells, &bounds, 1);
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, 100);
  g_assert_cmpint (cairo_image_surface_get_height (image), ==, 16);
}

static const Re3Mark *
move (const Re3Scene *scene, const Re3Mark *from, Re3Direction direction, int item, int series)
{
  const Re3Mark *mark = scene_assert_move (scene, from, direction, item, series);

  g_assert_true (mark == re3_scene_find (scene, mark->panel, item, series));
  return mark;
}

/* Keys lead from cell to cell, over empty ones, however small they are, and on to what lies
 * beside. Cells 6, 13, ... are empty: (0, 6), (1, 3), (2, 0) and (2, 7). */
static void
test_keys (void)
{
  double sizes[3 * 10];
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
  const Re3Mark *at;

  re3_scene_add_cells (scene, &(Re3Rect){ 20, 20, 4, 1 }, make_cells (3, 10, sizes));
  re3_scene_add_rectangle (scene, &(Re3Rect){ 60, 0.5, 40, 40 }, &(Re3Paint){ 0 },
                           &(Re3Datum){ 7, 8, "beside" });

  at = move (scene, NULL, RE3_DIRECTION_RIGHT, 1000, 0);
  for (int column = 1; column < 10; column++)
    if (column != 6)
      at = move (scene, at, RE3_DIRECTION_RIGHT, 1000, column);
  at = move (scene, at, RE3_DIRECTION_DOWN, 1001, 9);
  at = move (scene, at, RE3_DIRECTION_DOWN, 1002, 9);
  g_assert_null (re3_scene_move (scene, at, RE3_DIRECTION_DOWN));
  at = move (scene, at, RE3_DIRECTION_RIGHT, 7, 8);
  /* The middle row is at its height. */
  at = move (scene, at, RE3_DIRECTION_LEFT, 1001, 9);
  for (int column = 8; column >= 0; column--)
    if (column != 3)
      at = move (scene, at, RE3_DIRECTION_LEFT, 1001, column);
  g_assert_null (re3_scene_move (scene, at, RE3_DIRECTION_LEFT));
  at = move (scene, at, RE3_DIRECTION_LAST, 7, 8);
  move (scene, at, RE3_DIRECTION_FIRST, 1000, 0);
  g_assert_null (re3_scene_find (scene, 0, 1000, 6));
  g_assert_null (re3_scene_find (scene, 0, 1000, 10));
  g_assert_null (re3_scene_find (scene, 1, 1000, 0));
  g_assert_null (re3_scene_find (scene, 0, 999, 0));
}

/* The outline is around one cell, or around its row. */
static void
test_focus (void)
{
  double sizes[2 * 3];
  guint accent = 0x1c71d8;

  for (int series = -1; series < 3; series++) {
    g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, SIDE, SIDE);
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
    cairo_t *cr = cairo_create (surface);

    re3_scene_add_cells (scene, &(Re3Rect){ 10, 10, 90, 60 }, make_cells (2, 3, sizes));
    re3_scene_draw_focus (scene, cr, 1, 1001, series);
    cairo_surface_flush (surface);
    g_assert_cmphex (picture_get_pixel (surface, 55, 40), ==, 0);

    re3_scene_draw_focus (scene, cr, 0, 1001, series);
    cairo_surface_flush (surface);
    for (int column = 0; column < 3; column++)
      g_assert_cmphex (picture_get_pixel (surface, 25 + 30 * column, 40), ==,
                       series == -1 || series == column ? accent : 0);
    g_assert_cmphex (picture_get_pixel (surface, 40, 55), ==,
                     series == 0 || series == 1 ? accent : 0);
    g_assert_cmphex (picture_get_pixel (surface, 25, 10), ==, 0);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cells/sharp", test_sharp);
  g_test_add_func ("/cells/small", test_small);
  g_test_add_func ("/cells/density", test_density);
  g_test_add_func ("/cells/keys", test_keys);
  g_test_add_func ("/cells/focus", test_focus);
  return g_test_run ();
}
