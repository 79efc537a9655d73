/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-softmax.h"

#include "re3-sample-kernels-private.h"

#include <string.h>

/* Samples whose largest logits and sums are kept at once. */
#define TILE_SAMPLES 64

double
re3_exp (double x)
{
  re3_sample_kernels_get ()->exponentiate (&x, 1);

  return x;
}

/* Writes how far each logit is below the largest one of its sample. */
static void
subtract_largest (const double *logits,
                  gsize logit_stride,
                  gsize n_classes,
                  gsize n,
                  double *differences,
                  gsize stride)
{
  double largest[TILE_SAMPLES];

  memcpy (largest, logits, n * sizeof (double));
  for (gsize c = 1; c < n_classes; c++) {
    const double *row = logits + c * logit_stride;

    for (gsize i = 0; i < n; i++)
      largest[i] = row[i] > largest[i] ? row[i] : largest[i];
  }
  for (gsize c = 0; c < n_classes; c++)
    for (gsize i = 0; i < n; i++)
      differences[c * stride + i] = logits[c * logit_stride + i] - largest[i];
}

static void
divide_by_sums (double *numbers, gsize stride, gsize n_classes, gsize n)
{
  double sums[TILE_SAMPLES] = { 0 };

  for (gsize c = 0; c < n_classes; c++)
    for (gsize i = 0; i < n; i++)
      sums[i] += numbers[c * stride + i];
  for (gsize c = 0; c < n_classes; c++)
    for (gsize i = 0; i < n; i++)
      numbers[c * stride + i] /= sums[i];
}

void
re3_softmax_block (const double *logits,
                   gsize stride,
                   gsize n_classes,
                   gsize n_samples,
                   double *probabilities)
{
  g_return_if_fail (logits != NULL && probabilities != NULL && n_classes > 0);

  for (gsize first = 0; first < n_samples; first += TILE_SAMPLES)
    subtract_largest (logits + first, stride, n_classes, MIN (TILE_SAMPLES, n_samples - first),
                      probabilities + first, n_samples);
  re3_sample_kernels_get ()->exponentiate (probabilities, n_classes * n_samples);
  for (gsize first = 0; first < n_samples; first += TILE_SAMPLES)
    divide_by_sums (probabilities + first, n_samples, n_classes,
                    MIN (TILE_SAMPLES, n_samples - first));
}

void
re3_softmax (const double *logits, gsize n, double *probabilities)
{
  /* Both may be the same numbers in memory. */
  re3_softmax_block (logits, 1, n, 1, probabilities);
}

void
re3_softmax_gradient_block (const double *probabilities,
                            gsize stride,
                            gsize n_classes,
                            gsize n,
                            gsize class_index,
                            double *gradients)
{
  const double *own = probabilities + class_index * stride;
  double *of_own = gradients + class_index * n;

  g_return_if_fail (probabilities != NULL && gradients != NULL && class_index < n_classes);

  memset (of_own, 0, n * sizeof (double));
  for (gsize c = 0; c < n_classes; c++)
    if (c != class_index)
      for (gsize i = 0; i < n; i++) {
        gradients[c * n + i] = -own[i] * probabilities[c * stride + i];
        of_own[i] += probabilities[c * stride + i];
      }
  for (gsize i = 0; i < n; i++)
    of_own[i] *= own[i];
}

void
re3_softmax_gradient (const double *probabilities, gsize n, gsize class_index, double *gradient)
{
  re3_softmax_gradient_block (probabilities, 1, n, 1, class_index, gradient);
}
