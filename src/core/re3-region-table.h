/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-pattern.h"

G_BEGIN_DECLS

/**
 * Re3RegionRow:
 * @pattern: what its samples share
 * @n_train: training samples in it
 * @n_test: test samples in it
 * @counts: n_classes numbers: its samples, train and test, by true label
 * @n_labelled: its samples with a label
 * @majority: the most frequent true label, the smaller one at a tie; RE3_NO_LABEL without labels
 * @purity: share of @majority among the labelled; NAN without labels
 * @first: where its rows start in the list of re3_region_table_get_rows()
 */
typedef struct {
  const Re3Pattern *pattern;
  gsize n_train;
  gsize n_test;
  gsize *counts;
  gsize n_labelled;
  int majority;
  double purity;
  gsize first;
} Re3RegionRow;

/* Whether its labels are so mixed that it marks a confusion (paper, section 4.4). */
static inline gboolean
re3_region_row_is_confused (const Re3RegionRow *self, double purity_threshold)
{
  return self->purity < purity_threshold;
}

/**
 * Re3RegionTable:
 *
 * The samples of a data set grouped by region (paper, Algorithm 1): the largest region first, ties
 * in the order of their patterns. Immutable.
 */
typedef struct _Re3RegionTable Re3RegionTable;
typedef struct _Re3RegionTableBuilder Re3RegionTableBuilder;

/* Samples are added in row order; finish() sorts. Both fail where there is no memory for them; the
 * builder is then good for nothing but to be freed. */
Re3RegionTableBuilder *re3_region_table_builder_new    (const Re3Network      *network,
                                                        gsize                  n_classes);
void                   re3_region_table_builder_free   (Re3RegionTableBuilder *self);
gboolean               re3_region_table_builder_add    (Re3RegionTableBuilder *self,
                                                        const Re3Pattern      *pattern,
                                                        int                    label,
                                                        gboolean               is_test,
                                                        GError               **error);
Re3RegionTable        *re3_region_table_builder_finish (Re3RegionTableBuilder *self,
                                                        GError               **error);

void                   re3_region_table_free           (Re3RegionTable        *self);
gsize                  re3_region_table_get_n_regions  (const Re3RegionTable  *self);
const Re3RegionRow    *re3_region_table_get_region     (const Re3RegionTable  *self,
                                                        gsize                  region);
/* The data rows of @region in file order; n_train + n_test of them. */
const guint32         *re3_region_table_get_rows       (const Re3RegionTable  *self,
                                                        gsize                  region);
gsize                  re3_region_table_get_region_of_row (const Re3RegionTable *self,
                                                        gsize                  row);
/* The region with @pattern, or -1. */
gssize                 re3_region_table_find           (const Re3RegionTable  *self,
                                                        const Re3Pattern      *pattern);

/**
 * Re3RegionCounts:
 * @all: regions in all; @train: with training samples; @test: with test samples
 * @similar: with both; @dissimilar: with test samples only
 * @top1: share of the test samples in the region that holds most of them
 * @top_c: share in the n_classes regions that hold most of them (NAN without test samples)
 */
typedef struct {
  gsize all;
  gsize train;
  gsize test;
  gsize similar;
  gsize dissimilar;
  double top1;
  double top_c;
} Re3RegionCounts;

void re3_region_table_count (const Re3RegionTable *self,
                             Re3RegionCounts      *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3RegionTable, re3_region_table_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3RegionTableBuilder, re3_region_table_builder_free)

G_END_DECLS
