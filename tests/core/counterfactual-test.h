/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-counterfactual.h"

G_BEGIN_DECLS

/* What the tests of counterfactuals share. */

/**
 * Problem:
 * @model: asked
 * @values: the sample in original units
 * @options: what is asked; its arrays are those below
 *
 * A question, with room for constraints of up to MAX_FEATURES features.
 */
#define MAX_FEATURES 8
#define MAX_ORDERS   4

typedef struct {
  Re3Model *model;
  double values[MAX_FEATURES];
  Re3CounterfactualOptions options;
  guint8 locked[MAX_FEATURES];
  guint8 integer[MAX_FEATURES];
  double low[MAX_FEATURES];
  double high[MAX_FEATURES];
  Re3FeatureOrder orders[MAX_ORDERS];
} Problem;

/* Without constraints. */
void   problem_init        (Problem    *self,
                            Re3Model   *model,
                            Re3Metric   metric,
                            Re3Units    units);
/* With some of every kind. */
void   problem_constrain   (Problem    *self,
                            GRand      *random);
/* The class that the forward pass predicts for @values. */
gsize  problem_predict     (const Problem *self,
                            const double  *values);
/* Whether @values are what is asked for, to the last digit. */
gboolean problem_allows    (const Problem *self,
                            const double  *values);
double problem_measure     (const Problem *self,
                            const double  *values);
/* The least distance of all, whole numbers aside: over all patterns of the hidden neurons, whether
 * there is an input for them or not, and all classes. INFINITY without any. */
double problem_enumerate   (const Problem *self);
/* A network with a scaler, names left out. (transfer full) */
Re3Model *model_with_scaler (Re3Network *network,
                            GRand      *random);

G_END_DECLS
