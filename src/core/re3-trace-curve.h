/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-trace.h"

G_BEGIN_DECLS

/**
 * Re3TraceCurve:
 * @t: n_points numbers from 0 to 1, in order; every breakpoint of the trace is one of them
 * @logits: (n_outputs, n_points): what the trace says there
 * @probabilities: (n_outputs, n_points): their softmax
 *
 * A trace as points to be joined by straight lines. Those of the logits are the logits themselves;
 * those of the probabilities, which are curved within a piece, leave them nowhere by more than the
 * tolerance. Immutable.
 */
typedef struct {
  gsize n_points;
  gsize n_outputs;
  double *t;
  double *logits;
  double *probabilities;
} Re3TraceCurve;

/* @tolerance: of the probabilities; INFINITY for no points but those below
 * @kept: n_kept numbers in [0, 1] that are points too */
Re3TraceCurve *re3_trace_curve_new  (const Re3Trace *trace,
                                     double          tolerance,
                                     const double   *kept,
                                     gsize           n_kept);
void           re3_trace_curve_free (Re3TraceCurve  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3TraceCurve, re3_trace_curve_free)

G_END_DECLS
