/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-region-sets-private.h"

#include <math.h>

struct _Re3RegionSets {
  GArray *heap;
  gsize n_numbered;
};

Re3RegionSets *
re3_region_sets_new (void)
{
  Re3RegionSets *self = g_new0 (Re3RegionSets, 1);

  self->heap = g_array_new (FALSE, FALSE, sizeof (Re3RegionSet));

  return self;
}

void
re3_region_sets_clear (Re3RegionSets *self)
{
  for (guint i = 0; i < self->heap->len; i++)
    g_free (g_array_index (self->heap, Re3RegionSet, i).sides);
  g_array_set_size (self->heap, 0);
}

void
re3_region_sets_free (Re3RegionSets *self)
{
  if (self == NULL)
    return;

  re3_region_sets_clear (self);
  g_array_unref (self->heap);
  g_free (self);
}

static gboolean
goes_before (const Re3RegionSet *a, const Re3RegionSet *b)
{
  return a->distance != b->distance ? a->distance < b->distance : a->number < b->number;
}

void
re3_region_sets_push (Re3RegionSets *self, const Re3RegionSet *set)
{
  guint place = self->heap->len;
  Re3RegionSet added = *set;
  Re3RegionSet *heap;

  if (added.number == 0)
    added.number = ++self->n_numbered;

  g_array_append_val (self->heap, added);
  heap = (Re3RegionSet *) (gpointer) self->heap->data;
  while (place > 0 && goes_before (&added, &heap[(place - 1) / 2])) {
    heap[place] = heap[(place - 1) / 2];
    place = (place - 1) / 2;
  }
  heap[place] = added;
}

Re3RegionSet
re3_region_sets_pop (Re3RegionSets *self)
{
  Re3RegionSet *heap = (Re3RegionSet *) (gpointer) self->heap->data;
  Re3RegionSet first;
  Re3RegionSet last;
  guint n;
  guint place = 0;

  g_assert (self->heap->len > 0);

  n = self->heap->len - 1;
  first = heap[0];
  last = heap[n];
  for (;;) {
    guint child = 2 * place + 1;

    if (child + 1 < n && goes_before (&heap[child + 1], &heap[child]))
      child++;
    if (child >= n || !goes_before (&heap[child], &last))
      break;
    heap[place] = heap[child];
    place = child;
  }
  heap[place] = last;
  g_array_set_size (self->heap, n);

  return first;
}

double
re3_region_sets_get_distance (const Re3RegionSets *self)
{
  return self->heap->len > 0 ? g_array_index (self->heap, Re3RegionSet, 0).distance : INFINITY;
}
