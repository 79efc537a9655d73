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

/* The first mark of each datum that says something: where the datum is. (transfer container) */
static GPtrArray *
collect_data (const Re3Scene *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_datum, equal_data);
  GPtrArray *data = g_ptr_array_new ();

  for (gsize i = 0; i < re3_scene_get_n_marks (self); i++) {
    const Re3Mark *mark = re3_scene_get_mark (self, i);

    if (mark->item != RE3_NO_ITEM && mark->tooltip != NULL &&
        g_hash_table_add (seen, (gpointer) mark))
      g_ptr_array_add (data, (gpointer) mark);
  }
  return data;
}

static const Re3Mark *
find_datum (GPtrArray *data, const Re3Mark *wanted)
{
  for (guint i = 0; i < data->len; i++)
    if (is_same_datum (data->pdata[i], wanted))
      return data->pdata[i];
  return NULL;
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
follow_chart (Re3Chart *chart, GPtrArray *data, const Re3Mark *from, Re3Direction direction)
{
  Re3Mark next = from != NULL ? *from : (Re3Mark){ .item = RE3_NO_ITEM };

  for (guint i = 0; i < data->len; i++) {
    const Re3Mark *mark;

    if (!chart->kind->move (chart, direction, &next.item, &next.series))
      return NULL;
    mark = find_datum (data, &next);
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
  Re3Chart *chart;

  g_return_val_if_fail (self != NULL, NULL);

  data = collect_data (self);
  if (data->len == 0)
    return NULL;

  start = from != NULL ? find_datum (data, from) : NULL;
  if (start == NULL && direction != RE3_DIRECTION_LAST)
    direction = RE3_DIRECTION_FIRST;
  chart = re3_scene_get_chart (self);
  if (chart != NULL && chart->kind->move != NULL)
    return follow_chart (chart, data, start, direction);

  if (direction == RE3_DIRECTION_FIRST)
    return data->pdata[0];
  if (direction == RE3_DIRECTION_LAST)
    return data->pdata[data->len - 1];
  return find_nearest (data, start, direction);
}
