/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-importance-private.h"

#include "re3-kernels-private.h"

#include <math.h>

/* So few features are ranked faster by comparing all pairs than by sorting, whose branches no
 * processor can guess. */
#define N_FEW 32

gsize
re3_importance_get_n_ranks (gsize n_features)
{
  return MIN (n_features, RE3_RANKS_MAX);
}

static void
count_ranks_of_few (gsize n_features, const double *logit, guint32 *ranks)
{
  double magnitudes[N_FEW];
  guint64 places[N_FEW];

  for (gsize i = 0; i < n_features; i++)
    magnitudes[i] = fabs (logit[i]);
  re3_kernels_get ()->rank (magnitudes, n_features, places);
  for (gsize i = 0; i < n_features; i++)
    ranks[i * n_features + places[i]]++;
}

static void
count_ranks (gsize n_features, const double *logit, guint32 *ranks, Re3Ranked *buffer)
{
  Re3Ranked *ranked = buffer + n_features;
  gsize n_ranks = re3_importance_get_n_ranks (n_features);

  for (gsize i = 0; i < n_features; i++)
    ranked[i] = (Re3Ranked){ fabs (logit[i]), (guint32) i };
  re3_sort_ranked (ranked, n_features, buffer);
  for (gsize rank = 0; rank < n_ranks; rank++)
    ranks[ranked[rank].index * n_ranks + rank]++;
}

void
re3_importance_add_sample (gsize n_features,
                           const double *restrict logit,
                           const double *restrict probability,
                           double *restrict sums,
                           guint32 *ranks,
                           Re3Ranked *buffer)
{
  double *logit_absolute = sums;
  double *logit_signed = sums + n_features;
  double *probability_absolute = sums + 2 * n_features;
  double *probability_signed = sums + 3 * n_features;

  for (gsize i = 0; i < n_features; i++) {
    logit_absolute[i] += fabs (logit[i]);
    logit_signed[i] += logit[i];
    probability_absolute[i] += fabs (probability[i]);
    probability_signed[i] += probability[i];
  }

  if (n_features <= N_FEW)
    count_ranks_of_few (n_features, logit, ranks);
  else
    count_ranks (n_features, logit, ranks, buffer);
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
re3_importance_new (gsize n_features, gsize n_samples, const double *sums, const guint32 *ranks)
{
  Re3Importance *self = g_new (Re3Importance, 1);

  self->n_features = n_features;
  self->n_ranks = re3_importance_get_n_ranks (n_features);
  self->n_samples = n_samples;
  self->logit_absolute = means_new (sums, n_features, n_samples);
  self->logit_signed = means_new (sums + n_features, n_features, n_samples);
  self->probability_absolute = means_new (sums + 2 * n_features, n_features, n_samples);
  self->probability_signed = means_new (sums + 3 * n_features, n_features, n_samples);
  self->ranks = g_memdup2 (ranks, n_features * self->n_ranks * sizeof (guint32));

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
  g_free (self);
}
