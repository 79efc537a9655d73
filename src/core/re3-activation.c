/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-activation.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "re3-statistics.h"

/* How far two pieces may be apart where they meet, next to the size of their numbers: thresholds
 * such as -intercept / slope are rounded. */
#define JOIN_TOLERANCE 1e-12

static void
add_piece (Re3Activation *self, double threshold, double slope, double intercept)
{
  self->thresholds[self->n_thresholds++] = threshold;
  self->pieces[self->n_thresholds] = (Re3Piece){ slope, intercept };
}

Re3Activation
re3_activation_rectifier (double negative_slope)
{
  Re3Activation self = { .pieces = { { negative_slope, 0 } } };

  add_piece (&self, 0, 1, 0);

  return self;
}

Re3Activation
re3_activation_clip (double low, double high)
{
  Re3Activation self = { .pieces = { { 1, 0 } } };

  if (low != -INFINITY) {
    self.pieces[0] = (Re3Piece){ 0, low };
    add_piece (&self, low, 1, 0);
  }
  if (high != INFINITY)
    add_piece (&self, high, 0, high);

  return self;
}

Re3Activation
re3_activation_hard_sigmoid (double slope, double intercept)
{
  Re3Activation self = { 0 };

  add_piece (&self, -intercept / slope, slope, intercept);
  add_piece (&self, (1 - intercept) / slope, 0, 1);

  return self;
}

gsize
re3_activation_get_state (const Re3Activation *self, double z)
{
  gsize state = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (gsize i = 0; i < self->n_thresholds; i++)
    state += z > self->thresholds[i];

  return state;
}

static double
piece_apply (const Re3Piece *piece, double z)
{
  /* A product with a slope of 0 would turn an infinite z into NaN. */
  return piece->slope == 0 ? piece->intercept : piece->slope * z + piece->intercept;
}

double
re3_activation_apply (const Re3Activation *self, double z)
{
  g_return_val_if_fail (self != NULL, NAN);

  return piece_apply (&self->pieces[re3_activation_get_state (self, z)], z);
}

static gboolean
piece_equal (const Re3Piece *a, const Re3Piece *b)
{
  return a->slope == b->slope && a->intercept == b->intercept;
}

gboolean
re3_activation_equal (const Re3Activation *self, const Re3Activation *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  if (self->n_thresholds != other->n_thresholds)
    return FALSE;
  for (gsize i = 0; i < self->n_thresholds; i++)
    if (self->thresholds[i] != other->thresholds[i])
      return FALSE;
  for (gsize i = 0; i <= self->n_thresholds; i++)
    if (!piece_equal (&self->pieces[i], &other->pieces[i]))
      return FALSE;

  return TRUE;
}

static gboolean
is_finite (const Re3Activation *self)
{
  for (gsize i = 0; i < self->n_thresholds; i++)
    if (!isfinite (self->thresholds[i]))
      return FALSE;
  for (gsize i = 0; i <= self->n_thresholds; i++)
    if (!isfinite (self->pieces[i].slope) || !isfinite (self->pieces[i].intercept))
      return FALSE;

  return TRUE;
}

/* Whether the pieces below and above @threshold meet there. */
static gboolean
check_join (const Re3Piece *below, const Re3Piece *above, double threshold, char **complaint)
{
  double from = piece_apply (below, threshold);
  double to = piece_apply (above, threshold);
  double size = fabs (below->slope * threshold) + fabs (below->intercept) +
                fabs (above->slope * threshold) + fabs (above->intercept);

  if (fabs (to - from) <= JOIN_TOLERANCE * size)
    return TRUE;

  *complaint = g_strdup_printf (_ ("jumps from %g to %g at its threshold %g"), from, to, threshold);

  return FALSE;
}

