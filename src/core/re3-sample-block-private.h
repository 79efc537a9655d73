/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "re3-dataset.h"
#include "re3-forward.h"
#include "re3-model.h"

G_BEGIN_DECLS

/**
 * Re3SampleBlock:
 * @n_rows_max: how many rows a block holds at most; it changes the speed and no digit
 * @n_rows: how many it holds
 * @rows: their numbers
 * @inputs: (n_features, n_rows), in the network's own units
 * @forward: their forward pass
 * @probabilities: (n_classes, n_rows), the softmax of their logits
 *
 * Some rows of a data set on their way through a network. Each thread has its own.
 */
typedef struct {
  const Re3Model *model;
  const Re3Dataset *dataset;
  gsize n_rows_max;
  gsize n_rows;
  guint32 *rows;
  double *inputs;
  Re3Forward *forward;
  double *probabilities;
} Re3SampleBlock;

/* The rows of a block of @network: fewer the wider it is, so that none takes long. */
gsize re3_sample_block_get_n_rows_max (const Re3Network *network);

/* Fails where there is no memory for it; it is to be cleared all the same. */
gboolean re3_sample_block_init        (Re3SampleBlock   *self,
                                       const Re3Model   *model,
                                       const Re3Dataset *dataset,
                                       GError          **error);
void  re3_sample_block_clear          (Re3SampleBlock   *self);
/* Runs the rows forward; @rows and @n_rows are for the caller to fill in. Fails likewise. */
gboolean re3_sample_block_run         (Re3SampleBlock   *self,
                                       GError          **error);
/* The same of the @n rows from @first on, faster. */
gboolean re3_sample_block_run_stretch (Re3SampleBlock   *self,
                                       gsize             first,
                                       gsize             n,
                                       GError          **error);

G_END_DECLS
