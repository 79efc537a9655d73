/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-softmax.h"

#include "re3-forward.h"

#include <math.h>

double
re3_exp (double x)
{
  /* The C library has one expl for all processors, and rounding its longer result hides its error;
   * of exp it has several, and takes the one with fused multiply-add where it can. */
  return (double) expl ((long double) x);
}

void
re3_softmax (const double *logits, gsize n, double *probabilities)
{
  double largest;
  double sum = 0;

  g_return_if_fail (logits != NULL && probabilities != NULL && n > 0);

  /* Both may be the same numbers in memory. */
  largest = logits[re3_argmax (logits, n, 1)];
  for (gsize i = 0; i < n; i++) {
    double difference = logits[i] - largest;

    /* Of the largest it is 0, but for infinite ones, and exp (0) is 1. */
    probabilities[i] = difference == 0 ? 1 : re3_exp (difference);
    sum += probabilities[i];
  }
  for (gsize i = 0; i < n; i++)
    probabilities[i] /= sum;
}

void
re3_softmax_gradient (const double *probabilities, gsize n, gsize class_index, double *gradient)
{
  double others = 0;

  g_return_if_fail (probabilities != NULL && gradient != NULL);
  g_return_if_fail (class_index < n);

  for (gsize i = 0; i < n; i++) {
    gradient[i] = -probabilities[class_index] * probabilities[i];
    if (i != class_index)
      others += probabilities[i];
  }
  gradient[class_index] = probabilities[class_index] * others;
}
