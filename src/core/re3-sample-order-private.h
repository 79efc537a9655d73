/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-answers-private.h"

G_BEGIN_DECLS

/**
 * Re3OrderedRun:
 * @first: where its samples start in the order; they end where the next run starts
 * @region: the place of their region in the table
 * @prediction: the class that is predicted for them
 * @group: their true class and set; see re3_neuron_tally_find_group()
 *
 * Samples that stand together, and have all but the row in common.
 */
typedef struct {
  guint32 first;
  guint32 region;
  guint32 prediction;
  guint32 group;
} Re3OrderedRun;

/**
 * Re3SampleOrder:
 * @rows: of all samples, in the order in which they are measured
 * @runs: (length n_runs + 1): in the same order; the last one is empty, and ends the one before it
 *
 * First come the samples of the large regions, a stretch of the data set after the other, so that
 * what is near in memory is measured together; then those of the other regions. Within each of these
 * they stand by region, in the order of the table, then by prediction, by group, and by row.
 */
typedef struct {
  guint32 *rows;
  Re3OrderedRun *runs;
  gsize n_runs;
} Re3SampleOrder;

/* The first @n_large regions of the table are the large ones. (transfer full) (nullable): %NULL when
 * @team is stopped or fails */
Re3SampleOrder      *re3_sample_order_new      (const Re3Answers     *answers,
                                                const Re3Dataset     *dataset,
                                                gsize                 n_classes,
                                                gsize                 n_large,
                                                Re3Team              *team);
void                 re3_sample_order_free     (Re3SampleOrder       *self);
/* The run that the sample at @index of the order is in. */
const Re3OrderedRun *re3_sample_order_find_run (const Re3SampleOrder *self,
                                                gsize                 index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3SampleOrder, re3_sample_order_free)

G_END_DECLS
