/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simple-analysis.h"

#include <math.h>

/* Sums over many rows are taken in different orders. */
#define TOLERANCE 1e-9

static void
check_near (double ours, double theirs, const char *what)
{
  double size = MAX (1.0, fabs (theirs));

  if (!(fabs (ours - theirs) <= TOLERANCE * size) && ours != theirs)
    g_error ("The two sides of the bench differ in %s: %.17g here, %.17g there", what, ours,
             theirs);
}

static void
check_equal (gsize ours, gsize theirs, const char *what)
{
  if (ours != theirs)
    g_error ("The two sides of the bench differ in %s: %zu here, %zu there", what, ours, theirs);
}

static void
check_rows (const SimpleAnalysis *self, const Re3Analysis *analysis)
{
  for (gsize row = 0; row < self->n_rows; row++) {
    check_equal ((gsize) re3_analysis_get_prediction (analysis, row),
                 (gsize) self->predictions[row], "predictions");
    check_near (re3_analysis_get_confidence (analysis, row), self->confidences[row], "confidences");
    for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++)
      check_near (re3_analysis_get_boundary (analysis, row, metric, NULL),
                  self->distances[metric][row], "distances");
  }
}

static void
check_region (const SimpleAnalysis *self,
              const SimpleRegion *region,
              const Re3Analysis *analysis,
              gsize place)
{
  const Re3RegionRow *row =
      re3_region_table_get_region (re3_analysis_get_region_table (analysis), place);
  const double *profile = re3_analysis_get_profile (analysis, place);
  gsize majority = (gsize) row->majority;

  check_equal (row->pattern->words[0], region->pattern, "patterns");
  check_equal (row->n_train, region->n_train, "training samples of a region");
  check_equal (row->n_test, region->n_test, "test samples of a region");
  for (gsize c = 0; c < self->n_classes; c++) {
    const double *class_profile = re3_analysis_get_class_profile (analysis, place, c);

    check_equal (row->counts[c], region->counts[c], "classes of a region");
    for (gsize i = 0; class_profile != NULL && i < self->n_features; i++)
      check_near (class_profile[i],
                  region->own_sums[c * self->n_features + i] / (double) region->counts[c],
                  "profiles of classes");
  }
  for (gsize i = 0; i < self->n_features; i++)
    check_near (profile[i],
                region->sums[majority * self->n_features + i] /
                    (double) (region->n_train + region->n_test),
                "profiles");
}

/* With as many regions on both sides, a place for each of theirs is enough. */
static void
check_regions (const SimpleAnalysis *self, const Re3Analysis *analysis)
{
  const Re3RegionTable *table = re3_analysis_get_region_table (analysis);

  check_equal (re3_region_table_get_n_regions (table), self->regions->len, "the number of regions");
  for (gsize row = 0; row < self->n_rows; row++) {
    const SimpleRegion *region =
        &g_array_index (self->regions, SimpleRegion, self->region_of_row[row]);

    check_region (self, region, analysis, re3_analysis_get_region (analysis, row));
  }
}

static void
check_importance (const SimpleAnalysis *self, const Re3Analysis *analysis, Re3SampleSet set)
{
  const Re3Importance *importance = re3_analysis_get_importance (analysis, set);
  double n = (double) self->n_samples[set];

  check_equal (importance->n_samples, self->n_samples[set], "the number of samples");
  for (gsize i = 0; i < self->n_features; i++) {
    check_near (importance->logit_absolute[i], self->logit_absolute[set][i] / n, "importance");
    check_near (importance->logit_signed[i], self->logit_signed[set][i] / n, "signed importance");
    check_near (importance->probability_absolute[i], self->probability_absolute[set][i] / n,
                "importance for the probability");
    check_near (importance->probability_signed[i], self->probability_signed[set][i] / n,
                "signed importance for the probability");
    for (gsize place = 0; place < importance->n_ranks; place++)
      check_equal (importance->ranks[i * importance->n_ranks + place],
                   self->ranks[set][i * self->n_features + place], "ranks");
  }
}

static void
check_neurons (const SimpleAnalysis *self, const Re3Analysis *analysis, Re3SampleSet set)
{
  for (gsize c = 0; c < self->n_classes; c++)
    for (gsize j = 0; j < self->n_neurons; j++) {
      gsize cell = c * self->n_neurons + j;
      Re3NeuronStatistics statistics;
      double n;

      re3_analysis_get_neuron (analysis, set, (int) c, j, &statistics);
      n = (double) statistics.n_samples;
      check_near (statistics.active * n, (double) self->n_active[set][cell], "active neurons");
      check_near (statistics.mean_absolute_contribution * n, self->neuron_absolute[set][cell],
                  "contributions of neurons");
      for (gsize top = 0; top < RE3_N_TOPS; top++)
        check_near (statistics.top[top] * n, (double) self->n_top[set][cell * RE3_N_TOPS + top],
                    "the first neurons");
    }
}

static void
check_validity (const SimpleAnalysis *self, const Re3Analysis *analysis, Re3SampleSet set)
{
  for (Re3Metric metric = 0; metric < RE3_N_METRICS; metric++) {
    const Re3Validity *theirs = &self->validity[metric][set];
    Re3Validity ours;

    re3_analysis_get_boundary_summary (analysis, metric, set, &ours);
    check_near (ours.min, theirs->min, "the smallest distance");
    check_near (ours.eps90, theirs->eps90, "the 10th percentile of distances");
    check_near (ours.q1, theirs->q1, "the first quartile of distances");
    check_near (ours.median, theirs->median, "the median distance");
    check_near (ours.q3, theirs->q3, "the third quartile of distances");
    check_near (ours.max, theirs->max, "the largest distance");
  }
}

void
simple_analysis_check (const SimpleAnalysis *self, const Re3Analysis *analysis)
{
  check_rows (self, analysis);
  check_regions (self, analysis);
  for (Re3SampleSet set = RE3_SAMPLES_TRAIN; set <= RE3_SAMPLES_TEST; set++) {
    const Re3Quality *quality = re3_analysis_get_quality (analysis, set);

    check_near (re3_quality_get_accuracy (quality),
                (double) self->n_correct[set] / (double) self->n_samples[set], "accuracy");
    check_importance (self, analysis, set);
    check_neurons (self, analysis, set);
  }
  for (Re3SampleSet set = 0; set < RE3_N_SAMPLE_SETS; set++)
    check_validity (self, analysis, set);
  check_near (re3_analysis_get_residual_max (analysis), self->residual_max, "the residual");
}
