/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-contributions.h"

#include "re3-accumulate.h"
#include "re3-softmax.h"

#include <string.h>

/* Of so many classes the gradient needs no memory of its own: an analysis asks for each row. */
#define N_FEW 16

void
re3_logit_contributions (const Re3Region *region,
                         const double *input,
                         gsize class_index,
                         double *contributions)
{
  const double *slope;

  g_return_if_fail (region != NULL && input != NULL && contributions != NULL);
  g_return_if_fail (class_index < region->A->rows);

  slope = re3_matrix_row (region->A, class_index);
  for (gsize i = 0; i < region->A->columns; i++)
    contributions[i] = slope[i] * input[i];
}

void
re3_probability_contributions (const Re3Region *region,
                               const double *input,
                               const double *probabilities,
                               gsize class_index,
                               double *contributions)
{
  g_autofree double *many = NULL;
  double few[N_FEW];
  double *jacobian = few;

  g_return_if_fail (region != NULL && input != NULL && contributions != NULL);
  g_return_if_fail (probabilities != NULL && class_index < region->A->rows);

  if (region->A->rows > N_FEW)
    jacobian = many = g_new (double, region->A->rows);
  re3_softmax_gradient (probabilities, region->A->rows, class_index, jacobian);

  memset (contributions, 0, region->A->columns * sizeof (double));
  re3_accumulate (contributions, region->A->columns, jacobian, region->A->data, region->A->columns,
                  region->A->rows);
  for (gsize i = 0; i < region->A->columns; i++)
    contributions[i] *= input[i];
}

void
re3_neuron_contributions (const Re3Region *region,
                          const double *activations,
                          gsize class_index,
                          double *contributions)
{
  const double *gradient;

  g_return_if_fail (region != NULL && class_index < region->A->rows);
  g_return_if_fail ((activations != NULL && contributions != NULL) ||
                    region->logit_gradients->columns == 0);

  gradient = re3_matrix_row (region->logit_gradients, class_index);
  /* Adding 0 makes the -0 of an inactive neuron with a negative gradient the 0 that people expect.
   */
  for (gsize neuron = 0; neuron < region->logit_gradients->columns; neuron++)
    contributions[neuron] = activations[neuron] * gradient[neuron] + 0.0;
}
