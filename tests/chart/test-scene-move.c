/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-scene-private.h"
#include "scene-check.h"

static void
add (Re3Scene *scene, double x, double y, double width, double height, int item, int series)
{
  Re3Datum datum = { item, series, "datum" };
  Re3Rect rectangle = { x, y, width, height };

  re3_scene_add_rectangle (scene, &rectangle, &(Re3Paint){ 0 }, &datum);
}

/* In a table keys lead from cell to cell, to its edges and no further. */
static void
test_table (void)
{
  enum { ROWS = 5, COLUMNS = 7 };
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, 700, 100);
  const Re3Mark *at;

  /* Cells are much wider than high: what is nearest is not what is next. */
  for (int row = 0; row < ROWS; row++)
    for (int column = 0; column < COLUMNS; column++)
      add (scene, 100 * column, 20 * row, 100, 20, row, column);

  at = scene_assert_move (scene, NULL, RE3_DIRECTION_RIGHT, 0, 0);
  for (int column = 1; column < COLUMNS; column++)
    at = scene_assert_move (scene, at, RE3_DIRECTION_RIGHT, 0, column);
  g_assert_null (re3_scene_move (scene, at, RE3_DIRECTION_RIGHT));
  g_assert_null (re3_scene_move (scene, at, RE3_DIRECTION_UP));
  for (int row = 1; row < ROWS; row++)
    at = scene_assert_move (scene, at, RE3_DIRECTION_DOWN, row, COLUMNS - 1);
  for (int column = COLUMNS - 2; column >= 0; column--)
    at = scene_assert_move (scene, at, RE3_DIRECTION_LEFT, ROWS - 1, column);
  at = scene_assert_move (scene, at, RE3_DIRECTION_UP, ROWS - 2, 0);
  at = scene_assert_move (scene, at, RE3_DIRECTION_LAST, ROWS - 1, COLUMNS - 1);
  scene_assert_move (scene, at, RE3_DIRECTION_FIRST, 0, 0);
}

/* From a part of a bar down to what lies below it, and where nothing does to the nearest. */
static void
test_stacks (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, 300, 60);
  const Re3Mark *at;

  add (scene, 0, 0, 100, 20, 0, 0);
  add (scene, 100, 0, 200, 20, 0, 1);
  add (scene, 0, 20, 30, 20, 1, 0);
  add (scene, 30, 20, 30, 20, 1, 1);
  add (scene, 60, 20, 30, 20, 1, 2);

  at = scene_assert_move (scene, NULL, RE3_DIRECTION_DOWN, 0, 0);
  at = scene_assert_move (scene, at, RE3_DIRECTION_DOWN, 1, 1);
  at = scene_assert_move (scene, at, RE3_DIRECTION_UP, 0, 0);
  at = scene_assert_move (scene, at, RE3_DIRECTION_RIGHT, 0, 1);
  scene_assert_move (scene, at, RE3_DIRECTION_DOWN, 1, 2);
}

/* Several marks of a datum are one step, and what says nothing is none. */
static void
test_data_not_marks (void)
{
  g_autoptr (Re3Scene) scene = re3_scene_new (NULL, &re3_theme_light, 100, 100);
  const Re3Mark *at;

  g_assert_null (re3_scene_move (scene, NULL, RE3_DIRECTION_FIRST));
  re3_scene_add_rectangle (scene, &(Re3Rect){ 0, 10, 10, 10 }, &(Re3Paint){ 0 },
                           &(Re3Datum){ 7, 0, NULL });
  g_assert_null (re3_scene_move (scene, NULL, RE3_DIRECTION_FIRST));
  add (scene, 0, 20, 10, 10, 1, 0);
  add (scene, 0, 30, 10, 10, 1, 0);
  add (scene, 0, 40, 10, 10, 2, 0);
  at = scene_assert_move (scene, NULL, RE3_DIRECTION_DOWN, 1, 0);
  at = scene_assert_move (scene, at, RE3_DIRECTION_DOWN, 2, 0);
  g_assert_null (re3_scene_move (scene, at, RE3_DIRECTION_DOWN));
  scene_assert_move (scene, at, RE3_DIRECTION_UP, 1, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene-move/table", test_table);
  g_test_add_func ("/scene-move/stacks", test_stacks);
  g_test_add_func ("/scene-move/data-not-marks", test_data_not_marks);
  return g_test_run ();
}
