/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-sample-filter.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the samples can be sorted by, and shown in columns. */
typedef enum {
  RE3_SAMPLE_ROW,
  RE3_SAMPLE_LABEL,
  RE3_SAMPLE_PREDICTION,
  RE3_SAMPLE_CONFIDENCE,
  RE3_SAMPLE_REGION,
  RE3_SAMPLE_DISTANCE,
} Re3SampleKey;

#define RE3_N_SAMPLE_KEYS (RE3_SAMPLE_DISTANCE + 1)

#define RE3_TYPE_SAMPLE (re3_sample_get_type ())
G_DECLARE_FINAL_TYPE (Re3Sample, re3_sample, RE3, SAMPLE, GObject)

/* A row of the list, made when it is looked at. */
gsize          re3_sample_get_row         (Re3Sample             *self);

#define RE3_TYPE_SAMPLE_LIST (re3_sample_list_get_type ())
G_DECLARE_FINAL_TYPE (Re3SampleList, re3_sample_list, RE3, SAMPLE_LIST, GObject)

/**
 * Re3SampleList:
 *
 * The rows of a data set as a GListModel of Re3Sample, sorted and filtered over plain numbers: an
 * object exists only for the rows on screen, so that hundreds of thousands are no weight. What an
 * analysis says of a row is no part of the item: items-changed tells of other rows or another order.
 */
Re3SampleList *re3_sample_list_new        (void);
/* @dataset, @analysis: (nullable). Without an analysis, what it knows is neither sorted nor
 * filtered by. */
void           re3_sample_list_set_source (Re3SampleList         *self,
                                           Re3Dataset            *dataset,
                                           Re3Analysis           *analysis);
/* Ties keep file order. */
void           re3_sample_list_set_order  (Re3SampleList         *self,
                                           Re3SampleKey           key,
                                           gboolean               descending);
/* Shows the samples that all @filters, which are copied, let through. */
void           re3_sample_list_set_filters (Re3SampleList        *self,
                                           const Re3SampleFilter *const *filters,
                                           gsize                  n_filters);
/* The data row at @position. */
gsize          re3_sample_list_get_row    (Re3SampleList         *self,
                                           guint                  position);
/* Where data row @row stands, or G_MAXUINT while the filter hides it. */
guint          re3_sample_list_find_row   (Re3SampleList         *self,
                                           gsize                  row);

G_END_DECLS
