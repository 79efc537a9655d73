/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-sample-set.h"

G_BEGIN_DECLS

/**
 * Re3Validity:
 *
 * Five-number summary of boundary distances and the distances up to which 90, 75 and 50 of 100
 * samples keep their region (design 4.8): their 10th, 25th and 50th percentile. NAN without
 * samples.
 */
typedef struct {
  double min;
  double q1;
  double median;
  double q3;
  double max;
  double eps90;
  double eps75;
  double eps50;
} Re3Validity;

/* Of each Re3SampleSet. @distances, @n of them, need no order; @is_test: as many flags, not 0 where
 * the sample is one of the test samples. Fails where there is no memory. */
gboolean           re3_validity_summarise       (const double            *distances,
                                                 const guint8            *is_test,
                                                 gsize                    n,
                                                 Re3Validity             *validity,
                                                 GError                 **error);

/**
 * Re3ValidityCurve:
 * @n: number of samples
 * @distances: their boundary distances, the smallest first; may end in INFINITY
 *
 * The share of the samples that keep their region up to a distance, as the step function that it
 * is: 1 at first, and 1 / n less from each distance on.
 */
typedef struct {
  gsize n;
  double *distances;
} Re3ValidityCurve;

/* @distances need no order. (transfer full) */
Re3ValidityCurve  *re3_validity_curve_new       (const double            *distances,
                                                 gsize                    n);
void               re3_validity_curve_free      (Re3ValidityCurve        *self);
/* The share of the samples with a distance > @step; NAN without samples. */
double             re3_validity_curve_get_share (const Re3ValidityCurve  *self,
                                                 double                   step);
/* Steps for a table of the curve: 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, and on in the same way until
 * the curve is at its end: at 0, or at the share of the infinite distances. (transfer full) */
double            *re3_validity_curve_get_steps (const Re3ValidityCurve  *self,
                                                 gsize                   *n_steps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3ValidityCurve, re3_validity_curve_free)

G_END_DECLS
