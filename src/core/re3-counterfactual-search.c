/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-counterfactual-search-private.h"

#include "re3-accumulate.h"
#include "re3-region-sets-private.h"
#include "re3-region-sides-private.h"
#include "re3-relaxation-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* A set whose bound is nearer than this share to the best is not split: what could be gained there
 * is rounding error. */
#define GAP 1e-10

/* As in a region: see SHARE_OF_ROUNDING in re3-counterfactual-space.c. */
#define SHARE_OF_ROUNDING (4096 * DBL_EPSILON)

/* The radius grows by this factor while nothing is found, and once it is so many times the size of
 * the sample there is none. */
#define RADIUS_FACTOR 4
#define LARGE_RADIUS  1e4

/* Steps towards a first find. */
#define MAX_DESCENTS 30

#define PROGRESS_STEPS 1000

typedef struct {
  Re3CounterfactualBest *best;
  const Re3CounterfactualSpace *space;
  Re3Network *network;
  gsize n_gates;
  gsize n_classes;

  Re3Polyhedron *polyhedron; /* the constraints, and for a while what else holds of a set */
  gsize n_constraints;
  Re3Relaxation *relaxation;
  double *point;
  double *row;

  Re3RegionSets *sets;
  double radius;
  GHashTable *opened; /* patterns */

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
free_pattern (gpointer pattern)
{
  re3_pattern_free (pattern);
}

static gboolean
search_init (Search *self, Re3CounterfactualBest *best, const Re3Monitor *outer, GError **error)
{
  self->best = best;
  self->space = best->space;
  self->network = re3_model_get_network (best->space->model);
  self->n_gates = re3_network_get_n_gates (self->network);
  self->n_classes = re3_network_get_n_outputs (self->network);
  self->point = g_new0 (double, best->space->n);
  self->sets = re3_region_sets_new ();
  self->opened = g_hash_table_new_full (re3_pattern_hash, re3_pattern_equal, free_pattern, NULL);
  self->outer = outer;
  self->monitor = (Re3Monitor){ .report = ask_outer, .user_data = self };
  best->monitor = &self->monitor;

  /* The sides of all gates, and that a class wins over all others. */
  self->polyhedron =
      re3_counterfactual_space_constrain (best->space, self->n_gates + self->n_classes, error);
  if (self->polyhedron == NULL)
    return FALSE;
  self->n_constraints = self->polyhedron->n_rows;
  self->relaxation = re3_relaxation_new (best->space, error);
  if (self->relaxation == NULL)
    return FALSE;
  self->row = g_new (double, self->relaxation->stride);

  return TRUE;
}

static void
search_clear (Search *self)
{
  re3_region_sets_free (self->sets);
  g_hash_table_unref (self->opened);
  re3_polyhedron_free (self->polyhedron);
  re3_relaxation_free (self->relaxation);
  g_free (self->point);
  g_free (self->row);
  self->best->monitor = NULL;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* Adds the set of @class_index on the given sides, with @gate, if any, moved to @side. */
static void
search_add_set (Search *self,
                double distance,
                gsize class_index,
                const guint8 *sides,
                gsize gate,
                Re3GateSide side)
{
  Re3RegionSet set = { .distance = distance, .class_index = class_index, .gate = RE3_NO_GATE };

  set.sides = g_memdup2 (sides, self->n_gates);
  if (gate != RE3_NO_GATE)
    set.sides[gate] = side;
  re3_region_sets_push (self->sets, &set);
}

/* The distance from which on nothing is of interest. */
static double
search_get_limit (const Search *self)
{
  return MIN (self->best->infimum * (1 - GAP), self->radius);
}

/* Looks into a region, unless that was done before. */
static void
search_open (Search *self, Re3Pattern *pattern)
{
  g_autoptr (Re3Region) region = NULL;

  if (!g_hash_table_add (self->opened, pattern))
    return;

  region = re3_counterfactual_best_make_region (self->best, pattern);
  if (region == NULL)
    return;

  re3_polyhedron_truncate (self->polyhedron, self->n_constraints);
  for (gsize gate = 0; gate < self->n_gates; gate++) {
    Re3RegionSide side = re3_region_get_side (region, self->network, gate);

    re3_counterfactual_space_add (self->space, self->polyhedron, side.gradient, side.offset,
                                  side.is_above ? 1 : -1);
  }
  re3_counterfactual_best_improve (self->best, region, self->polyhedron);
}

/* The pattern at the point. (transfer full) */
static Re3Pattern *
search_find_pattern (const Search *self)
{
  return re3_pattern_new_from_forward (
      re3_counterfactual_space_forward_at (self->space, self->point), self->network, 0);
}

/* Adds to the polyhedron that sign * row may be 0 or more, whatever the errors. */
static void
search_add_row (Search *self, const double *row, double sign)
{
  gsize n = self->space->n;
  double error = re3_relaxation_get_error (self->relaxation, row);
  double terms = fabs (row[0]) + error;
  g_autofree double *normal = NULL;

  if (isinf (error))
    return;

  normal = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    normal[i] = sign * row[1 + i];
    terms += fabs (row[1 + i]) * self->space->size;
  }
  re3_polyhedron_add (self->polyhedron, normal, -sign * row[0] - error, SHARE_OF_ROUNDING * terms);
}

/* The row of a gate: z - threshold. */
static const double *
search_take_gate (Search *self, gsize gate)
{
  const Re3Gate *where = &re3_network_get_gates (self->network)[gate];
  gsize stride = self->relaxation->stride;

  memcpy (self->row, self->relaxation->pre_activations + where->neuron * stride,
          stride * sizeof (double));
  self->row[0] -= where->threshold;

  return self->row;
}

/* The row of a difference of two logits. */
static const double *
search_take_logits (Search *self, gsize class_index, gsize other)
{
  gsize stride = self->relaxation->stride;

  for (gsize i = 0; i < stride; i++)
    self->row[i] = self->relaxation->logits[class_index * stride + i] -
                   self->relaxation->logits[other * stride + i];

  return self->row;
}

/* Sets the polyhedron to what holds of all inputs of the set. */
static void
search_enclose (Search *self, const Re3RegionSet *set)
{
  re3_polyhedron_truncate (self->polyhedron, self->n_constraints);
  for (gsize gate = 0; gate < self->n_gates; gate++)
    if (set->sides[gate] != RE3_GATE_OPEN)
      search_add_row (self, search_take_gate (self, gate),
                      set->sides[gate] == RE3_GATE_ABOVE ? 1 : -1);
  for (gsize other = 0; other < self->n_classes; other++)
    if (other != set->class_index)
      search_add_row (self, search_take_logits (self, set->class_index, other), 1);
}

/* Adds up how much of the row is error, by the neuron that it comes from. */
static void
search_weigh (const Search *self, const double *row, double *weights)
{
  const double *errors = row + 1 + self->space->n;

  for (gsize j = 0; j < re3_network_get_n_neurons (self->network); j++)
    weights[j] += isnan (errors[j]) ? INFINITY : fabs (errors[j]);
}

/* The gate to split the set by: of the neuron whose error loosens the bound most, the first one
 * where several do so without bounds; the threshold that is nearest to z at the point. */
static gsize
search_choose_gate (Search *self, const Re3RegionSet *set)
{
  const Re3Gate *gates = re3_network_get_gates (self->network);
  const Re3Relaxation *relaxation = self->relaxation;
  g_autofree double *weights = g_new0 (double, re3_network_get_n_neurons (self->network));
  gsize chosen = RE3_NO_GATE;
  double heaviest = -1;
  double nearest = INFINITY;

  for (gsize other = 0; other < self->n_classes; other++)
    if (other != set->class_index)
      search_weigh (self, search_take_logits (self, set->class_index, other), weights);
  for (gsize gate = 0; gate < self->n_gates; gate++)
    if (set->sides[gate] != RE3_GATE_OPEN)
      search_weigh (self, search_take_gate (self, gate), weights);

  for (gsize gate = 0; gate < self->n_gates; gate++) {
    gsize neuron = gates[gate].neuron;
    const double *row = relaxation->pre_activations + neuron * relaxation->stride;
    double z;
    double distance;

    if (relaxation->sides[gate] != RE3_GATE_OPEN || weights[neuron] < heaviest)
      continue;
    z = re3_accumulate_product (row[0], row + 1, self->point, self->space->n);
    distance = fabs (z - gates[gate].threshold);
    if (weights[neuron] == heaviest && (neuron != gates[chosen].neuron || distance >= nearest))
      continue;
    heaviest = weights[neuron];
    nearest = distance;
    chosen = gate;
  }

  return chosen;
}

/* The pattern of a set whose gates are all decided. (transfer full) */
static Re3Pattern *
search_take_pattern (const Search *self)
{
  Re3Pattern *pattern = re3_pattern_new (self->n_gates);

  for (gsize gate = 0; gate < self->n_gates; gate++)
    re3_pattern_set (pattern, gate, self->relaxation->sides[gate] == RE3_GATE_ABOVE);

  return pattern;
}

/* Bounds the set, and looks into a region of it: into the only one, or else into that of the point.
 * Returns: whether it is to be split */
static gboolean
search_bound (Search *self, Re3RegionSet *set)
{
  double distance;
  Re3NearestStatus status;

  if (!re3_relaxation_set (self->relaxation, self->space, self->polyhedron, set->sides,
                           MIN (self->radius, self->best->infimum), &self->monitor)) {
    self->best->stopped = TRUE;
    return FALSE;
  }
  if (self->relaxation->is_empty)
    return FALSE;

  search_enclose (self, set);
  status = re3_counterfactual_best_nearest (self->best, self->polyhedron, search_get_limit (self),
                                            self->point, &distance);
  set->distance = MAX (set->distance, distance);
  /* Where rounding keeps from a point, the set is split all the same. */
  if (status != RE3_NEAREST_FOUND && status != RE3_NEAREST_UNRESOLVED)
    return FALSE;

  if (self->relaxation->n_open == 0) {
    search_open (self, search_take_pattern (self));
    return FALSE;
  }

  set->gate = search_choose_gate (self, set);
  if (status == RE3_NEAREST_FOUND)
    search_open (self, search_find_pattern (self));

  return set->distance < search_get_limit (self);
}

static void
search_split (Search *self, Re3RegionSet *set)
{
  if (set->gate != RE3_NO_GATE) {
    search_add_set (self, set->distance, set->class_index, set->sides, set->gate, RE3_GATE_BELOW);
    search_add_set (self, set->distance, set->class_index, set->sides, set->gate, RE3_GATE_ABOVE);
  } else if (search_bound (self, set)) {
    Re3RegionSet again = *set;

    set->sides = NULL;
    re3_region_sets_push (self->sets, &again);
    return;
  }
  g_clear_pointer (&set->sides, g_free);
}

/* Moves the point to where a class that is asked for would begin, were the affine map of @region
 * that of all inputs. Returns: %FALSE if it begins nowhere */
static gboolean
search_extrapolate (Search *self, const Re3Region *region)
{
  gsize n_features = region->A->columns;
  g_autofree double *gradient = g_new (double, n_features);
  g_autofree double *point = g_new (double, self->space->n);
  double nearest = INFINITY;

  for (gsize c = 0; c < self->n_classes && !self->best->stopped; c++) {
    double distance;
    Re3NearestStatus status;

    if (!re3_counterfactual_best_wants (self->best, c))
      continue;

    re3_polyhedron_truncate (self->polyhedron, self->n_constraints);
    for (gsize other = 0; other < self->n_classes; other++) {
      for (gsize f = 0; f < n_features; f++)
        gradient[f] = re3_matrix_row (region->A, c)[f] - re3_matrix_row (region->A, other)[f];
      re3_counterfactual_space_add (self->space, self->polyhedron, gradient,
                                    region->D[c] - region->D[other], 1);
    }
    status =
        re3_counterfactual_best_nearest (self->best, self->polyhedron, nearest, point, &distance);
    if (status == RE3_NEAREST_FOUND) {
      nearest = distance;
      for (gsize i = 0; i < self->space->n; i++)
        self->point[i] = point[i];
    }
  }

  return nearest < INFINITY;
}

/* From the region of the point to the one where its affine map would have the class begin, and so
 * on: no proof of anything, but often a quick first find, within whose distance the network is
 * bounded much better. */
static void
search_descend (Search *self)
{
  gsize max_regions = self->space->options->max_regions;

  for (gsize step = 0; step < MAX_DESCENTS && isinf (self->best->infimum) && !self->best->stopped;
       step++) {
    g_autoptr (Re3Pattern) pattern = search_find_pattern (self);
    g_autoptr (Re3Region) region = re3_counterfactual_best_make_region (self->best, pattern);
    gsize n_opened = g_hash_table_size (self->opened);

    if (region == NULL || (max_regions > 0 && n_opened >= max_regions) ||
        !search_extrapolate (self, region))
      return;
    search_open (self, search_find_pattern (self));
    if (g_hash_table_size (self->opened) == n_opened)
      return;
  }
}

/* The input that the constraints leave nearest to the sample, and its region. */
static gboolean
search_start (Search *self, double *distance)
{
  Re3NearestStatus status = re3_counterfactual_best_nearest (self->best, self->polyhedron, INFINITY,
                                                             self->point, distance);

  if (status == RE3_NEAREST_UNRESOLVED)
    self->best->unresolved = MIN (self->best->unresolved, *distance);
  if (status != RE3_NEAREST_FOUND)
    return FALSE;

  search_open (self, search_find_pattern (self));
  search_descend (self);

  return TRUE;
}

/* Nothing within the bounds of the constraints is longer. */
static double
search_get_reach (const Search *self)
{
  g_autofree double *corner = g_new (double, self->space->n);

  for (gsize i = 0; i < self->space->n; i++)
    corner[i] = MAX (fabs (self->polyhedron->low[i]), fabs (self->polyhedron->high[i]));

  return re3_metric_length (self->space->options->metric, corner, self->space->n);
}

/* Returns: whether to go on */
static gboolean
search_tell_progress (Search *self, double bound)
{
  gsize max_regions = self->space->options->max_regions;

  if (isfinite (self->best->infimum) && self->best->infimum > 0)
    self->done =
        MAX (self->done, (gsize) (PROGRESS_STEPS * CLAMP (bound / self->best->infimum, 0, 1)));
  if (!re3_monitor_report (&self->monitor, 0, 0))
    self->best->stopped = TRUE;

  return !self->best->stopped &&
         (max_regions == 0 || g_hash_table_size (self->opened) < max_regions);
}

/* All that is nearer than the radius, or than the best. @bound: (inout): nothing below is left
 * open. Returns: whether to go on */
static gboolean
search_radius (Search *self, double *bound)
{
  g_autofree guint8 *sides = g_malloc (MAX (self->n_gates, 1));

  memset (sides, RE3_GATE_OPEN, self->n_gates);
  re3_region_sets_clear (self->sets);
  for (gsize c = 0; c < self->n_classes; c++)
    if (re3_counterfactual_best_wants (self->best, c))
      search_add_set (self, *bound, c, sides, RE3_NO_GATE, RE3_GATE_OPEN);

  while (re3_region_sets_get_distance (self->sets) < search_get_limit (self)) {
    Re3RegionSet set;

    *bound = MAX (*bound, re3_region_sets_get_distance (self->sets));
    if (!search_tell_progress (self, *bound))
      return FALSE;

    set = re3_region_sets_pop (self->sets);
    search_split (self, &set);
    if (self->best->stopped)
      return FALSE;
  }
  *bound = MAX (*bound, search_get_limit (self));

  return TRUE;
}

void
re3_counterfactual_search (Re3CounterfactualBest *best,
                           const Re3Monitor *monitor,
                           gsize *regions_opened,
                           double *lower_bound)
{
  g_auto (Search) search = { 0 };
  double bound = 0;

  if (!search_init (&search, best, monitor, &best->error))
    best->stopped = TRUE;
  else if (search_start (&search, &bound)) {
    double reach = search_get_reach (&search);
    double size = MAX (best->space->size, bound);

    if (size == 0)
      size = 1;
    search.radius = MAX (size / RADIUS_FACTOR, bound * RADIUS_FACTOR);
    if (isfinite (best->infimum))
      search.radius = INFINITY;
    while (search_radius (&search, &bound) && search.radius < INFINITY &&
           search.radius < best->infimum) {
      search.radius *= RADIUS_FACTOR;
      if (isfinite (best->infimum) || search.radius > reach || search.radius > LARGE_RADIUS * size)
        search.radius = INFINITY;
    }
  }

  *regions_opened = g_hash_table_size (search.opened);
  *lower_bound = MIN (MIN (bound, best->infimum), best->unresolved);
}
