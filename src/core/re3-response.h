/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-explanation.h"
#include "re3-trace.h"

G_BEGIN_DECLS

/**
 * Re3ResponsePiece:
 * @from, @to: the values of the feature, in original units, that share a region
 * @pattern: of that region; the trace's
 * @slope, @intercept: n_classes numbers: logit_c = intercept_c + slope_c value
 */
typedef struct {
  double from;
  double to;
  const Re3Pattern *pattern;
  double *slope;
  double *intercept;
} Re3ResponsePiece;

/* The values of the feature between @from and @to, for which @class_index is predicted. */
typedef struct {
  double from;
  double to;
  gsize class_index;
} Re3ResponseStretch;

/**
 * Re3Response:
 * @feature: the one that moves
 * @from, @to: between which values, in original units
 * @pieces: n_pieces of them, in order and without gaps; between two a neuron switches
 * @stretches: n_stretches of them, likewise; between two the prediction changes. Of a regression
 *   network, which predicts no class, there is one
 * @trace: the same along t, which goes from 0 at @from to 1 at @to
 *
 * What a model answers while one feature of a sample moves and all others stay: exactly, by the
 * trace of the line (design 4.11). The curve is the individual conditional expectation (Goldstein
 * et al. 2015) without their grid. Immutable.
 */
typedef struct {
  gsize feature;
  double from;
  double to;
  gsize n_classes;
  gsize n_pieces;
  Re3ResponsePiece *pieces;
  gsize n_stretches;
  Re3ResponseStretch *stretches;
  Re3Trace *trace;

  double *logits; /* the memory of all slopes and intercepts of @pieces */
} Re3Response;

/* @explanation: of the sample. @from < @to, both finite, in original units. */
Re3Response *re3_response_new         (const Re3Explanation *explanation,
                                       gsize              feature,
                                       double             from,
                                       double             to);
void         re3_response_free        (Re3Response       *self);
/* The index of the piece that holds @value, which is kept between the ends; a breakpoint belongs to
 * the piece before it. */
gsize        re3_response_find        (const Re3Response *self,
                                       double             value);
/* @logits: (out): n_classes numbers. */
void         re3_response_get_logits  (const Re3Response *self,
                                       double             value,
                                       double            *logits);
/* Where on the trace @value is, which is kept between the ends; and the value at @t. */
double       re3_response_get_share   (const Re3Response *self,
                                       double             value);
double       re3_response_get_value   (const Re3Response *self,
                                       double             t);
/* The class that is predicted at @value. */
gsize        re3_response_get_prediction (const Re3Response *self,
                                       double             value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Response, re3_response_free)

G_END_DECLS
