/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-answers-private.h"

G_BEGIN_DECLS

/**
 * Re3OrderedSample:
 * @row: its row in the data set
 * @region: the place of its region in the table
 * @prediction: the class that is predicted for it
 * @group: its true class and set; see re3_neuron_tally_find_group()
 */
typedef struct {
  guint32 row;
  guint32 region;
  guint32 prediction;
  guint32 group;
} Re3OrderedSample;

/* All samples in the order in which they are measured: first those of the @n_large largest regions, a
 * stretch of the data set after the other, so that what is near in memory is measured together; then
 * those of the other regions. Within each of these by region, in the order of the table, then by
 * prediction, by group, and by row, so that those that have all but the row in common stand together.
 * (transfer full) (nullable): %NULL when @team is stopped or fails */
Re3OrderedSample *re3_sample_order_new       (const Re3Answers       *answers,
                                              const Re3Dataset       *dataset,
                                              gsize                   n_classes,
                                              gsize                   n_large,
                                              Re3Team                *team);
/* How many of @n samples, of which there is one at least, have all but the row in common with the
 * first. */
gsize             re3_sample_order_count_run (const Re3OrderedSample *samples,
                                              gsize                   n);

G_END_DECLS
