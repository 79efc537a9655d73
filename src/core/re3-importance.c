/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-importance-private.h"

#include "re3-memory.h"
#include "re3-sample-kernels-private.h"
#include "re3-softmax.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Samples of few features that are ranked at once, so that all of it stays in the first cache. */
#define TILE_SAMPLES 32

static gsize
get_n_ranks (gsize n_features)
{
  return MIN (n_features, RE3_RANKS_MAX);
}

gsize
re3_importance_get_n_counts (gsize n_features)
{
  return get_n_ranks (n_features) + 1;
}

Re3ImportanceTally *
re3_importance_tally_new (gsize n_features, gsize n_classes, gsize n_samples, GError **error)
{
  g_autoptr (Re3ImportanceTally) self = g_new0 (Re3ImportanceTally, 1);

  self->n_features = n_features;
  self->n_classes = n_classes;
  for (gsize set = 0; set < G_N_ELEMENTS (self->counts); set++) {
    self->counts[set] = re3_try_new0 (guint32, n_features, re3_importance_get_n_counts (n_features),
                                      error, _ ("the ranks of %zu features"), n_features);
    if (self->counts[set] == NULL)
      return NULL;
  }
  self->softmax_gradients =
      re3_try_new (double, n_classes, n_samples, error,
                   _ ("the answers of %zu neurons to %zu samples"), n_classes, n_samples);
  if (self->softmax_gradients == NULL)
    return NULL;

  self->sums = g_new (double, n_features);
  self->absolute_sums = g_new (double, n_features);
  self->ranked = g_new (Re3Ranked, 2 * n_features);

  return g_steal_pointer (&self);
}

void
re3_importance_tally_free (Re3ImportanceTally *self)
{
  if (self == NULL)
    return;

  for (gsize set = 0; set < G_N_ELEMENTS (self->counts); set++)
    g_free (self->counts[set]);
  g_free (self->softmax_gradients);
  g_free (self->sums);
  g_free (self->absolute_sums);
  g_free (self->ranked);
  g_free (self);
}

/* Few features: all pairs are compared, of many samples at once. What is 0 has the rank n_features,
 * whose column is that of what has none. */
static void
count_ranks_of_few (const Re3SampleRun *run, const double *slope, gsize n_features, guint32 *counts)
{
  guint64 ranks[RE3_SAMPLE_KERNELS_RANKED_MAX * TILE_SAMPLES];
  gsize n_counts = re3_importance_get_n_counts (n_features);

  for (gsize first = 0; first < run->n; first += TILE_SAMPLES) {
    gsize n = MIN (TILE_SAMPLES, run->n - first);

    re3_sample_kernels_get ()->rank_products (run->inputs + first, run->stride, n_features, n,
                                              slope, ranks);
    for (gsize i = 0; i < n; i++)
      for (gsize feature = 0; feature < n_features; feature++)
        counts[feature * n_counts + ranks[feature * n + i]]++;
  }
}

static void
count_ranks (Re3ImportanceTally *self,
             const Re3SampleRun *run,
             gsize index,
             const double *slope,
             guint32 *counts)
{
  Re3Ranked *ranked = self->ranked + self->n_features;
  gsize n_counts = re3_importance_get_n_counts (self->n_features);
  gsize n_ranks = n_counts - 1;
  gsize rank = 0;

  for (gsize i = 0; i < self->n_features; i++)
    ranked[i] = (Re3Ranked){ fabs (slope[i] * run->inputs[i * run->stride + index]), (guint32) i };
  re3_sort_ranked (ranked, self->n_features, self->ranked);
  for (; rank < n_ranks && ranked[rank].magnitude > 0; rank++)
    counts[ranked[rank].index * n_counts + rank]++;
  for (; rank < self->n_features; rank++)
    if (ranked[rank].magnitude == 0)
      counts[ranked[rank].index * n_counts + n_ranks]++;
}

