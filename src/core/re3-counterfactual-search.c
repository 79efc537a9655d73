/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-counterfactual-search-private.h"

#include "re3-region-sides-private.h"

#include <math.h>
#include <string.h>

/* The regions that are kept, to be looked at from each of their facets. */
#define REGION_BYTES ((gsize) 64 << 20)

/* Two unit normals, and two distances as a share of themselves, that are nearer than this to each
 * other belong to one hyperplane. */
#define COINCIDENT 1e-11

#define PROGRESS_STEPS 1000

/* A facet to be crossed. */
typedef struct {
  double distance;   /* of the way through it: at first a lower bound */
  gboolean is_exact; /* whether it is the distance itself */
  Re3Pattern *from;
  gsize gate; /* whose bit changes behind it */
} Crossing;

typedef struct {
  Re3CounterfactualBest *best;
  const Re3CounterfactualSpace *space;
  Re3Network *network;
  Re3Polyhedron *polyhedron; /* the constraints, and for a while those of a region */
  gsize n_constraints;
  double *point;

  GArray *heap;       /* of Crossing, the next one first */
  GHashTable *opened; /* patterns */
  GHashTable *regions;
  gsize max_kept;

  const Re3Monitor *outer;
  Re3Monitor monitor; /* asks the outer one, with how far it is */
  gsize done;
} Search;

static gboolean
ask_outer (gsize done, gsize total, gpointer user_data)
{
  Search *self = user_data;

  return re3_monitor_report (self->outer, self->done, PROGRESS_STEPS);
}

static void
free_region (gpointer region)
{
  re3_region_unref (region);
}

static void
free_pattern (gpointer pattern)
{
  re3_pattern_free (pattern);
}

static void
search_init (Search *self, Re3CounterfactualBest *best, const Re3Monitor *outer)
{
  gsize region_size;

  self->best = best;
  self->space = best->space;
  self->network = re3_model_get_network (best->space->model);
  self->polyhedron = re3_counterfactual_space_constrain (best->space);
  self->n_constraints = self->polyhedron->n_rows;
  self->point = g_new0 (double, best->space->n);
  self->heap = g_array_new (FALSE, FALSE, sizeof (Crossing));
  self->opened = g_hash_table_new_full (re3_pattern_hash, re3_pattern_equal, free_pattern, NULL);
  self->regions = g_hash_table_new_full (re3_pattern_hash, re3_pattern_equal, NULL, free_region);
  region_size = re3_region_get_size (self->network);
  self->max_kept = MAX (REGION_BYTES / region_size, 2);
  self->outer = outer;
  self->monitor = (Re3Monitor){ .report = ask_outer, .user_data = self };
  best->monitor = &self->monitor;
}

