/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-chart-private.h"
#include "re3-scene-private.h"

#include <math.h>

/* Places nearer than this are the same. */
#define SAME_PLACE 0.5

static gboolean
is_same_datum (const Re3Mark *one, const Re3Mark *other)
{
  return one->panel == other->panel && one->item == other->item && one->series == other->series;
}

static guint
hash_datum (gconstpointer data)
{
  const Re3Mark *mark = data;

  return ((guint) mark->item * 31 + (guint) mark->series) * 31 + (guint) mark->panel;
}

static gboolean
equal_data (gconstpointer one, gconstpointer other)
{
  return is_same_datum (one, other);
}

/* The mark of a cell; %NULL for an empty one. */
static const Re3Mark *
get_cell (const Re3ScenePart *part, gsize row, gsize column)
{
  return re3_cells_is_empty (part->cells, row, column)
             ? NULL
             : re3_cells_get_mark (part->cells, &part->mark, row, column);
}

const Re3Mark *
re3_scene_find (const Re3Scene *self, int panel, int item, int series)
{
  const Re3Mark wanted = { .item = item, .series = series, .panel = panel };

  g_return_val_if_fail (self != NULL, NULL);

  for (gsize i = 0; item != RE3_NO_ITEM && i < re3_scene_get_n_marks (self); i++) {
    const Re3ScenePart *part = re3_scene_get_part (self, i);
    const Re3Mark *mark = &part->mark;
    gsize row;

    if (mark->kind == RE3_MARK_CELLS) {
      if (mark->panel != panel || series < 0 ||
          series >= (int) re3_cells_get_n_columns (part->cells) ||
          !re3_cells_find_row (part->cells, item, &row))
        continue;
      mark = get_cell (part, row, (gsize) series);
      if (mark == NULL)
        continue;
    }
    if (is_same_datum (mark, &wanted) && mark->tooltip != NULL)
      return mark;
  }
  return NULL;
}

/* The first cell that is not empty, from (@row, @column) on in steps of @down and @across; each
 * line of the reading direction after the other if @wraps. */
static const Re3Mark *
walk_cells (const Re3ScenePart *part,
            gssize row,
            gssize column,
            int down,
            int across,
            gboolean wraps)
{
  gssize n_rows = (gssize) re3_cells_get_n_rows (part->cells);
  gssize n_columns = (gssize) re3_cells_get_n_columns (part->cells);

  while (row >= 0 && row < n_rows) {
    const Re3Mark *mark;

    if (column < 0 || column >= n_columns) {
      if (!wraps)
        return NULL;
      row += across;
      column = across > 0 ? 0 : n_columns - 1;
      continue;
    }
    mark = get_cell (part, (gsize) row, (gsize) column);
    if (mark != NULL && mark->tooltip != NULL)
      return mark;
    row += down;
    column += across;
  }
  return NULL;
}

static gssize
index_at (double place, double start, double length, gsize n)
{
  return (gssize) CLAMP (floor ((place - start) / length * (double) n), 0, (double) (n - 1));
}

/* Whether @from is a cell of @part, and which one. */
static gboolean
find_own_cell (const Re3ScenePart *part, const Re3Mark *from, gsize *row)
{
  return from->panel == part->mark.panel && from->kind == RE3_MARK_CELLS &&
         re3_cells_find_row (part->cells, from->item, row) && from->series >= 0 &&
         from->series < (int) re3_cells_get_n_columns (part->cells);
}

/* Of all the cells of @part, the one that is next to @from; @is_own: @from is one of them. */
static const Re3Mark *
find_next_cell (const Re3ScenePart *part,
                const Re3Mark *from,
                Re3Direction direction,
                gboolean *is_own)
{
  static const int steps[][2] = {
    [RE3_DIRECTION_LEFT] = { 0, -1 }, [RE3_DIRECTION_RIGHT] = { 0, 1 },
    [RE3_DIRECTION_UP] = { -1, 0 },   [RE3_DIRECTION_DOWN] = { 1, 0 },
    [RE3_DIRECTION_FIRST] = { 0, 1 }, [RE3_DIRECTION_LAST] = { 0, -1 },
  };
  gsize n_rows = re3_cells_get_n_rows (part->cells);
  gsize n_columns = re3_cells_get_n_columns (part->cells);
  int down = steps[direction][0];
  int across = steps[direction][1];
  const Re3Rect *bounds = &part->mark.bounds;
  gsize own_row;

  *is_own = FALSE;
  if (direction == RE3_DIRECTION_FIRST || from == NULL)
    return walk_cells (part, 0, 0, 0, 1, TRUE);
  if (direction == RE3_DIRECTION_LAST)
    return walk_cells (part, (gssize) n_rows - 1, (gssize) n_columns - 1, 0, -1, TRUE);

  *is_own = find_own_cell (part, from, &own_row);
  if (*is_own)
    return walk_cells (part, (gssize) own_row + down, from->series + across, down, across, FALSE);
  return walk_cells (
      part, index_at (from->bounds.y + from->bounds.height / 2, bounds->y, bounds->height, n_rows),
      index_at (from->bounds.x + from->bounds.width / 2, bounds->x, bounds->width, n_columns), down,
      across, FALSE);
}