/* contributions_i = A[c]_i x_i, whose sum over samples needs but that of the inputs. */
static void
add_logit_contributions (const Re3ImportanceTally *self,
                         const double *slope,
                         const double *input_sums,
                         const double *input_sizes,
                         double *sums)
{
  double *logit_absolute = sums;
  double *logit_signed = sums + self->n_features;

  for (gsize i = 0; i < self->n_features; i++) {
    logit_absolute[i] += fabs (slope[i]) * input_sizes[i];
    logit_signed[i] += slope[i] * input_sums[i];
  }
}

/* contributions_i = sum_k J_k A[k]_i x_i, J the row of the softmax Jacobian. */
static void
add_probability_contributions (Re3ImportanceTally *self, const Re3SampleRun *run, double *sums)
{
  double *probability_absolute = sums + 2 * self->n_features;
  double *probability_signed = sums + 3 * self->n_features;

  re3_softmax_gradient_block (run->probabilities, run->stride, self->n_classes, run->n,
                              run->prediction, self->softmax_gradients);
  re3_sample_kernels_get ()->sum_weighted_rows (run->inputs, run->stride, self->n_features, run->n,
                                                self->softmax_gradients, self->n_classes,
                                                run->region->A->data, self->sums,
                                                self->absolute_sums);
  for (gsize i = 0; i < self->n_features; i++) {
    probability_absolute[i] += self->absolute_sums[i];
    probability_signed[i] += self->sums[i];
  }
}

void
re3_importance_tally_add_run (Re3ImportanceTally *self,
                              const Re3SampleRun *run,
                              gboolean is_test,
                              const double *input_sums,
                              const double *input_sizes,
                              double *sums)
{
  const double *slope = re3_matrix_row (run->region->A, run->prediction);
  guint32 *counts = self->counts[is_test];

  add_logit_contributions (self, slope, input_sums, input_sizes, sums);
  add_probability_contributions (self, run, sums);
  if (self->n_features <= RE3_SAMPLE_KERNELS_RANKED_MAX)
    count_ranks_of_few (run, slope, self->n_features, counts);
  else
    for (gsize i = 0; i < run->n; i++)
      count_ranks (self, run, i, slope, counts);
}

void
re3_importance_tally_add_counts (Re3ImportanceTally *self, const Re3ImportanceTally *other)
{
  gsize n_counts = self->n_features * re3_importance_get_n_counts (self->n_features);

  for (gsize set = 0; set < G_N_ELEMENTS (self->counts); set++)
    for (gsize i = 0; i < n_counts; i++)
      self->counts[set][i] += other->counts[set][i];
}

static double *
means_new (const double *sums, gsize n_features, gsize n_samples)
{
  double *means = g_new (double, n_features);

  for (gsize i = 0; i < n_features; i++)
    means[i] = n_samples > 0 ? sums[i] / (double) n_samples : NAN;

  return means;
}

Re3Importance *
re3_importance_new (gsize n_features, gsize n_samples, const double *sums, const guint32 *counts)
{
  Re3Importance *self = g_new (Re3Importance, 1);
  gsize n_ranks = get_n_ranks (n_features);

  self->n_features = n_features;
  self->n_ranks = n_ranks;
  self->n_samples = n_samples;
  self->logit_absolute = means_new (sums, n_features, n_samples);
  self->logit_signed = means_new (sums + n_features, n_features, n_samples);
  self->probability_absolute = means_new (sums + 2 * n_features, n_features, n_samples);
  self->probability_signed = means_new (sums + 3 * n_features, n_features, n_samples);
  self->ranks = g_new (guint32, n_features * n_ranks);
  self->unranked = g_new (guint32, n_features);
  for (gsize i = 0; i < n_features; i++) {
    const guint32 *own = counts + i * (n_ranks + 1);

    memcpy (self->ranks + i * n_ranks, own, n_ranks * sizeof (guint32));
    self->unranked[i] = own[n_ranks];
  }

  return self;
}

void
re3_importance_free (Re3Importance *self)
{
  if (self == NULL)
    return;

  g_free (self->logit_absolute);
  g_free (self->logit_signed);
  g_free (self->probability_absolute);
  g_free (self->probability_signed);
  g_free (self->ranks);
  g_free (self->unranked);
  g_free (self);
}
