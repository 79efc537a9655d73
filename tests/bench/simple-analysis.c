/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simple-analysis.h"

#include "simple-sample.h"

#include <math.h>
#include <stdlib.h>

/* The region of @pattern, a new one where it was not met before. */
static guint32
find_region (SimpleAnalysis *self, GHashTable *numbers, guint64 pattern)
{
  gpointer known = g_hash_table_lookup (numbers, &pattern);
  SimpleRegion region = { .pattern = pattern };
  gint64 *key;

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;

  region.counts = g_new0 (gsize, self->n_classes);
  region.sums = g_new0 (double, self->n_classes * self->n_features);
  region.own_sums = g_new0 (double, self->n_classes * self->n_features);
  g_array_append_val (self->regions, region);
  key = g_new (gint64, 1);
  *key = (gint64) pattern;
  g_hash_table_insert (numbers, key, GUINT_TO_POINTER (self->regions->len));

  return self->regions->len - 1;
}

static void
count_features (SimpleAnalysis *self, SimpleSample *sample, gsize set)
{
  for (gsize i = 0; i < self->n_features; i++) {
    self->logit_absolute[set][i] += fabs (sample->logit_contributions[i]);
    self->logit_signed[set][i] += sample->logit_contributions[i];
    self->probability_absolute[set][i] += fabs (sample->probability_contributions[i]);
    self->probability_signed[set][i] += sample->probability_contributions[i];
  }
  simple_sample_rank (sample, sample->logit_contributions, self->n_features);
  for (gsize place = 0; place < self->n_features; place++)
    if (sample->magnitudes[sample->order[place]] > 0)
      self->ranks[set][sample->order[place] * self->n_features + place]++;
}

static void
count_neurons (SimpleAnalysis *self, SimpleSample *sample, gsize set, gsize label)
{
  gsize first = 0;

  for (gsize j = 0; j < self->n_neurons; j++) {
    self->n_active[set][label * self->n_neurons + j] += sample->z[j] > 0;
    self->neuron_absolute[set][label * self->n_neurons + j] +=
        fabs (sample->neuron_contributions[j]);
  }
  for (gsize layer = 0; layer + 1 < sample->network.n_layers; layer++) {
    gsize width = sample->network.widths[layer + 1];

    simple_sample_rank (sample, sample->neuron_contributions + first, width);
    for (gsize place = 0; place < MIN (width, RE3_N_TOPS); place++) {
      gsize neuron = first + sample->order[place];

      if (sample->magnitudes[sample->order[place]] > 0)
        for (gsize top = place; top < RE3_N_TOPS; top++)
          self->n_top[set][(label * self->n_neurons + neuron) * RE3_N_TOPS + top]++;
    }
    first += width;
  }
}

static void
count_region (SimpleRegion *region,
              const SimpleAnalysis *self,
              const SimpleSample *sample,
              gsize label)
{
  region->counts[label]++;
  for (gsize c = 0; c < self->n_classes; c++)
    for (gsize i = 0; i < self->n_features; i++) {
      double contribution = sample->A[c * self->n_features + i] * sample->x[i];

      region->sums[c * self->n_features + i] += contribution;
      if (c == label)
        region->own_sums[c * self->n_features + i] += contribution;
    }
}