/* The first mark of each datum that says something: where the datum is. Of many cells only the one
 * that is next to @from, which may be %NULL; @next is set where that is next to it for certain.
 * (transfer container) */
static GPtrArray *
collect_data (const Re3Scene *self,
              const Re3Mark *from,
              Re3Direction direction,
              const Re3Mark **next)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_datum, equal_data);
  GPtrArray *data = g_ptr_array_new ();

  *next = NULL;
  for (gsize i = 0; i < re3_scene_get_n_marks (self); i++) {
    const Re3ScenePart *part = re3_scene_get_part (self, i);
    const Re3Mark *mark = &part->mark;

    if (mark->kind == RE3_MARK_CELLS) {
      gboolean is_own;

      mark = find_next_cell (part, from, direction, &is_own);
      if (mark == NULL)
        continue;
      if (is_own)
        *next = mark;
    }
    if (mark->item != RE3_NO_ITEM && mark->tooltip != NULL &&
        g_hash_table_add (seen, (gpointer) mark))
      g_ptr_array_add (data, (gpointer) mark);
  }
  return data;
}

/* How far one datum lies from another, seen along a direction.
 * @ahead: between the middles, along it
 * @aside: between the middles, across it
 * @in_lane: something of both is at the same height, or above each other */
typedef struct {
  double ahead;
  double aside;
  gboolean in_lane;
} Step;

static Step
measure_step (const Re3Rect *from, const Re3Rect *to, Re3Direction direction)
{
  double right = to->x + to->width / 2 - from->x - from->width / 2;
  double down = to->y + to->height / 2 - from->y - from->height / 2;
  gboolean is_level = direction == RE3_DIRECTION_LEFT || direction == RE3_DIRECTION_RIGHT;
  gboolean is_back = direction == RE3_DIRECTION_LEFT || direction == RE3_DIRECTION_UP;
  double along = is_level ? right : down;

  return (Step){
    .ahead = is_back ? -along : along,
    .aside = fabs (is_level ? down : right),
    .in_lane = is_level ? to->y < from->y + from->height && from->y < to->y + to->height
                        : to->x < from->x + from->width && from->x < to->x + to->width,
  };
}

/* What lies in the same lane goes first, as the next cell of a row does before a nearer one of
 * another; then what is the least way ahead; and of that, as of the segments of the next bar, what
 * is the least way aside. */
static gboolean
is_nearer (const Step *one, const Step *other)
{
  if (one->in_lane != other->in_lane)
    return one->in_lane;
  if (fabs (one->ahead - other->ahead) > SAME_PLACE)
    return one->ahead < other->ahead;
  return one->aside < other->aside;
}

static const Re3Mark *
find_nearest (GPtrArray *data, const Re3Mark *from, Re3Direction direction)
{
  const Re3Mark *nearest = NULL;
  Step least = { 0 };

  for (guint i = 0; i < data->len; i++) {
    const Re3Mark *mark = data->pdata[i];
    Step step = measure_step (&from->bounds, &mark->bounds, direction);

    if (step.ahead <= SAME_PLACE || (nearest != NULL && !is_nearer (&step, &least)))
      continue;
    nearest = mark;
    least = step;
  }
  return nearest;
}

/* What is not drawn, since it is too thin to be seen, is passed over. */
static const Re3Mark *
follow_chart (const Re3Scene *self,
              Re3Chart *chart,
              guint n_data,
              const Re3Mark *from,
              Re3Direction direction)
{
  Re3Mark next = from != NULL ? *from : (Re3Mark){ .item = RE3_NO_ITEM };

  for (guint i = 0; i < n_data; i++) {
    const Re3Mark *mark;

    if (!chart->kind->move (chart, direction, &next.item, &next.series))
      return NULL;
    mark = re3_scene_find (self, next.panel, next.item, next.series);
    if (mark != NULL)
      return mark;
  }
  return NULL;
}

const Re3Mark *
re3_scene_move (const Re3Scene *self, const Re3Mark *from, Re3Direction direction)
{
  g_autoptr (GPtrArray) data = NULL;
  const Re3Mark *start;
  const Re3Mark *next;
  Re3Chart *chart;

  g_return_val_if_fail (self != NULL, NULL);

  start = from != NULL ? re3_scene_find (self, from->panel, from->item, from->series) : NULL;
  if (start == NULL && direction != RE3_DIRECTION_LAST)
    direction = RE3_DIRECTION_FIRST;
  data = collect_data (self, start, direction, &next);
  if (data->len == 0)
    return NULL;

  chart = re3_scene_get_chart (self);
  if (chart != NULL && chart->kind->move != NULL)
    return follow_chart (self, chart, data->len, start, direction);

  if (direction == RE3_DIRECTION_FIRST)
    return data->pdata[0];
  if (direction == RE3_DIRECTION_LAST)
    return data->pdata[data->len - 1];
  return next != NULL ? next : find_nearest (data, start, direction);
}
