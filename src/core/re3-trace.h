/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-pattern.h"

G_BEGIN_DECLS

/**
 * Re3TracePiece:
 * @from: where the piece starts, as t in [0, 1]
 * @to: where it ends
 * @pattern: the pattern inside it
 * @slope: n_outputs numbers, and
 * @intercept: n_outputs numbers: logit_c(t) = intercept_c + slope_c t on the piece
 */
typedef struct {
  double from;
  double to;
  Re3Pattern *pattern;
  double *slope;
  double *intercept;
} Re3TracePiece;

/**
 * Re3Trace:
 *
 * The network along the segment x(t) = (1 - t) start + t end: every breakpoint and the affine
 * map of every piece between two (design 4.11). Pieces are in order, join without gaps, and
 * neighbours have different patterns.
 */
typedef struct {
  gsize n_pieces;
  Re3TracePiece *pieces;
  gsize n_outputs;

  /* The memory of all patterns, and of all slopes and intercepts. */
  char *patterns;
  double *logits;
} Re3Trace;

Re3Trace *re3_trace_new  (const Re3Network *network,
                          const double     *start,
                          const double     *end);
/* The same of the segment on which @feature goes from @from to @to and all else stays as in @input.
 * It spares all but one column of the first map: z in front of it is known.
 * @input: n_inputs numbers in the network's own units, as are @from and @to
 * @forward: the forward pass of @input */
Re3Trace *re3_trace_new_along_feature (const Re3Network *network,
                          const double     *input,
                          const Re3Forward *forward,
                          gsize             feature,
                          double            from,
                          double            to);
void      re3_trace_free (Re3Trace         *self);
/* The index of the piece that holds @t; a breakpoint belongs to the piece before it. */
gsize     re3_trace_find (const Re3Trace   *self,
                          double            t);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Trace, re3_trace_free)

G_END_DECLS
