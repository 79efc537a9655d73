/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-counterfactual-cell-private.h"

#include "re3-core-error.h"

#include <math.h>
#include <string.h>

/* The steps inside that are tried, as shares of the numbers that are added up. */
#define FIRST_STEP  1e-14
#define LAST_STEP   1e-6
#define STEP_FACTOR 8

/* A variable that is nearer than this to a whole number, in original units, is one. */
#define WHOLE 1e-6

/* Parts of the box of whole numbers that are looked at for one class in one region. A region
 * without an end may have infinitely many, and no whole number in any. */
#define MAX_PARTS 20000

/* The inputs of a region for which one class wins: the last half-spaces of @polyhedron, from
 * @first_row on, say so. */
typedef struct {
  Re3CounterfactualBest *best;
  Re3Polyhedron *polyhedron;
  gsize first_row;
  double *point;

  /* Parts to be looked at, the next one last: for each the least distance known, and the low and
   * the high bounds of the variables that are whole numbers. */
  gsize n_integers;
  gsize *integers;
  gsize part_size;
  GArray *parts;
} Cell;

static void
cell_init (Cell *self, Re3CounterfactualBest *best, Re3Polyhedron *polyhedron)
{
  const Re3CounterfactualSpace *space = best->space;

  *self = (Cell){ .best = best, .polyhedron = polyhedron };
  self->point = g_new0 (double, space->n);
  self->integers = g_new (gsize, space->n);
  for (gsize i = 0; i < space->n; i++)
    if (re3_counterfactual_space_is_integer (space, i))
      self->integers[self->n_integers++] = i;
  self->part_size = 1 + 2 * self->n_integers;
  self->parts = g_array_new (FALSE, FALSE, (guint) (self->part_size * sizeof (double)));
}

