/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "re3-sample-block-private.h"

#include "re3-memory.h"
#include "re3-softmax.h"

#include <glib/gi18n-lib.h>

/* So many rows keep the numbers of a small network in the second cache, and do not stand apart by a
 * power of two, which would put all features of a sample in one place of the first. So many
 * products take some ten milliseconds, after which a thread must see whether it is to stop. */
#define ROWS_MAX     1016
#define PRODUCTS_MAX ((gsize) 1 << 25)

gsize
re3_sample_block_get_n_rows_max (const Re3Network *network)
{
  return CLAMP (PRODUCTS_MAX / re3_network_get_n_parameters (network), 1, ROWS_MAX);
}

gboolean
re3_sample_block_init (Re3SampleBlock *self,
                       const Re3Model *model,
                       const Re3Dataset *dataset,
                       GError **error)
{
  gsize n_features = re3_model_get_n_features (model);
  gsize n_classes = re3_model_get_n_classes (model);

  *self = (Re3SampleBlock){ .model = model, .dataset = dataset };
  self->n_rows_max = re3_sample_block_get_n_rows_max (re3_model_get_network (model));
  self->rows = g_new (guint32, self->n_rows_max);
  self->inputs =
      re3_try_new (double, self->n_rows_max, n_features, error,
                   _ ("the inputs of %zu rows of %zu features"), self->n_rows_max, n_features);
  if (self->inputs == NULL)
    return FALSE;
  self->probabilities =
      re3_try_new (double, self->n_rows_max, n_classes, error,
                   _ ("the answers of %zu neurons to %zu samples"), n_classes, self->n_rows_max);

  return self->probabilities != NULL;
}

void
re3_sample_block_clear (Re3SampleBlock *self)
{
  g_free (self->rows);
  g_free (self->inputs);
  g_clear_pointer (&self->forward, re3_forward_free);
  g_free (self->probabilities);
}

static gboolean
run_forward (Re3SampleBlock *self, GError **error)
{
  self->forward = re3_network_forward_again (re3_model_get_network (self->model), self->inputs,
                                             self->n_rows, self->forward, error);
  if (self->forward == NULL)
    return FALSE;
  re3_softmax_block (self->forward->logits, self->forward->stride,
                     re3_model_get_n_classes (self->model), self->n_rows, self->probabilities);

  return TRUE;
}

gboolean
re3_sample_block_run (Re3SampleBlock *self, GError **error)
{
  g_assert (self->n_rows <= self->n_rows_max);

  for (gsize feature = 0; feature < re3_model_get_n_features (self->model); feature++)
    re3_model_scale_rows (self->model, feature, re3_dataset_get_column (self->dataset, feature),
                          self->rows, self->n_rows, self->inputs + feature * self->n_rows);

  return run_forward (self, error);
}

gboolean
re3_sample_block_run_stretch (Re3SampleBlock *self, gsize first, gsize n, GError **error)
{
  g_assert (n <= self->n_rows_max);

  self->n_rows = n;
  for (gsize i = 0; i < n; i++)
    self->rows[i] = (guint32) (first + i);
  for (gsize feature = 0; feature < re3_model_get_n_features (self->model); feature++)
    re3_model_scale_stretch (self->model, feature,
                             re3_dataset_get_column (self->dataset, feature) + first, n,
                             self->inputs + feature * n);

  return run_forward (self, error);
}
