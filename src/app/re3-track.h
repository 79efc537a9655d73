/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Re3Track:
 * @lower, @upper: the values at its ends
 * @start: where @lower is
 * @end: where @upper is; before @start from right to left
 *
 * Where values are on the track of a slider, in pixels.
 */
typedef struct {
  double lower;
  double upper;
  double start;
  double end;
} Re3Track;

/* What is beyond the track is at its end. */
static inline double
re3_track_place (const Re3Track *self, double value)
{
  double share =
      self->upper > self->lower
          ? (CLAMP (value, self->lower, self->upper) - self->lower) / (self->upper - self->lower)
          : 0.5;

  return self->start + share * (self->end - self->start);
}

G_END_DECLS