gboolean
re3_activation_check (const Re3Activation *self, char **complaint)
{
  g_return_val_if_fail (self != NULL && complaint != NULL, FALSE);

  if (self->n_thresholds > RE3_THRESHOLDS_MAX) {
    *complaint = g_strdup_printf (_ ("has %zu thresholds, where at most %d are possible"),
                                  self->n_thresholds, RE3_THRESHOLDS_MAX);
    return FALSE;
  }

  if (!is_finite (self)) {
    *complaint = g_strdup (_ ("has a slope, an intercept or a threshold that is not a finite "
                              "number"));
    return FALSE;
  }

  for (gsize i = 1; i < self->n_thresholds; i++)
    if (!(self->thresholds[i] > self->thresholds[i - 1])) {
      *complaint = g_strdup_printf (_ ("has the threshold %g after %g, which must ascend"),
                                    self->thresholds[i], self->thresholds[i - 1]);
      return FALSE;
    }

  for (gsize i = 0; i < self->n_thresholds; i++)
    if (!check_join (&self->pieces[i], &self->pieces[i + 1], self->thresholds[i], complaint))
      return FALSE;

  return TRUE;
}

/* A point of the piece of @self between @low and @high that is not on its border. */
static double
point_between (double low, double high)
{
  if (low == -INFINITY && high == INFINITY)
    return 0;
  if (low == -INFINITY)
    return high - MAX (1, fabs (high));
  if (high == INFINITY)
    return low + MAX (1, fabs (low));

  return low + (high - low) / 2;
}

/* Adds what @second makes of @piece on (@low, @high], where it is on one piece itself. */
static gboolean
add_composed (Re3Activation *self,
              const Re3Activation *second,
              const Re3Piece *piece,
              double low,
              double high)
{
  double z = point_between (low, high);
  const Re3Piece *outer =
      &second->pieces[re3_activation_get_state (second, piece_apply (piece, z))];
  Re3Piece composed = { outer->slope * piece->slope, piece_apply (outer, piece->intercept) };

  if (low == -INFINITY) {
    self->pieces[0] = composed;
    return TRUE;
  }
  if (piece_equal (&composed, &self->pieces[self->n_thresholds]))
    return TRUE;
  if (self->n_thresholds == RE3_THRESHOLDS_MAX)
    return FALSE;
  add_piece (self, low, composed.slope, composed.intercept);

  return TRUE;
}

/* Where @piece takes @second over a threshold, within (@low, @high), in ascending order. */
static gsize
find_crossings (const Re3Activation *second,
                const Re3Piece *piece,
                double low,
                double high,
                double *crossings)
{
  gsize n = 0;

  for (gsize i = 0; i < second->n_thresholds; i++) {
    double z = (second->thresholds[i] - piece->intercept) / piece->slope;

    /* False for the infinity or NaN of a piece that is constant. */
    if (z > low && z < high && isfinite (z))
      crossings[n++] = z;
  }
  qsort (crossings, n, sizeof (double), re3_compare_doubles);

  return n;
}

gboolean
re3_activation_compose (const Re3Activation *second,
                        const Re3Activation *first,
                        Re3Activation *result)
{
  double low = -INFINITY;

  g_return_val_if_fail (second != NULL && first != NULL && result != NULL, FALSE);

  *result = (Re3Activation){ 0 };
  for (gsize state = 0; state <= first->n_thresholds; state++) {
    const Re3Piece *piece = &first->pieces[state];
    double high = state < first->n_thresholds ? first->thresholds[state] : INFINITY;
    double ends[RE3_THRESHOLDS_MAX + 1];
    gsize n_ends = find_crossings (second, piece, low, high, ends);

    ends[n_ends++] = high;
    for (gsize i = 0; i < n_ends; i++) {
      if (!add_composed (result, second, piece, low, ends[i]))
        return FALSE;
      low = ends[i];
    }
  }

  return is_finite (result);
}

gboolean
re3_activation_is_active (const Re3Activation *self, gsize state)
{
  g_return_val_if_fail (self != NULL && state <= self->n_thresholds, FALSE);

  for (gsize i = 0; i <= self->n_thresholds; i++)
    if (fabs (self->pieces[i].slope) > fabs (self->pieces[state].slope))
      return FALSE;

  return TRUE;
}
