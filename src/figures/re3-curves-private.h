/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-chart.h"
#include "re3-model.h"
#include "re3-trace.h"

G_BEGIN_DECLS

/* So many classes, and switched neurons, are named one by one in a tooltip. */
#define RE3_CURVES_MOST_NAMED 6

/**
 * Re3Curves:
 *
 * What a model answers along a straight line of inputs, drawn as curves over some quantity x that
 * goes along with it: the value of a feature, or the share of the way.
 */
typedef struct _Re3Curves Re3Curves;

/* @trace: borrowed; @from, @to: x at its ends */
Re3Curves *re3_curves_new         (const Re3Model *model,
                                   const Re3Trace *trace,
                                   double          from,
                                   double          to);
void       re3_curves_free        (Re3Curves      *self);
/* The pieces in order. @tooltip: (transfer full) */
void       re3_curves_take_piece  (Re3Curves      *self,
                                   double          from,
                                   double          to,
                                   char           *tooltip);
/* The stretches of one predicted class in order; a regression network has none. */
void       re3_curves_add_stretch (Re3Curves      *self,
                                   double          from,
                                   double          to,
                                   gsize           class_index);
/* A place on the line. @label: (transfer full) */
void       re3_curves_take_marker (Re3Curves      *self,
                                   char           *label,
                                   double          x,
                                   gboolean        is_ghost);

/* The probabilities of the classes, or else the logits. It has no legend. (transfer full) */
Re3Chart  *re3_curves_draw        (const Re3Curves *self,
                                   gboolean        probabilities,
                                   const char     *title);
/* Panel 0: logits, panel 1: probabilities; of a regression network the outputs alone.
 * (transfer full) */
Re3Chart  *re3_curves_draw_both   (const Re3Curves *self,
                                   const char     *title,
                                   const char     *description,
                                   const char     *x_title);
/* The classes in their colours. (transfer full) */
Re3Chart  *re3_curves_legend_new  (const Re3Model *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3Curves, re3_curves_free)

G_END_DECLS
