/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-boundary-search.h"
#include "re3-importance-private.h"
#include "re3-measures-private.h"
#include "re3-sample-block-private.h"
#include "re3-sample-order-private.h"

G_BEGIN_DECLS

/**
 * Re3RegionPart:
 * @place: the place of the region in the table
 * @input_sums: the sums of these inputs by true label, and, last, of all of them
 *
 * What the samples of a large region that lie in one portion sum up to.
 */
typedef struct {
  gsize place;
  double *input_sums;
} Re3RegionPart;

/**
 * Re3Portion:
 * @first: where its samples start in the order in which all are measured
 * @n_rows: number of its samples
 * @sums: what is summed up over them; see re3_measuring_get_n_sums()
 * @parts: (element-type Re3RegionPart): of the large regions that its samples lie in
 *
 * The samples that are measured in one go: those of some small regions, or some that lie in large
 * ones. The portions are the same however many threads share them, and so are the sums.
 */
typedef struct {
  gsize first;
  gsize n_rows;
  double *sums;
  GArray *parts;
} Re3Portion;

/**
 * Re3Measuring:
 *
 * What all threads measure, and where the results go.
 */
typedef struct {
  const Re3Model *model;
  const Re3Network *network;
  const Re3Dataset *dataset;
  const Re3Answers *answers;
  const Re3SampleOrder *order;
  Re3Measures *measures;
  gsize n_large; /* regions whose samples are spread over portions, the first in the table */
  gsize n_features;
  gsize n_classes;
  gsize n_neurons;
} Re3Measuring;

/* The sums of a portion: first those of re3-importance-private.h for the training samples, then for
 * the test samples, then those of an Re3NeuronTally. */
gsize re3_measuring_get_n_importance_sums (const Re3Measuring *self);
gsize re3_measuring_get_n_sums            (const Re3Measuring *self);
gsize re3_measuring_get_n_input_sums      (const Re3Measuring *self);
/* The class that the region at @place is shown for: the majority of its labels, or else of its
 * predictions, the smaller one at a tie. */
gsize re3_measuring_get_majority          (const Re3Measuring *self,
                                           gsize               place);

/**
 * Re3Measurer:
 * @importance: its counts of features
 * @neurons: its counts of neurons
 * @residual_max: max |A x + D - logits| so far
 *
 * One thread that measures, with what it counts; the counts of all are added up at the end.
 */
typedef struct {
  const Re3Measuring *measuring;
  Re3ImportanceTally *importance;
  Re3NeuronTally *neurons;
  double residual_max;

  /* What is summed up over the portion at hand. */
  double *sums;

  Re3SampleBlock block;

  /* The region at hand. */
  gsize place;
  Re3Region *region; /* (nullable) */
  guint8 *active;    /* of each neuron in it */
  double *input_sums;

  /* The run at hand. */
  double *run_input_sums;
  double *run_input_sizes;
  double *distances;
  guint64 *nearest_neurons;
  Re3BoundarySearch *search; /* (nullable): without regions that need it */
} Re3Measurer;

/* Fails where there is no memory for it; it is to be cleared all the same. */
gboolean re3_measurer_init        (Re3Measurer        *self,
                                   const Re3Measuring *measuring,
                                   GError            **error);
void re3_measurer_clear           (Re3Measurer        *self);
/* Ends early when @team is stopped, or fails; @self is its @member. */
void re3_measurer_measure_portion (Re3Measurer        *self,
                                   Re3Portion         *portion,
                                   Re3Team            *team,
                                   gsize               member);

G_END_DECLS