static void
cell_clear (Cell *self)
{
  g_free (self->point);
  g_free (self->integers);
  g_array_unref (self->parts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cell, cell_clear)

gboolean
re3_counterfactual_best_wants (const Re3CounterfactualBest *self, gsize class_index)
{
  gsize target = self->space->options->target;

  return target == RE3_ANY_OTHER_CLASS ? class_index != self->prediction : class_index == target;
}

/* @error: (nullable) (transfer full): why, if not by the monitor */
static void
best_stop (Re3CounterfactualBest *self, GError *error)
{
  self->stopped = TRUE;
  if (self->error == NULL && error != NULL &&
      !g_error_matches (error, RE3_CORE_ERROR, RE3_CORE_ERROR_CANCELLED))
    self->error = g_steal_pointer (&error);
  g_clear_error (&error);
}

Re3NearestStatus
re3_counterfactual_best_nearest (Re3CounterfactualBest *self,
                                 const Re3Polyhedron *polyhedron,
                                 double limit,
                                 double *point,
                                 double *distance)
{
  GError *error = NULL;
  Re3NearestStatus status = re3_polyhedron_nearest (polyhedron, self->space->options->metric, limit,
                                                    self->monitor, point, distance, &error);

  if (status == RE3_NEAREST_STOPPED)
    best_stop (self, error);

  return status;
}

Re3Region *
re3_counterfactual_best_make_region (Re3CounterfactualBest *self, const Re3Pattern *pattern)
{
  GError *error = NULL;
  Re3Region *region = re3_region_new_watched (re3_model_get_network (self->space->model), pattern,
                                              self->monitor, &error);

  if (region == NULL)
    best_stop (self, error);

  return region;
}

/* Keeps the input at the point, the best so far, if the forward pass predicts what is asked for. */
static gboolean
cell_try (Cell *self, double infimum)
{
  Re3CounterfactualBest *best = self->best;
  gsize n_features = re3_model_get_n_features (best->space->model);
  gsize n_classes = re3_model_get_n_classes (best->space->model);
  g_autofree double *values = g_new (double, n_features);
  const Re3Forward *forward;
  gsize predicted;

  if (!re3_counterfactual_space_finish (best->space, self->point, values))
    return FALSE;

  forward = re3_counterfactual_space_forward (best->space, values);
  predicted = re3_argmax (forward->logits, n_classes, 1);
  if (!re3_counterfactual_best_wants (best, predicted) || !isfinite (forward->logits[predicted]))
    return FALSE;

  best->found = TRUE;
  best->infimum = infimum;
  best->class_index = predicted;
  memcpy (best->values, values, n_features * sizeof (double));

  return TRUE;
}

/* Tries the point, and then those nearest to the sample with the border between the classes moved
 * inside, until the forward pass agrees. */
static gboolean
cell_settle (Cell *self, double infimum)
{
  Re3Polyhedron *polyhedron = self->polyhedron;
  double size = MAX (self->best->space->size, infimum);
  gsize n_rows = polyhedron->n_rows - self->first_row;
  g_autofree double *offsets = NULL;
  gboolean is_found = FALSE;

  if (cell_try (self, infimum))
    return TRUE;

  offsets = g_memdup2 (polyhedron->offsets + self->first_row, n_rows * sizeof (double));
  if (size == 0)
    size = 1;
  for (double step = FIRST_STEP; !is_found && step <= LAST_STEP; step *= STEP_FACTOR) {
    Re3NearestStatus status;
    double distance;

    for (gsize row = 0; row < n_rows; row++)
      polyhedron->offsets[self->first_row + row] = offsets[row] + step * size;
    status =
        re3_counterfactual_best_nearest (self->best, polyhedron, INFINITY, self->point, &distance);
    if (status == RE3_NEAREST_STOPPED || status == RE3_NEAREST_EMPTY)
      break;
    is_found = status == RE3_NEAREST_FOUND && cell_try (self, infimum);
  }
  if (n_rows > 0)
    memcpy (polyhedron->offsets + self->first_row, offsets, n_rows * sizeof (double));

  return is_found;
}

static double *
cell_get_part (const Cell *self, gsize place)
{
  return (double *) (gpointer) self->parts->data + place * self->part_size;
}

/* Copies the bounds of the polyhedron, with those of the k-th whole number set to @low and @high.
 */
static void
cell_push (Cell *self, double distance, gsize k, double low, double high)
{
  double *part;

  if (low > high)
    return;

  g_array_set_size (self->parts, self->parts->len + 1);
  part = cell_get_part (self, self->parts->len - 1);
  *part++ = distance;
  for (gsize i = 0; i < self->n_integers; i++) {
    *part++ = i == k ? low : self->polyhedron->low[self->integers[i]];
    *part++ = i == k ? high : self->polyhedron->high[self->integers[i]];
  }
}

static double
cell_pop (Cell *self)
{
  const double *part = cell_get_part (self, self->parts->len - 1);
  double distance = *part++;

  for (gsize i = 0; i < self->n_integers; i++) {
    self->polyhedron->low[self->integers[i]] = *part++;
    self->polyhedron->high[self->integers[i]] = *part++;
  }
  g_array_set_size (self->parts, self->parts->len - 1);

  return distance;
}

static double
cell_get_whole (const Cell *self, gsize k, double value)
{
  return re3_counterfactual_space_get_step (self->best->space, self->integers[k], value);
}

/* Splits the part between the two whole numbers around the k-th one; the nearer one comes first. */
static void
cell_split_between (Cell *self, double distance, gsize k, double value)
{
  gsize i = self->integers[k];
  double below = cell_get_whole (self, k, floor (value));
  double above = cell_get_whole (self, k, ceil (value));

  if (value - floor (value) <= 0.5) {
    cell_push (self, distance, k, above, self->polyhedron->high[i]);
    cell_push (self, distance, k, self->polyhedron->low[i], below);
  } else {
    cell_push (self, distance, k, self->polyhedron->low[i], below);
    cell_push (self, distance, k, above, self->polyhedron->high[i]);
  }
}

/* Splits off what has the whole number @value, which comes first. */
static void
cell_split_around (Cell *self, double distance, gsize k, double value)
{
  gsize i = self->integers[k];
  double whole = cell_get_whole (self, k, value);

  cell_push (self, distance, k, self->polyhedron->low[i], cell_get_whole (self, k, value - 1));
  cell_push (self, distance, k, cell_get_whole (self, k, value + 1), self->polyhedron->high[i]);
  cell_push (self, distance, k, whole, whole);
}

/* The point of a part is the nearest one but for whole numbers: keeps it if it has them, and the
 * forward pass agrees; otherwise splits the part. */
static void
cell_take (Cell *self, double distance)
{
  gsize worst = 0;
  gsize open = 0;
  double largest = 0;
  gboolean is_open = FALSE;

  for (gsize k = 0; k < self->n_integers; k++) {
    gsize i = self->integers[k];
    double value = re3_counterfactual_space_get_value (self->best->space, i, self->point[i]);
    double rest = fabs (value - rint (value));

    if (self->polyhedron->low[i] == self->polyhedron->high[i])
      continue;
    if (!is_open)
      open = k;
    is_open = TRUE;
    if (rest > largest) {
      largest = rest;
      worst = k;
    }
  }

  if (largest > WHOLE) {
    gsize i = self->integers[worst];

    cell_split_between (self, distance, worst,
                        re3_counterfactual_space_get_value (self->best->space, i, self->point[i]));
  } else if (is_open && !cell_try (self, distance)) {
    gsize i = self->integers[open];

    cell_split_around (
        self, distance, open,
        rint (re3_counterfactual_space_get_value (self->best->space, i, self->point[i])));
  } else if (!is_open) {
    cell_settle (self, distance);
  }
}

static void
cell_search (Cell *self)
{
  Re3CounterfactualBest *best = self->best;

  for (gsize n_parts = 0; self->parts->len > 0 && !best->stopped; n_parts++) {
    double known = cell_pop (self);
    double distance;

    if (known >= best->infimum)
      continue;
    if (n_parts >= MAX_PARTS) {
      best->unresolved = MIN (best->unresolved, known);
      continue;
    }

    switch (re3_counterfactual_best_nearest (best, self->polyhedron, best->infimum, self->point,
                                             &distance)) {
    case RE3_NEAREST_FOUND:
      cell_take (self, MAX (distance, known));
      break;
    case RE3_NEAREST_UNRESOLVED:
      best->unresolved = MIN (best->unresolved, MAX (distance, known));
      break;
    case RE3_NEAREST_STOPPED:
    case RE3_NEAREST_EMPTY:
    case RE3_NEAREST_BEYOND:
    default:
      break;
    }
  }
}

/* Adds logit of @class_index >= logit of @other. */
static void
cell_add_class (Cell *self, const Re3Region *region, gsize class_index, gsize other)
{
  gsize n_features = region->A->columns;
  g_autofree double *gradient = g_new (double, n_features);
  double offset = region->D[class_index] - region->D[other];
  gboolean differs = offset != 0;

  for (gsize f = 0; f < n_features; f++) {
    gradient[f] = re3_matrix_row (region->A, class_index)[f] - re3_matrix_row (region->A, other)[f];
    differs = differs || gradient[f] != 0;
  }

  /* Of twins the first one is predicted, and never the second. */
  if (!differs && other < class_index)
    offset = -1;
  re3_counterfactual_space_add (self->best->space, self->polyhedron, gradient, offset, 1);
}

static void
cell_look_for (Cell *self, const Re3Region *region, gsize class_index)
{
  const Re3CounterfactualBest *best = self->best;

  /* Against the class of the sample first, which tells most. */
  if (class_index != best->prediction)
    cell_add_class (self, region, class_index, best->prediction);
  if (self->polyhedron->n_rows > self->first_row &&
      re3_polyhedron_row_distance (self->polyhedron, self->first_row,
                                   best->space->options->metric) >= best->infimum)
    return;

  for (gsize other = 0; other < region->A->rows; other++)
    if (other != class_index && other != best->prediction)
      cell_add_class (self, region, class_index, other);

  cell_push (self, 0, G_MAXSIZE, 0, 0);
  cell_search (self);
}

void
re3_counterfactual_best_improve (Re3CounterfactualBest *self,
                                 const Re3Region *region,
                                 Re3Polyhedron *cell)
{
  g_auto (Cell) search = { 0 };
  g_autofree double *low = g_memdup2 (cell->low, cell->n * sizeof (double));
  g_autofree double *high = g_memdup2 (cell->high, cell->n * sizeof (double));

  cell_init (&search, self, cell);
  search.first_row = cell->n_rows;
  for (gsize class_index = 0; class_index < region->A->rows && !self->stopped; class_index++) {
    if (!re3_counterfactual_best_wants (self, class_index))
      continue;

    cell_look_for (&search, region, class_index);
    g_array_set_size (search.parts, 0);
    re3_polyhedron_truncate (cell, search.first_row);
    for (gsize i = 0; i < cell->n; i++) {
      cell->low[i] = low[i];
      cell->high[i] = high[i];
    }
  }
}
