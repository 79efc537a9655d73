/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-trace.h"

G_BEGIN_DECLS

/* The part of a trace between @from and @to, as t in [0, 1], on which @class_index is predicted. */
typedef struct {
  double from;
  double to;
  gsize class_index;
} Re3TraceStretch;

/* The class that is predicted at @t: that of the largest logit, the first one of equals. */
gsize   re3_trace_get_prediction (const Re3Trace *self,
                                  double          t);
/* The stretches of one predicted class, in order and without gaps; neighbours have different
 * classes. (transfer full) (element-type Re3TraceStretch) */
GArray *re3_trace_find_stretches (const Re3Trace *self);

G_END_DECLS