static void
analyse_sample (SimpleAnalysis *self,
                const Re3Dataset *dataset,
                gsize row,
                GHashTable *numbers,
                SimpleSample *sample)
{
  gsize set = re3_dataset_is_test (dataset, row);
  gsize label = (gsize) re3_dataset_get_label (dataset, row);
  guint64 pattern = 0;
  SimpleRegion *region;

  for (gsize i = 0; i < self->n_features; i++)
    sample->x[i] = re3_dataset_get_value (dataset, row, i);

  simple_sample_explain (sample);

  self->predictions[row] = (int) sample->prediction;
  self->confidences[row] = sample->probabilities[sample->prediction];
  self->n_samples[set]++;
  self->n_correct[set] += sample->prediction == label;
  self->residual_max = MAX (self->residual_max, sample->residual);
  for (gsize metric = 0; metric < RE3_N_METRICS; metric++)
    self->distances[metric][row] = sample->distances[metric];
  count_features (self, sample, set);
  count_neurons (self, sample, set, label);

  for (gsize j = 0; j < self->n_neurons; j++)
    pattern |= (guint64) (sample->z[j] > 0) << j;
  self->region_of_row[row] = find_region (self, numbers, pattern);
  region = &g_array_index (self->regions, SimpleRegion, self->region_of_row[row]);
  *(set ? &region->n_test : &region->n_train) += 1;
  count_region (region, self, sample, label);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* With linear interpolation, as numpy.percentile(). */
static double
percentile (const double *sorted, gsize n, double percent)
{
  double place = percent / 100 * (double) (n - 1);
  gsize below = (gsize) place;

  if (below + 1 >= n)
    return sorted[n - 1];

  return sorted[below] + (place - (double) below) * (sorted[below + 1] - sorted[below]);
}

/* The distances of one set in one metric, summed up. */
static void
summarise (SimpleAnalysis *self, const Re3Dataset *dataset, Re3Metric metric, Re3SampleSet set)
{
  g_autofree double *sorted = g_new (double, self->n_rows);
  Re3Validity *validity = &self->validity[metric][set];
  gsize n = 0;

  for (gsize row = 0; row < self->n_rows; row++)
    if (set == RE3_SAMPLES_ALL || re3_dataset_is_test (dataset, row) == (set == RE3_SAMPLES_TEST))
      sorted[n++] = self->distances[metric][row];
  qsort (sorted, n, sizeof (double), compare_doubles);

  *validity = (Re3Validity){
    .min = sorted[0],
    .q1 = percentile (sorted, n, 25),
    .median = percentile (sorted, n, 50),
    .q3 = percentile (sorted, n, 75),
    .max = sorted[n - 1],
    .eps90 = percentile (sorted, n, 10),
    .eps75 = percentile (sorted, n, 25),
    .eps50 = percentile (sorted, n, 50),
  };
}

static void
allocate (SimpleAnalysis *self)
{
  gsize n_features = self->n_features;
  gsize n_cells = self->n_classes * self->n_neurons;

  self->predictions = g_new (int, self->n_rows);
  self->confidences = g_new (double, self->n_rows);
  self->region_of_row = g_new (guint32, self->n_rows);
  for (gsize metric = 0; metric < RE3_N_METRICS; metric++)
    self->distances[metric] = g_new (double, self->n_rows);
  self->regions = g_array_new (FALSE, FALSE, sizeof (SimpleRegion));
  for (gsize set = 0; set < 2; set++) {
    self->logit_absolute[set] = g_new0 (double, n_features);
    self->logit_signed[set] = g_new0 (double, n_features);
    self->probability_absolute[set] = g_new0 (double, n_features);
    self->probability_signed[set] = g_new0 (double, n_features);
    self->ranks[set] = g_malloc0_n (n_features * n_features, sizeof (guint32));
    self->n_active[set] = g_new0 (gsize, n_cells);
    self->neuron_absolute[set] = g_new0 (double, n_cells);
    self->n_top[set] = g_malloc0_n (n_cells * RE3_N_TOPS, sizeof (gsize));
  }
}

SimpleAnalysis *
simple_analysis_new (const Re3Model *model, const Re3Dataset *dataset)
{
  SimpleAnalysis *self = g_new0 (SimpleAnalysis, 1);
  g_autoptr (GHashTable) numbers =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  SimpleSample sample;

  self->n_rows = re3_dataset_get_n_rows (dataset);
  self->n_features = re3_model_get_n_features (model);
  self->n_classes = re3_model_get_n_classes (model);
  self->n_neurons = re3_network_get_n_neurons (re3_model_get_network (model));
  allocate (self);

  simple_sample_init (&sample, re3_model_get_network (model));
  for (gsize row = 0; row < self->n_rows; row++)
    analyse_sample (self, dataset, row, numbers, &sample);
  simple_sample_clear (&sample);

  for (gsize metric = 0; metric < RE3_N_METRICS; metric++)
    for (gsize set = 0; set < RE3_N_SAMPLE_SETS; set++)
      summarise (self, dataset, metric, set);

  return self;
}

void
simple_analysis_free (SimpleAnalysis *self)
{
  g_free (self->predictions);
  g_free (self->confidences);
  g_free (self->region_of_row);
  for (gsize metric = 0; metric < RE3_N_METRICS; metric++)
    g_free (self->distances[metric]);
  for (guint i = 0; i < self->regions->len; i++) {
    SimpleRegion *region = &g_array_index (self->regions, SimpleRegion, i);

    g_free (region->counts);
    g_free (region->sums);
    g_free (region->own_sums);
  }
  g_array_unref (self->regions);
  for (gsize set = 0; set < 2; set++) {
    g_free (self->logit_absolute[set]);
    g_free (self->logit_signed[set]);
    g_free (self->probability_absolute[set]);
    g_free (self->probability_signed[set]);
    g_free (self->ranks[set]);
    g_free (self->n_active[set]);
    g_free (self->neuron_absolute[set]);
    g_free (self->n_top[set]);
  }
  g_free (self);
}
