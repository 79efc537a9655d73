/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-analysis.h"

G_BEGIN_DECLS

/* What samples are chosen by. A selection holds at most one filter of each kind. */
typedef enum {
  RE3_FILTER_REGION,
  RE3_FILTER_CLASSES,
  RE3_FILTER_DISTANCE,
  RE3_FILTER_MISCLASSIFIED,
  RE3_FILTER_SEARCH,
} Re3FilterKind;

#define RE3_N_FILTER_KINDS (RE3_FILTER_SEARCH + 1)

/**
 * Re3SampleFilter:
 * @kind: which of the following count
 * @region: of RE3_FILTER_REGION: the place in the region table
 * @actual: of RE3_FILTER_CLASSES: the true class; RE3_ALL_CLASSES for any
 * @predicted: the class that they were taken for; RE3_ALL_CLASSES for any
 * @metric: of RE3_FILTER_DISTANCE: how the distance to the boundary is measured
 * @low: the least distance
 * @high: the first distance that is too large; INFINITY, which is let through, for none
 * @set: of classes and distances: the samples that the figure they were chosen in is about
 * @text: of RE3_FILTER_SEARCH: words that each must be a row number, a region's name, or a part of a
 *   class's
 *
 * A set of samples that people can name. A value: it does not change once it is made.
 */
typedef struct {
  Re3FilterKind kind;
  gsize region;
  int actual;
  int predicted;
  Re3Metric metric;
  double low;
  double high;
  Re3SampleSet set;
  char *text;
} Re3SampleFilter;

/* (transfer full), all of them. */
Re3SampleFilter *re3_sample_filter_new_region        (gsize                  region);
Re3SampleFilter *re3_sample_filter_new_classes       (int                    actual,
                                                      int                    predicted,
                                                      Re3SampleSet           set);
Re3SampleFilter *re3_sample_filter_new_distance      (Re3Metric              metric,
                                                      double                 low,
                                                      double                 high,
                                                      Re3SampleSet           set);
Re3SampleFilter *re3_sample_filter_new_misclassified (void);
Re3SampleFilter *re3_sample_filter_new_search        (const char            *text);
Re3SampleFilter *re3_sample_filter_copy              (const Re3SampleFilter *self);
void             re3_sample_filter_free              (Re3SampleFilter       *self);
gboolean         re3_sample_filter_equal             (const Re3SampleFilter *self,
                                                      const Re3SampleFilter *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3SampleFilter, re3_sample_filter_free)

/**
 * Re3SamplePredicate:
 *
 * Filters made ready to be asked row by row, for hundreds of thousands of rows: what is the same for
 * all of them is looked up once.
 */
typedef struct _Re3SamplePredicate Re3SamplePredicate;

/* Lets through what all @filters do. Borrows everything, which must not change in its life.
 * @analysis: (nullable). Without one, or in a first one, what it does not know hides no sample. */
Re3SamplePredicate *re3_sample_predicate_new     (const Re3SampleFilter *const *filters,
                                                  gsize                         n_filters,
                                                  const Re3Dataset             *dataset,
                                                  const Re3Analysis            *analysis);
void                re3_sample_predicate_free    (Re3SamplePredicate           *self);
gboolean            re3_sample_predicate_matches (const Re3SamplePredicate     *self,
                                                  gsize                         row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Re3SamplePredicate, re3_sample_predicate_free)

G_END_DECLS
