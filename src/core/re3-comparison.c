/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-comparison.h"

#include <math.h>

double
re3_comparison_get_difference (const Re3Comparison *self, gsize feature)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->contributions_to[feature] - self->contributions_from[feature];
}

static int
compare_differences (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gsize left = *(const gsize *) a;
  gsize right = *(const gsize *) b;
  double left_size = fabs (re3_comparison_get_difference (user_data, left));
  double right_size = fabs (re3_comparison_get_difference (user_data, right));

  if (left_size != right_size)
    return left_size > right_size ? -1 : 1;
  return left < right ? -1 : left > right;
}

Re3Comparison *
re3_comparison_new (Re3Explanation *from, Re3Explanation *to, gsize class_index)
{
  Re3Comparison *self;
  gsize n_features;

  g_return_val_if_fail (from != NULL && to != NULL && from->model == to->model, NULL);
  g_return_val_if_fail (class_index < re3_model_get_n_classes (from->model), NULL);

  n_features = re3_model_get_n_features (from->model);
  self = g_new (Re3Comparison, 1);
  self->from = re3_explanation_ref (from);
  self->to = re3_explanation_ref (to);
  self->class_index = class_index;
  self->contributions_from = re3_explanation_logit_contributions (from, class_index);
  self->contributions_to = re3_explanation_logit_contributions (to, class_index);
  self->path = re3_explanation_contributions_from (to, from, class_index, RE3_CONTRIBUTION_LOGIT);
  self->order = g_new (gsize, n_features);
  for (gsize i = 0; i < n_features; i++)
    self->order[i] = i;
  g_qsort_with_data (self->order, (int) n_features, sizeof *self->order, compare_differences, self);
  return self;
}

void
re3_comparison_free (Re3Comparison *self)
{
  if (self == NULL)
    return;

  re3_explanation_unref (self->from);
  re3_explanation_unref (self->to);
  g_free (self->contributions_from);
  g_free (self->contributions_to);
  g_free (self->path);
  g_free (self->order);
  g_free (self);
}