static void
search_clear (Search *self)
{
  for (guint i = 0; i < self->heap->len; i++)
    re3_pattern_free (g_array_index (self->heap, Crossing, i).from);
  g_array_unref (self->heap);
  g_hash_table_unref (self->opened);
  g_hash_table_unref (self->regions);
  re3_polyhedron_free (self->polyhedron);
  g_free (self->point);
  self->best->monitor = NULL;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static gboolean
goes_before (const Crossing *a, const Crossing *b)
{
  int order;

  if (a->distance != b->distance)
    return a->distance < b->distance;

  order = re3_pattern_compare (a->from, b->from);

  return order != 0 ? order < 0 : a->gate < b->gate;
}

static void
search_push (Search *self, Crossing crossing)
{
  guint place = self->heap->len;
  Crossing *heap;

  g_array_append_val (self->heap, crossing);
  heap = (Crossing *) (gpointer) self->heap->data;
  while (place > 0 && goes_before (&crossing, &heap[(place - 1) / 2])) {
    heap[place] = heap[(place - 1) / 2];
    place = (place - 1) / 2;
  }
  heap[place] = crossing;
}

static Crossing
search_pop (Search *self)
{
  Crossing *heap = (Crossing *) (gpointer) self->heap->data;
  Crossing first = heap[0];
  Crossing last = heap[self->heap->len - 1];
  guint n = self->heap->len - 1;
  guint place = 0;

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

/* The region of @pattern, kept or made; %NULL when stopped. (transfer full) */
static Re3Region *
search_get_region (Search *self, const Re3Pattern *pattern)
{
  Re3Region *region = g_hash_table_lookup (self->regions, pattern);

  if (region != NULL)
    return re3_region_ref (region);

  region = re3_region_new_watched (self->network, pattern, &self->monitor);
  if (region == NULL) {
    self->best->stopped = TRUE;
    return NULL;
  }

  if (g_hash_table_size (self->regions) >= self->max_kept)
    g_hash_table_remove_all (self->regions);
  g_hash_table_insert (self->regions, region->pattern, region);

  return re3_region_ref (region);
}

static void
search_add_side (Search *self, const Re3RegionSide *side, gboolean is_above)
{
  re3_counterfactual_space_add (self->space, self->polyhedron, side->gradient, side->offset,
                                is_above ? 1 : -1);
}

/* Sets the polyhedron to the region, borders included, within the constraints. */
static void
search_enclose (Search *self, const Re3Region *region)
{
  re3_polyhedron_truncate (self->polyhedron, self->n_constraints);
  for (gsize gate = 0; gate < re3_network_get_n_gates (self->network); gate++) {
    Re3RegionSide side = re3_region_get_side (region, self->network, gate);

    search_add_side (self, &side, side.is_above);
  }
}

/* Whether the last two half-spaces of the polyhedron have one border. @is_same: (out): and whether
 * they are on the same side of it. */
static gboolean
search_compare_last (const Search *self, gboolean *is_same)
{
  gsize n = self->space->n;
  gsize last = self->polyhedron->n_rows - 1;
  const double *a = self->polyhedron->normals + (last - 1) * n;
  const double *b = a + n;
  double p = self->polyhedron->offsets[last - 1];
  double q = self->polyhedron->offsets[last];
  double product = 0;
  double sign;

  for (gsize i = 0; i < n; i++)
    product += a[i] * b[i];
  sign = product > 0 ? 1 : -1;
  for (gsize i = 0; i < n; i++)
    if (fabs (a[i] - sign * b[i]) > COINCIDENT)
      return FALSE;
  *is_same = product > 0;

  return fabs (p - sign * q) <= COINCIDENT * (fabs (p) + fabs (q)) +
                                    self->polyhedron->noise[last - 1] +
                                    self->polyhedron->noise[last];
}

/* Which side of @side lies behind the border of the last half-space of the polyhedron, if that is
 * the border of both. A neuron that is constant there at its threshold is not above it. */
static gboolean
search_tell_side (Search *self, const Re3RegionSide *side, gboolean *is_above)
{
  gsize n_rows = self->polyhedron->n_rows;
  gboolean is_same;
  gboolean coincides = FALSE;

  search_add_side (self, side, TRUE);
  if (self->polyhedron->n_rows > n_rows) {
    coincides = search_compare_last (self, &is_same);
    *is_above = is_same;
  } else if (side->is_above) {
    /* All of space is above, or on, the hyperplane: is it below, or on it, too? */
    search_add_side (self, side, FALSE);
    coincides = self->polyhedron->n_rows == n_rows;
    *is_above = FALSE;
  }
  re3_polyhedron_truncate (self->polyhedron, n_rows);

  return coincides;
}

/* The pattern behind a facet. In general one bit of it changes. Where several neurons have the same
 * hyperplane, the bits of all of them are those of the other side, layer after layer, as those of
 * one layer decide what the next ones do: a neuron that is 0 on the facet may be above 0 on both
 * sides of it. (transfer full) (nullable): %NULL when stopped. */
static Re3Pattern *
search_cross (Search *self, const Re3Region *region, gsize gate)
{
  Re3RegionSide facet = re3_region_get_side (region, self->network, gate);
  gsize n_rows = self->polyhedron->n_rows;
  g_autoptr (Re3Pattern) pattern = re3_pattern_copy (region->pattern);
  g_autoptr (Re3Region) behind = NULL;

  re3_pattern_set (pattern, gate, !facet.is_above);
  /* What has no inside has facets that coincide only there: one bit after another, through regions
   * that are no more than the facet, every side is reached. */
  if (self->space->is_flat)
    return g_steal_pointer (&pattern);

  behind = search_get_region (self, pattern);
  search_add_side (self, &facet, !facet.is_above);
  for (gsize i = 0; behind != NULL && i < re3_network_get_n_gates (self->network); i++) {
    Re3RegionSide side = re3_region_get_side (behind, self->network, i);
    gboolean is_above;

    if (!search_tell_side (self, &side, &is_above) || is_above == side.is_above)
      continue;
    re3_pattern_set (pattern, i, is_above);
    re3_region_unref (behind);
    behind = search_get_region (self, pattern);
  }
  re3_polyhedron_truncate (self->polyhedron, n_rows);

  return behind != NULL ? g_steal_pointer (&pattern) : NULL;
}

/* Looks into a region that is reached at @distance, and notes its facets. */
static void
search_open (Search *self, Re3Pattern *pattern, double distance)
{
  g_autoptr (Re3Region) region = search_get_region (self, pattern);

  g_hash_table_add (self->opened, pattern);
  if (region == NULL)
    return;

  search_enclose (self, region);
  re3_counterfactual_best_improve (self->best, region, self->polyhedron);

  for (gsize gate = 0; gate < re3_network_get_n_gates (self->network); gate++) {
    Re3RegionSide side = re3_region_get_side (region, self->network, gate);
    Crossing crossing = { .gate = gate };
    gsize n_rows = self->polyhedron->n_rows;

    search_add_side (self, &side, !side.is_above);
    /* A neuron that is constant at its threshold has no hyperplane, and both its bits are one. */
    if (self->polyhedron->n_rows == n_rows)
      continue;
    crossing.distance =
        re3_polyhedron_row_distance (self->polyhedron, n_rows, self->space->options->metric);
    re3_polyhedron_truncate (self->polyhedron, n_rows);

    crossing.distance = MAX (crossing.distance, distance);
    if (crossing.distance < self->best->infimum) {
      crossing.from = re3_pattern_copy (pattern);
      search_push (self, crossing);
    }
  }
}

/* Finds out where the nearest point of the facet is, if there is one that is near enough. */
static gboolean
search_measure (Search *self, const Re3Region *region, Crossing *crossing)
{
  Re3RegionSide side = re3_region_get_side (region, self->network, crossing->gate);
  double distance;
  Re3NearestStatus status;

  search_enclose (self, region);
  search_add_side (self, &side, !side.is_above);
  status = re3_polyhedron_nearest (self->polyhedron, self->space->options->metric,
                                   self->best->infimum, &self->monitor, self->point, &distance);
  crossing->distance = MAX (crossing->distance, distance);
  crossing->is_exact = TRUE;
  self->best->stopped = self->best->stopped || status == RE3_NEAREST_STOPPED;

  /* Where rounding leaves it open whether there is a way, it is tried. */
  return status == RE3_NEAREST_FOUND || status == RE3_NEAREST_UNRESOLVED;
}

/* Goes the way of @crossing as far as is to be known before another one may be shorter. */
static void
search_follow (Search *self, Crossing *crossing)
{
  g_autoptr (Re3Region) region = search_get_region (self, crossing->from);
  g_autoptr (Re3Pattern) pattern = NULL;

  if (region == NULL)
    return;
  pattern = search_cross (self, region, crossing->gate);
  if (pattern == NULL || g_hash_table_contains (self->opened, pattern))
    return;

  if (crossing->is_exact) {
    double distance = crossing->distance;

    search_open (self, g_steal_pointer (&pattern), distance);
  } else if (search_measure (self, region, crossing)) {
    Crossing again = *crossing;

    again.from = re3_pattern_copy (crossing->from);
    search_push (self, again);
  }
}

/* The input that the constraints leave nearest to the sample, and its region. */
static gboolean
search_start (Search *self, double *distance)
{
  Re3NearestStatus status =
      re3_polyhedron_nearest (self->polyhedron, self->space->options->metric, INFINITY,
                              &self->monitor, self->point, distance);
  g_autofree double *input = NULL;
  g_autoptr (Re3Forward) forward = NULL;

  if (status == RE3_NEAREST_STOPPED)
    self->best->stopped = TRUE;
  if (status == RE3_NEAREST_UNRESOLVED)
    self->best->unresolved = MIN (self->best->unresolved, *distance);
  if (status != RE3_NEAREST_FOUND)
    return FALSE;

  input = g_memdup2 (self->space->base_input,
                     re3_model_get_n_features (self->space->model) * sizeof (double));
  for (gsize i = 0; i < self->space->n; i++)
    input[self->space->features[i]] += self->space->slopes[i] * self->point[i];
  forward = re3_network_forward (self->network, input, 1);
  search_open (self, re3_pattern_new_from_forward (forward, self->network, 0), *distance);

  return TRUE;
}

/* Returns: whether to go on */
static gboolean
search_tell_progress (Search *self, double bound)
{
  if (self->best->found && self->best->infimum > 0)
    self->done =
        MAX (self->done, (gsize) (PROGRESS_STEPS * CLAMP (bound / self->best->infimum, 0, 1)));
  if (!re3_monitor_report (&self->monitor, 0, 0))
    self->best->stopped = TRUE;

  return !self->best->stopped;
}

void
re3_counterfactual_search (Re3CounterfactualBest *best,
                           const Re3Monitor *monitor,
                           gsize *regions_opened,
                           double *lower_bound)
{
  g_auto (Search) search = { 0 };
  gsize max_regions = best->space->options->max_regions;
  /* Nothing below this is left open. */
  double bound = 0;

  search_init (&search, best, monitor);
  if (search_start (&search, &bound)) {
    while (!best->stopped) {
      Crossing crossing;

      if (search.heap->len == 0) {
        bound = INFINITY;
        break;
      }
      bound = g_array_index (search.heap, Crossing, 0).distance;
      if (bound >= best->infimum ||
          (max_regions > 0 && g_hash_table_size (search.opened) >= max_regions) ||
          !search_tell_progress (&search, bound))
        break;

      crossing = search_pop (&search);
      search_follow (&search, &crossing);
      re3_pattern_free (crossing.from);
    }
  }

  *regions_opened = g_hash_table_size (search.opened);
  *lower_bound = MIN (MIN (bound, best->infimum), best->unresolved);
}
